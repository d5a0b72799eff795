"""Delimited text of the first sheet: csv in four encodings, tsv, and tab text that calls itself .xls."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .model import Sheet, plain


class Dialect(NamedTuple):
    """How text is delimited and encoded."""

    delimiter: str
    encoding: str
    mark: bytes = b""


DIALECTS: Mapping[str, Dialect] = {
    "csv": Dialect(",", "utf-8"),
    "csv-bom": Dialect(",", "utf-8-sig"),
    "csv-gb18030": Dialect(",", "gb18030"),
    "csv-utf16": Dialect("\t", "utf-16-le", b"\xff\xfe"),  # what Excel calls Unicode text
    "tsv": Dialect("\t", "utf-8"),
    "tsv-xls": Dialect("\t", "gb18030"),
}


def write(path: Path, sheets: Sequence[Sheet], dialect: Dialect, *, date1904: bool = False) -> None:
    """Write the first sheet with CRLF line ends, rows as ragged as they are given."""
    rows = sheets[0].shown(date1904=date1904)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=dialect.delimiter).writerows([plain(cell) for cell in row] for row in rows)
    path.write_bytes(dialect.mark + text.getvalue().encode(dialect.encoding))
