"""The rows below the header: records, and all that stands between and after them."""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tests.writers import Cell, Formula

from .cells import Speller
from .drawing import GROUPINGS
from .lines import Line
from .truth import Record

FOOTNOTES = (
    ["注：1.人次按来访人数累计；2.本表每月5日前报送。"],
    ["备注：以上数据由测试科统计。"],
    ["填表人：测试科甲", None, "审核人：测试科乙", None, "填报日期：    年  月  日"],
    ["说明：本表一式两份。"],
)
TOTALS = ("合计", "合 计", "总计", "总  计", "合　计")


@dataclass(frozen=True)
class Body:
    """The lines below the header in order, and the records as they now stand (an export may have lost groups)."""

    lines: list[Line]
    records: list[Record]


class Writer:
    """Writes the records of one sheet, row by row."""

    def __init__(self, rng: random.Random, columns: Sequence[str], speller: Speller, mess: Collection[str]) -> None:
        self.rng = rng
        self.columns = list(columns)
        self.speller = speller
        self.mess = mess
        self.serial = 0
        self.last: Line | None = None
        self.by = next((name for name in ("level", *GROUPINGS) if name in columns), None)

    def body(self, records: Sequence[Record], heading: Sequence[Line]) -> Body:
        """Every line below the header."""
        grouped = {"merged-groups", "unmerged-export", "subtotals", "section-rows"} & set(self.mess)
        kept = sorted(records, key=lambda record: record.group(self.by) or "") if grouped and self.by else list(records)
        if "unmerged-export" in self.mess:
            kept = self._without_repeated_groups(kept)
        lines = self._groups(kept) if grouped and "unmerged-export" not in self.mess else self._rows(kept)
        if "repeated-header" in self.mess:
            lines = self._with_headers(lines, heading)
        if "blank-rows" in self.mess:
            for _ in range(self.rng.randint(1, 3)):
                lines.insert(self.rng.randint(1, len(lines) - 1), Line([self.speller.blank()] * len(self.columns)))
        if "numbered-blanks" in self.mess:
            lines += [Line([self.serial + more, *[None] * (len(self.columns) - 1)]) for more in range(1, self.rng.randint(4, 9))]
        return Body(self._framed(lines, kept), kept)

    def row(self, record: Record) -> Line:
        """One record as one line."""
        self.serial += 1
        if self.last and self.last.record is record:  # the same row once more, but for its serial
            same = [self.serial if name == "serial" else cell for name, cell in zip(self.columns, self.last.cells, strict=True)]
            return replace(self.last, cells=same)
        cells: list[Cell] = []
        formats: dict[int, int] = {}
        for column, name in enumerate(self.columns):
            cell, number_format = self.speller.cell(record, name, self.serial)
            cells.append(cell)
            if number_format is not None:
                formats[column] = number_format
        self.last = Line(cells, (), formats, record)
        return self.last

    def _rows(self, records: Sequence[Record]) -> list[Line]:
        lines: list[Line] = []
        for record in records:
            line = self.row(record)
            spread = "continuation" in self.mess and not record.written and self.rng.random() < 0.3
            lines += self._spread(line) if spread else [line]
        return lines

    def _spread(self, line: Line) -> list[Line]:
        """One visit over several rows, one a visitor; everything but the visitor is merged."""
        more = self.rng.randint(1, 3)
        own = [column for column, name in enumerate(self.columns) if name in {"name", "identity", "telephone", "address"}]
        merges = [(more, column, column) for column in range(len(self.columns)) if column not in own]
        rest: list[list[Cell]] = [[None] * len(line.cells) for _ in range(more)]
        for cells in rest:
            for column in own:
                cells[column] = self.speller.fixed(self.columns[column], self.serial)
        return [replace(line, merges=merges), *(Line(cells) for cells in rest)]

    def _groups(self, records: Sequence[Record]) -> list[Line]:
        """The rows group by group, each perhaps under a heading, merged, and with a subtotal."""
        lines: list[Line] = []
        column = self.columns.index(self.by) if self.by else 0
        for number, (group, members) in enumerate(groupby(records, key=lambda record: record.group(self.by))):
            kept = list(members)
            if "section-rows" in self.mess and group:
                lines.append(Line([f"{'一二三四五六七八九'[number]}、{group}", *[None] * (len(self.columns) - 1)]))
            rows = self._rows(kept)
            if "merged-groups" in self.mess and group and len(rows) > 1:
                rows = self._merged(rows, column)
            lines += rows
            if "subtotals" in self.mess:
                lines.append(self._total(kept, self.rng.choice(["小计", "小 计", f"{group or ''}小计"]), column))
        return lines

    @staticmethod
    def _merged(rows: Sequence[Line], column: int) -> list[Line]:
        first, *rest = rows
        merged = [replace(first, merges=[*first.merges, (len(rest), column, column)])]
        return merged + [replace(line, cells=[*line.cells[:column], None, *line.cells[column + 1 :]]) for line in rest]

    def _without_repeated_groups(self, records: Sequence[Record]) -> list[Record]:
        """What is true of an export that lost its merges: only the first row of a run has a group."""
        kept: list[Record] = []
        for _, members in groupby(records, key=lambda record: record.group(self.by)):
            first, *rest = members
            kept += [first, *(replace(record, **{self.by: None}) if self.by else record for record in rest)]
        return kept

    def _with_headers(self, lines: Sequence[Line], heading: Sequence[Line]) -> list[Line]:
        every = self.rng.randint(6, 12)
        pages = [list(lines[at : at + every]) for at in range(0, len(lines), every)]
        return [line for number, page in enumerate(pages) for line in ([*heading, *page] if number else page)]

    def _total(self, records: Sequence[Record], label: str, at: int, *, wrong: int = 0) -> Line:
        cells: list[Cell] = [None] * len(self.columns)
        cells[at] = label
        for name, value in self._sums(records, wrong).items():
            if name in self.columns and self.columns.index(name) != at:
                cells[self.columns.index(name)] = value
        return Line(cells)

    def _sums(self, records: Sequence[Record], wrong: int) -> dict[str, Cell]:
        sums: dict[str, Cell] = {}
        how: Callable[[int], Cell] = self.rng.choice([
            lambda value: value,
            lambda value: Formula(f"SUM(A1:A{value})", value),
            lambda _value: Formula("SUM(A1:A9)", None),
        ])  # fmt: skip
        for name in ("persons", "batches"):
            if name in self.columns:
                value = sum(getattr(record, name) for record in records if not record.rejected) + wrong
                sums[name] = how(value)
        return sums or {"received_on": f"共{len(records) + wrong}件"}

    def _framed(self, lines: list[Line], records: Sequence[Record]) -> list[Line]:
        """The lines with a total first or last, and what people write under a table."""
        label = self.rng.choice(TOTALS)
        if "total-first" in self.mess:
            lines = [self._total(records, label, 0), *lines]
        if {"total-last", "total-disagrees"} & set(self.mess):
            lines = [*lines, self._total(records, label, 0, wrong=3 if "total-disagrees" in self.mess else 0)]
        if "blank-below" in self.mess:
            lines.append(Line(["（以下空白）"]))
        if "footnotes" in self.mess:
            lines += [Line([])] * self.rng.randint(0, 1)
            lines += [Line(cells) for cells in self.rng.sample(FOOTNOTES, self.rng.randint(1, 2))]
        return lines
