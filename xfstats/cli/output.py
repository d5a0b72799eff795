"""Output to stdout or to a file: replaces a file as a whole or leaves it untouched, and never writes to an input."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from xfstats.cli.ownership import is_edited, is_ours
from xfstats.errors import OutputFault, UsageFault
from xfstats.messages import both
from xfstats.model import Position
from xfstats.pipeline.signals import hold_signals

STDOUT_NAMES = frozenset(map(Path, ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")))
"""Paths that mean standard output; replacing the file behind one would delete what others wrote there."""
_MAX_NAME_BYTES = 150
"""Bytes of the target's name that its temporary file's name contains; file systems allow 255 in all."""


def write_output(data: str | bytes, target: Path | None, *, force: bool, inputs: Sequence[Path]) -> None:
    """Write a result; raise OutputFault, with the old file intact, or BrokenPipeError where stdout's reader has closed it."""
    if target is None or target in STDOUT_NAMES:
        _write_stdout(data)
        return
    check_target(target, force=force, inputs=inputs)
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    path = _resolve_link(target)
    try:
        if _is_device(path):
            path.write_bytes(raw)
        else:
            _write_atomically(path, raw)
    except OSError as error:
        raise _system_error(error, Position(target.name)) from None


def check_target(target: Path, *, force: bool, inputs: Sequence[Path]) -> None:
    """Raise before any reading what writing would raise: an input, a folder, no permission, a file not written by xfstats."""
    if target in STDOUT_NAMES:
        return
    at = Position(target.name)
    try:
        _check_writable(target, at, force=force, inputs=inputs)
    except OSError as error:
        raise _system_error(error, at) from None
    except ValueError:  # a NUL in the name
        raise OutputFault("E406", at, what=both("cannot_write.name")) from None


def _check_writable(target: Path, at: Position, *, force: bool, inputs: Sequence[Path]) -> None:
    """Raise UsageFault or OutputFault where a target is an input or cannot be written."""
    path = _resolve_link(target)
    if any(_is_same_file(path, one) for one in inputs):
        raise UsageFault("E202", at)
    if path.is_dir():
        raise OutputFault("E406", at, what=both("cannot_write.folder"))
    if path.exists() and not (path.is_file() or path.is_char_device()):
        raise OutputFault("E406", at, what=both("cannot_write.not-regular"))
    if not path.parent.is_dir():
        raise OutputFault("E405", at)
    here = path.exists()
    if (here and not os.access(path, os.W_OK)) or (not _is_device(path) and not os.access(path.parent, os.W_OK)):
        raise OutputFault("E402", at)
    if not force and path.is_file():
        if not is_ours(path):
            raise OutputFault("E403", at)
        if is_edited(path):
            raise OutputFault("E410", at)


def _resolve_link(target: Path) -> Path:
    """Return the file that a symbolic link points to, so that writing keeps the link."""
    return Path(os.path.realpath(target))


def _is_device(path: Path) -> bool:
    """True if the path is a device such as /dev/null, which is written to and never replaced."""
    return path.exists() and not path.is_file()


def _is_same_file(path: Path, other: Path) -> bool:
    """True if two paths are the same file, also before the first exists."""
    with suppress(OSError):
        return path.samefile(other)
    return path == _resolve_link(other)


def _write_stdout(data: str | bytes) -> None:
    """Write to standard output; raise OutputFault where it fails, BrokenPipeError where its reader has closed it."""
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
        raise _disable_stdout(error) from None


def replace_closed_stdout() -> None:
    """Replace a closed standard output by one that fails when written to; the run would exit with 0 otherwise."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")


def stdout_error(error: Exception) -> OutputFault | None:
    """Return the error of a failed write to standard output; None for any other exception (errors of files have a name)."""
    match error:
        case UnicodeEncodeError() if codecs.lookup(error.encoding) == codecs.lookup(sys.stdout.encoding or "utf-8"):
            return OutputFault("E408", encoding=sys.stdout.encoding)
        case OSError(filename=None):
            return _disable_stdout(error)
    return None


def _disable_stdout(error: OSError) -> OutputFault:
    """Return the error of standard output, and redirect it, so that buffered text does not fail again at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OutputFault("E407") if error.errno == errno.EBADF else _system_error(error, Position("stdout"))


def _write_atomically(path: Path, data: bytes) -> None:
    """Write a temporary file beside the target, then rename it over the target; keep the old file's mode."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    temporary = path.with_name(_temporary_name(path, str(os.getpid())))
    _remove_stale_files(path)
    with hold_signals():
        try:
            temporary.unlink(missing_ok=True)
            temporary.touch(0o666 if mode is None else mode, exist_ok=False)
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                with suppress(OSError):  # not every file system has modes
                    temporary.chmod(mode)
            os.replace(temporary, path)  # noqa: PTH105 - the one call that is atomic everywhere
        finally:
            with suppress(OSError):
                temporary.unlink()
        _sync_folder(path.parent)


def _temporary_name(path: Path, pid: str) -> str:
    """Return the name of a run's temporary file, shortened where the target's name is long."""
    return f".{os.fsencode(path.name)[:_MAX_NAME_BYTES].decode('utf-8', 'ignore')}.xfstats-{pid}.tmp"


def _sync_folder(folder: Path) -> None:
    """Write a folder to disk, so that a rename in it survives a crash; do nothing on systems without this."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _remove_stale_files(path: Path) -> None:
    """Remove temporary files of this target that killed runs left behind."""
    before, after = _temporary_name(path, "\0").split("\0")
    pattern = re.compile(re.escape(before) + r"(\d+)" + re.escape(after))
    with suppress(OSError):  # a folder may be writable and not readable
        for other in path.parent.iterdir():
            if (found := pattern.fullmatch(other.name)) and not _is_running(int(found[1])):
                other.unlink()


def _is_running(pid: int) -> bool:
    """True if a process with this id exists, or it cannot be known."""
    if os.name != "posix":  # there, asking would be Ctrl-C for the process
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _system_error(error: OSError, at: Position) -> OutputFault:
    """Return the OutputFault for an error of the operating system."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return OutputFault("E401", at)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return OutputFault("E404" if os.name == "nt" else "E402", at)
        case errno.ENOENT | errno.ENOTDIR:
            return OutputFault("E405", at)
        case _:
            return OutputFault("E406", at, what=errno.errorcode.get(error.errno or 0, "error"))
