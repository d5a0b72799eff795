"""Print setup of the sheets: A4 landscape at a readable scale, heads and labels on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xfstats.render.page_layout import lay_out_table, measure_starts, measure_themes, split_columns
from xfstats.render.table_lines import TableLine, figure_columns
from xfstats.reports.table import Report

ROWS_PER_PAGE = 24
MIN_SCALE = 68
"""Smallest print scale in percent: 11 points are printed as 7.5."""
MIN_COLUMN_WIDTH = 9


def column_widths(report: Report, line_lists: Sequence[Sequence[TableLine]]) -> list[int]:
    """Return the width of each column of the sheet, from all tables."""
    found: list[int] = []
    for table, table_lines in zip(report.tables, line_lists, strict=True):
        layout = lay_out_table(table, report, table_lines)
        for column, cells in enumerate((*layout.label_widths, *layout.figure_widths)):
            found += [MIN_COLUMN_WIDTH] * (column + 1 - len(found))
            found[column] = max(found[column], cells + 2)
    return found


def page_blocks(report: Report, widths: Sequence[int]) -> list[tuple[int, int]]:
    """Return the columns of each page as half-open ranges, the label columns in the first."""
    table = max(report.tables, key=lambda one: len(figure_columns(one)))
    labels = max(len(table.by), 1)
    cells = [one - 2 for one in widths]
    figures = cells[labels : labels + len(figure_columns(table))]
    found = split_columns(cells[:labels], figures, measure_starts(table), themes=measure_themes(table))
    return [(0 if not first else first + labels, end + labels) for first, end in found]


def set_up_table_page(sheet: Any, report: Report, begin: int, blocks: list[tuple[int, int]]) -> None:
    """Set up the sheet of tables: fitted to the page's width where readable, else on several pages with the labels."""
    labels = min(max(len(table.by), 1) for table in report.tables)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5)
    if len(blocks) == 1:
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
    else:
        sheet.set_print_scale(MIN_SCALE)
        sheet.set_v_pagebreaks([first for first, _ in blocks[1:]])
    sheet.repeat_columns(0, labels - 1)
    if len(report.tables) == 1:
        sheet.repeat_rows(2, begin - 1)
        sheet.freeze_panes(begin, labels)


def page_breaks(tops: Sequence[int], end: int) -> list[int]:
    """Return the rows before which a page begins, so that a table stays with its title."""
    found, begin = [], 0
    for top, following in zip(tops, (*tops[1:], end), strict=True):
        if following - begin > ROWS_PER_PAGE and top > begin:
            begin = top
            found.append(begin)
    return found


def set_up_list_page(sheet: Any) -> None:
    """Set up a sheet of lines: its head is frozen and repeated on every page."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
