"""Parts of a Word document: runs with East Asian fonts, content controls tagged with figures' names, tables in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from xfstats.messages import say
from xfstats.render.page_layout import CELL_MARGIN, PageLayout, head_rows
from xfstats.render.safe_text import escape_control
from xfstats.render.style import EAST_ASIAN_FONT, LATIN_FONT
from xfstats.render.table_lines import FigureColumn, TableLine, column_heads, figure_columns
from xfstats.reports.references import figure_name
from xfstats.reports.row import Row
from xfstats.reports.table import Report, Table

_MAX_TAG_LENGTH = 64
"""Word's limit for the tag of a content control."""


def add_run(paragraph: Any, text: str, size: float, *, bold: bool = False) -> Any:
    """Add and return a run of text with fonts for both scripts."""
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(size), LATIN_FONT, bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)  # noqa: SLF001 - python-docx has no other way to an East Asian font
    return run


def add_line(document: Any, text: str, size: float, align: Any = None, *, above: float = 0) -> None:
    """Add a line of text as a paragraph, with `above` points of space before it."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(above), Pt(2)
    if align is not None:
        paragraph.alignment = align
    add_run(paragraph, text, size)


def tag_run(paragraph: Any, run: Any, name: str) -> None:
    """Move a run into a content control tagged with the figure's name."""
    control, about, tag, alias, content = (OxmlElement(f"w:{one}") for one in ("sdt", "sdtPr", "tag", "alias", "sdtContent"))
    for one in (alias, tag):
        one.set(qn("w:val"), escape_control(name, None)[:_MAX_TAG_LENGTH])
    about.append(alias)
    about.append(tag)
    element = run._element  # noqa: SLF001 - as above
    paragraph._p.replace(element, control)  # noqa: SLF001 - as above
    content.append(element)
    control.append(about)
    control.append(content)


def add_table_blocks(
    document: Any, table: Table, report: Report, table_lines: Sequence[TableLine], layout: PageLayout, space: float
) -> None:
    """Add a table as one block or several blocks of columns, each with the label columns."""
    for number, (first, end) in enumerate(layout.blocks):
        if number:
            add_line(document, say("lines.continued", report.lang), 9)
        _add_table(document, table, report, table_lines, layout, (first, end), space)


def _add_table(
    document: Any,
    table: Table,
    report: Report,
    table_lines: Sequence[TableLine],
    layout: PageLayout,
    block: tuple[int, int],
    space: float,
) -> None:
    """Add one block of a table's columns, `space` centimetres wide."""
    first, end = block
    labels = column_heads(table, report.lang)[0]
    above = head_rows(table, report.lang, first, end)
    grid = document.add_table(rows=len(above) + len(table_lines), cols=len(labels) + end - first, style="Table Grid")
    grid.alignment, grid.autofit = 1, False
    cells = [list(row.cells) for row in grid.rows]
    size = layout.font_size
    _set_cell_margins(grid)
    cells_wide = [one + CELL_MARGIN for one in (*layout.label_widths, *layout.figure_widths[first:end])]
    wide = space / max(
        sum(one + CELL_MARGIN for one in (*layout.label_widths, *layout.figure_widths[start:stop]))
        for start, stop in layout.blocks
    )
    for place, own in enumerate(cells_wide):
        for cell in (grid.columns[place], *(one[place] for one in cells)):
            cell.width = Cm(wide * own)
    for head in grid.rows[: len(above)]:
        _repeat_on_pages(head)
    for place, text in enumerate(labels):
        _fill_head(cells[0][place], cells[len(above) - 1][place], text, size)
    for down, heads_of in enumerate(above):
        for one in heads_of:
            last = cells[len(above) - 1 if one.spans_rows else down][len(labels) + one.end - 1]
            _fill_head(cells[down][len(labels) + one.first], last, one.text, size)
    shown = figure_columns(table)[first:end]
    for line, row, under in zip(table_lines, table.printed_rows(), cells[len(above) :], strict=True):
        bold = line.kind == "total"
        for cell, text in zip(under, line.labels, strict=False):
            _fill_cell(cell, text, size, WD_ALIGN_PARAGRAPH.LEFT, bold=bold)
        for cell, text, column in zip(under[len(labels) :], line.figures[first:end], shown, strict=True):
            paragraph, run = _fill_cell(cell, text, size, WD_ALIGN_PARAGRAPH.RIGHT, bold=bold)
            tag_run(paragraph, run, _figure_tag(table, row, column, report))


def _fill_head(cell: Any, last: Any, text: str, size: float) -> None:
    """Write a column head over the cells from `cell` to `last`."""
    _fill_cell(cell if cell is last else cell.merge(last), text, size, WD_ALIGN_PARAGRAPH.CENTER, bold=True)


def _figure_tag(table: Table, row: Row, column: FigureColumn, report: Report) -> str:
    """Return the figure's name, followed by the aspect that the column shows (a change or a place)."""
    suffix = "" if column.aspect == "figure" else f".{column.aspect}"
    if table.cross is not None and column.crossed_value in row.cells:
        value = column.crossed_value if isinstance(column.crossed_value, str) else None
        row = Row({**row.group, table.cross: value}, row.cells[value], "group")
    return figure_name(table, row, column.measure, report.tables) + suffix


def _set_cell_margins(grid: Any) -> None:
    """Set the left and right margins of a table's cells to one millimetre."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), "57")
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    grid._tbl.tblPr.append(margins)  # noqa: SLF001 - as above


def _repeat_on_pages(row: Any) -> None:
    """Mark a head row to be repeated on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - as above


def _fill_cell(cell: Any, text: str, size: float, align: Any, *, bold: bool) -> tuple[Any, Any]:
    """Write a text into a cell; return its paragraph and run."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    return paragraph, add_run(paragraph, text, size, bold=bold)
