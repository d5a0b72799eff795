"""Parser of --fail-if to a `Gate`: a figure's name, a comparison, and a number of the figure's unit."""

from __future__ import annotations

import re
from fractions import Fraction

from xfstats.config.figure_names import Reference, figure_key, half_width, parse
from xfstats.errors import UsageFault
from xfstats.frozen import frozen
from xfstats.measures.definitions import BY_KEY, kind

_SIGNS = str.maketrans({"≤": "<=", "≥": ">=", "≠": "!="})
_FORM = re.compile(
    r"(?P<figure>.+?)\s*(?P<sign><=|>=|==|!=|<|>)\s*(?P<sign_of>[+-]?)(?P<number>[0-9]{1,18}(?:\.[0-9]{1,18})?)\s*(?P<percent>%?)"
)


@frozen
class Gate:
    """A condition that fails the run: a figure, a comparison and a number."""

    text: str
    figure: Reference
    sign: str
    number: Fraction


def parse_gate(text: str) -> Gate:
    """Return the gate of a text; raise UsageFault showing the form, or where the number is not of the figure's unit."""
    found = _FORM.fullmatch(half_width(text).translate(_SIGNS))
    if found is None:
        raise UsageFault("E236")
    figure, percent = parse(found["figure"]), bool(found["percent"])
    number = Fraction(found["number"]) * (-1 if found["sign_of"] == "-" else 1)
    if figure.measure in BY_KEY and not _of_unit(
        kind(BY_KEY[figure.measure]), number, change=bool(figure.window), percent=percent
    ):
        raise UsageFault("E248", figure=figure.measure)
    return Gate(gate_key(text), figure, found["sign"], number / 100 if percent else number)


def gate_key(text: str) -> str:
    """Return a condition with the key of its figure, and half-width marks; the text itself where it is none."""
    marked = half_width(text).translate(_SIGNS)
    found = _FORM.fullmatch(marked)
    return figure_key(found["figure"]) + marked[found.end("figure") :] if found else text


def _of_unit(unit: str, number: Fraction, *, change: bool, percent: bool) -> bool:
    """True if a number can be one of a count (or its change in %), of a rate (its change in points), or of days."""
    match unit:
        case "rate":
            return change or percent or number <= 1
        case "count":
            return change or not percent
        case _:
            return not percent
