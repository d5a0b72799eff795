"""Days whose month and day stand in columns of their own."""

from __future__ import annotations

from datetime import date

import pytest

from tests.logs import book, refused, report, total
from tests.writers import Sheet, write


def parted(folder, *rows, merges=()):
    path = folder / "接访.xlsx"
    write(path, [Sheet("s", [list(row) for row in rows], merges=list(merges))], "xlsx")
    return path


def test_a_month_and_a_day_in_two_columns_are_a_day_of_the_year_of_the_title_and_said(tmp_path):
    log = "2024年接访登记\n序号 月 日 来访人数 接访级别\n1 3 5 2 市级\n2 4月 1日 3 县级\n3 . 9 1 县级\n"
    made = report(book(tmp_path, log))
    assert (made.tables[0].span.first, made.tables[0].span.last) == (date(2024, 3, 5), date(2024, 4, 1))
    assert made.reconciliation.reasons["rejected"] == {"date-text": 1}
    assert any("“日”列按“登记日期”读" in note for note in made.tables[0].notes)


@pytest.mark.parametrize("above", ["来访日期", "来访时间"])
def test_the_name_above_a_month_and_a_day_says_whose_day_it_is(tmp_path, above):
    rows = (["2024年接访"], ["序号", above, None, "办结日期", None, "人数"], [None, "月", "日", "月", "日", None])
    path = parted(tmp_path, *rows, [1, 3, 5, 3, 9, 2], [2, None, 6, 4, 1, 3], merges=[(2, 2, 2, 3), (2, 4, 2, 5), (4, 2, 5, 2)])
    made = report(path, measures=["visits", "median_days"])
    assert (made.tables[0].span.last, total(made)["median_days"].numerator) == (date(2024, 3, 6), 30)


def test_a_day_of_birth_in_three_columns_is_no_day_of_receipt(tmp_path):
    rows = (["序号", "出生年月日", None, None, "人数", "级别"], [None, "年", "月", "日", None, None])
    path = parted(tmp_path, *rows, [1, 1960, 3, 5, 3, "市级"], [2, 1970, 3, 6, 4, "县级"], merges=[(1, 2, 1, 4)])
    assert refused(path, by="month").code == "E305"


def test_the_day_that_is_mapped_is_the_day(tmp_path):
    log = "2024年接访登记\n序号 月 日 来访人数 接访级别 哪天\n1 3 5 2 市级 2024-6-1\n2 4 1 3 县级 2024-6-2\n"
    assert report(book(tmp_path, log), maps=["received_on=哪天"]).tables[0].span.first == date(2024, 6, 1)
