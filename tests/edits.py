"""Reports edited as by hand: what a reader sees of a report in any form, and the report with some of it changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

FORMS = ["txt", "md", "html", "docx", "xlsx"]
_UNSIGNED = re.compile(r"sha256 [0-9a-f]{64}[^\n\0]*|xfstats report[^\n\0]*|xfstats \d[\d.]*|(?:\d )?[^\s\0]+\.(?:csv|xlsx)")
_MARKUP = re.compile(r"<head>.*?</head>|<[^>]*>|&#?\w+;", re.DOTALL)
_INLINE = re.compile(r"<(?:/?span|w:|/w:(?!p>))|&")
_STORED = re.compile(r"<c [^>]*?>(?:<f>[^<]*</f>)?<v>([^<]*)</v>")


@dataclass(frozen=True)
class Part:
    """One text of a report's file, and the same with all but what a reader sees blanked out."""

    name: str | None
    text: str
    seen: str


def packed(old: bytes, part: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(old)) as was, zipfile.ZipFile(buffer, "w") as new:
        for name in was.namelist():
            new.writestr(name, text if name == part else was.read(name))
    return buffer.getvalue()


def parts(old: bytes, form: str) -> list[Part]:
    """The texts in which figures stand."""
    if form in {"txt", "md"}:
        return [Part(None, old.decode(), _signed(old.decode()))]
    if form == "html":
        return [Part(None, old.decode(), _signed(_blank(_MARKUP, old.decode())))]
    with zipfile.ZipFile(io.BytesIO(old)) as package:
        if form == "docx":
            xml = package.read("word/document.xml").decode()
            return [Part("word/document.xml", xml, _signed(_blank(_MARKUP, xml)))]
        names = ["xl/sharedStrings.xml", *(one for one in package.namelist() if one.startswith("xl/worksheets/sheet"))]
        texts = {name: package.read(name).decode() for name in names}
    return [
        Part(name, text, _signed(_blank(_MARKUP, text) if "shared" in name else _results(text))) for name, text in texts.items()
    ]


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Markup within a line as \\0, other markup as the end of a line."""
    return pattern.sub(lambda found: ("\0" if _INLINE.match(found[0]) else "\n") + "\0" * (len(found[0]) - 1), text)


def _signed(text: str) -> str:
    """Without digests, command, version and files, which are no figures."""
    return _blank(_UNSIGNED, text)


def _results(text: str) -> str:
    seen = ["\n"] * len(text)
    for found in _STORED.finditer(text):
        if ' t="s"' not in found[0]:
            seen[slice(*found.span(1))] = found[1]
    return "".join(seen)


def written(old: bytes, part: Part, *changes: tuple[int, int, str]) -> bytes:
    """The report with stretches of one of its texts replaced."""
    text = part.text
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text.encode() if part.name is None else packed(old, part.name, text)


def places(old: bytes, form: str, pattern: str) -> list[tuple[Part, int, int]]:
    """Where a reader sees something, in one stretch of the file."""
    found = []
    for part in parts(old, form):
        shown = [place for place, char in enumerate(part.seen) if char != "\0"]
        for one in re.finditer(pattern, part.seen.replace("\0", "")):
            start, end = shown[one.start()], shown[one.end() - 1] + 1
            if end - start == len(one[0]):
                found.append((part, start, end))
    return found


def changed(old: bytes, form: str, pattern: str, new: str) -> Iterator[bytes]:
    """The report with each place changed, one at a time."""
    for part, start, end in places(old, form, pattern):
        yield written(old, part, (start, end, new))


def swapped(old: bytes, form: str, one: str, other: str) -> Iterator[bytes]:
    """The report with two words swapped, for each pair of neighbouring places."""
    for part in parts(old, form):
        found = list(re.finditer(f"{re.escape(one)}|{re.escape(other)}", part.seen))
        for first, second in pairwise(found):
            if first[0] != second[0]:
                yield written(old, part, (*first.span(), second[0]), (*second.span(), first[0]))
