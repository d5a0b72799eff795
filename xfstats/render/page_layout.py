"""Layout of a table on A4: heads in one or two rows, columns in blocks that fit the page, each after the label columns.

Widths are in terminal columns (an ideograph has two); a column is as wide as its longest figure, or its head in two lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.frozen import frozen
from xfstats.measures.themes import THEME
from xfstats.render.safe_text import display_width
from xfstats.render.table_lines import FigureColumn, TableLine, column_heads, figure_columns
from xfstats.reports.table import Report, Table

PAGE_FORMATS = ((76, 10.5, True), (108, 8, True), (160, 8, False))
"""Columns of text in a line, font size in points, and portrait or not; 8 points is the smallest legible size.

Real lines hold a sixth more, as a substituted font may be wider.
"""
ROWS_PER_PAGE = {True: 41, False: 25}
"""Rows of a table's smallest type on a page, upright or across, below its name, its scope and two rows of heads."""
UPRIGHT_CELLS = 90
"""Columns of text in a line of a block that is upright though its table is wide; a font that is wider has room."""
LANDSCAPE_CELLS = PAGE_FORMATS[-1][0]
CELL_MARGIN = 3
"""Columns that a cell's borders and margins take."""
MAX_LABEL_WIDTH = 36
_MAX_HEAD_WIDTH = 12
"""Width of a column head above which it is broken into two lines."""


@frozen
class PageLayout:
    """Widths of label and figure columns, blocks of figure columns (half-open ranges), font size, and orientation."""

    label_widths: tuple[int, ...]
    figure_widths: tuple[int, ...]
    blocks: tuple[tuple[int, int], ...]
    font_size: float
    portrait: bool


def lay_out_table(table: Table, report: Report, table_lines: Sequence[TableLine], *, on_paper: bool = False) -> PageLayout:
    """Return the layout of a table on a page; `on_paper` a long one is upright, in more blocks, where that takes fewer pages."""
    names = column_heads(table, report.lang)[0]
    labels = [
        min(MAX_LABEL_WIDTH, max(head_width(name), *(display_width(line.labels[place]) for line in table_lines)))
        for place, name in enumerate(names)
    ]
    over = [column.head_texts(table, report.lang) for column in figure_columns(table)]
    figures = [
        max(head_width(under or top), *(display_width(line.figures[place]) for line in table_lines))
        for place, (top, under) in enumerate(over)
    ]
    whole = sum(labels) + sum(figures) + CELL_MARGIN * (len(labels) + len(figures))
    points, upright = next((kind[1:] for kind in PAGE_FORMATS if whole <= kind[0]), PAGE_FORMATS[-1][1:])
    starts, themes = measure_starts(table), measure_themes(table)
    blocks = split_columns(labels, figures, starts, themes=themes)
    if on_paper and not upright:
        narrow = split_columns(labels, figures, starts, UPRIGHT_CELLS, themes=themes)
        if page_count(narrow, len(table_lines), portrait=True) < page_count(blocks, len(table_lines), portrait=False):
            blocks, upright = narrow, True
    return PageLayout(tuple(labels), tuple(figures), tuple(blocks), points, upright)


def page_count(blocks: Sequence[tuple[int, int]], rows: int, *, portrait: bool) -> int:
    """Return the number of pages of a table whose blocks begin a page each.

    >>> page_count([(0, 3), (3, 6)], 41, portrait=True), page_count([(0, 6)], 41, portrait=False)
    (2, 2)
    """
    return len(blocks) * -(-rows // ROWS_PER_PAGE[portrait])


def split_columns(
    labels: Sequence[int],
    figures: Sequence[int],
    starts: Sequence[int],
    cells: int = LANDSCAPE_CELLS,
    cell_margin: int = CELL_MARGIN,
    themes: Sequence[object] = (),
) -> list[tuple[int, int]]:
    """Return few blocks of columns that fit with the label columns before each; a block starts with a measure if possible.

    Measures of one theme are kept together where they fit: `themes` has the theme of each start.

    >>> split_columns([20], [50, 50, 50, 50], [0, 2]), split_columns([20], [9, 9], [0])
    ([(0, 2), (2, 4)], [(0, 2)])
    >>> split_columns([20], [40, 40, 40, 40], [0, 1, 2, 3], themes="abbb")
    [(0, 1), (1, 4)]
    """
    room = cells - sum(labels) - cell_margin * len(labels)
    ends = (*starts[1:], len(figures))
    widths = [sum(figures[start:end]) + cell_margin * (end - start) for start, end in zip(starts, ends, strict=True)]
    blocks, begin, used = [], 0, 0
    for place, (start, wide) in enumerate(zip(starts, widths, strict=True)):
        if used and used + _needed(place, widths, themes, room) > room:
            blocks.append((begin, start))
            begin, used = start, 0
        used += wide
    return [*blocks, (begin, len(figures))]


def _needed(place: int, widths: Sequence[int], themes: Sequence[object], room: int) -> int:
    """Return the width of a measure, or of its whole theme where the theme begins with it and fits a page."""
    if not themes or (place and themes[place - 1] == themes[place]):
        return widths[place]
    end = next((other for other in range(place, len(widths)) if themes[other] != themes[place]), len(widths))
    whole = sum(widths[place:end])
    return whole if whole <= room else widths[place]


def measure_themes(table: Table) -> list[object]:
    """Return the theme of each measure, in the order of `measure_starts`."""
    columns = figure_columns(table)
    return [(columns[place].crossed_value, THEME[columns[place].measure]) for place in measure_starts(table)]


def measure_starts(table: Table) -> list[int]:
    """Return the first column of each measure, which is kept together with its changes and its place."""
    keys = [(column.crossed_value, column.measure) for column in figure_columns(table)]
    return [place for place, key in enumerate(keys) if not place or key != keys[place - 1]]


def head_width(text: str) -> int:
    """Return the width of a column head in one line, or in two where it is long."""
    return (
        display_width(text)
        if display_width(text) <= _MAX_HEAD_WIDTH
        else max(-(-display_width(text) // 2), *map(display_width, text.split()))
    )


@frozen
class HeadCell:
    """Column head over a half-open range of columns, in one of two rows or, with `spans_rows`, over both."""

    text: str
    first: int
    end: int
    spans_rows: bool = False


def head_rows(table: Table, lang: str, first: int, end: int) -> list[list[HeadCell]]:
    """Return the column heads in one row, or in two: one for each measure or crossed value, one for each column below."""
    names = [column.head_texts(table, lang) for column in figure_columns(table)][first:end]
    groups = [_head_group(column, table) for column in figure_columns(table)][first:end]
    if not any(under for _, under in names):
        return [[HeadCell(top, place, place + 1, spans_rows=True) for place, (top, _) in enumerate(names)]]
    upper: list[HeadCell] = []
    for place, (top, under) in enumerate(names):
        if upper and under and groups[place] == groups[place - 1]:
            upper[-1] = HeadCell(top, upper[-1].first, place + 1)
        else:
            upper.append(HeadCell(top, place, place + 1, spans_rows=not under))
    return [upper, [HeadCell(under, place, place + 1) for place, (_, under) in enumerate(names) if under]]


def _head_group(column: FigureColumn, table: Table) -> object:
    """Return what a column's upper head is about: a crossed value, or a measure."""
    return column.crossed_value if table.cross is not None else column.measure
