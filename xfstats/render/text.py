"""Text tables that fit the terminal without being cut: boxed, else plain, else in blocks of columns, else a list by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tabulate import MIN_PADDING, tabulate

from xfstats.render.page_layout import measure_starts, measure_themes, split_columns
from xfstats.render.safe_text import display_width, wrap_text
from xfstats.render.style import Style
from xfstats.render.table_lines import (
    CellValue,
    FigureColumn,
    TableLine,
    column_heads,
    figure_columns,
    printed_lines,
    report_notes,
    table_notes,
    title,
)
from xfstats.reports.figures import Pair, as_number
from xfstats.reports.table import Report, Table

MAX_BAR_CELLS = 20
"""Width of the longest bar."""
_BOLD, _RED, _PLAIN = "\x1b[1m", "\x1b[31m", "\x1b[0m"
_COLOUR = re.compile(r"\x1b\[\d+m")


def as_text(report: Report, style: Style) -> str:
    """Return all tables with their definitions, then findings and the reconciliation."""
    blocks = []
    for table in report.tables:
        head = wrap_text(title(table, report), style.width)
        table_lines = [*(f"{_BOLD}{line}{_PLAIN}" if style.colour else line for line in head), _fit_table(table, report, style)]
        for text in table_notes(table):
            table_lines += wrap_text(text, style.width, "  ")
        blocks.append("\n".join(table_lines))
    ending = [line for text in report_notes(report) for line in wrap_text(text, style.width, "  ")]
    return "\n\n".join([*blocks, "\n".join(ending)]) + "\n"


def _fit_table(table: Table, report: Report, style: Style) -> str:
    """Return the first form of the table that fits the width."""
    rows = printed_lines(table, report)
    labels, figures = column_heads(table, report.lang)
    cells = style.width
    if style.colour:
        rows = [_colour_below_gate(row, figure_columns(table), report) for row in rows]
    starts = measure_starts(table)
    barred, over = _add_bars(rows, figures, len(figures)) if style.bars else (rows, figures)
    for grid in (boxed_grid, _plain_grid):
        grid_lines = grid(barred, labels, over)
        if cells is None or max(map(_visible_width, grid_lines)) <= cells:
            return "\n".join(line.rstrip() for line in grid_lines)
    if style.bars:
        first = [*starts, len(figures)][1]
        barred, over = _add_bars(rows, figures, first)
        starts = [place + (place >= first) for place in starts]
    themes = measure_themes(table)
    return _split_table(barred, labels, over, starts, themes, cells or 0) or _list_by_row(rows, figures, cells or 0)


def _add_bars(rows: list[TableLine], figures: list[str], at: int) -> tuple[list[TableLine], list[str]]:
    """Return the rows with a column of bars at this place, and the heads."""
    pairs = zip(rows, _draw_bars(rows), strict=True)
    barred = [replace(row, figures=(*row.figures[:at], bar, *row.figures[at:])) for row, bar in pairs]
    return barred, [*figures[:at], "", *figures[at:]]


def _split_table(
    rows: list[TableLine], labels: list[str], figures: list[str], starts: list[int], themes: list[object], cells: int
) -> str | None:
    """Return the table as blocks of columns, as few as possible, each after the labels; None where a block is too wide."""
    found = []
    for grid, around, edge, over, between in ((boxed_grid, 3, 1, MIN_PADDING, "\n"), (_plain_grid, 2, -2, 0, "\n\n")):
        names = [
            max(display_width(name) + over, *(display_width(row.labels[place]) for row in rows))
            for place, name in enumerate(labels)
        ]
        values = [
            max(display_width(name) + over, *(_visible_width(row.figures[place]) for row in rows))
            for place, name in enumerate(figures)
        ]
        parts = [
            grid([replace(row, figures=row.figures[first:end]) for row in rows], labels, figures[first:end])
            for first, end in split_columns(names, values, starts, cells - edge, around, themes)
        ]
        if len(rows) > 1 and max(_visible_width(line) for part in parts for line in part) <= cells:
            found.append((len(parts), between.join("\n".join(line.rstrip() for line in part) for part in parts)))
    return min(found, key=lambda one: one[0])[1] if found else None


def _colour_below_gate(row: TableLine, heads: Sequence[FigureColumn], report: Report) -> TableLine:
    """Return the row with the figures that are below a gate in red."""
    limits = dict(report.gates)
    red = [
        one.aspect == "figure" and _is_below(value, limits.get(one.measure)) for one, value in zip(heads, row.exact, strict=True)
    ]
    return replace(
        row, figures=tuple(f"{_RED}{text}{_PLAIN}" if low else text for text, low in zip(row.figures, red, strict=True))
    )


def _is_below(value: CellValue, limit: float | None) -> bool:
    """True if a rate is below a limit."""
    return limit is not None and isinstance(value, Pair) and bool(value.denominator) and as_number(value) < limit


def _visible_width(text: str) -> int:
    """Return the width of a text without colour codes."""
    return display_width(_COLOUR.sub("", text))


def _draw_bars(rows: list[TableLine]) -> list[str]:
    """Return a bar for each group, by its first figure against the largest; of block characters, which every console has."""
    values = [as_number(row.exact[0]) if row.kind in {"group", "rest"} and row.exact else 0.0 for row in rows]
    most = max(values, default=0.0) or 1.0
    return [("█" * round(MAX_BAR_CELLS * value / most)).ljust(MAX_BAR_CELLS) for value in values]


def boxed_grid(rows: list[TableLine], labels: list[str], figures: list[str]) -> list[str]:
    """Return a grid with borders and a rule above the total."""
    grid_lines = _tabulated_lines(rows, "rounded_outline", labels, figures, [*labels, *figures])
    return _add_total_rule(grid_lines, rows, grid_lines[2], 3)


def _plain_grid(rows: list[TableLine], labels: list[str], figures: list[str]) -> list[str]:
    """Return a grid with rules only, as narrow as its cells (tabulate pads its own headers)."""
    rule, *grid_lines, _ = _tabulated_lines(
        [TableLine(tuple(labels), tuple(figures), "head", ()), *rows], "simple", labels, figures, ()
    )
    return _add_total_rule([grid_lines[0], rule, *grid_lines[1:]], rows, rule, 2)


def _tabulated_lines(
    rows: list[TableLine], form: str, labels: list[str], figures: list[str], headers: Sequence[str]
) -> list[str]:
    """Return tabulate's lines: labels to the left, figures to the right."""
    text = tabulate(
        [[*row.labels, *row.figures] for row in rows],
        tablefmt=form,
        headers=headers,
        colalign=[*["left"] * len(labels), *["right"] * len(figures)],
        disable_numparse=True,
        preserve_whitespace=True,
    )
    return text.splitlines()


def _add_total_rule(grid_lines: list[str], rows: list[TableLine], rule: str, offset: int) -> list[str]:
    """Return the lines with a rule above the total, unless it is the first row."""
    total = next(index for index, row in enumerate(rows) if row.kind == "total")
    return [*grid_lines[: offset + total], rule, *grid_lines[offset + total :]] if total else grid_lines


def _list_by_row(rows: list[TableLine], figures: list[str], cells: int) -> str:
    """Return one block a row: its label, then a line for each figure."""
    names = max(map(display_width, figures))
    list_lines = []
    for row in rows:
        list_lines += wrap_text(" · ".join(label for label in row.labels if label), cells)
        for name, figure in zip(figures, row.figures, strict=True):
            if not figure.strip():
                continue
            pad = " " * max(1, min(names + 2, cells - 2 - _visible_width(figure)) - display_width(name))
            line = f"  {name}{pad}{figure}"
            list_lines += [line] if _visible_width(line) <= cells else [f"  {name}", f"    {figure}"]
    return "\n".join(list_lines)
