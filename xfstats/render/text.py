"""The terminal table: boxed where it fits, else without borders, else one block a group; a figure is never cut."""

from __future__ import annotations

from tabulate import tabulate

from xfstats.render.layout import Line, heads, lines, title, under_report, under_table
from xfstats.render.style import Style
from xfstats.render.visible import width, wrapped
from xfstats.table import Report, Table


def as_text(report: Report, style: Style) -> str:
    """All tables, each with its definitions; findings and the reconciliation last."""
    blocks = []
    for table in report.tables:
        made = [*wrapped(title(table, report), style.width), _fitted(table, report, style.width)]
        for text in under_table(table):
            made += wrapped(text, style.width, "  ")
        blocks.append("\n".join(made))
    ending = [line for text in under_report(report) for line in wrapped(text, style.width, "  ")]
    return "\n\n".join([*blocks, "\n".join(ending)]) + "\n"


def _fitted(table: Table, report: Report, cells: int | None) -> str:
    """The widest form that fits."""
    rows = lines(table, report)
    labels, figures = heads(table, report.lang)
    for form in ("rounded", "bare"):
        text = _grid(rows, labels, figures, form)
        if cells is None or max(map(width, text.splitlines())) <= cells:
            return text
    return _blocks(rows, figures, cells or 0)


def _grid(rows: list[Line], labels: list[str], figures: list[str], form: str) -> str:
    """A grid by tabulate, with a rule above the total; `bare` has no borders."""
    cells = [[*row.labels, *row.figures] for row in rows]
    text = tabulate(
        cells,
        tablefmt="rounded_outline" if form == "rounded" else "simple",
        headers=[*labels, *figures],
        colalign=[*["left"] * len(labels), *["right"] * len(figures)],
        disable_numparse=True,
        preserve_whitespace=True,
    )
    made = text.splitlines()
    rule = made[2] if form == "rounded" else made[1]
    offset = 3 if form == "rounded" else 2
    total = next(index for index, row in enumerate(rows) if row.kind == "total")
    if total:
        made.insert(offset + total, rule)
    return "\n".join(line.rstrip() for line in made)


def _blocks(rows: list[Line], figures: list[str], cells: int) -> str:
    """One block a group: its label, then a line a figure."""
    names = max(map(width, figures))
    made = []
    for row in rows:
        made += wrapped(" · ".join(label for label in row.labels if label), cells)
        for name, figure in zip(figures, row.figures, strict=True):
            pad = " " * max(1, min(names + 2, cells - 2 - width(figure)) - width(name))
            line = f"  {name}{pad}{figure}"
            made += [line] if width(line) <= cells else [f"  {name}", f"    {figure}"]
    return "\n".join(made)
