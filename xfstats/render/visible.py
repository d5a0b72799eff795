"""Text that a log had a hand in, made harmless: nothing of it becomes an escape sequence, a formula or an invisible trick."""

from __future__ import annotations

import re

from wcwidth import wcswidth, wcwidth

CAP = 60
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def visible(text: str, cap: int | None = CAP) -> str:
    r"""The text with control, direction and invisible characters written out, at most `cap` cells wide.

    >>> visible("a\x1b[31m\u202e")
    'a\\x1b[31m\\u202e'
    """
    text = _CONTROL.sub(_written, text)
    if cap is None or width(text) <= cap:
        return text
    kept = ""
    for char in text:
        if width(kept + char) >= cap:
            break
        kept += char
    return kept + "…"


def _written(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def guard(text: str) -> str:
    """The text as a spreadsheet's text cell that no program takes for a formula (CWE-1236); our numbers never pass here.

    >>> guard("=1+1"), guard("市级")
    ("'=1+1", '市级')
    """
    text = _CONTROL.sub(_written, text) if _CONTROL.search(text) else text
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def width(text: str) -> int:
    """Cells that a text takes on a terminal."""
    cells = wcswidth(text)
    return cells if cells >= 0 else sum(max(wcwidth(char), 0) for char in text)


def wrapped(text: str, cells: int | None, indent: str = "") -> list[str]:
    """Lines of at most so many cells, broken at blanks or between wide characters; later lines indented."""
    if cells is None or width(text) <= cells:
        return [text]
    lines, line = [], ""
    for piece in re.findall(r"[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef]|\s+", text):
        if line.strip() and width(line + piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines
