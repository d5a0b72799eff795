"""`python -m tests.hostile.canaries [--full]`: a person planted in hostile files is in nothing that any command leaves behind.

Hostile file x command with its format x ending: each pair of the three at least once with one file of a room, or with `--full`
each file with each command and each ending.  Looked through: stdout, stderr, written files (packages unpacked), the home and
the temporary folder, what the log's own folder got beside it.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, product
from pathlib import Path

from .base import CANARY
from .kinds import KINDS, ROOMS

AT_A_TIME = 2
SECONDS = 60
COMMANDS = (
    *(f"summarize -f {form}" for form in ("table", "md", "csv", "tsv", "json", "jsonl", "html")),
    *(f"summarize -o OUT.{form}" for form in ("csv", "html", "json", "xlsx")),
    "summarize --public",
    "summarize --strict --rejects OUT.csv --save OUT.json",
    "summarize --by unit,month --compare prev --period 2026-05",
    "summarize --by post --map post=column:D",
    *(f"inspect -f {form}" for form in ("text", "json", "html")),
    *(f"report -o OUT.{form}" for form in ("docx", "html", "md", "txt", "svg")),
    "report --detail -o OUT.xlsx",
    *(f"explain visits -f {form}" for form in ("text", "json")),
    "deadlines -f table",
    "verify REPORT",
    "profile init",
)
ENDINGS = {"as it comes": [], "-v": ["-v"], "error": ["-o", "no/such/folder/x.csv"], "signal": []}
UNHEARD = ("verify", "profile", "inspect", "explain")
"""Commands that take no second output, so that their error is an option that no command has."""

Case = tuple[str, str, str]


def words(command: str, ending: str, log: Path, folder: Path) -> list[str]:
    """The command as typed, for one log."""
    given = [word.replace("OUT", str(folder / "out")).replace("REPORT", str(folder / "report.md")) for word in command.split()]
    extra = ["--none"] if ending == "error" and command.startswith(UNHEARD) else ENDINGS[ending]
    return [sys.executable, "-m", "xfstats", *given, *(["-v"] if extra == ["-v"] and given[0] != "profile" else []), str(log)] + (
        extra if ending == "error" else []
    )


def hits(case: Case, seed: int) -> list[str]:
    """Where one case leaves the person; a traceback is as bad."""
    name, command, ending = case
    with tempfile.TemporaryDirectory(prefix="canary-") as top:
        folder = Path(top)
        for part in ("log", "home", "tmp", "out"):
            (folder / part).mkdir()
        log = KINDS[name].make(folder / "log")
        (folder / "out" / "report.md").write_text("接访 8 批次、25 人次。\n", "utf-8")
        before = set((folder / "log").rglob("*"))
        said = run(
            words(command, ending, log, folder / "out"),
            folder,
            random.Random(seed).random() * 0.4 if ending == "signal" else None,
        )
        found = [f"{case}: {one} in what was said" for one in (*CANARY, "Traceback", "panicked") if one.encode() in said]
        left = [path for part in ("home", "tmp", "out", "log") for path in (folder / part).rglob("*") if path not in before]
        found += [f"{case}: {path.name} was left" for path in left if path.parent.name in {"home", "tmp"}]
        return found + [f"{case}: {one} in {path.name}" for path in left for one in CANARY if one.encode() in content(path)]


def run(command: list[str], folder: Path, wait: float | None) -> bytes:
    """What one run says on stdout and stderr; ended by SIGTERM at some moment where asked."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment = {**inherited, "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, cwd=folder / "out", env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        out, err = process.communicate(timeout=SECONDS if wait is None else wait)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=SECONDS)
    return out + err


def content(path: Path) -> bytes:
    """A file's bytes, and those of its parts where it is a package."""
    if not path.is_file():
        return b""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return data
    with zipfile.ZipFile(path) as package:
        return data + b"".join(map(package.read, package.namelist()))


def paired(seed: int) -> Iterator[Case]:
    """Cases in which each pair of room, command and ending comes up, greedily, with a file of the room by chance."""
    chance = random.Random(seed)
    rooms = [room.__name__ for room in ROOMS]
    every = list(product(rooms, COMMANDS, ENDINGS))
    chance.shuffle(every)
    missing = {pair for case in every for pair in combinations(enumerate(case), 2)}
    while missing:
        case = max(every, key=lambda one: len(missing.intersection(combinations(enumerate(one), 2))))
        missing.difference_update(combinations(enumerate(case), 2))
        room = next(room for room in ROOMS if room.__name__ == case[0])
        yield chance.choice(room.KINDS).name, case[1], case[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every hit; 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.canaries", description=__doc__)
    parser.add_argument("--full", action="store_true", help="every file with every command and ending; hours")
    parser.add_argument("--sample", type=int, metavar="N", help="so many of the full set, by chance")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    cases = list(product(KINDS, COMMANDS, ENDINGS)) if options.full or options.sample else list(paired(options.seed))
    if options.sample:
        cases = random.Random(options.seed).sample(cases, options.sample)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        found = [hit for one in pool.map(hits, cases, range(len(cases))) for hit in one]
    print("\n".join([*found, f"{len(cases)} cases: {len(found)} hits"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
