"""Tables that stand beside the log, and blank columns within it."""

from __future__ import annotations

import pytest

from tests.logs import FOUR_VISITS, codes, grid, refused, report, total
from tests.writers import Sheet, write


def beside(main, other):
    left, right = grid(main), grid(other)
    width = max(map(len, left))
    rows = max(len(left), len(right))
    left += [[None] * width] * (rows - len(left))
    right += [[None]] * (rows - len(right))
    return [[*one, None, *two] for one, two in zip(left, right, strict=True)]


@pytest.mark.parametrize("other", ["月份 批次\n1月 20\n2月 30\n3月 4\n4月 5\n", "接访级别 批次 人次\n市级 4 20\n县级 4 22\n"])
def test_a_table_beside_the_log_is_not_read_and_said(tmp_path, other):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", beside(FOUR_VISITS, other))], "xlsx")
    made = report(path)
    assert (total(made)["visits"], total(made)["persons"], codes(made)) == (4, 10, ["W228"])
    assert made.attention


def test_two_logs_side_by_side_are_refused(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("s", beside("序号 接访日期 来访人数\n1 2024-1-2 2\n", "序号 案件编号 办结日期\n1 A1 2024-1-9\n"))], "xlsx")
    assert refused(path).code == "E332"


def test_a_blank_column_within_a_log_parts_nothing(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(
        path, [Sheet("s", beside("序号 接访日期 来访人数\n1 2024-1-2 2\n2 2024-1-3 3\n", "办理状态\n已办结\n办理中\n"))], "xlsx"
    )
    assert total(report(path))["closed"] == 1


def test_a_small_table_beside_numbered_cases_takes_no_row_with_it(tmp_path):
    rows = [["工单号", "受理时间", "诉求类别", "状态", None, "分类", "件数"]]
    rows += [[f"GD{n}", "2024-6-1", "教育", "已回复", None, *(["合计", 26] if n == 1 else [None, None])] for n in range(8)]
    path = tmp_path / "工单.xlsx"
    write(path, [Sheet("a", rows)], "xlsx")
    assert total(report(path))["cases"] == 8
