"""Every number of a report against the same report made anew: matched, different, or not placed.

Both texts become runs of characters in which each number is one mark (with its figure's name where it is tagged); the
longest common runs are laid upon each other, so an edited sentence loses its own numbers only.  A number without such a
place is unplaced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xfstats.verify.extracting import Piece

_TOKEN = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?|\S")
_NUMBER = re.compile(r"[+-]?\d")
_UNSIGNED = re.compile(r"^(sha256 |xfstats [a-z]+ )")
_AROUND = 16


@dataclass(frozen=True)
class Mark:
    """One number in a text: as it stands, its figure's name where it is tagged, and the words before it."""

    text: str
    name: str | None
    before: str


@dataclass(frozen=True)
class Verdict:
    """How many numbers match; those that differ, each with the number that it should be; those that have no place."""

    matched: int
    different: tuple[tuple[Mark, str], ...]
    unplaced: tuple[Mark, ...]


Token = str | Mark


def tokens(pieces: Sequence[Piece]) -> list[Token]:
    """Characters and marks; lines of digests and of the command are no figures."""
    found: list[Token] = []
    for line in _lines(pieces):
        text = "".join(part for part, _ in line)
        if _UNSIGNED.match(text.strip(" -•\t")):
            continue
        said = ""
        for part, name in line:
            for match in _TOKEN.finditer(part):
                token = match[0]
                before = (said + part[: match.start()])[-_AROUND:].strip()
                found.append(Mark(token, name, before) if _NUMBER.match(token) else token)
            said += part
    return found


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for text, name in pieces:
        if text == "\n":
            lines.append([])
        else:
            lines[-1].append((text, name))
    return lines


def compare(report: Sequence[Piece], anew: Sequence[Piece]) -> Verdict:
    """The report's numbers against those of the same report made anew."""
    ours, theirs = tokens(report), tokens(anew)
    matcher = SequenceMatcher(None, [_key(one) for one in ours], [_key(one) for one in theirs], autojunk=False)
    matched, different = 0, []
    placed: set[int] = set()
    for start, other, length in matcher.get_matching_blocks():
        for offset in range(length):
            mine, right = ours[start + offset], theirs[other + offset]
            if isinstance(mine, Mark) and isinstance(right, Mark):
                placed.add(start + offset)
                if same(mine.text, right.text):
                    matched += 1
                else:
                    different.append((mine, right.text))
    unplaced = tuple(one for index, one in enumerate(ours) if isinstance(one, Mark) and index not in placed)
    return Verdict(matched, tuple(different), unplaced)


def _key(token: Token) -> str:
    return token if isinstance(token, str) else f"\0{token.name or ''}"


def same(one: str, other: str) -> bool:
    """Whether two numbers are the same, thousands separators apart."""
    return one.replace(",", "") == other.replace(",", "")
