"""What changed in figures since they were saved: `--save` keeps a report's JSON, `--against` compares it figure by figure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from xfstats.errors import UsageFault
from xfstats.figures import Figure, Pair, Statistic, as_plain
from xfstats.model import Position
from xfstats.regular import LARGE, text
from xfstats.table import Revision, Table

Key = tuple[str, tuple[tuple[str, str | None], ...], str, str]


def load(path: Path) -> Mapping[str, Any]:
    """A saved report; raises UsageFault where it is none."""
    try:
        plain = json.loads(text(path, LARGE))
    except (OSError, ValueError, RecursionError):
        raise UsageFault("E239", Position(path.name)) from None
    if not isinstance(plain, dict) or plain.get("schema") != "xfstats/1" or not isinstance(plain.get("tables"), list):
        raise UsageFault("E239", Position(path.name))
    return plain


def revisions(saved: Mapping[str, Any], tables: Sequence[Table], name: str, *, periodic: bool) -> tuple[Revision, ...]:
    """The figures that differ, in the order of the tables; raises UsageFault where other things were counted.

    The periods must be the same where one was asked for (`periodic`); else the later log may simply have later rows.
    """
    before = {table["log"]: table for table in saved["tables"]}
    for table in tables:
        old = before.get(table.log.value)
        if old is None:
            raise UsageFault("E240", Position(name), what="log")
        span = {"first": table.span.first.isoformat(), "last": table.span.last.isoformat()} if table.span else None
        if list(table.by) != old["by"]:
            raise UsageFault("E240", Position(name), what="--by")
        if periodic and span != old["period"]:
            raise UsageFault("E240", Position(name), what="--period")
    was, now = dict(_saved(saved)), dict(_figures(tables))
    logs = {table.log for table in tables}
    changed = [(key, was.get(key), value) for key, value in now.items() if was.get(key) != value]
    gone = [(key, value, None) for key, value in was.items() if key not in now and key[0] in logs]
    return tuple(Revision(*key, _figure(old), _figure(new)) for key, old, new in [*changed, *gone])


def _figure(plain: Any) -> Figure | None:
    """A figure again, from what JSON has of it."""
    match plain:
        case {"numerator": int(numerator), "denominator": int(denominator)}:
            return Pair(numerator, denominator)
        case int():
            return plain
        case float():
            return Statistic(*Fraction(str(plain)).as_integer_ratio())
        case _:
            return None


def _saved(saved: Mapping[str, Any]) -> Iterator[tuple[Key, Any]]:
    for table in saved["tables"]:
        for row in (*table["rows"], {"group": {}, **table["total"], "total": True}):
            kind = next((name for name in ("of_which", "subtotal", "total") if row.get(name)), "group")
            for measure, value in row["figures"].items():
                yield (table["log"], _group(row["group"]), kind, measure), value


def _group(plain: Mapping[str, Any]) -> tuple[tuple[str, str | None], ...]:
    return tuple((field, value if isinstance(value, str) else None) for field, value in plain.items())


def _figures(tables: Sequence[Table]) -> Iterator[tuple[Key, Any]]:
    for table in tables:
        for row in table.flat():
            for measure in table.measures:
                yield (table.log.value, tuple(row.group.items()), row.kind, measure), as_plain(row.figures[measure])
