"""What an office's template does wrong ends in one line that names it, in bounded time; what it fills can be repeated."""

from __future__ import annotations

import io
import signal

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from tests.program import run_text
from tests.visits import counted, monthly, rows
from xfstats.errors import UsageFault
from xfstats.render.template_limits import limit_resources
from xfstats.render.text_template import fill_text_template
from xfstats.render.xlsx.template import fill_workbook_template


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return monthly(tmp_path_factory.mktemp("log"))


@pytest.fixture
def folder(tmp_path):
    counted(tmp_path, rows(7))
    return tmp_path


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{% include "x" %}', "E243"),
        ("{% for n in range(100000000) %}{% endfor %}", "E261"),
        ('{{ "x" * 10000000000 }}', "E261"),
        ('{{ "%9999999999d" % 1 }}', "E261"),
        ("{{ 9 ** 9 ** 9 }}", "E243"),
        ("{% for n in range(90000) %}{{ 'x' * 1000 }}{% endfor %}", "E261"),
        ("{{ figure }}", "E262"),
        ("{{ [1] | map('string') }}", "E262"),
        ("{{ none }}", "E262"),
        ("{{ nothing }}", "E243"),
        ("{{ 1 / 0 }}", "E243"),
    ],
)
def test_a_template_that_cannot_be_filled_names_its_line(tmp_path, made, text, code):
    path = tmp_path / "t.txt"
    path.write_text(f"一\n二\n{text}\n", "utf-8")
    with pytest.raises(UsageFault) as caught:
        fill_text_template(path, made)
    assert (caught.value.code, caught.value.values.get("line", 3)) == (code, 3)


def test_a_template_that_never_ends_is_ended(tmp_path, made, monkeypatch):
    monkeypatch.setattr("xfstats.render.template_limits.MAX_SECONDS", 0.05)
    path = tmp_path / "t.txt"
    loops = "".join(f"{{% for n{place} in range(99999) %}}" for place in range(4))
    path.write_text(loops + "{% endfor %}" * 4, "utf-8")
    with pytest.raises(UsageFault) as caught:
        fill_text_template(path, made)
    assert caught.value.code == "E261"
    monkeypatch.undo()
    with limit_resources():
        assert signal.getitimer(signal.ITIMER_REAL) > (0, 0)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.parametrize(
    ("template", "output", "forms"),
    [
        ("t.txt", "r.docx", ".txt, .md"),
        ("t.txt", "r.xlsx", ".txt, .md"),
        ("t.xlsx", "r.png", ".xlsx"),
        ("t.xlsx", "r.txt", ".xlsx"),
    ],
)
def test_a_template_is_refused_for_what_it_cannot_fill(folder, template, output, forms):
    said = run_text("report", "接访.csv", "--template", template, "-o", output, code=2, cwd=folder).stderr
    assert "E260" in said
    assert forms in said
    assert not (folder / output).exists()


def workbook(folder, names):
    """A template whose cells B2, B3 … have these names, or names with areas of their own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.merge_cells("D2:E3")
    for row, (name, area) in enumerate(names.items(), 2):
        book.defined_names[name] = DefinedName(name, attr_text=f"{sheet.title}!{area or f'$B${row}'}")
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ({"visits": "$B$2:$C$3"}, "E263"),
        ({"visits": "#REF!"}, "E263"),
        ({"visits": None, "visitss": None}, "E237"),
        ({"visits": None, "closed_rates__县级": None}, "E237"),
        ({"visits": None, "anything.prev": None}, "E237"),
        ({"部门名单": None}, "E264"),
        ({}, "E264"),
    ],
)
def test_a_name_that_cannot_be_filled_is_named(tmp_path, made, names, code):
    with pytest.raises(UsageFault) as caught:
        fill_workbook_template(workbook(tmp_path, names), made)
    assert caught.value.code == code
    assert code == "E264" or str(caught.value.values.get("figure", caught.value.values.get("name"))) in names


def test_cells_without_a_format_of_their_own_get_one_and_a_merged_area_is_one_cell(tmp_path, made):
    names = {"visits": "$D$2:$E$3", "closure_rate": None, "visits.prev": None, "closure_rate.prev": None, "部门名单": None}
    data = fill_workbook_template(workbook(tmp_path, names), made)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["D2"].value == made.tables[0].total["visits"]
    assert [sheet[f"B{row}"].number_format for row in (3, 4, 5, 6)] == [
        "0.00%",
        "+0.00%;-0.00%;0.00%",
        '+0.00" 百分点";-0.00" 百分点";0.00" 百分点"',
        "General",
    ]
    change = made.tables[0].total_row.block.changes["closure_rate"]["prev"].exact
    assert sheet["B5"].value == pytest.approx(100 * change[0] / change[1])


def test_a_filled_workbook_says_how_it_was_made(tmp_path, made):
    book = openpyxl.load_workbook(io.BytesIO(fill_workbook_template(workbook(tmp_path, {"visits": None}), made)))
    lines = [row[0].value for row in book["口径与核对"].iter_rows()]
    assert lines[-1] == "xfstats report --period 2026-05 --as-of 2026-11-02"
    assert any(line.startswith("核对：") for line in lines)


def test_a_text_is_filled_by_the_command_and_written_where_it_is_asked_for(folder):
    (folder / "t.txt").write_text("共{{ figure('visits') }}批\n", "utf-8")
    run_text("report", "接访.csv", "--template", "t.txt", "-o", "通报.txt", code=0, cwd=folder)
    assert (folder / "通报.txt").read_text("utf-8") == f"xfstats/1\n共{counted(folder, rows(7)).tables[0].total['visits']}批\n"


def test_a_workbook_is_filled_by_the_command_too(folder):
    workbook(folder, {"visits": None})
    run_text("report", "接访.csv", "--template", "t.xlsx", "-o", "通报.xlsx", code=0, cwd=folder)
    assert openpyxl.load_workbook(folder / "通报.xlsx").active["B2"].value == counted(folder, rows(7)).tables[0].total["visits"]


def test_a_template_that_cannot_be_read_is_a_usage_error(tmp_path):
    with pytest.raises(UsageFault) as caught:
        fill_text_template(tmp_path / "missing.txt", monthly(tmp_path))
    assert caught.value.code == "E244"
