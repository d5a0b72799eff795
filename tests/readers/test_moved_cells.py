"""A comma of a text that was not quoted moves the cells behind it: the row is rejected, also where it ends in empty fields."""

import random

import numpy as np
import pytest

from tests.logs import report, text_file, total
from xfstats.readers.csv import last_fields
from xfstats.readers.csv_pieces import read_fields

HEADER = "SVR_ID,STATUS,REQUEST_DATE,PROBLEM_DESCRIPTION,DEPARTMENT,ASSIGNED_DATE"


def log(text, end=",", seed=20):
    """A list of requests without assigned dates, one with this text."""
    draw = random.Random(seed)
    rows = [f"{n},Open,2024-05-{n:02},no heat in room {n},{draw.choice(['North', 'South'])}," for n in range(1, 9)]
    rows.insert(draw.randrange(1, 8), f"9,Open,2024-05-09,{text},West,{end}")
    return f"{HEADER}\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("text", "end", "rejected"),
    [
        ("a further problem, I cannot open the door", "", {"too-many-fields": 1}),
        ("leaks, smells, and is loud", "", {"too-many-fields": 1}),
        ("a further problem", ",", {}),
        ("a further problem", ",,", {}),
    ],
)
@pytest.mark.parametrize("quoted", ["", '1,Open,2024-05-01,"no heat, again",North,\n'])
def test_a_row_whose_cells_were_moved_is_rejected(tmp_path, text, end, rejected, quoted):
    made = report(text_file(tmp_path, log(text, end) + quoted))
    assert made.reconciliation.reasons["rejected"] == rejected
    assert total(made)["cases"] == 9 - len(rejected) + bool(quoted)


def test_blanks_behind_each_comma_say_nothing(tmp_path):
    text = "\n".join(line.replace(",", ", ").rstrip() for line in log("a further problem").splitlines())
    assert report(text_file(tmp_path, text)).reconciliation.reasons["rejected"] == {}


@pytest.mark.parametrize("text", ["one, two", "one, two, three", "one"])
def test_both_readers_find_the_same_rows(text):
    lines = log(text)
    fields = read_fields(lines.encode(), ",")
    rows = [line.split(",") for line in lines.splitlines()]
    assert fields.last(6).tolist() == last_fields(rows).tolist()
    assert np.array_equal(fields.counts, [len(row) for row in rows])
