"""`python -m tests.compatibility.make CHECKOUT`: what the program of a checkout writes on sample data and on the corpus.

It made 0.1.0 from commit 8edb295.  The outputs of a version are not made again: today's program must go on reading them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.corpus.generate import corpus

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SAMPLES = ROOT / "sample_data"
KEPT = HERE / "0.1.0"
DAY = ["--as-of", "2026-11-02", "--lang", "zh"]
LOGS = {
    "city": SAMPLES / "city_2021",
    "prefectures": SAMPLES / "prefectures",
    "hotline": SAMPLES / "messy" / "热线工单导出.csv",
    "visits": SAMPLES / "messy" / "2024年石桥县接访.xlsx",
    "rejects": SAMPLES / "messy" / "错漏较多的接访登记.xlsx",
    "english": SAMPLES / "english" / "service_requests.csv",
}
"""Sample data by the name of its outputs."""
CORPUS = 7
"""So many logs of the corpus, each of another tier or mess."""
COMPARED = {
    "visits-compared": ("visits", ["--period", "2024-03", "--compare", "prev,yoy", "--by", "level", "--rank", "visits"]),
    "prefectures-crossed": ("prefectures", ["--by", "region", "--cross", "tier", "--period", "2021"]),
    "english-series": ("english", ["--by", "month"]),
}
REPORTS = ("xlsx", "docx", "html", "md", "txt")


def of_corpus() -> dict[str, str]:
    """Return the logs of the corpus by the name of their outputs: spread over it, by their own keys."""
    logs = [log for log in corpus() if log.expected.tables]
    return {f"corpus-{log.key}": log.key for log in logs[:: len(logs) // CORPUS][:CORPUS]}


def saved(key: str, folder: Path) -> Path:
    """Write a log of the corpus into a folder."""
    return next(log for log in corpus() if log.key == key).save(folder)


def commands(folder: Path, kept: Path) -> list[list[str]]:
    """Return the command lines whose outputs are kept."""
    logs = LOGS | {name: saved(key, folder) for name, key in of_corpus().items()}
    made = []
    for name, log in logs.items():
        forms = ("json", "csv") if name in LOGS else ("json",)
        outputs = [word for form in forms for word in ("-o", str(kept / f"{name}.{form}"))]
        made.append(["summarize", str(log), *DAY, *outputs, "--max-rejected", "1000"])
    for name, (log, options) in COMPARED.items():
        outputs = ["--save", str(kept / f"{name}.json"), "-o", str(kept / f"{name}.csv")]
        made.append(["summarize", str(LOGS[log]), *DAY, *options, *outputs])
    for name in ("city", "visits"):
        outputs = [word for form in REPORTS for word in ("-o", str(kept / f"report-{name}.{form}"))]
        made.append(["report", str(LOGS[name]), *DAY, *outputs])
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Make them all anew."""
    parser = argparse.ArgumentParser(prog="python -m tests.compatibility.make", description=__doc__)
    parser.add_argument("checkout", type=Path)
    options = parser.parse_args(arguments)
    environment = {**os.environ, "PYTHONPATH": str(options.checkout.resolve()), "LC_ALL": "C.UTF-8"}
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        for words in commands(Path(folder), KEPT):
            done = subprocess.run([sys.executable, "-m", "xfstats", *words], cwd=folder, env=environment, check=False)
            if done.returncode > 1:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
