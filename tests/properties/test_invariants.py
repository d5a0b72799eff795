"""What holds for any log: reconciliation, sums, bounds, order, merging, privacy."""

from __future__ import annotations

import csv
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.logs import report
from xfstats.errors import XfstatsError
from xfstats.render import load_renderer
from xfstats.render.style import Style
from xfstats.reports.figures import Pair

HEADER = ["序号", "接访日期", "接访级别", "来访人姓名", "来访人数", "办理状态", "办结日期"]
DATES = ["2024-01-05", "2024年2月3日", "2024.3.4", "45400", "2024-02-30", "不详", "", "5月6日", "20240501"]
LEVELS = ["市级", "县 级", "区", "乡镇", "街道", "社区", "", "甲级"]
HEADS = ["1", "2人", "十二", "若干", "", "0", "3-5", "１２"]
STATES = ["已办结", "办理中", "息诉罢访", "不予受理", "甩锅", "", "已化解"]
row = st.tuples(*(st.sampled_from(values) for values in (DATES, LEVELS, HEADS, STATES, DATES)))
logs = st.lists(row, min_size=1, max_size=25)
good = st.tuples(*(st.sampled_from(v) for v in (DATES[:3], LEVELS[:5], HEADS[:3], STATES, DATES[:3])))
good_logs = st.lists(good, min_size=1, max_size=15)


def log_file(folder: str, rows, names=None, name="接访.csv") -> Path:
    path = Path(folder) / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, (day, level, heads, state, end) in enumerate(rows):
            who = names[number % len(names)] if names else f"来访人{number:03}"
            writer.writerow([number + 1, day, level, who, heads, state, end])
    return path


def made(rows, **options):
    with tempfile.TemporaryDirectory() as folder:
        try:
            return report(log_file(folder, rows), **options)
        except XfstatsError as error:
            assert error.code == "E310"  # every row was rejected
            return None


def figures(one):
    return {tuple(line.group.values()): line.figures for line in one.tables[0].rows} | {(): one.tables[0].total}


@given(logs)
def test_every_row_is_counted_rejected_skipped_or_outside_and_groups_add_up(rows):
    one = made(rows, period="2024-01-01..2024-03-31")
    if one is None:
        return
    sums = one.reconciliation
    assert sums.rows == len(rows) == sums.counted + sums.rejected + sums.skipped + sums.outside
    table = one.tables[0]
    for key in ("visits", "persons"):
        assert sum(line.figures[key] for line in table.rows) == table.total[key]
    assert table.total["visits"] == sums.counted
    for figure in [figure for line in table.rows for figure in line.figures.values()]:
        if isinstance(figure, Pair):
            assert 0 <= figure.numerator <= figure.denominator


@given(logs, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, draw):
    other = list(rows)
    draw.shuffle(other)
    one, two = made(rows), made(other)
    if one and two:
        assert figures(one) == figures(two)
        assert one.reconciliation == two.reconciliation


@given(good_logs, good_logs)
@settings(max_examples=30)
def test_counting_two_files_is_counting_them_together(first, second):
    with tempfile.TemporaryDirectory() as folder:
        apart = report(
            log_file(folder, first),
            log_file(folder, [*second, second[0]], names=[f"别人{number:03}" for number in range(30)], name="接访2.csv"),
            measure="visits,persons,closed,open",
        )
        together = report(log_file(folder, [*first, *second, second[0]], name="接访3.csv"), measure="visits,persons,closed,open")
    if apart.reconciliation.skipped == 0:
        assert figures(apart) == figures(together)


@given(logs, st.dates(date(2024, 1, 1), date(2024, 5, 31)))
def test_two_parts_of_a_period_add_up_to_the_whole(rows, last):
    """So do any number of parts: a part is split as the whole is.  DATES has no day after May."""
    whole = made(rows, period="2024", measure="visits,persons")
    periods = (f"2024-01-01..{last}", f"{last + timedelta(days=1)}..2024-12-31")
    parts = [made(rows, period=period, measure="visits,persons") for period in periods]
    if whole:
        for key in ("visits", "persons"):
            assert sum(part.tables[0].total[key] for part in parts if part) == whole.tables[0].total[key]


@given(
    good_logs, st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1), min_size=3, max_size=3)
)
@settings(max_examples=40)
def test_text_in_a_person_column_changes_no_byte_of_any_output(rows, names):
    one = made(rows)
    other = made_with_names(rows, names)
    if one and other:
        for form in ("table", "csv", "json", "md", "html"):
            assert load_renderer(form)(one, Style()) == load_renderer(form)(other, Style())


def made_with_names(rows, names):
    distinct = [f"{name}{number}" for number in range(len(rows)) for name in names[:1]]
    with tempfile.TemporaryDirectory() as folder:
        return report(log_file(folder, rows, distinct))


@given(logs)
@settings(max_examples=30)
def test_csv_and_json_say_what_the_table_says(rows):
    one = made(rows)
    if one is None:
        return
    lines = list(csv.DictReader(str(load_renderer("csv")(one, Style())).splitlines()))
    table = one.tables[0]
    assert [int(line["visits"]) for line in lines] == [*(line.figures["visits"] for line in table.rows), table.total["visits"]]
