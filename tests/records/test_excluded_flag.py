"""A tick under 不予受理 excludes a record, whatever else its columns say."""

from __future__ import annotations

import pytest

from tests.logs import book, report


def total(path):
    """The figures of the one table of a log."""
    return report(path, measures=["cases", "closed", "excluded", "closure_rate"]).tables[0].total


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("办结 在办 不予受理", "√", "."),
        ("是否办结 是否在办 是否不予受理", "是", "否"),
        ("Closed In_progress Withdrawn", "x", "."),
        ("已办结 在办 作废", "1", "0"),
        ("Closed Open Cancelled", "Y", "N"),
    ],
)
def test_a_tick_in_a_column_of_what_is_excluded_excludes(tmp_path, header, yes, no):
    yes = {"x": "yes"}.get(yes, yes)
    rows = [f"A{n} 2024-5-{n} " + " ".join(yes if n % 3 == at else no for at in range(3)) for n in range(1, 13)]
    zh = "信访件编号 登记日期" if header[0] > "z" else "Case_number Received"
    found = total(book(tmp_path, f"{zh} {header}\n" + "\n".join(rows), "件.xlsx"))
    assert (found["cases"], found["closed"], found["excluded"]) == (12, 4, 4)
    assert (found["closure_rate"].numerator, found["closure_rate"].denominator) == (4, 8)


def test_such_a_column_adds_to_what_a_status_excludes(tmp_path):
    rows = "A1 2024-5-1 已撤诉 .\nA2 2024-5-2 办理中 √\nA3 2024-5-3 已办结 .\nA4 2024-5-4 办理中 .\n"
    found = total(book(tmp_path, "信访件编号 登记日期 办理状态 不予受理\n" + rows))
    assert (found["closed"], found["excluded"], found["closure_rate"].denominator) == (1, 2, 2)


def test_a_day_or_a_reason_under_such_a_header_excludes_nothing(tmp_path):
    for cell in ("2024-5-9", "属于法院管辖范围的事项请另行起诉", "材料不全"):
        rows = "".join(f"A{n} 2024-5-{n} 办理中 {cell if n % 2 else '.'}\n" for n in range(1, 9))
        found = report(book(tmp_path, "信访件编号 登记日期 办理状态 不予受理\n" + rows)).inputs[0].tally.columns
        assert "excluded_flag" not in found
