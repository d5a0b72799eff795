"""URLs of logs in stores of files, which are named without what may be a password."""

from __future__ import annotations

import os
import re
from urllib import parse

STORES = ("http", "https", "ftp", "sftp", "s3", "gs", "abfs", "az", "oss", "hdfs", "webhdfs")
"""Stores from which fsspec reads; none keeps a copy of a log on a disk of this machine."""
_URL = re.compile(r"(?:\w+::)*([A-Za-z][A-Za-z0-9+.-]+)://.")


def scheme(text: str) -> str | None:
    """Return the scheme of a URL in small letters; None where a text is none.

    >>> scheme("HTTPS://host/log.xlsx"), scheme("log.xlsx"), scheme("C://log.xlsx")
    ('https', None, None)
    """
    found = _URL.match(text)
    return found[1].lower() if found else None


def is_url(text: str) -> bool:
    """True if a URL can be taken apart and names a host.

    >>> is_url("https://host/log.xlsx"), is_url("https://[host/log.xlsx"), is_url("https:///log.xlsx")
    (True, False, False)
    """
    try:
        return bool(parse.urlsplit(text).hostname)
    except ValueError:
        return False


def url_name(url: str) -> str:
    """Return what a log at a URL is called: the last part of its path, else the host; no user, no query.

    >>> url_name("https://me:secret@host:8000/a/10%E6%9C%88.xlsx?key=secret"), url_name("https://me:secret@host/")
    ('10月.xlsx', 'host')
    """
    parts = parse.urlsplit(url)
    return parse.unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or parts.scheme


def store_of(url: str) -> str:
    """Return the scheme, host and port of a URL, without what may be a password.

    >>> store_of("http://me:secret@127.0.0.1:8000/a/log.xlsx?key=secret")
    'http://127.0.0.1:8000'
    """
    parts = parse.urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}"


def local_path(url: str) -> str:
    """Return the path of a file://, whose characters may be escaped.

    >>> local_path("file:///logs/10%E6%9C%88.xlsx"), local_path("file://localhost/logs/log.xlsx")
    ('/logs/10月.xlsx', '/logs/log.xlsx')
    """
    path = re.sub(r"(?i)^file://(?:localhost(?=/))?", "", url)
    if os.name == "nt":
        from urllib.request import url2pathname  # noqa: PLC0415 - it imports what a network needs

        return url2pathname(path)
    return parse.unquote(path)
