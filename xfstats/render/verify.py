"""What `xfstats verify` says: figures that match, that differ, that have no place, that are missing; as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xfstats.render.json import dumps
from xfstats.render.safe_text import visible, wrapped
from xfstats.render.style import Style
from xfstats.report.verify.compare import Pair, Verdict
from xfstats.report.verify.quoted_figures import Figure

MOST_LISTED = 50
"""Lines of each kind; JSON has them all."""
_T = {
    "different": ("不符：{mine}，应为 {right}", "differs: {mine}, should be {right}"),
    "unplaced": ("未对上：{mine}", "not placed: {mine}"),
    "reworded": ("改写：{mine}，原为 {right}", "reworded: {mine}, was {right}"),
    "more": ("……另有 {more} 个", "... and {more} more"),
    "missing": ("缺 {count} 个：{told}", "{count} missing: {told}"),
    "sheet": ("「{sheet}」：比对 {cells} 格", '"{sheet}": {cells} cells compared'),
    "no_sheet": ("没有「{sheet}」表，未比对", 'no sheet "{sheet}"; not compared'),
    "profile": (
        "做报告时的配置与这次的不同（{name}）；数字不符可能由此而来",
        "the profile is not the one that the report was made with ({name}); figures may differ for that",
    ),
    "sum": (
        "{all} 个数字：{matched} 个相符，{different} 个不符，{unplaced} 个未对上",
        "{all} numbers: {matched} match, {different} differ, {unplaced} not placed",
    ),
}


def as_verdict(verdict: Verdict, lang: str, style: Style) -> str:
    """One line a figure that needs a look, then the sum."""
    made = [*_listed("different", verdict.different, lang), *_listed("unplaced", ((one, one) for one in verdict.unplaced), lang)]
    made += _listed("reworded", verdict.reworded, lang)
    if verdict.missing:
        told = ("、" if lang == "zh" else "; ").join(_full(one) for one in verdict.missing[:MOST_LISTED])
        more = "…" if len(verdict.missing) > MOST_LISTED else ""
        made.append(_say("missing", lang, count=len(verdict.missing), told=told + more))
    for sheet, cells in verdict.sheets:
        made.append(_say("no_sheet" if cells is None else "sheet", lang, sheet=visible(sheet, None), cells=cells))
    if verdict.profile:
        made.append(_say("profile", lang, name=visible(verdict.profile, None)))
    matched = verdict.matched + len(verdict.reworded)
    counts = {"matched": matched, "different": len(verdict.different), "unplaced": len(verdict.unplaced)}
    made.append(_say("sum", lang, all=sum(counts.values()), **counts))
    return "\n".join(line for text in made for line in wrapped(text, style.width, "  ")) + "\n"


def _say(key: str, lang: str, **values: object) -> str:
    return _T[key][lang != "zh"].format_map(values)


def _listed(key: str, pairs: Iterable[Pair], lang: str) -> Iterator[str]:
    """A line each; of the number alone what it should be, or of all its words where they differ."""
    found = list(pairs)
    for mine, right in found[:MOST_LISTED]:
        should = _full(right) if mine.value == right.value else visible(right.text, None) or "—"
        yield _say(key, lang, mine=_full(mine) + (f" ({visible(mine.name, None)})" if mine.name else ""), right=should)
    if len(found) > MOST_LISTED:
        yield _say("more", lang, more=len(found) - MOST_LISTED)


def _full(one: Figure) -> str:
    """“环比上升” 0.68 “个百分点”."""
    parts = (f"“{visible(one.before, None)}”" if one.before else "", visible(one.text, None), visible(one.after, None))
    return " ".join(part for part in parts if part)


def as_json(verdict: Verdict, lang: str, style: Style) -> str:
    """The same as one object."""
    plain = {
        "schema": "xfstats.verify/1",
        "matched": verdict.matched,
        "different": [_plain(*pair) for pair in verdict.different],
        "unplaced": [_plain(one) for one in verdict.unplaced],
        "reworded": [_plain(*pair) for pair in verdict.reworded],
        "missing": [_plain(one) for one in verdict.missing],
        "sheets": [{"sheet": sheet, "cells": cells} for sheet, cells in verdict.sheets],
        "profile": verdict.profile,
    }
    return dumps(plain, indent=2)


def _plain(mine: Figure, right: Figure | None = None) -> dict[str, object]:
    plain: dict[str, object] = {"figure": mine.name, "text": mine.text, "before": mine.before, "after": mine.after}
    if right is not None:
        plain |= {"expected": right.text, "expected_before": right.before, "expected_after": right.after}
    return plain
