"""States and headers of help desks, registers of information requests and message boards are known."""

import random

import pytest

from tests.logs import codes, report, text_file, total


@pytest.mark.parametrize(
    "word",
    [
        "Awaiting Customer",
        "Pending Client",
        "Waiting for vendor",
        "Awaiting internal review",
        "Pending - parts",
        "pending_merchant",
    ],
)
@pytest.mark.parametrize("header", ["Incident state", "Status", "Resolution status"])
def test_whatever_a_matter_waits_for_it_is_open(tmp_path, word, header):
    made = report(
        text_file(tmp_path, f"Ticket ID,Created,{header}\n1,2024-05-06,Closed\n2,2024-05-07,{word}\n3,2024-05-08,New\n")
    )
    assert (total(made)["cases"], total(made)["closed"], codes(made)) == (3, 1, [])


def test_a_duplicate_that_waits_is_excluded(tmp_path):
    made = report(text_file(tmp_path, "Ticket ID,Created,Status\n1,2024-05-06,Closed\n2,2024-05-07,Pending - Duplicate\n"))
    assert (total(made)["closed"], total(made)["excluded"]) == (1, 1)


def test_the_states_of_a_register_of_information_requests(tmp_path):
    weights = {"Successful": 7, "Partially successful": 4, "Refused": 3, "Information not held": 3, "Awaiting classification": 4}
    words = [word for word, number in weights.items() for _ in range(number)] + ["Long overdue", "Withdrawn by the requester"]
    random.Random(20).shuffle(words)
    rows = "".join(f"{n},{1 + n:02}/11/2024,{word}\n" for n, word in enumerate(words))
    found = total(made := report(text_file(tmp_path, f"Request number,Request Date,Status\n{rows}")))
    assert (found["cases"], found["closed"], found["resolved"], found["excluded"]) == (23, 17, 7, 1)
    assert "W201" not in codes(made)


@pytest.mark.parametrize(
    ("header", "closed"), [("filed_date", "resolved_date"), ("Submission DateTime", "Closed"), ("Date lodged", "Date closed")]
)
def test_the_day_on_which_a_complaint_was_filed_is_its_receipt(tmp_path, header, closed):
    text = f"complaint_id,{header},{closed},Status\n1,2024-05-06,2024-05-08,Closed\n2,2024-05-07,2024-05-11,Closed\n"
    assert total(report(text_file(tmp_path, text)))["median_days"].value == 3


@pytest.mark.parametrize(("header", "group"), [("一级标签", "category"), ("assigned_dept", "unit"), ("Dept", "unit")])
def test_labels_and_departments_by_their_short_names(tmp_path, header, group):
    made = report(text_file(tmp_path, f"留言编号,留言时间,{header}\n1,2024-05-06,城建\n2,2024-05-07,教育\n3,2024-05-08,城建\n"))
    assert made.tables[0].by == (group,)
