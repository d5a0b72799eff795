"""Whole processes run in turn, A B C A B C, what they counted compared first; ratios of their costs as one table.

CPU is user and system time of a process and of all that it waited for (`os.wait4`), so xfstats has its workers in it.  This
process imports nothing large: on Linux a child begins with the peak memory of the one that started it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

HERE = Path(__file__).parents[1]
OPTIONS = ("--as-of", "2027-06-30", "--no-profile", "--lang", "en", "-q", "-f", "json")
OWN = """
import json, resource, runpy, sys
told, sys.argv = sys.argv[1], ["xfstats", *sys.argv[2:]]
try:
    runpy.run_module("xfstats", run_name="__main__")
finally:
    with open(told, "w") as file:
        json.dump([resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)], file)
"""
COUNTS = ("visits", "persons", "closed", "settled")


@dataclass(frozen=True)
class Cost:
    """What one process cost: seconds, and peak memory in MB of its largest worker and of itself."""

    cpu: float
    wall: float
    worker: float
    parent: float


@dataclass(frozen=True)
class Contender:
    """A command, and how its output becomes figures to compare; None for what counts nothing."""

    name: str
    command: Sequence[str]
    figures: Callable[[bytes], Any] | None = json.loads
    environment: Mapping[str, str] = field(default_factory=dict)
    one_core: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure of ours, alone or as a ratio, with what was aimed at."""

    work: str
    against: str
    values: Sequence[float]
    goal: float | None = None
    unit: str = ""
    beside: str = ""

    def cells(self) -> list[str]:
        """Return the line's cells."""
        middle, most = statistics.median(self.values), max(self.values)
        digits = 0 if self.unit == "MB" else 2
        span = f" ({min(self.values):.{digits}f}-{most:.{digits}f})" if len(self.values) > 1 else ""
        goal = "" if self.goal is None else f"{self.goal:g}{' MB' * (self.unit == 'MB')}"
        held = "" if self.goal is None else "yes" if middle <= self.goal else f"no, {middle / self.goal:.2f} of it"
        return [self.work, self.against, f"{middle:.{digits}f}{f' {self.unit}' * bool(self.unit)}{span}", goal, held, self.beside]


def own(*paths: Path, checkout: Path = HERE, name: str = "xfstats", one_core: bool = False) -> Contender:
    """Return xfstats itself, of this checkout or of another one."""
    words = ["summarize", *map(str, paths), *OPTIONS]
    return Contender(name, [sys.executable, "-P", "-c", OWN, "TOLD", *words], counted, of_checkout(checkout), one_core)


def of_checkout(checkout: Path = HERE) -> dict[str, str]:
    """Return the environment in which a checkout's code is imported, whatever is installed."""
    return {"PYTHONPATH": os.pathsep.join([str(checkout), *filter(None, [os.environ.get("PYTHONPATH")])])}


def peer(name: str, path: Path) -> Contender:
    """Return a program of peers.py."""
    return Contender(name, [sys.executable, str(Path(__file__).with_name("peers.py")), name, str(path)])


def counted(output: bytes) -> dict[str, list[int]]:
    """Return the counts of each level of what xfstats printed."""
    table = json.loads(output)["tables"][0]
    return {row["group"]["level"]: [row["figures"][key] for key in COUNTS] for row in table["rows"]}


def run(contender: Contender) -> tuple[Cost, bytes]:
    """Run a contender once, to its end."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as answer:
        told = Path(folder) / "told"
        command = [str(told) if word == "TOLD" else word for word in contender.command]
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, [min(cores)] if contender.one_core else cores)  # which a child begins with
        start = perf_counter()
        process = subprocess.Popen(command, stdout=answer, env={**os.environ, **contender.environment})
        os.sched_setaffinity(0, cores)
        _, status, usage = os.wait4(process.pid, 0)
        wall, process.returncode = perf_counter() - start, os.waitstatus_to_exitcode(status)
        if process.returncode not in ({0, 1} if told.exists() else {0}):
            raise SystemExit(f"{contender.name}: exit {process.returncode}")
        worker, parent = json.loads(told.read_text()) if told.exists() else (usage.ru_maxrss, usage.ru_maxrss)
        answer.seek(0)
        return Cost(usage.ru_utime + usage.ru_stime, wall, worker / 1024, parent / 1024), answer.read()


def in_turn(contenders: Sequence[Contender], pairs: int) -> dict[str, list[Cost]]:
    """Run all of them once and compare what they counted, then so many times in turn; SystemExit where they differ."""
    outputs = {one.name: run(one)[1] for one in contenders}
    figures = {one.name: one.figures(outputs[one.name]) for one in contenders if one.figures}
    first = next(iter(figures), "")
    for name, counts in figures.items():
        if counts != figures[first]:
            raise SystemExit(f"{name} and {first} counted differently: {counts} and {figures[first]}")
    costs: dict[str, list[Cost]] = {one.name: [] for one in contenders}
    for turn in range(pairs):
        for one in contenders if turn % 2 == 0 else contenders[::-1]:
            costs[one.name].append(run(one)[0])
    return costs


def ratios(costs: Mapping[str, Sequence[Cost]], other: str, kind: str = "cpu") -> list[float]:
    """Return our cost by that of another, pair by pair."""
    pairs = zip(costs["xfstats"], costs[other], strict=True)
    return [getattr(ours, kind) / getattr(theirs, kind) for ours, theirs in pairs]


def beside(costs: Mapping[str, Sequence[Cost]], other: str, kind: str = "cpu") -> str:
    """Return the medians of both in seconds, which say less than their ratio."""
    ours, theirs = (statistics.median(getattr(cost, kind) for cost in costs[name]) for name in ("xfstats", other))
    return f"{ours:.2f} and {theirs:.2f} s"


def compared(work: str, costs: Mapping[str, Sequence[Cost]], goals: Mapping[str, float | None], kind: str = "cpu") -> list[Row]:
    """Return a row for each of the others, with its goal."""
    unit = f"of {kind if kind == 'wall' else 'CPU'}"
    return [Row(work, name, ratios(costs, name, kind), goal, unit, beside(costs, name, kind)) for name, goal in goals.items()]


def memory(work: str, costs: Mapping[str, Sequence[Cost]], worker: float, parent: float | None = None) -> list[Row]:
    """Return the rows of our peak memory."""
    goals = {"worker": worker} | ({"parent": parent} if parent else {})
    return [
        Row(work, f"peak memory of the {who}", [getattr(cost, who) for cost in costs["xfstats"]], goal, "MB")
        for who, goal in goals.items()
    ]


def show(rows: Sequence[Row]) -> None:
    """Print the table, in Markdown, with the versions of what ran."""
    head = ["work", "xfstats against", "median (least-most)", "goal at most", "met", "medians"]
    for cells in [head, ["---"] * len(head), *(row.cells() for row in rows)]:
        print(f"| {' | '.join(cells)} |", flush=True)
    named = ("pandas", "numpy", "python-calamine", "openpyxl", "isal", "fastexcel", "polars", "duckdb", "pyarrow")
    print("\nPython " + sys.version.split()[0], *(f"{name} {_version(name)}" for name in named), sep=", ")


def _version(package: str) -> str:
    try:
        return version(package)
    except ModuleNotFoundError:
        return "not installed"
