"""Encoding detection and decoding of text files: by BOM, then strict UTF-8, then GB18030 if it is Chinese; never `replace`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence

from xfstats.config.plan import ENCODINGS, Plan
from xfstats.config.profile_cache import once_per_profile
from xfstats.errors import InputFault
from xfstats.frozen import frozen
from xfstats.messages import both
from xfstats.model import Position
from xfstats.readers.gb18030 import MOST_STRETCHES, UNSURE, judge, known_pairs

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_ASCII = re.compile(r"[\x00-\x7f]+")
_NAMED_FIRST = 2
"""Number of likeliest encodings that an error message names first."""


@frozen
class Decoded:
    """A text, and whether there is little evidence that its encoding is GB18030, as few characters are not ASCII."""

    text: str
    unsure: bool = False


def decode(data: bytes, plan: Plan, at: Position) -> Decoded:
    """Return the text of a file, decoded without loss; raises InputFault where no encoding fits or the last character is cut."""
    mark = next((name for start, name in _MARKS if data.startswith(start)), None)
    for name in [plan.encoding] if plan.encoding else [mark] if mark else ["utf-8", "gb18030"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError as error:
            if _cut(error, data, name, plan):
                raise InputFault("E303", at, what=both("damage.last-character")) from None
        except UnicodeError:
            continue
        else:
            if name != "gb18030" or plan.encoding:
                return Decoded(text)
            margin = judge(data, _pairs(plan.profile)).margin
            if margin >= 0:
                return Decoded(text, margin < UNSURE)
    likeliest = () if plan.encoding or mark else judge(data).others[:_NAMED_FIRST]
    tries = [name for name in dict.fromkeys((*likeliest, *ENCODINGS)) if name != (plan.encoding or mark)]
    raise InputFault("E313", at, encoding=plan.encoding or mark or "UTF-8 / GB18030", tries=", ".join(tries))


class Sample:
    """The first distinct stretches of a text that are not ASCII, taken block by block, to judge whether it is GB18030."""

    def __init__(self, plan: Plan) -> None:
        """Begin with no stretch."""
        self._plan = plan
        self._found: dict[bytes, None] = {}
        self._open = ""

    def take(self, text: str) -> None:
        """Take the stretches of one more block; a stretch at its end is continued in the next block."""
        if len(self._found) >= MOST_STRETCHES:
            return
        runs = _NOT_ASCII.split(self._open + text)
        self._open = runs.pop()
        self._found.update(dict.fromkeys(run.encode("gb18030") for run in runs if run))

    def margin(self) -> float:
        """Return how much likelier GB18030 is than the likeliest other encoding, as `judge` computes it for a whole text."""
        return judge(b"\n".join((*self._found, self._open.encode("gb18030"))), _pairs(self._plan.profile)).margin


def _cut(error: UnicodeDecodeError, data: bytes, name: str, plan: Plan) -> bool:
    """True if only the last character cannot be decoded, and the text before it fits the encoding and is not all ASCII."""
    read = data[: len(data) - len(error.object) + error.start]
    whole = error.end == len(error.object) and not read.isascii()
    return whole and (name != "gb18030" or judge(read, _pairs(plan.profile)).margin >= 0)


def _words(value: object) -> Iterator[str]:
    """Yield all texts of a profile, keys and values at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from value
        for held_by in value.values():
            yield from _words(held_by)
    elif isinstance(value, Sequence | frozenset | set):
        for one in value:
            yield from _words(one)


_pairs = once_per_profile(lambda profile: known_pairs(_words(profile)))
