"""The table of all kinds."""

from __future__ import annotations

from collections.abc import Mapping

from . import binaries, documents, entities, names, places, sheets, texts, values, zips
from .model import Kind

ROOMS = (zips, entities, sheets, values, binaries, documents, texts, places, names)
KINDS: Mapping[str, Kind] = {one.name: one for room in ROOMS for one in room.KINDS}
assert len(KINDS) == sum(len(room.KINDS) for room in ROOMS), "every kind has a name of its own"
