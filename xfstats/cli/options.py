"""Every option, defined once; what they mean together is in `resolving`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from xfstats.config.option_types import CELLS, DUPLICATES, FORMATS, LANGS, ORDERS, PER, ROWS
from xfstats.errors import UsageFault, unknown_name
from xfstats.measures.choices import CLOSED_BY
from xfstats.model import Log

Command = TypeVar("Command", bound=Callable[..., Any])
FORMS = "2026-10, 2026-Q3, 2026-W40, 2026, last-month, last-week, 2026-05-27..2026-11-30"


class Choice(click.Choice[str]):
    """One of some words; another is refused with the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> Any:
        """The word as it is."""
        if value not in self.choices:
            raise unknown_name(str(value), tuple(self.choices), _flag(param))
        return value


class Whole(click.IntRange):
    """A whole number within its range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise UsageFault("E279", option=_flag(param), low=self.min, high=self.max) from None


class Lines(click.types.StringParamType):
    """Text of which an environment variable holds one value a line: a value may have blanks."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """The lines that hold something."""
        return [line.strip() for line in rv.split("\n") if line.strip()]


class FormOption(click.Option):
    """`--format`: a form that the environment asks of all commands is passed over by one that has not got it."""

    def value_from_envvar(self, ctx: click.Context) -> Any:
        """What the environment says, where this command can print it, or no command can."""
        value = super().value_from_envvar(ctx)
        return None if value in {*FORMATS, "txt"} - set(choices(self)) else value


def choices(param: click.Parameter) -> tuple[str, ...]:
    """The words that an option takes; none where it takes any."""
    return tuple(param.type.choices) if isinstance(param.type, click.Choice) else ()


def _flag(param: click.Parameter | None) -> str:
    return max(param.opts, key=len) if param is not None else ""


def option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    """A click option that an environment variable XFSTATS_NAME sets too."""
    long = next(name for name in names if name.startswith("--")).split("/")[0]
    if settings.get("multiple"):
        settings["type"] = Lines()
    return click.option(*names, envvar="XFSTATS_" + long[2:].upper().replace("-", "_"), **settings)


def form(*names: str, told: str) -> Callable[[Command], Command]:
    """`--format` of a command that prints these forms."""
    return option("-f", "--format", "format_", cls=FormOption, type=Choice(names), metavar="FORM", help=told)


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
    option("--date-order", type=Choice(ORDERS), metavar="ORDER", help="How 3/4/2024 or 24-3-4 is read: ymd, dmy or mdy."),
    option("--date-cells", type=Choice(CELLS), metavar="HOW", help="swapped: day and month of the date cells changed places."),
    option("--rows", type=Choice(ROWS), metavar="HOW", help="each: every row of a record over merged rows is a record."),
    option(
        "--per", type=Choice(PER), metavar="FIELD", help="case_no: rows that share a number are one record, the latest of them."
    ),
    option("--timezone", metavar="ZONE", help="Where days with Z or an offset are days: Asia/Shanghai, +08:00, UTC."),
    option(
        "--closed-by",
        type=Choice(CLOSED_BY),
        metavar="WHAT",
        help="What closes a record that has both: its status (default), its close date, or either.",
    ),
    option("--encoding", metavar="NAME", help="The encoding of a text file, where it is neither UTF-8 nor GB18030."),
    option(
        "--log",
        type=Choice([log.value for log in Log]),
        metavar="KIND",
        help="The kind of log, where nothing tells: visits, cases, letters, backlog.",
    ),
    option("--include-hidden", is_flag=True, help="Read hidden sheets too."),
    option(
        "--duplicates",
        type=Choice(DUPLICATES),
        metavar="HOW",
        help="Rows that repeat another in every cell: count (default) or reject.",
    ),
    option("--case-numbers", is_flag=True, help="Look for case numbers that stand in two files (costs memory: 16 bytes each)."),
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
COMPARE = (option("--compare", metavar="prev,yoy", help="Compare with the period before (prev) and with a year before (yoy)."),)
COUNT = (
    option(
        "-b",
        "--by",
        metavar="FIELD,…",
        help="Group by these fields, nested in this order (default: level, or what there is); also leader, and year, quarter, "
        "month, week; `xfstats fields` lists them.",
    ),
    option(
        "-m",
        "--measure",
        metavar="KEY,…",
        help="Print these measures (default: those that the log has); `xfstats measures` lists them.",
    ),
    option("--preset", metavar="NAME", help="Whose definitions: plain, petition, 12345 or uk (default: plain)."),
    option("--cross", metavar="FIELD", help="Put the values of this field side by side."),
)
ORDER = (
    option("--rank", metavar="MEASURE[:asc]", help="Give each group its place by this measure, the largest first (asc: last)."),
    option("--sort", metavar="MEASURE[:asc]", help="Order the groups by this measure, the largest first."),
    option("--top", type=Whole(1, 1000), metavar="N", help="The first N groups; all others together as one row."),
    option("--bottom", type=Whole(1, 1000), metavar="N", help="The last N groups; all others together as one row."),
)
TABLES = form(*FORMATS, told="table, md, csv, tsv, json, jsonl, html or xlsx (default: by the suffix of -o, else table).")
INSPECTED = form("table", "json", "html", told="table, json or html (default: by the suffix of -o, else table).")
TOLD = form("table", "json", told="table or json (default: table).")
PRINTED = form("md", "txt", told="Form of what is printed: txt (default) or md.")
SAFELY = (
    option("--force", is_flag=True, help="Replace a file that xfstats did not write, or that was edited since."),
    option("-n", "--dry-run", is_flag=True, help="Do all but write."),
)
WRITE = (
    option(
        "-o",
        "--output",
        multiple=True,
        metavar="PATH",
        help="Write to a file, its suffix the format; repeatable; {period}, {as_of} and {log} are filled in.",
    ),
    *SAFELY,
)
REJECTS = (
    option(
        "--rejects",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the list of rejected rows: positions and reasons.",
    ),
)
DIGITS = (option("--digits", type=Whole(0, 6), metavar="N", help="Decimals of a printed rate, 0 to 6 (default: 2)."),)
BARS = (option("--bars", is_flag=True, help="Bars beside a terminal table, by its first measure."),)
REPORT = (
    option(
        "-o",
        "--output",
        multiple=True,
        metavar="PATH",
        help="Write .xlsx .docx .html .md .txt .svg or .png; repeatable; {period}, {as_of} and {log} are filled in.",
    ),
    PRINTED,
    option("--detail", is_flag=True, help="Add the counted rows to a workbook: labels, dates and counts with their positions."),
    option("--template", type=click.Path(path_type=Path), metavar="FILE", help="The office's own text (Jinja2) or .xlsx."),
    *SAFELY,
    *DIGITS,
)
SAVE = (
    option("--save", type=click.Path(path_type=Path), metavar="FILE", help="Keep the result as JSON, to compare with later."),
    option(
        "--against",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Say which figures have changed since this saved result.",
    ),
)
PUBLIC = (option("--public", is_flag=True, help="Protect small counts: 1-7 print as 5, others as the nearest 5."),)
GATE = (
    option(
        "--fail-if", multiple=True, metavar="CONDITION", help="Exit 1 where a figure is so: 'closure_rate[*] < 90%'; repeatable."
    ),
    option("--max-rejected", metavar="N|P%", help="Exit 1 where more rows are rejected (default: 5%)."),
    *PUBLIC,
    option("--strict", is_flag=True, help="Exit 1 where any row is rejected or anything was found."),
)
REFUSED = (option("--public", is_flag=True, hidden=True),)
"""Known to a command that tells what `--public` protects, which then is refused."""
LANG = option("--lang", type=Choice(LANGS), metavar="LANG", help="Language of the output, zh or en (default: as the log).")
PAGE_LANG = option("--lang", type=Choice(LANGS), expose_value=False, metavar="LANG", help="Language of pages and errors.")
RUN = (
    LANG,
    option("-q", "--quiet", is_flag=True, help="Say nothing on stderr when all is well."),
    option("-v", "--verbose", is_flag=True, help="Say on stderr what was read (digests) and the command that repeats it."),
    option(
        "--log-format",
        type=Choice(["text", "json"]),
        metavar="HOW",
        help="What is said on stderr: text (default), or json, one object a line.",
    ),
    option("--jobs", type=Whole(1, 256), metavar="N", help="Files to read at once (default: one a processor)."),
)
LOCK = (option("--lock", is_flag=True, help="Exit 5 at once where another run with --lock works in the same folder."),)
COLOR = (
    option(
        "--color",
        type=Choice(["auto", "always", "never"]),
        metavar="WHEN",
        help="Titles bold, rates under a gate red: auto (default: on a terminal), always, never.",
    ),
)


REPEATED = frozenset(
    one
    for one in (
        *("date_order", "date_cells", "timezone", "closed_by", "rows", "per"),
        *("sheet", "header", "maps", "map_level", "map_status", "encoding", "log", "include_hidden", "duplicates", "profile"),
        *("no_profile", "period", "date_by", "where", "as_of", "compare", "by", "measure", "preset", "cross", "rank", "sort"),
        *("top", "bottom", "digits", "lang", "recursive", "public", "detail", "limits", "skip_bad_files", "case_numbers"),
    )
)
"""Options that a report repeats, so that its figures can be had again."""


def typed(ctx: click.Context, *, whole: bool = False) -> tuple[str, ...]:
    """The command and its options as they were given, that decide the figures; a profile by its name, or its `whole` path."""
    words = [ctx.info_name or ""]
    for param in ctx.command.params:
        value = ctx.params.get(param.name or "")
        if param.name not in REPEATED or value is None or value is False or not isinstance(param, click.Option):
            continue
        flag = max(param.opts, key=len)
        if param.is_flag:
            words.append(flag)
        for one in () if param.is_flag else value if isinstance(value, tuple) else (value,):
            words += [flag, Path(one).name if param.name == "profile" and not whole else str(one)]
    return tuple(words)


def gathered(ctx: click.Context, *, whole: bool = False) -> dict[str, Any]:
    """All that a command was given; beside it which of that was said, typed or by the environment, and the forms it prints."""
    said = {name for name in ctx.params if ctx.get_parameter_source(name) not in {None, ParameterSource.DEFAULT}}
    above = ctx.parent.params.get("lang") if ctx.parent else None
    own = {"lang": above} if above and not ctx.params.get("lang") else {}
    forms = next((choices(param) for param in ctx.command.params if param.name == "format_"), ())
    return {**ctx.params, **own, "said": frozenset({*said, *own}), "forms": forms, "command": typed(ctx, whole=whole)}


def using(
    *groups: Sequence[Callable[[Any], Any]], first: Sequence[str] = (), plain: bool = False
) -> Callable[[Command], Command]:
    """Give a command these groups of options; it is called with a Job and an Output, then with the arguments named `first`.

    A `plain` command is called with all that was given, as it is.
    """

    def decorate(command: Command) -> Command:
        def run(**_: Any) -> Any:
            from xfstats.config.job import resolve  # noqa: PLC0415 - --help must not pay for what a run needs

            given = gathered(click.get_current_context(), whole=plain)
            if plain:
                return command(given)
            leading = [given.pop(name) for name in first]
            return command(*resolve(given), *leading)

        run.__name__, run.__doc__ = command.__name__, command.__doc__
        for one in reversed([one for group in groups for one in group]):
            run = one(run)
        for name in reversed(first):
            run = click.argument(name, metavar=name.upper())(run)
        return run  # type: ignore[return-value]  # click wraps it at once

    return decorate
