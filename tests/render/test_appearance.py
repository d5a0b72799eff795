"""How results look: aligned, never cut, harmless, the same in every format."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from importlib.resources import files

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import book, report
from tests.render.conftest import HEAD
from tests.writers import Sheet, write
from xfstats.config.output_formats import Result, formats_of
from xfstats.messages import LANGS
from xfstats.render import load_renderer
from xfstats.render.rejects import rejects_csv
from xfstats.render.safe_text import FORMULA_STARTS, display_width, escape_control, escape_formula, wrap_text
from xfstats.render.style import Style

LOG = """
    序号 接访日期 接访级别 责任单位 来访人数 办理状态 办结日期
    1 2024-1-2 市级 甲局 1234 已办结 2024-1-9
    2 2024-1-2 县级 乙局 2 息诉罢访 2024-1-5
    3 2024-1-2 县级 乙局 2 不予受理 .
"""

STYLE = Style()


def text(made, cells=None, **options) -> str:
    return str(load_renderer("table")(made, Style(width=cells, **options)))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [20, 30, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("by", [None, "unit,level"])
def test_a_table_fits_the_window_and_cuts_no_figure(tmp_path, lang, cells, by):
    made = report(book(tmp_path, LOG), **({"by": by} if by else {}))
    made = replace(made, lang=lang)
    printed = text(made, cells)
    assert max(map(display_width, printed.splitlines())) <= cells
    for figure in ("1,238", "100.00%", "50.00%"):
        assert figure in printed


def test_columns_line_up_with_wide_characters(tmp_path):
    lines = [line for line in text(report(book(tmp_path, LOG))).splitlines() if line.startswith(("╭", "│", "├", "╰"))]
    assert len({display_width(line) for line in lines}) == 1


def test_only_glyphs_that_a_gbk_console_has(tmp_path):
    text(report(book(tmp_path, LOG))).encode("gbk")
    for lang in LANGS:
        files("xfstats").joinpath("locale", f"{lang}.toml").read_bytes().decode("utf-8").encode("gbk")


def test_a_rule_stands_above_the_total(tmp_path):
    lines = text(report(book(tmp_path, LOG))).splitlines()
    assert [line.split()[1] if line[0] == "│" else line[0] for line in lines[1:9]] == [
        *"╭",
        "层级",
        "├",
        "市级",
        "县级",
        "├",
        "合计",
        "╰",
    ]


HOSTILE = ["=1+1", "＝cmd", "@x", "a\x1b[31mb", "<script>x</script>", "a|b", "\u202eabc", "x" * 90]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("h") / "接访.xlsx"
    rows = [["接访日期", "责任单位", "来访人数"], *(["2024-1-2", label, 1] for label in HOSTILE for _ in range(2))]
    write(path, [Sheet("=HYPER", rows)], "xlsx")
    return report(path, by="unit")


@pytest.mark.parametrize("form", sorted(formats_of(Result.TABLES)))
def test_no_text_of_a_log_becomes_formula_markup_or_escape(hostile, form):
    data = load_renderer(form)(hostile, Style())
    if isinstance(data, bytes):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        assert not [cell for row in sheet.iter_rows() for cell in row if str(cell.value)[:1] in "=＝@+"]
        return
    assert "\x1b" not in data
    assert "\u202e" not in data or form in {"json", "jsonl"}
    assert "<script>x" not in data or form in {"json", "jsonl", "table", "csv", "tsv"}
    if form in {"csv", "tsv"}:
        cells = [cell for line in data.splitlines() for cell in line.split("," if form == "csv" else "\t")]
        assert not [cell for cell in cells if cell.startswith(("=", "＝", "@"))]
    if form == "md":
        assert "a\\|b" in data


@given(st.text())
def test_visible_text_has_no_control_and_no_direction(given_text):
    shown = escape_control(given_text, None)
    assert shown == escape_control(shown, None)
    assert not [char for char in shown if ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or 0x202A <= ord(char) <= 0x202E]
    assert display_width(escape_control(given_text)) <= 60


@given(st.text())
def test_guarded_text_begins_no_formula(given_text):
    shown = escape_control(given_text, None)
    assert escape_formula(given_text) == ("'" if shown.startswith(FORMULA_STARTS) else "") + shown


@given(st.text(st.characters(codec="gbk"), max_size=80), st.integers(10, 40))
def test_wrapping_loses_no_character(given_text, cells):
    def bare(lines):
        return "".join("".join(lines).split())

    assert bare(wrap_text(given_text, cells)) == bare([given_text])


def test_the_workbook_is_ours_print_ready_and_exact(tmp_path):
    data = load_renderer("xlsx")(report(book(tmp_path, LOG)), Style())
    assert data == load_renderer("xlsx")(report(book(tmp_path, LOG)), Style())
    workbook = openpyxl.load_workbook(io.BytesIO(bytes(data)))
    assert workbook.properties.keywords == "xfstats/1"
    sheet = workbook["统计表"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    total = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    assert [cell.value for cell in total][1:5] == [3, 1238, 1, 2]
    assert total[5].value == 1.0
    assert total[5].number_format == "0.00%"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (cells["层级"].font.name, total[0].font.name, total[1].font.name) == ("黑体", "宋体", "Times New Roman")
    assert "核对" in "".join(str(row[0].value) for row in workbook["口径与核对"].iter_rows())


def test_a_definition_of_two_lines_stands_in_a_row_of_two(tmp_path):
    log = book(tmp_path, LOG, name=f"{'很长的名字' * 12}接访.xlsx")
    notes = openpyxl.load_workbook(io.BytesIO(load_renderer("xlsx")(report(log), Style())))["口径与核对"]
    heights = {row: notes.row_dimensions[row].height for row in range(1, notes.max_row + 1)}
    for (cell,) in notes.iter_rows(max_col=1):
        wide = display_width(str(cell.value or ""))
        assert bool(heights[cell.row]) == (wide > 76)
        assert (heights[cell.row] or 15) >= 15 * -(-wide // 80)
    assert any(heights.values())


def test_jsonl_is_one_figure_a_line(tmp_path):
    lines = [json.loads(line) for line in str(load_renderer("jsonl")(report(book(tmp_path, LOG)), Style())).splitlines()]
    rate = next(line for line in lines if line["measure"] == "closure_rate" and line["row"] == "total")
    assert (rate["numerator"], rate["denominator"], rate["value"]) == (2, 2, 1.0)


def test_the_list_of_rejects_guards_its_names(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("=A", [["接访日期", "来访人数"], ["2024-2-30", 1], ["2024-2-3", 1]])], "xlsx")
    assert rejects_csv(report(path)).splitlines()[1:] == ["接访.xlsx,'=A,2,A,received_on,date-range,日期不存在或超出范围"]


def test_bars_of_a_rate_are_drawn_and_those_without_a_basis_are_empty(tmp_path):
    log = f"{HEAD}2026-5-2 市级 1 办理中\n2026-5-3 县级 2 不予受理\n2026-6-3 乡级 2 已办结\n2026-6-4 乡级 2 办理中\n"
    made = report(book(tmp_path, log), measure=["closure_rate"], by="level")
    assert load_renderer("table")(made, replace(STYLE, bars=True)).splitlines()[2:9] == [
        "│ 层级   │   结案率 │                      │",
        "├────────┼──────────┼──────────────────────┤",
        "│ 市级   │    0.00% │                      │",
        "│ 县级   │        — │                      │",
        "│ 乡级   │   50.00% │ ████████████████████ │",
        "├────────┼──────────┼──────────────────────┤",
        "│ 合计   │   33.33% │                      │",
    ]
