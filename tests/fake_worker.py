"""`python -m tests.fake_worker`: a worker that ends, hangs or answers as the name of its file says; it tells who it is."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from xfstats.pipeline.pipe_messages import read_message, write_message

OUT = sys.stdout.buffer
NAMED = {"sha256": str(os.getpid()), "format": os.environ.get("PYTHONHASHSEED", ""), "sheets": [], "not_read": []}


def encoded(plain: object) -> bytes:
    """A message as the program writes it."""
    return json.dumps(plain).encode()


def tally(name: str) -> bytes:
    """A tally that has the process in the place of a digest, and the seed of its hashes in that of a format."""
    return encoded({"tally": {**NAMED, "name": name}})


RUBBISH = {
    "no message": b"{",
    "a list": b"[]",
    "nothing": b"{}",
    "no tally": encoded({"tally": {**NAMED, "name": 1}}),
    "deep": b"[" * 100_000,
    "no such code": encoded({"error": {"code": "E000", "at": None, "values": {}, "also": []}}),
    "bug": encoded({"bug": "KeyError at x:1"}),
}
DEATHS = {"killed": signal.SIGKILL, "aborted": signal.SIGABRT, "out of time": signal.SIGXCPU}


def end(name: str, path: str) -> None:
    """End, or never do, where the name says so."""
    if name in DEATHS:
        os.kill(os.getpid(), DEATHS[name])
    match name:
        case "exit":
            os._exit(3)
        case "half":
            OUT.write((1000).to_bytes(8, "big") + b"{")
            OUT.flush()
            os._exit(0)
        case "hangs":
            Path(path).touch()
            signal.pause()
        case "endless":
            OUT.write((1 << 60).to_bytes(8, "big"))
            OUT.flush()
            signal.pause()


def answer(job: int, name: str, path: str) -> None:
    """One job, ended as its name says."""
    end(name, path)
    write_message(OUT, encoded({"job": job - (name == "of another"), "worn": name == "worn"}))
    write_message(OUT, RUBBISH.get(name) or tally(name))


if __name__ == "__main__":
    while (message := read_message(sys.stdin.buffer, 1 << 30)) is not None:
        asked = json.loads(message)
        answer(asked["number"], asked["source"]["name"], asked["source"]["path"])
