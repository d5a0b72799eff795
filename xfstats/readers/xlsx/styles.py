"""Detection of cell styles that show numbers as dates or durations (ECMA-376-1 §18.8.30, with those of Chinese locales)."""

from __future__ import annotations

import re
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from xfstats.readers.xlsx.xml_tags import attributes, unescaped


class Shows(IntEnum):
    """Kind of value that a style makes of a number."""

    NUMBER = 0
    DATE = 1
    DURATION = 2


DATES = frozenset([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
DURATION = 46
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*?)/?>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs\s*>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*?)/?>")
_LEFT_OUT = re.compile(r'"[^"]*"?|[\\_].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATED = re.compile(r"a[^pm/]*?[pm/]|[dmhys]", re.IGNORECASE)


def style_kinds(xml: bytes) -> NDArray[np.int8]:
    """Return whether each cell style shows numbers, dates or durations; the last entry is for cells without a style."""
    custom = {}
    for tag in _FORMAT.findall(xml):
        said = attributes(tag)
        if said.get(b"numFmtId", b"").isdigit():
            custom[int(said[b"numFmtId"])] = custom_format(unescaped(said.get(b"formatCode", b"")))
    block = _STYLES.search(xml)
    numbers = [attributes(tag).get(b"numFmtId", b"0") for tag in _STYLE.findall(block[0])] if block else []
    kinds = [custom.get(one, builtin(one)) for one in (int(number) if number.isdigit() else 0 for number in numbers)]
    return np.array([*kinds, Shows.NUMBER], np.int8)


def builtin(number: int) -> Shows:
    """Return whether a built-in format, given its id, shows numbers, dates or durations."""
    return Shows.DURATION if number == DURATION else Shows.DATE if number in DATES else Shows.NUMBER


def custom_format(code: str) -> Shows:
    """Return whether the first section of a format code shows numbers, dates or durations.

    >>> custom_format('yyyy"年"m"月"').name, custom_format("[h]:mm").name, custom_format('0.00"m";[Red]d').name
    ('DATE', 'DURATION', 'NUMBER')
    """
    left = _LEFT_OUT.sub("", code).split(";")[0]
    elapsed, dated = _ELAPSED.search(left), _DATED.search(_ELAPSED.sub("", left))
    if elapsed and not (dated and dated.start() < elapsed.start()):
        return Shows.DURATION
    return Shows.DATE if dated else Shows.NUMBER
