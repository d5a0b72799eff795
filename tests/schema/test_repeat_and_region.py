"""Headers that no list holds: whether a matter was brought before, shown by yes and no; the region that it belongs to."""

from __future__ import annotations

import pytest

from tests.logs import report, text_file, total


def log(folder, header, cells):
    rows = "".join(f"{n},2024-05-0{n},{cell},Closed\n" for n, cell in enumerate(cells, 1))
    return report(text_file(folder, f"Case number,Received,{header},Status\n{rows}"), measure="cases,repeat")


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Repeat complaint?",
            "Repeat complaint",
            "Repeat contact (Y/N)",
            "Is this a repeat complaint?",
            "Repeated",
            "Repeat case?",
        ),
        *("是否重复投诉", "是否重复反映", "重复诉求标识", "系重复来件", "是否重复工单？"),
    ],
)
@pytest.mark.parametrize("cells", [("Yes", "No", "No"), ("Y", "", "N"), ("是", "否", "否")])
def test_a_question_about_repetition_answered_by_yes_and_no_is_the_repeat_flag(tmp_path, header, cells):
    made = log(tmp_path, header, cells)
    assert (total(made)["repeat"], "repeat" in made.inputs[0].tally.columns) == (1, True)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Repeat count", ("2", "1", "0")),
        ("Repeat case number", ("1", "0", "1")),
        ("Repeat of", ("C-1", "", "")),
        ("重复次数", ("1", "0", "1")),
        ("Repeat complaint?", ("see file", "No", "as above")),
    ],
)
def test_another_column_about_repetition_is_none(tmp_path, header, cells):
    rows = "".join(f"{n},2024-05-0{n},{cell},Closed\n" for n, cell in enumerate(cells, 1))
    made = report(text_file(tmp_path, f"Case number,Received,{header},Status\n{rows}"))
    assert "repeat" not in made.inputs[0].tally.columns


@pytest.mark.parametrize("header", ["所属区域", "所在区域", "所属辖区", "行政区域", "所属行政区", "事发地区", "归属片区"])
def test_a_matters_region_is_known_by_what_stands_before_it(tmp_path, header):
    text = (
        f"编号,登记日期,{header},办理状态\n1,2024-05-01,东城区,已办结\n2,2024-05-02,西城区,办理中\n3,2024-05-03,东城区,办理中\n"
    )
    made = report(text_file(tmp_path, text), by="region")
    assert {row.group["region"]: row.figures["cases"] for row in made.tables[0].rows} == {"东城区": 2, "西城区": 1}


@pytest.mark.parametrize("header", ["户籍所在地区", "信访人所在区域", "居住区域", "工作地区"])
def test_a_persons_region_is_no_region_of_the_matter(tmp_path, header):
    text = f"编号,登记日期,{header},办理状态\n1,2024-05-01,东城区,已办结\n2,2024-05-02,西城区,办理中\n"
    assert "region" not in report(text_file(tmp_path, text)).inputs[0].tally.columns
