"""Worker process: it answers jobs, one file each, until there are no more; nothing of one file is kept for the next.

It takes frames of JSON (job, source and plan) on stdin, for `-` followed by the log's own bytes to the end, and answers each
with two frames on stdout: which job, and whether this process is worn; a tally, or an error.  `start` is the module that is run.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
import warnings
from collections.abc import Mapping
from typing import IO, Any

from xfstats.config import leaders, normalize
from xfstats.config.limits import check_limit, limit, limit_error
from xfstats.config.plan import Plan
from xfstats.errors import XfstatsError
from xfstats.model import Position, Source
from xfstats.pipeline import wire
from xfstats.pipeline.frames import read_frame, write_frame
from xfstats.pipeline.resource_limits import bounded, forbid_core_dumps, memory_in_use
from xfstats.pipeline.worker import tally_file
from xfstats.readers import gb18030

LONGEST_JOB = 64 * 1024 * 1024
MAX_MEMORY_GROWTH = 256 * 1024 * 1024
"""Bytes of resident memory over those at the start from which this process is worn."""
CACHES = (normalize.word, normalize.header, normalize.label, normalize.label_key, leaders.place, *gb18030.CACHES)
"""Caches of words of cells: emptied after each file, so that they are held no longer than their rows.

`word_patterns.packaged`, what is compiled of it, and `choices.presets` remember packaged files, `once_per_profile` what is made
of the profile, `re` and `fnmatch` patterns of code, profile and plan: these are kept.
"""


def main() -> None:
    """Serve on stdin and stdout; whatever else is printed, such as by native readers, goes nowhere."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    forbid_core_dumps()
    gc.collect()
    gc.freeze()  # what is loaded is not looked through again after each file
    serve(sys.stdin.buffer, answers)
    os._exit(0)  # nothing is left to be done, and taking modules apart takes time


def serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each job, until there is none or one that took the rest of the stream."""
    size, resident = memory_in_use()
    while (frame := read_frame(jobs, LONGEST_JOB)) is not None:
        job = json.loads(frame)
        content, spoiled = answer(job, memory_in_use()[0] - size)
        clear_caches()
        worn = spoiled or memory_in_use()[1] - resident > MAX_MEMORY_GROWTH
        write_frame(answers, json.dumps({"job": job["job"], "worn": worn}).encode())
        write_frame(answers, content)
        if job["source"]["stdin"]:
            return


def clear_caches() -> None:
    """Release all that a file left: words in caches, and objects that hold each other."""
    for cache in CACHES:
        cache.cache_clear()
    gc.collect()


def answer(job: Mapping[str, Any], grown: int) -> tuple[bytes, bool]:
    """Return the tally of a file, or why there is none, as JSON of no more than its limit; and whether a limit or fault was met.

    Each file may have the same memory, whatever address space the ones before left reserved.
    """
    source, plan = Source(**job["source"]), Plan.from_json(job["plan"])
    at = Position(source.name)
    try:
        with bounded(limit("memory_mib", plan) * 1024 * 1024 + grown, limit("seconds", plan)), warnings.catch_warnings():
            content = json.dumps({"tally": wire.to_json(tally_file(source, plan))}).encode()
            check_limit("answer_bytes", len(content), plan, at)
            return content, False
    except XfstatsError as error:
        return json.dumps({"error": error.to_json()}).encode(), error.code == "E304"
    except MemoryError:
        return json.dumps({"error": limit_error("memory_mib", plan, at).to_json()}).encode(), True
    except Exception as error:  # noqa: BLE001 - a bug becomes one line; a traceback may quote the log
        return json.dumps({"bug": f"{type(error).__name__} at {_raised_at(error)}"}).encode(), True


def _raised_at(error: Exception) -> str:
    """Return module and line where an exception was raised."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else "?"


def _watch(parent: int) -> None:
    """End this process soon after the one that started it, however that ended."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
