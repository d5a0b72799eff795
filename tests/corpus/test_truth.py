"""The corpus is sound by itself: truths add up, files open, the judge tells right from wrong."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from .book import Log
from .generate import TIERS, corpus, described
from .judge import Answer, Outcome, judge
from .mess import BOOKS, MESSES, OOXML
from .truth import RATES, Figures, Table
from .words import CLOSING, EXCLUDING, RESOLVING, SETTLING

LOGS = corpus()
WITH_FIGURES = [log for log in LOGS if log.expected.tables]


def printed(true: Figures) -> dict[str, Any]:
    """The figures as the program would print them."""
    base = true.get("visits", true.get("cases", 0)) - true.get("excluded", 0)
    rates = {
        key: {"numerator": true.get(count, 0), "denominator": base, "value": true.get(count, 0) / base if base else None}
        for key, count in RATES.items()
    }
    return {**true, **rates}


def shown(table: Table) -> dict[str, Any]:
    """A table as the program would print it."""
    rows = [{"group": {table.by: group}, "figures": printed(true)} for group, true in table.groups.items()]
    return {"log": table.log, "by": [table.by] if table.by else [], "rows": rows, "total": {"figures": printed(table.total)}}


def answered(log: Log) -> dict[str, Any]:
    """The perfect answer."""
    rows = {key: getattr(log.expected.rows, key) for key in log.expected.rows.__dataclass_fields__}
    return {"tables": [shown(table) for table in log.expected.tables], "findings": [], "reconciliation": rows}


def verdict(log: Log, given: Mapping[str, Any], code: int = 0) -> Outcome:
    """What the judge makes of an answer."""
    return judge(log.expected, Answer(code, json.dumps(given), "")).outcome


def test_there_are_enough_logs_of_each_tier_and_kind_and_mess() -> None:
    assert len(LOGS) >= 150
    assert {log.tier for log in LOGS} == set(TIERS)
    assert len({log.key for log in LOGS}) == len(LOGS)
    counts = Counter(mess for log in LOGS for mess in log.mess)
    assert min(counts[mess] for mess in MESSES) >= 3
    assert min(Counter(log.kind for log in LOGS).values()) >= 5


def test_the_truth_is_the_same_bytes_each_time() -> None:
    first = [described(log.expected) for log in LOGS]
    corpus.cache_clear()
    assert [described(log.expected) for log in corpus()] == first


@pytest.mark.parametrize("log", WITH_FIGURES, ids=lambda log: log.key)
def test_groups_add_up_and_no_count_exceeds_its_base(log: Log) -> None:
    rows = log.expected.rows
    assert rows.rows == rows.counted + rows.rejected + rows.skipped + rows.outside
    assert min(rows.skipped, rows.rejected, rows.counted) >= 0
    for table in log.expected.tables:
        for key, total in table.total.items():
            assert sum(figures[key] for figures in table.groups.values()) == total
        for figures in [*table.groups.values(), table.total]:
            records = figures.get("visits", figures.get("cases", 0))
            assert all(figures.get(key, 0) <= records - figures.get("excluded", 0) for key in ("closed", "settled", "resolved"))
    weighted = {"batches", "trap-counts-by-level", "trap-counts-by-month", "trap-counts-by-region"} & set(log.mess)
    if not weighted and "trap" not in log.tier:
        assert sum(table.total.get("visits", table.total.get("cases", 0)) for table in log.expected.tables) == rows.counted


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.key)
def test_every_file_opens_and_is_the_same_bytes_each_time(log: Log, tmp_path: Path) -> None:
    path = log.save(tmp_path / "one")
    assert log.save(tmp_path / "two").read_bytes() == path.read_bytes()
    if log.fmt in BOOKS:
        opened = CalamineWorkbook.from_path(path.rename(path.with_suffix(".xlsx" if log.fmt in OOXML else path.suffix)))
        assert opened.sheet_names == [sheet.name for sheet in log.sheets]
    else:
        encoding = {"csv-gb18030": "gb18030", "tsv-xls": "gb18030", "csv-utf16": "utf-16"}.get(log.fmt, "utf-8-sig")
        assert path.read_bytes().decode(encoding)


@pytest.mark.parametrize("log", [log for log in LOGS if log.tier == "clean"], ids=lambda log: log.key)
def test_clean_logs_count_what_their_cells_say(log: Log) -> None:
    (sheet,) = log.sheets
    head, *rows = ([*row] for row in sheet.rows)
    (table,) = log.expected.tables
    status, level = head.index("办理状态"), next(at for at, label in enumerate(head) if "级别" in str(label))
    words = Counter((row[level], row[status]) for row in rows)
    closing = {*CLOSING, *SETTLING, *RESOLVING}
    assert table.total["excluded"] == sum(count for (_, word), count in words.items() if word in EXCLUDING)
    for group, figures in table.groups.items():
        assert figures["closed"] == sum(words[group, word] for word in closing)
        assert figures["settled"] == sum(words[group, word] for word in SETTLING)
        assert figures["resolved"] == sum(words[group, word] for word in RESOLVING)
        assert figures.get("visits", figures.get("cases")) == sum(count for (name, _), count in words.items() if name == group)


@pytest.mark.parametrize("log", WITH_FIGURES, ids=lambda log: log.key)
def test_the_judge_knows_a_perfect_answer_and_a_wrong_figure(log: Log) -> None:
    assert verdict(log, answered(log)) is Outcome.EXACT
    for spoilt in ("total", "row"):
        given = answered(log)
        figures = given["tables"][0]["total"]["figures"] if spoilt == "total" else given["tables"][0]["rows"][0]["figures"]
        key = "visits" if "visits" in figures else "cases"
        figures[key] += 1
        assert verdict(log, given) is Outcome.WRONG


def test_the_judge_excuses_what_the_answer_says_itself() -> None:
    log = next(log for log in LOGS if log.tier == "clean" and log.kind == "cases")
    given = answered(log)
    closed = next(row["figures"] for row in given["tables"][0]["rows"] if row["figures"]["closed"])
    for figures in (given["tables"][0]["total"]["figures"], closed):
        figures["closed"] -= 1
        figures["closure_rate"]["numerator"] -= 1
        figures["closure_rate"]["value"] = figures["closure_rate"]["numerator"] / figures["closure_rate"]["denominator"]
    assert verdict(log, given) is Outcome.WRONG
    given["findings"] = [{"code": "W1", "rows": 1, "message": "a word; --map-status"}]
    assert verdict(log, given) is Outcome.PARTLY


def test_the_judge_excuses_rows_that_were_rejected_and_said() -> None:
    log = next(log for log in LOGS if log.tier == "clean" and log.kind == "visits")
    given = answered(log)
    given["tables"][0]["total"]["figures"]["visits"] -= 1
    assert verdict(log, given) is Outcome.WRONG
    given["reconciliation"]["rejected"] += 1
    given["reconciliation"]["counted"] -= 1
    assert verdict(log, given) is Outcome.PARTLY


def test_the_judge_knows_refusals_leaks_and_silence() -> None:
    trap = next(log for log in LOGS if "trap-telephones" in log.mess)
    empty = {"tables": [], "findings": [], "reconciliation": {}}
    assert judge(trap.expected, Answer(3, "", "xfstats: not a log [E301]")).outcome is Outcome.REFUSED_RIGHTLY
    assert judge(trap.expected, Answer(70, "", "xfstats: a fault")).outcome is Outcome.REFUSED_WRONGLY
    assert judge(trap.expected, Answer(3, "", "xfstats: 测试甲某")).outcome is Outcome.WRONG
    table = {"log": "cases", "by": [], "rows": [], "total": {"figures": {"cases": 15}}}
    assert verdict(trap, {**empty, "tables": [table]}) is Outcome.WRONG
    assert verdict(trap, {**empty, "tables": [table]}, 1) is Outcome.PARTLY
    log = next(log for log in LOGS if log.tier == "clean")
    assert judge(log.expected, Answer(3, "", "no")).outcome is Outcome.REFUSED_WRONGLY
