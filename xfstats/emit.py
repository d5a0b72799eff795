"""Bytes to stdout or to a file: a whole new file or the old one untouched, and never one of the inputs."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from xfstats.errors import OutputFault, UsageFault
from xfstats.model import Position

MARK = "xfstats/1"
GUARDED = (".xlsx", ".docx", ".html")
"""A file with such an ending that we did not write is not written over without --force: it may be the log itself."""


def emit(data: str | bytes, target: Path | None, *, force: bool, inputs: Sequence[Path]) -> None:
    """Write a result.  Raises OutputFault, with the old file in place; BrokenPipeError where the reader of stdout has gone."""
    if target is None:
        _to_stdout(data)
    else:
        check_target(target, force=force, inputs=inputs)
        _replace(target, data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)


def check_target(target: Path, *, force: bool, inputs: Sequence[Path]) -> None:
    """Raise what writing would raise, before the long read: an input, a folder, no permission, somebody else's file."""
    at = Position(target.name)
    path = _resolved(target)
    if any(_same(path, one) for one in inputs):
        raise UsageFault("E202", at)
    if path.is_dir():
        raise OutputFault("E406", at, what="a folder")
    if not path.parent.is_dir():
        raise OutputFault("E405", at)
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputFault("E402", at)
    if not force and path.exists() and path.suffix.lower() in GUARDED and not _ours(path):
        raise OutputFault("E403", at)


def _resolved(target: Path) -> Path:
    """The file behind a symbolic link, so that the link stays one."""
    return Path(os.path.realpath(target))


def _same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return path.samefile(other)
    return path == _resolved(other)


def _ours(path: Path) -> bool:
    """Whether xfstats wrote the file: its mark stands in the workbook's keywords or the page's head."""
    try:
        data = path.read_bytes()
        if path.suffix.lower() == ".html":
            return f'content="{MARK}"'.encode() in data[:4096]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return MARK.encode() in archive.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _to_stdout(data: str | bytes) -> None:
    out = sys.stdout
    if out is None or out.closed:
        raise OutputFault("E407")
    encoding = out.encoding or "utf-8"
    try:
        raw = data if isinstance(data, bytes) else data.encode(encoding)
    except UnicodeEncodeError:
        raise OutputFault("E408", encoding=encoding) from None
    try:
        out.flush()
        buffer = getattr(out, "buffer", None)
        if buffer is None:
            out.write(raw.decode(encoding))
        else:
            buffer.write(raw)
            buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        _refuse(error, Position("stdout"))


def _replace(target: Path, data: bytes) -> None:
    """A temporary file beside the target, on disk, then renamed over it; the old file's mode is kept."""
    path = _resolved(target)
    temporary = path.with_name(f".{path.name}.xfstats-{os.getpid()}.tmp")
    try:
        _forget_dead(path)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(temporary, path)  # noqa: PTH105 - the one call that is atomic everywhere
        _sync_folder(path.parent)
    except OSError as error:
        _refuse(error, Position(target.name))
    finally:
        with suppress(OSError):
            temporary.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last; not every system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _forget_dead(path: Path) -> None:
    """Remove temporary files of this target that a killed run left."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.xfstats-(\d+)\.tmp")
    for other in path.parent.iterdir():
        if (found := pattern.fullmatch(other.name)) and not _alive(int(found[1])):
            with suppress(OSError):
                other.unlink()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _refuse(error: OSError, at: Position) -> NoReturn:
    """A system's refusal as one of our sentences."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            raise OutputFault("E401", at) from None
        case errno.EACCES | errno.EPERM | errno.EROFS:
            raise OutputFault("E404" if os.name == "nt" else "E402", at) from None
        case errno.ENOENT | errno.ENOTDIR:
            raise OutputFault("E405", at) from None
        case _:
            raise OutputFault("E406", at, what=errno.errorcode.get(error.errno or 0, "error")) from None
