"""Lists of which each lacks columns that others have, against DuckDB: every figure over the records of lists with its column."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import date, timedelta
from fractions import Fraction

import duckdb
import openpyxl
import pytest

from tests.logs import report
from tests.written import rows_of
from xfstats.config.figure_names import parse
from xfstats.config.plan import Gates
from xfstats.render.json import as_json
from xfstats.render.style import Style
from xfstats.render.xlsx.report import as_report_workbook
from xfstats.reports.figures import Pair
from xfstats.reports.references import find_figures
from xfstats.reports.requests import figure_request

FIELDS = {"persons": "人数", "closed": "是否办结", "settled": "息诉罢访", "resolved": "是否解决"}
HAVING = {
    "甲县": ["persons", "closed"],
    "乙县": ["persons", "closed", "resolved"],
    "丙县": ["resolved"],
    "丁县": ["closed", "settled"],
    "戊县": ["persons"],
}
MEASURES = "visits,share,persons,closed,closure_rate,settled,settlement_rate,resolved,resolution_rate"
AS_OF = date(2026, 11, 2)
GROUPINGS = ["region", "unit", "region,month", "unit,region", "month"]


def write_lists(folder, seed, having=HAVING, first=date(2025, 11, 1)):
    """A list for each county, its own columns filled by chance."""
    draw = random.Random(seed)
    paths = []
    for name, columns in having.items():
        paths.append(folder / f"{name}.csv")
        with paths[-1].open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["来访日期", "责任单位", *(FIELDS[key] for key in columns)])
            for _ in range(draw.randrange(15, 40)):
                day = first + timedelta(days=draw.randrange(300))
                cells = [draw.randrange(1, 9) if key == "persons" else draw.choice(["是", "否", "否", ""]) for key in columns]
                writer.writerow([day, f"第{draw.randrange(6)}局", *cells])
    return paths


def load(paths, having=HAVING):
    """All lists in one table, with what each of them has."""
    base = duckdb.connect(config={"threads": 1})
    parts = []
    for path in paths:
        columns = having[path.stem]
        given = [f"coalesce(\"{FIELDS[key]}\", '') AS {key}" if key in columns else f"NULL::VARCHAR AS {key}" for key in FIELDS]
        has = [f"{key in columns} AS has_{key}" for key in FIELDS]
        read = f"read_csv('{path}', header = true, all_varchar = true, delim = ',')"
        parts.append(
            f"SELECT '{path.stem}' AS region, row_number() OVER () + 1 AS line, CAST(\"来访日期\" AS DATE) AS day, "
            f'strftime(CAST("来访日期" AS DATE), \'%Y-%m\') AS month, "责任单位" AS unit, {", ".join([*given, *has])} FROM {read}'
        )
    base.execute("CREATE TABLE log AS " + " UNION ALL ".join(parts))
    return base


def ask(base, by, where="true"):
    """By group, subtotal and total: how many records, and of each field how many can tell it and how many it says yes of."""
    sums = ["count(*) AS n", "coalesce(sum(CAST(persons AS BIGINT)), 0) AS persons"]
    sums += [f"count(*) FILTER (has_{key}) AS has_{key}" for key in FIELDS]
    sums += [f"count(*) FILTER ({key} = '是') AS {key}" for key in FIELDS if key != "persons"]
    marks = [f"grouping({key})" for key in by]
    rows = base.execute(f"SELECT {', '.join([*by, *marks, *sums])} FROM log WHERE {where} GROUP BY ROLLUP({', '.join(by)})")
    names = [column[0] for column in rows.description][2 * len(by) :]
    found = {}
    for row in rows.fetchall():
        key = tuple(label for label, summed in zip(row[: len(by)], row[len(by) : 2 * len(by)], strict=True) if not summed)
        found[key] = dict(zip(names, row[2 * len(by) :], strict=True))
    return found


RATES = {"closure_rate": "closed", "settlement_rate": "settled", "resolution_rate": "resolved"}


def figures_of(row, total):
    """The figures that a group of SQL has, by measure."""
    found = {"visits": row["n"], "share": Pair(row["n"], total["n"])}
    found |= {key: row[key] if row[f"has_{key}"] else None for key in FIELDS}
    return found | {rate: Pair(row[key], row[f"has_{key}"]) for rate, key in RATES.items()}


def bases_of(row):
    """The bases that are smaller than the group."""
    fields = {**{key: key for key in FIELDS}, **RATES}
    return {name: Pair(row[f"has_{key}"], row["n"]) for name, key in fields.items() if row[f"has_{key}"] < row["n"]}


def ordered(figures):
    return {key: figures[key] for key in MEASURES.split(",")}


def labels(row):
    return tuple(row.group.values()) if row.kind != "total" else ()


@pytest.mark.parametrize("by", GROUPINGS)
@pytest.mark.parametrize("seed", range(3))
def test_every_group_subtotal_and_total_is_what_sql_says(tmp_path, seed, by):
    paths = write_lists(tmp_path, seed)
    theirs = ask(load(paths), by.split(","))
    (table,) = report(*paths, by=by, measure=MEASURES).tables
    seen = set()
    for row in (*table.rows, table.total_row):
        own = theirs.get(labels(row))
        if own is None:
            assert not row.figures["visits"]
            continue
        seen.add(labels(row))
        assert ordered(row.figures) == ordered(figures_of(own, theirs[()])), labels(row)
        assert row.block.bases == bases_of(own), labels(row)
    assert seen == theirs.keys()


@pytest.mark.parametrize("seed", range(3))
def test_places_and_the_rest_are_of_the_groups_that_have_a_figure(tmp_path, seed):
    paths = write_lists(tmp_path, seed)
    base = load(paths)
    theirs = ask(base, ["region"])
    (ranked,) = report(*paths, by="region", measure=MEASURES, rank="resolution_rate").tables
    rates = {key[0]: Fraction(row["resolved"], row["has_resolved"]) for key, row in theirs.items() if key and row["has_resolved"]}
    for row in ranked.rows:
        place = row.block.places.get("resolution_rate")
        own = rates.get(row.group["region"])
        there = None if own is None else (1 + sum(one > own for one in rates.values()), len(rates))
        assert (place and (place.place, place.of)) == there
    (cut,) = report(*paths, by="region", measure=MEASURES, sort="resolved", top=1).tables
    most = max(row["resolved"] for key, row in theirs.items() if key)
    first = [key[0] for key, row in theirs.items() if key and row["has_resolved"] and row["resolved"] == most]
    names = ", ".join(f"'{name}'" for name in first)
    others = ask(base, ["'其余'"], f"region NOT IN ({names})")["其余",]
    rest = next(row for row in cut.rows if row.kind == "rest")
    assert {row.group["region"] for row in cut.rows if row.kind == "group"} == set(first)
    assert ordered(rest.figures) == ordered(figures_of(others, theirs[()]))
    assert rest.block.bases == bases_of(others)


@pytest.mark.parametrize("seed", range(3))
def test_changes_are_between_the_records_that_can_tell_on_both_sides(tmp_path, seed):
    older = {"甲县": ["persons"], "乙县": ["resolved", "closed"], "丙县": ["closed"]}
    (tmp_path / "older").mkdir()
    paths = [*write_lists(tmp_path, seed), *write_lists(tmp_path / "older", seed + 50, older, date(2025, 4, 1))]
    now, before = (load(some, having) for some, having in ((paths[: len(HAVING)], HAVING), (paths[len(HAVING) :], older)))
    before.execute("CREATE TABLE more AS SELECT * FROM log")
    for row in now.execute("SELECT * FROM log").fetchall():
        before.execute(f"INSERT INTO log VALUES ({', '.join('?' * len(row))})", row)
    (table,) = report(*paths, by="region", measure=MEASURES, period="2026-Q1", compare="prev").tables
    quarters = ("'2026-01', '2026-02', '2026-03'", "'2025-10', '2025-11', '2025-12'")
    theirs = [ask(before, ["region"], f"month IN ({months})") for months in quarters]
    compared = 0
    for row in (*table.rows, table.total_row):
        own = [figures_of(groups[labels(row)], groups[()]) if labels(row) in groups else None for groups in theirs]
        for key, changes in row.block.changes.items():
            change = changes["prev"]
            if None in own:
                continue
            if own[0][key] is None or own[1][key] is None:
                assert change is None
            else:
                compared += 1
                assert (change.now, change.base) == (own[0][key], own[1][key]), (labels(row), key)
    assert compared


@pytest.mark.parametrize("having", [HAVING, {"甲县": ["closed", "persons"], "乙县": ["persons"], "丙县": ["persons", "closed"]}])
def test_what_is_published_is_rounded_from_the_records_that_can_tell(tmp_path, having):
    """A group of which different measures have different parts is published without them."""
    paths = write_lists(tmp_path, 4, having)
    theirs = ask(load(paths, having), ["unit"])
    there = {key for columns in having.values() for key in columns}
    measure = ",".join(["visits", *(key for key in FIELDS if key in there)])
    (table,) = report(*paths, by="unit", measure=measure, gates=Gates(public=True)).tables
    every = {frozenset(having), frozenset()}
    parts = {frozenset(name for name, columns in having.items() if key in columns) for key in FIELDS} - every

    def published(row, key):
        has = row[f"has_{key}"]
        if not has or (len(parts) > 1 and has < row["n"]):
            return None
        return 5 if 0 < row[key] <= 7 else 5 * ((2 * row[key] + 5) // 10)

    rows = [row for row in table.rows if row.kind == "group"]
    for row in rows:
        for key in (key for key in FIELDS if key in table.measures):
            assert row.figures[key] == published(theirs[labels(row)], key), (labels(row), key)
    for key in (key for key in FIELDS if key in table.measures):
        told = [row.figures[key] for row in rows if row.figures[key] is not None]
        assert table.total[key] == (sum(told) if told else None)


def summed(book, text):
    """What SUMIFS gives: ranges of a sheet, criteria that are numbers, texts, or comparisons with numbers."""
    parts = [part.strip() for part in text.split(",")]

    def cells(part):
        sheet, first, last = re.fullmatch(r"'(.+)'!(.+):(.+)", part.replace("$", "")).groups()
        return [row[0].value for row in book[sheet][f"{first}:{last}"]]

    def fits(value, wanted):
        sign, number = re.fullmatch(r'"?(>=|<=|)([^"]*)"?', wanted).groups()
        if sign:
            return value >= int(number) if sign == ">=" else value <= int(number)
        return str(value) == number

    kept = zip(cells(parts[0]), *(cells(part) for part in parts[1::2]), strict=True)
    return sum(row[0] or 0 for row in kept if all(map(fits, row[1:], parts[2::2])))


def evaluated(book):
    """By label: the cells of the table, each formula computed anew."""
    found = {}
    for row in book.worksheets[0].iter_rows(values_only=True):
        values = []
        for cell in row[1 : 1 + len(MEASURES.split(","))]:
            if isinstance(cell, str) and cell.startswith("="):
                plain = re.sub(r"SUMIFS\(([^()]*)\)", lambda one: str(summed(book, one[1])), cell[1:])
                base = re.fullmatch(r'IF\((\d+)=0,"—",(\d+)/(\d+)\)', plain)
                values.append(int(plain) if base is None else "—" if base[1] == "0" else int(base[2]) / int(base[3]))
            else:
                values.append(cell)
        found.setdefault(row[0], values)
    return found


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_live_formulas_give_the_figures_of_sql(tmp_path):
    """Each formula sums tally cells; a figure that no column tells is text."""
    paths = write_lists(tmp_path, 5)
    theirs = ask(load(paths), ["region"])
    for detail in (False, True):
        made = report(*paths, by="region", measure=MEASURES, detail=detail)
        book = openpyxl.load_workbook(io.BytesIO(as_report_workbook(made, Style())))
        found = evaluated(book)
        for label, row in ((key[0] if key else "合计", row) for key, row in theirs.items()):
            own = ordered(figures_of(row, theirs[()]))
            for (key, figure), value in zip(own.items(), found[label], strict=True):
                exact = "—" if figure in (None, Pair(0, 0)) else figure if isinstance(figure, int) else figure.value
                assert value == (pytest.approx(exact, abs=1e-6) if exact != "—" else exact), (label, key, detail)


def test_a_saved_result_and_a_list_that_lost_a_column_differ_as_sql_says(tmp_path):
    paths = write_lists(tmp_path, 6)
    before = json.loads(as_json(report(*paths, by="region", measure=MEASURES), Style()))
    was = ask(load(paths), ["region"])
    having = HAVING | {"乙县": ["persons", "closed"]}
    lines = [line.split(",") for line in paths[1].read_text("utf-8").splitlines()]
    paths[1].write_text("".join(",".join(cells[:-1]) + "\n" for cells in lines), "utf-8")
    now = ask(load(paths, having), ["region"])
    revisions = report(*paths, by="region", measure=MEASURES, against=("saved.json", before)).revisions
    ours = {(tuple(label for _, label in one.group), one.measure): (one.was, one.now) for one in revisions}
    theirs = {
        (key, measure): (figure, figures_of(now[key], now[()])[measure])
        for key, row in was.items()
        for measure, figure in figures_of(row, was[()]).items()
    }
    assert ours == {key: pair for key, pair in theirs.items() if pair[0] != pair[1]}
    assert ours[("乙县",), "resolved"][1] is None


def test_explain_lists_the_rows_that_sql_lists(tmp_path):
    paths = write_lists(tmp_path, 7)
    base = load(paths)
    for name in ("resolution_rate", "resolution_rate[第3局]", "closed[第3局]"):
        group = "unit = '第3局'" if "[" in name else "true"
        (found,) = find_figures(parse(name), report(*paths, by="unit", measure=MEASURES).tables)
        made = report(*paths, by="unit", measure=MEASURES, explain=figure_request(found))
        key = RATES.get(found.measure, found.measure)
        for part, which in (("part", f"{key} = '是'"), ("out:untold", f"NOT has_{key}")):
            lines = [row[0] for row in base.execute(f"SELECT line FROM log WHERE {group} AND {which}").fetchall()]
            assert sorted(rows_of(made, found, part)) == sorted(lines), (name, part)


def test_a_gate_judges_the_groups_that_have_a_figure(tmp_path):
    paths = write_lists(tmp_path, 8)
    theirs = ask(load(paths), ["region"])
    made = report(*paths, by="region", measure=MEASURES, gates=Gates(fail_if=("resolution_rate[*] < 99%", "closed[*] < 1000")))
    failed = {
        key[0] for key, row in theirs.items() if key and row["has_resolved"] and 100 * row["resolved"] < 99 * row["has_resolved"]
    }
    counted = {key[0] for key, row in theirs.items() if key and row["has_closed"]}
    assert {name for name in HAVING for said in made.attention if f"{name} 解决率" in said} == failed
    assert {name for name in HAVING for said in made.attention if re.search(f"{name} 结案(?!率)", said)} == counted
