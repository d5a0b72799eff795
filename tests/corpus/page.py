"""One sheet of a log: what stands above the table, its header, its rows, and how many rows that makes."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tests.writers import Sheet

from .cells import Speller
from .header import below, header, labels
from .lines import Line, stacked
from .mess import MESSES
from .rows import Writer
from .truth import Record, Rows


@dataclass(frozen=True)
class Context:
    """What the lines above a table say; an empty title is none."""

    kind: str
    title: str
    year: int
    date1904: bool = False


@dataclass(frozen=True)
class Page:
    """A sheet with the records that are in it."""

    sheet: Sheet
    lines: Sequence[Line]
    top: int  # lines above the rows
    records: Sequence[Record]
    right: int = 0

    @property
    def rows(self) -> Rows:
        """The reconciliation of this sheet."""
        below_header = len(_trimmed(self.lines)) - self.top
        rejected = sum(record.rejected for record in self.records)
        counted = len(self.records) - rejected
        return Rows(below_header, counted, rejected, below_header - counted - rejected)

    @property
    def copied(self) -> Rows:
        """The reconciliation of this sheet where it is the copy of another."""
        rows = self.rows.rows
        return Rows(rows=rows, skipped=rows)

    def filtered(self, rng: random.Random, name: str) -> "Page":
        """A second sheet with some of the rows, as a filter and a copy leave them."""
        head = list(self.lines[: self.top])
        kept = [line for line in self.lines[self.top :] if line.record is not None and rng.random() < 0.6]
        records = [line.record for line in kept if line.record is not None]
        lines = [*head, *kept]
        return Page(stacked(name, lines, right=self.right), lines, self.top, records, self.right)


def _trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    end = len(lines)
    while end and lines[end - 1].blank:
        end -= 1
    return lines[:end]


def above(rng: random.Random, context: Context, width: int, mess: Collection[str]) -> list[Line]:
    """Blank lines, title, office and unit of measure."""
    lines = [Line([])] * rng.randint(1, 3) if "offset-table" in mess else []
    if context.title:
        lines.append(Line([context.title], [(0, 0, width - 1)]))
    if "office-line" in mess:
        filed = f"填报日期：{context.year}年12月31日"
        lines.append(Line(["填报单位：甲市信访局（盖章）", *[None] * (width - 3), filed]))
    if "unit-line" in mess:
        lines.append(Line([*[None] * (width - 1), "单位：批、人次" if context.kind == "visits" else "单位：件"]))
    return lines


def page(
    rng: random.Random, name: str, context: Context, columns: Sequence[str], records: Sequence[Record], mess: Sequence[str]
) -> Page:
    """The sheet of these records in this mess."""
    own = [one for one in mess if context.kind in MESSES[one].kinds]
    speller = Speller(rng, own, context.year, date1904=context.date1904)
    writer = Writer(rng, columns, speller, own)
    heading = header(columns, labels(rng, context.kind, columns, own), own)
    sample = writer.row(replace(records[0], rejected=False, written={}))
    writer.serial, writer.last = 0, None
    top = [*above(rng, context, len(columns), own), *heading]
    body = writer.body(records, heading)
    lines = [*top, *below(columns, own, sample.cells), *body.lines]
    right = rng.randint(1, 2) if "offset-table" in own else 0
    hidden = [at for at in range(len(top), len(lines)) if "hidden-rows" in own and rng.random() < 0.3]
    return Page(stacked(name, lines, right=right, hidden=frozenset(hidden)), lines, len(top), body.records, right)
