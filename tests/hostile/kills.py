"""`python -m tests.hostile.kills --count 500 --seed 1`: a run that writes is killed (SIGKILL) at random moments.

Whatever the moment, the file is the old one or the new one, whole; at most one temporary file is left, and the next run
removes it.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

SIZE = 400_000
WRITER = (
    "import sys; from pathlib import Path; from xfstats.cli.output import emit\n"
    "print(flush=True)\n"
    "while True:\n"
    f"    for letter in 'ab': emit(letter * {SIZE}, Path(sys.argv[1]), force=False, inputs=[])\n"
)


def killed(target: Path, wait: float) -> None:
    """One run that writes until it is killed."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(wait)
        run.kill()


def torn(target: Path) -> bool:
    """Whether the file is neither the old nor the new one."""
    text = target.read_text()
    return len(text) != SIZE or len(set(text)) != 1


def kills(count: int, seed: int) -> tuple[int, int]:
    """How many of so many kills left a torn file, and the most temporary files that ever lay about."""
    chance = random.Random(seed)
    bad = most = 0
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "x.csv"
        target.write_text("a" * SIZE)
        for _ in range(count):
            killed(target, chance.random() * 0.02)
            bad += torn(target)
            most = max(most, sum(1 for _ in Path(folder).iterdir()) - 1)
    return bad, most


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both figures; 1 where a file was torn."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.kills", description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    bad, most = kills(options.count, options.seed)
    print(f"{options.count} kills: {bad} torn files, at most {most} temporary files left")
    return int(bad > 0 or most > 1)


if __name__ == "__main__":
    sys.exit(main())
