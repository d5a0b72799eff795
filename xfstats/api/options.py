"""Options of the Python interface: their types, their names on the command line, and their descriptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias, TypedDict, TypeVar

from xfstats.config.option_table import BY_FLAG, BY_NAME, BY_PYTHON_NAME, Option
from xfstats.config.option_types import FLAG, PATH_AND_NAME
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
    scheduler: str
    cache: str | Path


class Counting(Reading, total=False):
    """Options of counting, ordering and gates; a gate that fails appears in `reports.attention`."""

    compare: Texts
    with_: str
    """"ytd": figures of the year up to the end of the period beside it."""
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
    addressed_to: str
    no_annex: bool


def check_option(one: Option, value: Any) -> None:
    """Raise UsageFault where a value has the wrong type or is out of range."""
    if one.type.range:
        low, high = one.type.range
        if type(value) is not int or not low <= value <= high:
            raise UsageFault("E279", option=one.python, low=low, high=high)
    elif not one.type.python_fits(value):
        raise UsageFault("E284", option=one.python, what=one.type.python)
    elif one.type.names and one.type.names.key(value) is None:
        raise unknown(value, one.type.names, one.python or "")


def given_options(options: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are given, by their names in the code; raise UsageFault for an unknown one or a wrong value."""
    found = {}
    for name, value in options.items():
        if value is None:
            continue
        if name not in known:
            raise unknown_name(name, tuple(known), "xfstats")
        one = BY_PYTHON_NAME[name]
        check_option(one, value)
        found[one.name] = one.type.as_typed(value)
    return found


def with_option_docs(known: type) -> Callable[[Function], Function]:
    """Add to a function's docstring a line for each of its options, from the texts of the command line's help."""

    def decorate(function: Function) -> Function:
        lines = [f"    {name}: {raw(BY_PYTHON_NAME[name].name, 'en', 'options')}" for name in known.__annotations__]
        function.__doc__ = "\n".join([(function.__doc__ or "").rstrip(), "", "Options (None counts as not given):", *lines, ""])
        return function

    return decorate


OPTION_NAMES = tuple(BY_PYTHON_NAME[name].name for name in Reporting.__annotations__)
"""All options by their names in the code."""


def command_words(given: Mapping[str, Any]) -> list[str]:
    """Return options as they are typed on the command line, those that decide figures."""
    words = []
    for one, value in ((BY_NAME[name], value) for name, value in given.items()):
        if not one.reproduced or value is False:
            continue
        if one.type is FLAG:
            words.append(one.flag)
            continue
        texts = [f"{key}={text}" for key, text in value.items()] if isinstance(value, Mapping) else value
        if one.type is PATH_AND_NAME:
            texts = Path(value).name
        several = [texts] if isinstance(texts, str) or not isinstance(texts, Sequence) else list(texts)
        for text in several if one.multiple else [",".join(map(str, several))]:
            words += [one.flag, str(text)]
    return words


def parse_words(words: Sequence[str]) -> dict[str, Any]:
    """Return the options, by their names in the code, of the words that `command_words` or the command line wrote."""
    found: dict[str, Any] = {}
    waiting = list(words)
    while waiting:
        one = BY_FLAG.get(waiting.pop(0))
        if one is not None and one.type is FLAG:
            found[one.name] = True
        elif waiting:
            value = waiting.pop(0)
            if one is not None and one.multiple:
                found.setdefault(one.name, []).append(value)
            elif one is not None:
                found[one.name] = int(value) if one.type.range else value
    return found
