"""Messages on the pipes of a worker: a job, the head of its answer, the answer; JSON that is decoded by these types.

Nothing that a file influenced is unpickled, and what is not of its type is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from xfstats.config.plan import Plan
from xfstats.errors import XfstatsError, fault
from xfstats.frozen import frozen
from xfstats.measures.tally import FileTally
from xfstats.model import Position, Source

T = TypeVar("T")
NOT_A_MESSAGE = (msgspec.MsgspecError, ValueError, RecursionError, LookupError, TypeError)
"""What decoding raises for anything else than a message of its type, or for the error of an unknown code."""


_PAIRS = ""
"""The name of the list of pairs in an object of it alone."""


@frozen
class Job:
    """A file to be read, with its number in the run."""

    number: int
    source: Source
    plan: Plan


@frozen
class Head:
    """The message before an answer: of which job it is, and whether the worker is worn out."""

    job: int
    worn: bool


@frozen
class ErrorMessage:
    """An error without its class."""

    code: str
    at: Position | None
    values: Mapping[str, int | float | str | tuple[Any, ...] | None]
    also: tuple[ErrorMessage, ...]

    @classmethod
    def of(cls, error: XfstatsError) -> ErrorMessage:
        """Return the message of an error; a value that is neither number nor text is its text."""
        values = {
            key: value if value is None or isinstance(value, int | float | str | tuple) else str(value)
            for key, value in error.values.items()
        }
        return cls(error.code, error.position, values, tuple(map(cls.of, error.also)))

    def error(self) -> XfstatsError:
        """Return the error, of its own class; raise KeyError for an unknown code."""
        found = fault(self.code, self.at, **self.values)
        found.also = tuple(one.error() for one in self.also)
        return found


@frozen
class Answer:
    """The answer to a job: a tally, an error, or where a bug was."""

    tally: FileTally | None = None
    error: ErrorMessage | None = None
    bug: str | None = None


def encode(message: Job | Head | Answer | Source | Plan | FileTally) -> bytes:
    """Return the bytes of a message."""
    return json.dumps(_plain(msgspec.to_builtins(message))).encode()


def encode_job(number: int, source: Source, plan: bytes) -> bytes:
    """Return the bytes of a job whose plan, the same in each job of a run, is encoded already: those of `encode` of the job."""
    return b'{"number": %d, "source": %b, "plan": %b}' % (number, encode(source), plan)


def decode(content: bytes, kind: type[T]) -> T:
    """Return the message of these bytes; raise one of `NOT_A_MESSAGE` where they are none of its kind."""
    return msgspec.convert(json.loads(content, object_hook=_mapping), kind)


def _plain(value: Any) -> Any:
    """Return a value for JSON: a map whose keys are not texts is an object of a list of pairs, without a name."""
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: _plain(one) for key, one in value.items()}
        return {_PAIRS: [[key, _plain(one)] for key, one in value.items()]}
    return list(map(_plain, value)) if isinstance(value, list | tuple) else value


def _mapping(plain: dict[str, Any]) -> dict[Any, Any]:
    """Return the map that an object stands for."""
    if plain.keys() != {_PAIRS}:
        return plain
    return {tuple(key) if isinstance(key, list) else key: one for key, one in plain[_PAIRS]}
