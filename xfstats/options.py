"""Every option, defined once; files and options in, sources and a plan out."""

from __future__ import annotations

import locale
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from xfstats.errors import UsageFault
from xfstats.measures import BY_KEY
from xfstats.model import FIELDS, GROUP_FIELDS, Kind, Log, Plan, Source
from xfstats.periods import FORMS, parse_period
from xfstats.profile import Profile, find_profile, load_profile
from xfstats.report import Gates
from xfstats.run.sources import find_sources

Command = TypeVar("Command", bound=Callable[..., Any])
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
FORMATS = ("table", "md", "csv", "tsv", "json", "jsonl", "html", "xlsx")


@dataclass(frozen=True)
class Job:
    """What a command works on: sources, plan, profile, gates."""

    sources: tuple[Source, ...]
    plan: Plan
    profile: Profile
    gates: Gates
    locks: tuple[str, ...]
    jobs: int | None
    lang: str | None
    quiet: bool
    verbose: bool


@dataclass(frozen=True)
class Output:
    """Where the result goes, and how it looks."""

    format: str
    target: str | None
    force: bool
    dry_run: bool
    digits: int
    rejects: Path | None
    colour: str


def option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    """A click option that an environment variable XFSTATS_NAME sets too."""
    long = next(name for name in names if name.startswith("--")).split("/")[0]
    return click.option(*names, envvar="XFSTATS_" + long[2:].upper().replace("-", "_"), **settings)


READ = (
    click.argument("files", nargs=-1, required=True, metavar="FILE…"),
    option("-r", "--recursive", is_flag=True, help="Look into subfolders of a folder."),
    option("--sheet", multiple=True, metavar="GLOB", help="Read the sheets with these names; !GLOB leaves some out."),
    option("--header", metavar="N|N-M", help="The header's row or rows, where it is not found by itself."),
    option("--map", "maps", multiple=True, metavar="FIELD=HEADER", help="The column of a field, by its header or as column:F."),
    option("--map-level", multiple=True, metavar="WORD=LEVEL", help="Count a word of the level column as another level."),
    option(
        "--map-status",
        multiple=True,
        metavar="WORD=SET",
        help="Put a status word into closed, settled, resolved, excluded, open.",
    ),
    option("--encoding", metavar="NAME", help="The encoding of a text file, where it is neither UTF-8 nor GB18030."),
    option("--log", type=click.Choice([log.value for log in Log]), help="The kind of log, where title and columns do not tell."),
    option("--include-hidden", is_flag=True, help="Read hidden sheets too."),
    option(
        "--duplicates", type=click.Choice(["count", "reject"]), help="Rows that repeat another in every cell (default: count)."
    ),
    option("--skip-bad-files", is_flag=True, help="Go on without files that cannot be read, and say so (exit 1)."),
    option("--limit", "limits", multiple=True, metavar="NAME=N", help="Raise a limit that a message named."),
    option("-p", "--profile", metavar="FILE[:NAME]", help="The office's words and choices, a TOML file."),
    option("--no-profile", is_flag=True, help="Do not look for xfstats.toml beside the inputs."),
)
SELECT = (
    option("--period", metavar="PERIOD", help=f"Only these days: {FORMS}."),
    option("--date-by", metavar="FIELD", help="The date that the period is judged by (default: received_on)."),
    option("--where", multiple=True, metavar="FIELD=VALUE", help="Only rows with this value."),
    option("--as-of", metavar="DAY", help="The day on which open and closed are judged (default: today)."),
)
COUNT = (
    option(
        "-b", "--by", metavar="FIELD,…", help="Group by these fields, nested in this order (default: level, or what the log has)."
    ),
    option("-m", "--measure", metavar="KEY,…", help="Print these measures (default: those that the log has)."),
)
WRITE = (
    option(
        "-f",
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        help="Form of the result (default: by the suffix of -o, else table).",
    ),
    option("-o", "--output", metavar="PATH", help="Write to a file; {period}, {as_of} and {log} are filled in."),
    option("--force", is_flag=True, help="Replace a file that xfstats did not write."),
    option("-n", "--dry-run", is_flag=True, help="Do all but write."),
    option("--digits", type=click.IntRange(0, 6), help="Decimals of a printed rate (default: 2)."),
    option(
        "--rejects",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the list of rejected rows: positions and reasons.",
    ),
)
GATE = (
    option("--max-rejected", metavar="N|P%", help="Exit 1 where more rows are rejected (default: 5%)."),
    option("--strict", is_flag=True, help="Exit 1 where any row is rejected or anything was found."),
)
RUN = (
    option("--lang", type=click.Choice(["zh", "en"]), help="Language of the output (default: as the log)."),
    option("-q", "--quiet", is_flag=True, help="Nothing on stderr when all is well."),
    option("-v", "--verbose", is_flag=True, help="Say more on stderr."),
    option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Files to read at once (default: one a processor)."),
    option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour on a terminal."),
)


def using(*groups: Sequence[Callable[[Any], Any]]) -> Callable[[Command], Command]:
    """Give a command these groups of options; it is called with a Job and an Output."""

    def decorate(command: Command) -> Command:
        def run(**given: Any) -> Any:
            return command(*resolve(given))

        run.__name__, run.__doc__ = command.__name__, command.__doc__
        for one in reversed([one for group in groups for one in group]):
            run = one(run)
        return run  # type: ignore[return-value]  # click wraps it at once

    return decorate


def resolve(given: Mapping[str, Any]) -> tuple[Job, Output]:
    """Options, then environment, then profile, then defaults."""
    found = find_sources(given["files"], recursive=given["recursive"])
    profile = _profile(given, found.folders)
    chosen = _over(given, profile.options)
    output = chosen.get("output")
    job = Job(
        found.sources,
        parse_plan(chosen, profile),
        profile,
        Gates(_share(chosen.get("max_rejected") or "5%"), bool(chosen.get("strict")), bool(chosen.get("skip_bad_files"))),
        found.locks,
        chosen.get("jobs"),
        chosen.get("lang"),
        bool(chosen.get("quiet")),
        bool(chosen.get("verbose")),
    )
    form = chosen.get("format_") or (SUFFIXES.get(Path(output).suffix.lower()) if output else "table")
    if form is None:
        raise UsageFault("E201", message=f"no format for the suffix of {Path(str(output)).name}; name one with -f")
    if form == "xlsx" and not output:
        raise UsageFault("E201", message="a workbook needs a file: -o NAME.xlsx")
    digits = chosen.get("digits")
    return job, Output(
        form,
        output,
        bool(chosen.get("force")),
        bool(chosen.get("dry_run")),
        2 if digits is None else digits,
        chosen.get("rejects"),
        chosen.get("color") or "auto",
    )


def _over(given: Mapping[str, Any], profile: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, over what the profile says."""
    names = {"maps": "map", "format_": "format"}
    return {
        key: value if value not in (None, (), False) else profile.get(names.get(key, key), value) for key, value in given.items()
    }


def _profile(given: Mapping[str, Any], folders: Sequence[Path]) -> Profile:
    levels, statuses = _pairs(given["map_level"], "--map-level"), _pairs(given["map_status"], "--map-status")
    if given["profile"]:
        file, colon, name = given["profile"].rpartition(":")
        if not colon or Path(given["profile"]).exists():
            file, name = given["profile"], ""
        return load_profile(Path(file), name or None, named=True, levels=levels, statuses=statuses)
    path = None if given["no_profile"] else find_profile(folders)
    return load_profile(path, levels=levels, statuses=statuses)


def parse_plan(chosen: Mapping[str, Any], profile: Profile) -> Plan:
    """Option values, as typed or from a profile or the Python interface, as a checked plan; raises UsageFault."""
    as_of = _day(chosen.get("as_of"))
    return Plan(
        as_of=as_of,
        profile=profile.words,
        log=Log(chosen["log"]) if chosen.get("log") else None,
        sheets=tuple(_list(chosen.get("sheet"))),
        header=_rows(chosen.get("header")),
        maps=tuple(_fields(_pairs(chosen.get("maps") or (), "--map"), "--map")),
        encoding=chosen.get("encoding"),
        include_hidden=bool(chosen.get("include_hidden")),
        duplicates=chosen.get("duplicates") or "count",
        period=parse_period(chosen["period"], as_of) if chosen.get("period") else None,
        date_by=_date_field(chosen.get("date_by")),
        where=tuple(_fields(_pairs(chosen.get("where") or (), "--where"), "--where", GROUP_FIELDS)),
        by=_names(chosen.get("by"), GROUP_FIELDS, "--by"),
        measures=_names(chosen.get("measure"), tuple(BY_KEY), "--measure"),
        limits={name: _number(value, "--limit") for name, value in _pairs(chosen.get("limits") or (), "--limit")},
    )


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _pairs(texts: Sequence[str] | Mapping[str, str], name: str) -> list[tuple[str, str]]:
    """WORD=VALUE texts as pairs; the last = separates, so that a word may hold one."""
    if isinstance(texts, Mapping):
        return list(texts.items())
    pairs = []
    for text in _list(texts):
        left, sign, right = text.partition("=") if name in {"--map", "--where", "--limit"} else text.rpartition("=")
        if not sign or not left or not right:
            raise UsageFault("E201", message=f"{name} takes NAME=VALUE")
        pairs.append((left.strip(), right.strip()))
    return pairs


def _fields(pairs: Sequence[tuple[str, str]], name: str, allowed: Sequence[str] | None = None) -> list[tuple[str, str]]:
    for field, _ in pairs:
        _choice(field, allowed or [key for key, kind in FIELDS.items() if kind is not Kind.PERSON], name)
    return list(pairs)


def _names(value: Any, allowed: Sequence[str], name: str) -> tuple[str, ...] | None:
    """A comma list of known names, from text or from a profile's list; None where nothing was said."""
    if value is None or value == ():
        return None
    names = [part.strip() for part in value.split(",")] if isinstance(value, str) else list(value)
    for one in names:
        _choice(one, allowed, name)
    if len(set(names)) < len(names):
        raise UsageFault("E201", message=f"{name} names one thing twice")
    return tuple(names)


def _choice(value: str, allowed: Sequence[str], name: str) -> None:
    if value in {"person", "leader"}:
        raise UsageFault("E204", field=value)
    if value not in allowed:
        import difflib  # noqa: PLC0415 - only for a mistake

        near = difflib.get_close_matches(value, allowed, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UsageFault("E201", message=f"{name}: no {value!r}; {hint}there are {', '.join(allowed)}")


def _date_field(value: str | None) -> str | None:
    if value is not None:
        _choice(value, [key for key, kind in FIELDS.items() if kind is Kind.DATE], "--date-by")
    return value


def _rows(text: str | int | None) -> tuple[int, int] | None:
    if text is None:
        return None
    first, _, last = str(text).partition("-")
    rows = _number(first, "--header"), _number(last or first, "--header")
    if not 1 <= rows[0] <= rows[1] <= rows[0] + 4:
        raise UsageFault("E201", message="--header takes a row, or the first and last of at most five: 3 or 3-4")
    return rows


def _number(text: str, name: str) -> int:
    if not text.strip().isdecimal():
        raise UsageFault("E201", message=f"{name} takes whole numbers")
    return int(text)


def _share(text: str | int) -> str:
    """N or P%, checked."""
    text = str(text)
    try:
        float(text.removesuffix("%")) if text.endswith("%") else int(text)
    except ValueError:
        raise UsageFault("E201", message="--max-rejected takes a number of rows or a share: 20 or 2%") from None
    return text


def _day(text: Any) -> date:
    if text is None:
        return date.today()  # noqa: DTZ011 - the office's own day; printed with every table
    try:
        return text if isinstance(text, date) else date.fromisoformat(text)
    except ValueError:
        raise UsageFault("E201", message="--as-of takes a day: 2026-11-02") from None


def locale_lang() -> str:
    """The language of the locale: zh where it is Chinese, else en."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def window() -> int | None:
    """The width of the terminal; None where stdout is none."""
    if "COLUMNS" in os.environ and os.environ["COLUMNS"].isdigit():
        return int(os.environ["COLUMNS"]) or None
    return shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None
