"""Reader of the workbook part and its relations: the sheets with their parts, and the epoch."""

from __future__ import annotations

import posixpath
import re

from xfstats.frozen import frozen
from xfstats.readers.xlsx.package import Package
from xfstats.readers.xlsx.xml_tags import HandOver, attributes, unescaped

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*?)/?>")
_SHEETS = re.compile(
    rb"<(?:\w+:)?sheets\b[^>]*>\s*(?:<(?:\w+:)?sheet\b[^>]*?(?:/>|>\s*</(?:\w+:)?sheet\s*>)\s*)+</(?:\w+:)?sheets\s*>"
)
"""The list of sheets, with no other elements in it."""
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*?)/?>")
_DATE1904 = re.compile(rb"\bdate1904\s*=\s*[\"'](?:1|true)")
_OTHER_KINDS = frozenset(["chartsheet", "dialogsheet", "xlMacrosheet"])


@frozen
class SheetPart:
    """One entry of the workbook's list of sheets; `part` is None where it holds no cells, such as a chart."""

    name: str
    part: str | None
    visible: bool


@frozen
class Workbook:
    """The sheets in the workbook's order, the parts of shared texts and of styles, and whether the epoch is 1904."""

    sheets: tuple[SheetPart, ...]
    strings: str | None
    styles: str | None
    date1904: bool


def read_workbook(package: Package) -> Workbook:
    """Return the sheets and shared parts of a package; raises HandOver for unusual or ambiguous XML."""
    book, relations = package.find(BOOK), package.find(RELATIONS)
    if book is None or relations is None:
        raise HandOver("no workbook")
    targets = _targets(package, package.read(relations))
    xml = package.read(book)
    if b"<!" in xml:
        raise HandOver("a workbook with comments")
    if not _SHEETS.search(xml):
        raise HandOver("sheets among other things")
    sheets = tuple(_sheet(tag, targets) for tag in _SHEET.findall(xml))
    parts = [sheet.part for sheet in sheets if sheet.part]
    if len(set(parts)) < len(parts) or len({sheet.name.lower() for sheet in sheets}) < len(sheets):
        raise HandOver("a sheet twice")
    shared = {name: target for kind, target in targets.values() for name in (STRINGS, STYLES) if _names(kind, name)}
    if any(target != package.find(name) for name, target in shared.items()):
        raise HandOver("parts in unusual places")
    return Workbook(sheets, package.find(STRINGS), package.find(STYLES), _DATE1904.search(xml) is not None)


def _names(kind: str, part: str) -> bool:
    """True if a relation of this kind refers to the part of this name."""
    return posixpath.basename(part) == f"{kind}.xml"


def _targets(package: Package, relations: bytes) -> dict[bytes, tuple[str, str | None]]:
    """Return the kind and the part of each relation by its id; the part is None where it is missing."""
    found = {}
    for tag in _RELATION.findall(relations):
        said = attributes(tag)
        target = unescaped(said.get(b"Target", b""))
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[said.get(b"Id", b"")] = (posixpath.basename(unescaped(said.get(b"Type", b""))), package.find(path))
    return found


def _sheet(tag: bytes, targets: dict[bytes, tuple[str, str | None]]) -> SheetPart:
    """Return one sheet by its tag; raises HandOver where its name, kind or part is missing."""
    said = attributes(tag)
    relation = next((value for name, value in said.items() if name.rpartition(b":")[2] == b"id"), b"")
    kind, part = targets.get(relation, ("", None))
    if kind not in {"worksheet", *_OTHER_KINDS} or (kind == "worksheet" and part is None) or b"name" not in said:
        raise HandOver("a sheet without its part")
    visible = said.get(b"state", b"visible") == b"visible"
    return SheetPart(unescaped(said[b"name"]), part if kind == "worksheet" else None, visible)
