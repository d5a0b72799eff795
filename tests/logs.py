"""Small logs as text, counted in this process: what most tests start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.writers import Cell, Sheet, write
from xfstats.config.job import Job
from xfstats.config.parse import parse_also, parse_gates, parse_plan, parse_view
from xfstats.config.plan import Gates, Plan
from xfstats.config.profile import TypedWords, load_profile
from xfstats.errors import XfstatsError
from xfstats.measures.tally import FileTally
from xfstats.model import Source
from xfstats.pipeline.worker import tally_file
from xfstats.reports.build import make_report
from xfstats.reports.figures import Figure
from xfstats.reports.references import FoundFigure
from xfstats.reports.table import Report, Table

AS_OF = date(2026, 11, 2)
LIMITS = {"tables": {"choices": {"acceptance_days": 15, "handling_days": 60, "extension_days": 30}}}
"""The limits of the petition regulation, which `plain` has not: the `words` of a report that needs them."""
FOUR_VISITS = (
    "序号 来访日期 来访人 来访人数 接访级别 办理状态\n"
    "1 2024-5-1 甲某 2 市级 已办结\n2 2024-5-2 乙某 3 县级 已办结\n3 2024-5-3 丙某 4 县级 办理中\n"
    "4 2024-5-4 丁某 1 乡级 办理中\n"
)


def here(sources: Sequence[Source], plan: Plan) -> list[FileTally | XfstatsError]:
    """The same function that a worker runs, in this process."""
    done: list[FileTally | XfstatsError] = []
    for source in sources:
        try:
            done.append(tally_file(source, plan))
        except XfstatsError as error:
            done.append(error)
    return done


def grid(text: str) -> list[list[Cell]]:
    """Lines of cells separated by two blanks or more; . is a blank cell, whole numbers are numbers."""
    rows: list[list[Cell]] = []
    for line in text.strip("\n").splitlines():
        if line.strip():
            rows.append(
                [None if part == "." else int(part) if part.isdecimal() and len(part) < 8 else part for part in line.split()]
            )
    width = max(map(len, rows))
    return [row + [None] * (width - len(row)) for row in rows]


def book(folder: Path, text: str, name: str = "接访.xlsx", **sheet: Any) -> Path:
    """A workbook of one sheet."""
    path = folder / name
    write(path, [Sheet("Sheet1", grid(text), **sheet)], "xlsx")
    return path


def sheets(folder, *texts, name="2024年接访.xlsx", **named):
    """A workbook of several sheets."""
    path = folder / name
    made = [Sheet(f"表{index}", grid(text)) for index, text in enumerate(texts, 1)]
    write(path, [*made, *(Sheet(sheet, grid(text)) for sheet, text in named.items())], "xlsx")
    return path


def text_file(folder: Path, text: str, name: str = "log.csv") -> Path:
    """A file of this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def report(
    *paths: Path,
    profile: Path | None = None,
    gates: Gates | None = None,
    words: Mapping[str, Any] | None = None,
    against: Any = None,
    explain: Any = None,
    detail: bool = False,
    **options: Any,
) -> Report:
    """The report of some files; options are those of the command line, by their long names."""
    loaded = load_profile(profile, named=True, typed=TypedWords(**(words or {})))
    chosen = {"as_of": AS_OF, **loaded.options, **options}
    plan = replace(parse_plan(chosen, loaded), evidence=True, extra_measures=parse_also(chosen), explain=explain, detail=detail)
    sources = tuple(Source(str(path), path.name) for path in paths)
    return make_report(Job(sources, plan, loaded, gates or parse_gates(chosen), parse_view(chosen)), here, against=against)


def states(folder, header, cells, closed=""):
    """A list of cases in one or two columns of states, all with a close date or none."""
    rows = "".join(f"C{number}|2024-05-0{number}|{cell}|{closed}\n" for number, cell in enumerate(cells, 1))
    (folder / "complaints.txt").write_text(f"Reference|Received|{header}|Closed date\n{rows}", encoding="utf-8")
    return report(folder / "complaints.txt")


def shown(folder: Path, text: str, **options: Any) -> dict[str, dict[str, str]]:
    """The printed figures of a log with one table."""
    made = report(book(folder, text), **options)
    return made.tables[0].shown(made.lang)


def total(made: Report, log: str | None = None) -> Mapping[str, Figure]:
    """The figures of all records of the table of a log, or of the first table."""
    return (made[log] if log else made.tables[0]).total


def total_of(folder: Path, text: str, profile: str = "", **options: Any) -> Mapping[str, Figure]:
    """The same of a log of cases; by the limits of the petition regulation where the profile makes no choices of its own."""
    given = options if "[choices]" in profile else {"words": LIMITS, **options}
    return total(report(book(folder, text, "案件.xlsx"), profile=text_file(folder, profile, "p.toml"), **given))


def all_figures(tables: Sequence[Table]) -> list[FoundFigure]:
    """Every figure of a report, by table, row and measure."""
    return [FoundFigure(table, row, measure) for table in tables for row in table.flat() for measure in table.measures]


def codes(made: Report) -> list[str]:
    """The codes of what is said beside the tables, in their order."""
    return [finding.code for finding in made.findings]


def refused(*paths: Path, **options: Any) -> XfstatsError:
    """The error with which a report of some files is refused."""
    with pytest.raises(XfstatsError) as caught:
        report(*paths, **options)
    return caught.value
