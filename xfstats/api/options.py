"""Options of the Python interface: their types, their names on the command line, and their descriptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypedDict, TypeVar

from xfstats.config.typed_options import NAMES
from xfstats.config.typed_words import unknown
from xfstats.errors import UsageFault, unknown_name
from xfstats.messages import raw

Function = TypeVar("Function", bound=Callable[..., Any])
Texts: TypeAlias = str | Sequence[str]
Day: TypeAlias = date | str


class Reading(TypedDict, total=False):
    """Options of reading and of row selection, by their command-line names; `sheets` is `--sheet`, `columns` is `--map`."""

    recursive: bool
    sheets: Texts
    header: str | int
    columns: Mapping[str, str]
    levels: Mapping[str, str]
    statuses: Mapping[str, str]
    ratings: Mapping[str, str]
    date_order: str
    date_cells: str
    rows: str
    per: str
    timezone: str
    closed_by: str
    encoding: str
    delimiter: str
    log: str
    include_hidden: bool
    duplicates: str
    case_numbers: bool
    skip_bad_files: bool
    limits: Mapping[str, int]
    profile: str | Path
    """FILE or FILE:NAME."""
    no_profile: bool
    period: str | tuple[Day, Day]
    date_by: str
    where: Mapping[str, str] | Texts
    """{"unit": "A,B", "region!": "C"}, or as typed."""
    as_of: Day
    by: Texts
    measures: Texts
    cross: str
    preset: str
    lang: str
    jobs: int


class Counting(Reading, total=False):
    """Options of counting, ordering and gates; a gate that fails appears in `reports.attention`."""

    compare: Texts
    rank: str
    sort: str
    top: int
    bottom: int
    fail_if: Texts
    max_rejected: str | int
    public: bool
    strict: bool
    digits: int


class Reporting(Counting, total=False):
    """Options of reports."""

    detail: bool
    title: str
    prepared_by: str
    checked_by: str
    no_annex: bool


COMMAND_LINE_NAMES = {
    "sheets": "sheet",
    "columns": "maps",
    "levels": "map_level",
    "statuses": "map_status",
    "ratings": "map_rating",
    "measures": "measure",
}
"""Options that have another name on the command line."""


def as_typed(name: str, value: Any) -> Any:
    """Return a value in the form that the command line passes on."""
    match name, value:
        case "as_of", datetime():
            return value.date()
        case "period", (first, last):
            return "..".join(str(day.date() if isinstance(day, datetime) else day) for day in (first, last))
        case "limits", _:
            return {key: str(number) for key, number in value.items()}
        case "profile", _:
            return str(value)
        case _:
            return value


def _is_texts(value: Any) -> bool:
    """True if a value is a text or a sequence of texts."""
    return isinstance(value, str) or (isinstance(value, Sequence) and all(isinstance(one, str) for one in value))


def _is_text_mapping(value: Any) -> bool:
    """True if a value is a mapping of texts to texts."""
    return isinstance(value, Mapping) and all(isinstance(one, str) for pair in value.items() for one in pair)


def _is_integer_in(value: Any, low: int, high: int) -> bool:
    """True if a value is a whole number within a range."""
    return type(value) is int and low <= value <= high


def _is_day(value: Any) -> bool:
    return isinstance(value, str | date)


def _is_limits(value: Any) -> bool:
    """True if a value is a mapping to whole numbers from 0 up."""
    return isinstance(value, Mapping) and all(_is_integer_in(number, 0, 10**18) for number in value.values())


def _is_period(value: Any) -> bool:
    """True if a value is a text, or a pair of days."""
    return isinstance(value, str) or (isinstance(value, tuple) and len(value) == 2 and all(map(_is_day, value)))


_OPTION_TYPES: Sequence[tuple[str, str, Callable[[Any], bool]]] = (
    # options → what they take, and whether a value is so
    (
        "recursive include_hidden case_numbers skip_bad_files no_profile public strict detail no_annex",
        "True, False",
        lambda v: isinstance(v, bool),
    ),
    (
        (
            "encoding delimiter log duplicates date_order date_cells rows per timezone closed_by date_by cross preset lang rank "
            "sort title prepared_by checked_by"
        ),
        "str",
        lambda v: isinstance(v, str),
    ),
    ("header max_rejected", "str, int", lambda v: isinstance(v, str) or type(v) is int),
    ("profile", "str, Path", lambda v: isinstance(v, str | Path)),
    ("sheets by measures compare fail_if", "str, [str, …]", _is_texts),
    ("columns levels statuses ratings", "{str: str}", _is_text_mapping),
    ("where", "{str: str}, [str, …]", lambda v: _is_text_mapping(v) or _is_texts(v)),
    ("limits", "{str: int}", _is_limits),
    ("as_of", "date, YYYY-MM-DD", _is_day),
    ("period", "2026-10, (first, last)", _is_period),
)
"""Options, the description of their type, and the check of a value."""
_INTEGER_RANGES = {"top": (1, 1000), "bottom": (1, 1000), "digits": (0, 6), "jobs": (1, 256)}
_WORDS = frozenset(["lang", "duplicates", "log", "date_order", "date_cells", "rows", "per", "closed_by"])
"""Options that take one of some words, which are checked at once."""


def check_option(name: str, value: Any) -> None:
    """Raise UsageFault where a value has the wrong type or is out of range."""
    if name in _INTEGER_RANGES:
        low, high = _INTEGER_RANGES[name]
        if not _is_integer_in(value, low, high):
            raise UsageFault("E279", option=name, low=low, high=high)
        return
    for names, told, fits in _OPTION_TYPES:
        if name in names.split() and not fits(value):
            raise UsageFault("E284", option=name, what=told)
    if name in _WORDS and (known := NAMES[f"--{name.replace('_', '-')}"]).key(value) is None:
        raise unknown(value, known, name)


def given_options(options: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are given, by their names in the code; raise UsageFault for an unknown one or a wrong value."""
    found = {}
    for name, value in options.items():
        if value is None:
            continue
        if name not in known:
            raise unknown_name(name, tuple(known), "xfstats")
        check_option(name, value)
        found[COMMAND_LINE_NAMES.get(name, name)] = as_typed(name, value)
    return found


def with_option_docs(known: type) -> Callable[[Function], Function]:
    """Add to a function's docstring a line for each of its options, from the texts of the command line's help."""

    def decorate(function: Function) -> Function:
        lines = [f"    {name}: {raw('options.' + COMMAND_LINE_NAMES.get(name, name), 'en')}" for name in known.__annotations__]
        function.__doc__ = "\n".join([(function.__doc__ or "").rstrip(), "", "Options (None counts as not given):", *lines, ""])
        return function

    return decorate


OPTION_NAMES = tuple(COMMAND_LINE_NAMES.get(name, name) for name in Reporting.__annotations__)
"""All options by their names in the code."""
FLAGS = frozenset(_OPTION_TYPES[0][0].split())
"""Options without a value on the command line."""
REPEATED = frozenset(["sheet", "maps", "map_level", "map_status", "map_rating", "where", "limits", "fail_if"])
"""Options that are typed once for each value, by their names in the code."""
_SPELLED = {"maps": "map", "limits": "limit"}
_UNREPEATED = frozenset(["jobs", "fail_if", "max_rejected", "strict"])
"""Options that decide no figure."""


def command_words(given: Mapping[str, Any]) -> list[str]:
    """Return options as they are typed on the command line, those that decide figures."""
    words = []
    for name, value in given.items():
        flag = "--" + _SPELLED.get(name, name).replace("_", "-")
        if name in _UNREPEATED or value is False:
            continue
        if name in FLAGS:
            words.append(flag)
            continue
        texts = [f"{key}={one}" for key, one in value.items()] if isinstance(value, Mapping) else value
        if name == "profile":
            texts = Path(value).name
        several = [texts] if isinstance(texts, str) or not isinstance(texts, Sequence) else list(texts)
        for one in several if name in REPEATED else [",".join(map(str, several))]:
            words += [flag, str(one)]
    return words


def parse_words(words: Sequence[str]) -> dict[str, Any]:
    """Return the options, by their names in the code, of the words that `command_words` or the command line wrote."""
    spelled = {typed: name for name, typed in _SPELLED.items()}
    found: dict[str, Any] = {}
    waiting = list(words)
    while waiting:
        typed = waiting.pop(0).removeprefix("--").replace("-", "_")
        name = spelled.get(typed, typed)
        if name in FLAGS:
            found[name] = True
        elif waiting:
            value = waiting.pop(0)
            if name in REPEATED:
                found.setdefault(name, []).append(value)
            else:
                found[name] = int(value) if name in _INTEGER_RANGES else value
    return found
