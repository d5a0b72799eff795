"""A part in pieces that end where an element ends, each small enough to be looked at whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xfstats.readers.xlsx.xml_tags import HandOver

_MAX_ELEMENT_BYTES = 1 << 25
"""Bytes of one element beyond which it is handed over, to be refused by the limits on cells."""


def pieces(contents: Iterable[bytes], root: bytes, element: bytes) -> Iterator[bytes]:
    """Yield a part's bytes in pieces that end behind an end tag of `element`, under the prefix that `root` has; the rest last."""
    begin = re.compile(rb"<((?:\w+:)?)" + root + rb"\b")
    rest, mark = b"", b""
    for content in contents:
        whole = rest + content if rest else content
        if not mark and (found := begin.search(whole)):
            mark = b"</" + found[1] + element + b">"
        end = whole.rfind(mark) + len(mark) if mark and mark in whole else 0
        if end:
            yield whole[:end]
        rest = whole[end:]
        if len(rest) > _MAX_ELEMENT_BYTES:
            raise HandOver("an element without an end")
    yield rest
