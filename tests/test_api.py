"""The Python interface: exact figures, frames, typed errors."""

from __future__ import annotations

import io
import math

import pandas as pd
import pytest

import xfstats
from tests.logs import book

pytestmark = pytest.mark.usefixtures("no_workers")
LOG = "接访日期 接访级别 来访人数 办理状态\n2024-1-2 市级 1 已办结\n2024-1-3 县级 2 不予受理\n"


def test_figures_are_exact_and_frames_carry_them(tmp_path):
    report = xfstats.summarize(book(tmp_path, LOG), by="level", as_of="2026-11-02")
    table = report["visits"]
    assert table.total["visits"] == 2
    frame = report.to_frame()
    assert list(frame["level"][:2]) == ["市级", "县级"]
    assert list(frame["level"].isna()) == [False, False, True]
    assert list(frame["persons"]) == [1, 2, 3]
    assert frame["closure_rate"][0] == frame["closure_rate"][2] == 1.0
    assert math.isnan(frame["closure_rate"][1])
    with pytest.raises(KeyError):
        report["letters"]


def test_options_are_the_command_lines(tmp_path):
    report = xfstats.summarize(
        [book(tmp_path, LOG)], measures=["visits", "open"], period="2024-01", where={"level": "市级"}, statuses={"已办结": "open"}
    )
    assert report.tables[0].total == {"visits": 1, "open": 1}
    assert report.reconciliation.reasons["outside"] == {"where": 1}


def test_comparing_ranking_and_presets_are_there_too(tmp_path):
    report = xfstats.summarize(
        book(tmp_path, LOG), period="2024-01", compare="prev", rank="visits", cross="level", by="month", preset="petition"
    )
    table = report["visits"]
    assert (table.cross, table.ranked, [window.name for window in table.windows]) == ("level", "visits", ["prev"])
    assert "口径：信访" in table.notes


def test_errors_have_a_code_and_a_position(tmp_path):
    with pytest.raises(xfstats.InputFault) as caught:
        xfstats.summarize(tmp_path / "none.xlsx")
    assert (caught.value.code, caught.value.position.file) == ("E301", "none.xlsx")
    with pytest.raises(xfstats.UsageFault):
        xfstats.summarize(book(tmp_path, LOG), by="nothing")


@pytest.mark.parametrize("paths", [[], (), "", [""], None, 3, [3]])
def test_paths_are_named(paths):
    with pytest.raises(xfstats.UsageFault, match="paths takes str, Path") as caught:
        xfstats.summarize(paths)
    assert caught.value.code == "E284"


def test_inspect_carries_the_evidence(tmp_path):
    report = xfstats.inspect(book(tmp_path, LOG))
    assert {use.field: use.column for use in report.inputs[0].tally.columns_used}["level"] == "B"


CONTENT = "来访日期,来访人姓名,来访人数,办理状态\n2024-05-01,甄某隐,1,已办结\n"


@pytest.mark.parametrize(
    "given",
    [
        lambda file: file.open(encoding="utf-8"),
        lambda file: file.read_text("utf-8"),
        lambda file: file.read_text("utf-8").splitlines(),
        lambda file: iter(["甄某隐;1;已办结?"]),
        lambda file: io.StringIO(CONTENT),
        lambda file: ["甄某隐\t已办结"],
        lambda file: pd.read_csv(file)["来访人姓名"],
    ],
    ids=range(7),
)
def test_what_a_file_holds_is_no_path_and_is_not_quoted(tmp_path, given):
    file = tmp_path / "log.csv"
    file.write_text(CONTENT, "utf-8")
    content = given(file)
    with pytest.raises(xfstats.UsageFault) as caught:
        xfstats.summarize(content)
    if hasattr(content, "close"):
        content.close()
    assert caught.value.code == "E357"
    assert not any(word in caught.value.sentence(lang) for word in ("甄某隐", "2024") for lang in ("zh", "en"))


@pytest.mark.parametrize("name", ["接访,5月.csv", "a;b\tc"], ids=["comma", "tab"])
def test_a_path_with_commas_is_a_path(tmp_path, name):
    file = tmp_path / name
    file.write_text(CONTENT, "utf-8")
    assert xfstats.summarize(str(file), as_of="2026-11-02")["visits"].total["visits"] == 1


def test_a_path_with_a_comma_that_is_not_there_is_named():
    with pytest.raises(xfstats.InputFault) as caught:
        xfstats.summarize("接访,5月.csv")
    assert (caught.value.code, caught.value.position.file) == ("E301", "接访,5月.csv")


@pytest.mark.parametrize("cell", ["甄某隐", "Wren Tallow", "W. Tallow", "tallow"])
def test_a_text_that_may_be_a_cell_is_not_quoted_as_a_path(cell):
    with pytest.raises(xfstats.InputFault) as caught:
        xfstats.summarize(["log.csv", cell])
    assert (caught.value.code, caught.value.position.file) == ("E301", "paths[1]")
    assert not any(part in caught.value.sentence(lang) for part in (cell, "allow", "某隐") for lang in ("zh", "en"))


@pytest.mark.parametrize("path", ["来访/甄某隐", "来访.xlsx"])
def test_a_path_is_quoted_where_it_is_not_there(path):
    with pytest.raises(xfstats.InputFault) as caught:
        xfstats.summarize(path)
    assert caught.value.code == "E301"
    assert caught.value.position.file.endswith(path.split("/")[-1])


LETTERS = "收信日期 批阅级别 批阅领导职务 办理状态\n" + "2024-1-2 市级 市长 已办结\n" * 3 + "2024-1-3 市级 局长 办理中\n" * 5
RULES = """
[[groups.letters]]
label = "其中 市长"
when = { post = "市长" }
of_which = true
"""


def test_a_frame_holds_every_row_with_its_kind(tmp_path):
    """The letters' frame of the sample held the row of 其中 alone."""
    (tmp_path / "xfstats.toml").write_text(RULES, "utf-8")
    frame = xfstats.summarize(book(tmp_path, LETTERS, "来信.xlsx"), as_of="2026-11-02")["letters"].to_frame()
    assert list(zip(frame["row"], frame["cases"], strict=True)) == [("group", 8), ("of_which", 3), ("total", 8)]


def test_a_frame_holds_pairs_changes_and_places(tmp_path):
    rows = (
        "2024-1-2 甲县 1 已办结\n2024-1-3 甲县 1 办理中\n2024-2-2 甲县 1 已办结\n2024-2-3 乙县 1 已办结\n2024-2-4 乙县 1 办理中\n"
    )
    log = book(tmp_path, "接访日期 区县 来访人数 办理状态\n" + rows)
    options = {"by": "region", "period": "2024-02", "compare": "prev", "rank": "visits", "measures": ["visits", "closure_rate"]}
    frame = xfstats.summarize(log, as_of="2026-11-02", **options)["visits"].to_frame().set_index("region")
    assert list(frame.columns) == [
        "row",
        *("visits", "visits_prev", "visits_prev_base", "visits_place", "visits_place_prev"),
        *("closure_rate", "closure_rate_numerator", "closure_rate_denominator", "closure_rate_prev", "closure_rate_prev_base"),
    ]
    assert list(frame.loc["甲县"]) == ["group", 1, -0.5, 2, 2, 1, 1.0, 1, 1, 0.5, 0.5]
    assert list(frame.loc["乙县"][["row", "visits", "closure_rate_numerator", "closure_rate_denominator"]]) == ["group", 2, 1, 2]
    assert frame["row"].iloc[-1] == "total"
    assert frame["closure_rate_numerator"].iloc[-1] == 2


def test_a_crossed_frame_and_one_of_the_first_few_hold_their_sums(tmp_path):
    rows = "2024-1-2 甲县 市级 1 已办结\n2024-1-3 乙县 县级 1 办理中\n2024-2-2 丙县 县级 1 已办结\n2024-1-2 甲县 县级 1 已办结\n"
    log = book(tmp_path, "接访日期 区县 接访级别 来访人数 办理状态\n" + rows)
    crossed = xfstats.summarize(log, by="region", cross="level", as_of="2026-11-02").to_frame()
    assert set(crossed["row"]) == {"group", "subtotal", "total"}
    assert crossed["visits"].iloc[-1] == 4
    few = xfstats.summarize(log, by="region", top=1, rank="visits", as_of="2026-11-02").to_frame()
    assert list(zip(few["row"], few["visits"], strict=True)) == [
        ("group", 2),
        ("rest", 2),
        ("total", 4),
    ]


def test_options_of_dates_and_of_closing_are_there_too(tmp_path):
    path = tmp_path / "工单.csv"
    rows = [f"{n},2024-05-31T16:00:00Z,2024-06-03T16:00:00Z,办理中\n" for n in range(3)]
    path.write_text("工单编号,登记日期,办结日期,工单状态\n" + "".join(rows), "utf-8")
    assert xfstats.summarize(path, as_of="2026-11-02", measures="closed").tables[0].total == {"closed": 0}
    made = xfstats.summarize(path, as_of="2026-11-02", closed_by="either", timezone="UTC", date_order="dmy", date_cells="swapped")
    assert (made.tables[0].total["closed"], made.tables[0].span.first.isoformat()) == (3, "2024-05-31")
    for name, value in (("timezone", "Mars"), ("date_order", "ym"), ("date_cells", "turned"), ("closed_by", "both")):
        with pytest.raises(xfstats.UsageFault):
            xfstats.summarize(path, **{name: value})
