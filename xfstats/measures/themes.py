"""Themes of measures, and the choice of those printed where there are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xfstats.measures.definitions import BY_ANSWER, DEADLINES, OUTCOMES

THEMES: Mapping[str, tuple[str, ...]] = {
    "received": (
        "visits",
        "persons",
        "cases",
        "share",
        "collective_visits",
        "collective_persons",
        "initial",
        "repeat",
        "repeat_rate",
        "excluded",
        "accepted",
        "accepted_in_time",
        "acceptance_rate",
    ),
    "outcome": (*(key for pair in OUTCOMES.values() for key in pair), "replied", "response_rate", "open"),
    "timeliness": (
        "closed_in_time",
        "closed_late",
        "on_time_rate",
        *DEADLINES[1:],
        "not_due",
        "median_days",
        "p90_days",
        "mean_days",
        "median_hours",
    ),
    "answers": tuple(BY_ANSWER),
    "satisfaction": ("rated", "participation_rate", "satisfied", "satisfaction_rate", "satisfaction_unit_rate"),
}
"""What measures are about: a sentence of the paragraph, and a part of a table that is wider than its page, is about one theme."""
THEME: Mapping[str, str] = {key: theme for theme, keys in THEMES.items() for key in keys}
MAX_PRINTED = 12
"""Measures of a table that nobody chose that are printed; data formats hold all."""
_PRINTED_LAST = (
    *("median_days", "participation_rate", "satisfaction_unit_rate", "excluded"),
    *("settlement_rate", "resolution_rate", "acceptance_rate", "response_rate"),
    *BY_ANSWER,
)
"""Measures that are left out first where a table has more, the first one first."""


def measures_to_print(measures: Sequence[str]) -> tuple[str, ...]:
    """Return the measures that are printed of those that nobody chose: at most MAX_PRINTED where others can be left out."""
    many = max(len(measures) - MAX_PRINTED, 0)
    left_out = [key for key in _PRINTED_LAST if key in measures][:many]
    if len(left_out) == many and {*left_out} & {*BY_ANSWER}:
        left_out += BY_ANSWER  # answers are told all or none
    return tuple(key for key in measures if key not in left_out)
