"""`python -m tests.hostile.mutants --count 500 --seed 1`: good files of every format, damaged by chance, through the worker.

Workers (forks, see `warm`) read one mutant after another, and the tally of each is merged and printed, as the program does it.
A run must not end in a fault of ours, in no end, or in the parent's exception; a worker that dies is counted, for it is said in
one line.
"""

from __future__ import annotations

import argparse
import io
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.logs import AS_OF
from tests.writers import FORMATS
from xfstats.config.job import Job
from xfstats.config.parse import parse_plan
from xfstats.config.profile import load_profile
from xfstats.errors import XfstatsError
from xfstats.model import Source
from xfstats.pipeline.processes import Pool
from xfstats.render import load_renderer
from xfstats.render.style import Style
from xfstats.reports.build import make_report

from . import warm
from .archive import Entry, pack
from .base import CANARY, book

AT_A_TIME = 2
SOME = 50
"""So many one after another in one process."""
SECONDS = 300
BAD = ("fault", "hang", "exception", "person")


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bits the other way."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """A few bytes that are numbers at their limits."""
    value = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\xff", b"\0", b"\xfe\xff"))
    place = chance.randrange(len(data))
    return data[:place] + value + data[place + len(value) :]


def cut(data: bytes, chance: random.Random) -> bytes:
    """Broken off."""
    return data[: chance.randrange(1, len(data))]


def swapped(data: bytes, chance: random.Random) -> bytes:
    """Two pieces in each other's place."""
    one, two, three, four = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    return data[:one] + data[three:four] + data[two:three] + data[one:two] + data[four:]


def shortened(data: bytes, chance: random.Random) -> bytes:
    """Without a piece."""
    place = chance.randrange(len(data))
    return data[:place] + data[place + chance.choice((1, 4, 50, 500)) :]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """With a piece of it once more, somewhere."""
    first, place = chance.randrange(len(data)), chance.randrange(len(data))
    return data[:place] + data[first : first + chance.choice((1, 8, 100, 1000))] + data[place:]


WAYS: Sequence[Callable[[bytes, random.Random], bytes]] = (flipped, overwritten, cut, swapped, shortened, doubled)


def inside(data: bytes, chance: random.Random) -> bytes:
    """A zip with one of its members damaged and packed again, so that only the reader of the member can see it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if parts[name]])
    parts[name] = chance.choice(WAYS)(parts[name], chance)
    return pack([Entry(one, content) for one, content in parts.items()])


def mutant(samples: Mapping[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """What was done to which format, and the bytes; the same for the same numbers."""
    chance = random.Random(f"{seed}/{number}")
    form = FORMATS[number % len(FORMATS)]
    data = samples[form]
    if data.startswith(b"PK") and chance.random() < 0.7:
        return f"{form} inside", inside(data, chance)
    way = chance.choice(WAYS)
    return f"{form} {way.__name__}", way(data, chance) or b"\0"


def judged(path: Path, pool: Pool) -> str:
    """How the program ends on a file: read, a code, or one of BAD with what is known."""
    profile = load_profile(None, named=False)
    plan = replace(parse_plan({"as_of": AS_OF}, profile), limits={"seconds": SECONDS})
    started = time.monotonic()
    try:
        report = make_report(Job((Source(str(path), path.name),), plan, profile, lang="en"), pool.tally_files)
        text = str(load_renderer("json")(report, Style())) + str(load_renderer("table")(report, Style()))
    except XfstatsError as error:
        if error.code == "E701":
            return f"fault: {error.values.get('what')}"
        if error.values.get("limit") == "seconds":
            return f"hang: {time.monotonic() - started:.0f} s"
        return f"{error.code} {error.values['what']}" if error.code == "E320" else error.code
    except Exception as error:  # noqa: BLE001 - any that gets here is a fault of the program: reported by its type, fails the run
        return f"exception: {type(error).__name__}"
    if any(one in text for one in CANARY):
        return "person: in the output"
    return "read"


def tried(
    folder: Path, samples: Mapping[str, bytes], seed: int, keep: Path | None, pool: Pool, number: int
) -> tuple[int, str, str]:
    """One mutant written, read, removed; a bad one is kept where that is asked for."""
    what, data = mutant(samples, seed, number)
    path = folder / f"{number}.dat"
    path.write_bytes(data)
    outcome = judged(path, pool)
    if keep is not None and outcome.startswith(BAD):
        shutil.copy(path, keep / f"mutant-{seed}-{number}.dat")
    path.unlink()
    return number, what, outcome


def tried_some(seed: int, first: int, count: int, keep: Path | None = None) -> list[tuple[int, str, str]]:
    """Return how some mutants end; within a process of `warm.pool`."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as temporary, Pool(1) as pool:
        folder = Path(temporary)
        samples = {form: book(fmt=form)(folder).read_bytes() for form in FORMATS}
        return [tried(folder, samples, seed, keep, pool, number) for number in range(first, first + count)]


def bad(results: Sequence[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Return those that ended badly."""
    return [result for result in results if result[2].startswith(BAD)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the outcomes; 1 where any mutant ended badly."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.mutants", description="Damaged files through the worker.")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the first mutant's number, to repeat one")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the bad ones here")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    firsts = range(options.first, options.first + options.count, SOME)
    counts = [min(SOME, options.first + options.count - first) for first in firsts]
    with warm.pool(AT_A_TIME) as pool:
        parts = pool.map(partial(tried_some, options.seed, keep=options.keep), firsts, counts)
        results = [result for part in parts for result in part]
    counts = Counter(outcome.partition(":")[0] for _, _, outcome in results)
    for outcome, count in counts.most_common():
        print(f"{count:6} {outcome}")
    for number, what, outcome in bad(results):
        print(f"mutant {number} of seed {options.seed} ({what}): {outcome}")
    print(f"{len(results)} mutants in {time.monotonic() - started:.0f} s, {len(bad(results))} ended badly")
    return int(bool(bad(results)))


if __name__ == "__main__":
    sys.exit(main())
