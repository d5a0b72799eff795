"""A log without a grouping field: columns of kinds group by their values, others are named with the option to type."""

from __future__ import annotations

import pytest

from tests.logs import report
from tests.writers import Sheet, write


def log(folder, header, labels, fmt="csv", more=()):
    """A list of ten complaints with a last column of these labels, and further columns."""
    rows = [
        [f"C-{100 + n}", f"2024-05-{1 + n:02}", "Closed", labels[n % len(labels)], *(f(n) for _, f in more)] for n in range(10)
    ]
    path = folder / f"list.{fmt}"
    write(path, [Sheet("Sheet1", [["Ref", "Received", "Status", header, *(name for name, _ in more)], *rows])], fmt)
    return path


def ways(made):
    """The columns that W298 names."""
    return [one.message.rpartition(": ")[2].rpartition("：")[2] for one in made.findings if one.code == "W298"]


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("header", ["Feedback Type", "Case Reason", "污染类型", "维权类别", "投诉分类"])
def test_a_column_of_a_kind_by_its_ending_groups_where_its_words_repeat(tmp_path, header, fmt):
    made = report(log(tmp_path, header, ["noise", "water"], fmt))
    assert (made.tables[0].by, ways(made)) == (("category",), [])


@pytest.mark.parametrize(
    ("headers", "by"),
    [
        (("Unit", "Category"), ("category",)),
        (("Category", "Channel"), ("channel",)),
        (("承办单位", "问题类别"), ("category",)),
        (("信访级别", "问题类别"), ("level",)),  # a level is one of a few also where a list has only one of them
    ],
)
def test_a_column_with_one_label_is_grouped_by_after_one_with_several(tmp_path, headers, by):
    one, several = headers
    made = report(
        log(tmp_path, one, ["县级" if by == ("level",) else "Alpha"], more=[(several, lambda n: ["来电", "来信"][n % 2])])
    )
    assert made.tables[0].by == by


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Office visited", '--by "column:Office visited"'),
        ("Trade", "--by column:Trade"),
        ("接访地点", "--by column:接访地点"),
        ("涉及部门", "--by column:涉及部门"),
    ],
)
def test_another_column_whose_words_repeat_is_named_with_the_option_to_type(tmp_path, header, said):
    made = report(log(tmp_path, header, ["one", "two", "three"]))
    assert (made.tables[0].by, ways(made)) == ((), [said])


@pytest.mark.parametrize(
    ("header", "labels"),
    [
        ("Caller name", ["Ann Sampleby", "Bob Testford"]),  # persons
        ("Handled", ["Ann Sampleby", "Bob Testford"]),  # names of persons
        ("Remark one", [f"text {n}" for n in range(10)]),  # all different
        ("来访人及人数", ["甲某等三人", "乙某等五人", "丙某"]),  # persons and their number
        ("Fee", [10, 20, 30]),  # numbers
        ("Round", ["same"]),  # one word
    ],
)
def test_a_column_of_persons_of_numbers_or_of_different_texts_is_not_named(tmp_path, header, labels):
    assert ways(report(log(tmp_path, header, labels))) == []


def test_a_header_with_a_number_is_named_by_its_letter_and_no_more_than_three_are_named(tmp_path):
    more = [(f"Part {name}", lambda n: "ab"[n % 2]) for name in ("x", "y", "z")]
    made = report(log(tmp_path, "Plan 2024-25", ["a", "b"], more=more))
    assert ways(made) == ['--by column:D, --by "column:Part x", --by "column:Part y"']


def test_nothing_is_named_where_the_log_is_grouped_or_a_group_was_asked_for(tmp_path):
    path = log(tmp_path, "Trade", ["a", "b"], more=[("Ward", lambda n: "NS"[n % 2])])
    assert ways(report(path)) == []
    assert ways(report(log(tmp_path, "Trade", ["a", "b"]), by="month")) == []
