"""What a report consists of, whatever its form: lines of text, tables, and sheets of data, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Run: TypeAlias = tuple[str, str | None]
"""A stretch of text, and the name of the figure that it is tagged with."""


@dataclass(frozen=True)
class Line:
    """A line of running text, or a paragraph."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True)
class Cell:
    """What stands in a cell of a table, the name of its figure if tagged, and the formula that gives it."""

    text: str = ""
    name: str | None = None
    formula: str | None = None


Cells: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """A table: its head, then its rows."""

    rows: tuple[Cells, ...]


@dataclass(frozen=True)
class Data:
    """A sheet with its head in its first row: compared cell by cell, not as a table of the report."""

    sheet: str
    grid: Grid


Block: TypeAlias = Line | Grid | Data


def line(text: str) -> Line:
    """A line without tags."""
    return Line(((text, None),))


def lines(blocks: Sequence[Block]) -> Iterator[Line]:
    """The running text."""
    return (block for block in blocks if isinstance(block, Line))


def grids(blocks: Sequence[Block]) -> Iterator[Grid]:
    """The tables."""
    return (block for block in blocks if isinstance(block, Grid) and block.rows)
