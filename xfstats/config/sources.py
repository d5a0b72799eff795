"""Input files by what was typed: folders, globs, `-`; lock files of open workbooks are passed over and reported."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from xfstats.config.input_formats import READERS
from xfstats.config.small_files import is_file, is_folder
from xfstats.config.urls import STORES, is_url, local_path, scheme, url_name
from xfstats.errors import InputFault, UsageFault
from xfstats.frozen import frozen
from xfstats.model import Position, Source

INPUT_SUFFIXES = frozenset(suffix for one in READERS for suffix in (*one.suffixes, *one.other_suffixes))
"""Endings that a folder's files must have to be inputs; a file that is named is read whatever its ending."""
PACKED_SUFFIXES = frozenset([".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar"])
"""Endings of packed files, which may hold logs and are not read."""
UNFINISHED_SUFFIXES = frozenset([".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp"])
"""Endings that programs put behind the name of a file until it is whole: log.xlsx.part."""
LOCKS = ("~$", ".~")


@frozen
class Found:
    """The inputs in a stable order, the folders to look for a profile in, and the open workbooks that lock files tell of."""

    sources: tuple[Source, ...]
    folders: tuple[Path, ...]
    locks: tuple[str, ...]
    names: tuple[str, ...] = ()
    """What was typed, without the folders that it lies in."""
    unread: tuple[str, ...] = ()
    """The packed and the unfinished files that lie in a folder beside its inputs."""


def find_sources(typed: Sequence[str], *, recursive: bool = False, contents: Sequence[Source] = ()) -> Found:
    """Return every file that the arguments name, once each, then logs in memory; raise InputFault where one names nothing."""
    paths: list[Path] = []
    named: set[Path] = set()
    locks: list[str] = []
    unread: list[str] = []
    folders: list[Path] = []
    typed, urls = _split_urls(typed)
    stdin = False
    for text in typed:
        if text == "-":
            stdin = True
            continue
        for path in _expand(text):
            if is_folder(path):
                inside = _inside(path, INPUT_SUFFIXES, recursive=recursive)
                beside = _inside(path, PACKED_SUFFIXES, recursive=recursive)
                kept = [file for file in inside if not _locked(file, locks)] or beside
                unread += [file.name for file in beside] if kept is not beside else []
                unread += [
                    file.name for file in _inside(path, UNFINISHED_SUFFIXES, recursive=recursive) if is_unfinished(file.name)
                ]
                if not kept:
                    raise InputFault("E317", Position(text))
                folders += [path, *(file.parent for file in kept)]
                paths.extend(kept)
            elif not _locked(path, locks):
                paths.append(path)
                named.add(path)
                folders.append(path.parent)
    unique = list(dict.fromkeys(paths))
    shown = zip(unique, _names(unique), strict=True)
    sources = [Source(str(path), name, listed=path not in named) for path, name in shown]
    sources += urls
    if stdin:
        sources.append(Source("-", "-", stdin=True))
    sources += contents
    if not sources and locks:
        raise InputFault("E289", Position(", ".join(typed)), name=locks[0])
    if not sources:
        raise InputFault("E317", Position(", ".join(typed)))
    asked = _names([path if (path := Path(text)).name not in {"", ".."} else path.resolve() for text in typed if text != "-"])
    names = (*asked, *(one.name for one in urls), *(["-"] if stdin else []), *(one.name for one in contents))
    return Found(tuple(sources), tuple(dict.fromkeys(folders)), tuple(locks), names, tuple(dict.fromkeys(unread)))


def _split_urls(typed: Sequence[str]) -> tuple[list[str], list[Source]]:
    """Return the paths, those of file:// too, and the logs at URLs; raise UsageFault for a scheme that is not read."""
    paths, urls = [], dict[str, None]()
    for text in typed:
        kind = None if os.path.lexists(text) else scheme(text)
        if kind is None or kind == "file":
            paths.append(text if kind is None else local_path(text))
        elif kind in STORES and "::" not in text and is_url(text):
            urls[text] = None
        else:
            raise UsageFault("E284", option="FILE", what=", ".join(f"{one}://" for one in ("file", *STORES)))
    names, seen = Counter(map(url_name, urls)), Counter[str]()
    sources = []
    for url in urls:
        name = url_name(url)
        seen[name] += 1  # a folder in the path of a URL may be a password
        shown = f"{name} {seen[name]}" if names[name] > 1 else name
        sources.append(Source(url, shown, stdin=True, remote=True))
    return paths, sources


def is_unfinished(name: str) -> bool:
    """True if a file's name is an input's with the ending of an unfinished file behind it.

    >>> is_unfinished("10月.xlsx.part"), is_unfinished("notes.part"), is_unfinished("10月.xlsx")
    (True, False, False)
    """
    whole, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
    return suffix.lower() in UNFINISHED_SUFFIXES and Path(whole).suffix.lower() in INPUT_SUFFIXES


def _expand(text: str) -> list[Path]:
    """Return one path, or the paths that a glob matches; the shell did this already on most systems, not on Windows."""
    path = Path(text)
    if os.path.lexists(path) or not glob.has_magic(text):
        return [path]
    found = sorted(map(Path, glob.glob(text, recursive=True)))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        raise InputFault("E301", Position(text))
    return found


def _inside(folder: Path, suffixes: Collection[str], *, recursive: bool) -> list[Path]:
    """Return a folder's files with these endings, and what cannot be looked into, which reading refuses."""
    closed: list[OSError] = []
    found: list[Path] = []
    for top, folders, names in os.walk(folder, onerror=closed.append):
        found += (path for name in names if (path := Path(top, name)).suffix.lower() in suffixes and _is_input(path))
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
    names = Counter(path.name for path in set(paths))
    return [f"{path.parent.name}/{path.name}" if names[path.name] > 1 else path.name for path in paths]
