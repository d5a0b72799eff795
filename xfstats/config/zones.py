"""Time zones as they are typed: names of the IANA database, UTC, or an offset."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

EXAMPLES = "Asia/Shanghai, +08:00, UTC"
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_MOST = 14
"""Hours that a zone is from UTC at most."""


def offset(text: str) -> timedelta | None:
    """Return how far +08:00, -0530 or UTC+8 is from UTC; None where the text is none of these."""
    found = _OFFSET.fullmatch(text.strip())
    if found is None or int(found[2]) > _MOST:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -size if found[1] == "-" else size


def zone(text: str) -> tzinfo | None:
    """Return the zone that a text names; None where there is none of that name.

    >>> zone("UTC"), zone("+08:00"), zone("Asia/Nowhere")
    (datetime.timezone.utc, datetime.timezone(datetime.timedelta(seconds=28800)), None)
    """
    if text.strip().upper() in {"UTC", "GMT", "Z"}:
        return UTC
    known = offset(text)
    if known is not None:
        return timezone(known)
    try:
        return ZoneInfo(text.strip())
    except (KeyError, ValueError, OSError):
        return None


def is_zone(value: Any) -> bool:
    """True if a value of a profile names a zone, or nothing."""
    return isinstance(value, str) and (not value or zone(value) is not None)
