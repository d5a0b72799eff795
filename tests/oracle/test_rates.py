"""Every rate over every base, and every choice of a definition, against DuckDB."""

from __future__ import annotations

import random
from itertools import product

import pytest

from tests.oracle.checks import Comparison, count, measures
from tests.oracle.logs import AS_OF, write_log
from tests.oracle.presets import CHOICES, RATES
from tests.oracle.sql import BASES, Definition, Oracle

SWITCH = ["in", "out"]
ANSWERS = ["satisfied", "unsatisfied", "out"]
OPTIONS = {
    "basically_satisfied": ANSWERS,
    "unrated": ANSWERS,
    "partly_resolved": ["unresolved", "resolved", "out"],
    "collective_from": [2, 3, 5, 6, 31],
    "acceptance_days": [1, 5, 7, 15, 40],
    "handling_days": [1, 7, 10, 30, 60, 90],
    "extension_days": [0, 1, 10, 30],
    "days": ["calendar", "working"],
}


@pytest.fixture(scope="module")
def oracle(tmp_path_factory):
    return Oracle(tmp_path_factory.mktemp("oracle"))


def agree(found, path, oracle, shape, given, by):
    table = count(path, oracle, given, measures(shape), by=by)
    found.table(table, oracle.ask(given, AS_OF, by.split(",")), by.split(","), given)


@pytest.mark.parametrize("shape", ["cases", "visits", "flags"])
@pytest.mark.parametrize("base", BASES)
def test_every_rate_over_every_base(tmp_path, oracle, shape, base):
    found = Comparison()
    for seed in (10, 11):
        path = write_log(tmp_path, seed, shape)
        oracle.read(path, shape)
        for excluded, not_due in product(SWITCH, SWITCH):
            rates = dict.fromkeys(RATES, (base, excluded, not_due))
            preset = "uk" if seed == 11 and shape == "cases" else "plain"
            agree(found, path, oracle, shape, Definition(preset, rates=rates), "unit")
    found.done()


@pytest.mark.parametrize("option", OPTIONS)
def test_every_choice(tmp_path, oracle, option):
    found = Comparison()
    for shape in ["cases", "visits"]:
        path = write_log(tmp_path, 12, shape)
        oracle.read(path, shape)
        for value in OPTIONS[option]:
            agree(found, path, oracle, shape, Definition(choices={option: value}), "level")
    found.done()


@pytest.mark.parametrize("shape", ["cases", "visits", "batches", "groups", "flags"])
@pytest.mark.parametrize("seed", range(20, 23))
def test_choices_and_bases_together(tmp_path, oracle, shape, seed):
    path = write_log(tmp_path, seed, shape)
    oracle.read(path, shape)
    draw = random.Random(seed)
    found = Comparison()
    for _ in range(4):
        choices = {option: draw.choice(values) for option, values in OPTIONS.items()}
        rates = {key: (draw.choice([*BASES]), draw.choice(SWITCH), draw.choice(SWITCH)) for key in RATES if draw.random() < 0.7}
        agree(found, path, oracle, shape, Definition(draw.choice([*CHOICES]), choices, rates), "unit,level")
    found.done()
