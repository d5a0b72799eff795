"""A refusal for want of a header says which row looked most like one, what of it is known, and what was looked for."""

from __future__ import annotations

import pytest

from tests.logs import book, refused, text_file

WANTED = "Received, Closed, Status, Case number, Persons"
KNOWN = f"is known (a log has two such at least, one of them of {WANTED})"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Ref,When,So\nA1,May,done\nA2,June,off\nA3,July,on\n",
            f": row 1 looks most like one, of which A = Case number {KNOWN}",
        ),
        (
            "甄大明的表,\n代号,登记日期,归谁\nA1,5月,甲\nA2,6月,乙\nA3,7月,丙\n",
            f": row 2 looks most like one, of which B = Received {KNOWN}",
        ),
        (
            "情况,\n代号,怎么样,归谁\nA1,弄完了,甲\nA2,还在弄,乙\n",
            f": row 2 looks most like one, and none of its names is known (a log has two at least such as {WANTED})",
        ),
    ],
)
def test_the_row_most_like_a_header_is_said(tmp_path, text, said):
    error = refused(text_file(tmp_path, text))
    assert (error.code, error.values["nearest"][1]) == ("E309", said)
    assert "甄大明" not in error.sentence("zh")


def test_rows_of_numbers_are_like_no_header(tmp_path):
    error = refused(book(tmp_path, "1 2 3\n4 5 6\n7 8 9\n"))
    assert (error.code, error.values["nearest"][1]) == ("E309", f" (a log has two names at least such as {WANTED})")


@pytest.mark.parametrize("text", ["a~b~c\n1~2~3\n4~5~6\n", "编号^日期\n1^2\n2^3\n"])
def test_a_text_without_fields_names_the_option(tmp_path, text):
    error = refused(text_file(tmp_path, text))
    assert (error.code, "--delimiter" in error.sentence("zh"), "--delimiter" in error.sentence("en")) == ("E310", True, True)
