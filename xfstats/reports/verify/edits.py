"""Digest of a report's values and texts, equal whatever program saved it last; detects edits."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from xfstats.errors import InputFault
from xfstats.reports.verify.blocks import DataSheet, Grid, TextLine
from xfstats.reports.verify.extract import extract_blocks
from xfstats.reports.verify.package_parts import MAX_BYTES

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_UNREADABLE = (ET.ParseError, KeyError, IndexError, ValueError, EOFError, OSError, RuntimeError)
_DAMAGED = (zipfile.BadZipFile, zlib.error, InputFault, *_UNREADABLE)


def content_digest(data: bytes, form: str) -> str | None:
    """Return a digest of a report's content; None where it cannot be read as that format."""
    try:
        words = list(_workbook_values(data) if form == "xlsx" else _block_texts(data, form))
    except _DAMAGED:
        return None
    return hashlib.sha256("\n".join(words).encode("utf-8", "backslashreplace")).hexdigest()


def _block_texts(data: bytes, form: str) -> Iterator[str]:
    """Yield the texts of a report without superfluous blanks."""
    for block in extract_blocks(data, form, ""):
        match block:
            case TextLine():
                texts = [block.text]
            case Grid(rows) | DataSheet(_, Grid(rows)):
                texts = [cell.text for row in rows for cell in row]
        yield from (" ".join(text.split()) for text in texts if text.strip())


def _workbook_values(data: bytes) -> Iterator[str]:
    """Yield the values of a workbook's cells with their addresses, sheet by sheet; raise an error where it is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(one.file_size for one in package.infolist()) > MAX_BYTES:
            raise ValueError
        names = {int(found[1]): name for name in package.namelist() if (found := _SHEET.fullmatch(name))}
        strings = []
        if "xl/sharedStrings.xml" in package.namelist():
            strings = [
                "".join(text.text or "" for text in one.iter(f"{_X}t")) for one in _parse_part(package, "xl/sharedStrings.xml")
            ]
        for _, name in sorted(names.items()):
            for cell in _parse_part(package, name).iter(f"{_X}c"):
                if value := _cell_text(cell, strings):
                    yield f"{cell.get('r')}={value}"


def _parse_part(package: zipfile.ZipFile, name: str) -> ET.Element:
    """Return a part of a package as XML; raise ValueError where it declares a DTD or entities."""
    xml = package.read(name)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError
    return ET.fromstring(xml)  # noqa: S314 - no DTD gets here, and expat bounds expansion


def _cell_text(cell: ET.Element, strings: list[str]) -> str:
    """Return the text of a cell; a number to nine significant digits, to which spreadsheet programs agree."""
    kind, stored = cell.get("t", "n"), cell.find(f"{_X}v")
    if kind == "inlineStr":
        text = "".join(part.text or "" for part in cell.iter(f"{_X}t"))
    else:
        text = stored.text or "" if stored is not None else ""
    if kind == "s":
        text = strings[int(text)]
    elif kind == "n" and text:
        return f"{float(text):.9g}"
    return " ".join(text.split())
