"""Mapping of columns to fields: by ranked header names, checked against the values, overridden by --map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xfstats.config import normalize
from xfstats.config.header_words import about_persons
from xfstats.config.normalize import blank
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.errors import InputFault, map_option
from xfstats.frozen import frozen
from xfstats.messages import LANGS, raw
from xfstats.model import FIELDS, Cell, Kind, Position, column_letter
from xfstats.schema.asked_columns import asked_columns
from xfstats.schema.content import (
    BY_VALUES,
    TO_SHOW,
    ColumnType,
    by_values,
    column_type,
    counts_heads,
    ended_then,
    few,
    grouped,
    many,
    may_be_day,
    names_matters,
    only_codes,
    stateless,
    tells_time,
    unnamed,
)
from xfstats.schema.count_tables import batches_beside_cases, counted_by_day
from xfstats.schema.dates import DateReader
from xfstats.schema.header import ENDING, JOIN, Header
from xfstats.schema.name_shapes import given_alone
from xfstats.schema.person_names import are_classes, are_names, may_be_names, may_head_persons
from xfstats.schema.personal import shown_name
from xfstats.schema.room_numbers import room_numbers
from xfstats.schema.state_columns import without_guessed_states
from xfstats.schema.tied_columns import settled

REFIT: Mapping[tuple[str, ColumnType], str | None] = {
    # field of the header and type of the values, which refute it → the field that the column serves instead (None: no field)
    ("closed_on", ColumnType.FLAGS): "closed_flag",
    ("closed_on", ColumnType.STATUS): "status",
    ("closed_on", ColumnType.TIMES): None,
    ("received_on", ColumnType.TIMES): None,
    ("received_on", ColumnType.FLAGS): None,
    ("closed_flag", ColumnType.DATES): "closed_on",
    ("closed_flag", ColumnType.TEXTS): None,
    ("settled_flag", ColumnType.DATES): None,
    ("settled_flag", ColumnType.TEXTS): None,
    ("resolved_flag", ColumnType.DATES): "closed_on",
    ("resolved_flag", ColumnType.TEXTS): None,
    **{("excluded_flag", looks): None for looks in (ColumnType.DATES, ColumnType.TIMES, ColumnType.TEXTS, ColumnType.WORDS)},
    **{("on_time_flag", looks): None for looks in (ColumnType.DATES, ColumnType.TIMES, ColumnType.NUMBERS, ColumnType.TEXTS)},
    ("batches", ColumnType.WORDS): None,
    ("batches", ColumnType.TEXTS): None,
    ("status", ColumnType.TEXTS): None,
    ("status", ColumnType.DATES): None,
    ("status", ColumnType.FLAGS): "closed_flag",
    ("outcome", ColumnType.TEXTS): None,
    ("outcome", ColumnType.DATES): None,
    ("outcome", ColumnType.FLAGS): None,
    ("level", ColumnType.NUMBERS): None,
    ("level", ColumnType.DATES): None,
    ("level", ColumnType.TIMES): None,
    ("level", ColumnType.FLAGS): None,
    ("level", ColumnType.TEXTS): None,
    ("tier", ColumnType.LEVELS): "level",
    ("accepted_on", ColumnType.FLAGS): None,
    ("due_on", ColumnType.NUMBERS): None,
    **{
        (field, looks): None
        for field in ("unit", "region", "category", "channel")
        for looks in (ColumnType.TEXTS, ColumnType.DATES)
    },
}


@frozen
class FieldMap:
    """The column of each field, the evidence for it, and the ties: columns that serve a field equally well."""

    fields: Mapping[str, int]
    evidence: Mapping[str, str]
    ties: Mapping[str, tuple[int, ...]]
    runners_up: Mapping[str, int]
    personal: frozenset[int]
    prose: frozenset[int]
    """Columns of free text under a header of a status or an outcome."""
    unmapped: tuple[str, ...]
    """Fields that --map names by a header that this sheet does not have; they are mapped as without --map."""
    aggregated: bool

    def column(self, field: str) -> int | None:
        """Return the column of a field; None where it has none."""
        return self.fields.get(field)


def assign(
    header: Header,
    sample: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
    dates: DateReader,
    plan: Plan,
    at: Position,
) -> FieldMap:
    """Return the field map of a sheet, persons only where grouped by; raise InputFault for a bad --map or --by column."""
    places = {field: _mapped(field, to, header, at) for field, to in plan.column_maps}
    mapped = {field: column for field, column in places.items() if column is not None}
    _refuse_persons(mapped, header, sample, vocabulary, at)
    offers: dict[str, list[tuple[int, int, str]]] = {}
    personal: set[int] = set()
    prose: set[int] = set()
    aggregated = False
    for column, candidates in enumerate(header.candidates):
        if column in mapped.values():
            continue
        values = _column(sample, column)
        looks = column_type(values, vocabulary, dates) if candidates else unnamed(values, vocabulary, dates)
        for field, rank in candidates or by_values(header.names[column], values, looks, vocabulary, dates):
            if FIELDS[field] is Kind.PERSON and field not in (plan.by or ()):
                if not counts_heads(header.names[column], values, vocabulary, dates):
                    personal.add(column)
                    continue
                field, rank = "persons", BY_VALUES  # noqa: PLW2901 - 来访群众(人) holds how many came
            counts = field.endswith("_flag") and (field != "on_time_flag" or rank == 0)
            aggregated |= counts and many(values)
            served = _served(field, looks, values, vocabulary)
            nothing = looks is ColumnType.BLANK and counts and may_be_day(header.names[column], vocabulary)
            if nothing or (field == "channel" and rank and not few(values)):  # Origin may be a place
                served = None
            if FIELDS[field] is Kind.GROUP and _of_persons(field, header.names[column] or "", values, vocabulary):
                personal.add(column)
                served = None
            if (field, served) == ("closed_on", "status") and any(isinstance(dates.read(cell), date) for cell in values):
                served = field  # 当场办结 in place of a day is read among the days
            if served is None and field in ENDING and looks is ColumnType.TEXTS:
                prose.add(column)
            if served is not None:
                why = "values" if served != field or rank >= BY_VALUES else "header"
                untold = served == "status" and stateless(values, vocabulary)
                untold |= looks is ColumnType.BLANK and FIELDS[served] is Kind.GROUP
                last = 2 * BY_VALUES if untold else 0
                offers.setdefault(served, []).append((rank + (served != field) + last, column, why))
    offers = without_guessed_states(offers, header.names, sample, vocabulary)
    _keep_ends(offers, sample, vocabulary, dates)
    rooms = room_numbers(offers, header.names, sample)
    fields, evidence, ties, runners = _best(offers, mapped)
    before = fields
    fields, ties = settled(fields, ties, sample, vocabulary, dates)
    runners |= {field: before[field] for field in fields if fields[field] != before[field]}
    ties |= {"unit": rooms} if rooms and "unit" not in fields else {}
    asked = asked_columns(header, sample, vocabulary, dates, plan, at)
    fields, evidence = {**fields, **asked}, {**evidence, **dict.fromkeys(asked, "column")}
    if batches_beside_cases(fields, sample):
        del fields["batches"]
    aggregated |= grouped(header, sample, fields, mapped) or counted_by_day(header, sample, fields, mapped, dates)
    unmapped = _unmapped(places, fields, at)
    return FieldMap(
        fields, evidence, ties, runners, frozenset(personal - set(mapped.values())), frozenset(prose), unmapped, aggregated
    )


def _keep_ends(
    offers: dict[str, list[tuple[int, int, str]]], sample: Sequence[Sequence[Cell]], vocabulary: Vocabulary, dates: DateReader
) -> None:
    """Remove the offers of closing dates that a header only hints at and the values do not confirm."""
    rows = [row for row in sample if not all(map(blank, row))]
    states = _column(rows, min(offers["status"])[1]) if "status" in offers else []
    found = offers.get("closed_on", [])
    kept = [one for one in found if one[0] != TO_SHOW or ended_then(_column(rows, one[1]), states, vocabulary, dates)]
    if kept:
        offers["closed_on"] = kept
    elif found:
        del offers["closed_on"]


def _column(sample: Sequence[Sequence[Cell]], column: int) -> list[Cell]:
    """Return the cells of a column."""
    return [row[column] if column < len(row) else None for row in sample]


def _refuse_persons(
    mapped: Mapping[str, int], header: Header, sample: Sequence[Sequence[Cell]], vocabulary: Vocabulary, at: Position
) -> None:
    """Raise InputFault where --map gives a column about persons another field; its header or its values show the persons."""
    for field, column in mapped.items():
        fields = {served for served, _ in header.candidates[column]}
        name = header.names[column] or ""
        groups = any(FIELDS[served] is Kind.GROUP for served in fields)
        doubtful = _doubtful(name, vocabulary) or (not groups and may_head_persons(name))
        named = FIELDS[field] is Kind.GROUP and are_names(_column(sample, column), vocabulary, capitalised=doubtful)
        if named or (about_persons(header.candidates[column]) and fields != {field}):
            raise InputFault("E328", at, field=field, column=column_letter(column))


def _of_persons(field: str, name: str, values: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """True if the values of a grouping column are names, or may be names under a header that may mean persons."""
    if all(map(blank, values)) or (field == "level" and any(vocabulary.level(str(cell)) in vocabulary.levels for cell in values)):
        return False
    if field != "region" and given_alone({str(cell).strip() for cell in values if not blank(cell)}, vocabulary):
        return True
    if not _doubtful(name, vocabulary):
        return are_names(values, vocabulary)
    return may_be_names(values, vocabulary) if field == "unit" else not are_classes(values, vocabulary)


def _doubtful(name: str, vocabulary: Vocabulary) -> bool:
    """True if a header may mean persons or offices."""
    return normalize.header(name.rsplit(JOIN, maxsplit=1)[-1]) in vocabulary.doubtful


def _unmapped(places: Mapping[str, int | None], fields: Mapping[str, int], at: Position) -> tuple[str, ...]:
    """Return the fields whose --map header this sheet lacks; raise InputFault where no other column serves such a field."""
    lacking = tuple(field for field, column in places.items() if column is None)
    for field in lacking:
        if field not in fields:
            raise InputFault("E285", at, option=map_option(field))
    return lacking


def _best(
    offers: Mapping[str, list[tuple[int, int, str]]], mapped: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, str], dict[str, tuple[int, ...]], dict[str, int]]:
    """Return the best column of each field, the evidence, the ties, and the second best."""
    fields, evidence = dict(mapped), dict.fromkeys(mapped, "map")
    ties: dict[str, tuple[int, ...]] = {}
    runners: dict[str, int] = {}
    for field, found in offers.items():
        if field in mapped:
            continue
        found.sort()
        fields[field], evidence[field] = found[0][1], found[0][2]
        if len(found) > 1:
            runners[field] = found[1][1]
            if found[1][0] == found[0][0]:
                ties[field] = tuple(column for rank, column, _ in found if rank == found[0][0])
    return fields, evidence, ties, runners


def _mapped(field: str, to: str, header: Header, at: Position) -> int | None:
    """Return the column that --map names, by its header or as column:F; None where no column has that header."""
    kind, colon, letters = to.partition(":")
    if colon and kind == "column" and letters.isalpha() and letters.isascii():
        index = 0
        for char in letters.upper():
            index = index * 26 + ord(char) - 64
        if index > len(header.names):
            raise InputFault("E285", at, option=map_option(field))
        return index - 1
    wanted = normalize.header(to)
    exact = [i for i, name in enumerate(header.names) if name and normalize.header(name) == wanted]
    parts = [i for i, name in enumerate(header.names) if name and wanted in map(normalize.header, name.split(JOIN))]
    found = exact or parts
    if not found:
        return None
    if len(found) > 1:
        raise tied(field, tuple(found), header, at)
    return found[0]


def tied(field: str, columns: Sequence[int], header: Header, at: Position) -> InputFault:
    """Return the error for columns that serve one field equally well, with the --map option that selects each."""
    ways = ways_to_map(field, columns, header)
    return InputFault("E306", at, field=field, count=len(ways), ways=tuple(raw("mark.or", lang).join(ways) for lang in LANGS))


def ways_to_map(field: str, columns: Sequence[int], header: Header) -> list[str]:
    """Return the --map option that selects each of several columns of a field."""
    return [f"--map {field}={_way_to_map(column, columns, header)}" for column in columns]


def _way_to_map(column: int, columns: Sequence[int], header: Header) -> str:
    """Return the header, or the column's letter where two of these headers read the same."""
    name = shown_name(header, column)
    alike = [one for one in columns if normalize.header(header.names[one] or "") == normalize.header(name or "")]
    if name and len(alike) == 1:
        return f'"{name}"' if " " in name else name
    return f"column:{column_letter(column)}"


def _served(field: str, looks: ColumnType, values: Sequence[Cell], vocabulary: Vocabulary) -> str | None:
    """Return the field that a column serves by its values where its header names `field`; None where the values fit no field."""
    if (field, looks) == ("status", ColumnType.FLAGS) and only_codes(values):
        return field
    served = "case_no" if field == "serial" and names_matters(values) else REFIT.get((field, looks), field)
    return None if served == "on_time_flag" and not tells_time(values, vocabulary) else served
