"""A look at a zipped workbook before any reader sees it: bounds, damage, entities, and places that calamine does not tell."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from xfstats.errors import InputFault
from xfstats.model import Position
from xfstats.plan import Plan
from xfstats.read.limits import LIMITS, check
from xfstats.read.opendocument import tables
from xfstats.read.protocol import Merge

CHUNK = 1 << 20
KEPT = ("xl/workbook", "xl/_rels/workbook", "content.xml")
"""Parts that are looked into, beside the worksheets."""
FORMULA_TAGS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,7})(\d{1,10})"')
_FAR = re.compile(rb'r="(?:([A-Z]{3,9})\d|([A-Z]{0,9})(\d{7,12})")')
_BARRED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass
class Places:
    """What one worksheet part says beside its values."""

    errors: set[tuple[int, int]] = field(default_factory=set)
    no_values: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: int = 0


@dataclass
class Flight:
    """Places by sheet name, and the epoch."""

    places: dict[str, Places] = field(default_factory=dict)
    date1904: bool = False
    merges: dict[str, list[Merge]] = field(default_factory=dict)


def inspect_zip(data: bytes, form: str, plan: Plan, at: Position) -> Flight:
    """Read every part once, inflating no more than the limit; raises InputFault for what no reader should see."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _fly(archive, form, plan, at)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError):
        raise InputFault("E303", at, what="zip") from None
    except RuntimeError:  # zipfile's word for an encrypted member
        raise InputFault("E302", at) from None


def _fly(archive: zipfile.ZipFile, form: str, plan: Plan, at: Position) -> Flight:
    members = archive.infolist()
    check("zip_parts", len(members), plan, at)
    if max(Counter(member.filename for member in members).values()) > 1:
        raise InputFault("E303", at, what="a part twice")
    parts: dict[str, bytes] = {}
    inflated = 0
    for member in members:
        if not member.filename.endswith((".xml", ".rels", ".bin")):
            continue
        chunks = []
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                inflated += len(chunk)
                check("inflated_bytes", inflated, plan, at)
                chunks.append(chunk)
        content = b"".join(chunks)
        if member.filename.endswith((".xml", ".rels")):
            if _BARRED.search(content[:4096]) or b"<!ENTITY" in content:
                raise InputFault("E322", at)
            if member.filename.startswith(KEPT) or "worksheets/" in member.filename:
                parts[member.filename] = content
    if form == "ods":
        told = tables(parts.get("content.xml", b""))
        return Flight(
            places={name: Places(errors=table.errors, no_values=table.no_values) for name, table in told.items()},
            merges={name: table.merges for name, table in told.items()},
        )
    return _sheets(parts, plan, at) if form == "xlsx" else Flight()


def _attribute(tag: bytes, name: str) -> str | None:
    found = re.search(rb"\b" + name.encode() + rb'\s*=\s*(?:"([^"]*)"|\'([^\']*)\')', tag)
    return unescape((found[1] if found[1] is not None else found[2]).decode("utf-8", "replace")) if found else None


def _sheets(parts: dict[str, bytes], plan: Plan, at: Position) -> Flight:
    """The places of each worksheet, by the sheet's name."""
    book = parts.get("xl/workbook.xml", b"")
    relations = parts.get("xl/_rels/workbook.xml.rels", b"")
    targets: dict[str | None, str] = {}
    for tag in _RELATION.findall(relations):
        target = _attribute(tag, "Target") or ""
        targets[_attribute(tag, "Id")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    flight = Flight(date1904=re.search(rb'\bdate1904\s*=\s*"(?:1|true)"', book) is not None)
    used: set[str] = set()
    sheets = _SHEET.findall(book)
    check("sheets", len(sheets), plan, at)
    for tag in sheets:
        part = targets.get(_attribute(tag, "r:id") or _attribute(tag, "id"))
        if part in used:
            raise InputFault("E303", at, what="two sheets in one part")
        if part is not None and part in parts:
            used.add(part)
            flight.places[_attribute(tag, "name") or ""] = _places(parts[part], plan, at)
    return flight


def _places(xml: bytes, plan: Plan, at: Position) -> Places:
    places = Places()
    _bounds(xml, plan, at)
    if b'hidden="' in xml:
        places.hidden_rows = sum(1 for tag in _ROW.findall(xml) if b'hidden="1"' in tag or b'hidden="true"' in tag)
    if b't="e"' in xml or any(tag in xml for tag in FORMULA_TAGS):
        for found in _CELL.finditer(xml):
            attributes, inner = found[1], found[3] or b""
            error = b't="e"' in attributes
            empty = b"<f" in inner and not re.search(rb"<(?:\w+:)?(?:v|is)>[^<]|<(?:\w+:)?is\b", inner)
            if (error or empty) and (spot := _spot(attributes)):
                (places.errors if error else places.no_values).add(spot)
    return places


def _spot(attributes: bytes) -> tuple[int, int] | None:
    found = _REFERENCE.search(attributes)
    return (int(found[2]) - 1, _index(found[1])) if found else None


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _bounds(xml: bytes, plan: Plan, at: Position) -> None:
    """Refuse cells that would make a reader fill a huge rectangle: a stray far cell, a row or column beyond Excel's last."""
    last_row, last_column = xml.count(b"<row "), 1
    for found in _FAR.finditer(xml):
        last_column = max(last_column, _index(found[1] or found[2]) + 1)
        last_row = max(last_row, int(found[3] or 0))
    if last_row > LAST_ROW or last_column > LAST_COLUMN:
        raise InputFault("E304", at, limit="rows" if last_row > LAST_ROW else "columns", value=LIMITS["rows"])
    check("cells", last_row * last_column, plan, at)
