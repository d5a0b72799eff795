"""Themes of measures: a table that is wider than its page is parted by them."""

from xfstats.measures.definitions import BY_KEY
from xfstats.measures.themes import THEMES


def test_every_measure_has_one_theme():
    assert sorted(key for keys in THEMES.values() for key in keys) == sorted(BY_KEY)
