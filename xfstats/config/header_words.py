"""Header lookup: by lists of whole headers, else by parts, of which the ending says the kind and the word before it the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from xfstats.config import normalize
from xfstats.config.closing_headers import Closing, ClosingHeaders, closing_headers
from xfstats.config.timely_headers import TimelyHeaders, timely_headers
from xfstats.config.word_patterns import pattern
from xfstats.frozen import frozen
from xfstats.model import FIELDS, Kind

Place = tuple[str, int]
"""A field, and where a header stands among its ranked ones."""
_OF = re.compile(r"(date(?:and)?(?:time)?|status|level)(?:of)?(?:the)?(.+)")
_QUESTION = re.compile(r"\?$|\??(?:yn|yesno)$")
"""What makes a header a question: Completed?, Completed (Y/N), Completed? Y/N."""


@frozen
class HeaderKind:
    """A kind of headers by their endings: the words before the ending that decide the field, bar it, or belong to one."""

    ends: re.Pattern[str]
    decides: tuple[tuple[re.Pattern[str], Place], ...]
    never: re.Pattern[str] | None
    of: tuple[tuple[re.Pattern[str], Place], ...]
    default: Place | None

    def field(self, before: str, neutral: re.Pattern[str]) -> Place | None:
        """Return the field of a header with this text before its ending: the word nearest to the ending says of what it is."""
        for words, place in self.decides:
            if words.search(before):
                return place
        if self.never and self.never.search(before):
            return None
        told = self._nearest(before) or self._nearest(neutral.sub("", before))
        return told or self.default

    def _nearest(self, before: str) -> Place | None:
        """Return the field of the longest word that the text ends with."""
        found = [(len(match[0]), place) for words, place in self.of if (match := words.search(before))]
        return max(found, key=lambda one: one[0])[1] if found else None


@frozen
class Compounds:
    """The kinds of headers, and the words that say nothing of the field."""

    kinds: tuple[HeaderKind, ...]
    neutral: re.Pattern[str]
    closing: ClosingHeaders

    def field(self, header: str) -> Place | None:
        """Return the field of a header that is spelled as `normalize.header` does, or None where its parts do not tell it."""
        if pattern("header", "question").search(header):  # 是否按期办结
            return None
        text = _turned(header)
        ends = [(len(end[0]), kind) for kind in self.kinds if (end := kind.ends.search(text)) and end.start()]
        if not ends:
            return None
        length, kind = max(ends, key=lambda one: one[0])
        place = kind.field(text[:-length], self.neutral)
        place = place and self._of_end(place, self.closing.read(text))
        return place and (place[0], place[1] + _of_time(place[0], text))

    def _of_end(self, place: Place, said: Closing | None) -> Place | None:
        """Return the field of a day whose header may hold a word of closing."""
        if place[0] == "closed_on" and said is not Closing.ENDED:
            return ("due_on", place[1]) if said is Closing.DUE else None
        return None if place[0] == "received_on" and said is Closing.UNRELATED else place

    def closes(self, header: str) -> Closing | None:
        """Return what a header that is spelled as `normalize.header` does says of a day of closing."""
        return self.closing.read(_turned(header))


def _turned(header: str) -> str:
    """Return date of closure and date closed as closure date."""
    turned = _OF.fullmatch(header)
    return turned[2] + turned[1].replace("and", "") if turned else header


@frozen
class HeaderWords:
    """The known headers: by ranked lists, else by their parts."""

    listed: Mapping[str, tuple[Place, ...]]
    compounds: Compounds
    timely: TimelyHeaders
    found: dict[str, tuple[Place, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What was asked for before: a header is looked up many times while its row is sought."""
    named: dict[tuple[str, ...], tuple[Place, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The same for names of several parts, in which headers are sought."""

    def fields(self, header: str) -> tuple[Place, ...]:
        """Return the fields that a header, spelled as `normalize.header` does, may serve; of a header about persons it alone."""
        if header not in self.found:
            asked = self.timely.read(header)
            place = ("on_time_flag", 2 * asked.rank) if asked else self.compounds.field(header)
            composed = () if place is None else (place,)
            listed = self.listed.get(header, ())
            known = listed if about_persons(listed) or not about_persons(composed) else composed
            self.found[header] = known or (() if normalize.of_person(header) else composed or self._asked(header))
        return self.found[header]

    def _asked(self, header: str) -> tuple[Place, ...]:
        """Return the fields of a header that asks whether a matter is closed, by its words without the question: Closed? Y/N."""
        bare = _QUESTION.sub("", header)
        places = self.fields(bare) if bare not in {"", header} else ()
        return tuple((field, rank) for field, rank in places if field == "closed_on" or field.endswith("_flag"))

    def about_persons(self, header: str) -> bool:
        """True if a header, spelled as `normalize.header` does, names a column about persons."""
        return about_persons(self.fields(header)) or normalize.of_person(header)

    def with_headers(self, more: Mapping[str, tuple[Place, ...]]) -> HeaderWords:
        """Return the same with further listed headers."""
        return replace(self, listed={**self.listed, **more}, found={}, named={})


def about_persons(candidates: Sequence[Place]) -> bool:
    """True if a header of these fields names a column about persons."""
    return any(FIELDS[field] is Kind.PERSON for field, _ in candidates)


def header_words(words: Mapping[str, Any]) -> HeaderWords:
    """Return the headers of a merged profile (see `xfstats.config.profile`)."""
    return HeaderWords(
        _listed(words["columns"]),
        compile_compounds(words["parts"], words.get("before", {}), closing_headers(words["parts"], words["persons"])),
        timely_headers(words["timely"], words["parts"]["neutral"]),
    )


def _listed(columns: Mapping[str, list[list[str]]]) -> dict[str, tuple[Place, ...]]:
    """Return the fields and ranks of each header; a date beats a time of the same rank, for 接访时间 may be a time of day.

    A header of persons serves as nothing else, whatever a profile says.
    """
    found: dict[str, dict[str, int]] = {}
    for one, ranks in columns.items():
        for rank, names in enumerate(ranks):
            for name in names:
                key = normalize.header(name)
                place = 2 * rank + _of_time(one, key)
                fields = found.setdefault(key, {})
                fields[one] = min(place, fields.get(one, place))
    return {key: _persons_first(fields) for key, fields in found.items()}


def _of_time(name: str, header: str) -> bool:
    """True if a header of a date field may be one of a time of day."""
    return name.endswith("_on") and pattern("header", "time").search(header) is not None


def _persons_first(fields: Mapping[str, int]) -> tuple[Place, ...]:
    """Return the field about persons alone where there is one, else all fields with their ranks."""
    about = {field: rank for field, rank in fields.items() if FIELDS[field] is Kind.PERSON}
    return tuple((about or fields).items())


def compile_compounds(parts: Mapping[str, Any], before: Mapping[str, int], closing: ClosingHeaders) -> Compounds:
    """Return the compounds of a vocabulary; `before` are the ranks that a profile puts before the packaged ones of a field."""
    kinds = [_kind(table, before) for table in parts.values() if isinstance(table, Mapping)]
    return Compounds(tuple(kinds), re.compile(f"(?:{_either(parts['neutral'])})+$"), closing)


def _kind(table: Mapping[str, Any], before: Mapping[str, int]) -> HeaderKind:
    """Return the kind of headers that a table of [parts] describes."""
    default = table.get("default")
    return HeaderKind(
        re.compile(f"(?:{_either(table['ends'])})$"),
        tuple(_ranked(table.get("decides", {}), before, "(?:{})")),
        _barring(table),
        tuple(_ranked(table.get("of", {}), before, "(?:{})$")),
        (default, 2 * before.get(default, 0)) if default else None,
    )


def _barring(table: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Return the words that bar a kind wherever they stand, and those that do so at the start."""
    first = [f"^(?:{_either(table['never_first'])})"] if "never_first" in table else []
    never = "|".join([_either(table.get("never", ())), *first])
    return re.compile(never) if never else None


def _ranked(
    fields: Mapping[str, Sequence[Sequence[str]]], before: Mapping[str, int], form: str
) -> Iterable[tuple[re.Pattern[str], Place]]:
    """Yield the pattern of the words of each field and rank, compiled in a form."""
    for name, ranks in fields.items():
        for rank, words in enumerate(ranks):
            if words:
                yield re.compile(form.format(_either(words))), (name, 2 * (rank + before.get(name, 0)))


def _either(words: Iterable[str]) -> str:
    """Return a regular expression for one of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
