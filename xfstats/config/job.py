"""Job and output of a command: options over environment over profile over defaults."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from xfstats.config.addresses import SCHEDULER_EXAMPLE, is_scheduler
from xfstats.config.option_table import BY_NAME, Held, held
from xfstats.config.option_types import pairs
from xfstats.config.output_formats import BY_KEY, format_by_suffix
from xfstats.config.parse import choice, day, parse_also, parse_gates, parse_plan, parse_view
from xfstats.config.plan import Gates, Paper, Plan, View
from xfstats.config.profile import NOTHING_TYPED, Profile, TypedWords, find_profile, load_profile
from xfstats.config.small_files import is_there
from xfstats.config.sources import find_sources
from xfstats.config.typed_options import as_keys
from xfstats.config.zones import EXAMPLES, is_zone
from xfstats.errors import UsageFault, unknown_name
from xfstats.frozen import frozen
from xfstats.measures.choices import presets
from xfstats.model import Source

PLACEHOLDERS = ("{period}", "{as_of}", "{log}")
"""The placeholders of an output's name."""


@frozen
class Job:
    """The work of a command: sources, plan, profile, gates."""

    sources: tuple[Source, ...]
    plan: Plan
    profile: Profile
    gates: Gates = field(default_factory=Gates)
    view: View = field(default_factory=View)
    locks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    jobs: int | None = None
    scheduler: str | None = None
    cache: Path | None = None
    lang: str | None = None
    quiet: bool = False
    verbose: bool = False
    lock: bool = False
    digits: int = 2
    command: str = ""
    """What repeats the run: the command, its options with the day that it was judged by, and the inputs' names."""
    paper: Paper = field(default_factory=Paper)


@frozen
class Output:
    """The form of the result and where it is written."""

    forms: tuple[str, ...] = ("table",)
    targets: tuple[str, ...] = ()
    """A file for each of the forms; none is stdout, with the one form."""
    force: bool = False
    dry_run: bool = False
    rejects: Path | None = None
    bars: bool = False
    save: Path | None = None
    against: Path | None = None
    template: Path | None = None
    colour: str = "auto"

    @property
    def parts(self) -> tuple[tuple[str, str | None], ...]:
        """Return each form with its file; None is stdout."""
        return tuple(zip(self.forms, self.targets or (None,), strict=True))

    @property
    def folder(self) -> Path:
        """Return the folder in which the lock is held."""
        return Path(self.targets[0]).parent if self.targets else Path()


def resolve(given: Mapping[str, Any]) -> tuple[Job, Output]:
    """Return job and output: options go before the environment, that before the profile, that before defaults."""
    job, chosen = resolve_job(given)
    if job.gates.public and (chosen.get("save") or chosen.get("against") or chosen.get("rejects")):
        raise UsageFault("E234", one="--public", other="--save, --against, --rejects")
    targets = tuple(chosen.get("output") or ())
    made = Output(
        _forms(chosen, given.get("forms") or ("table",), targets),
        targets,
        bool(chosen.get("force")),
        bool(chosen.get("dry_run")),
        chosen.get("rejects"),
        bool(chosen.get("bars")),
        chosen.get("save"),
        chosen.get("against"),
        _template(chosen, given, job.profile),
        chosen.get("color", "never") or "auto",
    )
    _check_names(made)
    return job, made


def resolve_job(given: Mapping[str, Any]) -> tuple[Job, dict[str, Any]]:
    """Return the job and the values of all options; those that were typed (`said`) go before the profile's."""
    given = as_keys(given)
    found = find_sources(given["files"], recursive=bool(given.get("recursive")), contents=given.get("contents") or ())
    profile = _profile(given, found.folders)
    chosen = _merge_options(given, profile.options)
    digits = chosen.get("digits")
    job = Job(
        found.sources,
        replace(parse_plan(chosen, profile), extra_measures=parse_also(chosen), detail=bool(chosen.get("detail"))),
        profile,
        parse_gates(chosen),
        parse_view(chosen),
        found.locks,
        found.unread,
        chosen.get("jobs"),
        _scheduler(chosen.get("scheduler")),
        Path(chosen["cache"]) if chosen.get("cache") else None,
        chosen.get("lang"),
        bool(chosen.get("quiet")),
        bool(chosen.get("verbose")),
        bool(chosen.get("lock")),
        2 if digits is None else digits,
        _reproducing_command(given.get("command") or (), chosen, found.names),
        Paper(
            **{key: chosen.get(key) for key in ("title", "prepared_by", "checked_by", "addressed_to")},
            annex=not chosen.get("no_annex"),
        ),
    )
    return job, chosen


def _scheduler(address: str | None) -> str | None:
    """Return the address of the scheduler, if one is given; raise UsageFault where it is none, without quoting it."""
    if address and not is_scheduler(address):
        raise UsageFault("E284", option="--scheduler", what=SCHEDULER_EXAMPLE.strip('"'))
    return address or None


def _reproducing_command(words: Sequence[str], chosen: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return the command line, with --as-of where it was not typed, and the inputs by their names alone."""
    judged = () if "--as-of" in words or not words else ("--as-of", day(chosen.get("as_of")).isoformat())
    return shlex.join((*words, *judged, "--", *names))


def _forms(chosen: Mapping[str, Any], forms: Sequence[str], targets: Sequence[str]) -> tuple[str, ...]:
    """Return the form of each file, or of stdout: as asked for, where this command has it, else by the suffix.

    A report's files go by their suffixes alone.
    """
    report = "txt" in forms
    asked = chosen.get("format_") if chosen.get("format_") in forms else None
    if not targets:
        if asked and BY_KEY[asked].binary:
            raise UsageFault("E212")
        return (asked or ("txt" if report else "table"),)
    found = []
    for target in targets:
        row = format_by_suffix(Path(target).suffix, report=report) if report or asked is None else BY_KEY[asked]
        if row is None:
            raise UsageFault("E211", file=Path(target).name)
        if not report and row.key not in forms:
            raise UsageFault("E219", forms=", ".join(forms))
        found.append(row.key)
    return tuple(found)


def _template(chosen: Mapping[str, Any], given: Mapping[str, Any], profile: Profile) -> Path | None:
    """Return the office's template; one that its profile names lies beside it."""
    template: Path | None = chosen.get("template")
    if template is None or "template" in given["said"]:
        return template
    return Path(profile.source or "").parent / template


def _check_names(output: Output) -> None:
    """Raise UsageFault where a name cannot be filled in, or two outputs have one."""
    for target in output.targets:
        for hole in re.findall(r"\{[^{}]*\}", target):
            if hole not in PLACEHOLDERS:
                raise unknown_name(hole, PLACEHOLDERS, "-o")
    check_distinct([*output.targets, *(str(one) for one in (output.rejects, output.save) if one)])


def check_distinct(names: Sequence[str]) -> None:
    """Raise UsageFault where two outputs would be one file."""
    if len(names) > 1 and len({os.path.realpath(name) for name in names}) < len(names):
        raise UsageFault("E214", option="-o, --rejects, --save")


def _merge_options(given: Mapping[str, Any], profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed options over those of the profile; of columns and limits each by its name."""
    chosen = {key: value if key in given["said"] else profile.get(key, value) for key, value in given.items()}
    for key, option in (("maps", "--map"), ("limits", "--limit")):
        typed = pairs(given.get(key), option)
        if len(dict(typed)) < len(typed):
            raise UsageFault("E214", option=option)
        chosen[key] = {**dict(pairs(profile.get(key), option)), **dict(typed)}
    return chosen


def _profile(given: Mapping[str, Any], folders: Sequence[Path]) -> Profile:
    """Return the profile that is named, else the one that is found, with the words and presets of options over it."""
    levels, statuses, ratings = (pairs(given.get(one.name), one.flag) for one in _WORD_OPTIONS)
    preset = given.get("preset")
    if preset is not None:
        choice(preset, tuple(presets()), "--preset")
    if not is_zone(given.get("timezone") or ""):
        raise UsageFault("E284", option="--timezone", what=EXAMPLES)
    tables = {str(one.value): {key: given[key] for key in held(one) if given.get(key)} for one in _TABLES}
    typed = TypedWords(levels, statuses, dict(ratings), preset, tables)
    if given.get("profile"):
        return named_profile(given["profile"], typed)
    path = None if given.get("no_profile") else find_profile(folders)
    return load_profile(path, typed=typed)


_WORD_OPTIONS = (BY_NAME["map_level"], BY_NAME["map_status"], BY_NAME["map_rating"])
_TABLES = (Held.READ_TABLE, Held.CHOICES_TABLE)


def named_profile(text: str | None, typed: TypedWords = NOTHING_TYPED) -> Profile:
    """Return the profile that FILE or FILE:NAME names; the packaged words alone for None."""
    path, name = split_profile(text) if text else (None, None)
    return load_profile(path, name, named=True, typed=typed)


def split_profile(text: str) -> tuple[Path, str | None]:
    """Return FILE:NAME as the file and the name, or FILE and None."""
    file, colon, name = text.rpartition(":")
    return (Path(text), None) if not colon or is_there(Path(text)) else (Path(file), name or None)
