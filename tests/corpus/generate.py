"""The whole corpus, the same on each run: `python -m tests.corpus.generate DIR` writes it with its truth."""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from . import aggregates, english, traps
from .book import Log, allowed, log
from .mess import FORMATS, MESSES, fits
from .truth import Expected
from .words import KINDS

SEED = 20261102
TIERS = ("clean", "light", "medium", "hard", "trap")
DRAWN = {"medium": (40, range(3, 6)), "hard": (40, range(7, 12))}
CLEAN_FORMATS = {"visits": ("xlsx", "csv-bom"), "cases": ("xlsx", "xls"), "letters": ("xlsx", "ods"), "backlog": ("xlsx", "et")}


@cache
def corpus() -> tuple[Log, ...]:
    """All logs in order of tier, numbered."""
    rng = random.Random(SEED)
    chosen: list[tuple[str, tuple[str, ...], str, str]] = [
        ("clean", (), kind, fmt) for kind, formats in CLEAN_FORMATS.items() for fmt in formats
    ]
    chosen += [("light", mess, *_place(rng, mess)) for mess in _pairs(rng)]
    used = Counter(name for _, mess, _, _ in chosen for name in mess)
    for tier, (count, sizes) in DRAWN.items():
        for number in range(count):
            kind = KINDS[number % len(KINDS)]
            fmt = "xlsx" if rng.random() < 0.3 else rng.choice(FORMATS)
            mess = _mixture(rng, rng.choice(sizes), kind, fmt, used)
            used.update(mess)
            chosen.append((tier, mess, kind, fmt))
    logs = [log(f"log-{at:03}", *one) for at, one in enumerate(chosen, start=1)]
    logs += [english.log(f"log-{at:03}", *one) for at, one in enumerate(english.LOGS, start=len(logs) + 1)]
    logs += [aggregates.log(f"log-{at:03}", *one) for at, one in enumerate(aggregates.AGGREGATES.items(), start=len(logs) + 1)]
    logs += [traps.log(f"log-{at:03}", *one) for at, one in enumerate(traps.TRAPS.items(), start=len(logs) + 1)]
    return tuple(logs)


def _pairs(rng: random.Random) -> list[tuple[str, ...]]:
    """Every kind of mess once, two together where they go together."""
    left = list(MESSES)
    rng.shuffle(left)
    pairs = []
    while left:
        first = left.pop()
        second = next((name for name in left if fits(name, (first,), *allowed((first,)))), None)
        if second:
            left.remove(second)
        pairs.append((first, second) if second else (first,))
    return pairs


def _mixture(rng: random.Random, size: int, kind: str, fmt: str, used: Counter[str]) -> tuple[str, ...]:
    """This many kinds of mess that can occur together in such a log, rather those that are rare so far."""
    names = sorted(MESSES, key=lambda name: used[name] + 4 * rng.random())
    chosen: list[str] = []
    for name in names:
        if len(chosen) < size and fits(name, chosen, frozenset({kind}), frozenset({fmt})):
            chosen.append(name)
    return tuple(chosen)


def _place(rng: random.Random, mess: Sequence[str]) -> tuple[str, str]:
    """A kind and a format for this mess; xlsx more often, as in offices."""
    kinds, formats = allowed(mess)
    fmt = "xlsx" if "xlsx" in formats and rng.random() < 0.5 else rng.choice(sorted(formats))
    return rng.choice(sorted(kinds)), fmt


def described(expected: Expected) -> str:
    """The truth as JSON text, the same bytes each run."""
    tables = [
        {**asdict(table), "groups": [[group, figures] for group, figures in table.groups.items()]} for table in expected.tables
    ]
    for table in tables:
        table["days"] = [list(pair) for pair in table["days"].items()] if table["days"] is not None else None
    return json.dumps({"refuse": expected.refuse, "rows": asdict(expected.rows), "tables": tables}, ensure_ascii=False, indent=1)


def main() -> None:
    """Write every log and its truth below a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for one in corpus():
        path = one.save(folder)
        path.with_name("truth.json").write_text(described(one.expected), encoding="utf-8")
        print(one.key, one.tier, one.kind, path.name, " ".join(one.mess))


if __name__ == "__main__":
    main()
