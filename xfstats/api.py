"""The Python interface: paths and options in, a Report with exact figures out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from xfstats.plan import Gates
from xfstats.planning import parse_also, parse_plan, parse_view
from xfstats.profile import Profile, find_profile, load_profile
from xfstats.report import make_report
from xfstats.run.sources import Found, find_sources
from xfstats.table import Report

Paths: TypeAlias = str | Path | Sequence[str | Path]


def summarize(
    paths: Paths,
    *,
    by: str | Sequence[str] | None = None,
    measures: str | Sequence[str] | None = None,
    period: str | None = None,
    as_of: date | str | None = None,
    where: Mapping[str, str] | None = None,
    compare: str | Sequence[str] | None = None,
    cross: str | None = None,
    rank: str | None = None,
    sort: str | None = None,
    top: int | None = None,
    bottom: int | None = None,
    preset: str | None = None,
    columns: Mapping[str, str] | None = None,
    levels: Mapping[str, str] | None = None,
    statuses: Mapping[str, str] | None = None,
    profile: str | Path | None = None,
    log: str | None = None,
    sheets: Sequence[str] = (),
    header: str | int | None = None,
    lang: str | None = None,
) -> Report:
    """Counts and rates per group, one table for each kind of log, from files, folders or globs.

    `report["visits"]` is a table, `report.to_frame()` all of them.  Figures are whole numbers and pairs of them;
    rates are in [0, 1].  Raises InputFault where a file cannot be read or understood, UsageFault where the options
    do not fit; both have `.code` and `.position`.
    """
    found, loaded = _load(paths, profile, levels, statuses, preset)
    given = {
        "by": by,
        "measure": measures,
        "period": period,
        "as_of": as_of,
        "where": where,
        "compare": compare,
        "cross": cross,
        "rank": rank,
        "sort": sort,
        "top": top,
        "bottom": bottom,
        "maps": columns,
        "log": log,
        "sheet": sheets,
        "header": header,
    }
    chosen = {**loaded.options, **{key: value for key, value in given.items() if value}}
    plan = replace(parse_plan(chosen, loaded), also=parse_also(chosen))
    return make_report(found.sources, plan, loaded, Gates(), lang=lang, locks=found.locks, view=parse_view(chosen))


def inspect(
    paths: Paths, *, profile: str | Path | None = None, as_of: date | str | None = None, lang: str | None = None
) -> Report:
    """How each file was understood: the same report, its inputs with the evidence for every column."""
    found, loaded = _load(paths, profile, None, None)
    plan = replace(parse_plan({**loaded.options, "as_of": as_of}, loaded), evidence=True)
    return make_report(found.sources, plan, loaded, Gates(), lang=lang, locks=found.locks)


def _load(
    paths: Paths,
    profile: str | Path | None,
    levels: Mapping[str, str] | None,
    statuses: Mapping[str, str] | None,
    preset: str | None = None,
) -> tuple[Found, Profile]:
    typed = [str(paths)] if isinstance(paths, str | Path) else [str(path) for path in paths]
    found = find_sources(typed)
    path = find_profile(found.folders) if profile is None else Path(profile)
    more = list((levels or {}).items()), list((statuses or {}).items())
    return found, load_profile(path, named=profile is not None, levels=more[0], statuses=more[1], preset=preset)
