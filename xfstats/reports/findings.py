"""Findings of a run as sentences in the report's language, with their file and positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from xfstats.config.job import Job
from xfstats.errors import FINDINGS
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import label
from xfstats.measures.tally import FileTally
from xfstats.messages import filled, joined, name_of, option_hints, raw, say
from xfstats.model import Finding
from xfstats.pipeline.merge import Merged
from xfstats.reports.disclosure import protect_finding
from xfstats.reports.quality import (
    check_case_numbers,
    check_empty,
    check_filters,
    check_logs,
    check_period,
    check_roster,
    place,
)
from xfstats.reports.table import Input, ReportFinding, Table


def collect_findings(
    run_findings: Sequence[Finding],
    files: Sequence[FileTally],
    merged: Sequence[Merged],
    tables: Sequence[Table],
    job: Job,
    lang: str,
) -> Iterator[ReportFinding]:
    """Yield the findings of the run, of each file and sheet, and of all together; without numbers if they go to the public."""
    plan = job.plan

    def to_report(finding: Finding, file: str | None = None, index: int | None = None) -> ReportFinding:
        if finding.values.get("field") in plan.by_columns:
            finding = replace(finding, values={**finding.values, "field": plan.by_columns[finding.values["field"]]})
        if job.gates.public:
            return _report_finding(protect_finding(finding), lang, None, file)
        return _report_finding(finding, lang, index, file)

    yield from map(to_report, run_findings)
    for file in files:
        yield from (to_report(finding, file.name) for finding in file.findings)
    for index, one in enumerate(Input(file.name, sheet) for file in files for sheet in file.sheets):
        yield from (to_report(finding, place(one.file, one.tally), index) for finding in one.tally.findings)
    yield from map(to_report, check_period(files, plan))
    yield from map(to_report, check_filters(files, plan))
    yield from map(to_report, check_logs(merged, tables, Choices.of(job.profile.words), files))
    yield from map(to_report, check_case_numbers(files))
    yield from map(to_report, check_empty(files))
    yield from map(to_report, check_roster(job.profile.options.get("expect", ()), files, merged))


def _report_finding(finding: Finding, lang: str, index: int | None, file: str | None = None) -> ReportFinding:
    """Return a finding as a sentence, with its file and first positions."""
    sentence = fill_finding(raw(finding.code, lang, "findings"), finding, lang)
    places = tuple(filter(None, finding.at)) if not FINDINGS[finding.code].of_sheets else ()
    told = raw("mark.places", lang).join(places[:10]) + (" …" if (finding.rows or 0) > 10 else "")
    where = say("mark.at", lang, places=told) if places else ""
    return ReportFinding(
        finding.code, (f"{file}: " if file else "") + sentence + where, finding.rows, index, places, finding, file
    )


def fill_finding(text: str, finding: Finding, lang: str) -> str:
    """Return a text with the values of a finding, in a language."""
    values: dict[str, Any] = dict(finding.values)
    if "ledger" in values:
        values["ledger"] = name_of("ledgers", values["ledger"], lang)
    if "field" in values:
        values["field"] = name_of("fields", values["field"], lang)
    for listed in ("missing", "there"):
        if listed in values:
            values[listed] = joined(values[listed], lang)
    if "measures" in values:
        values["measures"] = joined((label(key, lang) for key in values["measures"]), lang)
    if "order" in values:
        values["order"] = name_of("date_order", values["order"], lang)
    words: Mapping[str, int] = values.pop("words", {})
    withheld = values.pop("withheld", 0)
    values["options"] = option_hints(finding.code, words, lang, withheld=bool(withheld))
    if values.get("way"):
        values["way"] = say(values["way"], lang, **values)
    word_counts = [f"{word} {count}" for word, count in words.items()]
    word_counts += [say("finding.withheld", lang, rows=withheld)] if withheld and words else []
    words_text = joined(word_counts, lang)
    shown = raw("mark.colon", lang) + words_text if words_text else ""
    given = {"rows": finding.rows, "shown": shown, "sheet": finding.at[0] if finding.at else "", **values}
    return filled(text, given)
