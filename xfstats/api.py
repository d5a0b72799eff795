"""Python interface: `summarize`, `inspect` and `check` take paths and options, and return exact figures or what to mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypedDict, Unpack

from xfstats.config.files import is_there
from xfstats.config.job import resolve_job
from xfstats.config.sources import INPUT_SUFFIXES
from xfstats.config.typed_options import NAMES
from xfstats.config.typed_words import unknown
from xfstats.errors import InputFault, UsageFault, unknown_name
from xfstats.model import Position
from xfstats.pipeline.processes import Pool
from xfstats.report.build import make_report
from xfstats.report.check import Check, check_report
from xfstats.report.table import Report

Paths: TypeAlias = str | Path | Sequence[str | Path]
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
    """Options of counting, ordering and gates; a gate that fails appears in `report.attention`."""

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


def summarize(paths: Paths, **options: Unpack[Counting]) -> Report:
    """Return counts and rates per group, one table for each kind of log, from files, folders or globs.

    `report["visits"]` is a table, `report.to_frame()` returns all of them; `report.attention` holds the reasons for which the
    command would exit with 1. Figures are whole numbers and pairs of them; rates are in [0, 1]. Options: `by measures period
    as_of where date_by compare cross rank sort top bottom preset columns levels statuses ratings profile no_profile log
    sheets header date_order date_cells rows per timezone closed_by encoding delimiter include_hidden duplicates case_numbers
    skip_bad_files limits recursive fail_if max_rejected public strict lang digits jobs`; None counts as not given. Raises
    InputFault where a file cannot be read or understood, UsageFault where options are wrong; both have `.code` and
    `.position`.
    """
    return _make_report(paths, options, Counting.__annotations__, evidence=False)


def inspect(paths: Paths, **options: Unpack[Reading]) -> Report:
    """Return the same report, with the evidence for the field of every column in its inputs."""
    return _make_report(paths, options, Reading.__annotations__, evidence=True)


def check(paths: Paths, **options: Unpack[Reading]) -> Check:
    """Return what to mend in logs before they are sent up, and where: `.mend`, `.notes`, and the `.report` that told it."""
    return check_report(inspect(paths, **options))


def _make_report(paths: Paths, options: Mapping[str, Any], known: Mapping[str, Any], *, evidence: bool) -> Report:
    """Return the report of a run with these options; raise UsageFault for an unknown option."""
    given_options = {name: value for name, value in options.items() if value is not None}
    for name, value in given_options.items():
        if name not in known:
            raise unknown_name(name, tuple(known), "xfstats")
        _check_option(name, value)
    typed = [str(path) for path in _check_paths(paths)]
    given = {_COMMAND_LINE_NAMES.get(name, name): _as_typed(name, value) for name, value in given_options.items()}
    nothing = dict.fromkeys(_COMMAND_LINE_NAMES.get(name, name) for name in Counting.__annotations__)
    job, _ = resolve_job({**nothing, **given, "said": frozenset(given), "files": typed})
    with Pool(job.jobs) as pool:
        return make_report(
            job.sources,
            replace(job.plan, evidence=evidence),
            job.profile,
            job.gates,
            lang=job.lang,
            digits=job.digits,
            locks=job.locks,
            packed=job.packed,
            view=job.view,
            mapper=pool.tally_files,
        )


def _check_paths(paths: Paths) -> Sequence[str | Path]:
    """Return the paths as a sequence; raise UsageFault where there is none, where one is no path, and for file content."""
    content = isinstance(paths, bytes | bytearray | Mapping) or any(hasattr(paths, one) for one in ("read", "columns", "dtype"))
    if content:
        raise UsageFault("E357")
    given = [paths] if isinstance(paths, str | Path) else list(paths) if isinstance(paths, Iterable) else []
    if not given or not all(isinstance(path, str | Path) and str(path) for path in given):
        raise UsageFault("E284", option="paths", what="str, Path, [str, Path, …]")
    if any(isinstance(path, str) and _is_content(path) for path in given):
        raise UsageFault("E357")
    for place, path in enumerate(given):
        if isinstance(path, str) and _may_be_cell(path):
            raise InputFault("E301", Position(f"paths[{place}]"))
    return given


def _is_content(text: str) -> bool:
    """True if a text is no existing file and looks like lines of a log; no message may quote such a text."""
    known = Path(text).suffix.lower() in INPUT_SUFFIXES
    return not is_there(Path(text)) and bool(_LINE_BREAKS.search(text) or (_DELIMITERS.search(text) and not known))


def _may_be_cell(text: str) -> bool:
    """True if a text is no existing file and names no folder and no file of a log; no message may quote such a text."""
    spelled = Path(text).suffix.lower() in INPUT_SUFFIXES or re.search(r"[/\\*?\[]", text)
    return not spelled and text != "-" and not is_there(Path(text))


_LINE_BREAKS = re.compile(r"[\r\n\t]")
_DELIMITERS = re.compile(r"[,;|，；]")
_COMMAND_LINE_NAMES = {
    "sheets": "sheet",
    "columns": "maps",
    "levels": "map_level",
    "statuses": "map_status",
    "ratings": "map_rating",
    "measures": "measure",
}
"""Options that have another name on the command line."""


def _as_typed(name: str, value: Any) -> Any:
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
        "recursive include_hidden case_numbers skip_bad_files no_profile public strict",
        "True, False",
        lambda v: isinstance(v, bool),
    ),
    (
        "encoding delimiter log duplicates date_order date_cells rows per timezone closed_by date_by cross preset lang rank sort",
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


def _check_option(name: str, value: Any) -> None:
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
