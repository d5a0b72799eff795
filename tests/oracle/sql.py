"""Every measure again, by SQL written from docs/definitions.md and docs/measures.md; it shares no line with the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tests.oracle.logs import SHAPES, write_holidays
from tests.oracle.presets import CHOICES, LIMITS, PRESET_RULES, RATES

FIELDS = [*dict.fromkeys(key for _, headers in SHAPES.values() for key in headers)]

CLOSED = "'已办结', '息诉罢访', '已化解', '解释说明'"
SETTLED = "'息诉罢访'"
RESOLVED = "'已化解'"
PARTLY = "'部分解决', '部分化解'"
EXCLUDED = "'不予受理', '退单', '重复件', '撤诉'"

LOG = """
    SELECT CAST(nullif(received, '') AS DATE) AS received, CAST(nullif(accepted_on, '') AS DATE) AS accepted_on,
           CAST(nullif(due_on, '') AS DATE) AS due_on, CAST(nullif(closed_on, '') AS DATE) AS closed_on,
           nullif(unit, '') AS unit, nullif(level, '') AS level, nullif(channel, '') AS channel,
           CAST(persons AS BIGINT) AS persons, CAST(coalesce(batches, '1') AS BIGINT) AS batches,
           batches IS NOT NULL AS in_batches, group_visit IN ('是', '集体访') AS group_visit,
           first IN ('初件', '初访') AS initial, first IN ('重件', '重复') AS repeat,
           extended IN ('是', '已延期') AS extended, rating, rating_unit,
           state, closed_flag, settled_flag, resolved_flag
    FROM raw
"""

CALENDAR = """
    WITH day AS (SELECT CAST(range AS DATE) AS day FROM range(DATE '2022-01-01', DATE '2028-01-01', INTERVAL 1 DAY)),
    listed AS (SELECT CAST(split_part(line, ' ', 1) AS DATE) AS day, split_part(line, ' ', 2) AS how FROM holiday_lines)
    SELECT day.day, coalesce(how = 'on', false) OR (isodow(day.day) <= 5 AND coalesce(how <> 'off', true)) AS worked,
           count(*) FILTER (worked) OVER (ORDER BY day.day) AS nth
    FROM day LEFT JOIN listed USING (day)
"""
"""Monday to Friday less the days off, plus the working weekends; `nth` counts worked days: the day that starts is not counted."""

AFTER = """
    CREATE OR REPLACE MACRO after(start, days, how) AS CASE WHEN how = 'working' AND days > 0
        THEN (SELECT min(day) FROM calendar WHERE nth = days + (SELECT begun.nth FROM calendar AS begun WHERE begun.day = start))
        ELSE start + days END
"""

MARKS = f"""
    WITH words AS (
        SELECT *,
            coalesce(state IN ({EXCLUDED}), false) AS excluded,
            coalesce(CASE WHEN closed_flag IS NOT NULL THEN closed_flag = '是'
                          WHEN state IS NOT NULL THEN state IN ({CLOSED})
                          ELSE closed_on <= as_of END, false) AS closed,
            coalesce(CASE WHEN settled_flag IS NOT NULL THEN settled_flag = '是' ELSE state IN ({SETTLED}) END, false) AS settled,
            coalesce(CASE WHEN resolved_flag IS NOT NULL THEN resolved_flag = '是' ELSE state IN ({RESOLVED}) END, false) AS done,
            coalesce(state IN ({PARTLY}), false) AS partly,
            CASE WHEN closed_on <= as_of THEN closed_on END AS ended,
            after(received, acceptance_days, days) AS acceptance_limit,
            coalesce(due_on, after(accepted_on, handling_days + CASE WHEN extended THEN extension_days ELSE 0 END, days),
                     after(received, handling_days + CASE WHEN extended THEN extension_days ELSE 0 END, days)) AS due_day
        FROM log, choice),
    states AS (
        SELECT *,
            NOT excluded AS in_base,
            NOT excluded AND NOT closed AS open,
            done OR (partly AND partly_resolved = 'resolved') AS resolved,
            NOT (partly_resolved = 'out' AND partly AND NOT done) AS decided,
            coalesce(accepted_on <= as_of, false) AS accepted,
            coalesce(closed_on <= as_of, false) AS replied,
            coalesce(due_day <= as_of, false) AS due,
            due_day IS NOT NULL AND (NOT closed OR ended IS NOT NULL) AS timed,
            due_day - as_of AS days_left
        FROM words)
    SELECT *,
        coalesce(accepted AND accepted_on <= acceptance_limit, false) AS accepted_in_time,
        coalesce(accepted OR as_of > acceptance_limit, false) AS acceptance_due,
        coalesce(closed AND ended <= due_day, false) AS closed_in_time,
        coalesce(closed AND ended > due_day, false) AS closed_late,
        coalesce(open AND days_left < 0, false) AS overdue,
        coalesce(open AND days_left >= 0, false) AS not_due,
        coalesce(if(in_batches OR persons IS NULL, group_visit, persons >= collective_from), false) AS collective,
        CASE WHEN in_base AND closed AND ended >= received THEN ended - received END AS took
    FROM states
"""

RATING = """
    SELECT *,
        {cell} IN ('满意', '非常满意', '是') AS {name}_well, {cell} IN ('基本满意', '比较满意') AS {name}_basically,
        {cell} IN ('不满意', '否') AS {name}_badly, {cell} IN ('未评价', '无法回访') AS {name}_unrated,
        coalesce({name}_well OR {name}_basically OR {name}_badly OR {name}_unrated, false) AS {name}_asked,
        {name}_asked AND NOT {name}_unrated AS {name}_answered,
        {name}_asked AND (NOT {name}_basically OR basically_satisfied <> 'out') AND (NOT {name}_unrated OR unrated <> 'out')
            AS {name}_counts,
        {name}_asked AND ({name}_well OR ({name}_basically AND basically_satisfied = 'satisfied')
                          OR ({name}_unrated AND unrated = 'satisfied')) AS {name}_satisfied
    FROM {source}
"""

VIEWS = {
    "marks": MARKS,
    "rated": RATING.format(cell="rating", name="people", source="marks"),
    "marked": RATING.format(cell="rating_unit", name="unit", source="rated"),
}

N = "coalesce(sum(batches) FILTER ({}), 0)::BIGINT"
"""How many; a row of a log with batches stands for several visits."""

COUNTS = {
    key: N.format(when)
    for key, when in {
        "cases": "true",
        "visits": "true",
        "collective_visits": "collective",
        "initial": "initial",
        "repeat": "repeat",
        "excluded": "excluded",
        "accepted": "accepted AND in_base",
        "accepted_in_time": "accepted_in_time AND in_base",
        "closed": "closed AND NOT excluded",
        "settled": "settled AND NOT excluded",
        "resolved": "resolved AND NOT excluded",
        "replied": "replied AND in_base",
        "closed_in_time": "closed_in_time AND in_base",
        "closed_late": "closed_late AND in_base",
        "open": "open",
        "overdue": "overdue",
        "not_due": "not_due",
        "due_in_7": "open AND days_left BETWEEN 0 AND 7",
        "due_in_30": "open AND days_left BETWEEN 8 AND 30",
        "due_later": "open AND days_left > 30",
        "no_limit": "open AND due_day IS NULL",
        "rated": "people_answered AND in_base",
        "rated_satisfied": "people_well AND in_base",
        "rated_basically": "people_basically AND in_base",
        "rated_dissatisfied": "people_badly AND in_base",
        "rated_unrated": "people_unrated AND in_base",
        "satisfied": "people_satisfied AND in_base",
    }.items()
} | {
    "persons": "coalesce(sum(persons), 0)::BIGINT",
    "collective_persons": "coalesce(sum(persons) FILTER (collective), 0)::BIGINT",
}
TOOK = "flatten(list([took FOR visit IN range(batches)]) FILTER (took IS NOT NULL))"
"""The days of every closed record, once for each visit that its row stands for."""
DAYS = {
    "median_days": f"list_aggregate({TOOK}, 'median')",
    "p90_days": f"list_aggregate({TOOK}, 'quantile_cont', 0.9)",
    "mean_days": f"list_aggregate({TOOK}, 'avg')",
}
BASES = {
    "received": "true",
    "accepted": "accepted",
    "closed": "closed",
    "due": "due",
    "rated": "people_counts",
    "asked": "people_asked",
}
UNIT_BASES = BASES | {"rated": "unit_counts", "asked": "unit_asked"}
HOLDS = {"on_time_rate": "timed", "acceptance_rate": "received IS NOT NULL", "resolution_rate": "decided"}


def base_of(key: str, rule: tuple[str, str, str]) -> str:
    """The records under a rate."""
    base, excluded, not_due = rule
    early = "acceptance_due" if key == "acceptance_rate" else "NOT not_due"
    parts = [(UNIT_BASES if key == "satisfaction_unit_rate" else BASES)[base], HOLDS.get(key, "true")]
    parts += ["in_base"] if excluded == "out" else []
    parts += [early] if not_due == "out" else []
    return " AND ".join(parts)


def spans_of(day: str, start: int) -> dict[str, str]:
    """Labels of a day's month, quarter, year and week; with a month that starts on the 21st, the 21st is in the next."""
    months = f"CASE WHEN {start} > 1 AND day({day}) >= {start} THEN date_trunc('month', {day}) + INTERVAL 1 MONTH ELSE {day} END"
    return {
        "month": f"strftime({months}, '%Y-%m')",
        "quarter": f"strftime({months}, '%Y') || '-Q' || quarter({months})",
        "year": f"strftime({months}, '%Y')",
        "week": f"strftime({day}, '%G-W%V')",
    }


@dataclass
class Definition:
    """A preset with what a profile changes in it."""

    preset: str = "plain"
    choices: Mapping[str, Any] = field(default_factory=dict)
    rates: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)

    def toml(self, holidays: Path) -> str:
        """The same as a profile."""
        limits = LIMITS if self.preset == "plain" else {}
        choices = {**limits, **self.choices, "holidays": str(holidays)}
        lines = [f'preset = "{self.preset}"', "[choices]"]
        lines += [f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in choices.items()]
        for key, (base, excluded, not_due) in self.rates.items():
            lines += [f"[rates.{key}]", f'base = "{base}"', f'excluded = "{excluded}"', f'not_due = "{not_due}"']
        return "\n".join(lines) + "\n"

    def columns(self) -> str:
        """One expression a count and a statistic, two a rate."""
        rules = PRESET_RULES[self.preset] | dict(self.rates)
        parts = {**COUNTS, **DAYS}
        for key, top in RATES.items():
            under = base_of(key, rules[key])
            parts |= {f"{key}.over": N.format(f"{top} AND {under}"), f"{key}.under": N.format(under)}
        return ", ".join(f'{sql} AS "{name}"' for name, sql in parts.items())


class Oracle:
    """One connection; a log and a definition are set, then asked."""

    def __init__(self, folder: Path) -> None:
        self.holidays = write_holidays(folder / "holidays.txt")
        self.marked: tuple[Mapping[str, Any], date] | None = None
        self.base = duckdb.connect(config={"threads": 1})
        self.base.execute("CREATE TABLE holiday_lines AS SELECT unnest(?) AS line", [self.holidays.read_text().splitlines()])
        self.base.execute(f"CREATE TABLE calendar AS {CALENDAR}")
        self.base.execute(AFTER)

    def read(self, path: Path, shape: str) -> None:
        """Load a log; a field without a column is NULL."""
        headers = SHAPES[shape][1]
        fields = ", ".join(f'"{headers[key]}" AS {key}' if key in headers else f"NULL::VARCHAR AS {key}" for key in FIELDS)
        # a blank cell of a column that is there is '', not NULL
        csv = f"read_csv('{path}', header = true, all_varchar = true, delim = ',')"
        self.base.execute(f"CREATE OR REPLACE TEMP TABLE raw AS SELECT coalesce(COLUMNS(*), '') FROM {csv}")
        self.base.execute(f"CREATE OR REPLACE TEMP TABLE raw AS SELECT {fields} FROM raw")
        self.base.execute(f"CREATE OR REPLACE TEMP TABLE log AS {LOG}")
        self.marked = None

    def mark(self, choices: Mapping[str, Any], as_of: date) -> None:
        """Give each record its marks, unless it has them."""
        if self.marked != (choices, as_of):
            names = ", ".join(f"? AS {key}" for key in choices)
            self.base.execute(
                f"CREATE OR REPLACE TEMP TABLE choice AS SELECT {names}, ?::DATE AS as_of", [*choices.values(), as_of]
            )
            for name, view in VIEWS.items():
                self.base.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {view}")
            self.marked = (choices, as_of)

    def ask(
        self,
        given: Definition,
        as_of: date,
        by: Sequence[str] = (),
        where: str = "true",
        rolled: str = "ROLLUP",
        dated: str = "received",
    ) -> dict[tuple[str | None, ...], dict[str, Any]]:
        """Measures by group, subtotals under shorter keys, the total under the empty one; CUBE marks what is summed with `*`."""
        choices = CHOICES[given.preset] | dict(given.choices)
        self.mark(choices, as_of)
        spans = spans_of(dated, choices["month_start_day"])
        keys = [spans.get(key, key) for key in by]
        flags = [f"grouping({key})" for key in keys]
        sql = f"SELECT {', '.join([*keys, *flags, given.columns()])} FROM marked WHERE {where}"
        cursor = self.base.execute(sql + (f" GROUP BY {rolled}({', '.join(keys)})" if keys else ""))
        measures = [column[0] for column in cursor.description or ()][2 * len(by) :]
        found: dict[tuple[str | None, ...], dict[str, Any]] = {}
        for row in cursor.fetchall():
            labels = zip(row[: len(by)], row[len(by) : 2 * len(by)], strict=True)
            marked = ["*" if summed else label for label, summed in labels]
            key = tuple(marked) if rolled == "CUBE" else tuple(label for label in marked if label != "*")
            found[key] = dict(zip(measures, row[2 * len(by) :], strict=True))
        return found
