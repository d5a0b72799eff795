"""One office: its files, what is typed, and what must come of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from tests.corpus.truth import AS_OF, Rows
from tests.writers import Sheet, write

from .matters import Truth
from .papers import Paper

TIER = "office"


@dataclass(frozen=True)
class Book:
    """A workbook or text file to be written."""

    sheets: Sequence[Sheet]
    fmt: str


Content: TypeAlias = Book | bytes
Answers: TypeAlias = Sequence[tuple[Truth, ...]]


@dataclass(frozen=True)
class Right:
    """What a right answer is: one of some sets of tables, or a refusal; what must be said, and what must not."""

    tables: Answers = ()
    rows: Rows | None = None
    refuse: bool = False
    said: str = ""  # a pattern that a finding must match
    unsaid: tuple[str, ...] = ()  # codes of findings that would be false
    words: tuple[str, ...] = ()  # what the line of a refusal must hold


@dataclass(frozen=True)
class Office:
    """Files in a folder of their own, the words typed after `summarize`, and what is right."""

    key: str
    fault: str  # the entry of the list of faults, or the shape
    files: Sequence[tuple[str, Content]]
    right: Right
    words: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()  # the arguments; none: every file
    tier: str = TIER
    kind: str = field(default="office", init=False)

    @property
    def mess(self) -> tuple[str, ...]:
        """The fault, as the kinds of mess of other logs."""
        return (self.fault,)

    @property
    def file(self) -> str:
        """The names of its files."""
        return " ".join(name for name, _ in self.files)

    def save(self, folder: Path) -> Path:
        """Write the files into a folder of their own."""
        own = folder / self.key
        own.mkdir(parents=True)
        for name, content in self.files:
            if isinstance(content, bytes):
                (own / name).write_bytes(content)
            else:
                write(own / name, content.sheets, content.fmt)
        return own

    def typed(self) -> list[str]:
        """The words of the command."""
        inputs = self.inputs or tuple(name for name, _ in self.files)
        return ["summarize", *inputs, "-f", "json", "--as-of", AS_OF.isoformat(), *self.words]


def seeded(key: str) -> random.Random:
    """The generator of an office: everything about it follows from its key."""
    return random.Random(f"office {key}")


def tabled(papers: Sequence[Paper], count: int, *truths: Truth, said: str = "", unsaid: tuple[str, ...] = ()) -> Right:
    """These tables of so many records, every other row below the headers skipped."""
    rows = sum(one.rows for one in papers)
    return Right((truths,), Rows(rows, count, skipped=rows - count), said=said, unsaid=unsaid)


def book(fmt: str, *sheets: Sheet) -> Book:
    """A book of these sheets; a text file holds the first only."""
    return Book(sheets if fmt in {"xlsx", "xls", "ods", "et", "html-xls"} else sheets[:1], fmt)
