"""Compiled words of a profile: headers, levels, status sets, flags, marks of rows."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from xfstats.config import day_patterns, normalize
from xfstats.config.header_words import HeaderWords, header_words
from xfstats.config.profile_cache import once_per_profile
from xfstats.config.word_patterns import either, pattern, words
from xfstats.frozen import frozen
from xfstats.model import ANSWER_FIELDS, SETS, Ledger, Log

_ENDS = " 。.!,;、:/"

_PARTS = re.compile(r"(.+?)\s*[-–—:(]\s*(.+?)\)?")
"""A state and what is said of it: closed - upheld, 已办结(已答复)."""
LEAST = 2
"""Characters of a Chinese word beside its English one."""
LEVELS = ("nation", "province", "city", "county", "township", "village")


@cache
def _days() -> re.Pattern[str]:
    """Return the pattern of a day written beside the word of what came about then: 已办结(2024.3.5), 已于3月5日办结."""
    before, day = either("status", "before_day"), day_patterns.BESIDE_WORD
    return re.compile(rf"\({before}?{day}\)|{before}?(?<![\d./-]){day}(?![\d./-])")


@cache
def _denies() -> re.Pattern[str]:
    """Return the pattern of what is denied behind a state: resolved - not fixed, 已办结(未化解)."""
    return re.compile(rf"{either('status', 'denies')}(.+)")


@cache
def _waits() -> re.Pattern[str]:
    """Return the pattern of what a matter waits for: pending client, awaiting vendor."""
    return re.compile(rf"{either('status', 'waits')}[ _-]")


@cache
def _unit() -> re.Pattern[str]:
    """Return the pattern of the name of an office: 已办结(住建局)."""
    return re.compile(rf"[\u4e00-\u9fff]{{1,14}}{either('status', 'unit_ending')}")


@frozen
class Rule:
    """A rule that makes a group: a label, and for each field the patterns of which one must fit."""

    label: str
    when: Mapping[str, tuple[str, ...]]
    of_which: bool

    def fits(self, values: Mapping[str, str | None]) -> bool:
        """True if every field has a value that fits one of its patterns."""
        return all(
            any(fnmatchcase(normalize.word(values.get(field) or ""), pattern) for pattern in patterns)
            for field, patterns in self.when.items()
        )


@frozen
class Vocabulary:
    """The compiled words of a profile, looked up by normalised words; built by `compile_profile`."""

    headers: HeaderWords
    levels: Mapping[str, str]
    placed: frozenset[str]
    """Level words that the office placed."""
    status: Mapping[str, frozenset[str]]
    yes: frozenset[str]
    no: frozenset[str]
    kinds: Mapping[Log, tuple[str, ...]]
    ledgers: Mapping[Ledger, tuple[str, ...]]
    leaders: tuple[str, ...]
    """Words that make a ledger the leaders'."""
    totals: frozenset[str]
    subtotals: frozenset[str]
    averages: frozenset[str]
    marks: frozenset[str]
    footnote: re.Pattern[str]
    hints: tuple[str, ...]
    notes_sheets: frozenset[str]
    summary_sheets: frozenset[str]
    rules: Mapping[Log, tuple[Rule, ...]]
    answers: Mapping[str, Mapping[str, str]]
    """Of ratings, repeat, collective, extension and on_time_flag: word → class."""
    how: frozenset[str]
    """What may stand behind a state and changes nothing: upheld, 答复."""
    date_order: str
    date_cells: str
    each_row: bool
    """True if every row of a merged record is one (`--rows each`)."""
    per: str
    """The field whose rows are events of one record (`--per case_no`), or none."""
    updated: tuple[str, ...]
    """Words of headers of days on which a record was last changed."""
    timezone: str
    persons_default: int
    surnames: frozenset[str]
    given_names: frozenset[str]
    office_ends: tuple[str, ...]
    offices: frozenset[str]
    """Words of offices in languages with blanks."""
    doubtful: frozenset[str]
    """Headers that may name persons as well as units or categories."""
    denied: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """States with a denial behind them that were asked for, which no table holds, and their sets."""
    judged: dict[tuple[object, ...], bool] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """Whether the texts of a column that were asked for are names of persons: a column is asked about several times."""

    def level(self, text: str) -> str:
        """Return the known level word that a cell says, behind a number or beside its English one; else its own word."""
        word = normalize.word(text)
        bare = pattern("cell", "list_number").sub("", word)
        chinese = "".join(char for char in bare if not char.isascii())
        return next((one for one in (word, bare, chinese) if one in self.levels), word)

    def state(self, text: str) -> str:
        """Return the known status word of a cell, beside a day, before a stop, or with a remark; else its own word.

        A text that is no known word without a day is left as it is: 预计3月5日办结, 3月5日前办结.
        """
        word = normalize.word(text)
        bare = _days().sub("", word).strip(_ENDS)
        found = next((one for one in (word, bare) if one in self.status), None) or self._stated(word)
        if found not in self.status and _waits().match(found):
            self.denied[found] = frozenset()
        return found if found in self.status else self._less(bare) or found

    def sets(self, word: str) -> frozenset[str] | None:
        """Return the sets of a state as `state` tells it; None where it is not known."""
        return self.status.get(word, self.denied.get(word))

    def _less(self, word: str) -> str | None:
        """Return a state with a denial behind it, without what is denied: resolved - not fixed is closed; None where it has none.

        Who denies that a matter is settled or resolved does not deny that it is closed; a state that is denied itself is none.
        """
        parted = _PARTS.fullmatch(word)
        denial = _denies().fullmatch(parted[2]) if parted else None
        if parted is None or denial is None or parted[1] not in self.status or denial[1] == parted[1]:
            return None
        sets = next(
            (
                self.status[one]
                for one in (denial[1], *(done + denial[1] for done in words("status", "done")))
                if one in self.status
            ),
            None,
        )
        if sets is None:
            return None
        told = self.status[parted[1]]
        left = told - (sets - {"closed"} if sets & {"settled", "resolved"} else sets)
        if told and not left:
            return None
        self.denied[word] = left
        return parted[1] if left == told else word

    def _stated(self, word: str) -> str:
        """Return the status word of closed - upheld or 已结案 closed: of two the one that says more; none of a contradiction."""
        parted = _PARTS.fullmatch(word)
        chinese, other = ("".join(char for char in word if char.isascii() == plain).strip(" -/()") for plain in (False, True))
        if parted and parted[1] in self.status:
            one, two = parted[1], parted[2]
        elif len(chinese) >= LEAST and sum(map(str.isalpha, other)) > LEAST:
            one, two = sorted((chinese, other), key=lambda part: part not in self.status)
        else:
            return word
        if one not in self.status or two not in self.status:
            return one if one in self.status and self._neutral(two) else word
        told, more = self.status[one], self.status[two]
        return one if told == more or "excluded" in told else two if "excluded" in more or (told and told < more) else word

    def _neutral(self, said: str) -> bool:
        """True if a remark leaves its state as it is: a day, a number, a rating, a level, a unit, a word of how."""
        bare = _days().sub("", said).strip(_ENDS)
        known = bare in self.levels or bare in self.answers["ratings"] or bare in self.how
        return (
            known
            or re.fullmatch(r"(?:#?\d+)?", bare) is not None
            or (_unit().fullmatch(bare) is not None and not pattern("status", "undone").search(bare))
        )

    def flag(self, word: str, of: str) -> bool | None:
        """Return whether a yes/no cell says yes: by 是/否, a note in brackets aside, else by status words; None if unknown."""
        answer = word.partition("(")[0]
        if word in self.yes or answer in self.yes:
            return True
        if word in self.no or answer in self.no:
            return False
        sets = self.sets(word)
        return None if sets is None else of in sets


def compile_profile(profile: Mapping[str, Any]) -> Vocabulary:
    """Return the compiled words of a merged profile (see `xfstats.config.profile`)."""
    rows, levels = profile["rows"], _levels(profile["levels"])
    footnotes = "|".join(sorted((re.escape(normalize.word(text)) for text in rows["footnote"]), key=len, reverse=True))
    return Vocabulary(
        headers=header_words(profile),
        levels=levels,
        placed=frozenset(map(normalize.word, profile["chosen"]["levels"])),
        status=_status(profile["status"]),
        yes=frozenset(map(normalize.word, profile["flags"]["yes"])),
        no=frozenset(map(normalize.word, profile["flags"]["no"])),
        kinds={Log(log): tuple(map(normalize.word, words)) for log, words in profile["kinds"].items()},
        ledgers={Ledger(one): tuple(map(normalize.word, words)) for one, words in profile["ledgers"].items() if one != "leaders"},
        leaders=tuple(map(normalize.word, profile["ledgers"]["leaders"])),
        totals=frozenset(map(normalize.word, rows["total"])),
        subtotals=frozenset(map(normalize.word, rows["subtotal"])),
        averages=frozenset(map(normalize.word, rows["average"])),
        marks=frozenset([*rows["total"], *rows["subtotal"]]) - {*words("row", "not_group")},
        footnote=re.compile(rf"(?:{footnotes})(?:\S{{0,4}}:|\d*[.,、]|$)|{either('row', 'footnote')}"),
        hints=tuple(map(normalize.word, rows["hint"])),
        notes_sheets=frozenset(map(normalize.word, profile["sheets"]["notes"])),
        summary_sheets=frozenset(map(normalize.word, profile["sheets"]["summary"])),
        rules={Log(log): tuple(_rule(one, levels) for one in rules) for log, rules in profile.get("groups", {}).items()},
        how=frozenset(map(normalize.word, rows["how"])),
        answers={
            name: {normalize.word(word): one for one, words in profile[name].items() for word in words}
            for name in ("ratings", *ANSWER_FIELDS)
        },
        date_order=profile["read"]["date_order"],
        date_cells=profile["read"]["date_cells"],
        each_row=profile["read"]["rows"] == "each",
        per=profile["read"]["per"],
        updated=tuple(map(normalize.header, rows["updated"])),
        timezone=profile["read"]["timezone"],
        persons_default=profile["read"]["persons_default"],
        surnames=frozenset(profile["persons"]["surnames"]),
        given_names=frozenset(profile["persons"]["given_names"]),
        office_ends=tuple(profile["persons"]["office_ends"]),
        offices=frozenset(profile["persons"]["offices"]),
        doubtful=frozenset(profile["persons"]["doubtful"]),
    )


def _levels(levels: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the label of the level of each word."""
    return {normalize.word(word): words[0] for words in levels.values() for word in words}


def _status(status: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Return the status sets of each word."""
    found: dict[str, frozenset[str]] = {}
    for name, own in status.items():
        for text in own:
            word = normalize.word(text)
            found[word] = found.get(word, frozenset()) | ({name} if name in SETS else frozenset())
    return found


def _rule(plain: Mapping[str, Any], levels: Mapping[str, str]) -> Rule:
    """Return a rule of a profile; a word for a level means that level, as it does in a log."""
    when = {}
    for field, patterns in plain["when"].items():
        words = [normalize.word(text) for text in ([patterns] if isinstance(patterns, str) else patterns)]
        when[field] = tuple(normalize.word(levels.get(word, word)) if field == "level" else word for word in words)
    return Rule(plain["label"], when, bool(plain.get("of_which", False)))


_compiled = once_per_profile(compile_profile)


def vocabulary_of(profile: Mapping[str, Any]) -> Vocabulary:
    """Return the compiled words of a merged profile, for one file: compiled once for all files of a run.

    What other files asked of it, words of their cells, is not in it.
    """
    found = _compiled(profile)
    return dataclasses.replace(found, headers=found.headers.with_headers({}), denied={}, judged={})
