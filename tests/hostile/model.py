"""A kind of hostile file: how one is written, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

Maker: TypeAlias = Callable[[Path], Path]
"""Writes one file into an empty folder and says where it is."""


@dataclass(frozen=True)
class Read:
    """Read to the end: so many rows counted, so many rejected by reason; heads and visits by level where they are at stake."""

    counted: int = 8
    rejected: Mapping[str, int] = field(default_factory=dict)
    persons: int | None = None
    levels: Mapping[str, int] | None = None

    def __str__(self) -> str:
        reasons = "".join(f", {count} {reason}" for reason, count in self.rejected.items())
        return f"read {self.counted}{reasons}"


@dataclass(frozen=True)
class Refused:
    """Refused in one line with one of these codes."""

    codes: tuple[str, ...]
    exit: int = 3

    def __str__(self) -> str:
        return "/".join(self.codes)


Outcome: TypeAlias = Read | Refused


@dataclass(frozen=True)
class Kind:
    """A name, a writer, and the outcomes that are right; more than one only where the design leaves it open."""

    name: str
    make: Maker
    expected: tuple[Outcome, ...]


def kind(name: str, make: Maker, *expected: Outcome) -> Kind:
    """A kind that must be read whole where nothing else is said."""
    return Kind(name, make, expected or (Read(),))


def refused(*codes: str) -> Refused:
    """Refused with exit code 3."""
    return Refused(codes)


def rejecting(reason: str, rows: int = 1, of: int = 8) -> Read:
    """Read, with some rows of the log rejected for one reason."""
    return Read(of - rows, {reason: rows})
