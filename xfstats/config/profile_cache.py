"""Memory of what was made of the profile, which all files of a run share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


def once_per_profile(make: Callable[[Mapping[str, Any]], T]) -> Callable[[Mapping[str, Any]], T]:
    """Return a function that makes something of a merged profile, and remembers it until another profile comes."""
    last: list[tuple[Mapping[str, Any], T]] = []

    def remembered(profile: Mapping[str, Any]) -> T:
        if not last or last[0][0] != profile:
            last[:] = [(profile, make(profile))]
        return last[0][1]

    return remembered
