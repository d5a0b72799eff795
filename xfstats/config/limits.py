"""Resource limits of a file, beyond which it is refused; each is raised by --limit NAME=VALUE."""

from __future__ import annotations

from collections.abc import Mapping

from xfstats.config.plan import Plan
from xfstats.errors import LimitFault
from xfstats.model import Position

LIMITS: Mapping[str, int] = {
    "file_bytes": 256 * 1024 * 1024,
    "inflated_bytes": 512 * 1024 * 1024,
    "zip_parts": 10_000,
    "sheets": 256,
    "cells": 20_000_000,
    "rows": 1_048_576,
    "columns": 16_384,
    "repeats": 100_000,
    "cell_bytes": 1024 * 1024,
    "csv_field": 1024 * 1024,
    "csv_line": 16 * 1024 * 1024,
    "memory_mib": 2048,
    "seconds": 300,
    "answer_bytes": 64 * 1024 * 1024,
}
"""Defaults; the largest good workbook of 1,926 public ones inflates to 60 MB and has 188 parts."""


MAX_LIMITS: Mapping[str, int] = {**dict.fromkeys(LIMITS, 1 << 40), "seconds": 7 * 86_400, "memory_mib": 1 << 20}
"""The largest value of each limit: more has no machine, or cannot be told to the system, and was mistyped."""


def limit(name: str, plan: Plan) -> int:
    """Return the value of a limit in a run."""
    return plan.limits.get(name, LIMITS[name])


def limit_error(name: str, plan: Plan, at: Position) -> LimitFault:
    """Return the error that names a limit and how to raise it."""
    return LimitFault(at, name, limit(name, plan))


def check_limit(name: str, value: int, plan: Plan, at: Position) -> None:
    """Raise InputFault where a value is over the limit of this name."""
    if value > limit(name, plan):
        raise limit_error(name, plan, at)
