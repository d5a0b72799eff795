"""A worksheet part: where its rows are, found once, their XML in pieces of whole rows, and the merged ranges behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from xfstats.frozen import frozen
from xfstats.readers.sheet import Merge
from xfstats.readers.xlsx.package import Package
from xfstats.readers.xlsx.pieces import MAX_ELEMENT_BYTES
from xfstats.readers.xlsx.slow_rows import column_number
from xfstats.readers.xlsx.xml_tags import HandOver

_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b")
_NAME = b"sheetData"
_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*?(/?)>")
_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*[\"']\s*([A-Za-z]{1,3})(\d{1,7})(?::([A-Za-z]{1,3})(\d{1,7}))?\s*[\"']"
)
_EDGE = 64
"""Bytes at the edges of two steps of inflating in which a tag may be divided."""


@frozen
class RowsPlace:
    """The offsets in a part at which the content of <sheetData> begins and ends, and what was seen beside it."""

    begin: int
    end: int
    row_end: bytes
    """The tag that ends a row; nothing where the prefix of the part is not known."""
    tail: bytes
    """The XML that follows the rows."""
    size: int
    """Bytes of the whole part."""


@dataclass
class SheetXml:
    """A worksheet part.  Any method raises HandOver for comments, processing instructions, and more than one <sheetData>."""

    package: Package
    part: str

    @cached_property
    def place(self) -> RowsPlace:
        """Return where the rows are; the whole part is read for this."""
        return find_rows(self.package.inflate(self.part))

    def pieces(self) -> Iterator[bytes]:
        """Yield pieces of whole rows."""
        here, done, rest = self.place, 0, b""
        for content in self.package.inflate(self.part):
            first, last = here.begin - done, here.end - done
            done += len(content)
            if first >= len(content):
                continue
            rows = content if first <= 0 and last >= len(content) else content[max(first, 0) : last]
            whole = rest + rows if rest else rows
            end = whole.rfind(here.row_end) if here.row_end else -1
            end = end + len(here.row_end) if end >= 0 else 0
            if end:
                yield whole[:end]
            rest = whole[end:]
            if len(rest) > MAX_ELEMENT_BYTES:
                raise HandOver("an element without an end")
            if done >= here.end:
                break
        if rest:
            yield rest

    def merges(self) -> list[Merge]:
        """Return the merged ranges."""
        found = []
        for left, top, right, bottom in _MERGE.findall(self.place.tail):
            one = (int(top) - 1, column_number(left))
            found.append((*one, *((int(bottom) - 1, column_number(right)) if right else one)))
        return found


def find_rows(contents: Iterable[bytes]) -> RowsPlace:
    """Return where the rows of a part are; raises HandOver for comments, and where <sheetData> is not there just once."""
    steps, head, begin = iter(contents), b"", None
    while begin is None:
        content = next(steps, b"")
        head += content
        begin = _BEGIN.search(head)
        if begin is None and not content:
            raise HandOver("no rows")
        if begin is None and len(head) > MAX_ELEMENT_BYTES:
            raise HandOver("an element without an end")
    root, first = _ROOT.search(head), begin.end()
    end = first if begin[1] else -1
    done, edge, tail = first, b"", []
    for content in chain([head[first:]], steps):
        if end < 0:
            found = _END.search(edge + content) if _NAME in content or _NAME in edge + content[:_EDGE] else None
            _refuse_comments(content if found is None else content[: max(found.start() - len(edge), 0)], edge)
            if found:
                end = done - len(edge) + found.start()
                tail.append(content[found.end() - len(edge) :])
            edge = content[-_EDGE:] if len(content) >= _EDGE else (edge + content)[-_EDGE:]
        else:
            tail.append(content)
        done += len(content)
    behind = b"".join(tail)
    if end < 0 or _NAME in behind:
        raise HandOver("rows in two places")
    return RowsPlace(first, end, b"</" + root[1] + b"row>" if root else b"", behind, done)


def _refuse_comments(rows: bytes, before: bytes) -> None:
    """Raise HandOver for a comment, CDATA or processing instruction that begins in these bytes or just before them."""
    divided = before[-1:] == b"<" and rows[:1] in {b"!", b"?"}
    if divided or any(mark in rows and b"<" + mark in rows for mark in (b"!", b"?")):
        raise HandOver("rows with comments")
