"""An office's own .xlsx, filled in through its named cells: `closure_rate`, `visits__市级`, `visits.prev`; all else is kept.

A cell's name is a figure's name in which brackets and commas are two underscores, since names of cells cannot hold them.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from xfstats.errors import UsageFault
from xfstats.figures import Change, Figure, Pair, Statistic
from xfstats.measures import BY_KEY
from xfstats.model import Position
from xfstats.narrate import narrate, plain
from xfstats.reference import EACH, Reference, find
from xfstats.regular import LARGE, content
from xfstats.render.visible import guard
from xfstats.render.workbook import MARK
from xfstats.table import Report

_DRAWN = ("xl/charts/", "xl/media/", "xl/drawings/", "xl/vbaProject")
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(<)")


def filled_workbook(path: Path, report: Report) -> bytes:
    """The template with its named cells filled; raises UsageFault where a name means no figure, or a drawing would be lost."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only for templates

    try:
        data = content(path, LARGE)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if any(name.startswith(_DRAWN) for name in package.namelist()):
                raise UsageFault("E245", Position(path.name))
        book = load_workbook(io.BytesIO(data))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        raise UsageFault("E244", Position(path.name)) from None
    texts = {"office": report.office or "", "as_of": report.as_of, "paragraph": "\n".join(plain(one) for one in narrate(report))}
    for name, defined in book.defined_names.items():
        value = guard(texts[name]) if name in texts else _value(name, report)
        if value is not None:
            for sheet, cells in defined.destinations:
                book[sheet][cells.replace("$", "")].value = value
    book.properties.keywords = MARK
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _value(name: str, report: Report) -> Any:
    """What a named cell holds; None where the name is not of a measure."""
    head, dot, window = name.partition(".")
    measure, *values = head.split("__")
    if measure not in BY_KEY:
        return None
    found = find(Reference(None, measure, tuple(values) or None, window if dot else None), report.tables)
    if tuple(values) == EACH or len(found) != 1:
        raise UsageFault("E237", figure=name, names=", ".join(one.name(report.tables) for one in found[:8]))
    return _plain(found[0].change if dot else found[0].figure)


def _plain(value: Figure | Change | None) -> float | int | str:
    """A number for a cell; — where there is none."""
    match value:
        case None | Pair(_, 0) | Statistic(_, 0):
            return "—"
        case Change():
            exact = value.exact
            return exact[0] / exact[1] if exact else "—"
        case Pair(numerator, denominator) | Statistic(numerator, denominator):
            return numerator / denominator
        case _:
            return value


def _timeless(data: bytes) -> bytes:
    """The same package without the time of its making."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", part)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
