"""A cross alone among blanks may be a tick or say no: it is asked about, never read as no."""

import pytest

from tests.logs import codes, report, total
from tests.writers import Sheet, write
from xfstats.reports.figures import Pair


def marked(folder, header, marks, fmt="xlsx", **options):
    rows = [[f"C{n}", f"2026-03-{n:02}", mark or None] for n, mark in enumerate(marks, 1)]
    path = folder / f"complaints.{fmt}"
    write(path, [Sheet("Sheet1", [["Reference", "Received", header], *rows])], fmt)
    return report(path, **options)


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "html-xls"])
@pytest.mark.parametrize("header", ["Resolved", "是否解决"])
@pytest.mark.parametrize("mark", ["x", "X", "×", "✗"])
def test_a_cross_alone_among_blanks_is_asked_about(tmp_path, header, mark, fmt):
    made = marked(tmp_path, header, [mark, mark, mark, "", "", mark, "", mark, mark, ""], fmt)
    assert total(made)["resolution_rate"] == Pair(0, 0)
    assert codes(made) == ["W201", "W251"]


def test_the_cross_is_named_and_can_be_placed(tmp_path):
    marks = ["x", "x", "x", "", "", "x", "", "x", "x", ""]
    (found,) = [one for one in marked(tmp_path, "Resolved", marks).findings if one.code == "W201"]
    assert "place them by --map-status x=SET" in found.message
    placed = marked(tmp_path, "Resolved", marks, words={"statuses": (("x", "resolved"),)})
    assert total(placed)["resolution_rate"] == Pair(6, 10)


@pytest.mark.parametrize(("marks", "closed"), [(["√", "×", "", "×"], 1), (["yes", "x", "x", ""], 1), (["×", "×", "×", "×"], 0)])
def test_a_cross_beside_a_yes_or_in_every_row_says_no(tmp_path, marks, closed):
    assert total(marked(tmp_path, "是否办结", marks))["closed"] == closed


@pytest.mark.parametrize(("header", "status"), [("是否办结", "办理进度"), ("Closed?", "Status")])
def test_unknown_words_beside_a_yes_no_column_do_not_deny_its_rate(tmp_path, header, status):
    rows = [[f"C{n}", f"2026-03-{n:02}", "现场核查", "是" if n % 2 else "否"] for n in range(1, 11)]
    write(tmp_path / "cases.xlsx", [Sheet("Sheet1", [["编号", "登记日期", status, header], *rows])], "xlsx")
    made = report(tmp_path / "cases.xlsx")
    assert total(made)["closure_rate"] == Pair(5, 10)
    assert codes(made) == ["W201"]
