"""Office packages (.docx, .xlsx) with fixed timestamps, so that equal reports give equal bytes."""

from __future__ import annotations

import io
import re
import zipfile

_CORE_PROPERTIES = "docProps/core.xml"
_MADE = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(<)")


def fix_timestamps(data: bytes) -> bytes:
    """Return the package with one fixed date for its properties and for all of its members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE_PROPERTIES:
                part = _MADE.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", part)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
