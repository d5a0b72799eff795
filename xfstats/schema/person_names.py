"""Columns of names of persons: proven by their form, or not ruled out under a header that may mean persons or offices."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise, product

from xfstats.config import normalize
from xfstats.config.header_words import about_persons
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import either, pattern, words
from xfstats.model import Cell
from xfstats.schema.header import Header
from xfstats.schema.name_shapes import mostly_names

_BETWEEN = re.compile(r"[、,，/;；&\s]+")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_TITLED = re.compile(rf"{either('cell', 'title_before_name')}\.?(?:\s+\w[\w'’-]*\.?){{1,3}}", re.IGNORECASE)
_LAST_FIRST = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?, ?[^\W\d_][\w'’.-]*(?: [^\W\d_]\.?)?")
_ACCOUNT = re.compile(r"[a-z]+[._][a-z]+\d*")
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[A-Z]{3,4}")
_BEHIND_NAME = re.compile(rf"{either('cell', 'title_after_name')}$|\(.*\)$")
_GIVEN_NAME = re.compile(rf"(?:[\u3400-\u9fff*×xX]|{either('cell', 'name_mark')}){{0,2}}")
_HEADED = pattern("header", "person_name")
"""Headers about persons whose cells are names."""
_AGENT = re.compile(
    "(?:by|to|from|who|whom|person|people|names?|signed|lead|rep|client|contact|account|[a-z]{2}(?:er|or|ee|ant|ent))s?$"
)
"""Endings of English headers that may mean persons: Reported by, Requester, Applicant."""
MOST = 3
"""Most words of a name."""
_IN_BRACKETS = re.compile(r"(.{2,})\((.+)\)")


def are_names(values: Sequence[Cell], vocabulary: Vocabulary, *, capitalised: bool = False) -> bool:
    """True if two values or more differ and four in five of them have the form of a person's name, or most are names.

    With `capitalised`, for a header that may mean persons, two or three capitalised words have this form too.
    """
    texts = _distinct(values)
    asked = (capitalised, *texts)
    if asked not in vocabulary.judged:
        vocabulary.judged[asked] = _are_names(texts, vocabulary, capitalised=capitalised)
    return vocabulary.judged[asked]


def _are_names(texts: Sequence[str], vocabulary: Vocabulary, *, capitalised: bool) -> bool:
    """True if distinct texts are names, as `are_names` says."""
    if len(texts) >= 2 and all(text in vocabulary.surnames for text in texts):
        return True
    alike = [text for text in texts if written_as_name(text, vocabulary) or (capitalised and _capitalised(text, vocabulary))]
    chinese = [text for text in alike if normalize.chinese(text)]
    long = not chinese or any(len(text) > 2 for text in chinese)  # not two characters alone: 江岸 and 洪山 are districts
    return (len(texts) >= 2 and 5 * len(alike) >= 4 * len(texts) and long) or mostly_names(texts, vocabulary)


def name_columns(
    header: Header, sample: Sequence[Sequence[Cell]], vocabulary: Vocabulary, read: Collection[int], *, capitalised: bool = False
) -> list[int]:
    """Return the columns of names of persons that are not read: by their header, or by the form of their cells.

    Under an unknown header with an ending of headers of persons (Customer, Tenant) capitalised words are names; with
    `capitalised` they are under every header.
    """
    found = []
    for column, candidates in enumerate(header.candidates):
        values = [row[column] for row in sample if column < len(row)]
        name = header.names[column] or ""
        headed = about_persons(candidates) and _HEADED.search(normalize.header(name))
        doubtful = capitalised or (not candidates and may_head_persons(name))
        if column not in read and (headed or are_names(values, vocabulary, capitalised=doubtful)):
            found.append(column)
    return found


def may_head_persons(name: str) -> bool:
    """True if an unknown English header has an ending of headers of persons."""
    return _AGENT.search(normalize.header(name)) is not None


def without_names(header: Header, sample: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> tuple[Header, frozenset[str]]:
    """Return the header with columns withheld whose names contain a person's name, and the full names in columns of names."""
    columns = name_columns(header, sample, vocabulary, ())
    cells = {
        str(row[column]).strip() for row in sample for column in columns if column < len(row) and isinstance(row[column], str)
    }
    people = frozenset(cell for cell in cells if _full(cell, vocabulary) or _may_be_long_name(cell, vocabulary))
    named = [
        column
        for column, name in enumerate(header.names)
        if name and (any(one in name for one in people) or any(_names_person(part, vocabulary) for part in _PARTS.split(name)))
    ]
    return (replace(header, withheld=frozenset(named)) if named else header), people


_PARTS = re.compile(r"[\s:：()（）·/、,，;；-]+")


def _full(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text is a whole name: a surname and two characters, or two or three capitalised words."""
    return (len(text) > _TOLD and normalize.chinese(text) and _chinese_name(text, vocabulary)) or _capitalised(text, vocabulary)


def _may_be_long_name(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text has four Chinese characters, begins with a surname and does not end as an office or a place."""
    ends = (*vocabulary.office_ends, *words("cell", "not_name_ending"))
    shaped = len(text) == _LONGEST and all(map(normalize.chinese, text)) and not text.endswith(ends)
    return shaped and (text[:1] in vocabulary.surnames or text[:2] in vocabulary.surnames)


def _names_person(text: str, vocabulary: Vocabulary) -> bool:
    """True if a part of a header that is no header itself is a Chinese name, alone or before or behind a header."""
    known = vocabulary.headers.fields
    if text in vocabulary.headers.listed or not normalize.chinese(text):
        return False
    sizes = [size for size in (3, 4) if size < len(text)]
    splits = [(text[:size], text[size:]) for size in sizes] + [(text[-size:], text[:-size]) for size in sizes]
    whole = known(normalize.header(text))
    served = [(name, known(normalize.header(rest))) for name, rest in splits]
    names = [text, *(name for name, fields in served if fields and whole in {(), fields})]
    return any(len(name) > _TOLD and _chinese_name(name, vocabulary) and not known(normalize.header(name)) for name in names)


def may_be_names(values: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """True if more than one distinct value in ten may be a name: it has no word or ending of an office and is no code."""
    texts = _distinct(values)
    return 10 * sum(1 for text in texts if not _office(text, vocabulary)) > len(texts)


def are_classes(values: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """True if each value occurs twice or more on average and fewer than a third have the form of a name."""
    texts = _distinct(values)
    filled = sum(1 for cell in values if not blank(cell))
    written = [text for text in texts if written_as_name(text, vocabulary) or _capitalised(text, vocabulary)]
    return 2 * len(texts) <= filled and 3 * len(written) < len(texts)


def named_persons(
    labels: Collection[str], vocabulary: Vocabulary, held: Callable[[Collection[str]], Collection[str]]
) -> set[str]:
    """Return the labels that name a person: a name that a column of names holds, alone or within words, or one behind an office.

    A name behind an office, a post or a level is proven where a column of names holds it, where two labels or more have this
    form, or where it follows 审核人 and the like. `held` returns the words that equal or hold a cell of a column of names.
    """
    behind = {label: name for label in labels if (name := name_behind(label, vocabulary))}
    whole = {
        label: normalize.word(label) for label in labels if written_as_name(label, vocabulary) or _capitalised(label, vocabulary)
    }
    words = {**{label: normalize.word(name) for label, name in behind.items()}, **whole}
    within = {label: names_within(label, vocabulary) for label in labels if label not in words}
    parts = {part for names in within.values() for name in names for part in _parts(name)}
    asked = {*words.values(), *parts, *(name for names in within.values() for name in names)}
    known = held(asked) if asked else ()
    inside = {label for label, names in within.items() if any(_whole_name(name, known) for name in names)}
    proven = {label for label, name in behind.items() if len(name) > _TOLD}
    signed = {label for label in proven if _about_persons(label.removesuffix(behind[label]), vocabulary)}
    return inside | {label for label, word in words.items() if word in known} | (proven if len(proven) > 1 else signed)


def names_within(label: str, vocabulary: Vocabulary) -> list[str]:
    """Return what may be a whole name in a label: a surname and two characters or three, or two capitalised words."""
    if normalize.chinese(label):
        ends = words("cell", "not_name_ending")
        parts = [label[at : at + _TOLD + 1] for at in range(len(label) - _TOLD)]
        long = (label[at : at + _LONGEST] for at in range(len(label) - _LONGEST + 1))
        return [
            *(part for part in parts if _full(part, vocabulary) and not part.endswith(ends)),
            *(part for part in long if _may_be_long_name(part, vocabulary)),
        ]
    found = _WORD.findall(label)
    pairs = (f"{one} {other}" for one, other in pairwise(found))
    return [normalize.word(pair) for pair in pairs if _capitalised(pair, vocabulary)]


def _parts(name: str) -> list[str]:
    """Return the words of a name, of one of four Chinese characters the texts of three within it; of a shorter one itself."""
    long = len(name) == _LONGEST and normalize.chinese(name)
    return [name[:-1], name[1:]] if long else name.split()


def _whole_name(name: str, known: Collection[str]) -> bool:
    """True if a column of names holds a name: both of its words where it holds one of them alone, as of a column of surnames.

    Words are known where they hold a cell: four characters are a cell where neither three of them hold one.
    """
    alone = [part in known for part in _parts(name)]
    if len(name) == _LONGEST and normalize.chinese(name):
        return name in known and not any(alone)
    return name in known and (len(alone) == 1 or all(alone) or not any(alone))


def among_offices(labels: Collection[str], vocabulary: Vocabulary) -> set[str]:
    """Return the labels that are whole Chinese names, two at least, where half of the others end as offices do."""
    ends = words("cell", "not_name_ending")
    names = {one for one in labels if len(one) > _TOLD and _chinese_name(one, vocabulary) and not one.endswith(ends)}
    others = [one for one in labels if one not in names]
    offices = sum(1 for one in others if one.endswith(vocabulary.office_ends))
    return names if len(names) > 1 and 2 * offices >= len(others) > 0 else set()


def words_of_persons(texts: Collection[str], vocabulary: Vocabulary) -> set[str]:
    """Return the status words that name persons: two or more that are whole Chinese names, or differ only in such names.

    已告知甄某某 and 已告知贾某某 differ only in names; 关注中 and 管控中 have an ending of states and are no names.
    """
    ends = (*words("cell", "not_name_ending"), *words("cell", "state_ending"))
    rests: dict[tuple[str, str], set[str]] = {}
    for text in texts:
        for begin, size in product(range(max(1, len(text) - _TOLD)), (_TOLD + 1, _LONGEST)):
            name = text[begin : begin + size]
            if len(name) == size and normalize.chinese(name) and _chinese_name(name, vocabulary) and not name.endswith(ends):
                rests.setdefault((text[:begin], text[begin + len(name) :]), set()).add(text)
    return set().union(*(alike for alike in rests.values() if len(alike) > 1))


_TOLD = 2
"""Most characters of a text that may be a word as well as a name, such as 安检 in 公安局安检."""
_LONGEST = 4
"""Most characters of a Chinese name: a surname of two with two behind it, or two surnames."""


def name_behind(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the name behind an office, a post, a level or 审核人, or in brackets; None where there is none."""
    bracketed = _IN_BRACKETS.fullmatch(text)
    if bracketed:
        return bracketed[2] if _chinese_name(bracketed[2], vocabulary) else None
    for size in range(2, min(6, len(text) - 1)):
        head, tail = text[:-size], text[-size:]
        ends = head.endswith((*vocabulary.office_ends, *words("cell", "post_ending")))
        ends = ends or vocabulary.level(head) in vocabulary.levels or _about_persons(head, vocabulary)
        named = normalize.chinese(tail) and _chinese_name(tail, vocabulary)
        if ends and named and not tail.endswith(words("cell", "not_name_ending")):
            return tail
    return None


def _about_persons(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text is a header of columns about persons, such as 审核人."""
    return vocabulary.headers.about_persons(normalize.header(text))


def _distinct(values: Sequence[Cell]) -> list[str]:
    """Return the distinct texts of a column."""
    return [normalize.label(str(cell)) for cell in dict.fromkeys(values) if not blank(cell)]


def written_as_name(text: str, vocabulary: Vocabulary) -> bool:
    """True if the form of a text is that of a person's name, or of several."""
    if _MAIL.fullmatch(text) or _TITLED.fullmatch(text) or _LAST_FIRST.fullmatch(text) or _ACCOUNT.fullmatch(text):
        return not _office(text, vocabulary)
    if not normalize.chinese(text):
        return False
    return all(_chinese_name(part, vocabulary) for part in _BETWEEN.split(text))


def _chinese_name(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text is a surname with one or two characters or marks behind it, or with a title."""
    bare = _BEHIND_NAME.sub("", text)
    known = bare[:2] if bare[:2] in vocabulary.surnames else bare[:1]
    rest = bare[len(known) :]
    if known not in vocabulary.surnames or (not rest and bare == text):
        return False
    return _GIVEN_NAME.fullmatch(rest) is not None and not text.endswith(vocabulary.office_ends)


def _office(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text holds a word of an office, ends as one, or is a code: figures, or three or four capitals."""
    if normalize.chinese(text):
        return text.endswith(vocabulary.office_ends)
    words = {word.lower() for word in _WORD.findall(text)}
    return not words - {word for word in words if word.isdigit()} or bool(words & vocabulary.offices or _ACRONYM.fullmatch(text))


def _capitalised(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text is two or three capitalised words, none of an office."""
    words = _WORD.findall(text)
    return 1 < len(words) <= MOST and all(word[0].isupper() for word in words) and not _office(text, vocabulary)
