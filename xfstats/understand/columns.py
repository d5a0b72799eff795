"""Which column serves which field: by ranked header names, checked against the values, overridden by --map."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xfstats.errors import InputFault
from xfstats.model import FIELDS, Cell, Kind, Position, column_letter
from xfstats.understand import spelling
from xfstats.understand.dates import DateReader
from xfstats.understand.headers import JOIN, Header
from xfstats.understand.numbers import MOST_ADDED, amounts
from xfstats.understand.shapes import Shape, blank, shape
from xfstats.understand.vocabulary import Vocabulary, about_persons

REFIT: Mapping[tuple[str, Shape], str | None] = {
    # what a header promises and its values refute → the field that it serves instead (None: no field)
    ("closed_on", Shape.FLAGS): "closed_flag",
    ("closed_on", Shape.STATUS): "status",
    ("closed_on", Shape.TIMES): None,
    ("received_on", Shape.TIMES): None,
    ("received_on", Shape.FLAGS): None,
    ("closed_flag", Shape.DATES): "closed_on",
    ("closed_flag", Shape.TEXTS): None,
    ("settled_flag", Shape.DATES): None,
    ("settled_flag", Shape.TEXTS): None,
    ("resolved_flag", Shape.DATES): "closed_on",
    ("resolved_flag", Shape.TEXTS): None,
    ("batches", Shape.WORDS): None,
    ("batches", Shape.TEXTS): None,
    ("status", Shape.TEXTS): None,
    ("status", Shape.DATES): None,
    ("status", Shape.FLAGS): "closed_flag",
    ("outcome", Shape.TEXTS): None,
    ("outcome", Shape.DATES): None,
    ("outcome", Shape.FLAGS): None,
    ("level", Shape.NUMBERS): None,
    ("tier", Shape.LEVELS): "level",
    ("accepted_on", Shape.FLAGS): None,
    ("due_on", Shape.NUMBERS): None,
}


BY_VALUES = 90
"""The rank of a column that serves a field by its values alone: below every known header."""
DATE_HINTS = {
    "due_on": re.compile("期限|时限|截止|到期|要求|规定|限办|限时|承诺|应[办结答]|deadline|due"),
    None: re.compile(
        "计划|预计|拟|最近|更新|首次|受理|立案|出生|回访|录入|上报|报送|通知|告知|公示|expected|planned|target|last|update|first|form"
    ),
    "closed_on": re.compile("办结|结案|完结|办毕|闭环|closed|resolved"),
    "received_on": re.compile(
        "来访|接访|走访|来信|来电|登记|投诉|举报|报修|反映|信访|申请|收到|提交|创建|咨询"
        "|receiv|created|logged|opened|reported|submitted|raised|lodged|requested"
    ),
}
"""What a column of dates under an unknown header serves, by what its header holds: the first that fits, None nothing."""
COUNTS = re.compile(
    "(?:数量|件数|件次|次数|总数|合计|total|count)$|计数项|求和项|countof|sumof"
    "|(?:number|no)of(?:complaints|cases|requests|calls|contacts|visits|enquiries|reports)$"
)
"""What the header of a column reads like that counts records: each row is a group of them."""
HEADS = re.compile(
    r"(?:来访|上访|接访|接待|走访|到场|到访|信访|群众).*(?:人次|人数)$|(?:people|persons|visitors|attendees)(?:in|at|$)"
)
"""What the header of a column of numbers reads like that counts heads; 涉及人数 does not."""


@dataclass(frozen=True)
class Roles:
    """A column a field, why, and the ties that stand: two columns that serve a field equally well."""

    fields: Mapping[str, int]
    evidence: Mapping[str, str]
    ties: Mapping[str, tuple[int, int]]
    runners_up: Mapping[str, int]
    personal: frozenset[int]
    aggregated: bool

    def column(self, field: str) -> int | None:
        """The column of a field."""
        return self.fields.get(field)


def assign(
    header: Header,
    sample: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
    dates: DateReader,
    maps: Sequence[tuple[str, str]],
    at: Position,
) -> Roles:
    """Every field that the sheet has, with its best column."""
    mapped = {field: _mapped(field, to, header, at) for field, to in maps}
    for field, column in mapped.items():
        if about_persons(header.candidates[column]):
            raise InputFault("E328", at, field=field, column=column_letter(column))
    offers: dict[str, list[tuple[int, int, str]]] = {}
    personal: set[int] = set()
    aggregated = False
    for column, candidates in enumerate(header.candidates):
        if column in mapped.values():
            continue
        values = [row[column] if column < len(row) else None for row in sample]
        looks = shape(values, vocabulary, dates) if candidates else _unnamed(values, vocabulary, dates)
        for field, rank in candidates or _by_values(header.names[column], values, looks, vocabulary, dates):
            if FIELDS[field] is Kind.PERSON:
                personal.add(column)
                continue
            aggregated |= field.endswith("_flag") and _many(values)
            served = REFIT.get((field, looks), field)
            if served is not None:
                why = "values" if served != field or rank >= BY_VALUES else "header"
                offers.setdefault(served, []).append((rank + (served != field), column, why))
    fields, evidence, ties, runners = _best(offers, mapped)
    if _beside(fields, sample):
        del fields["batches"]
    aggregated |= "case_no" not in fields and _grouped(header, sample)
    return Roles(fields, evidence, ties, runners, frozenset(personal - set(mapped.values())), aggregated)


def _best(
    offers: Mapping[str, list[tuple[int, int, str]]], mapped: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, str], dict[str, tuple[int, int]], dict[str, int]]:
    """The best column of each field, by what it is, the ties that stand, and the second best."""
    fields, evidence = dict(mapped), dict.fromkeys(mapped, "map")
    ties: dict[str, tuple[int, int]] = {}
    runners: dict[str, int] = {}
    for field, found in offers.items():
        if field in mapped:
            continue
        found.sort()
        fields[field], evidence[field] = found[0][1], found[0][2]
        if len(found) > 1:
            runners[field] = found[1][1]
            if found[1][0] == found[0][0]:
                ties[field] = (found[0][1], found[1][1])
    return fields, evidence, ties, runners


def _grouped(header: Header, sample: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column that serves no field counts the records of a group."""
    named = ((column, spelling.header(name or "")) for column, name in enumerate(header.names) if not header.candidates[column])
    return any(COUNTS.match(name) and _many([row[at] for row in sample if at < len(row)]) for at, name in named)


def _beside(fields: Mapping[str, int], sample: Sequence[Sequence[Cell]]) -> bool:
    """Whether the batches belong to a small table beside a list of numbered cases."""
    if not {"batches", "case_no"} <= fields.keys():
        return False
    batches, cases = (
        sum(1 for row in sample if fields[name] < len(row) and not blank(row[fields[name]])) for name in ("batches", "case_no")
    )
    return 2 * batches < cases


def _by_values(
    name: str | None, values: Sequence[Cell], looks: Shape, vocabulary: Vocabulary, dates: DateReader
) -> tuple[tuple[str, int], ...]:
    """What a column of unknown header serves: levels by their words, dates and head counts by a hint in the header too."""
    if looks is Shape.LEVELS:
        return (("level", BY_VALUES),)
    if name is None:
        return ()
    if HEADS.search(spelling.header(name.split(JOIN)[-1])) and "涉及" not in name:
        return (("persons", BY_VALUES),) if shape(values, vocabulary, dates) is Shape.NUMBERS else ()
    hinted = next((field for field, hint in DATE_HINTS.items() if hint.search(name.lower())), None)
    return ((hinted, BY_VALUES),) if hinted and shape(values, vocabulary, dates) is Shape.DATES else ()


def _unnamed(values: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> Shape:
    """The shape of a column whose header is not known: only levels are recognised by their values."""
    known = sum(1 for cell in values if isinstance(cell, str) and spelling.word(cell) in vocabulary.levels)
    return shape(values, vocabulary, dates) if known >= 2 else Shape.WORDS


def _many(values: Sequence[Cell]) -> bool:
    """Whether a column holds counts: mostly whole numbers, some above 1."""
    filled = [cell for cell in values if not blank(cell) and not isinstance(cell, bool)]
    numbers = [number for number in amounts(filled, MOST_ADDED, 0) if isinstance(number, int)]
    return bool(numbers) and 2 * len(numbers) >= len(filled) and max(numbers) > 1


def _mapped(field: str, to: str, header: Header, at: Position) -> int:
    """The column that --map names, by its header or as column:F."""
    kind, colon, letters = to.partition(":")
    if colon and kind == "column" and letters.isalpha() and letters.isascii():
        index = 0
        for char in letters.upper():
            index = index * 26 + ord(char) - 64
        if index > len(header.names):
            raise InputFault("E285", at, field=field)
        return index - 1
    wanted = spelling.header(to)
    exact = [i for i, name in enumerate(header.names) if name and spelling.header(name) == wanted]
    parts = [i for i, name in enumerate(header.names) if name and wanted in map(spelling.header, name.split(JOIN))]
    found = exact or parts
    if not found:
        raise InputFault("E285", at, field=field)
    if len(found) > 1:
        one, other = (f"column:{column_letter(i)}" for i in found[:2])
        raise InputFault("E306", at, field=field, one=one, other=other)
    return found[0]


def way_to_map(column: int, other: int, header: Header) -> str:
    """What to type after --map FIELD=: the header, or the column's letter where two headers read the same."""
    name, twin = header.names[column], header.names[other]
    if name and spelling.header(name) != spelling.header(twin or ""):
        return f'"{name}"' if " " in name else name
    return f"column:{column_letter(column)}"
