"""Sources and a plan become a Report: run workers, drop duplicate sheets, merge tallies, make tables, reconcile all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from xfstats import __version__
from xfstats.config.gate_syntax import parse_gate
from xfstats.config.job import Job
from xfstats.config.plan import Gates, Plan, View
from xfstats.config.profile import Profile
from xfstats.errors import FINDINGS, InputFault, XfstatsError, fault, map_option
from xfstats.measures.capabilities import STATUS, column_of, fact
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import AMOUNT, BY_KEY, OUTCOMES, USUAL, asked_or_offered
from xfstats.measures.tally import FileTally
from xfstats.messages import LANGS, has, joined, name_of, raw
from xfstats.model import Claim, Finding, Ledger, Position, Source
from xfstats.pipeline.coverage import restrict
from xfstats.pipeline.duplicates import drop_copies
from xfstats.pipeline.label_spellings import agree
from xfstats.pipeline.ledgers import settle, with_ledgers
from xfstats.pipeline.merge import Merged, merge
from xfstats.reports.definition_changes import changed_measures, saved_before, uncompared
from xfstats.reports.disclosure import check_public, protect_reconciliation, protect_sums
from xfstats.reports.exit_reasons import Reason, RowCounts, attention_reasons
from xfstats.reports.findings import collect_findings
from xfstats.reports.gates import gate_numbers, judge_figures
from xfstats.reports.quality import check_run, check_saved
from xfstats.reports.snapshots import find_revisions, requested_options, table_name
from xfstats.reports.table import Input, Reconciliation, Report, ReportFinding, Revision, Table
from xfstats.reports.tables import make_table, unsupported_reason
from xfstats.row_reasons import RowReason

Mapper: TypeAlias = Callable[[Sequence[Source], Plan], Sequence[FileTally | XfstatsError]]
"""Function that runs `tally_file` over the sources in their order; worker processes by default."""


def make_report(
    job: Job, mapper: Mapper, *, fallback_lang: str = "en", against: tuple[str, Mapping[str, Any]] | None = None
) -> Report:
    """Return the report of a job; raise the first XfstatsError, with the others in its `also`.

    `against` is a saved result with its name; `fallback_lang` is the language of a report on logs without Chinese.
    """
    plan, profile, gates, view = job.plan, job.profile, job.gates, job.view
    if gates.public:
        check_public(plan, profile.words["groups"])
    files, skipped, passed = _read_files(job.sources, replace(plan, compare_sheets=len(job.sources) > 1), gates, mapper)
    _check_mapped_headers(files, plan)
    choices = Choices.of(profile.words)
    files = restrict(files, _measures_in_use(plan, choices), choices, plan.explain.measure if plan.explain else None)
    merged = merge(files)
    language = job.lang or ("zh" if any(sheet.chinese for one in merged for sheet in one.sheets) else fallback_lang)
    reconciliation = _reconcile(files, merged)
    if not reconciliation.counted and not reconciliation.outside:
        _refuse_uncounted(files, reconciliation)
    if gates.public:
        merged = protect_sums(merged, choices)
        reconciliation = protect_reconciliation(reconciliation, merged)
        view = replace(view, public=True)
    tables = _make_tables(files, merged, plan, view, profile, language)
    parsed_gates = [parse_gate(text) for text in gates.fail_if]
    judged = judge_figures(parsed_gates, tables, choices, language, job.digits, distances=not gates.public)
    own_asked = requested_options(plan, view)
    inputs = [Input(file.name, sheet) for file in files for sheet in file.sheets]
    revisions, unlike = _compare_saved(against, tables, inputs, plan, choices, own_asked)
    run_findings = [
        *check_run(job.locks, job.unread, skipped, passed),
        *check_saved(against[1] if against else None, plan.as_of, __version__),
        *unlike,
    ]
    all_findings = collect_findings(run_findings, files, merged, tables, job, language)
    findings = [said for said in all_findings if said.code not in profile.accepted]
    offices = {sheet.office for one in merged for sheet in one.sheets if sheet.office}
    return Report(
        version=__version__,
        lang=language,
        as_of=plan.as_of.isoformat(),
        office=profile.office or (offices.pop() if len(offices) == 1 else None),
        tables=tables,
        inputs=() if gates.public else tuple(inputs),
        files=tuple(files),
        not_read=tuple((file.name, note) for file in files for note in file.not_read),
        findings=tuple(findings),
        reconciliation=reconciliation,
        own=profile.options.get("own"),
        gates=tuple(
            (gate.figure.measure, float(gate.number)) for gate in parsed_gates if gate.sign[0] == "<" and not gate.figure.window
        ),
        digits=job.digits,
        revisions=revisions,
        asked=own_asked,
        judged=tuple(judged),
        skipped=tuple(skipped),
        reasons=(
            *(Reason("gate", one.message, gate_numbers(one)) for one in judged if one.failed),
            *attention_reasons(
                RowCounts(reconciliation.counted, reconciliation.rejected, reconciliation.outside),
                [said.code for said in findings],
                [said.rows for said in findings if FINDINGS[said.code].decides and _decides_a_figure(said, inputs, tables)],
                len(skipped),
                gates,
                language,
            ),
        ),
    )


def _compare_saved(
    against: tuple[str, Mapping[str, Any]] | None,
    tables: Sequence[Table],
    inputs: Sequence[Input],
    plan: Plan,
    choices: Choices,
    own_asked: Mapping[str, Any],
) -> tuple[tuple[Revision, ...] | None, list[Finding]]:
    """Return what differs from a saved result, None where none is given, and findings of what is not compared, with reasons."""
    if against is None:
        return None, []
    changes = saved_before(against[1])
    changed = {
        table_name(table): changed_measures(
            changes, [one.tally for one in inputs if one.tally.kept_as == table.ledger], plan, choices
        )
        for table in tables
    }
    revisions, reasons = find_revisions(against[1], tables, against[0], own_asked, changed if changes else None)
    return revisions, uncompared(str(against[1].get("xfstats")), reasons)


def _check_mapped_headers(files: Sequence[FileTally], plan: Plan) -> None:
    """Raise InputFault where no sheet has a header that --map names."""
    sheets = [sheet for file in files for sheet in file.sheets]
    for field, _ in plan.column_maps:
        if sheets and all(field in sheet.unmapped for sheet in sheets):
            raise InputFault("E285", Position(files[0].name), option=map_option(field))


def _make_tables(
    files: Sequence[FileTally], merged: Sequence[Merged], plan: Plan, view: View, profile: Profile, lang: str
) -> tuple[Table, ...]:
    """Return one table a ledger; raise InputFault where none has a measure that is printed, ranked, sorted or judged by."""
    kinds = [(one.log, one.ledger) for one in merged]
    places = [_first_position(files, one.ledger) for one in merged]
    made_tables = [make_table(one, plan, view, profile.words, lang, at, kinds) for one, at in zip(merged, places, strict=True)]
    tables = tuple(table for table in made_tables if table is not None)
    choices = Choices.of(profile.words)
    for key in plan.extra_measures if tables else plan.measures or ():
        lacking = [unsupported_reason(one, key, choices, at) for one, at in zip(merged, places, strict=True)]
        if why := next(filter(None, lacking), None) if all(key not in table.measures for table in tables) else None:
            raise why
    return tables


def _first_position(files: Sequence[FileTally], ledger: Ledger) -> Position:
    """Return the position of the first sheet of this ledger."""
    return next(Position(file.name, sheet.sheet or None) for file in files for sheet in file.sheets if sheet.kept_as == ledger)


def _read_files(
    sources: Sequence[Source], plan: Plan, gates: Gates, mapper: Mapper
) -> tuple[list[FileTally], list[XfstatsError], list[str]]:
    """Return the tallies, the errors of files that were skipped, and the files of folders that hold no table.

    An error is raised unless it may be skipped.

    The files are read again where sheets of one ledger would be grouped by different fields.
    """
    outcomes = mapper(sources, plan)
    files = [one for one in outcomes if isinstance(one, FileTally)]
    failed = [(source, one) for source, one in zip(sources, outcomes, strict=True) if isinstance(one, XfstatsError)]
    passed = [source.name for source, error in failed if files and source.listed and error.values.get("without") == "table"]
    named = set(passed)
    errors = [error for source, error in failed if source.name not in named]
    if errors and (not gates.skip_bad_files or not files or any(error.exit_code != 3 for error in errors)):
        worst = max(errors, key=lambda error: error.exit_code)
        others = [one for error in errors if error is not worst for one in (error, *error.also)]
        worst.also = (*worst.also, *others)
        raise worst
    prefer = _preferred_groupings(files, plan)
    if prefer and not plan.preferred_grouping:
        read = [source for source, one in zip(sources, outcomes, strict=True) if isinstance(one, FileTally)]
        return _read_files(read, replace(plan, preferred_grouping=prefer), gates, mapper)[0], errors, passed
    return with_ledgers(agree(drop_copies(files))), errors, passed


def _measures_in_use(plan: Plan, choices: Choices) -> tuple[str, ...]:
    """Return the measures that a table may have."""
    return tuple(dict.fromkeys((*USUAL, "median_days", *asked_or_offered(plan.measures, choices), *plan.extra_measures)))


def _preferred_groupings(files: Sequence[FileTally], plan: Plan) -> tuple[tuple[Claim, str], ...]:
    """Return the grouping of ledgers whose sheets differ in it: the level if any has it, else the field of most rows."""
    ledgers = settle(sheet.claim for file in files for sheet in file.sheets)
    found: dict[Ledger, Counter[str]] = {}
    for file in files:
        for sheet in file.sheets:
            by = sheet.by[:-1] if plan.cross else sheet.by
            found.setdefault(ledgers[sheet.claim], Counter())["/".join(by)] += sheet.rows + 1
    fields = {
        ledger: "level" if "level" in groups else max(sorted(filter(None, groups)), key=groups.__getitem__)
        for ledger, groups in found.items()
        if len(groups) > 1
    }
    return tuple((claim, fields[ledger]) for claim, ledger in sorted(ledgers.items(), key=str) if ledger in fields)


def _reconcile(files: Sequence[FileTally], merged: Sequence[Merged]) -> Reconciliation:
    """Return the row counts; raise E701 where rows are not counted, rejected, skipped or outside, once each."""
    reasons: dict[str, Counter[str]] = {"rejected": Counter(), "skipped": Counter(), "outside": Counter()}
    rows = counted = 0
    for file in files:
        for sheet in file.sheets:
            rows, counted = rows + sheet.rows, counted + sheet.counted
            for name, sums in reasons.items():
                sums.update(getattr(sheet, name))
    amounts = {name: sum(counts.values()) for name, counts in reasons.items()}
    if rows != counted + sum(amounts.values()):
        raise fault("E701", None, what="rows do not reconcile")
    for one in merged:
        if not any(sheet.weighted for sheet in one.sheets) and one.total[AMOUNT[one.log]] != sum(s.counted for s in one.sheets):
            raise fault("E701", None, what="the total is not the rows counted")
    return Reconciliation(
        rows, counted, reasons={name: dict(sorted(counts.items())) for name, counts in reasons.items()}, **amounts
    )


def _refuse_uncounted(files: Sequence[FileTally], reconciliation: Reconciliation) -> None:
    """Raise InputFault, since no row was counted, with the commonest reasons."""
    reasons = Counter(reconciliation.reasons["rejected"]) + Counter(reconciliation.reasons["skipped"])
    if reasons[RowReason.DATE_AMBIGUOUS] > sum(reasons.values()) / 2:
        raise InputFault("E330", Position(files[0].name), count=reasons[RowReason.DATE_AMBIGUOUS])
    common = reasons.most_common(3)
    raise InputFault("E310", Position(files[0].name), why=tuple(_commonest_reasons(common, lang) for lang in LANGS))


def _commonest_reasons(common: Sequence[tuple[str, int]], lang: str) -> str:
    """Return the commonest reasons why no row was counted, and what to do about the first."""
    reasons_text = joined((f"{name_of('reasons', reason, lang)} {rows}" for reason, rows in common), lang) or raw(
        "no_table.rows", lang
    )
    return reasons_text + (raw(common[0][0], lang, "remedies") if common and has(common[0][0], "remedies") else "")


def _decides_a_figure(said: ReportFinding, inputs: Sequence[Input], tables: Sequence[Table]) -> bool:
    """True unless each printed figure of status is of a set that a yes/no column of the finding's sheet decides."""
    if said.input is None:
        return True
    sheet = inputs[said.input].tally
    printed = {key for table in tables if table.ledger == sheet.kept_as for key in table.measures}
    decided = {key for one, keys in OUTCOMES.items() if column_of(f"{one}_flag") in sheet.supports for key in keys}
    return any(_BY_WORDS.intersection(group) for key in printed - decided for group in BY_KEY[key].needs)


_BY_WORDS = frozenset([STATUS, *map(fact, ("excluded", *OUTCOMES))])
"""Needs of figures that words of status or outcome decide, unless a yes/no column does."""
