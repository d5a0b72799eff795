"""Page that says which logs lie in the working folder and what to type; it opens no file, and loads no library."""

import os
import os.path
import shlex
import sys

from xfstats.config.input_formats import READERS

MOST_NAMES = 6
"""Names of files that are shown."""
SUFFIXES = tuple(suffix for one in READERS for suffix in one.suffixes)
"""Endings of files that are tables and nothing else; a folder's inputs may have others, too."""


def folder_page(lang: str) -> str | None:
    """Return what to type in the working folder, in a language (zh or en); None where no log lies there."""
    names = log_names()
    if not names:
        return None
    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale", f"folder_page.{lang}.txt")  # noqa: PTH118, PTH120
    with open(path, encoding="utf-8") as page:  # noqa: PTH123 - as in first_page
        text = page.read()
    shown = [_printable(name) for name in names[:MOST_NAMES]]
    listed = "".join(f"\n  {name}" for name in shown) + ("\n  …" if len(names) > MOST_NAMES else "")
    first = _quoted(next((name for name in names if name.isprintable()), "."))
    return text.format(count=len(names), files=listed, first=first, all="." if len(names) > 1 else first)


def log_names() -> list[str]:
    """Return the names of the working folder's workbooks and tables, without those that Excel and WPS leave beside open ones."""
    try:
        with os.scandir() as entries:
            names = [one.name for one in entries if one.name.lower().endswith(SUFFIXES) and one.is_file()]
    except OSError:
        return []
    return sorted(name for name in names if not name.startswith(("~$", ".")))


def _printable(name: str) -> str:
    """Return a name with ? for each character that a terminal might obey."""
    return "".join(char if char.isprintable() else "?" for char in name)


def _quoted(name: str) -> str:
    """Return a name as it is typed: in quotation marks where it holds blanks or marks of the shell."""
    if sys.platform == "win32":
        return f'"{name}"' if " " in name or not name.replace(".", "").isalnum() else name
    plain = name.replace(".", "").replace("-", "").replace("_", "")
    return (
        name if plain.isalnum() and not name.startswith("-") else shlex.quote(name if not name.startswith("-") else f"./{name}")
    )
