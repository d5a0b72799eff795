"""One figure explained: its definition, its pair, and where the rows behind it stand; positions only, never what a cell says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xfstats.measures.definitions import BY_KEY, Days, label
from xfstats.messages import REASONS, named, say
from xfstats.render.json import change_plain, dumps
from xfstats.render.safe_text import visible, wrapped
from xfstats.render.style import Style
from xfstats.report.figures import Figure, Pair, Statistic, as_plain, changed, shown
from xfstats.report.references import Found
from xfstats.report.table import Report, total_label, unclassified

_T = {
    "pair": ("{name} = {numerator} / {denominator} = {value}", "{name} = {numerator} / {denominator} = {value}"),
    "whole": ("{name} = {value}", "{name} = {value}"),
    "part": ("计入的行", "rows that count"),
    "numerator": ("分子的行", "rows of the numerator"),
    "base": ("在分母而不在分子的行", "rows of the base that are not in the numerator"),
    "out": ("本组未进入的行：{why}", "rows of the group that are left out: {why}"),
    "rows": ("{what}（{rows} 行）", "{what} ({rows})"),
    "before": ("{what}（{window}所比的一期）", "{what} (the period compared with, {window})"),
    "rejected": ("被拒绝的行：{why}", "rows that are rejected: {why}"),
    "outside": ("未计入的行：{why}", "rows that are not counted: {why}"),
    "median": (
        "{name} = {value}（中间两个天数之和 {numerator} 的一半）",
        "{name} = {value} (half of {numerator}, the sum of the two middle numbers of days)",
    ),
    "weighted": ("一行可为多批，数字是批次之和", "a row may stand for several visits; the figure is their sum"),
    "persons": ("数字是这些行的人数之和", "the figure is the sum of these rows' head counts"),
    "share": ("分母是合计", "the base is the total"),
}
_WHY = {
    "in_base": ("剔除", "excluded"),
    "untold": ("所在的表没有这一列", "in a sheet without the column"),
    "excluded": ("未剔除", "not excluded"),
    "closed": ("未结案", "not closed"),
    "settled": ("未息诉罢访", "not settled"),
    "resolved": ("未解决", "not resolved"),
    "ripe": ("未到期未结", "open and not yet due"),
    "acceptance_due": ("未到受理期限而未受理", "not accepted and not yet due"),
    "timed": ("期限或办结日期不明", "no due day or no close date"),
    "dated": ("没有登记日期", "no day of receipt"),
    "due": ("期限未到", "not yet due"),
    "decided": ("部分解决", "partly resolved"),
    "collective": ("不是集体访", "not collective"),
    "initial": ("未标为初次", "not marked as first"),
    "repeat": ("未标为重复", "not marked as repeated"),
    "accepted": ("未受理", "not accepted"),
    "accepted_in_time": ("未按期受理", "not accepted in time"),
    "replied": ("没有答复日期", "no reply date"),
    "closed_in_time": ("未按期办结", "not closed in time"),
    "closed_late": ("没有超期办结", "not closed late"),
    "open": ("已结案或剔除", "closed or excluded"),
    "overdue": ("没有超期未结", "not open overdue"),
    "not_due": ("不是未到期未结", "not open before its due day"),
    "due_in_7": ("不是未结且剩余 0 至 7 天", "not open with 0-7 days left"),
    "due_in_30": ("不是未结且剩余 8 至 30 天", "not open with 8-30 days left"),
    "due_later": ("不是未结且剩余 30 天以上", "not open with more than 30 days left"),
    "no_limit": ("已结案，或有期限可算", "closed, or its due day is known"),
    "satisfied": ("未计为满意", "not rated as satisfied"),
    "satisfied_unit": ("对单位未计为满意", "not rated as satisfied with the unit"),
    "answered": ("没有评价", "not rated"),
    **dict.fromkeys(["asked", "asked_unit"], ("没有评价也没有未评价的记载", "neither rated nor marked as unrated")),
    **dict.fromkeys(["in_rating", "in_rating_unit"], ("没有计入的评价", "no rating that counts")),
}


def as_explanation(found: Found, report: Report, style: Style) -> str:
    """Lines of text."""
    lang, table = report.lang, found.table
    name = f"{label(found.measure, lang)}[{'·'.join(_labels(found, report))}]"
    figure = found.figure
    made = [_first(name, figure, found, report), *_compared(name, found, report)]
    notes = [table.definitions[found.measure], *(_say(note, lang) for note in _notes(found, report))]
    made += [f"  {text}" for text in notes]
    behind, window = collected(report, found), say(found.window, lang) if found.window else ""
    for kind in sorted(behind, key=_order):
        rows = sum(last - start + 1 for _, _, runs in behind[kind] for start, last in runs)
        made.append(_say("rows", lang, what=_what(kind, figure, lang, window), rows=rows))
        for file, sheet, runs in behind[kind]:
            place = visible(file, None) + (f"「{visible(sheet, None)}」" if sheet else "")
            made.append(f"  {place} {' '.join(_run(*run) for run in runs)}")
    return "\n".join(line for text in made for line in wrapped(text, style.width, "    ")) + "\n"


def _first(name: str, figure: Figure, found: Found, report: Report) -> str:
    """A figure with the whole numbers that it is made of: a quotient, or what a median is half of."""
    measure, value = BY_KEY[found.measure], shown(figure, report.digits)
    form = "whole"
    if isinstance(figure, Pair) or (isinstance(measure, Days) and measure.statistic == "mean"):
        form = "pair"
    elif isinstance(measure, Days) and measure.statistic == "median" and figure != Statistic(0, 0):
        form = "median"
    parts = (
        {} if figure is None or isinstance(figure, int) else {"numerator": figure.numerator, "denominator": figure.denominator}
    )
    return _say(form, report.lang, name=name, value=value, **parts)


def _compared(name: str, found: Found, report: Report) -> list[str]:
    """The other side of a change, and the change; that it has no basis where it has none."""
    if found.window is None:
        return []
    window, change = say(found.window, report.lang), found.change
    if change is None:
        return [f"{name} {window}: {say('no_basis', report.lang)}"]
    before = _first(_say("before", report.lang, what=name, window=window), change.base, found, report)
    return [before, f"{name} {window}: {changed(change, report.lang, report.digits)}"]


def as_json(found: Found, report: Report, style: Style) -> str:
    """The same as one object."""
    behind = collected(report, found)
    plain: dict[str, Any] = {
        "schema": "xfstats.explain/1",
        "figure": found.name(report.tables),
        "log": found.table.log.value,
        "ledger": found.table.ledger.value,
        "measure": found.measure,
        "group": {field: {"rest": found.row.rest} if found.row.rest else value for field, value in found.row.group.items()},
        "value": as_plain(found.figure),
        **({"change": {found.window: change_plain(found.change)}} if found.window else {}),
        "definition": found.table.definitions[found.measure],
        "as_of": report.as_of,
        "rows": {
            kind: [{"file": file, "sheet": sheet or None, "rows": [list(run) for run in runs]} for file, sheet, runs in places]
            for kind, places in behind.items()
        },
    }
    return dumps(plain, indent=2)


Places = list[tuple[str, str, tuple[tuple[int, int], ...]]]


def collected(report: Report, found: Found) -> Mapping[str, Places]:
    """The runs of rows by what they are, sheet by sheet."""
    kinds: dict[str, Places] = {}
    for one in report.inputs:
        if one.tally.kept_as == found.table.ledger:
            for kind, runs in one.tally.behind.items():
                kinds.setdefault(kind, []).append((one.file, one.tally.sheet, runs))
    return kinds


def _labels(found: Found, report: Report) -> list[str]:
    if found.row.rest:
        return [say("rest", report.lang, rest=found.row.rest)]
    group = found.row.group.values()
    return [visible(one, None) if one is not None else unclassified(report.lang) for one in group] or [total_label(report.lang)]


def _notes(found: Found, report: Report) -> Iterator[str]:
    if found.measure in {"persons", "collective_persons"}:
        yield "persons"
    elif any(one.tally.weighted for one in report.inputs if one.tally.kept_as == found.table.ledger):
        yield "weighted"
    if found.measure == "share":
        yield "share"


def _what(kind: str, figure: object, lang: str, window: str) -> str:
    what, _, more = kind.partition(":")
    if what == "before":
        return _say("before", lang, what=_what(more, figure, lang, window), window=window)
    if what in {"rejected", "outside"}:
        return _say(what, lang, why=named(REASONS, more, lang))
    if kind.startswith("out:"):
        return _say("out", lang, why=named(_WHY, kind[4:], lang))
    return _say("numerator" if kind == "part" and isinstance(figure, Pair) else kind, lang)


def _order(kind: str) -> tuple[int, int, str]:
    """The figure's own rows, then those compared with, then those not counted."""
    first = {"before": 1, "rejected": 2, "outside": 3}.get(kind.partition(":")[0], 0)
    return first, {"part": 0, "base": 1}.get(kind.removeprefix("before:"), 2), kind


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _say(key: str, lang: str, **values: object) -> str:
    return _T[key][lang != "zh"].format_map(values)
