"""A log in which no column tells what is closed names the columns that may, with the option to type."""

from __future__ import annotations

import pytest

from tests.logs import codes, report
from tests.writers import Sheet, write


def log(folder, header, cells, fmt="csv", more=()):
    """A list of ten complaints with a column of these cells in turn, and further columns of one cell."""
    rows = [[f"C-{100 + n}", f"2024-05-{1 + n:02}", cells[n % len(cells)], *(cell for _, cell in more)] for n in range(10)]
    path = folder / f"list.{fmt}"
    write(path, [Sheet("Sheet1", [["Ref", "Received", header, *(name for name, _ in more)], *rows])], fmt)
    return path


def told(made):
    """The options that W300 names."""
    return [one.message.rpartition(": ")[2].rpartition("：")[2] for one in made.findings if one.code == "W300"]


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize(
    ("header", "cells", "way"),
    [
        ("销号情况", ["已销", "未销"], "--map status=销号情况"),
        ("Disposition", ["A", "B", "C"], "--map status=Disposition"),
        ("Loop closed?", ["Y", "N"], '--map closed_flag="Loop closed?"'),
        ("回路是否办结清零", ["是", "否"], "--map closed_flag=回路是否办结清零"),
    ],
)
def test_a_column_that_may_tell_what_is_closed_is_named_with_the_option_to_type(tmp_path, header, cells, way, fmt):
    path = log(tmp_path, header, cells, fmt)
    made = report(path)
    assert (told(made), "closed" in made.tables[0].total) == ([way], False)
    field, _, name = way.removeprefix("--map ").partition("=")
    assert "W300" not in codes(report(path, maps=[f"{field}={name.strip(chr(34))}"]))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Ward", ["North", "South"]),
        ("接通情况", ["接通", "未接通"]),
        ("Urgent?", ["Y", "N"]),
        ("经办人", ["甲某某", "乙某某"]),
        ("Outcome of visit", [f"text {n}" for n in range(10)]),
    ],
)
def test_a_column_without_a_word_of_an_end_or_of_persons_or_of_texts_is_not_named(tmp_path, header, cells):
    assert told(report(log(tmp_path, header, cells))) == []


@pytest.mark.parametrize("header", ["张伟明13812345678办", "办理 110101199003070038"])
def test_a_header_that_may_not_be_shown_is_named_by_its_letter(tmp_path, header):
    assert told(report(log(tmp_path, header, ["A", "B"]))) == ["--map status=column:C"]


@pytest.mark.parametrize("more", [[("Status", "Open")], [("Date closed", "2024-06-01")]])
def test_nothing_is_named_where_a_column_tells_what_is_closed(tmp_path, more):
    assert told(report(log(tmp_path, "Disposition", ["A", "B"], more=more))) == []
