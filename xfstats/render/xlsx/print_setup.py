"""Print setup of the sheets: A4 landscape at a readable scale, heads and labels on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from xfstats.messages import say
from xfstats.render.page_layout import lay_out_table, measure_starts, measure_themes, split_columns
from xfstats.render.safe_text import MAX_WIDTH, escape_control
from xfstats.render.table_lines import TableLine, figure_columns, headline
from xfstats.render.xlsx.fonts import Fonts
from xfstats.reports.table import Report

ColumnRange: TypeAlias = tuple[int, int]
"""Half-open range of the figure columns of a table."""
ROWS_PER_PAGE = 24
_PAGE_NUMBER_SIZES = {"zh": 14, "en": 9}
"""Size of the page number in points: 4号 in Chinese."""
_EM = "\u3000"
"""Blank of one character, by which a page number stands in from the margin."""
MIN_SCALE = 68
"""Smallest print scale in percent: 11 points are printed as 7.5."""
MIN_COLUMN_WIDTH = 9


def column_widths(
    report: Report, line_lists: Sequence[Sequence[TableLine]], blocks: Sequence[Sequence[ColumnRange]], *, one_wide: bool
) -> list[int]:
    """Return the width of each column of the sheet, from all blocks of all tables."""
    found: list[int] = []
    for table, table_lines, ranges in zip(report.tables, line_lists, blocks, strict=True):
        layout = lay_out_table(table, report, table_lines, on_paper=one_wide)
        for first, end in ranges:
            for column, cells in enumerate((*layout.label_widths, *layout.figure_widths[first:end])):
                found += [MIN_COLUMN_WIDTH] * (column + 1 - len(found))
                found[column] = max(found[column], cells + 2)
    return found


def column_blocks(report: Report, line_lists: Sequence[Sequence[TableLine]], *, one_wide: bool) -> list[tuple[ColumnRange, ...]]:
    """Return the figure columns of each table, in blocks that fit a page below each other where it is to be one page wide."""
    tables = zip(report.tables, line_lists, strict=True)
    return [
        lay_out_table(table, report, own, on_paper=True).blocks if one_wide else ((0, len(figure_columns(table))),)
        for table, own in tables
    ]


def page_blocks(report: Report, widths: Sequence[int]) -> list[tuple[int, int]]:
    """Return the columns of each page as half-open ranges, the label columns in the first."""
    table = max(report.tables, key=lambda one: len(figure_columns(one)))
    labels = max(len(table.by), 1)
    cells = [one - 2 for one in widths]
    figures = cells[labels : labels + len(figure_columns(table))]
    found = split_columns(cells[:labels], figures, measure_starts(table), themes=measure_themes(table))
    return [(0 if not first else first + labels, end + labels) for first, end in found]


def is_upright(report: Report, line_lists: Sequence[Sequence[TableLine]]) -> bool:
    """True if all tables fit an upright page's width and one is longer than a page across."""
    tables = zip(report.tables, line_lists, strict=True)
    narrow = all(lay_out_table(table, report, own, on_paper=True).portrait for table, own in tables)
    return narrow and max(map(len, line_lists)) > ROWS_PER_PAGE


def set_up_table_page(
    sheet: Any, report: Report, heads: tuple[int, int], blocks: Sequence[ColumnRange], *, alone: bool, upright: bool
) -> None:
    """Set up the sheet of tables: fitted to the page's width where readable, else on several pages with the labels.

    `alone` is true if the sheet has one block of columns, whose heads, a half-open range of rows, are repeated on every page.
    """
    labels = min(max(len(table.by), 1) for table in report.tables)
    if not upright:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5)
    number_pages(sheet, report)
    if len(blocks) == 1:
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
    else:
        sheet.set_print_scale(MIN_SCALE)
        sheet.set_v_pagebreaks([first for first, _ in blocks[1:]])
    sheet.repeat_columns(0, labels - 1)
    if alone:
        sheet.repeat_rows(heads[0], heads[1] - 1)
        sheet.freeze_panes(heads[1], labels)


def page_breaks(tops: Sequence[int], end: int) -> list[int]:
    """Return the rows before which a page begins, so that a table stays with its title."""
    found, begin = [], 0
    for top, following in zip(tops, (*tops[1:], end), strict=True):
        if following - begin > ROWS_PER_PAGE and top > begin:
            begin = top
            found.append(begin)
    return found


def number_pages(sheet: Any, report: Report) -> None:
    """Give a sheet a header with the office, or the title, and the sheet's name, and a footer with the page's number."""
    lang, fonts = report.lang, Fonts.of(report.lang)
    name = escape_control(report.office or headline(report.tables[0], report), MAX_WIDTH).replace("&", "&&")
    apart = {"scale_with_doc": False}
    sheet.set_header(f'&L&"{fonts.table}"&9{name}&R&"{fonts.table}"&9&A', apart)
    number = f'&"{fonts.table}"&{_PAGE_NUMBER_SIZES[lang]}{say("workbook.page", lang)}'
    if lang == "zh":
        sheet.set_outer_footers(f"&R{number}{_EM}", f"&L{_EM}{number}")
    else:
        sheet.set_footer(f"&C{number}", apart)


def set_up_list_page(sheet: Any, report: Report) -> None:
    """Set up a sheet of lines: its head is frozen and repeated on every page."""
    number_pages(sheet, report)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
