"""Names of a workbook's visible sheets, for completion in shells: read from its list of sheets alone, no cell is looked at."""

from __future__ import annotations

import re
import zipfile
import zlib
from html import unescape
from pathlib import Path

_MAX_BYTES = 1 << 20
"""Bytes of the list of sheets that are read."""
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_NAME = re.compile(r"""\sname=(?:"([^"]*)"|'([^']*)')""")
_HIDDEN = re.compile(r"""\sstate=["'](?:veryH|h)idden["']""")
_SAFE = re.compile(r"[\w.\-]+")
"""Names that every shell takes as they stand; others are not offered, since a shell could obey them."""


def sheet_names(path: Path) -> list[str]:
    """Return the names of an .xlsx workbook's visible sheets that may be typed without quotes; an empty list for other files."""
    try:
        with zipfile.ZipFile(path) as package, package.open("xl/workbook.xml") as file:
            text = file.read(_MAX_BYTES).decode("utf-8", "replace")
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return []
    tags = [tag for tag in _SHEET.findall(text) if not _HIDDEN.search(tag)]
    names = [unescape(found[1] or found[2] or "") for tag in tags if (found := _NAME.search(tag))]
    return [name for name in names if _SAFE.fullmatch(name) and not name.startswith("-")]
