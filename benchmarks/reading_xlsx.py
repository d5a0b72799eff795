"""Reading an .xlsx by columns against reading it by calamine: user CPU seconds of whole processes in pairs, results compared."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from make_log import make

WAYS = ("scan", "calamine")
CHILD = """
import sys
from dataclasses import astuple
from datetime import date
from unittest.mock import patch

from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.model import Source
from xfstats.pipeline.worker import tally_file
from xfstats.readers.excel import WorkbookReader
from xfstats.readers.xlsx import reader

plan = Plan(as_of=date(2027, 6, 30), profile=load_profile(None).words)
source = Source(sys.argv[1], "log.xlsx")
by_calamine = lambda data, sha256, plan, at: WorkbookReader(data, "xlsx", sha256, plan, at)
with patch.object(reader, "XlsxReader", reader.XlsxReader if sys.argv[2] == "scan" else by_calamine):
    print(astuple(tally_file(source, plan)))
"""


def child(path: Path, way: str) -> tuple[float, int, bytes]:
    """User CPU seconds and peak MB of one process, and what it counted."""
    environment = {**os.environ, "PYTHONHASHSEED": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen([sys.executable, "-c", CHILD, str(path), way], stdout=answer, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{way}: exit {process.returncode}")
        answer.seek(0)
        return usage.ru_utime, usage.ru_maxrss // 1024, answer.read()


def main() -> None:
    """Print the median of the ratios of the pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "接访.xlsx"
        make(path, asked.rows)
        pairs = [[child(path, way) for way in WAYS] for _ in range(asked.pairs)]
    if len({answer for pair in pairs for _, _, answer in pair}) > 1:
        raise SystemExit("the two ways differ")
    ratios = [calamine[0] / scan[0] for scan, calamine in pairs]
    print(f"{asked.rows:,} rows: calamine / scan {statistics.median(ratios):.1f} (min {min(ratios):.1f}, max {max(ratios):.1f})")
    for place, way in enumerate(WAYS):
        seconds, peak = (statistics.median(pair[place][one] for pair in pairs) for one in (0, 1))
        print(f"  {way}: {seconds:.2f} s of user CPU, {peak:.0f} MB")


if __name__ == "__main__":
    main()
