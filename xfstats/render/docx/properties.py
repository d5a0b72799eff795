"""Properties of a Word document: the mark, the title, and what repeats the report, for `verify` where it has no annex."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from xfstats.model import FILE_MARK
from xfstats.render.office_package import fix_timestamps
from xfstats.render.origin import origin_lines
from xfstats.reports.table import Report

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def finish_document(document: Any, title: str, report: Report | None) -> bytes:
    """Return the bytes of a document with its properties; equal documents give equal bytes."""
    properties = document.core_properties
    properties.keywords, properties.author, properties.title = FILE_MARK, "", title[:255]
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - no zone in the format
    properties.last_modified_by, properties.comments, properties.revision = "", "", 1
    if report is not None and report.command:
        _add_custom_properties(document, origin_lines(report))
    buffer = io.BytesIO()
    document.save(buffer)
    return fix_timestamps(buffer.getvalue())


def _add_custom_properties(document: Any, lines: Sequence[str]) -> None:
    """Add one custom property a line."""
    package = document.part.package
    for link, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:  # of a template: those of the report take their place
            del package.rels[link]
    told = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number + 1}" name="xfstats {number}"><vt:lpwstr>{escape(line)}</vt:lpwstr></property>'
        for number, line in enumerate(lines, 1)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{told}</Properties>'
    )
    part = Part(
        PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, xml.encode("utf-8", "backslashreplace"), package
    )
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
