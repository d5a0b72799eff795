"""All that a measure needs beside its definition stands in its place; what is missing is named with the place."""

from __future__ import annotations

import pytest

from tests.oracle.presets import RATES
from xfstats.measures.choices import BASES, Choices, merged, presets
from xfstats.measures.definitions import BY_KEY, Rate, component_counts
from xfstats.measures.themes import THEMES
from xfstats.messages import keys

RATE_KEYS = {key for key, measure in BY_KEY.items() if isinstance(measure, Rate)}
THEMED = [key for theme in THEMES.values() for key in theme]


def left_out_flags():
    """The flags of all numerators and denominators, whatever base an office chose."""
    for base in BASES:
        rates = {key: {"base": base, "not_due": "out"} for key in presets()["plain"]["rates"]}
        choices = Choices.of({"chosen": merged("plain", {}, rates)})
        yield from (flag for count in component_counts({*BY_KEY} - (RATE_KEYS - {*rates}), choices) for flag in count.flags)


@pytest.mark.parametrize(
    ("place", "needed", "there"),
    [
        ("[measures] of both texts: its name", BY_KEY, keys("measures")),
        ("[definitions] of both texts: its sentence", {*BY_KEY} - RATE_KEYS - {"share"}, keys("definitions")),
        (
            "[numerators] of both texts: the name of a rate's first flag",
            [BY_KEY[key].flags[0] for key in RATE_KEYS],
            keys("numerators"),
        ),
        ("[plain.rates] of measures/presets.toml: what a rate is divided by", RATE_KEYS, presets()["plain"]["rates"]),
        ("THEMES of measures/themes.py: its theme", BY_KEY, THEMED),
        ("RATES of tests/oracle/presets.py: what SQL counts for a rate", RATE_KEYS, RATES),
    ],
)
def test_what_a_measure_needs_is_there_and_nothing_else(place, needed, there):
    missing, left_over = sorted({*needed} - {*there}), sorted({*there} - {*needed})
    assert (missing, left_over) == ([], []), f"missing and left over in {place}"


def test_every_flag_that_a_row_may_lack_has_words():
    missing = sorted({*left_out_flags()} - {*keys("explain_left_out")})
    assert missing == [], "missing in [explain_left_out] of both texts"


def test_every_measure_has_one_theme():
    assert sorted(key for key in THEMED if THEMED.count(key) > 1) == []
