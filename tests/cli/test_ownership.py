"""Which files a run may replace: an empty one, or one with our mark that nobody edited since."""

from __future__ import annotations

import errno
import io
import os
import zipfile

import openpyxl
import pytest

from tests.handmade_reports import report
from tests.logs import book
from tests.program import run
from xfstats.cli.output import check_target, write_output
from xfstats.cli.ownership import add_mark, is_edited, is_ours
from xfstats.config.output_formats import BY_KEY, Result, formats_of
from xfstats.errors import XfstatsError
from xfstats.render import load_renderer
from xfstats.render.rejects import rejects_csv
from xfstats.render.style import Style

FORMS = [(form, result) for result in (Result.TABLES, Result.REPORT) for form in formats_of(result)]
WRITTEN = [(form, result) for form, result in FORMS if form not in {"table", "png"}]
DIGESTED = ["xlsx", "docx", "html", "md"]
OTHERS = {
    "csv": "来访日期,层级\n2024-05-01,市级\n",
    "tsv": "来访日期\t层级\n2024-05-01\t市级\n",
    "json": '{"schema": "other/1"}',
    "jsonl": '{"a": 1}\n',
    "md": "# 五月\n\nxfstats/1\n",
    "txt": "五月，共接待来访群众20批次。\n",
    "svg": "<svg></svg>",
    "log": "a,log,row\n",
}


def write(path, form, result=Result.TABLES):
    data = load_renderer(form, result)(report(), Style(bom=BY_KEY[form].bom))
    write_output(add_mark(data, path.suffix), path, force=False, inputs=[])
    return path


def code(path, *, force=False):
    try:
        check_target(path, force=force, inputs=[])
    except XfstatsError as error:
        return error.code
    return None


@pytest.mark.parametrize(("form", "result"), WRITTEN)
def test_every_form_bears_a_mark_by_which_it_is_replaced(tmp_path, form, result):
    path = write(tmp_path / f"out.{form}", form, result)
    assert (is_ours(path), is_edited(path), code(path)) == (True, False, None)
    first = path.read_bytes()
    assert write(path, form, result).read_bytes() == first


def test_rejects_a_picture_and_a_table_of_text_are_ours_too(tmp_path):
    for name, data in (("r.csv", rejects_csv(report())), ("t.log", load_renderer("table")(report(), Style()))):
        (tmp_path / name).write_bytes(add_mark(data, ".log"))
        assert is_ours(tmp_path / name)
    picture = b"\x89PNG\r\n\x1a\n....tEXtSoftware\0xfstats/1...."
    (tmp_path / "p.png").write_bytes(add_mark(picture, ".png"))
    assert (tmp_path / "p.png").read_bytes() == picture
    assert is_ours(tmp_path / "p.png")


@pytest.mark.parametrize(("form", "text"), OTHERS.items())
def test_somebody_elses_file_is_kept_whatever_its_form(tmp_path, form, text):
    path = tmp_path / f"6月.{form}"
    path.write_text(text, "utf-8")
    assert code(path) == "E403"
    assert code(path, force=True) is None


@pytest.mark.parametrize(("error", "said"), [(errno.EACCES, "E403"), (errno.EMFILE, "E406"), (errno.EIO, "E406")])
def test_of_files_that_cannot_be_read_only_one_that_may_not_be_read_is_taken_for_somebody_elses(
    tmp_path, monkeypatch, error, said
):
    path = tmp_path / "6月.md"
    path.write_text("# 五月\n", "utf-8")

    def fail(*_given, **_named):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(type(path), "open", fail)
    assert code(path) == said


def test_an_empty_file_is_ours_and_one_that_is_not_there_is_no_matter(tmp_path):
    (tmp_path / "x.csv").touch()
    assert code(tmp_path / "x.csv") is None
    assert code(tmp_path / "y.csv") is None


def edited_book(path):
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    cell = next(
        cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and not cell.value.startswith("=")
    )
    cell.value = "改过的"
    made.save(path)


def edited_document(path):
    import docx

    made = docx.Document(path)
    next(paragraph for paragraph in made.paragraphs if paragraph.text).add_run("，另有说明")
    made.save(path)


def edited_text(path):
    path.write_text(path.read_text("utf-8").replace("批次", "起", 1), "utf-8")


EDITS = {"xlsx": edited_book, "docx": edited_document, "html": edited_text, "md": edited_text}


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")
@pytest.mark.parametrize("form", DIGESTED)
def test_a_report_that_was_edited_is_kept_unless_forced(tmp_path, form):
    path = write(tmp_path / f"out.{form}", form, Result.REPORT)
    EDITS[form](path)
    assert (code(path), code(path, force=True)) == ("E410", None)


@pytest.mark.parametrize("form", ["docx", "md"])
def test_a_report_that_was_only_saved_again_is_not_edited(tmp_path, form):
    path = write(tmp_path / f"out.{form}", form, Result.REPORT)
    if form == "docx":
        import docx

        docx.Document(path).save(path)
    else:
        path.write_text(path.read_text("utf-8"), "utf-8", newline="\r\n")
    assert code(path) is None


def test_the_values_of_a_workbook_count_and_not_its_bytes(tmp_path):
    """Another program writes shared strings as texts in the cells, and a rate in fewer figures."""
    path = write(tmp_path / "out.xlsx", "xlsx")
    again = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    path.write_bytes(again.getvalue())
    assert code(path) is None


def test_a_damaged_report_of_ours_is_not_thrown_away(tmp_path):
    path = write(tmp_path / "out.xlsx", "xlsx")
    again = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:200] if "sheet1.xml" in name else old.read(name))
    path.write_bytes(again.getvalue())
    assert code(path) == "E410"


def test_a_report_without_a_digest_is_unedited(tmp_path):
    for name, data in (("a.html", load_renderer("html")(report(), Style())), ("b.md", "# x\n<!-- xfstats/1 -->\n")):
        (tmp_path / name).write_text(data, "utf-8")
        assert code(tmp_path / name) is None


def test_the_log_of_another_month_is_not_replaced_and_nothing_is_read(tmp_path):
    june = tmp_path / "6月.csv"
    june.write_text("接访日期,接访级别\n2024-06-01,市级\n", "utf-8")
    for option in ("-o", "--save", "--rejects"):
        done = run("summarize", tmp_path / "none.xlsx", option, june)
        assert done.returncode == 4
        assert b"[E403]" in done.stderr
    assert june.read_text("utf-8").startswith("接访日期")


def test_the_same_report_is_written_again_by_the_command(tmp_path):
    log = book(tmp_path, "接访日期 接访级别 来访人数 办理状态\n2024-1-2 市级 1 已办结\n")
    for form in ("csv", "json", "md", "html", "xlsx"):
        for _ in range(2):
            done = run("summarize", log, "-o", tmp_path / f"out.{form}", "-q")
            assert (done.returncode, done.stderr) == (0, b"")
