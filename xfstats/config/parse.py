"""Checked plans, gates and views from the values of options, typed or from a profile or the Python interface."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from xfstats.config.gate_syntax import parse_gate
from xfstats.config.limits import LIMITS, MAX_LIMITS
from xfstats.config.option_types import pairs, texts
from xfstats.config.period_words import day_key
from xfstats.config.periods import COMPARED, DERIVED, SERIES, YEAR_TO_DATE, YEARS, cumulative, parse_period, whole_day, windows
from xfstats.config.plan import DELIMITERS, ENCODINGS, TAB, TAB_NAMES, Filter, Gates, Order, Plan, View
from xfstats.config.profile import Profile
from xfstats.config.typed_options import DIRECTIONS, unknown_word_error
from xfstats.config.typed_words import unknown
from xfstats.errors import UsageFault, unknown_name
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import BY_KEY
from xfstats.model import BY_FIELDS, FIELDS, GROUP_FIELDS, WORD_FIELDS, Kind, Log, Window

COLUMN = "column:"
"""What stands before a header that names a column to group by."""

DEEP = tuple(field for field in GROUP_FIELDS if field != "level")
"""Fields whose labels may be paths."""


def parse_plan(chosen: Mapping[str, Any], profile: Profile) -> Plan:
    """Return the checked plan of option values; raise UsageFault."""
    as_of = day(chosen.get("as_of"))
    start_day = Choices.of(profile.words).month_start_day
    by, by_columns, depths = _groupings(chosen.get("by"))
    filters, cross = pairs(chosen.get("where") or (), "--where"), chosen.get("cross")
    by_columns = _with_columns(by_columns, "--cross", [cross] if cross else [])
    by_columns = _with_columns(by_columns, "--where", [name.rstrip("!") for name, _ in filters])
    keys = {f"{COLUMN}{header}": key for key, header in by_columns.items()}
    series = [one for one in by or () if one in SERIES]
    if len(series) > 1:
        raise UsageFault("E234", one=f"--by {series[0]}", other=series[1])
    cross = keys.get(_column_name(cross), cross) if cross else cross
    if cross is not None:
        choice(cross, (*GROUP_FIELDS, *WORD_FIELDS, *DERIVED, *by_columns), "--cross")
        if cross in (by or ()):
            raise UsageFault("E214", option="--by, --cross")
    period = parse_period(str(chosen["period"]), as_of, start_day) if chosen.get("period") is not None else None
    compare = _names(chosen.get("compare"), COMPARED, "--compare") or ()
    if compare and period is None:
        raise UsageFault("E233")
    compared: tuple[Window, ...] = ()
    named = period
    if compare and period is not None:
        period, compared = windows(compare, period, as_of, start_day, series[0] if series else None)
    if chosen.get("with_") is not None:
        choice(chosen["with_"], (YEAR_TO_DATE,), "--with")
        compared += (cumulative(named, period, start_day, series),)
    return Plan(
        as_of=as_of,
        profile=profile.words,
        log=Log(chosen["log"]) if chosen.get("log") else None,
        sheets=tuple(texts(chosen.get("sheet"))),
        header=_rows(chosen.get("header")),
        column_maps=tuple(_fields(pairs(chosen.get("maps") or (), "--map"), "--map")),
        encoding=_encoding(chosen.get("encoding")),
        delimiter=delimiter(chosen.get("delimiter")),
        include_hidden=bool(chosen.get("include_hidden")),
        duplicates=chosen.get("duplicates") or "count",
        salt=os.urandom(16).hex() if chosen.get("case_numbers") else None,
        period=period,
        windows=compared,
        date_by=_date_field(chosen.get("date_by")),
        where=_filters(filters, keys),
        by=by,
        by_columns=by_columns,
        depths=depths,
        series=series[0] if series else None,
        cross=cross,
        measures=_names(chosen.get("measure"), tuple(BY_KEY), "--measure"),
        limits=_limits(chosen.get("limits") or ()),
    )


def _limits(given: Any) -> dict[str, int]:
    """Return limits by their names; raise UsageFault for a name that is none, or a number that no machine has."""
    limits = {name: _number(value, "--limit") for name, value in pairs(given, "--limit")}
    for name, number in limits.items():
        choice(name, tuple(LIMITS), "--limit")
        if not 0 <= number <= MAX_LIMITS[name]:
            raise UsageFault("E288", option="--limit", name=name, least=0, most=MAX_LIMITS[name])
    return limits


def parse_gates(chosen: Mapping[str, Any]) -> Gates:
    """Return the conditions that end a complete run with exit code 1; raise UsageFault where one cannot be parsed."""
    fail_if = tuple(texts(chosen.get("fail_if")))
    for text in fail_if:
        parse_gate(text)
    given = chosen.get("max_rejected")
    rejected = _share("5%" if given is None else given)
    return Gates(rejected, fail_if, bool(chosen.get("public")), bool(chosen.get("strict")), bool(chosen.get("skip_bad_files")))


def parse_view(chosen: Mapping[str, Any]) -> View:
    """Return how the rows are arranged; raise UsageFault where the options do not go together."""
    sort, rank = (_order(chosen.get(name), f"--{name}") for name in ("sort", "rank"))
    top, bottom = chosen.get("top"), chosen.get("bottom")
    if top and bottom:
        raise UsageFault("E234", one="--top", other="--bottom")
    if (top or bottom) and len(texts(chosen["by"].split(",") if isinstance(chosen.get("by"), str) else chosen.get("by"))) > 1:
        raise UsageFault("E235", option="--top" if top else "--bottom")
    return View(sort, rank, top, bottom)


def parse_also(chosen: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the measures that are ranked, sorted or judged by."""
    view = parse_view(chosen)
    keys = [parse_gate(text).figure.measure for text in texts(chosen.get("fail_if"))]
    for key in keys:
        choice(key, tuple(BY_KEY), "--fail-if")
    keys += [order.measure for order in (view.rank, view.sort) if order is not None]
    return tuple(dict.fromkeys(keys))


def _order(text: str | None, option: str) -> Order | None:
    """Return a measure, and whether the smallest comes first."""
    if text is None:
        return None
    measure, colon, direction = text.partition(":")
    choice(measure, tuple(BY_KEY), option)
    if colon and direction not in DIRECTIONS.keys:
        raise unknown(direction, DIRECTIONS, option)
    return Order(measure, direction == "asc")


def _filters(given: Sequence[tuple[str, str]], columns: Mapping[str, str]) -> tuple[Filter, ...]:
    """Return the filters of FIELD=VALUE,… and FIELD!=VALUE,…; what is said of a field in several of one kind is any of them.

    `columns` has the key of each column:HEADER.
    """
    found: dict[tuple[str, bool], list[str]] = {}
    for name, text in given:
        field = columns.get(_column_name(name.rstrip("!")), name.rstrip("!").strip())
        choice(field, (*GROUP_FIELDS, *WORD_FIELDS, *columns.values()), "--where")
        found.setdefault((field, name.endswith("!")), []).append(text)
    return tuple(
        Filter(
            field,
            tuple(dict.fromkeys(value for text in lists for value in _values(text))),
            negated,
            tuple(text for text in lists if '"' not in text and len(_values(text)) > 1),
        )
        for (field, negated), lists in found.items()
    )


def _values(text: str) -> list[str]:
    """Return the values of a comma list; one within quotes may hold commas."""
    values = [value.strip() for value in next(csv.reader([text.replace("，", ",")], skipinitialspace=True))]
    if not all(values):
        raise UsageFault("E213", option="--where")
    return values


def _fields(pairs: Sequence[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    """Return FIELD=VALUE pairs; raise UsageFault for a field that is unknown."""
    for field, _ in pairs:
        choice(field, [key for key, kind in FIELDS.items() if kind is not Kind.PERSON or key in BY_FIELDS], name)
    return list(pairs)


def _groupings(value: Any) -> tuple[tuple[str, ...] | None, dict[str, str], dict[str, int]]:
    """Return the fields of --by, each column:HEADER as `column_1`, `column_2` …; the headers of these; the depths of FIELD:N."""
    if value is None or value == ():
        return None, {}, {}
    names = [name.strip() for name in next(csv.reader([value], skipinitialspace=True))] if isinstance(value, str) else list(value)
    headers = [name.removeprefix(COLUMN).strip() for name in names if name.startswith(COLUMN)]
    keys = {header: f"column_{number}" for number, header in enumerate(dict.fromkeys(headers), 1)}
    if not all(headers):
        raise UsageFault("E284", option="--by", what=f"{COLUMN}HEADER")
    parts = {name: name.partition(":") for name in names if re.fullmatch(r"[a-z_]+:[1-9]", name) and name[:-2] in DEEP}
    names = [parts[name][0] if name in parts else name for name in names]
    by = [keys[name.removeprefix(COLUMN).strip()] if name.startswith(COLUMN) else name for name in names]
    found = _names(by, (*BY_FIELDS, *WORD_FIELDS, *DERIVED, *SERIES, *keys.values(), f"{COLUMN}HEADER"), "--by")
    return found, {key: header for header, key in keys.items()}, {field: int(depth) for field, _, depth in parts.values()}


def _column_name(name: str) -> str:
    """Return column:HEADER without blanks around the header; any other name as it is."""
    return COLUMN + name.strip().removeprefix(COLUMN).strip() if name.strip().startswith(COLUMN) else name


def _with_columns(columns: Mapping[str, str], option: str, names: Sequence[str]) -> dict[str, str]:
    """Return the header of each column by its key, `column_1` and so on, with those that an option names as column:HEADER."""
    found = dict(columns)
    for header in (_column_name(name).removeprefix(COLUMN) for name in names if name.strip().startswith(COLUMN)):
        if not header:
            raise UsageFault("E284", option=option, what=f"{COLUMN}HEADER")
        if header not in found.values():
            found[f"column_{len(found) + 1}"] = header
    return found


def _names(value: Any, allowed: Sequence[str], name: str) -> tuple[str, ...] | None:
    """Return the names of a comma list, or of a profile's list; None where there is none."""
    if value is None or value == ():
        return None
    names = [part.strip() for part in value.split(",")] if isinstance(value, str) else list(value)
    for one in names:
        choice(one, allowed, name)
    if len(set(names)) < len(names):
        raise UsageFault("E214", option=name)
    return tuple(names)


def choice(value: str, allowed: Sequence[str], name: str) -> None:
    """Raise UsageFault where a value is none of those allowed."""
    if value in {"person", "leader"} - {*allowed}:
        raise UsageFault("E204", field=value, option=name)
    if value not in allowed:
        raise unknown_word_error(value, name, allowed)


def _date_field(value: str | None) -> str | None:
    """Return the name of a field of dates."""
    if value is not None:
        choice(value, [key for key, kind in FIELDS.items() if kind is Kind.DATE], "--date-by")
    return value


def _encoding(name: str | None) -> str | None:
    """Return the name of an encoding of text that Python has; raise UsageFault for another."""
    if not name:
        return None
    try:
        b"text".decode(name)
    except UnicodeDecodeError:
        return name
    except (LookupError, ValueError):
        raise unknown_name(name, (*ENCODINGS, "gbk"), "--encoding") from None
    return name


def delimiter(text: str | None) -> str | None:
    """Return the delimiter of text files that is named; raise UsageFault for what is no single mark."""
    if text is None:
        return None
    mark = TAB if text in TAB_NAMES else text
    if (
        len(mark) != 1
        or mark.isalnum()
        or mark == '"'
        or (mark.isspace() and mark != TAB)
        or not mark.isprintable() | (mark == TAB)
    ):
        raise UsageFault("E284", option="--delimiter", what=DELIMITERS)
    return mark


def _rows(text: str | int | None) -> tuple[int, int] | None:
    """Return the first and last row of a header, from 1."""
    if text is None:
        return None
    first, _, last = str(text).partition("-")
    rows = _number(first, "--header"), _number(last or first, "--header")
    if not 1 <= rows[0] <= rows[1] <= rows[0] + 4:
        raise UsageFault("E215")
    return rows


def _number(text: str, name: str) -> int:
    """Return a whole number of digits."""
    if not re.fullmatch(r"\d{1,99}", text.strip()):
        raise UsageFault("E216", option=name)
    return int(text)


def _share(text: str | int) -> str:
    """Return N, or P% from 0 to 100, checked."""
    found = re.fullmatch(r"[0-9]{1,12}|([0-9]{1,3}(?:\.[0-9]{1,12})?)%", str(text).strip())
    if found is None or (found[1] and Fraction(found[1]) > 100):
        raise UsageFault("E217")
    return found[0]


def day(text: Any) -> date:
    """Return a day as typed, today where none is; raise UsageFault."""
    if text is None:
        return date.today()  # noqa: DTZ011 - the office's own day; printed with every table
    try:
        found = text if isinstance(text, date) else whole_day(day_key(text))
    except ValueError:
        raise UsageFault("E218") from None
    if found.year not in YEARS:
        raise UsageFault("E218")
    return found
