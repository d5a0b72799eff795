"""Gates: conditions such as `closure_rate[*] < 90%` that fail a run, and the distance of a figure to its target."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

from xfstats.config.gate_syntax import Gate
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import BY_KEY, Rate, label
from xfstats.messages import say
from xfstats.reports.exit_reasons import JudgedFigure
from xfstats.reports.figures import DASH, Pair, figure_as_json, format_change, format_with_pair, order_key, round_half_up
from xfstats.reports.references import FoundFigure, find_figures
from xfstats.reports.table import Table, total_label, unclassified_label

_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def judge_figures(
    gates: Sequence[Gate], tables: Sequence[Table], choices: Choices, lang: str, digits: int, *, distances: bool = True
) -> list[JudgedFigure]:
    """Return every figure that a gate judges, with a sentence where it fails; a figure without a value never fails."""
    judged = []
    for gate in gates:
        for found in find_figures(gate.figure, tables):
            value = _figure_value(found)
            failed = value is not None and _COMPARISONS[gate.sign](value, gate.number)
            more = distance_to_target(gate, found, choices) if failed and distances and found.window is None else 0
            judged.append(
                JudgedFigure(
                    condition=gate.text,
                    name=found.name(tables),
                    log=found.table.log.value,
                    ledger=found.table.ledger.value,
                    measure=found.measure,
                    group=found.row.plain_group,
                    window=found.window,
                    figure=found.figure,
                    change=found.change if found.window else None,
                    bound=gate.number,
                    failed=failed,
                    distance=more or None,
                    message=_failure_sentence(gate, found, more, lang, digits) if failed else "",
                )
            )
    return judged


def gate_numbers(one: JudgedFigure) -> dict[str, Any]:
    """Return the value, bound and distance of a judged figure as plain numbers."""
    exact = one.change.exact if one.change else None
    value = figure_as_json(one.figure) if one.window is None else float(round_half_up(*exact, 6)) if exact else None
    return {"figure": one.name, "value": value, "bound": float(one.bound), "distance": one.distance}


def _figure_value(found: FoundFigure) -> Fraction | None:
    """Return the exact value of a figure or change; None where it has none."""
    if found.window is not None:
        exact = found.change.exact if found.change else None
        return Fraction(*exact) if exact else None
    has, value = order_key(found.figure)
    return value if has else None


_UNITS: Mapping[str, str] = {"batches": "unit.batches", "persons": "unit.persons"}
"""What a count is of, by what it weighs records with."""


def _failure_sentence(gate: Gate, found: FoundFigure, more: int, lang: str, digits: int) -> str:
    """Return the sentence about a figure that fails a gate, with its distance."""
    labels = [label or unclassified_label(lang) for label in found.row.group.values()] or [total_label(lang)]
    name = f"{'·'.join(labels)} {label(found.measure, lang)}"
    if found.window is not None:
        name += f" ({say(found.window, lang)})"
        printed = format_change(found.change, lang, digits) if found.change else DASH
        return say("attention.gate", lang, gate=gate.text, label=name, shown=printed, distance="")
    unit = say(_UNITS[getattr(BY_KEY[found.measure], "weight", "batches")], lang)
    distance_text = "" if not more else say("gate.more" if more > 0 else "gate.fewer", lang, count=abs(more), unit=unit)
    return say(
        "attention.gate", lang, gate=gate.text, label=name, shown=format_with_pair(found.figure, digits), distance=distance_text
    )


def distance_to_target(gate: Gate, found: FoundFigure, choices: Choices) -> int:
    """Return how many more records (fewer if negative) would pass the gate; 0 where no number would or it is unknown."""
    if gate.sign not in {"<", "<=", ">", ">="}:
        return 0
    match found.figure:
        case int(number):
            return _count_distance(number, gate)
        case Pair() as pair if gate.sign[0] == "<" and isinstance(rate := BY_KEY[found.measure], Rate) and not rate.fixed:
            return _successes_needed(pair, gate, _success_enters_base(rate, choices))
        case _:
            return 0


def _count_distance(number: int, gate: Gate) -> int:
    """Return the difference to the nearest whole number that passes; 0 where that number is below 0."""
    beyond = gate.sign[1:] == "=" and gate.number.denominator == 1
    if gate.sign[0] == "<":
        return ceil(gate.number) - number + beyond
    passing = floor(gate.number) - beyond
    return passing - number if passing >= 0 else 0


def _success_enters_base(rate: Rate, choices: Choices) -> bool | None:
    """True if a new success also enters the base of its rate; None where no record can become a success."""
    base = choices.bases[rate.key]
    if rate.timed and base.of == "due":
        return None
    if base.of == "rated" and choices.unrated != "out":
        return False
    return base.of == rate.base_grows_by or (rate.timed and not base.not_due)


def _successes_needed(pair: Pair, gate: Gate, entering: bool | None) -> int:  # noqa: FBT001 - the answer of `_success_enters_base`
    """Return how many more successes reach a rate, whether each enters the base or is already in it."""
    target, n, d = gate.number, pair.numerator, pair.denominator
    if entering is None or (entering and target >= 1):
        return 0
    needed = (target * d - n) / (1 - target) if entering else target * d - n
    more = ceil(needed) + (gate.sign == "<=" and needed.denominator == 1)
    return more if more > 0 and (entering or n + more <= d) else 0
