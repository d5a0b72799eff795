"""Failures as exceptions: a code of `faults`, a position, and the values of its sentence."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from xfstats.faults import FAULTS, INPUT, LINE, OUTPUT, USAGE
from xfstats.model import Position


class XfstatsError(Exception):
    """A stated failure: `code`, `position` and the values of its sentence; nothing in it comes from a cell.

    A value that reads differently in Chinese and in English is the pair of both.
    """

    def __init__(self, code: str, at: Position | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.position = at
        self.values = values
        self.also: tuple[XfstatsError, ...] = ()

    @property
    def exit_code(self) -> int:
        """The exit code of design §5."""
        return FAULTS[self.code][0]

    def sentence(self, lang: str) -> str:
        """One line: file, where, what, what to do, code."""
        _, chinese, english = FAULTS[self.code]
        values = {key: value[lang != "zh"] if isinstance(value, tuple) else value for key, value in self.values.items()}
        text = chinese if lang == "zh" else english
        if values.get("line") and "{line}" not in text:
            text = LINE[lang != "zh"] + text
        text = text.format_map(values)
        place = ""
        if self.position is not None:
            where = str(self.position)
            place = f'"{self.position.file}"' + (f" {where}" if where else "") + ": "
        return f"{place}{text} [{self.code}]"

    def __str__(self) -> str:
        """The English line."""
        return self.sentence("en")

    def to_json(self) -> dict[str, Any]:
        """Plain values for the pipe from the worker."""
        at = self.position
        return {
            "code": self.code,
            "at": [at.file, at.sheet, at.row, at.column] if at else None,
            "values": {key: value if isinstance(value, tuple) else str(value) for key, value in self.values.items()},
            "also": [error.to_json() for error in self.also],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> XfstatsError:
        """The error that `to_json` wrote, as its own class."""
        at = Position(*plain["at"]) if plain["at"] else None
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in plain["values"].items()}
        error = fault(plain["code"], at, **values)
        error.also = tuple(map(cls.from_json, plain["also"]))
        return error


class UsageFault(XfstatsError):
    """The options do not fit together; nothing was read (exit 2)."""


class InputFault(XfstatsError):
    """An input is missing, unreadable, ambiguous or not a log (exit 3)."""


class OutputFault(XfstatsError):
    """The result cannot be written (exit 4)."""


_CLASSES: Mapping[int, type[XfstatsError]] = {USAGE: UsageFault, INPUT: InputFault, OUTPUT: OutputFault}


def fault(code: str, at: Position | None = None, **values: Any) -> XfstatsError:
    """The error of this code, as the class of its exit code."""
    return _CLASSES.get(FAULTS[code][0], XfstatsError)(code, at, **values)


def unknown_name(value: str, allowed: Sequence[str], option: str) -> XfstatsError:
    """A name that an option does not know, with the nearest that it does."""
    near = difflib.get_close_matches(value, allowed, 1)
    names = ", ".join(allowed)
    if near:
        return fault("E201", option=option, value=value, near=near[0], names=names)
    return fault("E203", option=option, value=value, names=names)
