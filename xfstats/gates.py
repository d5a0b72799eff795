"""Gates: `--fail-if 'closure_rate[*] < 90%'` over exact figures, and how many more would reach the target."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from xfstats.choices import Choices
from xfstats.errors import UsageFault
from xfstats.figures import Pair, compared, shown
from xfstats.measures import label
from xfstats.messages import say
from xfstats.reference import Found, Reference, find, parse
from xfstats.table import Table, total_label, unclassified

_FORM = re.compile(r"(?P<figure>.+?)\s*(?P<sign><=|>=|==|!=|<|>)\s*(?P<sign_of>[+-]?)(?P<number>\d+(?:\.\d+)?)\s*(?P<percent>%?)")
_SIGNS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_GROWING = frozenset(["closed", "rated"])
"""Bases that one more of the numerator makes larger by one."""


@dataclass(frozen=True)
class Gate:
    """A figure, a comparison and a number: the run fails where the comparison holds."""

    text: str
    figure: Reference
    sign: str
    number: Fraction


def parse_gate(text: str) -> Gate:
    """A gate as typed; raises UsageFault showing the form."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise UsageFault("E236")
    number = Fraction(found["number"]) * (-1 if found["sign_of"] == "-" else 1)
    return Gate(text.strip(), parse(found["figure"]), found["sign"], number / 100 if found["percent"] else number)


def failures(
    gates: Sequence[Gate], tables: Sequence[Table], choices: Choices, lang: str, digits: int, *, distances: bool = True
) -> list[str]:
    """A sentence for every figure that fails a gate, with its distance; a figure without a value cannot fail."""
    said = []
    for gate in gates:
        for found in find(gate.figure, tables):
            value = _value(found)
            if value is not None and _SIGNS[gate.sign](value, gate.number):
                said.append(_sentence(gate, found, choices if distances else None, lang, digits))
    return said


def _value(found: Found) -> Fraction | None:
    if found.window is not None:
        exact = found.change.exact if found.change else None
        return Fraction(*exact) if exact else None
    has, value = compared(found.figure)
    return value if has else None


def _sentence(gate: Gate, found: Found, choices: Choices | None, lang: str, digits: int) -> str:
    labels = [label or unclassified(lang) for label in found.row.group.values()] or [total_label(lang)]
    name = f"{'·'.join(labels)} {label(found.measure, lang)}"
    if found.window is not None:
        name += f" ({say(found.window, lang)})"
        printed = f"{float(_value(found) or 0):+.4f}"
        return say("attention.gate", lang, gate=gate.text, label=name, shown=printed, distance="")
    figure = found.figure
    printed = shown(figure, digits)
    if isinstance(figure, Pair):
        printed += f" ({figure.numerator}/{figure.denominator})"
    more = distance(gate, found, choices) if choices is not None else 0
    said = "" if not more else say("gate.more" if more > 0 else "gate.fewer", lang, count=abs(more))
    return say("attention.gate", lang, gate=gate.text, label=name, shown=printed, distance=said)


def distance(gate: Gate, found: Found, choices: Choices) -> int:
    """How many more of the counted (fewer where negative) would pass the gate; 0 where no number would, or none is told."""
    figure, target = found.figure, gate.number
    if gate.sign not in {"<", "<=", ">", ">="}:
        return 0
    beyond = gate.sign in {"<=", ">="}
    if isinstance(figure, int):
        step = ceil(target) - figure if gate.sign[0] == "<" else figure - (target.numerator // target.denominator)
        step += 1 if beyond and target.denominator == 1 else 0
        return step if gate.sign[0] == "<" else -step
    if not isinstance(figure, Pair) or gate.sign[0] == ">":
        return 0
    base = choices.bases.get(found.measure)
    growing = base is not None and base.of in _GROWING
    n, d = figure.numerator, figure.denominator
    if growing and target >= 1:
        return 0
    needed = (target * d - n) / (1 - target) if growing else target * d - n
    more = ceil(needed) + (1 if beyond and needed.denominator == 1 else 0)
    return more if more > 0 and (growing or n + more <= d) else 0
