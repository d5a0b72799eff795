"""File names that would act on a terminal, break a line or a message; each with a good log and with a broken one."""

from __future__ import annotations

import os

from .base import book, grid, raw
from .model import Kind, Maker, Read, kind, refused

NAMES = {
    "newline": 'a\nb\r\nxfstats: "good.xlsx": fine [E000].xlsx',
    "escape": "a\x1b[2J\x1b]0;title\x07\x1b[31m.xlsx",
    "controls": "a\x01\x7f\x08\x08\x08.xlsx",
    "c1": "a\x9b31m\x85.xlsx",
    "bidi": "a\u202exslx.exe\u2066.xlsx",
    "zero-width": "接\u200b访\u2060\ufeff.xlsx",
    "lines": "a\u2028b\u2029c.xlsx",
    "quotes": 'a"b\'c`d$(e)\\".xlsx',
    "braces": "{file}{0}%s%(at)s{sheet!r}.xlsx",
    "globs": "[a-z]*?.xlsx",
    "blanks": "  log  .xlsx ",
    "dash": "-o.xlsx",
    "tilde": "~.xlsx",
    "at-sign": "@log=1.xlsx",
    "long": "长" * 83 + "a.xlsx",
    "bytes": os.fsdecode(b"a\xff\xfe\xe6\x8e.xlsx"),
    "surrogate-bytes": os.fsdecode(b"\xed\xa0\x80.xlsx"),
    "only-a-suffix": ".xlsx",
    "wrong-suffix": "log.exe",
    "astral": "\U000e0041\U000e0042\U0001f4a9.xlsx",
    "markup": "<img src=x onerror=alert(1)>&amp;.xlsx",
}


def named(name: str) -> Maker:
    """The good xlsx under another name."""
    return lambda folder: book()(folder).rename(folder / name)


def missing(name: str) -> Maker:
    """A name of nothing."""
    return lambda folder: folder / name


KINDS: list[Kind] = [
    *(kind(f"name-{what}", named(name), Read()) for what, name in NAMES.items()),
    *(kind(f"name-{what}-broken", raw(b"\x89PNG\r\n\x1a\n", name), refused("E307")) for what, name in NAMES.items()),
    *(
        kind(f"name-{what}-missing", missing(name), refused("E301"))
        for what, name in NAMES.items()
        if what in {"newline", "escape", "bidi", "bytes", "braces", "quotes", "globs"}
    ),
    kind("name-newline-csv", lambda folder: book(grid(), "csv")(folder).rename(folder / NAMES["newline"]), Read()),
]
