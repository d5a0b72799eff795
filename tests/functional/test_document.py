"""Documents, workbooks, pages and texts as typed: title, people from options and profiles, annex, the office's own template."""

from __future__ import annotations

import csv
import re

import docx
import openpyxl
import pytest

import xfstats
from tests.program import run_text
from tests.visits import HEADER, rows

DAY = ("--as-of", "2026-11-02", "--lang", "zh")


@pytest.fixture
def folder(tmp_path):
    with (tmp_path / "接访.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER.split(), *rows(5)])
    return tmp_path


def run(folder, *words, code=0, **env):
    return run_text(*words, code=code, cwd=folder, **env)


def texts(path):
    return [one.text for one in docx.Document(path).paragraphs]


def test_title_and_people_are_options(folder):
    people = ("--prepared-by", "甲某", "--checked-by", "乙某 2")
    run(folder, "report", "接访.csv", *DAY, "--title", "2026年信访月报（第10期）", *people, "-o", "月报.docx")
    told = texts(folder / "月报.docx")
    assert told[0] == "2026年信访月报（第10期）"
    assert "制表人：甲某\t审核人：乙某 2\t填报日期：2026年11月2日" in told
    checked = run(folder, "verify", "月报.docx", "接访.csv")
    assert checked.stdout.endswith("0 个不符，0 个未对应\n")


def lines_of(path):
    """The texts of a report of any format, one a line."""
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(path).worksheets
        return [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    text = path.read_text("utf-8")
    return [re.sub(r"<[^>]*>|\\\\|^# ", "", line) for line in text.splitlines()]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("form", ["xlsx", "html", "md", "txt"])
def test_title_and_people_stand_in_every_format_and_are_verified(folder, form):
    people = ("--prepared-by", "甲某", "--checked-by", "=乙&<b>")
    made = folder / f"月报.{form}"
    run(folder, "report", "接访.csv", *DAY, "--title", "2026年信访月报（第10期）", *people, "-o", made.name)
    told = lines_of(made)
    assert sum("2026年信访月报（第10期）" in line and "xfstats report" not in line for line in told) == (
        2 if form == "html" else 1
    )  # the page's name too
    (line,) = (line for line in told if "制表人：甲某" in line and "审核人：" in line)
    assert "填报日期：2026年11月2日" in line
    assert run(folder, "verify", made.name, "接访.csv").stdout.endswith("0 个不符，0 个未对应\n")


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("form", ["xlsx", "html", "md", "txt"])
@pytest.mark.parametrize(
    ("lang", "title"), [("zh", "清河市信访局关于2026年5月领导干部接访情况的通报"), ("en", "清河市信访局: Visits, May 2026")]
)
def test_a_composed_title_stands_in_every_format(folder, form, lang, title):
    (folder / "xfstats.toml").write_text('office = "清河市信访局"\n', "utf-8")
    words = ("--as-of", "2026-11-02", "--lang", lang, "--period", "2026-05")
    run(folder, "report", "接访.csv", *words, "-o", f"月报.{form}")
    told = lines_of(folder / f"月报.{form}")
    assert sum(title in line for line in told) == (2 if form == "html" else 1), told
    blank = {"zh": "制表人：", "en": "Prepared by:"}[lang]
    assert any(blank in line for line in told) == (form in {"xlsx", "html"})
    assert "E" not in run(folder, "verify", f"月报.{form}", "接访.csv").stderr


@pytest.mark.parametrize(
    ("lang", "typed", "shown"),
    [
        ("zh", "各县（市、区）信访局，市直各单位：", "各县（市、区）信访局，市直各单位："),
        ("zh", "市委办公室", "市委办公室："),
        ("en", "Heads of service", "To: Heads of service"),
    ],
)
def test_whom_a_document_is_addressed_to_stands_at_the_margin_below_its_title(folder, lang, typed, shown):
    words = ("--as-of", "2026-11-02", "--lang", lang, "--addressed-to", typed)
    run(folder, "report", "接访.csv", *words, "-o", "月报.docx")
    told = docx.Document(folder / "月报.docx").paragraphs
    place = next(number for number, one in enumerate(told) if one.style.name == "Title")
    assert told[place + 1].text == shown
    assert told[place + 1].paragraph_format.first_line_indent == 0
    assert 'firstLineChars="0"' in told[place + 1]._p.xml
    assert "E" not in run(folder, "verify", "月报.docx", "接访.csv").stderr
    run(folder, "report", "接访.csv", *words[:4], "-o", "无.docx")
    assert shown not in texts(folder / "无.docx")


def test_people_stand_in_a_profile_and_what_is_typed_goes_before_it(folder):
    named = {"office": "清河市信访局", "prepared_by": "甲某", "checked_by": "乙某", "addressed_to": "市委"}
    (folder / "xfstats.toml").write_text("".join(f'{key} = "{name}"\n' for key, name in named.items()), "utf-8")
    run(folder, "report", "接访.csv", *DAY, "--checked-by", "丙某", "-o", "月报.docx")
    assert texts(folder / "月报.docx")[1] == "市委："
    assert "制表人：甲某\t审核人：丙某\t填报日期：2026年11月2日" in texts(folder / "月报.docx")
    (folder / "named.toml").write_text('title = "信访月报"\nno_annex = true\n', "utf-8")
    run(folder, "report", "接访.csv", *DAY, "-p", "named.toml", "-o", "季报.docx")
    told = texts(folder / "季报.docx")
    assert (told[0], "附：核对说明" in told) == ("信访月报", False)
    assert run(folder, "verify", "季报.docx", "接访.csv").stdout.endswith("0 个不符，0 个未对应\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_annex_verify_finds_the_command_in_the_properties(folder, lang):
    words = ("--period", "2026-05", "--compare", "prev", "--as-of", "2026-11-02", "--lang", lang)
    run(folder, "report", "接访.csv", *words, "--no-annex", "-o", "月报.docx")
    told = texts(folder / "月报.docx")
    assert not any("sha256" in text or "xfstats report" in text for text in told)
    verdict = run(folder, "verify", "月报.docx", "接访.csv").stdout
    assert verdict.endswith({"zh": "0 个不符，0 个未对应\n", "en": "0 differ, 0 not placed\n"}[lang])
    assert "漏" not in verdict


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("form", ["xlsx", "html"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_workbooks_and_pages_without_annex_are_verified(folder, form, lang):
    long = "，".join(["关于信访工作的情况通报"] * 30)
    words = ("--period", "2026-05", "--as-of", "2026-11-02", "--lang", lang, "--title", long)
    made = folder / f"月报.{form}"
    run(folder, "report", "接访.csv", *words, "--no-annex", "-o", made.name)
    told = "\n".join(lines_of(made)) if form == "xlsx" else re.sub("<[^>]*>", "", made.read_text("utf-8"))
    assert not [word for word in ("sha256 ", "xfstats report", "核对：", "Reconciliation") if word in told]
    verdict = run(folder, "verify", made.name, "接访.csv").stdout
    assert verdict.endswith({"zh": "0 个不符，0 个未对应\n", "en": "0 differ, 0 not placed\n"}[lang])
    again = folder / f"再报.{form}"
    run(folder, "report", "接访.csv", *words, "--no-annex", "-o", again.name)
    assert again.read_bytes() == made.read_bytes()
    (folder / "接访.csv").write_text((folder / "接访.csv").read_text("utf-8").replace("2026-05", "2026-06", 1), "utf-8")
    assert "不符" in run(folder, "verify", made.name, "接访.csv", code=None).stdout or lang == "en"


@pytest.mark.parametrize("form", ["md", "txt", "svg"])
def test_no_annex_is_refused_where_there_is_none_or_no_place_for_the_command(folder, form):
    said = run(folder, "report", "接访.csv", *DAY, "--no-annex", "-o", f"月报.{form}", code=2).stderr
    assert "E363" in said
    assert f".{form}" in said
    assert said.count("\n") == 1
    made = xfstats.report(folder / "接访.csv", no_annex=True)
    with pytest.raises(xfstats.UsageFault, match="E363"):
        made.write(folder / f"月报.{form}")
    assert not (folder / f"月报.{form}").exists()


def test_no_annex_is_refused_with_a_template_that_says_itself_what_is_printed(folder):
    (folder / "office.md").write_text('{{ figure("visits") }}', "utf-8")
    (folder / "office.xlsx").write_bytes(b"PK")
    for form, code in (("xlsx", "E364"), ("md", "E363")):
        words = ("--no-annex", "--template", f"office.{form}", "-o", f"月报.{form}")
        assert code in run(folder, "report", "接访.csv", *DAY, *words, code=2).stderr


def test_an_annex_that_was_deleted_by_hand_is_not_missed(folder):
    run(folder, "report", "接访.csv", *DAY, "-o", "月报.docx")
    document = docx.Document(folder / "月报.docx")
    body, gone = document.element.body, False
    for one in list(body)[:-1]:
        gone = gone or "附：核对说明" in "".join(one.itertext())
        if gone:
            body.remove(one)
    document.save(folder / "月报.docx")
    assert run(folder, "verify", "月报.docx", "接访.csv").stdout.endswith("0 个不符，0 个未对应\n")


def test_a_figure_that_was_changed_differs_without_annex_too(folder):
    run(folder, "report", "接访.csv", *DAY, "--no-annex", "-o", "月报.docx")
    document = docx.Document(folder / "月报.docx")
    total = document.tables[0].rows[-1].cells[1]._tc
    next(total.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")).text = "121"
    document.save(folder / "月报.docx")
    assert "1 个不符" in run(folder, "verify", "月报.docx", "接访.csv", code=1).stdout


def test_an_office_template_is_filled_and_verified(folder):
    office = docx.Document()
    office.add_paragraph('本期接待{{ figure("visits") }}批次。')
    office.add_paragraph("{{ table() }}")
    office.save(folder / "office.docx")
    run(folder, "report", "接访.csv", *DAY, "--template", "office.docx", "-o", "月报.docx")
    told = texts(folder / "月报.docx")
    assert "{" not in "".join(told)
    verdict = run(folder, "verify", "月报.docx", "接访.csv").stdout
    assert verdict.endswith("0 个不符，0 个未对应\n")
    said = run(folder, "report", "接访.csv", *DAY, "--template", "office.docx", "-o", "月报.xlsx", code=2).stderr
    assert "E260" in said


def test_a_mistake_in_a_template_is_one_line_and_writes_nothing(folder):
    office = docx.Document()
    office.add_paragraph('{{ figure("visits[月球]") }}')
    office.save(folder / "office.docx")
    said = run(folder, "report", "接访.csv", *DAY, "--template", "office.docx", "-o", "月报.docx", code=2).stderr
    assert said.startswith('xfstats: "office.docx": 模板正文或页眉页脚第 1 段')
    assert said.count("\n") == 1
    assert not (folder / "月报.docx").exists()
