"""A column of states that is only guessed gives way to an outcome column whose words are known."""

import pytest

from tests.logs import book, report, text_file, total
from tests.writers import Sheet, write
from xfstats.reports.figures import Pair


def ways(folder, *, result, cells, header="处理方式", fmt="xlsx"):
    """A reception log with a way of handling beside a result."""
    handled = ["转送", "交办", "当场答复", "转送", "交办", "当场答复"]
    rows = [[f"2026-03-0{n}", n, "甲区", way, cell] for n, (way, cell) in enumerate(zip(handled, cells, strict=True), 1)]
    path = folder / f"接访台账.{fmt}"
    write(path, [Sheet("Sheet1", [["来访日期", "来访人数", "责任单位", header, result], *rows])], fmt)
    return report(path)


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize("result", ["办理结果", "结果"])
def test_the_result_tells_what_is_closed_not_the_way_of_handling(tmp_path, result, fmt):
    made = ways(tmp_path, result=result, cells=["已办结", "已办结", "未办结", "已办结", "未办结", "已办结"], fmt=fmt)
    assert total(made)["closure_rate"] == Pair(4, 6)


def test_a_header_of_a_state_tells_it_beside_a_result(tmp_path):
    cells = ["已办结", "已办结", "未办结", "已办结", "未办结", "已办结"]
    assert total(ways(tmp_path, result="结果", cells=cells, header="办理状态"))["closure_rate"] == Pair(2, 6)


def test_the_way_of_handling_tells_beside_a_result_of_unknown_words(tmp_path):
    cells = ["属实", "不属实", "属实", "部分属实", "属实", "不属实"]
    assert total(ways(tmp_path, result="结果", cells=cells))["closure_rate"] == Pair(2, 6)


@pytest.mark.parametrize(("one", "other"), [("Stage_1", "Stage_2"), ("Formal", "Appeal"), ("1", "2")])
def test_a_stage_of_unknown_words_gives_way_to_a_known_outcome(tmp_path, one, other):
    rows = "".join(
        f"C{n} 2026-03-0{n} Arts {one if n % 2 else other} {word}\n"
        for n, word in enumerate(["Upheld", "Upheld", "Rejected", "Ongoing"], 1)
    )
    made = report(book(tmp_path, f"Case Received Faculty Stage Outcome\n{rows}", name="complaints.xlsx"))
    assert (total(made)["closed"], total(made)["excluded"]) == (2, 1)


def test_a_status_of_unknown_words_is_not_given_up(tmp_path):
    rows = "".join(f"C{n},2026-03-0{n},Phase {n},Upheld\n" for n in range(1, 6))
    made = report(text_file(tmp_path, f"Case,Received,Status,Outcome\n{rows}"))
    assert "closure_rate" not in total(made)
