"""Zip packages with the same bytes every time, and the XML that all packages share."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def save(path: Path, members: Mapping[str, str | bytes], *, uncompressed: Sequence[str] = ()) -> None:
    """Write members in the order given, dated 1980-01-01."""
    with ZipFile(path, "w") as package:
        for name, content in members.items():
            entry = ZipInfo(name)
            entry.create_system = 0
            entry.compress_type = ZIP_STORED if name in uncompressed else ZIP_DEFLATED
            package.writestr(entry, content)


def xml(text: str) -> str:
    """Text for an element or a double-quoted attribute; refuses what XML cannot hold."""
    if FORBIDDEN.search(text):
        message = "XML cannot hold this control character"
        raise ValueError(message)
    return escape(text, {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def relationships(targets: Sequence[tuple[str, str]]) -> str:
    """A .rels part that names (type, target) rId1, rId2, ..."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{lines}</Relationships>'


def content_types(parts: Mapping[str, str]) -> str:
    """The [Content_Types].xml part, from part name to type."""
    lines = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )
