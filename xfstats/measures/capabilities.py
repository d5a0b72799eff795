"""Capabilities of a log: what its columns and words can tell; a measure needs some of them (see `definitions.MEASURES`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Told(StrEnum):
    """What a capability is about."""

    FIELD = "field"
    """The log has a column of the field, or its name states the value."""
    RECORDS = "set"
    """Records are in the status set."""
    FACT = "tell"
    """A column can tell the fact, also where it holds of no record."""
    WORDS = "known"
    """The words of the status set or rating are known of enough records to print a figure."""
    TICKS = "bits"
    """The rating is given as ticks, 1 and 0."""


@dataclass(frozen=True, order=True)
class Capability:
    """One thing that a log can tell."""

    told: Told
    of: str

    def __str__(self) -> str:
        """Return the name that counts of coverage are made of."""
        return self.of if self.told is Told.FIELD or self == STATUS else f"{self.told}:{self.of}"


STATUS = Capability(Told.FACT, "status")
"""Some column tells whether a record is closed."""
CLOSED_BY_DATE = Capability(Told.FACT, "closed_by_date")
CLOSED_BY_TIMELINESS = Capability(Told.FACT, "closed_by_timeliness")
COLLECTIVE = Capability(Told.FACT, "collective")
HOURS = Capability(Told.FACT, "hours")
"""Days of receipt and close have times of day."""

Need: TypeAlias = tuple[Capability, ...]
"""Capabilities of which one is enough."""
DERIVED_FROM = {COLLECTIVE: ("collective", "persons"), HOURS: ("received_on", "closed_on")}
"""Fields from which a fact can be derived; the first alone is enough."""


def column_of(field: str) -> Capability:
    """Return the capability of a log that has a field."""
    return Capability(Told.FIELD, field)


def records_in(status_set: str) -> Capability:
    """Return the capability of a log that has records in a status set."""
    return Capability(Told.RECORDS, status_set)


def fact(name: str) -> Capability:
    """Return the capability of a log that can tell a fact, such as a status set."""
    return Capability(Told.FACT, name)


def words_of(name: str) -> Capability:
    """Return the capability of a log whose words of a status set or a rating are known."""
    return Capability(Told.WORDS, name)


def ticks_of(rating: str) -> Capability:
    """Return the capability of a log that gives a rating as ticks."""
    return Capability(Told.TICKS, rating)


def is_met(need: Iterable[Capability], supports: Collection[Capability]) -> bool:
    """True if a log, or a sheet of it, has one of the capabilities of a need."""
    return any(one in supports for one in need)


def column_for(one: Capability) -> str:
    """Return the field whose column would give a capability."""
    return one.of if one.told is Told.FIELD else DERIVED_FROM.get(one, ("status",))[0]
