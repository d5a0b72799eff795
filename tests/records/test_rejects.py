"""Rejects: the first reason of a row with its cell; error cells, formulas without a value, words beside numbers."""

import pytest

from tests.logs import report, text_file
from tests.writers import Error, Formula, Sheet, write

HEADER = ["接访日期", "接访级别", "来访人数", "办理状态"]
ROWS = [
    [Error("#N/A"), "县级", 1, "已办结"],
    ["2024-1-3", "县级", 2, Error("#REF!")],
    ["2024-1-4", "县级", 3, "已办结"],
    ["2024-1-5", "县级", Error("#DIV/0!"), "已办结"],
    ["2024-1-6", "市级", 4, Formula("A1", None)],
    [Formula("A1", None), "市级", 5, "办理中"],
    ["合计", None, 15, Error("#N/A")],
]
REJECTS = [(3, "A", "received_on", "error-cell"), (6, "C", "persons", "error-cell"), (8, "A", "received_on", "no-value")]


def rejects(made):
    return [(one.row, one.column, one.field, one.reason) for one in made.inputs[0].tally.rejects]


def test_an_error_cell_or_a_formula_without_a_value_is_the_reason_with_its_cell_and_field(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("登记", [["接访登记", None, None, None], HEADER, *ROWS])], "xlsx")
    made = report(path)
    assert rejects(made) == REJECTS
    (found,) = [one for one in made.findings if one.code == "W242"]
    assert (found.rows, found.at) == (2, ("D4", "D7"))
    assert made.tables[0].total["persons"] == 9


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_error_cell_of_a_status_is_noted_in_the_first_and_the_last_row_alike(tmp_path, place):
    rows = [["2024-1-3", "县级", 2, "已办结"], ["2024-1-4", "县级", 3, "办理中"], ["2024-1-5", "市级", 4, "已办结"]]
    rows[place][3] = Error("#N/A")
    write(tmp_path / "接访.xlsx", [Sheet("登记", [HEADER, *rows])], "xlsx")
    made = report(tmp_path / "接访.xlsx")
    assert [(one.rows, one.at) for one in made.findings if one.code == "W242"] == [(1, (f"D{place + 2}",))]


@pytest.mark.parametrize("place", [0, 2])
def test_an_error_cell_of_a_date_rejects_the_first_and_the_last_row_alike(tmp_path, place):
    rows = [["2024-1-3", "县级", 2, "已办结"], ["2024-1-4", "县级", 3, "办理中"], ["2024-1-5", "市级", 4, "已办结"]]
    rows[place][0] = Error("#N/A")
    write(tmp_path / "接访.xlsx", [Sheet("登记", [HEADER, *rows])], "xlsx")
    assert rejects(report(tmp_path / "接访.xlsx")) == [(place + 2, "A", "received_on", "error-cell")]


@pytest.mark.parametrize("word", ["作废", "作 废", "Void", "VOID", "Cancelled"])
def test_a_row_whose_serial_is_a_word_of_withdrawal_is_rejected_however_it_is_spelled(tmp_path, word):
    log = f"序号,接访日期,接访级别,来访人数\n1,2024-1-2,市级,1\n{word},2024-1-3,县级,2\n3,2024-1-4,县级,3\n"
    made = report(text_file(tmp_path, log, "接访.csv"))
    assert rejects(made) == [(3, "A", "serial", "void")]
