"""Parser of a figure's name, `log:measure[group].window`, to a `Reference`; log, measure and window by any of their names."""

from __future__ import annotations

import csv
import re
import unicodedata

from xfstats.config.periods import COMPARED
from xfstats.config.typed_words import Names
from xfstats.errors import UsageFault
from xfstats.frozen import frozen
from xfstats.measures.definitions import BY_KEY
from xfstats.messages import both
from xfstats.model import Ledger

_FORM = re.compile(
    r"(?:(?P<log>[^:\[\]]+):)?(?P<measure>[^:\[\].]+)(?P<group>\[(?P<values>.*)\])?(?:\.(?P<window>[^.\[\]]+))?", re.DOTALL
)
_MARKS = str.maketrans("【】。“”", '[]."' + '"')
LEDGERS = Names("ledgers", tuple(ledger.value for ledger in Ledger))
MEASURES = Names("measures", tuple(BY_KEY))
WINDOWS = Names("windows", COMPARED)

EACH = "*"
"""The name for each group, where it is not quoted."""


@frozen
class Reference:
    """A parsed name of a figure: log or ledger if named, measure, group (None: the total), window of a change."""

    log: str | None
    measure: str
    values: tuple[str, ...] | None
    window: str | None
    each: bool = False
    """True if each group is meant."""


def parse(text: str) -> Reference:
    """Return the reference that a name of a figure stands for; raise UsageFault where it is no such name.

    A measure that no name fits stays as it was typed.
    """
    found = _found(text)
    values = found["values"]
    split = None if values is None else tuple(part.strip() for part in next(csv.reader([values], skipinitialspace=True), [""]))
    log, measure, window = _keys(found)
    return Reference(log, measure, split, window, (values or "").strip() == EACH)


def figure_key(text: str) -> str:
    """Return a figure's name with the keys of its log, measure and window.

    >>> figure_key("接访：结案率［县级］.环比"), figure_key("closure_rate[*]")
    ('visits:closure_rate[县级].prev', 'closure_rate[*]')
    """
    found = _found(text)
    log, measure, window = _keys(found)
    return (f"{log}:" if log else "") + measure + (found["group"] or "") + (f".{window}" if window else "")


def half_width(text: str) -> str:
    """Return a figure's name with full-width letters, digits and marks, and those of Chinese keyboards, as half-width ones."""
    return unicodedata.normalize("NFKC", text).translate(_MARKS).strip()


def _found(text: str) -> re.Match[str]:
    """Return the parts of a figure's name; raise UsageFault where it has not its form."""
    found = _FORM.fullmatch(half_width(text))
    if found is None or (found["log"] and LEDGERS.key(found["log"]) is None):
        raise UsageFault("E237", figure=text.strip(), names=both("figure.forms"))
    if found["window"] and WINDOWS.key(found["window"]) is None:
        raise UsageFault("E237", figure=text.strip(), names=both("figure.forms"))
    return found


def _keys(found: re.Match[str]) -> tuple[str | None, str, str | None]:
    """Return the keys of log, measure and window."""
    measure = found["measure"].strip()
    return (
        LEDGERS.key(found["log"]) if found["log"] else None,
        MEASURES.key(measure) or measure,
        WINDOWS.key(found["window"]) if found["window"] else None,
    )
