"""Parser of a figure's name, `log:measure[group].window`, to a `Reference`."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from xfstats.errors import UsageFault
from xfstats.model import Ledger

_FORM = re.compile(r"(?:(?P<log>[a-z_]+):)?(?P<measure>[a-z0-9_]+)(?:\[(?P<values>.*)\])?(?:\.(?P<window>prev|yoy))?", re.DOTALL)


EACH = "*"
"""The name for each group, where it is not quoted."""


@dataclass(frozen=True)
class Reference:
    """A parsed name of a figure: log or ledger if named, measure, group (None: the total), window of a change."""

    log: str | None
    measure: str
    values: tuple[str, ...] | None
    window: str | None
    each: bool = False
    """True if each group is meant."""


def parse(text: str) -> Reference:
    """Return the reference that a name of a figure stands for; raise UsageFault where it is no such name."""
    found = _FORM.fullmatch(text.strip())
    if found is None or (found["log"] and found["log"] not in set(Ledger)):
        raise UsageFault("E237", figure=text.strip(), names="measure, measure[value], log:measure[value].prev")
    values = found["values"]
    split = None if values is None else tuple(part.strip() for part in next(csv.reader([values], skipinitialspace=True), [""]))
    return Reference(found["log"] or None, found["measure"], split, found["window"], (values or "").strip() == EACH)
