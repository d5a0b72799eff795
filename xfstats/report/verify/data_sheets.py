"""Sheets of data (计数, 明细) of a workbook against those of the same workbook made anew, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from xfstats.model import column_letter
from xfstats.report.verify.blocks import Block, Cell, Cells, Data
from xfstats.report.verify.quoted_figures import Figure

Sheets = tuple[tuple[str, int | None], ...]
Head = tuple[str, ...]


def data(blocks: Sequence[Block]) -> Mapping[Head, Data]:
    """The sheets of data by their heads."""
    return {_head(block): block for block in blocks if isinstance(block, Data)}


def compared(
    report: Sequence[Block], anew: Mapping[Head, Data], names: Mapping[str, str]
) -> tuple[Sheets, tuple[tuple[Figure, Figure], ...], list[Block]]:
    """How many cells of each sheet were compared, those that differ, and the report's other blocks.

    `names` are what the report calls files by another name.
    """
    ours = data(report)
    sheets = tuple((one.sheet, _size(one) if head in ours else None) for head, one in anew.items())
    cells = tuple(pair for head, one in anew.items() if head in ours for pair in _differing(ours[head], one, names))
    return sheets, cells, [one for one in report if not isinstance(one, Data) or _head(one) not in anew]


def _head(sheet: Data) -> Head:
    return tuple(cell.text for cell in sheet.grid.rows[0])


def _size(sheet: Data) -> int:
    return sum(len(row) for row in sheet.grid.rows[1:])


def _differing(ours: Data, theirs: Data, names: Mapping[str, str]) -> Iterator[tuple[Figure, Figure]]:
    nothing: Cells = ()
    for row, (mine, right) in enumerate(zip_longest(ours.grid.rows, theirs.grid.rows, fillvalue=nothing), 1):
        if mine != right:
            for column, (one, other) in enumerate(zip_longest(mine, right, fillvalue=Cell())):
                if names.get(one.text, one.text) != other.text:
                    at = f"「{ours.sheet}」!{column_letter(column)}{row}"
                    yield _figure(one, at), _figure(other, at)


def _figure(cell: Cell, at: str) -> Figure:
    return Figure(cell.text, None, at, "", (None, None, None), cell=True)
