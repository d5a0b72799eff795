"""The table of readers: one row a format, from which its detection, its reader and the endings of a folder's inputs derive."""

from typing import NamedTuple


class InputFormat(NamedTuple):
    """A format that is read: how its files are known, by content and never by name, and who reads them."""

    key: str
    reader: str
    """Module and function in `readers`; called with the bytes, their SHA-256, the plan and the position, it returns a Reader."""
    suffixes: tuple[str, ...]
    """Endings of files that are tables and nothing else; a folder's files with them are inputs."""
    other_suffixes: tuple[str, ...] = ()
    """Endings of files that may be something else; a folder's files with them are inputs, too."""
    start: bytes | None = None
    """Pattern that the first bytes match; None where `readers.formats` tells it otherwise."""
    members: frozenset[str] = frozenset()
    """Members of a ZIP file of this format."""


READERS = (
    InputFormat("ods", "workbooks:read_ods", (".ods",), members=frozenset(["mimetype", "content.xml"])),
    InputFormat("xlsx", "xlsx.reader:XlsxReader", (".xlsx", ".xlsm", ".xltx"), members=frozenset(["xl/workbook.xml"])),
    InputFormat("xlsb", "workbooks:read_xlsb", (".xlsb",), members=frozenset(["xl/workbook.bin"])),
    InputFormat("xls", "workbooks:read_xls", (".xls", ".et", ".ett"), start=rb"\x09[\x00\x02\x04\x08]"),
    InputFormat("parquet", "parquet:ParquetReader", (".parquet",), start=rb"PAR1"),
    InputFormat("html", "html:read_html", (), (".htm", ".html")),
    InputFormat("xml", "html:read_spreadsheetml", (), (".xml",)),
    InputFormat("text", "csv_scan:read_text", (".csv", ".tsv"), (".txt",)),
)
"""All formats, in the order in which their members and first bytes are looked for."""
