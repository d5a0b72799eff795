"""The text of a report (.docx .xlsx .html .md .txt) in reading order, each piece with the name of its figure if tagged."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from xfstats.errors import InputFault
from xfstats.model import Position

Piece = tuple[str, str | None]
MOST_BYTES = 64 * 1024 * 1024
"""A report is never larger, packed or unpacked."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pieces(data: bytes, form: str, name: str) -> list[Piece]:
    """The pieces of a report; raises InputFault where it is none of that form."""
    if len(data) > MOST_BYTES:
        raise InputFault("E304", Position(name), limit="report_bytes", value=len(data))
    try:
        return list(_EXTRACTORS[form](data))
    except (zipfile.BadZipFile, KeyError, ET.ParseError, UnicodeDecodeError, ValueError, OSError):
        raise InputFault("E303", Position(name), what=form) from None


def form_of(path: Path) -> str:
    """The form that a report's suffix says; raises InputFault where it is none."""
    form = path.suffix.lower().lstrip(".")
    if form not in _EXTRACTORS:
        raise InputFault("E307", Position(path.name), what=form or "?")
    return form


def _text(data: bytes) -> Iterator[Piece]:
    for line in data.decode("utf-8-sig").splitlines():
        yield line, None
        yield "\n", None


def _markdown(data: bytes) -> Iterator[Piece]:
    for line in data.decode("utf-8-sig").splitlines():
        yield re.sub(r"\\(?=[^\w\s])|\*\*", "", line), None
        yield "\n", None


class _Page(HTMLParser):
    """Text outside of style and script; a figure's name from `data-figure`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Piece] = []
        self.hidden: list[str] = []
        self.name: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"style", "script", "title", "desc", "head"}:
            self.hidden.append(tag)
        if tag in {"p", "tr", "li", "caption", "h1", "h2", "td", "th", "text"}:
            self.found.append(("\n", None))
        self.name = dict(attrs).get("data-figure") if tag == "span" else None

    def handle_endtag(self, tag: str) -> None:
        self.name = None
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append((data, self.name))


def _html(data: bytes) -> Iterator[Piece]:
    page = _Page()
    page.feed(data.decode("utf-8-sig"))
    page.close()
    yield from page.found


def _document(data: bytes) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        about = package.getinfo("word/document.xml")
        if about.file_size > MOST_BYTES:
            raise ValueError(about.file_size)
        with package.open(about) as part:
            xml = part.read(MOST_BYTES)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError
    yield from _walk(ET.fromstring(xml), None)  # noqa: S314 - no DTD gets here, and expat bounds expansion


def _walk(element: ET.Element, name: str | None) -> Iterator[Piece]:
    """Runs in their order; a content control names its figure; deleted text is none."""
    if element.tag == f"{_W}del":
        return
    if element.tag == f"{_W}sdt":
        tag = element.find(f"{_W}sdtPr/{_W}tag")
        name = tag.get(f"{_W}val") if tag is not None else name
    if element.tag == f"{_W}t":
        yield element.text or "", name
    for child in element:
        yield from _walk(child, name)
    if element.tag in {f"{_W}p", f"{_W}tc"}:
        yield "\n", None


def _workbook(data: bytes) -> Iterator[Piece]:
    from openpyxl import load_workbook  # noqa: PLC0415 - only for workbooks

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(one.file_size for one in package.infolist()) > MOST_BYTES:
            raise ValueError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: bars and colours, which hold no figure
        book = load_workbook(io.BytesIO(data), data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if value is not None:
                    number = isinstance(value, int | float) and not isinstance(value, bool)
                    yield (f"{value:.9f}".rstrip("0").rstrip(".") if number else str(value)), f"{sheet.title}" if number else None
                    yield "\n", None


_EXTRACTORS: Mapping[str, Callable[[bytes], Iterator[Piece]]] = {
    "txt": _text,
    "md": _markdown,
    "html": _html,
    "docx": _document,
    "xlsx": _workbook,
}
