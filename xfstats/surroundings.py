"""What the process finds around it: the locale's language and the terminal's width; nothing else looks."""

from __future__ import annotations

import locale
import os
import shutil
import sys


def locale_lang() -> str:
    """The language of the locale: zh where it is Chinese, else en."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def window() -> int | None:
    """The width of the terminal; None where stdout is none, so that what is piped is the same whatever the window."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns or None
