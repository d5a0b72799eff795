"""Saved results: `--save` writes a report's JSON, `--against` compares the present figures with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isfinite
from pathlib import Path, PurePath
from typing import Any

from xfstats.config.periods import DERIVED, SERIES
from xfstats.config.plan import Plan, View
from xfstats.config.small_files import LARGE, text
from xfstats.errors import UsageFault
from xfstats.measures.choices import chosen, presets
from xfstats.measures.definitions import BY_KEY, OFFERED
from xfstats.model import BY_FIELDS, WORD_FIELDS, Log, Period, Position
from xfstats.reports.definition_changes import Cause, folded_groups
from xfstats.reports.figures import Figure, Pair, Statistic, figure_as_json
from xfstats.reports.table import Revision, Table

TableName = tuple[str, str]
"""Log of a table, and its ledger where the log has two."""
FigureKey = tuple[TableName, tuple[tuple[str, str | None], ...], str, str]
_OPTIONS: Mapping[str, str] = {
    "period": "--period",
    "date_by": "--date-by",
    "where": "--where",
    "cross": "--cross",
    "measures": "--measure",
    "top": "--top",
    "bottom": "--bottom",
    "cut_by": "--sort",
    "preset": "--preset",
    "choices": "[choices]",
    "rates": "[rates]",
}
"""Options that must be equal for a comparison, by their key in the saved result."""
_RECORDS: Mapping[str, str] = {"rows": "--rows", "per": "--per"}
"""Options that decide what one record is; a saved result holds them only where they are given."""
_FORMER_DEFAULTS: Mapping[str, Any] = {"acceptance_days": 15, "handling_days": 60, "extension_days": 30}
"""Choices that version 0.1.0 saved as defaults; None where no office has made them."""


def requested_options(plan: Plan, view: View) -> dict[str, Any]:
    """Return all options that change the figures of a log, as plain values."""
    words, read = chosen(plan.profile), plan.profile["read"]

    def named(field: str) -> str:
        """Return column:HEADER for the key of a column; a field as it is."""
        header = plan.by_columns.get(field.rstrip("!"))
        return field if header is None else f"column:{header}" + "!" * field.endswith("!")

    order = view.sort or view.rank
    cut = f"{order.measure}:{'asc' if order.ascending else 'desc'}" if order and (view.top or view.bottom) else None
    return {
        "period": _period_as_json(plan.period),
        "date_by": plan.date_by or "received_on",
        "where": {named(name): values for name, values in (one.shown for one in plan.where)},
        **({"depths": dict(plan.depths)} if plan.depths else {}),
        **{key: read[key] for key in _RECORDS if read[key] != "none"},
        "cross": named(plan.cross) if plan.cross else None,
        "measures": sorted(plan.measures) if plan.measures is not None else None,
        "also": sorted(plan.extra_measures),
        "top": view.top,
        "bottom": view.bottom,
        "cut_by": cut,
        "preset": words["preset"],
        "choices": {
            **dict.fromkeys(_FORMER_DEFAULTS),
            **words["choices"],
            "holidays": PurePath(words["choices"]["holidays"]).name,
        },
        "rates": {key: dict(rate) for key, rate in words["rates"].items()},
    }


def load_saved(path: Path) -> Mapping[str, Any]:
    """Return a saved report; raise UsageFault where the file is none."""
    try:
        plain = json.loads(text(path, LARGE), parse_float=_parse_finite, parse_constant=_parse_finite)
    except (OSError, ValueError, RecursionError):
        raise UsageFault("E239", Position(path.name)) from None
    if not _is_report(plain):
        raise UsageFault("E239", Position(path.name))
    return plain  # type: ignore[no-any-return]  # looked at by `_is_report`


def _is_report(plain: Any) -> bool:
    """True if a parsed file has all parts that are compared."""
    match plain:
        case {"schema": "xfstats/1", "tables": [*tables], "asked": {"also": [*also]}}:
            return all(map(_is_table, tables)) and all(isinstance(key, str) for key in also)
        case {"schema": "xfstats/1", "tables": [*tables]} if "asked" not in plain:
            return all(map(_is_table, tables))
        case _:
            return False


def _is_table(plain: Any) -> bool:
    """True if a parsed value is a table."""
    match plain:
        case {"log": str(log), "by": [*_], "period": _, "rows": [*rows], "total": {"figures": _} as total}:
            return log in set(Log) and all(map(_is_row, [*rows, {"group": {}, **total}]))
        case _:
            return False


def _is_row(plain: Any) -> bool:
    """True if a parsed value is a row."""
    match plain:
        case {"group": dict(group), "figures": dict(figures)}:
            known = figures.keys() <= BY_KEY.keys() and all(
                key in {*BY_FIELDS, *WORD_FIELDS, *DERIVED, *SERIES} or re.fullmatch(r"column_[1-9]\d?", key) for key in group
            )
            return known and all(value is None or isinstance(value, str | dict) for value in group.values())
        case _:
            return False


def find_revisions(
    saved: Mapping[str, Any],
    tables: Sequence[Table],
    name: str,
    now_asked: Mapping[str, Any],
    changed: Mapping[TableName, Mapping[str, Cause]] | None = None,
) -> tuple[tuple[Revision, ...], list[tuple[str, Cause]]]:
    """Return the figures that differ, in the order of the tables, then those that are gone; and what is not compared.

    That is each measure with its reason, where `changed` has the measures of each table that an earlier version defined
    otherwise (None where the same definitions saved the result). Raises UsageFault where the saved result was requested
    with other options, as far as it contains them.
    """
    _check_comparable(saved, tables, Position(name), now_asked, former=changed is not None)
    was, now = dict(_saved_figures(saved, tables)), dict(_current_figures(tables))
    keys = [*now, *(key for key in was if key not in now)]
    once = set(now_asked["also"]) ^ set(saved.get("asked", {}).get("also", ()))
    once |= {key for keys in OFFERED.values() for key in keys} if now_asked["measures"] is None else set()
    reasons = {} if changed is None else _uncompared(keys, was, tables, changed)
    differ = [
        key
        for key in keys
        if key not in reasons and was.get(key) != now.get(key) and (key[3] not in once or (key in was and key in now))
    ]
    revisions = tuple(
        Revision(log, group, kind, measure, _parse_figure(was.get(key)), _parse_figure(now.get(key)), ledger)
        for key in differ
        for (log, ledger), group, kind, measure in (key,)
    )
    return revisions, [(key[3], reason) for key, reason in reasons.items() if was.get(key) is not None]


def _uncompared(
    keys: Sequence[FigureKey],
    was: Mapping[FigureKey, Any],
    tables: Sequence[Table],
    changed: Mapping[TableName, Mapping[str, Cause]],
) -> Mapping[FigureKey, Cause]:
    """Return the reason of each figure that an earlier version defined otherwise."""
    by_name = {table_name(table): table for table in tables}
    saved_names = {key[0] for key in was}
    partly = {
        (name, tuple(row.group.items()), row.kind, measure)
        for name, table in by_name.items()
        for row in table.flat()
        for measure in row.block.bases
    }
    folded = {name: folded_groups({key[1] for key in was if key[0] == name}, table) for name, table in by_name.items()}
    found: dict[FigureKey, Cause] = {}
    for key in keys:
        name, group, _, measure = key
        parted = name[1] and (name not in by_name or name not in saved_names)
        if reason := (
            (Cause.LEDGERS if parted else None)
            or changed.get(name, {}).get(measure)
            or (Cause.COLUMN if key in partly else None)
            or (Cause.GROUPS if group in folded.get(name, ()) else None)
        ):
            found[key] = reason
    return found


def _check_comparable(
    saved: Mapping[str, Any], tables: Sequence[Table], at: Position, now_asked: Mapping[str, Any], *, former: bool
) -> None:
    """Raise UsageFault with the first option that differs.

    The days of the tables must be equal where a period was given; without one a later log may have later rows. A ledger
    that a former version did not part is not compared.
    """
    before = dict(zip(_saved_names(saved, tables), saved["tables"], strict=True))
    then = saved.get("asked", {})
    for table in tables:
        old = before.get(table_name(table))
        if old is None:
            of_log = any(plain["log"] == table.log for plain in saved["tables"])
            if former and of_log:
                continue
            raise UsageFault("E240", at, what="ledger" if of_log else "log")
        if list(table.by) != old["by"] or dict(table.by_columns) != old.get("by_columns", {}):
            raise UsageFault("E240", at, what="--by")
        if now_asked["period"] is not None and _period_as_json(table.span) != old["period"]:
            raise UsageFault("E240", at, what="--period")
    if then.get("depths", {}) != now_asked.get("depths", {}):
        raise UsageFault("E240", at, what="--by")
    for key, option in _RECORDS.items():
        if "asked" in saved and then.get(key) != now_asked.get(key):
            raise UsageFault("E240", at, what=option)
    for key, option in _OPTIONS.items():
        if key in then and not _is_same_request(key, then[key], now_asked[key]):
            raise UsageFault("E240", at, what=option)


def table_name(table: Table) -> TableName:
    """Return the name of a table: its log, and its ledger where the log has two."""
    return table.log.value, table.ledger.value if table.parted else ""


def _saved_names(saved: Mapping[str, Any], tables: Sequence[Table]) -> list[TableName]:
    """Return the name of each saved table: that of the present table of its ledger, or of the only table of its log.

    A saved table without a ledger, or the only one with the log's own name, is compared with the only present table.
    """
    logs = [plain["log"] for plain in saved["tables"]]
    return [
        _match_name(plain["log"], plain.get("ledger"), tables, alone=logs.count(plain["log"]) == 1) for plain in saved["tables"]
    ]


def _match_name(log: str, ledger: str | None, tables: Sequence[Table], *, alone: bool) -> TableName:
    """Return the name of the present table that a saved one is compared with; its own name where there is none."""
    now = [table for table in tables if table.log == log]
    for table in now:
        if table.ledger == ledger:
            return table_name(table)
    unsaid = alone and len(now) == 1 and (ledger is None or log in {ledger, now[0].ledger.value})
    return table_name(now[0]) if unsaid else (log, ledger or log)


def _is_same_request(key: str, then: Any, now: Any) -> bool:
    """True if an option is equal; a choice that one of the two versions lacks has its default."""
    if key != "choices" or not isinstance(then, dict):
        return bool(then == now)
    before = {**presets()["plain"][key], **then}
    return all(before.get(one) in (value, _FORMER_DEFAULTS.get(one) if value is None else value) for one, value in now.items())


def _parse_finite(text: str) -> float:
    """Return a finite number of JSON; raise ValueError for NaN, Infinity and 1e999."""
    number = float(text)
    if not isfinite(number):
        raise ValueError
    return number


def _period_as_json(period: Period | None) -> dict[str, str] | None:
    """Return first and last day of a period."""
    return {"first": period.first.isoformat(), "last": period.last.isoformat()} if period else None


def _parse_figure(plain: Any) -> Figure | None:
    """Return the figure that JSON describes; None where it describes none."""
    match plain:
        case {"numerator": int(numerator), "denominator": int(denominator)}:
            return Pair(numerator, denominator)
        case int():
            return plain
        case float():
            return Statistic(*Fraction(str(plain)).as_integer_ratio())
        case _:
            return None


def _saved_figures(saved: Mapping[str, Any], tables: Sequence[Table]) -> Iterator[tuple[FigureKey, Any]]:
    """Yield the saved figures by key."""
    for name, table in zip(_saved_names(saved, tables), saved["tables"], strict=True):
        for row in (*table["rows"], {"group": {}, **table["total"], "total": True}):
            rest = any(isinstance(value, dict) for value in row["group"].values())
            kind = "rest" if rest else next((name for name in ("of_which", "subtotal", "total") if row.get(name)), "group")
            for measure, value in row["figures"].items():
                yield (name, _parse_group(row["group"]), kind, measure), value


def _parse_group(plain: Mapping[str, Any]) -> tuple[tuple[str, str | None], ...]:
    """Return the labels of a saved row."""
    return tuple((field, value if isinstance(value, str) else None) for field, value in plain.items())


def _current_figures(tables: Sequence[Table]) -> Iterator[tuple[FigureKey, Any]]:
    """Yield the present figures by key."""
    for table in tables:
        for row in table.flat():
            for measure in table.measures:
                yield (table_name(table), tuple(row.group.items()), row.kind, measure), figure_as_json(row.figures[measure])
