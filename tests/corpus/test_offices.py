"""The offices are sound by themselves: truths add up, files are the same bytes each time, the judge tells right from wrong."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from .judge import Answer, Outcome
from .offices.canaries import NAMES
from .offices.every import offices
from .offices.known import KNOWN
from .offices.matters import Figures, Pair, Truth
from .offices.office import Office
from .offices.verdicts import judge

ALL = offices()
COUNTED = [office for office in ALL if office.right.tables]


def printed(figures: Figures) -> dict[str, Any]:
    """The figures as the program would print them."""
    return {key: {**asdict(value), "value": None} if isinstance(value, Pair) else value for key, value in figures.items()}


def answered(office: Office) -> dict[str, Any]:
    """The perfect answer."""
    tables = [
        {
            "log": one.log,
            "ledger": one.ledger,
            "by": [one.by] if one.by else [],
            "rows": [{"group": {one.by: group}, "figures": printed(figures)} for group, figures in one.groups.items()],
            "total": {"figures": printed(one.total)},
        }
        for one in office.right.tables[0]
    ]
    rows = (
        asdict(office.right.rows) if office.right.rows else {"rows": 0, "counted": 0, "rejected": 0, "skipped": 0, "outside": 0}
    )
    findings = [{"code": "W999", "rows": 1, "message": office.right.said.replace("[DE]", "D")}] if office.right.said else []
    return {"tables": tables, "findings": findings, "reconciliation": rows}


def outcome(office: Office, given: Mapping[str, Any]) -> Outcome:
    """What the judge makes of an answer."""
    return judge(office, Answer(0, json.dumps(given), "")).outcome


def test_there_are_many_offices_and_each_has_a_name_of_its_own() -> None:
    assert len(ALL) >= 60
    assert len({office.key for office in ALL}) == len(ALL)
    assert set(KNOWN) <= {office.key for office in ALL}


def test_the_same_offices_are_drawn_each_time() -> None:
    offices.cache_clear()
    assert repr(offices()) == repr(ALL)


@pytest.mark.parametrize("office", ALL[::9], ids=lambda office: office.key)
def test_files_are_the_same_bytes_each_time(office: Office, tmp_path: Path) -> None:
    first, second = (office.save(tmp_path / name) for name in ("one", "two"))
    for name, _ in office.files:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def adds_up(one: Truth) -> bool:
    """Whether the groups of a table add up to its total."""
    keys = [key for key, value in one.total.items() if isinstance(value, int) and key != "median_days"]
    sums = {key: sum(int(figures.get(key) or 0) for figures in one.groups.values()) for key in keys}  # type: ignore[arg-type]  # keys are of whole numbers
    return one.by is None or all(sums[key] == one.total[key] for key in keys if key != "persons")


def test_groups_add_up_and_every_row_is_somewhere() -> None:
    for office in COUNTED:
        assert all(adds_up(one) for tables in office.right.tables for one in tables), office.key
        rows = office.right.rows
        assert rows is None or rows.rows == rows.counted + rows.rejected + rows.skipped + rows.outside, office.key


def test_the_judge_knows_a_perfect_answer_and_a_wrong_figure() -> None:
    for office in COUNTED:
        given = answered(office)
        assert outcome(office, given) is Outcome.EXACT, office.key
        figures = given["tables"][0]["total"]["figures"]
        figures["visits" if "visits" in figures else "cases"] += 1
        assert outcome(office, given) in {Outcome.WRONG, Outcome.PARTLY}, office.key
        if not office.right.said and not office.right.refuse:
            assert outcome(office, given) is Outcome.WRONG, office.key


def test_the_judge_knows_refusals_silence_and_persons() -> None:
    must = next(office for office in ALL if office.right.refuse and not office.right.tables and not office.right.words)
    assert judge(must, Answer(3, "", "xfstats: no")).outcome is Outcome.REFUSED_RIGHTLY
    assert judge(must, Answer(2, "", "xfstats: no")).outcome is Outcome.REFUSED_WRONGLY
    assert outcome(must, {"tables": [], "findings": [], "reconciliation": {}}) is Outcome.WRONG
    said = next(office for office in COUNTED if office.right.said)
    assert outcome(said, answered(said) | {"findings": []}) is Outcome.WRONG
    assert judge(said, Answer(0, json.dumps(answered(said)) + NAMES[0], "")).outcome is Outcome.WRONG
    assert judge(COUNTED[0], Answer(70, "", "xfstats: a fault")).outcome is Outcome.REFUSED_WRONGLY
