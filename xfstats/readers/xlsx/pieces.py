"""Splitting of a part into pieces that end at the end of an element, each small enough to be parsed at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xfstats.readers.xlsx.xml_tags import HandOver

MAX_ELEMENT_BYTES = 1 << 25
"""Most bytes of one element; a larger one is handed over and refused by the limits on cells."""


def pieces(contents: Iterable[bytes], root: bytes, element: bytes) -> Iterator[bytes]:
    """Yield a part in pieces that end after an end tag of `element`, with the prefix of `root`; then the rest."""
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
        if len(rest) > MAX_ELEMENT_BYTES:
            raise HandOver("an element without an end")
    yield rest
