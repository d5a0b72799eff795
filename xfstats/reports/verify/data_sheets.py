"""Comparison of a workbook's data sheets (counts, rows) with the regenerated ones, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from xfstats.model import column_letter
from xfstats.reports.verify.blocks import DataSheet, ReportBlock, TableCell, TableCells
from xfstats.reports.verify.quoted_figures import QuotedFigure

ComparedSheets = tuple[tuple[str, int | None], ...]
SheetHead = tuple[str, ...]


def sheets_by_head(blocks: Sequence[ReportBlock]) -> Mapping[SheetHead, DataSheet]:
    """Return the data sheets by their heads."""
    return {_sheet_head(block): block for block in blocks if isinstance(block, DataSheet)}


def compare_data_sheets(
    report: Sequence[ReportBlock], regenerated: Mapping[SheetHead, DataSheet], names: Mapping[str, str]
) -> tuple[ComparedSheets, tuple[tuple[QuotedFigure, QuotedFigure], ...], list[ReportBlock]]:
    """Return the number of compared cells of each sheet, the differing cells, and the report's other blocks.

    `names` gives the present name of each file that has another name in the report.
    """
    ours = sheets_by_head(report)
    sheets = tuple((one.sheet, _cell_count(one) if head in ours else None) for head, one in regenerated.items())
    cells = tuple(pair for head, one in regenerated.items() if head in ours for pair in _differing_cells(ours[head], one, names))
    return sheets, cells, [one for one in report if not isinstance(one, DataSheet) or _sheet_head(one) not in regenerated]


def _sheet_head(sheet: DataSheet) -> SheetHead:
    return tuple(cell.text for cell in sheet.grid.rows[0])


def _cell_count(sheet: DataSheet) -> int:
    return sum(len(row) for row in sheet.grid.rows[1:])


def _differing_cells(ours: DataSheet, theirs: DataSheet, names: Mapping[str, str]) -> Iterator[tuple[QuotedFigure, QuotedFigure]]:
    """Yield each differing cell with the expected one."""
    nothing: TableCells = ()
    for row, (mine, right) in enumerate(zip_longest(ours.grid.rows, theirs.grid.rows, fillvalue=nothing), 1):
        if mine != right:
            for column, (one, other) in enumerate(zip_longest(mine, right, fillvalue=TableCell())):
                if names.get(one.text, one.text) != other.text:
                    at = f"「{ours.sheet}」!{column_letter(column)}{row}"
                    yield _cell_figure(one, at), _cell_figure(other, at)


def _cell_figure(cell: TableCell, at: str) -> QuotedFigure:
    return QuotedFigure(cell.text, None, at, "", (None, None, None), in_cell=True)
