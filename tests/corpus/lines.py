"""Lines of a sheet with merges and number formats of their own, stacked into a grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.writers import Cell, Sheet

from .truth import Record


@dataclass(frozen=True)
class Line:
    """One row; merges are (rows down, first column, last column), 0-based, from this row; `record` is what it tells."""

    cells: Sequence[Cell]
    merges: Sequence[tuple[int, int, int]] = ()
    formats: Mapping[int, int] = field(default_factory=dict)
    record: Record | None = None

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


def stacked(name: str, lines: Sequence[Line], *, right: int = 0, hidden: frozenset[int] = frozenset()) -> Sheet:
    """The sheet of these lines, moved right by some blank columns; `hidden` are 0-based lines."""
    merges = [
        (row + 1, first + right + 1, row + down + 1, last + right + 1)
        for row, line in enumerate(lines)
        for down, first, last in line.merges
        if down or first != last
    ]
    formats = {
        (row + 1, column + right + 1): number_format
        for row, line in enumerate(lines)
        for column, number_format in line.formats.items()
    }
    rows = [[*[None] * right, *line.cells] for line in lines]
    return Sheet(name, rows, merges, "visible", frozenset(row + 1 for row in hidden), formats)
