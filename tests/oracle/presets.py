"""The choices and the rates of each preset, copied by hand from docs/measures.md."""

from __future__ import annotations

RATES = {
    "repeat_rate": "repeat",
    "acceptance_rate": "accepted_in_time",
    "closure_rate": "closed",
    "settlement_rate": "settled",
    "resolution_rate": "resolved",
    "response_rate": "replied",
    "on_time_rate": "closed_in_time",
    "participation_rate": "people_answered",
    "satisfaction_rate": "people_satisfied",
    "satisfaction_unit_rate": "unit_satisfied",
}
"""What each rate counts, of the records under it."""

LIMITS = {"acceptance_days": 15, "handling_days": 60, "extension_days": 30}
"""The limits of the petition regulation; `plain` has none, so a profile says them wherever it is asked."""
PLAIN = LIMITS | {
    "basically_satisfied": "satisfied",
    "unrated": "out",
    "partly_resolved": "unresolved",
    "collective_from": 5,
    "days": "calendar",
    "month_start_day": 1,
}
CHOICES = {
    "plain": PLAIN,
    "petition": PLAIN,
    "12345": PLAIN | {"acceptance_days": 1, "handling_days": 7, "extension_days": 0},
    "uk": PLAIN | {"acceptance_days": 5, "handling_days": 10, "extension_days": 10, "days": "working"},
}
RULES = dict.fromkeys(RATES, ("received", "out", "in")) | {
    "acceptance_rate": ("received", "out", "out"),
    "on_time_rate": ("received", "out", "out"),
    "satisfaction_rate": ("rated", "out", "in"),
    "satisfaction_unit_rate": ("rated", "out", "in"),
    "participation_rate": ("asked", "out", "in"),
}
PRESET_RULES = {
    "plain": RULES,
    "petition": RULES | {"on_time_rate": ("received", "out", "in")},
    "12345": RULES
    | dict.fromkeys(("on_time_rate", "response_rate"), ("closed", "out", "in"))
    | {"resolution_rate": ("rated", "out", "in")},
    "uk": RULES | {"on_time_rate": ("closed", "out", "in")},
}
"""Base, excluded, not_due of each rate under each preset."""
