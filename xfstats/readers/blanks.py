"""Detection of blank texts among many spans at once: only spans whose first byte can begin a blank are decoded."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xfstats.readers.byte_words import Places, View

BLANKS = " \t\r\n\u3000\xa0\u200b\ufeff"
_LEAD = np.zeros(256, bool)
_LEAD[[blank.encode()[0] for blank in BLANKS]] = True


def is_blank(text: str) -> bool:
    """True if a text holds nothing but blanks."""
    return not text.strip(BLANKS)


def may_be_blank(view: View, start: Places) -> NDArray[np.bool_]:
    """Return a mask of the spans whose first byte can begin a blank text."""
    return _LEAD[view.each[start]]


def blank_spans(view: View, start: Places, size: Places) -> NDArray[np.bool_]:
    """Return a mask of the spans that are not empty and hold nothing but blanks."""
    found = _LEAD[view.each[start]] & (size > 0)
    for place in np.flatnonzero(found).tolist():
        first = int(start[place])
        found[place] = is_blank(view.data[first : first + int(size[place])].decode("utf-8", "surrogatepass"))
    return found
