"""A look at a zipped workbook before any reader sees it: bounds, damage, entities, and places that calamine does not tell.

Each part is inflated once.  calamine then reads a package of the parts that were looked at, stored without compression: it sees
the same bytes as the look, however the original was zipped, and does not inflate them a second time.
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
from xfstats.readers.base import CellPositions, Merge
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
"""What may stand before the first tag of XML."""
PICTURES = "/media/"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


@dataclass
class PackageScan:
    """What calamine is to read, places by sheet name, and the epoch."""

    package: bytes = b""
    places: dict[str, CellPositions] = field(default_factory=dict)
    date1904: bool = False
    merges: dict[str, list[Merge]] = field(default_factory=dict)
    listed: int = 0
    """Sheets that an .xlsx has in its list."""


def inspect_zip(data: bytes, form: str, plan: Plan, at: Position) -> PackageScan:
    """Read every part once, inflating no more than the limit; raises InputFault for what no reader should see."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _fly(archive, form, plan, at)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError, IndexError):
        raise InputFault("E303", at, what=both("damage.zip")) from None
    except RuntimeError:  # zipfile's word for an encrypted member
        raise InputFault("E302", at) from None


def _fly(archive: zipfile.ZipFile, form: str, plan: Plan, at: Position) -> PackageScan:
    members = archive.infolist()
    check_limit("zip_parts", len(members), plan, at)
    if max(Counter(_part(member.filename) for member in members).values()) > 1:
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
    flight = _looked(form, book, targets, names, parts, plan, at)
    flight.package = _stored(parts)
    return flight


def _part(name: str) -> str:
    """A part's name as those that differ in case or slashes alone share it: which of them a reader takes is its own affair."""
    return posixpath.normpath(name.replace("\\", "/").strip("/")).lower()


def _looked(
    form: str,
    book: bytes,
    targets: dict[str | None, str],
    names: dict[str, str],
    parts: dict[str, bytes],
    plan: Plan,
    at: Position,
) -> PackageScan:
    """The places of each sheet, in the way of the package's form."""
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
    """How many bytes have been inflated of those that a file may have."""

    def __init__(self, plan: Plan, at: Position) -> None:
        self.plan, self.at, self.inflated = plan, at, 0

    def inflate(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """A part's bytes, whatever its name says it is; raises InputFault for what no spreadsheet program writes in XML."""
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
    """Return the text of a CDATA section in the usual spelling: calamine drops what stands in one."""
    return found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _longest_text(xml: bytes) -> int:
    """Bytes of the longest text that goes through a whole block, or 0; one of two blocks goes through one, wherever it starts."""
    block = LIMITS["cell_bytes"] // 2
    whole = (start for start in range(0, len(xml) - block, block) if xml.find(b"<", start, start + block) < 0)
    ends = (xml.find(b"<", start + block) for start in whole)
    return max((end - xml.rfind(b">", 0, end) for end in ends), default=0)


def _stored(parts: dict[str, bytes]) -> bytes:
    """A package of these parts, as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _attribute(tag: bytes, name: str) -> str | None:
    found = re.search(rb"\b" + name.encode() + rb'\s*=\s*(?:"([^"]*)"|\'([^\']*)\')', tag)
    return unescape((found[1] if found[1] is not None else found[2]).decode("utf-8", "replace")) if found else None


def _targets(relations: bytes) -> dict[str | None, str]:
    """The parts that the workbook names, by their relation."""
    targets: dict[str | None, str] = {}
    for tag in _RELATION.findall(relations):
        target = _attribute(tag, "Target") or ""
        targets[_attribute(tag, "Id")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return targets


def _sheets(
    book: bytes, targets: dict[str | None, str], names: dict[str, str], parts: dict[str, bytes], plan: Plan, at: Position
) -> PackageScan:
    """The places of each worksheet, by the sheet's name."""
    flight = PackageScan(date1904=re.search(rb'\bdate1904\s*=\s*["\'](?:1|true)', book) is not None)
    used: set[str] = set()
    sheets = _SHEET.findall(book)
    check_limit("sheets", len(sheets), plan, at)
    flight.listed = len(sheets)
    for tag in sheets:
        target = targets.get(_attribute(tag, "r:id") or _attribute(tag, "id"), "")
        part = names.get(target.lower(), target)
        if part in used:
            raise InputFault("E303", at, what=both("damage.sheets-one-part"))
        if part in parts:
            used.add(part)
            if b"#" in parts[part] and b't="e"' in parts[part]:
                # errors of newer programs (#SPILL!), which calamine does not know, as one that it does
                parts[part] = _UNKNOWN_ERROR.sub(rb"\1#VALUE!</v>", parts[part])
            name = _attribute(tag, "name") or ""
            flight.places[name], flight.merges[name] = places(parts[part], plan, at), merges(parts[part])
    return flight
