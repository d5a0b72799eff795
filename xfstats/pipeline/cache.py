"""Cache of tallies: the answer of a worker is kept by the content of the file, the plan and the versions, and found again.

An entry holds what a worker answered: whole numbers, labels, positions, keyed digests; no row.  The digests of rows and case
numbers are keyed by the cache's own key, so that they compare with those of the next run and with those of no other cache.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock

import xfstats
from xfstats.config.plan import Plan
from xfstats.frozen import frozen
from xfstats.measures.tally import FileTally
from xfstats.model import Source
from xfstats.pipeline import wire
from xfstats.pipeline.cache_folder import HEAD, LONGEST_HEAD, NO_ROOM, open_folder, write_whole

LIBRARIES = re.compile(r"(?:numpy|pandas|python_calamine|openpyxl|isal|pyarrow|msgspec|tzdata)-[^/]*\.dist-info", re.IGNORECASE)
"""What of the installed packages decides how a file is read and counted, by the names of their folders."""
UNCERTAIN = frozenset(["unrecognised", "traditional", "totals"])
"""Why a sheet was not read, where that may depend on the as-of day."""
_BLOCK = 1 << 20


@dataclass
class Use:
    """How a run used the cache: files found in it, files looked for, entries that were damaged, and whether a write failed."""

    found: int = 0
    sought: int = 0
    damaged: int = 0
    failed: bool = False


@frozen
class Slot:
    """The place of one file's tally in the cache."""

    name: str
    sha256: str
    """Of the file as it was when it was looked for; in memory alone."""


class Cache:
    """The cache of one run, in a folder; safe for several threads, and for several runs at once."""

    def __init__(self, folder: Path) -> None:
        """Open the cache, or make it; raise UsageFault for a folder that cannot be one, OSError where the disk is full."""
        self._folder, self._key = folder, open_folder(folder)
        self._versions = _versions()
        self._lock = Lock()
        self.use = Use()

    @property
    def seed(self) -> str:
        """Return the hash seed of workers, by which the fingerprints of sheets are those of the entries."""
        return str(int.from_bytes(self._derived(b"hash seed")[:4], "big"))

    def keyed(self, plan: Plan) -> Plan:
        """Return the plan with the cache's own salt for case numbers, where they are compared."""
        return replace(plan, salt=self._derived(b"case numbers")[:16].hex()) if plan.salt else plan

    def slot(self, source: Source, plan: Plan) -> Slot | None:
        """Return the place of a file's tally; None for what is not kept: rows that were asked for, a log in memory, no file."""
        if source.stdin or plan.explain or plan.detail or plan.matters:
            return None
        sha256 = _sha256(source.path)
        if sha256 is None:  # the worker says what it is
            return None
        judged = wire.encode(replace(plan, as_of=date(plan.as_of.year, 1, 1)))
        decided = [sha256.encode(), source.name.encode("utf-8", "surrogateescape"), judged, self._versions]
        sizes = ",".join(str(len(one)) for one in decided).encode()
        return Slot(hashlib.blake2b(b"\n".join([sizes, *decided]), key=self._key, digest_size=32).hexdigest(), sha256)

    def find(self, slot: Slot, plan: Plan) -> FileTally | None:
        """Return the tally in a place, if it is there, undamaged, and holds for the plan's as-of day."""
        with self._lock:
            self.use.sought += 1
        try:
            data = (self._folder / f"{slot.name}.tally").read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            data = b""
        head = HEAD.match(data[:LONGEST_HEAD])
        body = data[head.end() :] if head else b""
        try:
            if head is None or not hmac.compare_digest(self._digest(slot, head[2], body), head[3].decode()):
                raise ValueError(slot.name)
            judged = date.fromisoformat(head[2].decode())
            tally = wire.decode(body, FileTally)
        except wire.NOT_A_MESSAGE:
            with self._lock:
                self.use.damaged += 1
            return None
        if judged != plan.as_of and not _holds(tally, min(judged, plan.as_of)):
            return None
        with self._lock:
            self.use.found += 1
        return replace(tally, sha256=slot.sha256)

    def keep(self, slot: Slot, tally: FileTally, plan: Plan) -> None:
        """Keep a tally, unless the file was another one when the worker read it; note where it cannot be written."""
        if tally.sha256 != slot.sha256 or self.use.failed:
            return
        body = wire.encode(replace(tally, sha256=""))
        judged = plan.as_of.isoformat().encode()
        digest = self._digest(slot, judged, body).encode()
        head = b"xfstats/1 tally %b %b %b\n" % (xfstats.__version__.encode(), judged, digest)
        try:
            write_whole(self._folder, f"{slot.name}.tally", head + body)
        except OSError:
            with self._lock:
                self.use.failed = True

    def _derived(self, purpose: bytes) -> bytes:
        """Return a key that is made of the cache's key for one purpose."""
        return hashlib.blake2b(purpose, key=self._key, digest_size=32).digest()

    def _digest(self, slot: Slot, judged: bytes, body: bytes) -> str:
        """Return the keyed digest by which damage is seen."""
        digest = hashlib.blake2b(slot.name.encode() + judged, key=self._key, digest_size=32)
        digest.update(body)
        return digest.hexdigest()


def open_cache(folder: Path | None) -> tuple[Cache | None, bool]:
    """Return the cache in a folder, if one is given, and whether the run has to do without for a disk that is full."""
    if folder is None:
        return None, False
    try:
        return Cache(folder), False
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        return None, True


def _holds(tally: FileTally, first: date) -> bool:
    """True if a tally is the same for each as-of day of its year from `first` on: no day that it was judged by is later."""
    if any(note.why in UNCERTAIN for note in tally.not_read):
        return False
    return all(sheet.latest and sheet.latest <= first.isoformat() for sheet in tally.sheets)


def _sha256(path: str) -> str | None:
    """Return the SHA-256 of a regular file; None where there is none that can be read, of a pipe without waiting for it."""
    digest = hashlib.sha256()
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        while block := os.read(handle, _BLOCK):
            digest.update(block)
    except OSError:
        return None
    finally:
        os.close(handle)
    return digest.hexdigest()


def _versions() -> bytes:
    """Return what tells the code that counts: versions of xfstats, Python and libraries, and sizes and times of our files."""
    own = Path(xfstats.__file__).parent
    files = [f"{path.relative_to(own)} {told.st_size} {told.st_mtime_ns}" for path, told in sorted(_code(own))]
    libraries: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            libraries.update(name for name in os.listdir(folder or ".") if LIBRARIES.fullmatch(name))  # noqa: PTH208 - names alone
    return json.dumps([xfstats.__version__, sys.version, sys.byteorder, sorted(libraries), files]).encode()


def _code(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the files of a package that decide what is counted, with their status."""
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            if name.endswith((".py", ".toml", ".txt")):
                yield Path(top, name), os.stat(Path(top, name))  # noqa: PTH116 - quicker, of hundreds of files
