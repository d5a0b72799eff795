"""Run the program over the corpus and say how often it was right, partly right, wrong or refused."""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.program import run

from .book import Log
from .generate import TIERS, corpus
from .judge import BAD, Answer, Outcome, Verdict, judge
from .truth import AS_OF
from .words import KINDS

SECONDS = 60


def ask(program: str | None, path: Path) -> Answer:
    """The answer of one run over one file, in the file's own folder so that no profile is near; None: in this process."""
    words = ["summarize", path.name, "-f", "json", "--as-of", AS_OF.isoformat()]
    if program is None:
        done = run(*words, cwd=path.parent, LC_ALL="C.UTF-8")
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
    own = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment = {**own, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    try:
        command = [*shlex.split(program), *words]
        ended = subprocess.run(command, cwd=path.parent, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Answer(124, "", f"no answer within {SECONDS} s")
    return Answer(ended.returncode, ended.stdout.decode("utf-8", "replace"), ended.stderr.decode("utf-8", "replace"))


def scored(logs: Sequence[Log], program: str | None = None, keep: Path | None = None) -> list[tuple[Log, Verdict]]:
    """Every log with its verdict."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as temporary:
        folder = keep or Path(temporary)
        paths = [log.save(folder) for log in logs]
        answers = [ask(program, path) for path in paths]
    return [(log, judge(log.expected, answer)) for log, answer in zip(logs, answers, strict=True)]


def crossed(pairs: Iterable[tuple[str, Outcome]], first: str, order: Sequence[str] = ()) -> list[list[str]]:
    """A table of names and how often each had each outcome, with the heading row first."""
    counts = Counter(pairs)
    names = [name for name in order if any(counts[name, outcome] for outcome in Outcome)]
    names = names or sorted({name for name, _ in counts})
    rows = [[name, *(str(counts[name, outcome] or "") for outcome in Outcome)] for name in names]
    return [[first, *Outcome], *rows]


def tables(results: Sequence[tuple[Log, Verdict]]) -> list[list[list[str]]]:
    """Mess, kind, tier and all, each by outcome."""
    return [
        crossed([(mess, verdict.outcome) for log, verdict in results for mess in (log.mess or ("no mess",))], "mess"),
        crossed([(log.kind, verdict.outcome) for log, verdict in results], "kind", (*KINDS, "several")),
        crossed([(log.tier, verdict.outcome) for log, verdict in results], "tier", TIERS),
        crossed([("all", verdict.outcome) for _, verdict in results], "total"),
    ]


def markdown(results: Sequence[tuple[Log, Verdict]]) -> str:
    """The tables as Markdown, the total first."""
    parts = []
    for rows in reversed(tables(results)):
        head, *rest = rows
        rule = ["---", *["---:"] * (len(head) - 1)]
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rest)))
    return "# The corpus of messy logs by outcome\n\n" + "\n\n".join(parts) + "\n"


def plain(results: Sequence[tuple[Log, Verdict]]) -> str:
    """The tables for a terminal."""
    parts = []
    for rows in tables(results):
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        parts.append(
            "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
        )
    return "\n\n".join(parts)


def told(results: Sequence[tuple[Log, Verdict]]) -> str:
    """Every log that is not exact or refused rightly, with the reasons."""
    lines = []
    for log, verdict in results:
        if verdict.outcome not in {Outcome.EXACT, Outcome.REFUSED_RIGHTLY} or verdict.rows_differ:
            lines.append(f"{log.key} {log.tier} {log.kind} {log.file} [{' '.join(log.mess)}]: {verdict.outcome}")
            lines += [f"    {note}" for note in verdict.notes[:8] if note]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the score; 1 if anything is wrong in silence."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.score", description=__doc__)
    parser.add_argument("--program", help="the command to run, each time as a process (default: the package, in this process)")
    parser.add_argument("--tier", choices=TIERS)
    parser.add_argument("--kind", choices=(*KINDS, "several"))
    parser.add_argument("--mess", help="only logs with this kind of mess")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the logs here and leave them")
    parser.add_argument("--write-table", type=Path, metavar="FILE", help="write the tables as Markdown")
    parser.add_argument("-v", "--verbose", action="store_true", help="say why each log failed")
    options = parser.parse_args(arguments)
    logs = [
        log
        for log in corpus()
        if options.tier in {None, log.tier}
        and options.kind in {None, log.kind}
        and (not options.mess or options.mess in log.mess)
    ]
    results = scored(logs, options.program, options.keep)
    if options.verbose:
        print(told(results), end="\n\n")
    print(plain(results))
    differing = sum(verdict.rows_differ for _, verdict in results)
    if differing:
        print(f"\nrows, skipped or other parts of the reconciliation differ in {differing} logs (-v)")
    if options.write_table:
        options.write_table.write_text(markdown(results), encoding="utf-8")
    return int(any(verdict.outcome in BAD for _, verdict in results))


if __name__ == "__main__":
    sys.exit(main())
