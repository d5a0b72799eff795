"""Vectorised operations on spans of bytes, as 64-bit words: distance to a delimiter, whole numbers, hashes.

A word of a View is the eight bytes from an offset on, in little-endian order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xfstats.frozen import frozen
from xfstats.readers.cell_hash import FIRST, LAST, SEED, mix

Words = NDArray[np.uint64]
Places = NDArray[np.int64]
UINT64 = np.uint64
PADDING = bytes(32)
"""Zeros appended to the bytes, so that a word can be read at each of them."""
MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], UINT64)
"""Masks of the lowest bytes of a word, by the number of bytes."""
_FIRST, _LAST, _START = UINT64(FIRST), UINT64(LAST), np.array([SEED], UINT64)
_LOW, _HIGH = UINT64(0x0101010101010101), UINT64(0x8080808080808080)
_TENS = np.array([10**power for power in range(9)], np.int64)
_ZEROS, _OVER_NINE = UINT64(0x3030303030303030), UINT64(0x7676767676767676)
_MIDNIGHT = UINT64(int.from_bytes(b"00:00:00", "little"))
_POINT, _ZERO, _BLANK = 46, 48, 32
_LONG = 1 << 11
"""Bytes from which on a span is handled by itself: few spans are so long, and each vectorised step has a fixed cost."""


@frozen
class View:
    """Bytes, each of them as a number, and the word that begins at each."""

    data: bytes
    each: NDArray[np.uint8]
    words: Words

    @classmethod
    def of(cls, data: bytes) -> View:
        """Return the view of some bytes."""
        padded = data + PADDING
        return cls(padded, np.frombuffer(padded, np.uint8), np.ndarray((len(padded) - 7,), "<u8", padded, strides=(1,)))


def word(text: bytes) -> np.uint64:
    """Return the word that begins with these bytes and goes on with zeros."""
    return UINT64(int.from_bytes(text, "little"))


def bytes_before(words: Words, mark: int) -> Words:
    """Return the number of bytes of each word before the first `mark`; 8 where there is none."""
    differs = words ^ (_LOW * UINT64(mark))
    zero = (differs - _LOW) & ~differs & _HIGH
    return _lowest(zero)


def digits(words: Words) -> Words:
    """Return how many digits begin each word."""
    other = words ^ _ZEROS
    return _lowest(((other + _OVER_NINE) | other) & _HIGH)


def _lowest(marked: Words) -> Words:
    """Return the number of bytes below the lowest one that is marked in its high bit."""
    below = (marked & (~marked + UINT64(1))) - UINT64(1)
    return (np.bitwise_count(below) >> 3).astype(UINT64)


def number(words: Words, size: Words) -> Words:
    """Return the whole number of the first `size` (1 to 8) digits of each word."""
    value = words << (UINT64(64) - (size << UINT64(3)))
    value &= UINT64(0x0F0F0F0F0F0F0F0F)
    value *= UINT64(2561)
    value >>= UINT64(8)
    value &= UINT64(0x00FF00FF00FF00FF)
    value *= UINT64(6553601)
    value >>= UINT64(16)
    value &= UINT64(0x0000FFFF0000FFFF)
    value *= UINT64(42949672960001)
    value >>= UINT64(32)
    return value


def long_number(words: Words, further: Words, size: Words) -> Places:
    """Return the whole number of eight digits and `size` (1 to 7) further ones, which begin the second words."""
    return number(words, np.full(words.size, 8, UINT64)).astype(np.int64) * _TENS[size] + number(further, size).astype(np.int64)


def _mix(found: Words, words: Words) -> Words:
    found = (found ^ words) * _FIRST
    found ^= found >> UINT64(32)
    return found


def _finish(found: Words, size: Words) -> Words:
    found = (found ^ size) * _LAST
    return found ^ (found >> UINT64(29))


def hash_short(words: Words, size: Words) -> Words:
    """Return the hashes of the first `size` (at most 8) bytes of each word."""
    return _finish(_mix(words & MASKS[size], _START), size)


def hash_spans(view: View, start: Places, size: Places) -> Words:
    """Return the hashes of spans."""
    sizes = size.astype(UINT64)
    found = _mix(view.words[start] & MASKS[np.minimum(sizes, UINT64(8))], _START)
    live, done = np.flatnonzero(sizes > 8), 8
    while live.size and done < _LONG:
        left = sizes[live] - UINT64(done)
        found[live] = _mix(found[live], view.words[start[live] + done] & MASKS[np.minimum(left, UINT64(8))])
        done += 8
        live = live[left > 8]
    for one in live.tolist():
        found[one] = mix(int(found[one]), view.data[start[one] + done : start[one] + size[one]])
    return _finish(found, sizes)


class HashSet:
    """A set of a few hashes with a vectorised membership test: a table indexed by 16 bits of the hash rules out nearly all."""

    def __init__(self, hashes: Words) -> None:
        """Take the members."""
        self._hashes, self._slots = hashes, np.zeros(1 << 16, bool)
        self._slots[_slot(hashes)] = True

    def holds(self, hashes: Words) -> NDArray[np.bool_]:
        """Return a mask of those hashes that are members."""
        found: NDArray[np.bool_] = self._slots[_slot(hashes)]
        maybe = np.flatnonzero(found)
        found[maybe] = np.isin(hashes[maybe], self._hashes, kind="sort")
        return found


def _slot(hashes: Words) -> Places:
    return (hashes >> UINT64(48)).astype(np.int64)


def begins_with_digit(view: View, start: Places) -> NDArray[np.bool_]:
    """Return a mask of the spans that begin with a digit."""
    return view.each[start] - np.uint8(_ZERO) < 10


def digit_spans(view: View, start: Places, size: Places) -> NDArray[np.bool_]:
    """Return a mask of the spans that are 1 to 16 digits and nothing else."""
    first = digits(view.words[start]).astype(np.int64)
    found = (size > 0) & (size <= 16) & (first >= np.minimum(size, 8))
    long = np.flatnonzero(found & (size > 8))
    found[long] = digits(view.words[start[long] + 8]).astype(np.int64) >= size[long] - 8
    return found


def digit_numbers(view: View, start: Places, size: Places) -> tuple[NDArray[np.bool_], Places]:
    """Return a mask of the spans that are 1 to 15 digits without a leading zero, and the numbers of these."""
    first = view.each[start]
    found = (first - np.uint8(_ZERO) < 10) & ((first != _ZERO) | (size == 1)) & (size > 0) & (size < 16)
    maybe = np.flatnonzero(found)
    words, sizes = view.words[start[maybe]], size[maybe].astype(UINT64)
    head = np.minimum(sizes, UINT64(8))
    alike = digits(words) >= head
    numbers = number(words, np.maximum(head, UINT64(1))).astype(np.int64)
    long = np.flatnonzero(alike & (sizes > UINT64(8)))
    if long.size:
        further, rest = view.words[start[maybe[long]] + 8], sizes[long] - UINT64(8)
        alike[long] = digits(further) >= rest
        numbers[long] = numbers[long] * _TENS[rest] + number(further, rest).astype(np.int64)
    found[maybe] = alike
    return found, numbers[alike]


def size_until(view: View, start: Places, mark: int) -> Places:
    """Return the number of bytes from each offset to the next `mark`, which must follow each of them."""
    size = bytes_before(view.words[start], mark).astype(np.int64)
    live, done = np.flatnonzero(size == 8), 8
    while live.size and done < _LONG:
        further = bytes_before(view.words[start[live] + size[live]], mark).astype(np.int64)
        size[live] += further
        live, done = live[further == 8], done + 8
    for one in live.tolist():
        size[one] = view.data.index(mark, start[one] + done) - start[one]
    return size


def hash_texts(texts: Sequence[bytes]) -> Words:
    """Return the hashes of texts."""
    size = np.fromiter(map(len, texts), np.int64, len(texts))
    return hash_spans(View.of(b"".join(texts)), np.cumsum(size) - size, size)


def plain_sizes(view: View, start: Places, size: Places) -> Places:
    """Return the sizes of the spans without a midnight or ".0" at their ends, by the rule of `cell_hash.without_midnight`."""
    end = start + size
    last = view.each[end - 1]
    ending = np.flatnonzero((last == _ZERO) & (size > 1))
    if not ending.size:
        return size
    end, size = end[ending], size.copy()
    midnight = (size[ending] >= 9) & (view.words[np.maximum(end - 8, 0)] == _MIDNIGHT) & (view.each[end - 9] == _BLANK)
    size[ending] -= 9 * midnight
    end = start[ending] + size[ending]
    size[ending] -= 2 * ((size[ending] > 1) & (view.each[end - 1] == _ZERO) & (view.each[end - 2] == _POINT))
    return size
