"""Which mark parts the fields of a text file: by the records that it makes, or as --delimiter says."""

from __future__ import annotations

import pytest

from tests.logs import refused, report, text_file, total
from tests.program import run_text as run
from xfstats.config.parse import parse_plan
from xfstats.config.profile import load_profile
from xfstats.errors import UsageFault

CASES = ["Case number,Received,Status", "1,2024-05-01,Closed", "2,2024-05-02,Open", "3,2024-05-03,Closed"]


def counted(made):
    """How many records were counted, and how many of them are closed."""
    figures = total(made)
    return figures["cases"], figures["closed"]


def lines(delimiter, notes="", rows=CASES):
    return "\n".join(row.replace(",", delimiter) + delimiter + ("Notes" if row == rows[0] else notes) for row in rows) + "\n"


@pytest.mark.parametrize("delimiter", [";", "|", "\t"])
@pytest.mark.parametrize(
    "notes", ['"a, b, c\nd, e, f"', '"who, what, when, where\n\nwhy, how, which, whose\nand, so, on, too"', "a, b, c, d"]
)
def test_commas_in_notes_do_not_outvote_the_delimiter(tmp_path, delimiter, notes):
    assert counted(report(text_file(tmp_path, lines(delimiter, notes)))) == (3, 2)


@pytest.mark.parametrize("notes", ['"甲；乙;丙\n丁;戊;己"', "甲|乙|丙", "a;b"])
def test_other_marks_in_notes_do_not_outvote_the_comma(tmp_path, notes):
    assert counted(report(text_file(tmp_path, lines(",", notes)))) == (3, 2)


@pytest.mark.parametrize(
    "above",
    [
        "投诉登记\n",
        "Report for May, 2024, all offices, all units\nPrepared by: A, B, C\n\n",
        '说明\n"填写, 一; 二, 三\n换行, 四; 五"\n',
        'ListSchema={"fields":["a;b","c,d,e"]}\n',
    ],
)
@pytest.mark.parametrize("delimiter", [";", "|", "\t", ","])
def test_notes_above_the_header_decide_nothing(tmp_path, above, delimiter):
    assert counted(report(text_file(tmp_path, above + lines(delimiter, "x")))) == (3, 2)


@pytest.mark.parametrize(
    ("mark", "typed"), [("~", "~"), ("^", "^"), ("、", "、"), ("\t", "tab"), ("\t", r"\t"), ("\t", "\t"), (";", ";"), ("|", "|")]
)
def test_a_delimiter_that_is_named_is_taken(tmp_path, mark, typed):
    assert counted(report(text_file(tmp_path, lines(mark, "x")), delimiter=typed)) == (3, 2)


def test_a_named_delimiter_goes_before_what_the_file_says(tmp_path):
    file = text_file(tmp_path, "sep=,\n" + lines(";", "a,b,c,d"))
    assert counted(report(file, delimiter=";")) == (3, 2)
    assert refused(file).code == "E309"


def test_a_workbook_has_no_delimiter_to_be_named(tmp_path):
    from tests.logs import FOUR_VISITS, book

    assert total(report(book(tmp_path, FOUR_VISITS), delimiter=";"))["visits"] == 4


@pytest.mark.parametrize("typed", ["", ";;", "a", "7", '"', " ", "\n", "comma", "\x00"])
def test_what_is_no_mark_is_refused(typed):
    with pytest.raises(UsageFault) as caught:
        parse_plan({"delimiter": typed}, load_profile(None))
    assert caught.value.code == "E284"


def test_a_profile_says_it_too_and_the_command_repeats_it(tmp_path, no_workers):
    file = text_file(tmp_path, lines("~", "x"))
    profile = text_file(tmp_path, 'schema = 1\ndelimiter = "~"\n', "p.toml")
    assert counted(report(file, profile=profile)) == (3, 2)
    again = run("profile", "init", str(file), "--delimiter", "~", "--lang", "en").stdout
    assert [line for line in again.splitlines() if line.startswith("delimiter")] == [
        'delimiter = "~"  # the mark between the fields of text files'
    ]
    said = run("summarize", str(file), "--delimiter", "~", "--as-of", "2026-11-02", "-v").stderr
    assert "--delimiter '~' --as-of 2026-11-02 -- log.csv" in said


def test_a_tab_in_a_profile_is_written_by_its_name(tmp_path, no_workers):
    file = text_file(tmp_path, lines("\t", "x"))
    again = run("profile", "init", str(file), "--delimiter", "tab", "--lang", "en").stdout
    assert 'delimiter = "tab"' in again
    assert counted(report(file, profile=text_file(tmp_path, again, "p.toml"))) == (3, 2)
