"""Reader of Parquet files through pyarrow (an extra), by columns: the column names are the header row."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

from xfstats.config.limits import check_limit
from xfstats.config.normalize import dittos
from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.model import Cell, Position
from xfstats.readers.base import Cells, Columns, SheetInfo, SheetStructure
from xfstats.readers.columns import held
from xfstats.readers.sheet import Sheet
from xfstats.readers.xlsx.reader import as_columns

T = TypeVar("T")
CELLS_AT_ONCE = 1 << 20
"""Cells of all columns that are looked at together."""
MOST_ROWS = 1 << 16
"""Most rows that are looked at together."""


class ParquetReader:
    """A Parquet file as one sheet without a name."""

    format = "parquet"

    def __init__(self, data: bytes, sha256: str, plan: Plan, at: Position) -> None:
        """Open the file; raises InputFault where pyarrow is missing, the file is damaged or beyond a limit."""
        self.sha256, self._plan, self._at = sha256, plan, at
        try:
            import pyarrow.parquet  # noqa: F401, PLC0415 - an extra, and slow to import
        except ImportError:
            raise InputFault("E321", at) from None
        self._file = self._whole(lambda: _open(data))
        metadata = self._file.metadata
        check_limit("cells", metadata.num_rows * metadata.num_columns, plan, at)
        sizes = [metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups)]
        check_limit("inflated_bytes", sum(sizes), plan, at)
        self._names: list[str] = self._whole(lambda: list(self._file.schema_arrow.names))

    def _whole(self, call: Callable[[], T]) -> T:
        """Return the result of a call; raises InputFault where the file is damaged."""
        import pyarrow as pa  # noqa: PLC0415 - as above

        try:
            return call()
        except MemoryError:  # it can be an ArrowException too; the worker reports it
            raise
        except (pa.ArrowException, OSError, ValueError, OverflowError):
            raise InputFault("E303", self._at, what="Parquet") from None

    def sheets(self) -> list[SheetInfo]:
        """Return the one sheet, which has no name."""
        return [SheetInfo(0, None)]

    def peek(self, sheet: SheetInfo, rows: int) -> Cells:  # noqa: ARG002 - there is only one sheet
        """Return the names and the first rows, empty cells as None."""
        names: list[Cell] = [*self._names]
        return [names, *self._whole(lambda: self._first(rows - 1))][:rows]

    def _first(self, rows: int) -> Cells:
        from xfstats.readers.arrow_arrays import encode  # noqa: PLC0415 - imports pyarrow

        found: Cells = []
        for batch in self._batches(rows):
            columns: list[list[Cell]] = [_cells(encode(array).array) for array in batch.columns]
            found.extend(list(row) for row in zip(*columns, strict=True))
            if len(found) >= rows:
                break
        return [[None if cell == "" else cell for cell in row] for row in found[:rows]]

    def _batches(self, rows: int, columns: list[str] | None = None) -> Iterator[Any]:
        """Yield the rows in batches, texts as dictionaries where the file has them so; raises InputFault for a cell too long."""
        from xfstats.readers.arrow_arrays import longest_text  # noqa: PLC0415 - imports pyarrow

        for batch in self._file.iter_batches(batch_size=max(rows, 1), columns=columns, use_threads=False):
            batch.validate(full=True)
            for array in batch.columns:
                check_limit("cell_bytes", longest_text(array), self._plan, self._at)
            yield batch

    def structure(self, sheet: SheetInfo) -> SheetStructure:  # noqa: ARG002 - there is only one sheet
        """Return the structure of the sheet, of which nothing is known beside its cells."""
        return SheetStructure()

    def columns(
        self,
        sheet: SheetInfo,  # noqa: ARG002 - there is only one sheet
        wanted: Sequence[int],
        first_row: int,
        serial: Sequence[int],
        marks: frozenset[str],
    ) -> Columns:
        """Return the wanted columns below the header."""
        return as_columns(self._whole(lambda: self._scan(wanted, first_row, serial, marks)))

    def _scan(self, wanted: Sequence[int], first_row: int, serial: Sequence[int], marks: frozenset[str]) -> Sheet:
        """Return the wanted columns; a second pass is made where any column holds dittos."""
        from xfstats.readers.arrow_scan import Scan  # noqa: PLC0415 - imports pyarrow

        rows = max(min(MOST_ROWS, CELLS_AT_ONCE // max(len(self._names), 1)), 1)

        def once(tracked: frozenset[int]) -> Scan:
            scan = Scan(wanted, first_row, serial, marks, dittos(), tracked)
            for batch in self._batches(rows):
                scan.take(batch.columns)
            return scan

        scan = once(frozenset())
        return (once(frozenset(scan.untracked)) if scan.untracked else scan).sheet()

    def hold(
        self,
        sheet: SheetInfo,  # noqa: ARG002 - there is only one sheet
        columns: Sequence[int],
        first_row: int,
        words: Collection[str],
    ) -> frozenset[str]:
        """Return those of `words` that equal or contain a cell of these columns of names."""
        values = self._whole(lambda: self._scan(columns, first_row, (), frozenset())).columns.values()
        return held(zip_longest(*(cells.values for cells in values)), range(len(columns)), 0, words)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _open(data: bytes) -> Any:
    """Return the file, opened so that its columns of texts are read as dictionaries."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    texts = [field.name for field in pq.read_schema(io.BytesIO(data)) if pa.types.is_string(field.type)]
    return pq.ParquetFile(io.BytesIO(data), pre_buffer=False, read_dictionary=texts)


def _cells(array: Any) -> list[Cell]:
    """Return the cells of a dictionary array, row by row."""
    from xfstats.readers.arrow_arrays import column  # noqa: PLC0415 - imports pyarrow

    return column([array], len(array)).cells()
