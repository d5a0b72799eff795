"""Mark in every written file, by which it may be replaced without --force, and a digest that detects edits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from xfstats.config.output_formats import Mark, mark_by_suffix
from xfstats.model import FILE_MARK

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of a file that are read; no file written by xfstats is larger."""
_HEAD_BYTES = 4096
_MARK = FILE_MARK.encode() + rb"(?: ([0-9a-f]{64}))?"
"""Pattern of the mark and of the digest behind it, if any."""
_GENERATOR = re.compile(rb'content="' + _MARK + rb'"')
_KEYWORDS = re.compile(rb"<(?:\w+:)?keywords(?:\s[^>]*)?>" + _MARK + rb"</")
_COMMENT = re.compile(rb"<!-- " + _MARK + rb" -->\s*\Z")
_JSON = re.compile(rb'\{\s*"schema": ?"xfstats|\{"log": ?"\w+", ?"row": ?"')
_CSV_HEADER = re.compile(rb"log[,\t](?:ledger[,\t])?row(?:[,\t][a-z0-9_]+)*\r?\n|file,sheet,row,column,field,code,reason\r?\n")
_TEXT = re.compile(FILE_MARK.encode() + rb"\r?\n")
_MARKED = (_GENERATOR, _JSON, _CSV_HEADER, _TEXT)
_PNG = b"\x89PNG"
_CORE = "docProps/core.xml"


def add_mark(data: str | bytes, suffix: str) -> bytes:
    """Return the bytes with the mark; documents, workbooks, pages and Markdown reports also get a digest of their content."""
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if raw.startswith(b"PK"):
        return _add_digest_keyword(raw)
    if not raw:
        return raw
    if found := _GENERATOR.search(raw[:_HEAD_BYTES]):
        digest = (_digest(raw, "html") or "").encode()
        return raw[: found.start()] + f'content="{FILE_MARK} '.encode() + digest + b'"' + raw[found.end() :]
    if _has_text_mark(raw) or raw.startswith(_PNG):
        return raw
    match mark_by_suffix(suffix):
        case Mark.COMMENT_WITH_DIGEST:
            return raw + f"<!-- {FILE_MARK} {_digest(raw, 'md')} -->\n".encode()
        case Mark.COMMENT:
            return raw + f"<!-- {FILE_MARK} -->\n".encode()
        case Mark.FIRST_LINE:
            return f"{FILE_MARK}\n".encode() + raw


def is_ours(path: Path) -> bool:
    """True if a file is empty or has the mark; what may not be read is not ours, any other OSError is raised."""
    try:
        data = _read_bounded(path)
    except PermissionError:
        return False
    if not data or _has_text_mark(data):
        return True
    try:
        return data.startswith(b"PK") and _KEYWORDS.search(_read_core_properties(data)) is not None
    except (KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):  # a package that is not whole
        return False


def is_edited(path: Path) -> bool:
    """True if the values or texts of a file differ from its digest; a file without digest counts as not edited."""
    data = _read_bounded(path)
    if data.startswith(b"PK"):
        found, form = _KEYWORDS.search(_read_core_properties(data)), "docx" if b"word/document.xml" in data else "xlsx"
    elif found := _GENERATOR.search(data[:_HEAD_BYTES]):
        form = "html"
    else:
        found, form = _COMMENT.search(data), "md"
    return bool(found and found[1]) and found is not None and _digest(data, form) != found[1].decode()


def _read_bounded(path: Path) -> bytes:
    """Return the first bytes of a file, as many as a file of ours may have."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES)


def _has_text_mark(data: bytes) -> bool:
    """True if the mark is at the beginning or, as a comment, at the end."""
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(_PNG):
        return b"Software\0" + FILE_MARK.encode() in head
    return bool(_GENERATOR.search(head) or any(one.match(head) for one in _MARKED) or _COMMENT.search(data[-_HEAD_BYTES:]))


def _read_core_properties(data: bytes) -> bytes:
    """Return the core properties of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(_CORE) as part:
        return part.read(65536)


def _add_digest_keyword(data: bytes) -> bytes:
    """Return an office file whose keywords hold the mark and the digest."""
    digest = _digest(data, "docx" if b"word/document.xml" in data else "xlsx")
    package = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = old.read(one)
            if one.filename == _CORE and digest:
                part = part.replace(f">{FILE_MARK}<".encode(), f">{FILE_MARK} {digest}<".encode())
            new.writestr(one, part)
    return package.getvalue()


def _digest(data: bytes, form: str) -> str | None:
    """Return the digest of a document's values and texts."""
    from xfstats.reports.verify.edits import content_digest  # noqa: PLC0415 - it reads XML and HTML; a run that prints must not pay for it

    return content_digest(data, form)
