"""One sheet: read, understood, flagged, counted; only whole numbers, codes, positions and labels come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xfstats.config import normalize
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.measures.aggregate import tally
from xfstats.measures.choices import Choices
from xfstats.measures.flags import collective, timed_by_log
from xfstats.measures.tally import SheetTally, Sums
from xfstats.model import Finding, column_letter
from xfstats.pipeline.trace_sheet import _behind, _detail
from xfstats.pipeline.typed_sheet import TypedSheet, _columns, _facts, _inside, _rules
from xfstats.records.capabilities import _made, _supports
from xfstats.records.evidence import column_uses, columns_unused, header_of, stands
from xfstats.records.fingerprint import case_digests, fingerprint_of
from xfstats.records.quality import totals_that_differ
from xfstats.records.rejects import MOST_SHOWN

MOST_REJECTS = 10_000
"""Positions of rejected rows that a tally carries for each sheet."""


def tally_sheet(sheet: TypedSheet, plan: Plan, vocabulary: Vocabulary, *, compared: bool) -> SheetTally:
    """The tally of one sheet; with its print where it is `compared` with others."""
    records, schema, columns = sheet.records, sheet.schema, sheet.columns
    rows = records.counted
    judged = records.dates.get(plan.judged_by, [])
    received = [day for row in rows if judged and (day := judged[row])]
    findings = list(records.findings)
    if sheet.hidden:
        findings.append(Finding("W208", sheet.hidden))
    findings.extend(totals_that_differ(records, sheet.raw, schema))
    findings.extend(_check_flags(sheet, rows, plan))
    now, windows = _sums(sheet, rows, plan, vocabulary)
    return SheetTally(
        sheet=sheet.at.sheet or "",
        claim=schema.claim,
        log_by=schema.log_by,
        title=schema.context.title,
        office=schema.context.office,
        header_rows=tuple(range(schema.header.first + 1, schema.header.last + 2)),
        columns={field: header_of(schema, field) for field in schema.columns},
        by=schema.by,
        constants={field: by for field, (_, by) in schema.constants.items() if field in schema.by},
        rows=records.rows,
        counted=len(rows),
        rejected=dict(Counter(reject.reason for reject in records.rejected.values())),
        skipped=dict(Counter(records.skipped.values())),
        outside=dict(Counter(records.outside.values())),
        digest=columns.digest,
        copy_of=None,
        span=(min(received).isoformat(), max(received).isoformat()) if received else None,
        supports=_supports(records, schema),
        sums=now,
        windows=windows,
        limits=_limits(sheet, rows, plan),
        traced_rows=_behind(sheet, rows, plan, vocabulary),
        detail=_detail(sheet, rows, plan, vocabulary) if plan.detail else {},
        status_words=_made(records),
        weighted=records.batches is not None,
        chinese=any(normalize.chinese(name) for name in schema.header.names if name),
        findings=tuple(findings),
        columns_used=column_uses(records, sheet.raw, schema) if plan.evidence else (),
        columns_unused=columns_unused(schema) if plan.evidence else (),
        case_digests=case_digests(sheet.raw, rows, plan.salt) if plan.salt else (),
        ambiguous_fields=stands(schema),
        year=(schema.dates.borrowed, schema.context.year_by) if schema.dates.borrowed and schema.context.year_by else None,
        unmapped=schema.field_map.unmapped,
        fingerprint=fingerprint_of(sheet.raw, records, schema) if compared else None,
        rejects=tuple(reject for _, reject in sorted(records.rejected.items())[:MOST_REJECTS]),
        absent=records.absent,
        spellings={field: records.spellings[field] for field in schema.by if field in records.spellings},
    )


def _sums(sheet: TypedSheet, rows: list[int], plan: Plan, vocabulary: Vocabulary) -> tuple[Sums, dict[str, Sums]]:
    """The counts of the period, and of each period that it is compared with."""
    records, schema = sheet.records, sheet.schema
    rules = _rules(schema, vocabulary)
    kept = [row for row in range(records.rows) if row not in records.skipped and row not in records.rejected]

    def summed(chosen: list[int], steps: int) -> Sums:
        return tally(chosen, kept, schema.by, _columns(sheet, chosen, plan, steps), sheet.wanted, rules)

    windows = {window.name: summed(_inside(sheet, window, plan), window.steps) for window in plan.windows}
    return summed(rows, 0), windows


def _limits(sheet: TypedSheet, rows: list[int], plan: Plan) -> dict[str, int]:
    """Where the due days of the counted records in the base come from, and of how many the log itself says whether in time."""
    limits, kept = sheet.flags.limits, sheet.flags.columns["in_base"]
    if limits is None:
        return {}
    told = timed_by_log(_facts(sheet.records, plan), plan.as_of)
    own = sum(1 for row in rows if kept[row] and told[row] is not None)
    return dict(Counter(limits.by[row] or "none" for row in rows if kept[row])) | ({"on_time_flag": own} if own else {})


def _against_due_days(sheet: TypedSheet, told: Sequence[bool | None]) -> Iterator[int]:
    """The records of which the log's own due day and close date say another thing than its column of timeliness."""
    limits, ended = sheet.flags.limits, sheet.records.dates["closed_on"]
    for row, own in enumerate(told):
        if limits is not None and own is not None and limits.by[row] == "due_on":
            due, end = limits.due[row], ended[row]
            if due is not None and end is not None and (end <= due) != own:
                yield row


def _check_flags(sheet: TypedSheet, rows: list[int], plan: Plan) -> list[Finding]:
    """Closed records without a close date where timing is measured; a collective column against the head count."""
    found = []
    flags, records = sheet.flags, sheet.records
    if flags.limits is not None and "closed_on" in records.dates and "timed" in flags.columns:
        ended, sets = records.dates["closed_on"], records.outcomes.flags
        told = timed_by_log(_facts(records, plan), plan.as_of)
        shut = [row for row in rows if sets["closed"][row] and not sets["excluded"][row]]
        found.append(("W222", [row for row in shut if ended[row] is None and told[row] is None], "closed_on"))
        odd = set(_against_due_days(sheet, told))
        found.append(("W250", [row for row in shut if row in odd], "on_time_flag"))
    said = records.answers.classes.get("collective")
    if said is not None and "collective" in flags.columns and records.persons is not None and records.batches is None:
        counted = collective(_facts(records, plan), Choices.of(plan.profile))
        found.append(("W223", [row for row in rows if said[row] and (said[row] == "yes") != counted[row]], "collective"))
    places = {name: column_letter(sheet.schema.field_map.fields[name]) for _, odd, name in found if odd}
    first = sheet.raw.first_row + 1
    return [
        Finding(code, len(odd), tuple(f"{places[name]}{first + row}" for row in odd[:MOST_SHOWN]), {"field": name})
        for code, odd, name in found
        if odd
    ]
