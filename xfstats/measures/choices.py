"""Methodological choices that differ between offices: presets, and an office's own over them; as plain values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from xfstats.frozen import frozen

PRESETS = ("plain", "petition", "12345", "uk")
"""The packaged presets."""
BASES = ("received", "accepted", "closed", "due", "rated", "asked")
"""The denominators that a rate can have."""
CLOSED_BY = ("status", "date", "either")
"""The evidence that a record is closed, where a log has words and days for it."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "basically_satisfied": ("satisfied", "unsatisfied", "out"),
    "unrated": ("out", "satisfied", "unsatisfied"),
    "partly_resolved": ("unresolved", "resolved", "out"),
    "closed_by": CLOSED_BY,
    "days": ("calendar", "working"),
}
"""Choices that are one of some words."""
NUMBERS: Mapping[str, tuple[int, int]] = {
    "collective_from": (2, 1000),
    "acceptance_days": (0, 3650),
    "handling_days": (0, 3650),
    "extension_days": (0, 3650),
    "month_start_day": (1, 28),
}
"""Choices that are whole numbers: from and to."""
BASE_KEYS: Mapping[str, tuple[str, ...]] = {"base": BASES, "excluded": ("in", "out"), "not_due": ("in", "out")}


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Mapping[str, Any]]:
    """Return the packaged presets, each completed by the values of `plain`."""
    packaged = tomllib.loads(Path(__file__).with_name("presets.toml").read_text("utf-8"))
    under = packaged["plain"]
    return {
        name: {
            "measures": packaged[name]["measures"],
            "choices": {**under["choices"], **packaged[name].get("choices", {})},
            "rates": {**under["rates"], **packaged[name].get("rates", {})},
        }
        for name in PRESETS
    }


@frozen
class Base:
    """The denominator of a rate: which records, with the excluded or without, with those open and not yet due or without."""

    of: str
    excluded: bool
    not_due: bool


@frozen
class Calendar:
    """The working days of some years: days off among Monday to Friday, and working days at weekends, as ordinals."""

    years: frozenset[int]
    off: frozenset[int]
    on: frozenset[int]


@frozen
class Choices:
    """All choices of an office."""

    preset: str
    bases: Mapping[str, Base]
    measures: tuple[str, ...]
    basically_satisfied: str
    unrated: str
    partly_resolved: str
    closed_by: str
    collective_from: int
    days: str
    holidays: str
    month_start_day: int
    acceptance_days: int | None = None
    handling_days: int | None = None
    extension_days: int | None = None
    """The limits; None where neither the preset nor the office says one."""
    calendar: Calendar | None = None

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Choices:
        """Return the choices of a merged profile: its preset, with its own over it (see `merged`)."""
        own = chosen(words)
        years = own.get("calendar")
        calendar = Calendar(frozenset(years["years"]), frozenset(years["off"]), frozenset(years["on"])) if years else None
        rates = {key: Base(rate["base"], rate["excluded"] == "in", rate["not_due"] == "in") for key, rate in own["rates"].items()}
        return cls(own["preset"], rates, tuple(own["measures"]), **own["choices"], calendar=calendar)


def chosen(words: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the choices of a merged profile as plain values; those of `plain` where it has none."""
    return words.get("chosen") or merged("plain", {}, {})


def merged(preset: str, choices: Mapping[str, Any], rates: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return a preset with an office's choices and rates over it, as plain values for the worker."""
    under = presets()[preset]
    return {
        "preset": preset,
        "measures": list(under["measures"]),
        "choices": {**under["choices"], **choices},
        "rates": {key: {**rate, **rates.get(key, {})} for key, rate in under["rates"].items()},
    }
