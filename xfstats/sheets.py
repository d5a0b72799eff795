"""One sheet: read, understood, flagged, counted; only whole numbers, codes, positions and labels come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from xfstats.choices import Choices
from xfstats.count.behind import behind, ranges
from xfstats.count.details import details
from xfstats.count.flags import Facts, Flags, collective, flag
from xfstats.count.tallying import Columns as Counted
from xfstats.count.tallying import tally
from xfstats.measures import BY_KEY, USUAL, Count, Days, Rate, Share, counts, pair
from xfstats.model import SETS, Position, column_letter
from xfstats.periods import step_label, step_of
from xfstats.plan import Plan
from xfstats.read.protocol import Columns, Reader, SheetInfo
from xfstats.tallies import Finding, Print, SheetTally, Sums
from xfstats.understand import spelling
from xfstats.understand.evidence import column_uses, columns_unused, header_of
from xfstats.understand.fates import MOST_SHOWN
from xfstats.understand.layout import PEEK, Layout, lay_out
from xfstats.understand.numbers import MOST_ADDED, amount
from xfstats.understand.outcomes import FLAG_OF
from xfstats.understand.raw import Raw
from xfstats.understand.records import Records, make_records
from xfstats.understand.shapes import blank
from xfstats.understand.vocabulary import Vocabulary

OWN_FLAG = {one: name for name, one in FLAG_OF.items()}
"""The yes/no column of a set."""
TELLING = 5
"""Columns that a row needs to be known again, and rows that a list does."""
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
    at = Position(file, info.shown)
    cells = reader.peek(info, PEEK)
    shape = reader.shape(info)
    layout = lay_out(cells, shape.merges, at, plan, vocabulary, date1904=shape.date1904)
    if isinstance(layout, str):
        return layout
    serial = [column for field, column in layout.roles.fields.items() if field == "serial"]
    first = layout.header.last + 1
    columns = reader.columns(info, sorted(set(layout.columns.values())), first, serial, vocabulary.marks)
    raw = Raw(
        {field: list(columns.values[column]) for field, column in layout.columns.items()},
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
    flags = flag(_facts(records), names, choices, plan.as_of, at)
    return Understood(raw, columns, layout, records, flags, wanted, shape.hidden_rows, at)


def _facts(records: Records) -> Facts:
    """What the records say, as counting takes it."""
    said = records.answers
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
    )


def tally_sheet(sheet: Understood, plan: Plan, vocabulary: Vocabulary) -> SheetTally:
    """The tally of one sheet."""
    records, layout, columns = sheet.records, sheet.layout, sheet.columns
    rows = records.counted
    received = [day for row in rows if (day := records.dates["received_on"][row])] if "received_on" in records.dates else []
    findings = list(records.findings)
    if sheet.hidden:
        findings.append(Finding("W208", sheet.hidden))
    findings.extend(_totals_that_differ(records, sheet.raw, layout))
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
        chinese=any(spelling.chinese(name) for name in layout.header.names if name),
        findings=tuple(findings),
        uses=column_uses(records, sheet.raw, layout) if plan.evidence else (),
        unused=columns_unused(layout) if plan.evidence else (),
        case_digests=_case_digests(sheet.raw, rows, plan.salt) if plan.salt else (),
        print=_print(sheet),
        rejects=tuple(reject for _, reject in sorted(records.rejected.items())[:MOST_REJECTS]),
    )


def _sums(sheet: Understood, rows: list[int], plan: Plan, vocabulary: Vocabulary) -> tuple[Sums, dict[str, Sums]]:
    """The counts of the period, and of each period that it is compared with."""
    records, layout = sheet.records, sheet.layout
    rules = vocabulary.rules.get(layout.log, ()) if "level" in layout.by else ()
    days = records.dates.get(plan.date_by or "received_on")
    kept = [row for row in range(records.rows) if row not in records.skipped and row not in records.rejected]

    def summed(chosen: list[int], steps: int) -> Sums:
        return tally(chosen, kept, layout.by, _columns(sheet, chosen, plan, steps), sheet.wanted, rules)

    windows = {}
    for window in plan.windows:
        first, end = window.period.first, window.period.end
        inside = [row for row in kept if days and (day := days[row]) and first <= day < end and row not in records.filtered]
        windows[window.name] = summed(inside, window.steps)
    return summed(rows, 0), windows


def _columns(sheet: Understood, chosen: list[int], plan: Plan, steps: int) -> Counted:
    """What counting looks at; of a series the labels of the chosen rows, so many steps later."""
    records = sheet.records
    groups = dict(records.groups)
    days = records.dates.get(plan.date_by or "received_on")
    if plan.series and days is not None:
        labels = series_labels(days, plan.series, steps, Choices.of(plan.profile).month_start_day)
        inside = set(chosen)
        groups[plan.series] = [label if row in inside else None for row, label in enumerate(labels)]
    return Counted(groups, sheet.flags.columns, records.batches, records.persons, records.days)


def _behind(sheet: Understood, rows: list[int], plan: Plan, vocabulary: Vocabulary) -> dict[str, tuple[tuple[int, int], ...]]:
    """The rows behind the figure that is asked for, as runs of row numbers."""
    if plan.explain is None or plan.explain[0] != sheet.layout.log:
        return {}
    _, key, group = plan.explain
    measure, choices = BY_KEY[key], Choices.of(plan.profile)
    every = Count("every", "", "")
    match measure:
        case Count():
            part = base = measure
        case Rate():
            part, base = pair(measure, choices)
        case Share():
            part, base = every, every
        case Days():
            timed = [row for row in rows if sheet.records.days and sheet.records.days[row] is not None]
            rows, part = timed, Count(key, "", "", ("closed", "in_base"))
            base = part
    layout, columns = sheet.layout, _columns(sheet, rows, plan, 0)
    rules = vocabulary.rules.get(layout.log, ()) if "level" in layout.by else ()
    found = behind(rows, layout.by, columns, rules, dict(group), part, base)
    return {name: tuple(ranges(own, sheet.raw.first_row)) for name, own in found.items() if own}


def _detail(sheet: Understood, rows: list[int], plan: Plan, vocabulary: Vocabulary) -> dict[str, tuple[str | int | None, ...]]:
    """The kept columns of the counted rows."""
    layout = sheet.layout
    rules = vocabulary.rules.get(layout.log, ()) if "level" in layout.by else ()
    columns = _columns(sheet, rows, plan, 0)
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
        counted = collective(_facts(records), Choices.of(plan.profile))
        found.append(("W223", [row for row in rows if said[row] and (said[row] == "yes") != counted[row]], "collective"))
    places = {name: column_letter(sheet.layout.roles.fields[name]) for _, _, name in found}
    first = sheet.raw.first_row + 1
    return [
        Finding(code, len(odd), tuple(f"{places[name]}{first + row}" for row in odd[:MOST_SHOWN]), {"field": name})
        for code, odd, name in found
        if odd
    ]


def _print(sheet: Understood) -> Print:
    """The print of a sheet's records."""
    kept = [row for row in range(sheet.records.rows) if row not in sheet.records.skipped]
    cells, days = sheet.raw.values.get("case_no"), sheet.records.dates.get("received_on")
    pairs = [(cells[row], days[row]) for row in kept] if cells is not None and days is not None else []
    whole = not any(blank(cell) or day is None for cell, day in pairs)
    rows = frozenset(sheet.raw.digests[row] for row in kept)
    telling = sum(1 for name in sheet.layout.header.names if name) >= TELLING and 10 * len(rows) >= 9 * len(kept)
    return Print(
        rows,
        frozenset(hash(f"{spelling.word(str(cell))} {day}") for cell, day in pairs) if whole else frozenset(),
        {field: label for field, (label, _) in sheet.layout.constants.items()},
        telling,
        _typed(sheet.records, kept) if telling and len(kept) >= TELLING else None,
    )


def _typed(records: Records, rows: Sequence[int]) -> int | None:
    """A digest of the dates, amounts, labels and sets of some rows, in their order; None where no date tells them apart."""
    if not any(day for column in records.dates.values() for day in column):
        return None
    amounts = [column for column in (records.persons, records.batches) if column is not None]
    columns: list[Sequence[object]] = [
        *records.dates.values(),
        *amounts,
        *records.groups.values(),
        *records.outcomes.flags.values(),
    ]
    return hash(tuple(str([column[row] for column in columns]) for row in rows))


def _case_digests(raw: Raw, rows: list[int], salt: str) -> tuple[str, ...]:
    """Keyed digests of the case numbers of counted rows: equal in two files where the numbers are, and good for nothing else."""
    cells = raw.values.get("case_no", [])
    numbers = {spelling.word(str(cells[row])) for row in rows if cells and not blank(cells[row])}
    key = bytes.fromhex(salt)
    return tuple(sorted(blake2b(number.encode("utf-8", "replace"), key=key, digest_size=8).hexdigest() for number in numbers))


def _supports(records: Records, layout: Layout) -> tuple[str, ...]:
    """What this sheet can tell: status sets, persons, days, and the fields that it has."""
    told = {f"set:{one}" for one in records.outcomes.supports} | {
        f"field:{name}" for name in (*layout.columns, *layout.constants)
    }
    if records.outcomes.by_words or "set:closed" in told:
        told.add("status")
    if not records.outcomes.by_words and "set:closed" in told:
        told.add("closed:date")
    worded = records.outcomes.by_words and {"status", "outcome"} & layout.columns.keys()
    told |= {f"tell:{one}" for one in SETS if worded or OWN_FLAG.get(one) in layout.columns}
    return tuple(sorted(told))


def _made(records: Records) -> dict[str, dict[str, int]]:
    """The words that put records into each set, and by which column: what the definitions under the table name."""
    found: dict[str, dict[str, int]] = {one: {} for one in records.outcomes.made}
    for one, words in records.outcomes.made.items():
        for name in ("status", "outcome"):
            counts = records.words.get(name, {})
            found[one].update({word: counts[word] for word in words if word in counts})
    return found


def _totals_that_differ(records: Records, raw: Raw, layout: Layout) -> list[Finding]:
    """A 合计 row whose head count or batches disagree with the sum of the records of its sheet."""
    totals = [row for row, why in records.skipped.items() if why == "total"]
    whole = [row for row in range(records.rows) if row not in records.skipped and row not in records.rejected]
    found = []
    for field, amounts in (("persons", records.persons), ("batches", records.batches)):
        if amounts is None or records.rejected:
            continue
        computed = sum(amounts[row] for row in whole)
        for row in totals:
            stated = amount(raw.values[field][row], MOST_ADDED, 0)
            if isinstance(stated, int) and stated != computed and len(totals) == 1:
                place = f"{column_letter(layout.roles.fields[field])}{raw.first_row + row + 1}"
                found.append(Finding("W209", 1, (place,), {"field": field, "stated": stated, "computed": computed}))
    return found
