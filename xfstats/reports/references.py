"""Names of figures, `[log:]measure[value,…][.prev|.yoy]`, as gates, explain, verify and templates use them.

`measure` is the total, `measure[*]` each group, `measure[县级]` one group. Values are in the order of --by, quoted where they
contain a comma, a bracket or a quote, or are *. A subtotal has the values of its outer groups; no group is `""` or 未归类; the
row of the remaining groups is 其余, unless a group has that label. `.prev` and `.yoy` are changes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import NoReturn

from xfstats.config.figure_names import Reference
from xfstats.config.normalize import label_key
from xfstats.errors import UsageFault
from xfstats.frozen import frozen
from xfstats.messages import LANGS, joined, name_of, say
from xfstats.reports.figures import Change, Figure
from xfstats.reports.row import Row
from xfstats.reports.table import Table, unclassified_label

_NAME = re.compile(r"(?:(?P<log>[a-z_]+):)?(?P<measure>[a-z0-9_]+)(?P<group>\[.*\])?(?:\.(?P<window>prev|yoy))?", re.DOTALL)


@frozen
class FoundFigure:
    """Figure of a report: its table, row and measure, and the window where the name is that of a change."""

    table: Table
    row: Row
    measure: str
    window: str | None = None

    @property
    def figure(self) -> Figure:
        """Return the figure, not its change."""
        return self.row.figures[self.measure]

    @property
    def change(self) -> Change | None:
        """Return the change in the named window; None without a basis."""
        return self.row.block.changes.get(self.measure, {}).get(self.window or "")

    def name(self, tables: Sequence[Table]) -> str:
        """Return the figure's name, with the log where two tables have the measure."""
        return figure_name(self.table, self.row, self.measure, tables) + (f".{self.window}" if self.window else "")


def find_figures(reference: Reference, tables: Sequence[Table]) -> list[FoundFigure]:
    """Return the figures that a name means; raise UsageFault, with similar names, where it means none or two tables."""
    holding = [table for table in _tables_named(reference.log, tables) if reference.measure in table.measures]
    if len(holding) > 1:
        names = listed_names([f"{table.name}:{reference.measure}" for table in holding])
        raise UsageFault("E238", figure=reference.measure, names=names)
    if not holding:
        head = f"{reference.log}:" if reference.log else ""
        printed = [f"{table.name}:{key}" if head else key for table in tables for key in table.measures]
        _refuse_unknown(head + reference.measure, sorted(set(printed)))
    table = holding[0]
    if reference.window is not None and reference.window not in {window.name for window in table.windows}:
        _refuse_unknown(f"{reference.measure}.{reference.window}", [f"--compare {reference.window}"])
    rows = [row for row in table.flat() if _is_meant(reference, row, table)]
    if not rows:
        known = [figure_name(table, row, reference.measure, ()) for row in table.flat() if row.kind != "total"]
        _refuse_unknown(f"{reference.measure}[{','.join(reference.values or ())}]", known or [reference.measure])
    return [FoundFigure(table, row, reference.measure, reference.window) for row in rows]


def _tables_named(name: str | None, tables: Sequence[Table]) -> Sequence[Table]:
    """Return the tables that a name means: a table by its own name, all ledgers of a log, or all tables without a name."""
    if name is None:
        return tables
    return [table for table in tables if table.name == name] or [table for table in tables if name in {table.log, table.ledger}]


def _refuse_unknown(figure: str, names: Sequence[str]) -> NoReturn:
    """Raise UsageFault for an unknown figure, with similar names."""
    near = difflib.get_close_matches(figure, names, 5, 0.3) or list(names)[:8]
    raise UsageFault("E237", figure=listed_names([figure]), names=listed_names(near))


def listed_names(figures: Sequence[str]) -> tuple[str, str]:
    """Return names of figures as a list in Chinese and in English, each as that language spells it."""
    zh, en = (joined((_spelled_name(name, lang) for name in figures), lang) for lang in LANGS)
    return zh, en


def _spelled_name(figure: str, lang: str) -> str:
    """Return a figure's name in the words of a language, which may be typed; English is spelled by the keys."""
    found = _NAME.fullmatch(figure)
    if found is None or lang != "zh":
        return figure
    log = name_of("ledgers", found["log"], lang) + ":" if found["log"] else ""
    window = "." + name_of("windows", found["window"], lang) if found["window"] else ""
    return log + name_of("measures", found["measure"], lang) + (found["group"] or "") + window


def _is_meant(reference: Reference, row: Row, table: Table) -> bool:
    """True if a reference means this row."""
    values = reference.values
    if values is None:
        return row.kind == "total"
    if reference.each:
        return row.kind == "group" and len(row.group) == len(table.by) + (table.cross is not None)
    if row.kind == "rest" and len(row.group) == 1:
        named = values[0] in {"rest", _rest_name()} and len(values) == 1
        return named and not any(values[0] in other.group.values() for other in table.rows)
    if row.kind in {"total", "rest"}:
        return False
    labels = [row.group[field] for field in (*table.by, table.cross or "") if field in row.group]
    unclassified = {"", *map(unclassified_label, LANGS)}
    return len(labels) == len(values) and all(
        label_key(value) == label_key(label) if label else value in unclassified
        for value, label in zip(values, labels, strict=True)
    )


def _rest_name() -> str:
    """Return the name by which a figure of the rest is called, in any language."""
    return say("others", "zh")


def figure_name(table: Table, row: Row, measure: str, tables: Sequence[Table]) -> str:
    """Return the name of a row's figure."""
    many = sum(1 for other in tables if measure in other.measures) > 1
    head = f"{table.name}:{measure}" if many else measure
    if row.kind == "total":
        return head
    if row.kind == "rest" and len(row.group) == 1:
        return f"{head}[{_rest_name()}]"
    texts = [row.group[field] or "" for field in (*table.by, table.cross or "") if field in row.group]
    return f"{head}[{','.join(map(_quote_label, texts))}]"


def _quote_label(label: str) -> str:
    """Return a label as a name has it, in quotation marks where needed."""
    return '"' + label.replace('"', '""') + '"' if not label or re.search(r'[",\[\]]|^\s|\s$|^\*$', label) else label
