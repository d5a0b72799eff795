"""Failures as exceptions: a code, its exit code, a position, and the values of its text; kinds of findings by code."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any

from xfstats.frozen import frozen
from xfstats.messages import LANGS, filled, name_of, raw, text_in
from xfstats.model import Position

INPUT, USAGE, OUTPUT, LOCKED, BUG = 3, 2, 4, 5, 70


EXIT_CODES: Mapping[str, int] = {
    code: exit_code
    for exit_code, codes in (
        (
            USAGE,
            (
                "E201 E202 E203 E204 E211 E212 E213 E214 E215 E216 E217 E218 E219 E220 E221 E222 E223 E224 E225 E226 "
                "E227 E228 E229 E230 E231 E232 E233 E234 E235 E236 E237 E238 E239 E240 E241 E242 E243 E244 E245 E247 "
                "E248 E250 E257 E260 E261 E262 E263 E264 E270 E271 E272 E273 E274 E276 E277 E278 E279 E280 E281 E282 E283 "
                "E284 E286 E287 E288 E291 E357 E360 E361 E362 E363 E364 E366 E367 E368 E369 E373"
            ),
        ),
        (
            INPUT,
            (
                "E249 E256 E275 E285 E289 E301 E302 E303 E304 E305 E306 E307 E308 E309 E310 E311 E312 E313 E314 E315 "
                "E316 E317 E318 E319 E320 E321 E322 E323 E324 E325 E326 E327 E328 E329 E330 E331 E332 E333 E334 E340 E344 "
                "E345 E346 E347 E348 E349 E350 E355 E358 E377 E381 E382 E383 E384 E385 E390 E397"
            ),
        ),
        (OUTPUT, "E401 E402 E403 E404 E405 E406 E407 E408 E409 E410"),
        (LOCKED, "E501"),
        (BUG, "E701"),
    )
    for code in codes.split()
}
"""The exit code of each code of an error; its text is in the locale, under the code."""


class Severity(Enum):
    """What a finding asks for."""

    MEND = auto()
    """The log is to be mended: the remedy is in [mend] of the texts."""
    KNOW = auto()
    """It says how the log was read."""


@frozen
class FindingKind:
    """What holds of every finding of a code; its texts are in the locale, under the code."""

    severity: Severity = Severity.MEND
    attention: str | None = None
    """The reason of exit code 1 that it is."""
    of_sheets: bool = False
    """True if its places are names of sheets instead of cells."""
    public: bool = False
    """True if its numbers are published with --public."""
    decides: bool = False
    """True if it is a reason of exit code 1 where its rows are many and a printed figure depends on them."""
    words: bool = False
    """True if it holds words of a column that no table knows."""
    of_file: bool = False
    """True if it is about how the file was written: it stays whatever became of its rows."""
    of_counted: bool = False
    """True if it is about counted rows alone; others are also about those outside the period."""


_KNOW = FindingKind(Severity.KNOW)
FINDINGS: Mapping[str, FindingKind] = {
    "W201": FindingKind(decides=True, words=True),
    **dict.fromkeys(["W202", "W203", "W204", "W205", "W206"], FindingKind()),
    "W207": FindingKind(attention="unread", of_sheets=True),
    "W208": _KNOW,
    "W209": FindingKind(),
    "W210": _KNOW,
    **dict.fromkeys(["W211", "W212", "W214", "W215", "W216"], FindingKind()),
    "W219": FindingKind(public=True),
    "W220": FindingKind(),
    "W221": FindingKind(words=True),
    **dict.fromkeys(["W222", "W223", "W224"], FindingKind()),
    **dict.fromkeys(["W225", "W226"], _KNOW),
    "W227": FindingKind(),
    "W228": FindingKind(attention="unread"),
    "W229": FindingKind(),
    **dict.fromkeys(["W230", "W231"], _KNOW),
    "W235": FindingKind(),
    **dict.fromkeys(["W240", "W241"], _KNOW),
    "W242": FindingKind(),
    **dict.fromkeys(["W243", "W244"], _KNOW),
    **dict.fromkeys(["W246", "W247"], FindingKind()),
    "W248": _KNOW,
    **dict.fromkeys(["W249", "W250", "W251", "W255", "W256"], FindingKind()),
    "W257": _KNOW,
    **dict.fromkeys(["W258", "W259"], FindingKind()),
    "W260": _KNOW,
    "W261": FindingKind(of_file=True),
    "W262": FindingKind(attention="unfinished", of_file=True),
    "W263": _KNOW,
    **dict.fromkeys(["W264", "W265", "W266"], FindingKind()),
    "W267": FindingKind(of_counted=True),
    **dict.fromkeys(["W268", "W269", "W275"], _KNOW),
    "W276": FindingKind(),
    **dict.fromkeys(["W277", "W278", "W279"], _KNOW),
    **dict.fromkeys(["W280", "W281", "W285", "W290", "W291"], FindingKind()),
    **dict.fromkeys(["W298", "W299", "W300"], _KNOW),
}
"""The kind of each code of a finding."""

RETIRED = frozenset(["W217", "W218"])
"""Codes that were given once: no new error or finding has them."""


NAMED: Mapping[str, str] = {
    "field": "fields",
    "measure": "measures",
    "own": "measures",
    "figure": "measures",
    **dict.fromkeys(("log", "title", "columns"), "logs"),
}
"""Values of a message that are keys, with the table of their names: beside {field} a text may hold {field_name}."""


def map_option(field: str) -> tuple[str, str]:
    """Return --map of a field as it is typed, with the field's name, in Chinese and in English."""
    zh, en = (raw("mark.key", lang).format(name=f"--map {field}", typed=name_of("fields", field, lang)) for lang in LANGS)
    return zh, en


class XfstatsError(Exception):
    """A failure with a code: `code`, `position` and the values of its sentence; nothing in it comes from a cell.

    A value that reads differently in Chinese and in English is the pair of both.
    """

    def __init__(self, code: str, at: Position | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.position = at
        self.values = values
        self.also: tuple[XfstatsError, ...] = ()
        self.variable: str | None = None
        """The environment variable that said the option, where the error is about one."""

    @property
    def exit_code(self) -> int:
        """Return the exit code of the run, as the README lists them."""
        return EXIT_CODES[self.code]

    def values_in(self, lang: str) -> dict[str, Any]:
        """Return the values of the sentence, in a language where they differ by it."""
        return {key: text_in(value, lang) if isinstance(value, tuple) else value for key, value in self.values.items()}

    def sentence(self, lang: str) -> str:
        """Return the message in one line: file, where, what, what to do, code."""
        values = self.values_in(lang)
        values |= {f"{key}_name": name_of(table, str(values[key]), lang) for key, table in NAMED.items() if key in values}
        text = raw(self.code, lang, "errors")
        if values.get("line") and "{line}" not in text:
            text = raw("errors.line", lang) + text
        text = filled(text, values)
        place = ""
        if self.position is not None:
            where = str(self.position)
            place = f'"{self.position.file}"' + (f" {where}" if where else "") + ": "
        told = raw("errors.environment", lang).format(name=self.variable) if self.variable else ""
        return f"{place}{text}{told} [{self.code}]"

    def __str__(self) -> str:
        """Return the message in English."""
        return self.sentence("en")


class UsageFault(XfstatsError):
    """Options that do not fit together; nothing was read (exit 2)."""


class InputFault(XfstatsError):
    """An input that is missing, unreadable, ambiguous or not a log (exit 3)."""


class LimitFault(InputFault):
    """A limit that was hit (E304)."""

    def __init__(self, at: Position, name: str, value: int) -> None:
        super().__init__("E304", at, limit=name, value=value)


class TotalsFault(InputFault):
    """A sheet whose rows are sums of records (E312)."""

    def __init__(self, at: Position) -> None:
        super().__init__("E312", at)


class OutputFault(XfstatsError):
    """A result that cannot be written (exit 4)."""


_CLASSES: Mapping[int, type[XfstatsError]] = {USAGE: UsageFault, INPUT: InputFault, OUTPUT: OutputFault}


def fault(code: str, at: Position | None = None, **values: Any) -> XfstatsError:
    """Return the error of a code, as the class of its exit code."""
    return _CLASSES.get(EXIT_CODES[code], XfstatsError)(code, at, **values)


def unknown_name(value: str, allowed: Sequence[str], option: str) -> XfstatsError:
    """Return the error for a name that an option does not know, with the nearest that it does."""
    near = difflib.get_close_matches(value, allowed, 1)
    names = ", ".join(allowed)
    if near:
        return fault("E201", option=option, value=value, near=near[0], names=names)
    return fault("E203", option=option, value=value, names=names)
