"""`python benchmarks/peers.py WAY FILE`: the counts of each level as somebody would have them by other programs, as JSON.

They read three columns (level, persons, state) and check nothing; with a row hash also whether a row is there twice.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

CLOSED, SETTLED = ["已办结", "息诉罢访"], "息诉罢访"
LEVEL, PERSONS, STATE = COLUMNS = ["接访级别", "来访人数", "办理状态"]


def with_pandas(log: Any) -> dict[str, list[int]]:
    """The counts of a frame."""
    log["closed"], log["settled"] = log[STATE].isin(CLOSED), log[STATE] == SETTLED
    groups = log.groupby(LEVEL, observed=True)
    counts = groups.agg(visits=(STATE, "size"), persons=(PERSONS, "sum"), closed=("closed", "sum"), settled=("settled", "sum"))
    return {level: [int(count) for count in row] for level, row in zip(counts.index, counts.to_numpy(), strict=True)}


def fastexcel_pandas(path: str) -> dict[str, list[int]]:
    import fastexcel

    return with_pandas(fastexcel.read_excel(path).load_sheet(0, use_columns=COLUMNS).to_pandas())


def pandas_by(engine: str) -> Callable[[str], dict[str, list[int]]]:
    def read(path: str) -> dict[str, list[int]]:
        import pandas as pd

        return with_pandas(pd.read_excel(path, engine=engine, usecols=COLUMNS))

    return read


def with_polars(path: str) -> dict[str, list[int]]:
    import polars as pl

    closed, settled = pl.col(STATE).is_in(CLOSED), pl.col(STATE) == SETTLED
    log = pl.read_excel(path, columns=COLUMNS)
    counts = log.group_by(LEVEL).agg(pl.len(), pl.col(PERSONS).sum(), closed.sum().alias("c"), settled.sum().alias("s"))
    return {level: [int(count) for count in row] for level, *row in counts.iter_rows()}


def with_duckdb(path: str) -> dict[str, list[int]]:
    """The counts and median days of a CSV, and a hash of each row, of which the distinct ones are counted."""
    import duckdb

    found = duckdb.execute(
        f"""select {LEVEL}, count(*), sum({PERSONS}::int), count(*) filter ({STATE} in ('已办结', '息诉罢访')),
        count(*) filter ({STATE} = '{SETTLED}'), median(办结日期::date - 接访日期::date), count(distinct hash(log))
        from read_csv(?, all_varchar=true, header=true) log group by 1""",
        [path],
    ).fetchall()
    return {row[0]: [int(count) for count in row[1:5]] for row in found}


def duckdb_parquet(path: str) -> dict[str, list[int]]:
    """The counts and median days of a Parquet file, and how many rows without their number are distinct by a hash."""
    import duckdb

    found = duckdb.execute(
        f"""select {LEVEL}, count(*), sum({PERSONS}), count(*) filter ({STATE} in ('已办结', '息诉罢访')),
        count(*) filter ({STATE} = '{SETTLED}'), median(办结日期 - 接访日期), count(distinct hash(log))
        from (select * exclude (序号) from read_parquet(?)) log group by 1""",
        [path],
    ).fetchall()
    return {row[0]: [int(count) for count in row[1:5]] for row in found}


def polars_parquet(path: str) -> dict[str, list[int]]:
    """The counts and median days of a Parquet file, and how many rows without their number are distinct by their hash."""
    import polars as pl

    closed, settled = pl.col(STATE).is_in(CLOSED), pl.col(STATE) == SETTLED
    counts = (
        pl.scan_parquet(path)
        .with_columns(row=pl.struct(pl.exclude("序号")).hash())
        .group_by(LEVEL)
        .agg(
            pl.len(),
            pl.col(PERSONS).sum(),
            closed.sum().alias("c"),
            settled.sum().alias("s"),
            (pl.col("办结日期") - pl.col("接访日期")).dt.total_days().median().alias("days"),
            pl.col("row").n_unique(),
        )
        .collect()
    )
    return {row[0]: [int(count) for count in row[1:5]] for row in counts.iter_rows()}


def inflate(path: str) -> dict[str, list[int]]:
    """Nothing: the floor of any reader is inflating the sheet and its texts."""
    from isal import isal_zlib

    with zipfile.ZipFile(path) as book, Path(path).open("rb") as file:
        for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            if name not in book.namelist():
                continue
            member = book.getinfo(name)
            file.seek(member.header_offset + 26)
            sizes = file.read(4)
            file.seek(int.from_bytes(sizes[:2], "little") + int.from_bytes(sizes[2:], "little"), 1)
            inflater, left = isal_zlib.decompressobj(-15), member.compress_size
            while left:
                left -= len(block := file.read(min(left, 1 << 17)))
                inflater.decompress(block)
    return {}


WAYS: Mapping[str, Callable[[str], dict[str, list[int]]]] = {
    "fastexcel + pandas": fastexcel_pandas,
    "polars.read_excel": with_polars,
    "pandas with calamine": pandas_by("calamine"),
    "pandas with openpyxl": pandas_by("openpyxl"),
    "DuckDB with a row hash": with_duckdb,
    "DuckDB of Parquet with a row hash": duckdb_parquet,
    "polars.scan_parquet": polars_parquet,
    "isal inflate": inflate,
}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](sys.argv[2])))
