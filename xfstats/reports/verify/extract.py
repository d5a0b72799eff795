"""Extraction of a report's blocks (.docx .xlsx .html .md .txt .svg) in reading order."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree as ET

from xfstats.config.output_formats import BY_KEY
from xfstats.errors import InputFault, LimitFault
from xfstats.model import FILE_MARK, Position
from xfstats.reports.verify.blocks import Grid, ReportBlock, TableCell, TableCells, TextLine, TextRun, plain_line
from xfstats.reports.verify.package_parts import MAX_BYTES, parse_part, property_lines

Extractor: TypeAlias = Callable[[bytes], Iterator[ReportBlock]]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def extract_blocks(data: bytes, form: str, name: str) -> list[ReportBlock]:
    """Return the blocks of a report; raise InputFault where it is damaged, or has formulas without results."""
    if len(data) > MAX_BYTES:
        raise LimitFault(Position(name), "report_bytes", len(data))
    module, _, function = str(BY_KEY[form].extractor).partition(":")
    extractor: Extractor = getattr(import_module(f"xfstats.reports.verify.{module}"), function)
    try:
        return list(extractor(data))
    except InputFault as error:
        raise InputFault(error.code, Position(name, error.position.sheet if error.position else None), **error.values) from None
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, KeyError, ValueError, EOFError, OSError, RuntimeError):
        raise InputFault("E303", Position(name), what=form) from None


def report_format(path: Path) -> str:
    """Return the format by a report's suffix; raise InputFault where it is unknown, or a picture, which has no text."""
    form = path.suffix.lower().lstrip(".")
    if form == "png":
        raise InputFault("E397", Position(path.name))
    if form not in BY_KEY or not BY_KEY[form].extractor:
        raise InputFault("E307", Position(path.name), what=form or "?")
    return form


def text_blocks(data: bytes) -> Iterator[ReportBlock]:
    """Yield the blocks of a text report."""
    return _split_tables(data.decode("utf-8-sig").removeprefix(f"{FILE_MARK}\n").splitlines(), "│", "├╭╰")


def markdown_blocks(data: bytes) -> Iterator[ReportBlock]:
    """Yield the blocks of a Markdown report."""
    texts = [text for text in data.decode("utf-8-sig").splitlines() if not text.startswith(f"<!-- {FILE_MARK}")]
    for block in _split_tables(texts, "|"):
        match block:
            case Grid(rows):
                yield Grid(tuple(tuple(TableCell(_unescape(cell.text)) for cell in row) for row in rows if not _is_rule(row)))
            case TextLine():
                yield plain_line(_unescape(block.text))


def _unescape(text: str) -> str:
    """Return Markdown text without escapes and bold marks."""
    return re.sub(r"\\(?=[^\w\s])|\*\*", "", text)


def _is_rule(row: TableCells) -> bool:
    """True if a row is the rule below a Markdown table's head."""
    return all(re.fullmatch(r":?-+:?", cell.text) for cell in row)


def _split_tables(texts: list[str], bar: str, rules: str = "") -> Iterator[ReportBlock]:
    """Yield lines of text, and tables from consecutive lines that begin with a bar, without rules between rows."""
    for inside, group in groupby(texts, lambda text: text.lstrip().startswith((bar, *rules))):
        if inside:
            yield Grid(tuple(_split_row(text.strip(), bar) for text in group if text.lstrip().startswith(bar)))
        else:
            yield from map(plain_line, group)


def _split_row(row: str, bar: str) -> TableCells:
    cells = re.split(rf"(?<!\\){re.escape(bar)}", row)
    return tuple(TableCell(cell.strip()) for cell in cells[1 : -1 if row.endswith(bar) else None])


def document_blocks(data: bytes) -> Iterator[ReportBlock]:
    """Yield the blocks of a Word document; raise ValueError where it is too large or declares a DTD."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = list(_body_blocks(parse_part(package, "word/document.xml")))
        yield from body
        if not any(isinstance(block, TextLine) and "xfstats report" in block.text for block in body):
            yield from property_lines(package)


def _body_blocks(element: ET.Element) -> Iterator[ReportBlock]:
    """Yield paragraphs and tables in their order."""
    for child in element:
        if child.tag == f"{_W}p":
            yield TextLine(tuple(_text_runs(child, None)))
        elif child.tag == f"{_W}tbl":
            yield Grid(tuple(tuple(map(_table_cell, _nearest(row, f"{_W}tc"))) for row in _nearest(child, f"{_W}tr")))
        elif child.tag not in _DELETED:
            yield from _body_blocks(child)


def _nearest(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Yield the nearest descendants with a tag, through content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        else:
            yield from _nearest(child, tag)


def _table_cell(cell: ET.Element) -> TableCell:
    """Return a cell of a Word table."""
    runs = list(_text_runs(cell, None))
    return TableCell("".join(text for text, _ in runs), next((name for _, name in runs if name), None))


def _text_runs(element: ET.Element, name: str | None) -> Iterator[TextRun]:
    """Yield the runs in order with the figure name of their content control, without deleted text."""
    if element.tag in _DELETED:
        return
    if element.tag == f"{_W}sdt":
        tag = element.find(f"{_W}sdtPr/{_W}tag")
        name = tag.get(f"{_W}val") if tag is not None else name
    if element.tag == f"{_W}t":
        yield element.text or "", name
    elif element.tag in _CHARACTERS:
        yield _CHARACTERS[element.tag], None
    for child in element:
        yield from _text_runs(child, name)
