"""A folder that grows by a file a day, with and without --cache; one long log that has not changed, beside its hash."""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from make_log import make
from pairing import Contender, Cost, Row, own, run, show

DAYS, ROWS, LONG = 365, 300, 1_000_000
HASH = "import hashlib, sys; print(hashlib.file_digest(open(sys.argv[1], 'rb'), 'sha256').hexdigest())"


@dataclass(frozen=True)
class Prepared:
    """A contender, and what is done before each of its runs."""

    contender: Contender
    prepare: Callable[[], object] = lambda: None


def cached(name: str, folder: Path, *paths: Path) -> Contender:
    """Return xfstats with a cache."""
    plain = own(*paths, name=name)
    return replace(plain, command=[*plain.command, "--cache", str(folder)])


def in_turn(contenders: Sequence[Prepared], pairs: int) -> dict[str, list[Cost]]:
    """Run all of them so many times in turn, after a first time whose figures are compared; SystemExit where they differ."""
    costs: dict[str, list[Cost]] = {one.contender.name: [] for one in contenders}
    figures = []
    for turn in range(pairs + 1):
        for one in contenders if turn % 2 else contenders[::-1]:
            one.prepare()
            cost, output = run(one.contender)
            if turn:
                costs[one.contender.name].append(cost)
            elif one.contender.figures:
                figures.append(one.contender.figures(output))
    if any(one != figures[0] for one in figures):
        raise SystemExit("the figures differ with the cache")
    return costs


def daily(folder: Path, days: int, rows: int, pairs: int) -> list[Row]:
    """Return the rows of the last day's run over the files of so many days."""
    logs, kept, before = folder / "logs", folder / "kept", folder / "kept before"
    logs.mkdir()
    paths = [make(logs / f"{date(2026, 1, 1) + timedelta(day)}接访.xlsx", rows, seed=day) for day in range(days)]
    run(cached("all days but the last", before, *paths[:-1]))

    def restore() -> None:
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(before, kept)

    plain, last = own(logs, name="all files, no cache"), cached("the last day", kept, logs)
    same = cached("nothing new", kept, logs)
    alone = replace(own(paths[-1], name="the new file alone"), figures=None)
    costs = in_turn([Prepared(plain), Prepared(last, restore), Prepared(same, lambda: run(last)), Prepared(alone)], pairs)
    work = f"{days} files of {rows} rows, CPU"
    return [
        *ratio(work, costs, "the last day", "all files, no cache"),
        *ratio(work, costs, "nothing new", "all files, no cache"),
        *ratio(work, costs, "the last day", "the new file alone"),
    ]


def unchanged(folder: Path, rows: int, pairs: int, form: str) -> list[Row]:
    """Return by how many seconds of CPU a second run over a long log is over its hash and --help."""
    path, kept = make(folder / f"long.{form}", rows), folder / f"kept {form}"
    warm = cached("warm", kept, path)
    run(warm)
    command = own().command[:4]
    page = Contender("--help", [*command[:1], "-P", "-m", "xfstats", "summarize", "--help"], None, own().environment)
    digest = Contender("hash", [sys.executable, "-c", HASH, str(path)], None)
    costs = in_turn([Prepared(one) for one in (warm, page, digest)], pairs)
    over = [a.cpu - b.cpu - c.cpu for a, b, c in zip(*(costs[name] for name in ("warm", "--help", "hash")), strict=True)]
    beside = " and ".join(f"{statistics.median(cost.cpu for cost in costs[name]):.2f}" for name in costs)
    return [Row(f"{rows:,} rows of .{form}, unchanged", "over --help and the hash", over, 0.4, "s of CPU", f"{beside} s")]


def ratio(work: str, costs: dict[str, list[Cost]], ours: str, other: str) -> list[Row]:
    """Return one row: a contender by another one."""
    values = [one.cpu / two.cpu for one, two in zip(costs[ours], costs[other], strict=True)]
    beside = " and ".join(f"{statistics.median(cost.cpu for cost in costs[name]):.2f}" for name in (ours, other))
    return [Row(f"{work}: {ours}", other, values, None, "of CPU", f"{beside} s")]


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--rows", type=int, default=LONG, help="of the long log")
    parser.add_argument("--pairs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = daily(folder, asked.days, min(ROWS, asked.rows), asked.pairs)
        show([*rows, *(row for form in ("csv", "xlsx") for row in unchanged(folder, asked.rows, asked.pairs, form))])


if __name__ == "__main__":
    main()
