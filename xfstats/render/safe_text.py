"""Escaping of untrusted text (control characters, formulas), and wrapping by display width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MAX_WIDTH = 60
MAX_LABEL_CHARS = 40
"""Characters of a label that text tables print without shortening."""
INVISIBLE = (
    "\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\ud800-\udfff"
)
"""Characters for a class of a regular expression: DEL, C1, direction, zero width, fillers, tags, surrogates, non-characters."""
_CONTROL = re.compile(f"[\x00-\x1f{INVISIBLE}]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")

_WIDE_CHARS = "\u2e80-\uffef\U00020000-\U0003ffff"
_UNBREAKABLE = rf"[（「“(]*(?:[{_WIDE_CHARS}]|[^\s{_WIDE_CHARS}]+)[、。，；：！？）」”…]*\s*|\s+"
"""Pieces that a line is not broken in: a word, or a wide character with adjacent punctuation."""


def escape_control(text: str, cap: int | None = MAX_WIDTH) -> str:
    r"""Return the text with control, direction and invisible characters escaped, shortened to `cap` columns.

    >>> escape_control("a\x1b[31m\u202e")
    'a\\x1b[31m\\u202e'
    """
    text = _CONTROL.sub(_escape_char, text)
    if cap is None or (len(text) <= 2 * cap and display_width(text) <= cap):
        return text
    kept = text[: 2 * cap]  # marks that stack on one letter take no cells
    while display_width(kept) >= cap:
        kept = kept[:-1]
    return kept + "…"


def shorten_distinct(texts: Iterable[str], cap: int | None = MAX_WIDTH) -> dict[str, str]:
    """Return each text escaped and shortened so that different texts stay different: cut at the end, in the middle, or not."""
    caps = {text: _width_limit(text, cap) for text in texts}
    shortened = {text: escape_control(text, own) for text, own in caps.items()}
    for cut in (_cut_middle, _escape_whole):
        collisions = {shown for shown, count in Counter(shortened.values()).items() if count > 1}
        shortened = {text: cut(text, caps[text]) if shown in collisions else shown for text, shown in shortened.items()}
    return shortened


def _width_limit(text: str, cap: int | None) -> int | None:
    """Return how wide a text may be: as its first MAX_LABEL_CHARS characters, and at most `cap`."""
    return (
        cap
        if cap is None or len(text) <= MAX_LABEL_CHARS
        else min(cap, max(display_width(text[:MAX_LABEL_CHARS]), MAX_LABEL_CHARS))
    )


def _cut_middle(text: str, cap: int | None) -> str:
    """Return the text shortened to `cap` columns by leaving out its middle."""
    text = _CONTROL.sub(_escape_char, text)
    cells, tail = (cap or 0) // 2 - 1, ""
    for char in reversed(text[-2 * cells :]):
        if display_width(char + tail) > cells:
            break
        tail = char + tail
    return escape_control(text[: len(text) - len(tail)], (cap or 0) - display_width(tail)) + tail


def _escape_whole(text: str, _cap: int | None) -> str:
    """Return a text escaped, without shortening."""
    return escape_control(text, None)


def _escape_char(found: re.Match[str]) -> str:
    """Return the escape sequence of a character."""
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def escape_formula(text: str) -> str:
    """Return the text as a spreadsheet cell that no program takes for a formula (CWE-1236); not for our own numbers.

    >>> escape_formula("=1+1"), escape_formula("市级")
    ("'=1+1", '市级')
    """
    text = _CONTROL.sub(_escape_char, text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def display_width(text: str) -> int:
    """Return the number of terminal columns that a text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth, wcwidth  # noqa: PLC0415 - its tables are loaded where a text for people needs them

    cells = wcswidth(text)
    return cells if cells >= 0 else sum(max(wcwidth(char), 0) for char in text)


def wrap_text(text: str, cells: int | None, indent: str = "") -> list[str]:
    """Return lines of at most `cells` columns, broken at blanks or between wide characters; later lines are indented."""
    if cells is None or display_width(text) <= cells:
        return [text]
    lines, line = [], ""
    for piece in re.findall(_UNBREAKABLE, text):
        if line.strip() and display_width(line + piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines
