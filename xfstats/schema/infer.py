"""Schema inference: header, fields, kind of log and grouping by the first rows of a sheet; or the reason why it is not a log."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.periods import DERIVED
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.errors import InputFault, TotalsFault
from xfstats.frozen import frozen
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import OFFERED
from xfstats.measures.needs import fields_to_read
from xfstats.messages import LANGS, joined, raw
from xfstats.model import FIELDS, Cell, Claim, Log, Position, column_letter
from xfstats.schema.closing_columns import closing_columns
from xfstats.schema.context import (
    Context,
    claim_of,
    from_names,
    headers_of_leaders,
    read_context,
)
from xfstats.schema.dates import DateReader
from xfstats.schema.fields import FieldMap, assign, tied
from xfstats.schema.group_columns import group_columns
from xfstats.schema.grouping import grouping
from xfstats.schema.header import OF_RECORDS, Header, find_header, second_header
from xfstats.schema.header_rows import traditional
from xfstats.schema.log_kind import has_data, is_schedule, log_kind, passed_over
from xfstats.schema.missing_fields import missing_field
from xfstats.schema.person_names import without_names
from xfstats.schema.personal import headed
from xfstats.schema.side_tables import without_side_tables
from xfstats.schema.split_dates import parted_days
from xfstats.schema.unserved_days import unserved_days

_PHRASE = 8
"""Least mean length of the texts in a column of unknown header that identify rows."""
PEEK = 400
"""Number of rows that are read to infer the schema."""
WORDS = ("status", "outcome", "closed_flag", "settled_flag", "resolved_flag", "excluded_flag", "on_time_flag")
ALWAYS = ("received_on", "closed_on", "persons", "batches", "case_no", "serial", *WORDS)


@frozen
class Schema:
    """The schema of one sheet: its header, the column of each field, the kind of log, and what of it is read."""

    header: Header
    field_map: FieldMap
    context: Context
    claim: Claim
    log_by: str
    by: tuple[str, ...]
    wanted_fields: tuple[str, ...]
    dates: DateReader
    title_texts: tuple[str, ...]
    first_rows: tuple[tuple[Cell, ...], ...]
    constants: Mapping[str, tuple[str, str]]
    """Labels of all rows from the name of the sheet or file, where no column has them: field → label, and `sheet` or `file`."""

    date_parts: Mapping[str, tuple[int, ...]]
    """The columns of each day that is written in several: 年, 月, 日, or 月, 日."""

    side_tables: tuple[str, ...]
    """The columns of side tables, such as H:J; they are not read."""

    offered: tuple[str, ...] = ()
    """Wanted fields that nobody asked for: they are used where each answer in them is known, else passed over."""

    days: tuple[int, ...] = ()
    """Columns of days without a field, in a log whose days of receipt are not known."""

    could_group: tuple[str, ...] = ()
    """How --by names the columns that could group a log without a grouping field."""

    could_close: tuple[str, ...] = ()
    """The --map options of columns that may tell what is closed, in a log in which no column does."""

    has_own_text: bool = False
    """True if rows have a text of their own, such as a name or a subject."""

    updated_column: int | None = None
    """The column of the day on which a row was last changed, where rows are events of one record."""

    @property
    def log(self) -> Log:
        """Return the kind of log."""
        return self.claim.log

    @property
    def one_record_per_row(self) -> bool:
        """True if a date, case number or person column shows that one row is one record."""
        return bool(OF_RECORDS & (self.field_map.fields.keys() | self.header.known))

    @property
    def columns(self) -> dict[str, int]:
        """Return the wanted fields and their columns."""
        return {field: self.field_map.fields[field] for field in self.wanted_fields if field in self.field_map.fields}

    @property
    def read_columns(self) -> list[int]:
        """Return the columns to read."""
        parts = (self.date_parts.get(field, ()) for field in self.columns)
        more = () if self.updated_column is None else (self.updated_column,)
        return sorted({*self.columns.values(), *(column for columns in parts for column in columns), *more})


def infer_schema(
    cells: Sequence[Sequence[Cell]],
    merges: Sequence[tuple[int, int, int, int]] | None,
    at: Position,
    plan: Plan,
    vocabulary: Vocabulary,
    *,
    date1904: bool,
) -> Schema | str:
    """Return the schema of a sheet, or why it has none: empty, notes, summary, schedule, traditional, unrecognised."""
    passed = passed_over(cells, at.sheet, plan, vocabulary)
    if passed:
        return passed
    vocabulary = _with_maps(vocabulary, plan)
    header = find_header(cells, merges, vocabulary, plan.header)
    if header is None or not (header.is_log or plan.header or plan.column_maps):
        return ("traditional" if traditional(cells) else "unrecognised") if has_data(cells, text=at.sheet is None) else "notes"
    header, people = without_names(header, cells[header.last + 1 :], vocabulary)
    try:
        return _laid_out(cells, header, people, at, plan, vocabulary, date1904=date1904)
    except InputFault as error:
        if plan.evidence:
            error.also = (_columns(header, at),)
        raise


def _laid_out(
    cells: Sequence[Sequence[Cell]],
    header: Header,
    people: Collection[str],
    at: Position,
    plan: Plan,
    vocabulary: Vocabulary,
    *,
    date1904: bool,
) -> Schema | str:
    """Return the schema of the rows below a header, or why there is none; a title that names one of `people` is dropped."""
    context = read_context(cells[: header.first], at.sheet, at.file)
    if context.title and any(name in context.title for name in people):
        context = replace(context, title=None)
    dates = DateReader(context.year, plan.as_of, until=context.until, date1904=date1904, order=vocabulary.date_order)
    below = cells[header.last + 1 :]
    header, apart = without_side_tables(header, below, at)
    header, parted = parted_days(header)
    field_map = assign(header, below, vocabulary, dates, plan, at)
    parted = {field: columns for field, columns in parted.items() if field_map.fields.get(field) == columns[-1]}
    if is_schedule(context, at) and not {"persons", "case_no", *WORDS} & field_map.fields.keys():
        return "schedule"
    if field_map.aggregated:
        raise TotalsFault(at)
    other = second_header(cells, header, vocabulary)
    if other is not None:
        raise InputFault("E323", at, one=header.first + 1, other=other + 1)
    log, log_by = log_kind(header, field_map, context, at, plan, vocabulary)
    constants = {
        field: found for field, found in from_names(at.sheet, at.file, vocabulary).items() if field not in field_map.fields
    }
    claim = claim_of(log, context, at.sheet, at.file, vocabulary, headers_of_leaders(header, field_map.fields))
    by = grouping(field_map, constants, claim, plan, vocabulary, below)
    first_rows = tuple(tuple(row) for row in below[:3])
    schema = Schema(
        header, field_map, context, claim, log_by, by, (), dates, context.titles, first_rows, constants, parted, apart
    )
    updated = _updated(header, field_map, vocabulary) if vocabulary.per != "none" else None
    wanted = _wanted(schema, plan, vocabulary, at)
    offered = tuple(one for one in OFFERED if plan.measures is None and one in field_map.fields and one not in field_map.ties)
    return replace(
        schema,
        wanted_fields=tuple(dict.fromkeys((*wanted, *offered))),
        offered=tuple(one for one in offered if one not in wanted),
        updated_column=updated,
        days=() if "received_on" in field_map.fields else unserved_days(header, field_map, below, vocabulary, dates),
        could_group=() if by or plan.by is not None else group_columns(header, field_map, below, vocabulary, dates),
        could_close=closing_columns(header, field_map, below, vocabulary, dates),
        has_own_text=_own_text(header, field_map, below),
    )


def _own_text(header: Header, field_map: FieldMap, below: Sequence[Sequence[Cell]]) -> bool:
    """True if a column about persons, or without a field, holds a different text in nearly every row."""
    served = {column for field, column in field_map.fields.items() if field not in {"person", "leader"}}
    rows = sum(1 for row in below if not all(map(blank, row)))
    for column, candidates in enumerate(header.candidates):
        texts = [row[column] for row in below if column < len(row) and isinstance(row[column], str) and not blank(row[column])]
        personal = column in field_map.personal and "leader" not in {field for field, _ in candidates}
        long = sum(map(len, map(str, texts))) >= _PHRASE * len(texts)
        told = personal or (column not in served and not candidates and long)
        if told and 2 * len(texts) > rows > 0 and 5 * len(set(texts)) >= 4 * len(texts):
            return True
    return False


def _updated(header: Header, field_map: FieldMap, vocabulary: Vocabulary) -> int | None:
    """Return the first column without a field that is headed as the day on which a row was last changed; None where none is."""
    columns = [column for column, name in enumerate(header.names) if name and column not in field_map.fields.values()]
    said = (
        column for column in columns if any(word in normalize.header(header.names[column] or "") for word in vocabulary.updated)
    )
    return next(said, None)


def _columns(header: Header, at: Position) -> InputFault:
    """Return the error that lists the columns of a rejected sheet, so that the user can choose among them."""
    rows = "-".join(str(row + 1) for row in sorted({header.first, header.last}))
    names = [(f"{one.column} {one.header}" if one.header else one.column, one.person) for one in headed(header)]
    said = tuple(joined((name + raw("inspect.person", lang) * person for name, person in names), lang) for lang in LANGS)
    return InputFault("E275", at, rows=rows, columns=said)


def _with_maps(vocabulary: Vocabulary, plan: Plan) -> Vocabulary:
    """Return the vocabulary with the headers that --map names, so that they help to find the header row."""
    headers = [(field, normalize.header(to)) for field, to in plan.column_maps if not to.startswith("column:")]
    named = {name: ((field, -1),) for field, name in headers if not vocabulary.headers.about_persons(name)}
    return replace(vocabulary, headers=vocabulary.headers.with_headers(named)) if named else vocabulary


def _wanted(schema: Schema, plan: Plan, vocabulary: Vocabulary, at: Position) -> tuple[str, ...]:
    """Return the fields to read; raise InputFault for one that is asked for and missing, or that has tied columns."""
    rules = vocabulary.rules.get(schema.log, ())
    by_rule = {field for rule in rules for field in rule.when} if schema.by == ("level",) or "level" in schema.by else set()
    asked = {one.field for one in plan.where} | set(_demanded(schema.by, plan, ruled=bool(rules)))
    if plan.period is not None or plan.dated_groups:
        asked.add(plan.judged_by)
    choices = Choices.of(plan.profile)
    if choices.closed_by == "date" and schema.field_map.column("closed_flag") is None:
        asked.add("closed_on")
    measures = (*(plan.measures or choices.measures), *plan.extra_measures)
    read = [field for field in fields_to_read(measures, choices) if field in FIELDS]
    together = [field for field in ("persons", "collective") if schema.field_map.column(field) is not None]
    if "collective" in schema.by:
        asked |= set(together) or {"collective"}
    known = {*schema.field_map.fields, *schema.constants}
    for field in sorted(asked):
        if field not in known:
            raise missing_field(field, known, plan, at)
    names = (*ALWAYS, *schema.by, *sorted(asked), *sorted(by_rule), *read)
    used = [field for field in names if schema.field_map.column(field) is not None]
    spare = {"on_time_flag"} - {*asked, *read} if "on_time_flag" in schema.field_map.ties else set()
    if "closed_on" in schema.field_map.ties and not closing_day_needed(schema, plan, {*asked, *read}, choices):
        spare |= {"closed_on"}
    used = [field for field in used if field not in spare]
    for field in used:
        tie = schema.field_map.ties.get(field)
        if tie and field not in {"serial", "case_no"}:
            raise tied(field, tie, schema.header, at)
    return tuple(dict.fromkeys(used))


def closing_day_needed(schema: Schema, plan: Plan, asked: Collection[str], choices: Choices) -> bool:
    """True if the run needs the close date: it is asked for, or no status or flag column shows what is closed."""
    names = [normalize.header(schema.header.names[place] or "") for place in schema.field_map.ties["closed_on"]]
    if len(set(names)) < len(names):
        return True  # one name over two columns may be no header at all, such as states in a table that lies on its side
    worded = any(schema.field_map.column(field) is not None for field in ("status", "closed_flag"))
    return (
        not worded
        or plan.measures is not None
        or "closed_on" in asked
        or choices.closed_by != "status"
        or bool(plan.extra_measures)
    )


def spared_ties(schema: Schema, plan: Plan) -> dict[str, tuple[int, ...]]:
    """Return the tied columns of grouping fields that were not asked for and of a close date that is not needed, by field."""
    grouped = plan.by is None and schema.by[:1] != ("level",)
    places = [field for field in ("unit", "region") if grouped and field not in schema.by and field != plan.cross]
    spare = [*places, *(["closed_on"] if "closed_on" not in schema.columns else [])]
    found = {field: schema.field_map.ties[field] for field in spare if field in schema.field_map.ties}
    return {**found, "received_on": schema.days} if schema.days else found


def _demanded(by: tuple[str, ...], plan: Plan, *, ruled: bool) -> tuple[str, ...]:
    """Return the grouping fields that need a column: those asked for, without derived ones and levels that rules make."""
    wanted = (*(plan.by or ()), plan.cross)
    return tuple(
        field for field in by if field in wanted and field not in {plan.series, *DERIVED} and not (field == "level" and ruled)
    )


def shown_header(schema: Schema, column: int) -> str:
    """Return a column's header where it is known, else its letter."""
    name = schema.header.names[column] if column < len(schema.header.names) else None
    shown = name and column in schema.field_map.fields.values() and column not in schema.header.withheld
    return name if name and shown else column_letter(column)
