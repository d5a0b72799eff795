"""The table of docs/performance.md: all rows in one run, sizes by a share of the whole ones for a trial."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from make_log import make
from one_log import LONG, MIDDLE, shorter_workbook, text, workbook
from pairing import show
from reports import reports
from small_logs import LOGS, many, single, starting
from stages import stages


def main() -> None:
    """Print the table; what is against the other checkout is left out where none is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="a checkout of 8edb295")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--share", type=float, default=1.0, help="of the rows and logs; 0.01 to try the scripts")
    asked = parser.parse_args()
    long, middle, logs, pairs = *(max(1, int(size * asked.share)) for size in (LONG, MIDDLE, LOGS)), asked.pairs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = workbook(folder, long, pairs) + shorter_workbook(folder, middle, pairs) + text(folder, long, pairs)
        rows += [row for form in ("xlsx", "csv") for row in stages(make(folder / f"{long}.{form}", long), long, pairs)]
        if asked.against:
            rows += many(folder, asked.against, pairs, logs) + single(folder, asked.against, pairs)
        show(rows + reports(folder, middle, pairs) + starting(pairs))


if __name__ == "__main__":
    main()
