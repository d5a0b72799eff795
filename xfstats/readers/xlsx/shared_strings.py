"""Shared texts of a workbook: one pass computes a hash of each without creating strings, another returns the wanted texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from xfstats.frozen import frozen
from xfstats.readers import byte_words
from xfstats.readers.blanks import blank_spans
from xfstats.readers.byte_words import Places, View, Words, word
from xfstats.readers.xlsx.package import Package
from xfstats.readers.xlsx.pieces import pieces
from xfstats.readers.xlsx.xml_tags import INSIDE, HandOver, text_of

_ITEM = re.compile(rb"\s*<(?:\w+:)?si\b" + INSIDE + rb"(?:/>|>(.*?)</(?:\w+:)?si\s*>)", re.DOTALL)
_ROOT = re.compile(rb"<(?:\w+:)?sst\b[^>]*>")
_OPEN, _CLOSE, _SEVEN = word(b"<si><t>"), word(b"</t></si"), byte_words.MASKS[7]
_OPEN_SIZE, _CLOSE_SIZE, _TAGS = 7, 9, 4
_LESS = 60
_EDGES = np.zeros(256, bool)
_EDGES[list(b" \t\r\n")] = True


class TextState(IntEnum):
    """Class of a text: empty, only blanks, only digits (1 to 16), or any other (SAID)."""

    SAID = 0
    BLANK = 1
    EMPTY = 2
    DIGITS = 3


@frozen
class _Spans:
    """Offsets and sizes of texts in the bytes of a view."""

    view: View
    start: Places
    size: Places

    @classmethod
    def of(cls, texts: list[bytes]) -> _Spans:
        size = np.fromiter(map(len, texts), np.int64, len(texts))
        return cls(View.of(b"".join(texts)), np.cumsum(size) - size, size)


@dataclass
class SharedStrings:
    """All shared texts of a workbook, by their numbers."""

    package: Package | None
    part: str | None
    hashes: Words = field(default_factory=lambda: np.zeros(0, np.uint64))
    states: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))
    longest: int = 0
    any_empty: bool = False
    any_other: bool = False
    """True if any text has another state than SAID."""

    def __post_init__(self) -> None:
        """Read all texts once and keep the hash and the state of each; raises HandOver for unusual XML."""
        hashes, states = [self.hashes], [self.states]
        for spans in self._spans():
            hashes.append(
                byte_words.hash_spans(spans.view, spans.start, byte_words.plain_sizes(spans.view, spans.start, spans.size))
            )
            state = blank_spans(spans.view, spans.start, spans.size).astype(np.int8)
            state[byte_words.digit_spans(spans.view, spans.start, spans.size)] = TextState.DIGITS
            state[spans.size == 0] = TextState.EMPTY
            states.append(state)
            self.longest = max(self.longest, int(spans.size.max(initial=0)))
        self.hashes, self.states = np.concatenate(hashes), np.concatenate(states)
        self.any_empty, self.any_other = bool((self.states == TextState.EMPTY).any()), bool(self.states.any())

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """Return the texts of these numbers; the part is inflated again up to the last of them."""
        found: dict[int, str] = {}
        wanted = np.unique(np.fromiter(numbers, np.int64, len(numbers)))
        base = 0
        for spans in self._spans() if wanted.size else ():
            here = wanted[np.searchsorted(wanted, base) : np.searchsorted(wanted, base + len(spans.start))]
            data, start, size = spans.view.data, spans.start[here - base], spans.size[here - base]
            for number, first, length in zip(here.tolist(), start.tolist(), size.tolist(), strict=True):
                found[number] = data[first : first + length].decode("utf-8", "surrogatepass")
            base += len(spans.start)
            if base > wanted[-1]:
                break
        return found

    def _spans(self) -> Iterator[_Spans]:
        """Yield the texts of the part, piece by piece; raises HandOver for comments and other unusual XML."""
        if self.package is None or self.part is None:
            return
        first = True
        for piece in pieces(self.package.inflate(self.part), b"sst", b"si"):
            if first:
                root = _ROOT.search(piece)
                if root is None:
                    raise HandOver("no shared texts")
                piece, first = piece[root.end() :], False  # noqa: PLW2901 - the XML before the first text is cut
            if b"<!" in piece or b"<?" in piece:
                raise HandOver("a shared text in pieces")
            spans = plain_items(piece) or tagged_items(piece)
            if len(spans.start):
                yield spans


def plain_items(piece: bytes) -> _Spans | None:
    """Return the texts if all are spelled <si><t>text</t></si> without escapes or blanks at the ends, else None."""
    if b"&" in piece or b"_x" in piece or b"\r" in piece:
        return None
    view = View.of(piece)
    tags = np.flatnonzero(view.each == _LESS)
    if not tags.size or tags.size % _TAGS:
        return None
    begin, end = tags[::_TAGS], tags[2::_TAGS]
    alike = ((view.words[begin] & _SEVEN) == _OPEN) & (view.words[end] == _CLOSE) & (view.each[end + 8] == ord(">"))
    if not alike.all() or begin[0] or end[-1] + _CLOSE_SIZE != len(piece) or (begin[1:] != end[:-1] + _CLOSE_SIZE).any():
        return None
    start = begin + _OPEN_SIZE
    if _EDGES[view.each[start]].any() or _EDGES[view.each[end - 1]].any():
        return None
    return _Spans(view, start, end - start)


def tagged_items(piece: bytes) -> _Spans:
    """Return the texts of a piece, parsed item by item; raises HandOver for other content between the items."""
    texts, place = [], 0
    while found := _ITEM.match(piece, place):
        texts.append(text_of(found[1] or b"").encode("utf-8", "surrogatepass"))
        place = found.end()
    rest = piece[place:].strip()
    if rest and not re.fullmatch(rb"</(?:\w+:)?sst\s*>|(?:<(?:\w+:)?extLst\b.*)", rest, re.DOTALL):
        raise HandOver("shared texts among other things")
    return _Spans.of(texts)
