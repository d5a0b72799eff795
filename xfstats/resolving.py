"""Options, environment and profile together: files and options in, a job and an output out."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xfstats.choices import presets
from xfstats.errors import UsageFault
from xfstats.keys import pairs
from xfstats.model import Source
from xfstats.plan import Gates, Plan
from xfstats.planning import choice, day, parse_also, parse_gates, parse_plan, parse_view
from xfstats.profile import Profile, find_profile, load_profile
from xfstats.ranking import View
from xfstats.run.sources import find_sources

SUFFIXES = {
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "md",
    ".html": "html",
    ".txt": "table",
}

REPORT_SUFFIXES = {f".{form}": form for form in ("xlsx", "docx", "html", "md", "txt", "svg", "png")}
PRINTED = frozenset(["md", "txt"])
"""Formats in which a report goes to stdout."""


@dataclass(frozen=True)
class Job:
    """What a command works on: sources, plan, profile, gates."""

    sources: tuple[Source, ...]
    plan: Plan
    profile: Profile
    gates: Gates
    view: View
    locks: tuple[str, ...]
    jobs: int | None
    lang: str | None
    quiet: bool
    verbose: bool
    lock: bool
    command: str = ""
    """What repeats the run: the command and its options, with the day that it was judged by."""


@dataclass(frozen=True)
class Output:
    """Where the result goes, and how it looks."""

    format: str = "table"
    target: str | None = None
    force: bool = False
    dry_run: bool = False
    digits: int = 2
    rejects: Path | None = None
    bars: bool = False
    save: Path | None = None
    against: Path | None = None
    targets: tuple[str, ...] = ()
    """Of a report, which may go to several files."""
    template: Path | None = None
    colour: str = "auto"


def resolve(given: Mapping[str, Any]) -> tuple[Job, Output]:
    """Options, then environment, then profile, then defaults."""
    found = find_sources(given["files"], recursive=given["recursive"])
    profile = _profile(given, found.folders)
    chosen = _over(given, profile.options)
    output: Any = chosen.get("output")
    job = Job(
        found.sources,
        replace(parse_plan(chosen, profile), also=parse_also(chosen), detail=bool(chosen.get("detail"))),
        profile,
        parse_gates(chosen),
        parse_view(chosen),
        found.locks,
        chosen.get("jobs"),
        chosen.get("lang"),
        bool(chosen.get("quiet")),
        bool(chosen.get("verbose")),
        bool(chosen.get("lock")),
        _repeated(given.get("command") or (), chosen),
    )
    if job.gates.public and (chosen.get("save") or chosen.get("against") or chosen.get("rejects")):
        raise UsageFault("E234", one="--public", other="--save, --against, --rejects")
    if isinstance(output, tuple):
        return job, _report_output(chosen)
    form = chosen.get("format_") or (SUFFIXES.get(Path(output).suffix.lower()) if output else "table")
    if form is None:
        raise UsageFault("E211", file=Path(str(output)).name)
    if form == "xlsx" and not output:
        raise UsageFault("E212")
    digits = chosen.get("digits")
    return job, Output(
        form,
        output,
        bool(chosen.get("force")),
        bool(chosen.get("dry_run")),
        2 if digits is None else digits,
        chosen.get("rejects"),
        bool(chosen.get("bars")),
        chosen.get("save"),
        chosen.get("against"),
        colour=chosen.get("color") or "auto",
    )


def _repeated(words: Sequence[str], chosen: Mapping[str, Any]) -> str:
    """The command line, with --as-of where it was not typed."""
    judged = () if "--as-of" in words or not words else ("--as-of", day(chosen.get("as_of")).isoformat())
    return shlex.join((*words, *judged))


def _report_output(chosen: Mapping[str, Any]) -> Output:
    """Where a report goes: each target with the format of its suffix; stdout where there is none."""
    targets = tuple(chosen.get("output") or ())
    for target in targets:
        if Path(target).suffix.lower() not in REPORT_SUFFIXES:
            raise UsageFault("E211", file=Path(str(target)).name)
    digits, form = chosen.get("digits"), chosen.get("format_")
    return Output(
        form if form in PRINTED else "txt",  # a profile's format may be one of tables
        force=bool(chosen.get("force")),
        dry_run=bool(chosen.get("dry_run")),
        digits=2 if digits is None else digits,
        targets=targets,
        template=chosen.get("template"),
        colour=chosen.get("color") or "auto",
    )


def _over(given: Mapping[str, Any], profile: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, over what the profile says; of columns and limits each by its name."""
    chosen = {key: value if value not in (None, (), False) else profile.get(key, value) for key, value in given.items()}
    for key, option in (("maps", "--map"), ("limits", "--limit")):
        chosen[key] = {**dict(pairs(profile.get(key), option)), **dict(pairs(given.get(key), option))}
    return chosen


def _profile(given: Mapping[str, Any], folders: Sequence[Path]) -> Profile:
    levels, statuses = pairs(given["map_level"], "--map-level"), pairs(given["map_status"], "--map-status")
    preset = given.get("preset")
    if preset is not None:
        choice(preset, tuple(presets()), "--preset")
    if given["profile"]:
        return named_profile(given["profile"], levels, statuses, preset)
    path = None if given["no_profile"] else find_profile(folders)
    return load_profile(path, levels=levels, statuses=statuses, preset=preset)


def named_profile(
    text: str | None,
    levels: Sequence[tuple[str, str]] = (),
    statuses: Sequence[tuple[str, str]] = (),
    preset: str | None = None,
) -> Profile:
    """The profile that FILE or FILE:NAME names; the packaged words alone for None."""
    path, name = split_profile(text) if text else (None, None)
    return load_profile(path, name, named=True, levels=levels, statuses=statuses, preset=preset)


def split_profile(text: str) -> tuple[Path, str | None]:
    """FILE:NAME as the file and the name, or FILE and None."""
    file, colon, name = text.rpartition(":")
    return (Path(text), None) if not colon or Path(text).exists() else (Path(file), name or None)
