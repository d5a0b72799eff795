"""A table at one level of a classification: the first parts of labels that are paths."""

from __future__ import annotations

import pytest

from tests.logs import refused, report, text_file
from xfstats.records.label_paths import cut_paths

HEAD = "Case number,Received,Category,Department,Status\n"


def groups(folder, labels, by):
    rows = "".join(f'{n},2024-05-01,"{label}",Parks,Closed\n' for n, label in enumerate(labels, 1))
    made = report(text_file(folder, HEAD + rows), by=by)
    return {row.group["category"]: row.figures["cases"] for row in made.tables[0].rows}


@pytest.mark.parametrize("mark", [" > ", ">", "->", " -> ", " → ", "::", " | ", "\\", "/", " / ", "＞", " >> "])
@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("category:1", {"Roads": 3, "Noise": 1}),
        ("category:2", {"Roads > Holes": 2, "Roads > Signs": 1, "Noise > Night": 1}),
        ("category:3", {"Roads > Holes > Deep": 1, "Roads > Holes > Wide": 1, "Roads > Signs": 1, "Noise > Night": 1}),
    ],
)
def test_the_first_parts_of_a_path_are_the_groups(tmp_path, mark, by, found):
    labels = [
        mark.join(parts)
        for parts in (("Roads", "Holes", "Deep"), ("Roads", "Holes", "Wide"), ("Roads", "Signs"), ("Noise", "Night"))
    ]
    assert groups(tmp_path, labels, by) == found


def test_chinese_paths(tmp_path):
    assert groups(tmp_path, ["城建->物业->收费", "城建->物业->电梯", "城建->供水", "环保"], "category:1") == {
        "城建": 3,
        "环保": 1,
    }


def test_without_a_depth_the_whole_label_is_the_group(tmp_path):
    assert groups(tmp_path, ["Roads > Holes", "Roads > Signs"], "category") == {"Roads > Holes": 1, "Roads > Signs": 1}


@pytest.mark.parametrize(
    "labels",
    [
        ["Noise/Vibration", "Smell/Fumes", "Roads"],  # two names of one thing: no first part stands over several
        ["Noise/Vibration", "Noise/Vibration", "Roads", "Parks"],
        ["A-B", "A-C", "Self-help"],
    ],
)
def test_a_slash_that_the_labels_do_not_prove_parts_nothing(labels):
    assert cut_paths(dict.fromkeys(labels), 1) == {label: label for label in labels}


@pytest.mark.parametrize("by", ["category:0", "category:x", "category:10", "level:1", "month:1"])
def test_what_is_no_depth_is_refused(tmp_path, by):
    assert refused(text_file(tmp_path, HEAD + "1,2024-05-01,A,B,Closed\n"), by=by).code in {"E201", "E203"}
