"""Content of a report in any format: lines of text, tables and data sheets, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from xfstats.frozen import frozen

TextRun: TypeAlias = tuple[str, str | None]
"""Text and the name of the figure that it is tagged with."""


@frozen
class TextLine:
    """Line of running text, or a paragraph."""

    runs: tuple[TextRun, ...]

    @property
    def text(self) -> str:
        """Return the text without tags."""
        return "".join(text for text, _ in self.runs)


@frozen
class TableCell:
    """Text of a table's cell, the name of its figure if tagged, and its formula."""

    text: str = ""
    name: str | None = None
    formula: str | None = None


TableCells: TypeAlias = tuple[TableCell, ...]


@frozen
class Grid:
    """Table: its head, then its rows."""

    rows: tuple[TableCells, ...]


@frozen
class DataSheet:
    """Sheet with its head in the first row, which is compared cell by cell and not as a table of the report."""

    sheet: str
    grid: Grid


ReportBlock: TypeAlias = TextLine | Grid | DataSheet


def plain_line(text: str) -> TextLine:
    """Return a line without tags."""
    return TextLine(((text, None),))


def text_lines(blocks: Sequence[ReportBlock]) -> Iterator[TextLine]:
    """Yield the running text."""
    return (block for block in blocks if isinstance(block, TextLine))


def filled_grids(blocks: Sequence[ReportBlock]) -> Iterator[Grid]:
    """Yield the tables that have rows."""
    return (block for block in blocks if isinstance(block, Grid) and block.rows)
