"""Tables of a Word document in blocks of columns: header rows repeated, each figure in a content control with its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from xfstats.frozen import frozen
from xfstats.messages import say
from xfstats.render.docx.page import LINE, TABLE_TEXT
from xfstats.render.docx.parts import add_line, tag_run
from xfstats.render.page_layout import (
    CELL_MARGIN,
    PAGE_FORMATS,
    ROWS_PER_PAGE,
    HeadCell,
    PageLayout,
    head_rows,
    lay_out_table,
)
from xfstats.render.table_lines import FigureColumn, TableLine, column_heads, figure_columns, printed_lines
from xfstats.reports.references import figure_name
from xfstats.reports.row import Row
from xfstats.reports.table import Report, Table

LARGE_TEXT, LARGE_TEXT_COLUMNS = 12, 62
"""Size of the text of a small table in points, and the columns of text up to which a table is small."""
WHOLE_TABLE_ROWS = 16
"""Rows up to which a table is not divided over pages."""
_ROW_HEIGHT, _SMALL_ROW_HEIGHT, _LONG_ROW_HEIGHT = Mm(6.5), Mm(5), Mm(4.2)
"""Least height of a row, of one in the smallest type, and of one of a table that fills pages."""
MAX_ROWS_IN_TEXT = 24
"""Rows up to which a table stands in the text."""
_ALIGN = WD_ALIGN_PARAGRAPH


@frozen
class LaidOutTable:
    """Table with its number in the report, its printed lines and its layout on the page."""

    table: Table
    number: int
    lines: Sequence[TableLine]
    layout: PageLayout

    @property
    def long(self) -> bool:
        """True if the table has pages of its own for its length."""
        return len(self.lines) > MAX_ROWS_IN_TEXT

    @property
    def font_size(self) -> float:
        """Return the size of the text in points: larger than the layout has it where a small table has room."""
        columns = sum(self.cell_widths(0, len(self.layout.figure_widths)))
        return LARGE_TEXT if self.layout.portrait and columns <= LARGE_TEXT_COLUMNS else self.layout.font_size

    def cell_widths(self, first: int, end: int) -> list[int]:
        """Return the widths of the label columns and of a range of figure columns, in columns of text."""
        return [one + CELL_MARGIN for one in (*self.layout.label_widths, *self.layout.figure_widths[first:end])]


def lay_out(table: Table, report: Report, number: int) -> LaidOutTable:
    """Return a table with its printed lines and its layout."""
    lines = printed_lines(table, report, None)
    return LaidOutTable(table, number, lines, lay_out_table(table, report, lines, on_paper=True))


def add_table(document: Any, one: LaidOutTable, report: Report, space: Length, name: str, *, own_pages: bool = False) -> None:
    """Add a table as wide as `space`, as one block or several blocks of columns, each with the label columns.

    On pages of its own (`own_pages`) a long one is divided where a page is full; what goes on says so, on a new page.
    """
    rows = len(one.lines)
    size = ROWS_PER_PAGE[one.layout.portrait] if own_pages and one.layout.font_size == PAGE_FORMATS[-1][1] else rows
    parts = [(block, (begin, min(begin + size, rows))) for block in one.layout.blocks for begin in range(0, rows, size)]
    for number, (block, lines) in enumerate(parts):
        if number:
            going_on = add_line(document, say("lines.continued", report.lang), LINE).paragraph_format
            going_on.keep_with_next, going_on.page_break_before = True, one.long
        _add_block(document, one, report, block, lines, space, name)


def _add_block(
    document: Any, one: LaidOutTable, report: Report, block: tuple[int, int], lines: tuple[int, int], space: Length, name: str
) -> None:
    """Add some lines of one block of a table's columns."""
    labels = column_heads(one.table, report.lang)[0]
    above = head_rows(one.table, report.lang, *block)
    grid = document.add_table(rows=len(above) + lines[1] - lines[0], cols=len(labels) + block[1] - block[0], style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    cells = [list(row.cells) for row in grid.rows]
    _describe(grid, name)
    _size_columns(grid, cells, one, block, space)
    for number, row in enumerate(grid.rows):
        row.height = _row_height(one)
        for mark in ("w:cantSplit", *(["w:tblHeader"] if number < len(above) else [])):
            row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001 - python-docx has no other way to these marks
    _fill_heads(cells, labels, above, one.font_size)
    _fill_rows(cells[len(above) :], one, report, block, lines)
    for line in cells if len(cells) <= WHOLE_TABLE_ROWS else (*cells[: len(above) + 1], *cells[-2:]):
        for cell in line:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _row_height(one: LaidOutTable) -> Length:
    """Return the least height of a table's rows."""
    if one.font_size > PAGE_FORMATS[-1][1]:
        return _ROW_HEIGHT
    return _LONG_ROW_HEIGHT if one.long else _SMALL_ROW_HEIGHT


def _describe(grid: Any, name: str) -> None:
    """Set the left and right margins of a table's cells to one millimetre, and its name for who cannot see it."""
    properties = grid._tbl.tblPr  # noqa: SLF001 - as above
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "57")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look, caption = properties.find(qn("w:tblLook")), OxmlElement("w:tblCaption")
    look.addprevious(margins)
    caption.set(qn("w:val"), name)
    look.addnext(caption)


def _size_columns(grid: Any, cells: Sequence[Sequence[Any]], one: LaidOutTable, block: tuple[int, int], space: Length) -> None:
    """Set the widths of the columns; the widest block fills the space."""
    wide = space / max(sum(one.cell_widths(*other)) for other in one.layout.blocks)
    for place, own in enumerate(one.cell_widths(*block)):
        for cell in (grid.columns[place], *(line[place] for line in cells)):
            cell.width = Length(int(wide * own))


def _fill_heads(cells: Sequence[Sequence[Any]], labels: Sequence[str], above: Sequence[Sequence[HeadCell]], size: float) -> None:
    """Write the column heads."""
    for place, text in enumerate(labels):
        _fill_head(cells[0][place], cells[len(above) - 1][place], text, size)
    for down, heads in enumerate(above):
        for head in heads:
            last = cells[len(above) - 1 if head.spans_rows else down][len(labels) + head.end - 1]
            _fill_head(cells[down][len(labels) + head.first], last, head.text, size)


def _fill_head(cell: Any, last: Any, text: str, size: float) -> None:
    """Write a column head over the cells from `cell` to `last`."""
    _fill_cell(cell if cell is last else cell.merge(last), text, size, _ALIGN.CENTER, bold=True)


def _fill_rows(
    cells: Sequence[Sequence[Any]], one: LaidOutTable, report: Report, block: tuple[int, int], lines: tuple[int, int]
) -> None:
    """Write labels and figures of some lines."""
    first, end = block
    shown, size = figure_columns(one.table)[first:end], one.font_size
    some = slice(*lines)
    for line, row, under in zip(one.lines[some], one.table.printed_rows()[some], cells, strict=True):
        bold = line.kind == "total"
        for cell, text in zip(under, line.labels, strict=False):
            _fill_cell(cell, text, size, _ALIGN.LEFT, bold=bold)
        for cell, text, column in zip(under[len(line.labels) :], line.figures[first:end], shown, strict=True):
            run = _fill_cell(cell, text, size, _ALIGN.RIGHT, bold=bold)
            tag_run(run, _figure_tag(one.table, row, column, report))


def _figure_tag(table: Table, row: Row, column: FigureColumn, report: Report) -> str:
    """Return the figure's name, followed by the aspect that the column shows (a change or a place)."""
    suffix = "" if column.aspect == "figure" else f".{column.aspect}"
    if table.cross is not None and column.crossed_value in row.cells:
        value = column.crossed_value if isinstance(column.crossed_value, str) else None
        row = Row({**row.group, table.cross: value}, row.cells[value], "group")
    return figure_name(table, row, column.measure, report.tables) + suffix


def _fill_cell(cell: Any, text: str, size: float, align: Any, *, bold: bool) -> Any:
    """Write a text into a cell; return its run."""
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.alignment = TABLE_TEXT, align
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold or None
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return run
