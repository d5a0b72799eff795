"""What a full report costs beside the bare table, whole processes on 100,000 rows x 10 columns: asked, at most 1.5 times.

A report is the workbook, the document, the page and the text together, without the detail sheet.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_log import make

ROWS = 100_000
PAIRS = 5


def seconds(words: list[str]) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "xfstats", *words, "--as-of", "2027-06-30", "-q"], check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - start


def main() -> None:
    """Pairs, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "接访.xlsx"
        make(log, ROWS)
        outputs = [word for form in ("xlsx", "docx", "html", "txt") for word in ("-o", f"{folder}/r.{form}")]
        pairs = [(seconds(["report", str(log), *outputs]), seconds(["summarize", str(log)])) for _ in range(PAIRS)]
        ratios = [report / table for report, table in pairs]
        print(f"report (xlsx docx html txt) / summarize: median {statistics.median(ratios):.2f} (max {max(ratios):.2f})")
        detail = [seconds(["report", str(log), "-o", f"{folder}/d.xlsx", "--detail"]) for _ in range(2)]
        table = statistics.median(pair[1] for pair in pairs)
        print(f"  with --detail, the workbook alone: {statistics.median(detail):.1f} s; summarize: {table:.1f} s")


if __name__ == "__main__":
    main()
