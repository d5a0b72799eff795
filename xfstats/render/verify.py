"""Result of `xfstats verify` as text or JSON: figures that match, differ, are reworded, unplaced or missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xfstats.config.output_formats import Result
from xfstats.messages import joined, say
from xfstats.render import load_renderer
from xfstats.render.json import dumps, reasons_as_json
from xfstats.render.safe_text import escape_control, wrap_text
from xfstats.render.style import Style
from xfstats.render.xlsx.former_counts import name_former_counts
from xfstats.reports.exit_reasons import Reason
from xfstats.reports.table import Report
from xfstats.reports.verify.blocks import ReportBlock
from xfstats.reports.verify.compare import Comparison, FigurePair, compare
from xfstats.reports.verify.extract import extract_blocks
from xfstats.reports.verify.origin import report_profile, report_version
from xfstats.reports.verify.quoted_figures import QuotedFigure

MAX_LISTED = 50
"""Lines printed of each kind; JSON has all."""


def compare_with_logs(old: Sequence[ReportBlock], form: str, report: Report) -> Comparison:
    """Return the comparison of a report in some format with the one that today's logs make."""
    made = load_renderer(form, Result.REPORT)(report, Style())
    old = name_former_counts(old, report) if form == "xlsx" else old
    verdict = compare(old, extract_blocks(made.encode() if isinstance(made, str) else made, form, "report"))
    if (version := report_version(old)) not in {None, report.version}:
        verdict = replace(verdict, version=version)
    before, used = report_profile(old), report.profile
    if (before or used) and (before and before[0]) != (used and used[0]):
        return replace(verdict, profile=(before or used or ("", ""))[1])
    return verdict


def different_reasons(verdict: Comparison, lang: str) -> tuple[Reason, ...]:
    """Return the reason why the exit code is 1 where a figure differs; none otherwise."""
    count = {"count": len(verdict.different)}
    return (Reason("different", say("attention.different", lang, **count), count),) if verdict.different else ()


def comparison_as_text(verdict: Comparison, lang: str, style: Style) -> str:
    """Return one line for each figure that needs attention, then the counts."""
    texts = [
        *_pair_lines("verify.different", verdict.different, lang),
        *_pair_lines("verify.unplaced", ((one, one) for one in verdict.unplaced), lang),
    ]
    texts += _pair_lines("verify.reworded", verdict.reworded, lang)
    if verdict.missing:
        missing = joined((_figure_in_context(one) for one in verdict.missing[:MAX_LISTED]), lang)
        more = "…" if len(verdict.missing) > MAX_LISTED else ""
        texts.append(say("verify.missing", lang, count=len(verdict.missing), told=missing + more))
    for sheet, cells in verdict.sheets:
        texts.append(
            say("verify.no_sheet" if cells is None else "verify.sheet", lang, sheet=escape_control(sheet, None), cells=cells)
        )
    if verdict.version:
        texts.append(say("verify.version", lang, version=verdict.version))
    if verdict.profile:
        texts.append(say("verify.profile", lang, name=escape_control(verdict.profile, None)))
    matched = verdict.matched + len(verdict.reworded)
    counts = {"matched": matched, "different": len(verdict.different), "unplaced": len(verdict.unplaced)}
    texts.append(say("verify.sum", lang, all=sum(counts.values()), **counts))
    return "\n".join(line for text in texts for line in wrap_text(text, style.width, "  ")) + "\n"


def as_text(verdict: Comparison, report: Report, style: Style) -> str:
    """Return the result as lines of text, in the report's language."""
    return comparison_as_text(verdict, report.lang, style)


def as_json(verdict: Comparison, report: Report, style: Style) -> str:
    """Return the result as a JSON object, with the reasons of the exit code."""
    return comparison_as_json(verdict, report.reasons)


def _pair_lines(key: str, pairs: Iterable[FigurePair], lang: str) -> Iterator[str]:
    """Yield a line for each figure with the expected one: its number, or all of its words where they differ."""
    found = list(pairs)
    for mine, right in found[:MAX_LISTED]:
        should = _figure_in_context(right) if mine.value == right.value else escape_control(right.text, None) or "—"
        yield say(
            key,
            lang,
            mine=_figure_in_context(mine) + (f" ({escape_control(mine.name, None)})" if mine.name else ""),
            right=should,
        )
    if len(found) > MAX_LISTED:
        yield say("verify.more", lang, more=len(found) - MAX_LISTED)


def _figure_in_context(one: QuotedFigure) -> str:
    """Return a figure between its quoted neighbouring words: “up” 0.68 “points”."""
    parts = (
        f"“{escape_control(one.before, None)}”" if one.before else "",
        escape_control(one.text, None),
        escape_control(one.after, None),
    )
    return " ".join(part for part in parts if part)


def comparison_as_json(verdict: Comparison, reasons: Sequence[Reason] = ()) -> str:
    """Return the result as a JSON object."""
    plain = {
        "schema": "xfstats.verify/1",
        "matched": verdict.matched,
        "different": [_figure_as_json(*pair) for pair in verdict.different],
        "unplaced": [_figure_as_json(one) for one in verdict.unplaced],
        "reworded": [_figure_as_json(*pair) for pair in verdict.reworded],
        "missing": [_figure_as_json(one) for one in verdict.missing],
        "sheets": [{"sheet": sheet, "cells": cells} for sheet, cells in verdict.sheets],
        "profile": verdict.profile,
        "version": verdict.version,
        "attention": reasons_as_json(reasons),
    }
    return dumps(plain, indent=2)


def _figure_as_json(mine: QuotedFigure, right: QuotedFigure | None = None) -> dict[str, object]:
    """Return a figure, with the expected one where there is one, as plain values."""
    plain: dict[str, object] = {"figure": mine.name, "text": mine.text, "before": mine.before, "after": mine.after}
    if right is not None:
        plain |= {"expected": right.text, "expected_before": right.before, "expected_after": right.after}
    return plain
