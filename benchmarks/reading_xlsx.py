"""Reading an .xlsx by columns against reading it by calamine: whole workers in turn, what they counted compared."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from make_log import make
from pairing import Contender, compared, in_turn, of_checkout, show

CHILD = """
import sys
from dataclasses import astuple
from datetime import date
from unittest.mock import patch

from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.model import Source
from xfstats.pipeline.worker import tally_file
from xfstats.readers.excel import CalamineReader
from xfstats.readers.xlsx import reader

plan = Plan(as_of=date(2027, 6, 30), profile=load_profile(None).words)
source = Source(sys.argv[1], "log.xlsx")
by_calamine = lambda data, sha256, plan, at: CalamineReader(data, "xlsx", sha256, plan, at)
with patch.object(reader, "XlsxReader", reader.XlsxReader if sys.argv[2] == "scan" else by_calamine):
    print(astuple(tally_file(source, plan)))
"""


def main() -> None:
    """Print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=5)
    asked = parser.parse_args()
    environment = {**of_checkout(), "PYTHONHASHSEED": "1"}
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder) / "接访.xlsx", asked.rows)
        ways = [
            Contender(name, [sys.executable, "-P", "-c", CHILD, str(path), way], bytes, environment)
            for name, way in (("xfstats", "scan"), ("the worker with calamine", "calamine"))
        ]
        show(compared(f"{asked.rows:,} x 10 .xlsx", in_turn(ways, asked.pairs), {ways[1].name: None}))


if __name__ == "__main__":
    main()
