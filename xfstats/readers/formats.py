"""File format detection, by content and never by the file's name."""

from __future__ import annotations

import codecs
import io
import re
import zipfile

from xfstats.config.input_formats import READERS, InputFormat
from xfstats.errors import InputFault
from xfstats.messages import both
from xfstats.model import Position

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_UNSUPPORTED = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x05\x06", "an empty zip"),
    (b"SQLite format 3", "SQLite"),
    (b"MIME-Version", "MIME"),
    (b"{\\rtf", "RTF"),
)
_FILEPASS = re.compile(rb"\x09\x08\x10\x00\x00\x06.{14}\x2f\x00", re.DOTALL)
"""A BIFF8 stream whose second record is FILEPASS: the rest is encrypted."""
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|table|head|meta|body|style)\b", re.IGNORECASE)

_JSON = re.compile(r"\ufeff?\s*(?:\{\s*(?:\"(?:[^\"\\]|\\.){0,99}\"\s*:|\}\s*$)|\[\s*(?:[\[{]|\]\s*$))")
"""The beginning of a JSON object, of an array of objects or arrays, or of lines of them."""

_BY_KEY = {one.key: one for one in READERS}
_STARTS = [(re.compile(one.start, re.DOTALL), one.key) for one in READERS if one.start]


def sniff(data: bytes, at: Position) -> InputFormat:
    """Return the format of a file; raises InputFault for an empty, encrypted or any other file."""
    return _BY_KEY[_format(data, at)]


def _format(data: bytes, at: Position) -> str:
    """Return the key of the format of a file."""
    if not data.strip(b"\x00\t\r\n "):
        raise InputFault("E303", at, what=both("damage.empty"))
    if data.startswith(ZIP):
        return _zipped(data, at)
    if data.startswith(OLE):
        return _compound(data, at)
    for start, key in _STARTS:
        if start.match(data):
            return key
    for magic, what in _UNSUPPORTED:
        if data.startswith(magic):
            raise InputFault("E307", at, what=what)
    return _text_format(data, at)


def begins_text(head: bytes, at: Position) -> bool:
    """True if a long file is delimited text by its first block; raises InputFault for a format that is not supported."""
    return not head.startswith((ZIP, OLE)) and bool(head.strip(b"\x00\t\r\n ")) and _format(head, at) == "text"


def _text_format(data: bytes, at: Position) -> str:
    head = data[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        told = head.decode("utf-16", "ignore").lstrip()
        if told.startswith(("<?xml", "<Workbook")) and "urn:schemas-microsoft-com:office:spreadsheet" in told:
            return "xml"
    if _JSON.match(head.decode("utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8", "ignore")):
        raise InputFault("E390", at)
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith((b"<?xml", b"<Workbook")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            return "xml"
        if not _HTML.search(head):
            raise InputFault("E307", at, what="XML")
    if start.startswith(b"<") and _HTML.match(start):
        return "html"
    if start.startswith(b"<?xml"):
        return "html"
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in head and not utf16:
        raise InputFault("E307", at, what=both("looks.binary"))
    return "text"


def _zipped(data: bytes, at: Position) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputFault("E303", at, what="zip") from None
    for one in READERS:
        if one.members and one.members <= names:
            return one.key
    if "xl/workbook.xml" in {name.lower() for name in names}:
        return "xlsx"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        raise InputFault("E303", at, what=both("damage.no-workbook"))
    raise InputFault("E307", at, what="Word" if "word/document.xml" in names else "zip")


def _compound(data: bytes, at: Position) -> str:
    if _ENCRYPTED in data or _FILEPASS.search(data):
        raise InputFault("E302", at)
    if any(name in data for name in _BOOKS):
        return "xls"
    if len(data) <= _directory(data):
        raise InputFault("E303", at, what="OLE")
    raise InputFault("E307", at, what="Word" if "WordDocument".encode("utf-16-le") in data else "OLE")


def _directory(data: bytes) -> int:
    """Return the offset of a compound file's directory, by its header (MS-CFB §2.2)."""
    shift = int.from_bytes(data[30:32], "little")
    return (int.from_bytes(data[48:52], "little") + 1) << min(shift, 16)
