"""Writers of the same grid of cells in every spreadsheet format, for tests."""

from collections.abc import Sequence
from pathlib import Path

from . import biff8, biff12, markup, ooxml, opendocument, parquet, spreadsheetml, text
from .model import Cell, Error, Formula, Sheet

__all__ = ["FORMATS", "Cell", "Error", "Formula", "Sheet", "suffix", "write"]

FORMATS = (
    "xlsx",
    "xlsm",
    "xlsb",
    "xls",
    "et",
    "ods",
    "csv",
    "csv-bom",
    "csv-gb18030",
    "csv-utf16",
    "tsv",
    "html-xls",
    "tsv-xls",
    "xml-xls",
    "parquet",
)


def suffix(fmt: str) -> str:
    """The file name suffix such a file has in the wild: `.csv` for csv-bom, `.xls` for html-xls."""
    first, _, last = fmt.partition("-")
    return f".{last}" if last == "xls" else f".{first}"


def write(path: Path, sheets: Sequence[Sheet], fmt: str, *, date1904: bool = False, dimension: str | None = None) -> None:
    """Write the sheets in one of FORMATS; text formats and parquet hold the first sheet only.

    `dimension` is the used range that the file claims, as given, in xlsx, xlsm and xlsb; other formats claim none.
    """
    match fmt:
        case "xlsx" | "xlsm":
            ooxml.write(path, sheets, kind=fmt, date1904=date1904, dimension=dimension)
        case "xlsb":
            biff12.write(path, sheets, date1904=date1904, dimension=dimension)
        case "xls" | "et":
            biff8.write(path, sheets, date1904=date1904)
        case "ods":
            opendocument.write(path, sheets, date1904=date1904)
        case "html-xls":
            markup.write(path, sheets, date1904=date1904)
        case "xml-xls":
            spreadsheetml.write(path, sheets, date1904=date1904)
        case "parquet":
            parquet.write(path, sheets, date1904=date1904)
        case _:
            text.write(path, sheets, text.DIALECTS[fmt], date1904=date1904)
