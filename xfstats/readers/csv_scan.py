"""CSV and TSV by columns; a file with unusual quotes, overlong fields or torn records is handed over to the csv module."""

from __future__ import annotations

import codecs
import csv
import io
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

import numpy as np

from xfstats.config.limits import limit
from xfstats.config.plan import Plan
from xfstats.model import Position
from xfstats.readers.base import COUNTED_ROWS, Cells, Columns, Reader, SheetInfo, SheetStructure, TextRows
from xfstats.readers.byte_words import Places
from xfstats.readers.columns import peeked
from xfstats.readers.csv import LOOKED_THROUGH, agreed, read_delimited, stated, unwrapped
from xfstats.readers.csv_pieces import pieces, read_fields
from xfstats.readers.decoding import Sample
from xfstats.readers.gb18030 import UNSURE
from xfstats.readers.sheet import Sheet
from xfstats.readers.text_blocks import UTF_16, Blocks, BytesInMemory, first_bytes, in_utf8, plain_utf8, skip_bytes
from xfstats.readers.xlsx.cells import CellTypes
from xfstats.readers.xlsx.reader import as_columns, words_held
from xfstats.readers.xlsx.scan import Scan, Wanted
from xfstats.readers.xlsx.shared_strings import SharedStrings
from xfstats.readers.xlsx.styles import style_kinds
from xfstats.readers.xlsx.xml_tags import HandOver

T = TypeVar("T")


class CsvReader:
    """A CSV or TSV file as one sheet without a name."""

    def __init__(self, text: Blocks, sha256: str, plan: Plan, at: Position) -> None:
        """Read the whole file once for its encoding, its delimiter and the number of fields of each record."""
        self.sha256, self._plan, self._at = sha256, plan, at
        self._text = text
        self._other: Reader | None = None
        self._unsure = False
        self._told: TextRows | None = None
        self.format = "csv"
        self._read(self._look, lambda _: None)

    def _look(self) -> None:
        """Set the first encoding that fits the whole text; raises HandOver where none does."""
        csv.field_size_limit(limit("csv_field", self._plan))
        mark = first_bytes(self._text.read(), 3)
        for encoding, skipped in encodings(self._plan.encoding, mark):
            self._encoding, self._skipped = encoding, skipped
            try:
                self._count()
            except (EOFError, LookupError):
                break
            except UnicodeError:
                continue
            return
        raise HandOver("an encoding that does not fit, or a last character that is cut off")

    def _count(self) -> None:
        """Set the delimiter and count the fields of each record; raises HandOver for what the scan cannot read."""
        judged = Sample(self._plan) if self._encoding == "gb18030" and self._plan.encoding is None else None
        raw = skip_bytes(self._text.read(), self._skipped)
        blocks = without_zeros(in_utf8(raw, self._encoding, judged.take if judged else len))
        head = next(blocks, b"")
        while len(head) < LOOKED_THROUGH and (more := next(blocks, b"")):
            head += more
        text = head.decode(errors="ignore")
        rest, delimiter = stated(text)
        self._stated = len(text[: len(text) - len(rest)].encode())
        self._delimiter = self._plan.delimiter or delimiter or agreed(rest)
        if not self._delimiter.isascii():
            raise HandOver("another delimiter")
        self.format = "tsv" if self._delimiter == "\t" else "csv"
        counts, longest, self._ended = [np.zeros(0, np.int64)], 0, True
        most = min(limit("csv_field", self._plan), limit("csv_line", self._plan))
        for piece in pieces(chain([head[self._stated :]], blocks)):
            fields = read_fields(piece, self._delimiter)
            counts.append(fields.counts)
            longest = max(longest, int(fields.size.max(initial=0)))
            if len(piece) > limit("csv_line", self._plan):
                longest = max(longest, *map(len, piece.split(b"\n")))
            self._ended = piece[-1:] in {b"\n", b"\r"}
        self._unsure = False
        if judged:
            margin = judged.margin()
            if margin < 0:
                raise HandOver("an encoding that does not fit")
            self._unsure = margin < UNSURE
        self._counts = np.concatenate(counts)
        beyond = self._counts.size > limit("rows", self._plan) or self._counts.max(initial=0) > limit("columns", self._plan)
        if beyond or longest > most or torn(self._counts):
            raise HandOver("a file to be refused, or records to be rejoined")

    def _pieces(self) -> Iterator[bytes]:
        """Yield pieces of whole records in UTF-8, read anew."""
        blocks = plain_utf8(skip_bytes(self._text.read(), self._skipped), self._encoding)
        return pieces(skip_bytes(blocks, self._stated))

    def _read(self, call: Callable[[], T], other: Callable[[Reader], T]) -> T:
        """Return the result of `call`, or from the first HandOver on, that of `other` with a reader that uses the csv module."""
        if self._other is None:
            try:
                return call()
            except (HandOver, UnicodeDecodeError):
                self._other = read_delimited(b"".join(self._text.read()), self.sha256, self._plan, self._at)
                self.format = self._other.format
        return other(self._other)

    def sheets(self) -> list[SheetInfo]:
        """Return the one sheet, which has no name."""
        return [SheetInfo(0, None)]

    def peek(self, sheet: SheetInfo, rows: int) -> Cells:
        """Return the first rows, empty cells as None."""
        return self._read(lambda: self._peek(rows), lambda other: other.peek(sheet, rows))

    def _peek(self, rows: int) -> Cells:
        text = "".join(piece.decode() for piece in islice(self._pieces(), 1))
        found = islice(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter), rows)
        try:
            cells = peeked(([unwrapped(cell) for cell in row] for row in found), rows)
        except csv.Error:
            raise HandOver("a text that the csv module does not peek at") from None
        if len(cells) < min(rows, self._counts.size):
            raise HandOver("few records in much text")
        return [[None if cell == "" else cell for cell in row] for row in cells]

    def structure(self, sheet: SheetInfo) -> SheetStructure:
        """Return the structure of the sheet; its facts about the rows are complete once the columns were read."""
        return self._read(lambda: SheetStructure(text=self._told), lambda other: other.structure(sheet))

    def columns(
        self, sheet: SheetInfo, wanted: Sequence[int], first_row: int, serial: Sequence[int], marks: frozenset[str]
    ) -> Columns:
        """Return the wanted columns below the header."""
        asked = Wanted(wanted, first_row, serial, marks)
        return self._read(
            lambda: as_columns(self.scan(asked)), lambda other: other.columns(sheet, wanted, first_row, serial, marks)
        )

    def hold(self, sheet: SheetInfo, columns: Sequence[int], first_row: int, words: Collection[str]) -> frozenset[str]:
        """Return those of `words` that equal or contain a cell of these columns of names."""
        asked = Wanted(columns, first_row)
        return self._read(lambda: words_held(self.scan(asked), words), lambda other: other.hold(sheet, columns, first_row, words))

    def scan(self, wanted: Wanted) -> Sheet:
        """Return the wanted columns; a second pass is made where any column holds dittos."""
        scan = self._once(wanted, frozenset())
        if scan.untracked:
            scan = self._once(wanted, frozenset(scan.untracked))
        return scan.sheet([])

    def _once(self, wanted: Wanted, tracked: frozenset[int]) -> Scan:
        types = CellTypes(SharedStrings(None, None), style_kinds(b""), date1904=False)
        scan, last = Scan(types, wanted, tracked), array("i")
        width = int(np.bincount(self._counts).argmax()) if self._counts.size else 0
        for raw in self._pieces():
            fields = read_fields(raw, self._delimiter)
            scan.take(fields.piece(scan.last))
            last.frombytes(fields.last(width).astype(np.int32).tobytes())
        unended = int(self._counts[-1]) if self._counts.size and not self._ended else None
        counts = tuple(self._counts[:COUNTED_ROWS].tolist())
        self._told = TextRows(last, frozenset(), (), unended, self._unsure, counts)
        return scan

    def close(self) -> None:
        """Release the text."""
        self._text.close()


def read_text(data: bytes, sha256: str, plan: Plan, at: Position) -> CsvReader:
    """Return a reader of a text that is in memory."""
    return CsvReader(BytesInMemory(data), sha256, plan, at)


def encodings(stated: str | None, mark: bytes) -> list[tuple[str, int]]:
    """Return the encodings that a text may have, each with the size of the byte order mark to skip."""
    if stated is not None:
        return [(stated, 0)]
    if mark.startswith(UTF_16):
        return [("utf-16", 0)]
    return [("utf-8", len(codecs.BOM_UTF8))] if mark == codecs.BOM_UTF8 else [("utf-8", 0), ("gb18030", 0)]


def without_zeros(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the blocks; raises HandOver for one with a zero byte, which no text has."""
    for block in blocks:
        if b"\0" in block:
            raise HandOver("binary")
        yield block


def torn(counts: Places) -> bool:
    """True if two consecutive records, blank lines aside, have fewer fields than most: they may be one that was torn."""
    several = counts[counts > 1]
    if not several.size:
        return False
    numbers = np.bincount(several)
    width = int(np.flatnonzero(numbers == numbers.max())[-1])
    short = counts[counts > 0] < width
    return bool((short[1:] & short[:-1]).any())
