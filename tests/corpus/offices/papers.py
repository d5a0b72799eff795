"""A sheet as an office keeps it: lines above, a header of one row or two, rows, a total, notes below, other sheets."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from tests.writers import Cell, Sheet

from .matters import Matter

Fill: TypeAlias = Callable[[Matter, int], Cell]
Column: TypeAlias = tuple[str, Fill]

TITLE, OFFICE, UNITS, TOTAL, BLANK, FOOT, OFFSET, HIDDEN = (
    "title",
    "office",
    "units",
    "total",
    "blank",
    "foot",
    "offset",
    "hidden",
)
ALL = (TITLE, OFFICE, UNITS, TOTAL, BLANK, FOOT, OFFSET, HIDDEN)
NOTES = (
    "注：1.本表由测试单位每月5日前填报；2.数据来源于登记台账。",
    "说明：红色为重点督办事项。",
    "备注：以上数据截至填报当日。",
)
REMARKS = ("Notes: figures are provisional and for internal use.", "* Includes matters passed on by other teams.")


def serial(_matter: Matter, at: int) -> Cell:
    """The number of the row."""
    return at


def number(prefix: str, digits: int = 5) -> Fill:
    """A number of its own for each matter."""
    return lambda _matter, at: f"{prefix}{at:0{digits}}"


def word(matter: Matter, _at: int) -> Cell:
    """The status."""
    return matter.word


def persons(matter: Matter, _at: int) -> Cell:
    """The head count."""
    return matter.persons


def told(name: str, spell: Callable[[Any], Cell] = lambda value: value) -> Fill:
    """A fact of the matter."""
    return lambda matter, _at: spell(matter.told.get(name))


def received(spell: Callable[[date], Cell] = lambda day: day) -> Fill:
    """The day of receipt."""
    return lambda matter, _at: spell(matter.received) if matter.received else None


def closed(spell: Callable[[date], Cell] = lambda day: day) -> Fill:
    """The day of closing."""
    return lambda matter, _at: spell(matter.closed) if matter.closed else None


def always(*cells: Cell) -> Fill:
    """Cells in turn that no figure depends on."""
    return lambda _matter, at: cells[at % len(cells)]


@dataclass
class Paper:
    """One sheet; lines are added in order, and those below the header are counted."""

    name: str = "Sheet1"
    lines: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    header: int = 0  # lines down to the header
    right: int = 0
    hidden: frozenset[int] = frozenset()

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge cells, 0-based, of the lines as they are without the blank columns at the left."""
        self.merges.append((top + 1, left + 1 + self.right, bottom + 1, right + 1 + self.right))

    @property
    def sheet(self) -> Sheet:
        """The sheet for the writers."""
        rows = [[*[None] * self.right, *line] for line in self.lines]
        return Sheet(self.name, rows, self.merges, hidden_columns=frozenset(at + 1 + self.right for at in self.hidden))

    @property
    def rows(self) -> int:
        """Rows below the header down to the last that is not blank."""
        last = max(at for at, line in enumerate(self.lines, start=1) if any(cell not in {None, ""} for cell in line))
        return last - self.header


def paper(
    rng: random.Random,
    columns: Sequence[Column],
    matters: Sequence[Matter],
    *,
    name: str = "Sheet1",
    title: str = "",
    mess: Sequence[str] = (),
    parents: Mapping[str, tuple[int, int]] | None = None,
    english: bool = False,
) -> Paper:
    """The sheet of these matters; `parents` are labels over columns from the first to the last, 0-based."""
    made = Paper(name, right=1 if OFFSET in mess else 0)
    width = len(columns)
    if title and TITLE in mess:
        made.merge(0, 0, 0, width - 1)
        made.lines.append([title])
    if OFFICE in mess:
        left = "Prepared by: Test Team" if english else "填报单位：测试市信访局（盖章）"
        made.lines.append([left, *[None] * (width - 1)])
    if UNITS in mess and not english:
        made.lines.append([*[None] * (width - 1), "单位：件、人"])
    _head(made, [heading for heading, _ in columns], parents or {})
    made.header = len(made.lines)
    for at, matter in enumerate(matters, start=1):
        made.lines.append([fill(matter, at) for _, fill in columns])
    if BLANK in mess:
        for _ in range(2):
            made.lines.insert(rng.randint(made.header + 3, len(made.lines) - 2), [None] * width)
    if TOTAL in mess:
        made.lines.append(_total(rng, columns, matters, english=english))
    if FOOT in mess:
        made.lines += [[], [rng.choice(REMARKS if english else NOTES)]]
    if HIDDEN in mess:
        made.hidden = frozenset({width - 1})
    return made


def _head(made: Paper, labels: Sequence[str], parents: Mapping[str, tuple[int, int]]) -> None:
    if not parents:
        made.lines.append(list(labels))
        return
    top = len(made.lines)
    upper: list[Cell] = list(labels)
    lower: list[Cell] = list(labels)
    for label, (first, last) in parents.items():
        upper[first : last + 1] = [label, *[None] * (last - first)]
        made.merge(top, first, top, last)
    covered = {at for first, last in parents.values() for at in range(first, last + 1)}
    for at in range(len(labels)):
        if at not in covered:
            lower[at] = None
            made.merge(top, at, top + 1, at)
    made.lines += [upper, lower]


def _total(rng: random.Random, columns: Sequence[Column], matters: Sequence[Matter], *, english: bool) -> list[Cell]:
    """A total row: its label first, the sum of the heads, else how many rows there are."""
    cells: list[Cell] = [None] * len(columns)
    cells[0] = "Total" if english else rng.choice(("合计", "合 计", "总计"))
    at = next((at for at, (_, fill) in enumerate(columns) if fill is persons), None)
    if at is None:
        cells[1] = len(matters) if english else f"共{len(matters)}件"
    else:
        cells[at] = sum(one.persons for one in matters)
    return cells


def notes() -> Sheet:
    """Instructions in prose."""
    return Sheet("填表说明", [["填表说明"], ["一、各单位按月登记，不得漏登。"], ["二、日期填写到日。"]])


def remarks() -> Sheet:
    """The same in English."""
    return Sheet("Read me", [["About this workbook"], ["One line for each matter."], ["Do not delete the header."]])
