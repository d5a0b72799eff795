"""One sheet: read, understood, flagged, counted; only whole numbers, codes, positions and labels come back."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.measures.aggregate import Mask, tally
from xfstats.measures.choices import Choices
from xfstats.measures.deadlines import STARTS, as_days
from xfstats.measures.flags import collective, timed_by_log
from xfstats.measures.tally import SheetTally, Tally
from xfstats.model import Finding, column_letter
from xfstats.pipeline.open_matters import open_matters
from xfstats.pipeline.trace_sheet import _behind, _detail
from xfstats.pipeline.typed_sheet import TypedSheet, _columns, _inside, _rules
from xfstats.records.capabilities import capabilities, words_by_set
from xfstats.records.column_uses import column_uses, columns_unused, header_of, stands
from xfstats.records.fingerprint import case_digests, fingerprint_of
from xfstats.records.quality import check_stated_totals
from xfstats.records.rejects import MOST_SHOWN

MOST_REJECTS = 10_000
"""Positions of rejected rows that a tally carries for each sheet."""


def tally_sheet(sheet: TypedSheet, plan: Plan, vocabulary: Vocabulary, *, compared: bool) -> SheetTally:
    """Return the tally of one sheet; with its fingerprint where it is `compared` with other sheets."""
    records, schema, columns = sheet.records, sheet.schema, sheet.columns
    rows = records.counted
    findings = list(records.findings)
    if sheet.hidden:
        findings.append(Finding("W208", sheet.hidden))
    findings.extend(check_stated_totals(records, sheet.raw, schema, vocabulary))
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
        counted=int(rows.sum()),
        rejected=dict(Counter(reject.reason for reject in records.rejected.values())),
        skipped=dict(Counter(records.skipped.values())),
        outside={reason: int(rows.sum()) for reason, rows in sorted(records.reasons("outside").items())},
        digest=columns.digest,
        copy_of=None,
        span=_span(sheet, rows, plan),
        supports=capabilities(records, schema),
        sums=now,
        windows=windows,
        limits=_limits(sheet, rows, plan),
        traced_rows=_behind(sheet, rows, plan, vocabulary),
        detail=_row_columns(sheet, rows, plan, vocabulary),
        status_words=words_by_set(records),
        weighted="batches" in records.frame,
        chinese=schema.header.chinese,
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
        latest=max(schema.dates.latest, sheet.flags.latest).isoformat(),
    )


def _row_columns(sheet: TypedSheet, rows: Mask, plan: Plan, vocabulary: Vocabulary) -> dict[str, tuple[str | int | None, ...]]:
    """Return the columns of a detail sheet, or those of the open matters; nothing where neither was asked for."""
    if plan.matters:
        return open_matters(sheet, rows, plan, vocabulary)
    return _detail(sheet, rows, plan, vocabulary) if plan.detail else {}


def _span(sheet: TypedSheet, rows: Mask, plan: Plan) -> tuple[str, str] | None:
    """Return the first and last day of the counted records as ISO text, by the date field of the period; None without days."""
    frame = sheet.records.frame
    days = frame[plan.judged_by][rows].dropna() if plan.judged_by in frame else frame["unread"][:0]
    return (days.min().date().isoformat(), days.max().date().isoformat()) if len(days) else None


def _sums(sheet: TypedSheet, rows: Mask, plan: Plan, vocabulary: Vocabulary) -> tuple[Tally, dict[str, Tally]]:
    """Return the tally of the period, and that of each compared period by name."""
    records, schema = sheet.records, sheet.schema
    rules = _rules(schema, vocabulary)

    def tally_rows(chosen: Mask, steps: int) -> Tally:
        """Return the tally of some rows, of a series moved by steps."""
        return tally(
            chosen, records.kept & ~records.filtered, schema.by, _columns(sheet, chosen, plan, steps), sheet.wanted, rules
        )

    windows = {window.name: tally_rows(_inside(sheet, window, plan), window.steps) for window in plan.windows}
    return tally_rows(rows, 0), windows


def _limits(sheet: TypedSheet, rows: Mask, plan: Plan) -> dict[str, int]:
    """Return how many counted records of the base have a due day by each field, or a timeliness in the log; else nothing."""
    limits, kept = sheet.flags.limits, sheet.flags.columns["in_base"].to_numpy()
    if limits is None:
        return {}
    codes, starts = pd.factorize(limits.by[rows & kept])
    names = [STARTS[start] if start >= 0 else "none" for start in starts.tolist()]
    in_time, late = timed_by_log(sheet.records.frame, as_days([plan.as_of])[0])
    own = int(np.count_nonzero(rows & kept & (in_time | late)))
    return dict(zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True)) | (
        {"on_time_flag": own} if own else {}
    )


def _check_flags(sheet: TypedSheet, rows: Mask, plan: Plan) -> list[Finding]:
    """Return findings: closed records without a close date; timeliness or collective flags that other columns contradict."""
    found = []
    flags, frame = sheet.flags, sheet.records.frame
    if flags.limits is not None and "closed_on" in frame and "timed" in flags.columns:
        in_time, late = timed_by_log(frame, as_days([plan.as_of])[0])
        shut, ended = rows & frame["closed"].to_numpy() & ~frame["excluded"].to_numpy(), frame["closed_on"].to_numpy()
        untimed = shut & np.isnat(ended) & ~(in_time | late)
        found.append(("W222", np.flatnonzero(untimed).tolist(), "closed_on"))
        due, by_log = flags.limits.due, flags.limits.by == STARTS.index("due_on")
        against = by_log & ((in_time & (ended > due)) | (late & (ended <= due)))
        found.append(("W250", np.flatnonzero(shut & against).tolist(), "on_time_flag"))
    if "collective" in frame and "collective" in flags.columns and "persons" in frame and "batches" not in frame:
        counted = collective(frame, Choices.of(plan.profile))
        said = frame["collective"]
        odd = rows & said.notna().to_numpy() & ((said == "yes").to_numpy() != counted)
        found.append(("W223", np.flatnonzero(odd).tolist(), "collective"))
    places = {name: column_letter(sheet.schema.field_map.fields[name]) for _, wrong, name in found if wrong}
    first = sheet.raw.first_row + 1
    return [
        Finding(code, len(odd), tuple(f"{places[name]}{first + row}" for row in odd[:MOST_SHOWN]), {"field": name})
        for code, odd, name in found
        if odd
    ]
