"""Runs the program on one hostile file and says what differs from what must come of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import warm
from .base import CANARY
from .model import Kind, Outcome, Read

SECONDS = 300
OPTIONS = ("-f", "json", "--as-of", "2026-11-02", "--no-profile", "--lang", "en")
RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f\ud800-\udfff\ufffd]"
)
"""What may stand in no output: controls but line feeds, direction, no width, tags, halves, the mark of bytes that were lost."""
LINE = re.compile(r"xfstats: [^\n]+ \[(E\d{3})\]\n")


@dataclass(frozen=True)
class Run:
    """How the program ended."""

    code: int | None
    out: str
    err: str

    def __str__(self) -> str:
        if self.code is None:
            return f"no end within {SECONDS} s"
        counts = _counts(self.out)
        if counts is not None:
            reasons = counts["reasons"].get("rejected", {})
            return f"read {counts['counted']}" + "".join(f", {count} {reason}" for reason, count in reasons.items())
        said = re.findall(r"\[(E\d{3})\]", self.err)
        return " ".join(said) if said and self.code != 70 else f"exit {self.code} {self.err[-160:]!r}"


def start(path: Path) -> Run:
    """The program's end on a file, as a process of its own."""
    command = [sys.executable, "-m", "xfstats", "summarize", str(path), *OPTIONS]
    try:
        done = subprocess.run(
            command, cwd="/", env=surroundings(), capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Run(None, "", "")
    return Run(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def forked(path: Path) -> Run:
    """The program's end on a file, as a fork of a process of `warm.pool`."""
    done = warm.run(["summarize", str(path), *OPTIONS], Path("/"), surroundings(), SECONDS)
    late = done.code == -signal.SIGKILL or done.left
    return Run(None if late else done.code, done.out.decode("utf-8", "replace"), done.err.decode("utf-8", "replace"))


def surroundings() -> dict[str, str]:
    """The environment of a run; it is not measured, which would double its time."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")} | {"LC_ALL": "C.UTF-8"}


def faults(kind: Kind, run: Run) -> list[str]:
    """What is wrong with a run; nothing where one of the expected outcomes came, and cleanly."""
    found = _manners(run)
    ways = [_against(outcome, run) for outcome in kind.expected]
    return found + ([] if [] in ways else min(ways, key=len))


def broken(run: Run) -> bool:
    """Whether a run ended in a way that no file may cause: traceback, fault of ours, signal, or not at all."""
    return run.code is None or run.code < 0 or run.code >= 70 or "Traceback" in run.err


def _manners(run: Run) -> list[str]:
    found = [
        f"a person in {name}" for name, text in (("stdout", run.out), ("stderr", run.err)) if any(one in text for one in CANARY)
    ]
    if "Traceback" in run.err or "panicked" in run.err:
        found.append("traceback")
    for name, text in (("stdout", run.out), ("stderr", run.err)):
        if hit := RAW.search(text):
            found.append(f"raw {hit[0]!r} in {name}")
    return found


def _against(outcome: Outcome, run: Run) -> list[str]:
    return _reading(outcome, run) if isinstance(outcome, Read) else _refusing(outcome.codes, outcome.exit, run)


def _refusing(codes: tuple[str, ...], code: int, run: Run) -> list[str]:
    found = []
    if run.code != code:
        found.append(f"exit {run.code}, not {code}")
    if run.out:
        found.append("stdout is not empty")
    line = LINE.fullmatch(run.err)
    if line is None:
        found.append(f"stderr is not one line: {run.err[:200]!r}")
    elif line[1] not in codes:
        found.append(f"{line[1]}, not {'/'.join(codes)}")
    return found


def _reading(outcome: Read, run: Run) -> list[str]:
    counts = _counts(run.out)
    if run.code not in {0, 1} or counts is None:
        return [f"exit {run.code}, not read: {run.err[:200]!r}"]
    found = []
    if run.code == 0 and run.err.startswith("xfstats: "):
        found.append("exit 0 with a message")
    if run.code == 1 and not all(line.startswith("xfstats: ") for line in run.err.splitlines()):
        found.append("exit 1 without a message")
    rejected = counts["reasons"].get("rejected", {})
    if (counts["counted"], rejected) != (outcome.counted, dict(outcome.rejected)):
        found.append(f"counted {counts['counted']}, rejected {rejected}")
    table = json.loads(run.out)["tables"][0]
    if outcome.persons is not None and table["total"]["figures"].get("persons") != outcome.persons:
        found.append(f"persons {table['total']['figures'].get('persons')}, not {outcome.persons}")
    levels = {row["group"].get("level"): row["figures"].get("visits") for row in table["rows"]}
    if outcome.levels is not None and levels != outcome.levels:
        found.append(f"levels {levels}")
    return found


def _counts(out: str) -> dict[str, object] | None:
    try:
        return json.loads(out)["reconciliation"]
    except (ValueError, KeyError):
        return None
