"""How long understanding takes beside reading, in one process, on 100,000 rows x 10 columns: asked, at most 15 %."""

from __future__ import annotations

import statistics
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

from make_log import make

from xfstats.config.plan import Plan
from xfstats.config.profile import load_profile
from xfstats.config.vocabulary import compile_profile
from xfstats.model import Position, Source
from xfstats.readers import open_source
from xfstats.records.build import make_records
from xfstats.records.cells import RawCells
from xfstats.schema.infer import PEEK, infer_schema


def once(path: Path, plan: Plan) -> tuple[float, float]:
    """Seconds of reading and of understanding."""
    at = Position(path.name)
    start = perf_counter()
    reader = open_source(Source(str(path), path.name), plan)
    info = reader.sheets()[0]
    cells, shape = reader.peek(info, PEEK), reader.structure(info)
    opened = perf_counter()
    vocabulary = compile_profile(plan.profile)
    layout = infer_schema(cells, shape.merges, at, plan, vocabulary, date1904=False)
    laid = perf_counter()
    serial = [layout.roles.fields["serial"]]
    columns = reader.columns(info, sorted(layout.columns.values()), layout.header.last + 1, serial, vocabulary.marks)
    read = perf_counter()
    values = {field: columns.values[column] for field, column in layout.columns.items()}
    outline = columns.labels, columns.filled, columns.digests, columns.totals
    raw = RawCells(values, layout.header.last + 1, *outline, shape.merges, shape.errors, shape.no_values)
    make_records(raw, layout, plan, vocabulary, at)
    done = perf_counter()
    return (opened - start) + (read - laid), (laid - opened) + (done - read)


def main() -> None:
    """Five runs, the median."""
    plan = Plan(as_of=date(2027, 6, 30), profile=load_profile(None).words)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "接访.xlsx"
        make(path, 100_000)
        runs = [once(path, plan) for _ in range(6)][1:]
    shares = [understood / read for read, understood in runs]
    middle, least, most = (100 * one for one in (statistics.median(shares), min(shares), max(shares)))
    print(f"understanding / reading: median {middle:.1f} % (min {least:.1f}, max {most:.1f})")
    print(f"  seconds: {statistics.median(u for _, u in runs):.2f} and {statistics.median(r for r, _ in runs):.2f}")


if __name__ == "__main__":
    main()
