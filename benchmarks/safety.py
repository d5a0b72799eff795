"""What the look at a file costs beside reading it, in one process, on 100,000 rows x 10 columns: asked, at most 20 %."""

from __future__ import annotations

import statistics
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

from make_log import make

from xfstats.model import Position, Source
from xfstats.plan import Plan
from xfstats.profile import load_profile
from xfstats.read import open_source
from xfstats.read.preflight import inspect_zip


def once(path: Path, plan: Plan) -> tuple[float, float]:
    """Seconds of the look alone, and of opening and reading without it."""
    at = Position(path.name)
    data = path.read_bytes()
    start = perf_counter()
    inspect_zip(data, "xlsx", plan, at)
    looked = perf_counter() - start
    start = perf_counter()
    reader = open_source(Source(str(path), path.name), plan)
    reader.columns(reader.sheets()[0], range(10), 1, [], frozenset())
    return looked, perf_counter() - start - looked


def main() -> None:
    """Five runs, the median."""
    plan = Plan(as_of=date(2027, 6, 30), profile=load_profile(None).words)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "接访.xlsx"
        make(path, 100_000)
        runs = [once(path, plan) for _ in range(6)][1:]
    shares = [100 * looked / read for looked, read in runs]
    print(f"safety / reading: median {statistics.median(shares):.1f} % (min {min(shares):.1f}, max {max(shares):.1f})")
    print(f"  seconds: {statistics.median(look for look, _ in runs):.2f} and {statistics.median(read for _, read in runs):.2f}")


if __name__ == "__main__":
    main()
