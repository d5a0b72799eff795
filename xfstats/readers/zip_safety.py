"""Inspection of a zipped workbook before any library reads it: limits, damage, entities, and what calamine does not report.

Each part is inflated once.  Calamine then reads a package of the inspected parts, stored without compression: it reads the
same bytes that were inspected, however the original was zipped, and does not inflate them a second time.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from xfstats.config.limits import LIMITS, check_limit, limit
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Position
from xfstats.readers.base import CellPositions, Merge, part_name
from xfstats.readers.ods_parts import check_nesting, check_repeats, tables
from xfstats.readers.xlsb_parts import check_xlsb_sheet, sheet_relations
from xfstats.readers.xlsx_parts import merges, places

BOOK, RELATIONS = ("xl/workbook.xml", "xl/workbook.bin"), ("xl/_rels/workbook.xml.rels", "xl/_rels/workbook.bin.rels")
MANIFEST, CONTENT = "META-INF/manifest.xml", "content.xml"
_UNKNOWN_ERROR = re.compile(
    rb'(<c\b[^>]*\bt="e"[^>]*>(?:<f\b[^>]*/>|<f\b.*?</f>)?<v>)#(?!NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA)[A-Z_/!?0-9]+</v>',
    re.DOTALL,
)
_BARRED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_BEFORE = b"\xef\xbb\xbf \t\r\n"
"""Bytes that may precede the first tag of XML."""
PICTURES = "/media/"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


@dataclass
class PackageScan:
    """The package for the library to read, cell positions and merged ranges by sheet name, and the epoch."""

    package: bytes = b""
    places: dict[str, CellPositions] = field(default_factory=dict)
    date1904: bool = False
    merges: dict[str, list[Merge]] = field(default_factory=dict)
    listed: int = 0
    """Number of sheets in the workbook's list (.xlsx only)."""


def inspect_zip(data: bytes, form: str, plan: Plan, at: Position) -> PackageScan:
    """Read every part once and inspect it; raises InputFault for damage, encryption, entities and what is beyond a limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _scan_members(archive, form, plan, at)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError, IndexError):
        raise InputFault("E303", at, what=both("damage.zip")) from None
    except RuntimeError:  # zipfile raises it for an encrypted member
        raise InputFault("E302", at) from None


def _scan_members(archive: zipfile.ZipFile, form: str, plan: Plan, at: Position) -> PackageScan:
    """Return what is found in the members of a package, after each was inflated within the limits."""
    members = archive.infolist()
    check_limit("zip_parts", len(members), plan, at)
    if max(Counter(part_name(member.filename) for member in members).values()) > 1:
        raise InputFault("E303", at, what=both("damage.part-twice"))
    names = {member.filename.lower(): member.filename for member in members}
    head = [names[name] for name in (*BOOK, *RELATIONS, MANIFEST.lower()) if name in names]
    budget = _Budget(plan, at)
    parts = {name: budget.inflate(archive, archive.getinfo(name)) for name in head}
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise InputFault("E302", at)
    relations = next((parts[names[name]] for name in RELATIONS if name in names), b"")
    targets = _targets(relations)
    wanted = {CONTENT, *(names.get(target.lower(), target) for target in targets.values())}
    for member in members:
        if member.filename not in parts and (member.filename in wanted or PICTURES not in member.filename):
            parts[member.filename] = budget.inflate(archive, member)
            if member.filename in wanted and member.filename.lower().endswith(".xml"):
                check_limit("cell_bytes", _longest_text(parts[member.filename]), plan, at)
    book = next((parts[names[name]] for name in BOOK if name in names), b"")
    scan = _scan_sheets(form, book, targets, names, parts, plan, at)
    scan.package = _stored(parts)
    return scan


def _scan_sheets(
    form: str,
    book: bytes,
    targets: dict[str | None, str],
    names: dict[str, str],
    parts: dict[str, bytes],
    plan: Plan,
    at: Position,
) -> PackageScan:
    """Return the cell positions and merged ranges of each sheet, as the package's format stores them."""
    if form == "ods":
        content = parts.get(CONTENT, b"")
        check_nesting(content, at)
        check_repeats(content, plan, at)
        told = tables(content)
        return PackageScan(
            places={
                name: CellPositions(table.errors, table.no_values, table.hidden, table.struck) for name, table in told.items()
            },
            merges={name: table.merges for name, table in told.items()},
        )
    if form == "xlsb":
        named = {sheet: targets.get(relation, "") for sheet, relation in sheet_relations(book).items()}
        found = {sheet: names.get(target.lower(), target) for sheet, target in named.items()}
        return PackageScan(
            places={sheet: check_xlsb_sheet(parts[part], plan, at) for sheet, part in found.items() if part in parts}
        )
    return _sheets(book, targets, names, parts, plan, at)


class _Budget:
    """Counter of inflated bytes against the limit for one file."""

    def __init__(self, plan: Plan, at: Position) -> None:
        self.plan, self.at, self.inflated = plan, at, 0

    def inflate(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """Return a part's bytes; raises InputFault beyond the limit, and for zero bytes, DOCTYPE or ENTITY in XML."""
        left = limit("inflated_bytes", self.plan) - self.inflated
        with archive.open(member) as stream:
            content = stream.read(left + 1)
        self.inflated += len(content)
        check_limit("inflated_bytes", self.inflated, self.plan, self.at)
        named = member.filename.lower().endswith((".xml", ".rels"))
        if named and b"\x00" in content:
            raise InputFault("E303", self.at, what="XML")
        if (named or content[:64].lstrip(_BEFORE).startswith(b"<")) and b"!" in content and _BARRED.search(content):
            raise InputFault("E322", self.at)
        return _CDATA.sub(_escaped, content) if named and b"<![CDATA[" in content else content


def _escaped(found: re.Match[bytes]) -> bytes:
    """Return the content of a CDATA section as escaped text, because calamine drops CDATA sections."""
    return found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _longest_text(xml: bytes) -> int:
    """Return the size of the longest text that covers a whole block, or 0; a text of two blocks always covers one."""
    block = LIMITS["cell_bytes"] // 2
    whole = (start for start in range(0, len(xml) - block, block) if xml.find(b"<", start, start + block) < 0)
    ends = (xml.find(b"<", start + block) for start in whole)
    return max((end - xml.rfind(b">", 0, end) for end in ends), default=0)


def _stored(parts: dict[str, bytes]) -> bytes:
    """Return a zip package of these parts without compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _attribute(tag: bytes, name: str) -> str | None:
    found = re.search(rb"\b" + name.encode() + rb'\s*=\s*(?:"([^"]*)"|\'([^\']*)\')', tag)
    return unescape((found[1] if found[1] is not None else found[2]).decode("utf-8", "replace")) if found else None


def _targets(relations: bytes) -> dict[str | None, str]:
    """Return the parts that the workbook's relations name, by the relation's id."""
    targets: dict[str | None, str] = {}
    for tag in _RELATION.findall(relations):
        target = _attribute(tag, "Target") or ""
        targets[_attribute(tag, "Id")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return targets


def _sheets(
    book: bytes, targets: dict[str | None, str], names: dict[str, str], parts: dict[str, bytes], plan: Plan, at: Position
) -> PackageScan:
    """Return cell positions and merged ranges by sheet name; raises InputFault where two sheets share a part."""
    scan = PackageScan(date1904=re.search(rb'\bdate1904\s*=\s*["\'](?:1|true)', book) is not None)
    used: set[str] = set()
    sheets = _SHEET.findall(book)
    check_limit("sheets", len(sheets), plan, at)
    scan.listed = len(sheets)
    for tag in sheets:
        target = targets.get(_attribute(tag, "r:id") or _attribute(tag, "id"), "")
        part = names.get(target.lower(), target)
        if part in used:
            raise InputFault("E303", at, what=both("damage.sheets-one-part"))
        if part in parts:
            used.add(part)
            if b"#" in parts[part] and b't="e"' in parts[part]:
                # an error of newer programs (#SPILL!), which calamine does not know, is replaced by one that it knows
                parts[part] = _UNKNOWN_ERROR.sub(rb"\1#VALUE!</v>", parts[part])
            name = _attribute(tag, "name") or ""
            scan.places[name], scan.merges[name] = places(parts[part], plan, at), merges(parts[part])
    return scan
