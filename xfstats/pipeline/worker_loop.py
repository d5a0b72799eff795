"""Worker process: it answers jobs, one file each, until there are no more; nothing of one file is kept for the next.

It takes messages (`wire.Job`) on stdin, for `-` followed by the log's own bytes to the end, and answers each with
two messages on stdout: which job, and whether this process is worn; a tally, or an error.  `start` is the module that is run.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import warnings
from typing import IO

from xfstats.config import leaders, normalize
from xfstats.config.limits import check_limit, limit, limit_error
from xfstats.errors import LimitFault, XfstatsError
from xfstats.model import Position
from xfstats.pipeline import wire
from xfstats.pipeline.pipe_messages import read_message, write_message
from xfstats.pipeline.resource_limits import bounded, forbid_core_dumps, memory_in_use
from xfstats.pipeline.worker import tally_file
from xfstats.readers import gb18030

LONGEST_JOB = 64 * 1024 * 1024
MAX_MEMORY_GROWTH = 256 * 1024 * 1024
"""Bytes of resident memory above those at the start, beyond which this process is worn out and replaced."""
CACHES = (normalize.word, normalize.header, normalize.label, normalize.label_key, leaders.place, *gb18030.CACHES)
"""Caches of words of cells: emptied after each file, so that they are held no longer than their rows.

`word_patterns.packaged`, what is compiled of it, and `choices.presets` remember packaged files, `once_per_profile` what is made
of the profile, `re` and `fnmatch` patterns of code, profile and plan: these are kept.
"""


def main() -> None:
    """Serve on stdin and stdout; discard whatever else is printed to stdout, such as by native readers."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    forbid_core_dumps()
    gc.freeze()  # loaded modules are then not scanned by the garbage collection after each file, nor once before it
    serve(sys.stdin.buffer, answers)
    os._exit(0)  # skips the teardown of modules, which takes time


def serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each job, until there is none or one has read the rest of the stream as its log."""
    size, resident = memory_in_use()
    while (message := read_message(jobs, LONGEST_JOB)) is not None:
        job = wire.decode(message, wire.Job)
        content, spoiled = answer(job, memory_in_use()[0] - size)
        clear_caches()
        worn = spoiled or memory_in_use()[1] - resident > MAX_MEMORY_GROWTH
        write_message(answers, wire.encode(wire.Head(job.number, worn)))
        write_message(answers, content)
        if job.source.stdin:
            return


def clear_caches() -> None:
    """Clear the caches of words and collect reference cycles, so that nothing of a file is kept."""
    for cache in CACHES:
        cache.cache_clear()
    gc.collect()


def answer(job: wire.Job, grown: int) -> tuple[bytes, bool]:
    """Return the encoded answer, within the size limit, and whether a limit was hit or a bug occurred.

    `grown` bytes of address space that earlier files left reserved are added to the limit, so that each file may use as much.
    """
    source, plan = job.source, job.plan
    at = Position(source.name)
    try:
        with bounded(limit("memory_mib", plan) * 1024 * 1024 + grown, limit("seconds", plan)), warnings.catch_warnings():
            content = wire.encode(wire.Answer(tally=tally_file(source, plan)))
            check_limit("answer_bytes", len(content), plan, at)
            return content, False
    except XfstatsError as error:
        return _refusal(error), isinstance(error, LimitFault)
    except MemoryError:
        return _refusal(limit_error("memory_mib", plan, at)), True
    except Exception as error:  # noqa: BLE001 - a bug becomes one line; a traceback may quote the log
        return wire.encode(wire.Answer(bug=f"{type(error).__name__} at {_raised_at(error)}")), True


def _refusal(error: XfstatsError) -> bytes:
    """Return the encoded answer of an error."""
    return wire.encode(wire.Answer(error=wire.ErrorMessage.of(error)))


def _raised_at(error: Exception) -> str:
    """Return module and line where an exception was raised."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else "?"


def _watch(parent: int) -> None:
    """End this process soon after its parent process has ended for whatever reason."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
