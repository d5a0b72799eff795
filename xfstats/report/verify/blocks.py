"""What a report consists of, whatever its form: lines of text, tables, and sheets of data, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

TextRun: TypeAlias = tuple[str, str | None]
"""A stretch of text, and the name of the figure that it is tagged with."""


@dataclass(frozen=True)
class TextLine:
    """A line of running text, or a paragraph."""

    runs: tuple[TextRun, ...]

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True)
class TableCell:
    """What stands in a cell of a table, the name of its figure if tagged, and the formula that gives it."""

    text: str = ""
    name: str | None = None
    formula: str | None = None


TableCells: TypeAlias = tuple[TableCell, ...]


@dataclass(frozen=True)
class Grid:
    """A table: its head, then its rows."""

    rows: tuple[TableCells, ...]


@dataclass(frozen=True)
class DataSheet:
    """A sheet with its head in its first row: compared cell by cell, not as a table of the report."""

    sheet: str
    grid: Grid


ReportBlock: TypeAlias = TextLine | Grid | DataSheet


def plain_line(text: str) -> TextLine:
    """A line without tags."""
    return TextLine(((text, None),))


def text_lines(blocks: Sequence[ReportBlock]) -> Iterator[TextLine]:
    """The running text."""
    return (block for block in blocks if isinstance(block, TextLine))


def filled_grids(blocks: Sequence[ReportBlock]) -> Iterator[Grid]:
    """The tables."""
    return (block for block in blocks if isinstance(block, Grid) and block.rows)
