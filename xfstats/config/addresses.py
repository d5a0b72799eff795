"""Address of a scheduler."""

from __future__ import annotations

import re
from typing import Any

SCHEDULER_EXAMPLE = '"tcp://host:8786"'
_SCHEDULER = re.compile(r"(?:tcp|tls|ws|wss)://(?:[^\s/@:\[\]]+|\[[0-9a-fA-F:.]+\]):\d{1,5}/?")


def is_scheduler(value: Any) -> bool:
    """True if a value has the form of a scheduler's address, which holds no name of a user and no password.

    >>> is_scheduler("tcp://10.0.0.5:8786"), is_scheduler("10.0.0.5:8786"), is_scheduler("tcp://me:secret@host:8786")
    (True, False, False)
    """
    return isinstance(value, str) and bool(_SCHEDULER.fullmatch(value))
