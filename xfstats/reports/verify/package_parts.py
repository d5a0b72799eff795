"""Parts of an office package that are read as XML, and the lines of a report's origin among its custom properties."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from xfstats.reports.verify.blocks import ReportBlock, plain_line

MAX_BYTES = 64 * 1024 * 1024
"""Largest size of a report, packed or unpacked."""
CUSTOM_PROPERTIES = "docProps/custom.xml"
_NAME = re.compile(r"xfstats (\d{1,6})(?:\+(\d{1,6}))?")


def parse_part(package: zipfile.ZipFile, name: str) -> ET.Element:
    """Return a part of a package; raise ValueError where it is too large or declares a DTD."""
    member = package.getinfo(name)
    if member.file_size > MAX_BYTES:
        raise ValueError(member.file_size)
    with package.open(member) as part:
        xml = part.read(MAX_BYTES)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError
    return ET.fromstring(xml)  # noqa: S314 - no DTD gets here, and expat bounds expansion


def property_lines(package: zipfile.ZipFile) -> Iterator[ReportBlock]:
    """Yield the lines that a report without its annex has in its properties: digests and the command.

    A line is the property `xfstats 1`, a long one goes on in `xfstats 1+1`.
    """
    if CUSTOM_PROPERTIES not in package.namelist():
        return
    lines: dict[int, dict[int, str]] = {}
    for one in parse_part(package, CUSTOM_PROPERTIES):
        if found := _NAME.fullmatch(one.get("name", "")):
            lines.setdefault(int(found[1]), {})[int(found[2] or 0)] = "".join(one.itertext())
    for _, pieces in sorted(lines.items()):
        yield plain_line("".join(piece for _, piece in sorted(pieces.items())))
