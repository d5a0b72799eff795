"""One sheet: read, understood, flagged, counted; only whole numbers, codes, positions and labels come back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from xfstats.config import normalize
from xfstats.config.periods import step_label, step_of
from xfstats.config.plan import Asked, Plan
from xfstats.config.vocabulary import Rule, Vocabulary
from xfstats.errors import InputFault
from xfstats.measures.aggregate import Columns as Counted
from xfstats.measures.aggregate import tally
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import BY_KEY, USUAL, Count, Days, Rate, Share, counts, pair
from xfstats.measures.flags import Facts, Flags, collective, flag
from xfstats.measures.tally import SheetTally, Sums
from xfstats.measures.trace import behind, details, ranges
from xfstats.model import Finding, Position, Window, column_letter
from xfstats.readers.base import Columns, Reader, SheetInfo
from xfstats.records.build import make_records
from xfstats.records.capabilities import _made, _supports
from xfstats.records.cells import Raw, by_field
from xfstats.records.evidence import column_uses, columns_unused, header_of, stands
from xfstats.records.fingerprint import case_digests, print_of
from xfstats.records.frame import Records
from xfstats.records.quality import totals_that_differ
from xfstats.records.rejects import MOST_SHOWN
from xfstats.schema.infer import PEEK, Layout, lay_out

MOST_REJECTS = 10_000
"""Positions of rejected rows that a tally carries for each sheet."""


@dataclass(frozen=True)
class Understood:
    """One sheet as it was understood: its cells by field, its layout, its records, each record's flags."""

    raw: Raw
    columns: Columns
    layout: Layout
    records: Records
    flags: Flags
    wanted: tuple[Count, ...]
    hidden: int
    at: Position


def understand_sheet(reader: Reader, info: SheetInfo, file: str, plan: Plan, vocabulary: Vocabulary) -> Understood | str:
    """A sheet's records and flags, or why it is not a log."""
    try:
        return _understood(reader, info, Position(file, info.shown), plan, vocabulary)
    except InputFault as error:
        if error.code == "E312":
            return "totals"
        raise


def _understood(reader: Reader, info: SheetInfo, at: Position, plan: Plan, vocabulary: Vocabulary) -> Understood | str:
    cells = reader.peek(info, PEEK)
    shape = reader.shape(info)
    layout = lay_out(cells, shape.merges, at, plan, vocabulary, date1904=shape.date1904)
    if isinstance(layout, str):
        return layout
    serial = [column for field, column in layout.roles.fields.items() if field == "serial"]
    first = layout.header.last + 1
    columns = reader.columns(info, layout.read, first, serial, vocabulary.marks)
    raw = Raw(
        by_field(columns.values, layout, shape.merges, first),
        first,
        columns.labels,
        columns.filled,
        columns.digests,
        columns.totals,
        shape.merges,
        shape.errors,
        shape.no_values,
        shape.last,
    )
    records = make_records(raw, layout, plan, vocabulary, at)
    choices = Choices.of(plan.profile)
    wanted = counts(dict.fromkeys((*USUAL, *(plan.measures or choices.measures), *plan.also)), choices)
    names = {name for count in wanted for name in count.flags} | {"closed", "in_base"}
    flags = flag(_facts(records, plan), names, choices, plan.as_of, at)
    return Understood(raw, columns, layout, records, flags, wanted, shape.hidden_rows, at)


def _facts(records: Records, plan: Plan) -> Facts:
    """What the records say, as counting takes it."""
    said = records.answers
    windows = (row for window in plan.windows for row in records.inside(window.period, plan.judged_by))
    marked = said.classes.get("collective")
    return Facts(
        records.rows,
        records.outcomes.flags,
        dict(records.dates),
        records.persons,
        records.batches is not None,
        said.says("extension"),
        said.classes.get("repeat"),
        [one and one == "yes" for one in marked] if marked is not None else None,  # type: ignore[misc]  # None stays None
        {name: said.classes[name] for name in ("satisfaction", "satisfaction_unit") if name in said.classes},
        frozenset((*records.counted, *windows)),
        records.unread,
    )


def tally_sheet(sheet: Understood, plan: Plan, vocabulary: Vocabulary, *, compared: bool) -> SheetTally:
    """The tally of one sheet; with its print where it is `compared` with others."""
    records, layout, columns = sheet.records, sheet.layout, sheet.columns
    rows = records.counted
    judged = records.dates.get(plan.judged_by, [])
    received = [day for row in rows if judged and (day := judged[row])]
    findings = list(records.findings)
    if sheet.hidden:
        findings.append(Finding("W208", sheet.hidden))
    findings.extend(totals_that_differ(records, sheet.raw, layout))
    findings.extend(_about_flags(sheet, rows, plan))
    now, windows = _sums(sheet, rows, plan, vocabulary)
    return SheetTally(
        sheet=sheet.at.sheet or "",
        log=layout.log,
        log_by=layout.log_by,
        title=layout.context.title,
        office=layout.context.office,
        header_rows=tuple(range(layout.header.first + 1, layout.header.last + 2)),
        columns={field: header_of(layout, field) for field in layout.columns},
        by=layout.by,
        said={field: by for field, (_, by) in layout.constants.items() if field in layout.by},
        rows=records.rows,
        counted=len(rows),
        rejected=dict(Counter(reject.reason for reject in records.rejected.values())),
        skipped=dict(Counter(records.skipped.values())),
        outside=dict(Counter(records.outside.values())),
        digest=columns.digest,
        copy_of=None,
        span=(min(received).isoformat(), max(received).isoformat()) if received else None,
        supports=_supports(records, layout),
        sums=now,
        windows=windows,
        limits=_limits(sheet, rows),
        behind=_behind(sheet, rows, plan, vocabulary),
        detail=_detail(sheet, rows, plan, vocabulary) if plan.detail else {},
        words=_made(records),
        weighted=records.batches is not None,
        chinese=any(normalize.chinese(name) for name in layout.header.names if name),
        findings=tuple(findings),
        uses=column_uses(records, sheet.raw, layout) if plan.evidence else (),
        unused=columns_unused(layout) if plan.evidence else (),
        case_digests=case_digests(sheet.raw, rows, plan.salt) if plan.salt else (),
        stands=stands(layout),
        year=(layout.dates.borrowed, layout.context.year_by) if layout.dates.borrowed and layout.context.year_by else None,
        unmapped=layout.roles.unmapped,
        print=print_of(sheet.raw, records, layout) if compared else None,
        rejects=tuple(reject for _, reject in sorted(records.rejected.items())[:MOST_REJECTS]),
        absent=records.absent,
    )


def _rules(layout: Layout, vocabulary: Vocabulary) -> tuple[Rule, ...]:
    """The groups by rule, which stand in the place of levels."""
    return vocabulary.rules.get(layout.log, ()) if "level" in layout.by else ()


def _sums(sheet: Understood, rows: list[int], plan: Plan, vocabulary: Vocabulary) -> tuple[Sums, dict[str, Sums]]:
    """The counts of the period, and of each period that it is compared with."""
    records, layout = sheet.records, sheet.layout
    rules = _rules(layout, vocabulary)
    kept = [row for row in range(records.rows) if row not in records.skipped and row not in records.rejected]

    def summed(chosen: list[int], steps: int) -> Sums:
        return tally(chosen, kept, layout.by, _columns(sheet, chosen, plan, steps), sheet.wanted, rules)

    windows = {window.name: summed(_inside(sheet, window, plan), window.steps) for window in plan.windows}
    return summed(rows, 0), windows


def _inside(sheet: Understood, window: Window, plan: Plan) -> list[int]:
    """The records of a period that is compared with."""
    return sheet.records.inside(window.period, plan.judged_by)


def _columns(sheet: Understood, chosen: list[int], plan: Plan, steps: int) -> Counted:
    """What counting looks at; of a series the labels of the chosen rows, so many steps later."""
    records = sheet.records
    groups = dict(records.groups)
    days = records.dates.get(plan.judged_by)
    if plan.series and days is not None:
        labels = series_labels(days, plan.series, steps, Choices.of(plan.profile).month_start_day)
        inside = set(chosen)
        groups[plan.series] = [label if row in inside else None for row, label in enumerate(labels)]
    return Counted(groups, sheet.flags.columns, records.batches, records.persons, records.days)


def _behind(sheet: Understood, rows: list[int], plan: Plan, vocabulary: Vocabulary) -> dict[str, tuple[tuple[int, int], ...]]:
    """The rows behind the figure that is asked for, as runs of row numbers, of a change on both sides; and those not counted."""
    asked, records = plan.explain, sheet.records
    if asked is None or asked.log != sheet.layout.log:
        return {}
    found = _sides(sheet, rows, plan, vocabulary, asked, 0)
    for window in plan.windows:
        if window.name == asked.window:
            before = _sides(sheet, _inside(sheet, window, plan), plan, vocabulary, asked, window.steps)
            found |= {f"before:{name}": own for name, own in before.items()}
    for row, reject in sorted(records.rejected.items()):
        found.setdefault(f"rejected:{reject.reason}", []).append(row)
    for row, reason in sorted(records.outside.items()):
        found.setdefault(f"outside:{reason}", []).append(row)
    return {name: tuple(ranges(own, sheet.raw.first_row)) for name, own in found.items() if own}


def _sides(
    sheet: Understood, rows: list[int], plan: Plan, vocabulary: Vocabulary, asked: Asked, steps: int
) -> dict[str, list[int]]:
    """The rows of the numerator, of the base, and those left out, in one period."""
    measure, choices = BY_KEY[asked.measure], Choices.of(plan.profile)
    every = Count("every", "", "")
    match measure:
        case Count():
            part = base = measure
        case Rate():
            part, base = pair(measure, choices)
        case Share():
            part, base = every, every
        case Days():
            rows = [row for row in rows if sheet.records.days and sheet.records.days[row] is not None]
            part = base = Count(asked.measure, "", "", ("closed", "in_base"))
    layout, columns = sheet.layout, _columns(sheet, rows, plan, steps)
    return behind(rows, layout.by, columns, _rules(layout, vocabulary), dict(asked.group), part, base, asked.beside)


def _detail(sheet: Understood, rows: list[int], plan: Plan, vocabulary: Vocabulary) -> dict[str, tuple[str | int | None, ...]]:
    """The kept columns of the counted rows."""
    layout = sheet.layout
    columns, rules = _columns(sheet, rows, plan, 0), _rules(layout, vocabulary)
    return details(rows, sheet.raw.first_row, layout.by, columns, sheet.records.dates, sheet.wanted, rules)


def series_labels(days: list[date | None], unit: str, steps: int, start_day: int) -> list[str | None]:
    """The year, quarter, month or week of each day, so many steps later."""
    known = {day: step_label(step_of(day, unit, start_day) + steps, unit) for day in set(days) if day is not None}
    return [known[day] if day is not None else None for day in days]


def _limits(sheet: Understood, rows: list[int]) -> dict[str, int]:
    """Where the due days of the counted records in the base come from."""
    limits, kept = sheet.flags.limits, sheet.flags.columns["in_base"]
    return dict(Counter(limits.by[row] or "none" for row in rows if kept[row])) if limits else {}


def _about_flags(sheet: Understood, rows: list[int], plan: Plan) -> list[Finding]:
    """Closed records without a close date where timing is measured; a collective column against the head count."""
    found = []
    flags, records = sheet.flags, sheet.records
    if flags.limits is not None and "closed_on" in records.dates and "timed" in flags.columns:
        ended, sets = records.dates["closed_on"], records.outcomes.flags
        untimed = [row for row in rows if sets["closed"][row] and not sets["excluded"][row] and ended[row] is None]
        found.append(("W222", untimed, "closed_on"))
    said = records.answers.classes.get("collective")
    if said is not None and "collective" in flags.columns and records.persons is not None and records.batches is None:
        counted = collective(_facts(records, plan), Choices.of(plan.profile))
        found.append(("W223", [row for row in rows if said[row] and (said[row] == "yes") != counted[row]], "collective"))
    places = {name: column_letter(sheet.layout.roles.fields[name]) for _, _, name in found}
    first = sheet.raw.first_row + 1
    return [
        Finding(code, len(odd), tuple(f"{places[name]}{first + row}" for row in odd[:MOST_SHOWN]), {"field": name})
        for code, odd, name in found
        if odd
    ]
