"""Many small logs and one, against another checkout of the program: `git worktree add --detach FOLDER 8edb295`."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from make_log import make
from pairing import Contender, Row, compared, in_turn, own, show

ROWS, LOGS = 100, 200
OLD = "8edb295"


def pair(paths: list[Path], against: Path, *, one_core: bool = False) -> list[Contender]:
    """This checkout and the other one, on the same files.  The figures of many logs are compared by their totals."""
    ours, theirs = own(*paths, one_core=one_core), own(*paths, checkout=against, name=OLD, one_core=one_core)
    return [ours, theirs]


def many(folder: Path, against: Path, pairs: int, logs: int = LOGS) -> list[Row]:
    """Two hundred logs in one run."""
    paths = [make(folder / f"接访{number}.xlsx", ROWS, seed=number) for number in range(logs)]
    costs = in_turn(pair(paths, against), pairs)
    return compared(f"{logs} logs of {ROWS} rows", costs, {OLD: 0.2}) + compared("the same", costs, {OLD: None}, "wall")


def single(folder: Path, against: Path, pairs: int) -> list[Row]:
    """One log, on all cores and on one."""
    path, rows = make(folder / "接访.xlsx", ROWS), []
    for name, one_core in (("one log of 100 rows", False), ("the same on one core", True)):
        costs = in_turn(pair([path], against, one_core=one_core), 3 * pairs)
        rows += compared(name, costs, {OLD: 1.25}, "wall") + compared(name, costs, {OLD: None})
    return rows


def starting(pairs: int) -> list[Row]:
    """What a page costs beside an interpreter that does nothing."""
    rows = []
    for option in ("--help", "--version"):
        command = own().command[:4]
        page = replace(own(), command=[*command[:1], "-P", "-m", "xfstats", option], figures=None)
        nothing = Contender("python -c pass", [*command[:1], "-c", "pass"], None)
        rows += compared(f"xfstats {option}", in_turn([page, nothing], 3 * pairs), {nothing.name: None}, "wall")
    return rows


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, required=True, metavar="FOLDER", help="a checkout of another version")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--logs", type=int, default=LOGS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = many(Path(folder), asked.against, asked.pairs, asked.logs)
        show(made + single(Path(folder), asked.against, asked.pairs) + starting(asked.pairs))


if __name__ == "__main__":
    main()
