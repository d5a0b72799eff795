"""A number under Unit # may be that of an office or of a room: it groups where that is said, and the option is named."""

from __future__ import annotations

import pytest

from tests.logs import report
from tests.writers import Sheet, write


def log(folder, header, cells, fmt, *more):
    """A list of closed cases with a column of these cells, and columns of one value each."""
    rows = [[f"C-{at}", f"2024-05-0{at}", cell, "Closed", *(one for _, one in more)] for at, cell in enumerate(cells, 1)]
    path = folder / f"complaints.{fmt}"
    write(path, [Sheet("s", [["Case number", "Received", header, "Status", *(name for name, _ in more)], *rows])], fmt)
    return path


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize(
    ("header", "cells"),
    [("Unit #", [12, 101, "3B", 12, 7]), ("Unit#", [1, 2, 3, 1, 2]), ("Office #", ["A1", "A2", "A1", "A2", "B1"])],
)
def test_numbers_that_may_be_of_rooms_group_where_that_is_said(tmp_path, header, cells, fmt):
    path = log(tmp_path, header, cells, fmt)
    made = report(path, lang="en")
    assert made.tables[0].by == ()
    name = f'"{header}"' if " " in header else header
    assert [one.message.endswith(f"--map unit={name}") for one in made.findings if one.code == "W276"] == [True]
    assert report(path, maps=[f"unit={header}"], by=("unit",)).tables[0].by == ("unit",)


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Unit #", ["Parks", "Water", "Parks", "Water", "Parks"]), ("Unit", [1, 2, 1, 2, 1]), ("Team #", [1, 2, 1, 2, 1])],
)
def test_names_under_such_a_header_and_numbers_under_another_are_units(tmp_path, header, cells):
    assert report(log(tmp_path, header, cells, "csv")).tables[0].by == ("unit",)


def test_another_column_of_units_serves(tmp_path):
    made = report(log(tmp_path, "Unit #", [12, 101, "3B", 12, 7], "csv", ("Department", "Parks")))
    assert (made.tables[0].by, [one.code for one in made.findings if one.code == "W276"]) == (("unit",), [])
