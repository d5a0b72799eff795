"""Inputs of the Python interface: paths, and logs in memory, which are passed to the worker unread."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from xfstats.api.frames import encode_frame
from xfstats.config.small_files import is_there
from xfstats.config.sources import INPUT_SUFFIXES
from xfstats.config.urls import scheme
from xfstats.errors import InputFault, UsageFault
from xfstats.model import Position, Source

if TYPE_CHECKING:
    import pandas as pd

Log: TypeAlias = "str | Path | bytes | BinaryIO | pd.DataFrame"
"""A file, a folder or a glob, the bytes of a file, a file opened in binary mode, or a DataFrame whose columns are the header."""
Logs: TypeAlias = "Log | Sequence[Log]"

_LINE_BREAKS = re.compile(r"[\r\n\t]")
_DELIMITERS = re.compile(r"[,;|，；]")


def split_inputs(given: Logs) -> tuple[list[str], tuple[Source, ...]]:
    """Return the paths and the logs in memory; raise UsageFault, quoting nothing, for what is neither."""
    single = isinstance(given, str | Path | bytes | bytearray) or hasattr(given, "read") or _is_frame(given)
    if isinstance(given, Mapping) or hasattr(given, "dtype"):
        raise UsageFault("E357")
    inputs: list[Any] = [given] if single else list(given) if isinstance(given, Iterable) else []
    if not inputs or any(isinstance(one, str | Path) and not str(one) for one in inputs):
        raise UsageFault("E284", option="paths", what="str, Path, bytes, BinaryIO, DataFrame, […]")
    paths = [str(one) for one in inputs if isinstance(one, str | Path)]
    if any(isinstance(one, str) and _is_content(one) for one in inputs):
        raise UsageFault("E357")
    for place, one in enumerate(inputs):
        if isinstance(one, str) and _may_be_cell(one):
            raise InputFault("E301", Position(f"paths[{place}]"))
    return paths, _sources([one for one in inputs if not isinstance(one, str | Path)])


def _sources(inputs: Sequence[Any]) -> tuple[Source, ...]:
    """Return logs in memory as sources; a name that several have is numbered."""
    contents = [(_name(one), *_content(one)) for one in inputs]
    times, seen = Counter(name for name, _, _ in contents), Counter[str]()
    sources = []
    for name, content, frame in contents:
        seen[name] += 1
        shown = f"{name} {seen[name]}" if times[name] > 1 else name
        sources.append(Source(shown, shown, stdin=True, frame=frame, content=content))
    return tuple(sources)


def _name(given: Any) -> str:
    """Return the name by which a log in memory is called: that of its file, where it has one."""
    if _is_frame(given):
        return "DataFrame"
    name = getattr(given, "name", None)
    return os.path.basename(name) if isinstance(name, str) and name else "bytes"  # noqa: PTH119 - it may be any text


def _content(given: Any) -> tuple[bytes, bool]:
    """Return the bytes of a log in memory, and whether they are of a DataFrame."""
    if _is_frame(given):
        return encode_frame(given), True
    if isinstance(given, bytes | bytearray):
        return bytes(given), False
    if not hasattr(given, "read"):
        raise UsageFault("E284", option="paths", what="str, Path, bytes, BinaryIO, DataFrame, […]")
    content = None if isinstance(given, io.TextIOBase) else given.read()
    if not isinstance(content, bytes):
        raise UsageFault("E357")
    return content, False


def _is_frame(given: Any) -> bool:
    """True if an input is a DataFrame; pandas is not imported for it."""
    return all(hasattr(given, name) for name in ("columns", "dtypes", "iloc"))


def _is_content(text: str) -> bool:
    """True if a text is no existing file and looks like lines of a log; no message may quote such a text."""
    if scheme(text) and not _LINE_BREAKS.search(text):
        return False
    known = Path(text).suffix.lower() in INPUT_SUFFIXES
    return not is_there(Path(text)) and bool(_LINE_BREAKS.search(text) or (_DELIMITERS.search(text) and not known))


def _may_be_cell(text: str) -> bool:
    """True if a text is no existing file and names no folder and no file of a log; no message may quote such a text."""
    spelled = Path(text).suffix.lower() in INPUT_SUFFIXES or re.search(r"[/\\*?\[]", text)
    return not spelled and text != "-" and not is_there(Path(text))
