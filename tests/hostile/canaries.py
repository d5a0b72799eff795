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
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, groupby, product
from pathlib import Path

from xfstats.config.output_formats import BY_KEY, TABLE_FORMATS

from . import warm
from .base import CANARY
from .kinds import KINDS, ROOMS

AT_A_TIME = 2
SECONDS = 300
MOMENTS = {False: 2000, True: 200}
"""Within so many events of a run, or of its worker, a signal comes; a run that has fewer ends as it would."""
FAULT = 70
READ = 0.2
"""The least share of runs without a signal that print figures: a program that always fails would keep every secret."""
REPORT = "接访 8 批次、25 人次，其中市级 3 批次。\n\nxfstats report --as-of 2026-11-02\n"
COMMANDS = (
    *(f"summarize -f {form}" for form in TABLE_FORMATS if not BY_KEY[form].binary),
    *(f"summarize -o OUT.{form}" for form in ("csv", "html", "json", "xlsx")),
    "summarize --public",
    "summarize --strict --rejects OUT.csv --save OUT.json",
    "summarize --by level,month --compare prev --period 2026-05",
    "summarize --by post --map post=column:D",
    "summarize --by leader --map leader=column:D",
    *(f"inspect -f {form}" for form in ("table", "json", "html")),
    *(f"check -f {form}" for form in ("table", "json")),
    *(f"report -o OUT.{form}" for form in ("docx", "html", "md", "txt", "svg")),
    "report --detail -o OUT.xlsx",
    *(f"explain visits -f {form}" for form in ("table", "json")),
    "deadlines -f table",
    "verify REPORT",
    "profile init",
)
ENDINGS = {"as it comes": [], "-v": ["-v"], "error": ["-o", "no/such/folder/x.csv"], "signal": []}
UNHEARD = ("verify", "profile", "inspect", "check", "explain")
"""Commands that take no second output, so that their error is an option that no command has."""

Case = tuple[str, str, str]


def words(command: str, ending: str, log: Path, folder: Path) -> list[str]:
    """The command as typed, for one log."""
    given = [word.replace("OUT", str(folder / "out")).replace("REPORT", str(folder / "report.md")) for word in command.split()]
    extra = ["--none"] if ending == "error" and command.startswith(UNHEARD) else ENDINGS[ending]
    return [
        *given,
        *(["-v"] if extra == ["-v"] and given[0] != "profile" else []),
        str(log),
        *(extra if ending == "error" else []),
    ]


def hits(name: str, cases: Sequence[Case], seed: int) -> tuple[list[str], Counter[int]]:
    """Where the cases of one kind of file leave the person, and how those without a signal end; no end is as bad as that."""
    chance = random.Random(f"{seed}/{name}")
    with tempfile.TemporaryDirectory(prefix="canary-") as top:
        folder = Path(top)
        (folder / "log").mkdir()
        log = KINDS[name].make(folder / "log")
        before = set((folder / "log").rglob("*"))
        found, codes = list[str](), Counter[int]()
        for case in cases:
            sent = None
            if case[2] == "signal":
                in_worker = chance.random() < 1 / 2
                sent = warm.Signal(signal.SIGTERM, chance.randrange(MOMENTS[in_worker]), in_worker)
            some, code = left(case, log, folder, sent)
            codes[code] += sent is None
            found += [f"{case}: {hit}" for hit in some]
            for path in sorted(set((folder / "log").rglob("*")) - before, reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
        return found, codes


def left(case: Case, log: Path, folder: Path, sent: warm.Signal | None) -> tuple[list[str], int]:
    """What one run leaves of the person, what it leaves at all in the home or the temporary folder, and its exit code."""
    before = set((folder / "log").rglob("*"))
    with tempfile.TemporaryDirectory(dir=folder) as top:
        places = {part: Path(top) / part for part in ("home", "tmp", "out")}
        for place in places.values():
            place.mkdir()
        (places["out"] / "report.md").write_text(REPORT, "utf-8")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
        environment = {**inherited, "HOME": str(places["home"]), "TMPDIR": str(places["tmp"]), "LC_ALL": "C.UTF-8"}
        typed = words(case[1], case[2], log, places["out"])
        ended = warm.run(typed, places["out"], environment, SECONDS, sent=sent)
        good = not ended.left and (0 <= ended.code < FAULT or (sent is not None and ended.code == -sent.number))
        found = [] if good else [f"ended as {ended.code}"]
        said = ended.out + ended.err
        found += [f"{one} in what was said" for one in (*CANARY, "Traceback", "panicked") if one.encode() in said]
        found += [f"{path.name} was left in {part}" for part in ("home", "tmp") for path in places[part].rglob("*")]
        written = [*places["out"].rglob("*"), *(path for path in (folder / "log").rglob("*") if path not in before)]
        found += [f"{one} in {path.name}" for path in written for one in CANARY if one.encode() in content(path)]
        return found, ended.code


def content(path: Path) -> bytes:
    """A file's bytes, and those of its parts where it is a package."""
    if not path.is_file():
        return b""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return data
    with zipfile.ZipFile(path) as package:
        return data + b"".join(map(package.read, package.namelist()))


SLOW = ("bomb", "million", "blank-rows", "far")
"""What stands in the names of files that are made large, or that are read up to a limit."""


@lru_cache
def paired(seed: int) -> Sequence[Case]:
    """Return cases in which each pair of room, command and ending comes up, greedily, with a file of the room by chance.

    Files that take seconds to make or to read up to a limit are left to the full set.
    """
    chance = random.Random(seed)
    rooms = [room.__name__ for room in ROOMS]
    every = list(product(rooms, COMMANDS, ENDINGS))
    chance.shuffle(every)
    missing = {pair for case in every for pair in combinations(enumerate(case), 2)}
    cases = []
    while missing:
        case = max(every, key=lambda one: len(missing.intersection(combinations(enumerate(one), 2))))
        missing.difference_update(combinations(enumerate(case), 2))
        room = next(room for room in ROOMS if room.__name__ == case[0])
        quick = [kind.name for kind in room.KINDS if not any(slow in kind.name for slow in SLOW)]
        cases.append((chance.choice(quick), case[1], case[2]))
    return cases


def by_kind(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """Return the cases of each kind of file."""
    return {name: list(some) for name, some in groupby(sorted(cases), key=lambda case: case[0])}


def few(codes: Counter[int]) -> bool:
    """True if too few of these runs print figures to show anything."""
    return codes[0] + codes[1] < codes.total() * READ


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every hit; 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.canaries", description=__doc__)
    parser.add_argument("--full", action="store_true", help="every file with every command and ending; an hour or two")
    parser.add_argument("--sample", type=int, metavar="N", help="so many of the full set, by chance")
    parser.add_argument("--first", metavar="KIND", default="", help="of all kinds by name those from this one on")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    cases: Sequence[Case] = paired(options.seed)
    if options.full or options.sample:
        cases = list(product(KINDS, COMMANDS, ENDINGS))
    cases = [case for case in cases if case[0] >= options.first]
    if options.sample:
        cases = random.Random(options.seed).sample(cases, options.sample)
    kinds = by_kind(cases)
    found, codes = 0, Counter[int]()
    with warm.pool(AT_A_TIME) as pool:
        for number, (some, ends) in enumerate(pool.map(hits, kinds, kinds.values(), [options.seed] * len(kinds)), 1):
            if number % 50 == 0:
                print(f"{number} of {len(kinds)} kinds", file=sys.stderr, flush=True)
            print(*some, sep="\n", end="\n" if some else "", flush=True)
            found += len(some)
            codes += ends
    print("exit codes:", ", ".join(f"{code} {count} times" for code, count in sorted(codes.items())))
    print(f"{len(cases)} cases: {found} hits")
    return int(bool(found) or few(codes))


if __name__ == "__main__":
    sys.exit(main())
