"""Delimited text in pieces of whole records: fields are found in numpy where quoting is plain, by the csv module elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from xfstats.frozen import frozen
from xfstats.readers import byte_words
from xfstats.readers.byte_words import Places, View
from xfstats.readers.csv import swallowed, unwrapped
from xfstats.readers.xlsx.cells import Kind, Piece
from xfstats.readers.xlsx.xml_tags import HandOver

_LONGEST = 1 << 25
_LINES = 1000
"""Most lines that are searched backwards for the end of a record."""
_QUOTE, _LINE, _RETURN, _BLANK = 34, 10, 13, 32


@frozen
class Fields:
    """The fields of some records: the offset of each in the bytes of the view, its size, and the number of fields a record."""

    view: View
    start: Places
    size: Places
    counts: Places

    def first(self) -> Places:
        """Return the index of each record's first field."""
        return np.cumsum(self.counts) - self.counts

    def piece(self, above: int) -> Piece:
        """Return the fields as cells of the rows after the row `above`; a record without a field has no cells."""
        sizes = byte_words.plain_sizes(self.view, self.start, self.size)
        full = self.size > 0
        hashes = byte_words.hash_spans(self.view, self.start, sizes)
        hashes[~full] = 0
        some = np.flatnonzero(self.counts)
        columns = np.arange(self.start.size) - np.repeat(self.first(), self.counts)
        return Piece(
            self.view,
            some + above + 1,
            self.first()[some],
            columns.astype(np.int32),
            np.where(full, np.int8(Kind.SPAN), np.int8(Kind.EMPTY)),
            self.start,
            hashes,
            above + self.counts.size,
            sizes=self.size,
        )

    def last(self, width: int) -> Places:
        """Return the index of the last field of each record that is not empty, -1 where there is none.

        Of a record with more fields than the `width` of most, of which one begins with a blank where no other record's does, it
        is the last field: an unquoted comma of a text, which a blank follows, has moved the cells behind it.
        """
        found = np.full(self.counts.size, -1)
        full = np.flatnonzero(self.size)
        rows = np.repeat(np.arange(self.counts.size), self.counts)
        np.maximum.at(found, rows[full], full - self.first()[rows[full]])
        long = (self.counts > width)[rows]
        if long.any():
            columns = np.arange(self.start.size) - self.first()[rows]
            spaced = np.zeros(self.start.size, bool)
            spaced[full] = (self.view.each[self.start[full]] == _BLANK) & (columns[full] > 0)
            moved = np.unique(rows[spaced & long & ~np.isin(columns, columns[spaced & ~long])])
            found[moved] = self.counts[moved] - 1
        return found


def pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces of whole records, up to a line end with an even number of quotes before; raises HandOver where none comes."""
    kept = b""
    for block in blocks:
        kept += block
        if end := whole_records(kept):
            yield kept[:end]
            kept = kept[end:]
        elif len(kept) > _LONGEST:
            raise HandOver("a quoted field without an end")
    if kept:
        yield kept


def whole_records(text: bytes) -> int:
    r"""Return the end of one of the last lines before which the quotes are even in number; 0 where there is none.

    >>> whole_records(b'1,a\n2,"b\nc'), whole_records(b'1,"a\nb')
    (4, 0)
    """
    end = text.rfind(b"\n") + 1
    quotes = text.count(b'"', 0, end)
    for _ in range(_LINES):
        if quotes % 2 == 0:
            return end
        start = text.rfind(b"\n", 0, end - 1) + 1
        quotes -= text.count(b'"', start, end)
        end = start
    return 0


def read_fields(raw: bytes, delimiter: str) -> Fields:
    """Return the fields of whole records; raises HandOver for invalid quotes and for a field that holds records."""
    found = quick_fields(raw, delimiter)
    return found if found is not None else slow_fields(raw, delimiter)


def quick_fields(raw: bytes, delimiter: str) -> Fields | None:
    """Return the fields if none contains a quote or a line end and quotes enclose whole fields only, else None."""
    if not raw.endswith(b"\n"):
        raw += b"\n"
    view = View.of(raw)
    each = view.each[: len(raw)]
    ends = np.flatnonzero((each == ord(delimiter)) | (each == _LINE))
    quotes = np.flatnonzero(each == _QUOTE) if b'"' in raw else np.zeros(0, np.int64)
    if quotes.size:
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
    lines = each[ends] == _LINE
    if np.count_nonzero(lines) != raw.count(b"\n"):
        return None
    begin = np.append(0, ends[:-1] + 1)
    stop = ends.copy()
    if b"\r" in raw:
        returns = lines & (each[np.maximum(ends - 1, 0)] == _RETURN) & (ends > begin)
        if np.count_nonzero(returns) != raw.count(b"\r"):
            return None
        stop -= returns
    counts = np.diff(np.append(-1, np.flatnonzero(lines)))
    empty = _empty_lines(begin, stop, lines, counts)
    start, size = begin, stop - begin
    if quotes.size:
        inside = np.searchsorted(quotes, stop) - np.searchsorted(quotes, begin)
        around = (inside == 2) & (size > 1) & (each[begin] == _QUOTE) & (each[np.maximum(stop - 1, 0)] == _QUOTE)
        if not (around | (inside == 0)).all():
            return None
        start, size = begin + around, size - 2 * around
    return Fields(view, start[~empty], size[~empty], counts - np.bincount(np.cumsum(lines)[empty] - 1, minlength=counts.size))


def _empty_lines(begin: Places, stop: Places, lines: NDArray[np.bool_], counts: Places) -> NDArray[np.bool_]:
    """Return a mask of the fields that are empty lines, which are records without a field."""
    alone = np.zeros(begin.size, bool)
    alone[np.flatnonzero(lines)[counts == 1]] = True
    alone &= begin == stop
    return alone


def slow_fields(raw: bytes, delimiter: str) -> Fields:
    """Return the fields as the csv module reads them; raises HandOver for invalid quotes and for a field that holds records."""
    reader = csv.reader(io.StringIO(raw.decode(), newline=""), delimiter=delimiter, strict=True)
    records, line = [], 0
    try:
        for record in reader:
            if reader.line_num > line + 1 and swallowed(record, delimiter):
                raise HandOver("a field that holds records")
            records.append([unwrapped(cell).encode() for cell in record])
            line = reader.line_num
    except csv.Error:
        raise HandOver("quotes as they cannot stand") from None
    flat = [cell for record in records for cell in record]
    size = np.fromiter(map(len, flat), np.int64, len(flat))
    counts = np.fromiter(map(len, records), np.int64, len(records))
    return Fields(View.of(b"".join(flat)), np.cumsum(size) - size, size, counts)
