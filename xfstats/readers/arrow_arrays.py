"""Arrays of Arrow as dictionaries of distinct cells: their codes, their hashes, which are empty, blank, or texts of digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from xfstats.model import Cell
from xfstats.readers import byte_words
from xfstats.readers.blanks import blank_spans
from xfstats.readers.byte_words import View, Words
from xfstats.readers.cell_hash import without_midnight
from xfstats.readers.column import Column, Mask

UNREADABLE = "(...)"
"""The cell of a nested or binary value, so that it is read as no number and no date."""


@dataclass(frozen=True)
class Encoded:
    """The cells of one column in some rows: a dictionary array, and facts about its values and the blank."""

    array: Any
    codes: NDArray[np.int32]
    """Of each row; a blank cell has the code after those of all values."""
    hashes: Words
    full: Mask
    """The values that are not empty."""
    blank: Mask
    """The values that are texts of blanks."""
    digits: Mask
    """The values that are texts of digits."""
    is_text: bool

    def rows_in(self, words: frozenset[str]) -> Mask | None:
        """Return the rows whose cell is one of some words; None where there is none."""
        if not self.is_text or not words:
            return None
        found = _flags(pc.is_in(self.array.dictionary, value_set=pa.array(sorted(words), pa.string())))
        return np.append(found, False)[self.codes] if found.any() else None


def encode(array: Any) -> Encoded:
    """Return an array of any type as a dictionary."""
    array = _dictionary(array)
    values = array.dictionary
    codes = np.asarray(array.indices.fill_null(len(values)).cast(pa.int32()))
    is_text = pa.types.is_string(values.type)
    nothing = np.zeros(len(values) + 1, bool)
    if not is_text:
        hashes = byte_words.hash_texts([without_midnight(str(cell)).encode() for cell in _texts(values)])
        full = np.append(np.ones(len(values), bool), False)
        return Encoded(array, codes, np.append(hashes, np.uint64(0)), full, nothing, nothing, is_text)
    view, start, size = _spans(values)
    hashes = byte_words.hash_spans(view, start, byte_words.plain_sizes(view, start, size))
    full = np.append(size > 0, False)
    blank = np.append(blank_spans(view, start, size), False)
    digits = np.append(byte_words.digit_spans(view, start, size), False)
    return Encoded(array, codes, np.where(full, np.append(hashes, np.uint64(0)), np.uint64(0)), full, blank, digits, is_text)


def _dictionary(array: Any) -> Any:
    """Return an array as a dictionary array without blanks among its values, which are no more than its rows."""
    array = array.storage if isinstance(array, pa.ExtensionArray) else array
    kind = array.type
    if pa.types.is_dictionary(kind):
        if pa.types.is_string(kind.value_type) and len(array.dictionary) <= len(array) and not array.dictionary.null_count:
            return array
        array = array.dictionary_decode()
        kind = array.type
    if _is_unreadable(kind):
        array = pc.if_else(array.is_null(), pa.scalar(None, pa.string()), UNREADABLE)
    elif pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind):
        array = array.cast(pa.string())
    elif pa.types.is_date64(kind):
        array = array.cast(pa.date32())
    elif pa.types.is_floating(kind):
        array = array.cast(pa.float64())
    return array.dictionary_encode()


def longest_text(array: Any) -> int:
    """Return the bytes of the longest text of an array; 0 where it holds none."""
    values = array.dictionary if pa.types.is_dictionary(array.type) else array
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return 0
    longest: int | None = pc.max(pc.binary_length(values)).as_py()
    return longest or 0


def _is_unreadable(kind: Any) -> bool:
    """True if values of a type are no cells: nested or binary ones."""
    binary = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view)
    return pa.types.is_nested(kind) or any(test(kind) for test in binary)


def _texts(values: Any) -> Sequence[object]:
    """Return the values as texts, or as objects whose text is that of their cells."""
    if pa.types.is_integer(values.type) or pa.types.is_date32(values.type):
        texts: list[str] = values.cast(pa.string()).to_pylist()
        return texts
    return cells_of(values)


def cells_of(values: Any) -> list[Cell]:
    """Return the values of an array as cells."""
    cells: list[Any] = values.to_pylist()
    if pa.types.is_decimal(values.type):
        return [value if value is None else int(value) if value == int(value) else float(value) for value in cells]
    return cells


def _spans(values: Any) -> tuple[View, NDArray[np.int64], NDArray[np.int64]]:
    """Return the bytes of an array of texts, and where each text begins and how long it is."""
    _, ends, data = values.buffers()
    if ends is None or not len(values):
        return View.of(b""), np.zeros(len(values), np.int64), np.zeros(len(values), np.int64)
    places = np.frombuffer(ends, np.int32)[values.offset : values.offset + len(values) + 1].astype(np.int64)
    view = View.of(data[int(places[0]) : int(places[-1])].to_pybytes() if data is not None else b"")
    return view, places[:-1] - places[0], np.diff(places)


def _flags(array: Any) -> Mask:
    """Return an array of truth values as a mask."""
    return np.asarray(array.to_numpy(zero_copy_only=False), bool)


def column(arrays: Sequence[Any], height: int) -> Column[Cell]:
    """Return dictionary arrays, one after another and cut at `height` rows, as a column; its values in order of appearance."""
    if not arrays or not height:
        return Column([], np.zeros(0, np.int32))
    chunked = pa.chunked_array(arrays).unify_dictionaries()
    values = chunked.chunk(0).dictionary
    codes = np.concatenate([np.asarray(chunk.indices.fill_null(len(values)).cast(pa.int32())) for chunk in chunked.chunks])[
        :height
    ]
    firsts = np.full(len(values) + 1, -1, np.int64)
    firsts[codes[::-1]] = np.arange(codes.size - 1, -1, -1)
    used = np.flatnonzero(firsts >= 0)
    used = used[np.argsort(firsts[used])]
    places = np.zeros(len(values) + 1, np.int32)
    places[used] = np.arange(used.size, dtype=np.int32)
    cells = cells_of(values.take(pa.array(used[used < len(values)])))
    for gap in np.flatnonzero(used == len(values)).tolist():
        cells.insert(gap, None)
    return Column.distinct(cells, places[codes]) if pa.types.is_decimal(values.type) else Column(cells, places[codes])
