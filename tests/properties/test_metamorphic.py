"""Every measure under changes whose effect is known: duplicate, permute, relabel, split by month and add, cross and fold."""

from __future__ import annotations

import io
import json
import random
import re
from collections import Counter

import jsonschema
import openpyxl
import pytest

from tests.visits import counted, rows
from xfstats.config.output_formats import BY_KEY, TABLE_FORMATS
from xfstats.render import load_renderer
from xfstats.render.json import as_json
from xfstats.render.json_schemas import json_schema
from xfstats.render.style import Style
from xfstats.reports.figures import Pair, Statistic


def figures(made):
    return {tuple(row.group.items()): row.figures for row in made.tables[0].flat()}


@pytest.fixture(params=range(3))
def log(request):
    return rows(request.param)


def test_every_row_twice_doubles_every_count_and_leaves_rates_and_days(tmp_path, log):
    one = figures(counted(tmp_path, log, by="level"))
    two = figures(counted(tmp_path, [row for row in log for _ in range(2)], by="level"))
    for group, own in one.items():
        for key, figure in own.items():
            other = two[group][key]
            if isinstance(figure, int):
                assert other == 2 * figure, key
            elif isinstance(figure, Pair):
                assert (other.numerator, other.denominator) == (2 * figure.numerator, 2 * figure.denominator), key
            elif key != "p90_days":
                assert other.value == figure.value, key


def test_the_order_of_rows_changes_no_byte(tmp_path, log):
    first = as_json(counted(tmp_path, log, by="level,unit"), Style())
    shuffled = [*log]
    random.Random(1).shuffle(shuffled)
    plain, other = json.loads(first), json.loads(as_json(counted(tmp_path, shuffled, by="level,unit"), Style()))
    assert plain["tables"] == other["tables"]


def test_other_names_for_the_groups_change_names_only(tmp_path, log):
    names = {"甲局": "子办", "乙局": "丑办", "丙局": "寅办"}
    one = figures(counted(tmp_path, log, by="unit"))
    two = figures(counted(tmp_path, [[names.get(cell, cell) for cell in row] for row in log], by="unit"))
    renamed = {tuple((field, names.get(label, label)) for field, label in group): own for group, own in one.items()}
    assert renamed == two


def test_months_add_up_to_the_whole(tmp_path, log):
    made = counted(tmp_path, log, by="month", period="2026")
    table = made.tables[0]
    for key in table.measures:
        parts = [row.figures[key] for row in table.rows]
        if isinstance(table.total[key], int):
            assert sum(parts) == table.total[key], key
        elif isinstance(table.total[key], Pair) and key != "share":
            assert sum(part.numerator for part in parts) == table.total[key].numerator, key
            assert sum(part.denominator for part in parts) == table.total[key].denominator, key
    apart = Counter()
    for month in range(1, 13):
        apart.update(
            {
                key: one
                for key, one in counted(tmp_path, log, period=f"2026-{month:02}").tables[0].total.items()
                if isinstance(one, int)
            }
        )
    assert apart == Counter({key: one for key, one in table.total.items() if isinstance(one, int)})


def test_crossing_is_nesting_side_by_side(tmp_path, log):
    crossed = figures(counted(tmp_path, log, by="level", cross="channel"))
    nested = figures(counted(tmp_path, log, by="level,channel"))
    for group, own in nested.items():
        assert crossed[group] == own
    only = figures(counted(tmp_path, log, by="channel"))
    for group, own in only.items():
        assert crossed[group] == own


def test_what_is_compared_with_is_what_that_period_gives(tmp_path, log):
    made = counted(tmp_path, log, by="level", period="2026-05", compare="prev")
    before = counted(tmp_path, log, by="level", period="2026-04")
    for row, other in zip(made.tables[0].flat(), before.tables[0].flat(), strict=True):
        assert row.group == other.group
        for key, figure in other.figures.items():
            if not isinstance(figure, Statistic):
                assert row.block.changes[key]["prev"].base == figure


def test_parts_of_a_partition_add_up(tmp_path, log):
    found = counted(tmp_path, log).tables[0].total
    assert found["open"] == found["overdue"] + found["not_due"] + found["no_limit"]
    assert found["not_due"] == found["due_in_7"] + found["due_in_30"] + found["due_later"]
    assert found["visits"] == found["excluded"] + found["open"] + found["closed"]
    for key, figure in found.items():
        if isinstance(figure, Pair):
            assert 0 <= figure.numerator <= figure.denominator, key


@pytest.mark.parametrize(
    "options",
    [
        {"by": "level", "cross": "channel", "rank": "visits", "period": "2026-05", "compare": "prev,yoy"},
        {"by": "unit", "top": 1, "period": "2026-05", "compare": "prev"},
        {"by": "month", "period": "2026", "compare": "prev,yoy"},
        {"by": "level,unit", "rank": "closure_rate:asc"},
    ],
)
def test_json_keeps_to_its_schema_and_every_format_can_say_it(tmp_path, options):
    made = counted(tmp_path, rows(7), **options)
    jsonschema.validate(json.loads(as_json(made, Style())), json.loads(json_schema()))
    visits = made.tables[0].total["visits"]
    for form in (one for one in TABLE_FORMATS if not BY_KEY[one].binary):
        assert str(visits) in re.split(r"\D+", str(load_renderer(form)(made, Style(width=60)))), form
    sheet = openpyxl.load_workbook(io.BytesIO(load_renderer("xlsx")(made, Style()))).worksheets[0]
    assert visits in {cell.value for row in sheet for cell in row}
