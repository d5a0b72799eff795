"""Inputs that are no regular files, or not there."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from .base import book, raw
from .model import Kind, Maker, Read, kind, refused

MISSING, NO_FILE = refused("E301"), refused("E314")
SPARSE = 300 << 20


def place(make: Callable[[Path], object], name: str = "log.xlsx") -> Maker:
    """Whatever `make` makes of a path."""

    def put(folder: Path) -> Path:
        make(folder / name)
        return folder / name

    return put


def link(target: str) -> Maker:
    """A symbolic link."""
    return place(lambda path: path.symlink_to(target))


def listening(path: Path) -> None:
    """A socket; its name has to be short."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def barred(folder: Path) -> Path:
    """A good log that nobody may read; root may, and reads it."""
    path = book()(folder)
    path.chmod(0)
    return path


def loop(folder: Path) -> Path:
    """Two links that point at each other."""
    (folder / "one.xlsx").symlink_to("two.xlsx")
    (folder / "two.xlsx").symlink_to("one.xlsx")
    return folder / "one.xlsx"


def huge(path: Path) -> None:
    """A file of 300 MiB that takes no space."""
    with path.open("wb") as file:
        file.truncate(SPARSE)


def in_folder(folder: Path) -> Path:
    """A folder with a good log, its lock file, a link to nowhere that is no spreadsheet, and a FIFO that is none."""
    inside = folder / "登记.xlsx"
    inside.mkdir()
    book()(inside)
    (inside / "~$log.xlsx").write_bytes(b"\x05alice" + bytes(159))
    os.mkfifo(inside / "pipe")
    (inside / "gone").symlink_to("nowhere")
    return inside


def under_a_file(folder: Path) -> Path:
    """A path that goes through a file as if it were a folder."""
    return book()(folder) / "log.xlsx"


KINDS: list[Kind] = [
    kind("place-missing", lambda folder: folder / "log.xlsx", MISSING),
    kind("place-fifo", place(os.mkfifo), NO_FILE),
    kind("place-socket", place(listening, "s.xlsx"), NO_FILE),
    kind("place-empty-folder", place(Path.mkdir), refused("E317")),
    kind("place-folder-of-a-log", in_folder, Read()),
    kind("place-owner-file", raw(b"\x05alice" + bytes(159), "~$log.xlsx"), refused("E289")),
    kind("place-dev-zero", link("/dev/zero"), NO_FILE),
    kind("place-dev-null", link("/dev/null"), NO_FILE),
    kind("place-dev-tty", link("/dev/tty"), NO_FILE),
    kind("place-proc-file", link("/proc/version"), refused("E303", "E307", "E308", "E309", "E310", "E314")),
    kind("place-own-memory", link("/proc/self/mem"), refused("E303", "E307", "E308", "E314", "E315")),
    kind("place-dangling-link", link("nowhere.xlsx"), MISSING),
    kind("place-link-loop", loop, NO_FILE, MISSING),
    kind("place-under-a-file", under_a_file, MISSING, NO_FILE),
    kind("place-name-of-300", lambda folder: folder / ("长" * 300), MISSING, NO_FILE),
    kind("place-path-of-5000", lambda folder: folder / "/".join(["a" * 200] * 30), MISSING, NO_FILE),
    kind("place-sparse-300-mib", place(huge), refused("E304")),
]
