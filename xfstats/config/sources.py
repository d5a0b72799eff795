"""Input files by what was typed: folders, globs, `-`; lock files of open workbooks are passed over and reported."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xfstats.config.files import is_file, is_folder
from xfstats.errors import InputFault
from xfstats.model import Position, Source

INPUT_SUFFIXES = frozenset(
    [
        ".xlsx",
        ".xlsm",
        ".xltx",
        ".xlsb",
        ".xls",
        ".et",
        ".ett",
        ".ods",
        ".csv",
        ".tsv",
        ".txt",
        ".htm",
        ".html",
        ".xml",
        ".parquet",
    ]
)
"""Endings that a folder's files must have to be inputs; a file that is named is read whatever its ending."""
LOCKS = ("~$", ".~")


@dataclass(frozen=True)
class Found:
    """The inputs in a stable order, the folders to look for a profile in, and the open workbooks that lock files tell of."""

    sources: tuple[Source, ...]
    folders: tuple[Path, ...]
    locks: tuple[str, ...]
    names: tuple[str, ...] = ()
    """What was typed, without the folders that it lies in."""


def find_sources(typed: Sequence[str], *, recursive: bool = False, contents: Sequence[Source] = ()) -> Found:
    """Return every file that the arguments name, once each, then logs in memory; raise InputFault where one names nothing."""
    paths: list[Path] = []
    named: set[Path] = set()
    locks: list[str] = []
    folders: list[Path] = []
    stdin = False
    for text in typed:
        if text == "-":
            stdin = True
            continue
        for path in _expand(text):
            if is_folder(path):
                inside = _inside(path, recursive=recursive)
                kept = [file for file in inside if not _locked(file, locks)]
                if not kept:
                    raise InputFault("E317", Position(text))
                folders += [path, *(file.parent for file in kept)]
                paths.extend(kept)
            elif not _locked(path, locks):
                paths.append(path)
                named.add(path)
                folders.append(path.parent)
    unique = list(dict.fromkeys(paths))
    names = _names(unique)
    sources = [Source(str(path), name, listed=path not in named) for path, name in zip(unique, names, strict=True)]
    if stdin:
        sources.append(Source("-", "-", stdin=True))
    sources += contents
    if not sources and locks:
        raise InputFault("E289", Position(", ".join(typed)), name=locks[0])
    if not sources:
        raise InputFault("E317", Position(", ".join(typed)))
    asked = _names([path if (path := Path(text)).name not in {"", ".."} else path.resolve() for text in typed if text != "-"])
    return Found(
        tuple(sources),
        tuple(dict.fromkeys(folders)),
        tuple(locks),
        (*asked, *(["-"] if stdin else []), *(one.name for one in contents)),
    )


def _expand(text: str) -> list[Path]:
    """Return one path, or the paths that a glob matches; the shell did this already on most systems, not on Windows."""
    path = Path(text)
    if os.path.lexists(path) or not glob.has_magic(text):
        return [path]
    found = sorted(map(Path, glob.glob(text, recursive=True)))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        raise InputFault("E301", Position(text))
    return found


def _inside(folder: Path, *, recursive: bool) -> list[Path]:
    """Return a folder's inputs; one that cannot be looked into, or a file in it, is an input too, which reading refuses."""
    closed: list[OSError] = []
    found: list[Path] = []
    for top, folders, names in os.walk(folder, onerror=closed.append):
        found += (path for name in names if (path := Path(top, name)).suffix.lower() in INPUT_SUFFIXES and _is_input(path))
        if not recursive:
            folders.clear()
    return sorted([*found, *(Path(error.filename) for error in closed)])


def _is_input(path: Path) -> bool:
    """True if a regular file or a link is there, or what is there cannot be told."""
    try:
        return is_file(path) or path.is_symlink()
    except OSError:
        return True


def _locked(path: Path, locks: list[str]) -> bool:
    """True if this is the owner file that Excel (~$) or WPS (.~) leaves beside an open workbook, which is then noted."""
    for prefix in LOCKS:
        if path.name.startswith(prefix):
            locks.append(path.name[len(prefix) :])
            return True
    return False


def _names(paths: Sequence[Path]) -> list[str]:
    """Return file names, with the folder where two are of one name."""
    names = []
    for path in paths:
        twins = [other for other in paths if other.name == path.name and other != path]
        names.append(f"{path.parent.name}/{path.name}" if twins else path.name)
    return names
