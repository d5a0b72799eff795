"""What a full report (workbook, document, page and text) costs beside the bare table: asked, at most 1.5 times the wall time."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from make_log import make
from pairing import OPTIONS, Row, compared, in_turn, own, show


def reports(folder: Path, rows: int, pairs: int) -> list[Row]:
    """The report with four outputs, and the workbook with its sheet of details."""
    path = make(folder / f"{rows}.xlsx", rows)
    table = replace(own(path), name="summarize", figures=None)
    options = [*OPTIONS[: OPTIONS.index("-f")], "--force"]
    forms = [word for form in ("xlsx", "docx", "html", "txt") for word in ("-o", f"{folder}/r.{form}")]
    made = []
    for work, words in (
        ("report (xlsx docx html txt)", forms),
        ("report --detail (xlsx)", ["--detail", "-o", f"{folder}/d.xlsx"]),
    ):
        command = [*table.command[:5], "report", str(path), *words, *options]
        costs = in_turn([replace(table, name="xfstats", command=command), table], pairs)
        made += compared(f"{rows:,} x 10 .xlsx: {work}", costs, {"summarize": 1.5 if words is forms else None}, "wall")
    return made


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        show(reports(Path(folder), asked.rows, asked.pairs))


if __name__ == "__main__":
    main()
