"""All command-line options, each defined once; `config.job` interprets them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from xfstats.config.option_types import DATE_CELLS, DATE_ORDERS, DUPLICATES, FORMATS, LANGS, PER, ROWS, TEXT_FORMATS
from xfstats.errors import UsageFault
from xfstats.measures.choices import CLOSED_BY
from xfstats.model import Log

Command = TypeVar("Command", bound=Callable[..., Any])


class Choice(click.Choice[str]):
    """Option type of a fixed set of words; any other word is refused with the most similar one."""

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> Any:
        """Return the key of a word; raise UsageFault where it names none of the choices."""
        if value in self.choices:
            return value
        from xfstats.config.typed_options import as_key, refuse  # noqa: PLC0415 - --help must not pay for what a run needs

        key = as_key(str(value), _long_name(param))
        if key not in self.choices:
            raise refuse(str(value), _long_name(param), tuple(self.choices))
        return key


class IntegerRange(click.IntRange):
    """Option type of whole numbers in a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; raise UsageFault where it is none or out of range."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise UsageFault("E279", option=_long_name(param), low=self.min, high=self.max) from None


class OneValueALine(click.types.StringParamType):
    """Text option whose environment variable holds one value a line, since values may contain blanks."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """Return the lines that are not blank."""
        return [line.strip() for line in rv.split("\n") if line.strip()]


class FormatOption(click.Option):
    """Option `--format`, which ignores a format from the environment that this command lacks and others have."""

    def value_from_envvar(self, ctx: click.Context) -> Any:
        """Return the format from the environment; None where only other commands print it."""
        value = super().value_from_envvar(ctx)
        if value is None:
            return None
        from xfstats.config.typed_options import as_key  # noqa: PLC0415 - --help must not pay for what a run needs

        value = as_key(value, "--format")
        return None if value in {*FORMATS, *TEXT_FORMATS} - set(allowed_words(self)) else value


def allowed_words(param: click.Parameter) -> tuple[str, ...]:
    """Return the words that an option takes; an empty tuple where it takes any text."""
    return tuple(param.type.choices) if isinstance(param.type, click.Choice) else ()


def _long_name(param: click.Parameter | None) -> str:
    """Return the longest name of an option, or an empty text."""
    return max(param.opts, key=len) if param is not None else ""


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Return what a shell offers for an option or argument."""
    from xfstats.cli.completion import complete as found  # noqa: PLC0415 - only completion pays for it

    return list(found(ctx, param, incomplete))


def option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    """Return a click option that the environment variable XFSTATS_NAME sets too."""
    long = next(name for name in names if name.startswith("--")).split("/")[0]
    if settings.get("multiple"):
        settings["type"] = OneValueALine()
    settings.setdefault("shell_complete", complete)
    return click.option(*names, envvar="XFSTATS_" + long[2:].upper().replace("-", "_"), **settings)


def format_option(*names: str) -> Callable[[Command], Command]:
    """Return the option `--format` for a command that prints these formats."""
    return option("-f", "--format", "format_", cls=FormatOption, type=Choice(names), metavar="FORM")


READING = (
    click.argument("files", nargs=-1, required=True, metavar="FILE…", shell_complete=complete),
    option("-r", "--recursive", is_flag=True),
    option("--sheet", multiple=True, metavar="GLOB"),
    option("--header", metavar="N|N-M"),
    option("--map", "maps", multiple=True, metavar="FIELD=HEADER"),
    option("--map-level", multiple=True, metavar="WORD=LEVEL"),
    option("--map-status", multiple=True, metavar="WORD=SET"),
    option("--map-rating", multiple=True, metavar="WORD=CLASS"),
    option("--date-order", type=Choice(DATE_ORDERS), metavar="ORDER"),
    option("--date-cells", type=Choice(DATE_CELLS), metavar="HOW"),
    option("--rows", type=Choice(ROWS), metavar="HOW"),
    option("--per", type=Choice(PER), metavar="FIELD"),
    option("--timezone", metavar="ZONE"),
    option("--closed-by", type=Choice(CLOSED_BY), metavar="WHAT"),
    option("--encoding", metavar="NAME"),
    option("--delimiter", metavar="CHAR"),
    option("--log", type=Choice([log.value for log in Log]), metavar="KIND"),
    option("--include-hidden", is_flag=True),
    option("--duplicates", type=Choice(DUPLICATES), metavar="HOW"),
    option("--case-numbers", is_flag=True),
    option("--skip-bad-files", is_flag=True),
    option("--limit", "limits", multiple=True, metavar="NAME=N"),
    option("-p", "--profile", metavar="FILE[:NAME]"),
    option("--no-profile", is_flag=True),
)
"""Options of reading: files, sheets, headers, fields, dates, limits, profile."""
FILTERS = (
    option("--period", metavar="PERIOD"),
    option("--date-by", metavar="FIELD"),
    option("--where", multiple=True, metavar="FIELD=VALUE,…"),
    option("--as-of", metavar="DAY"),
)
"""Options of row selection."""
COMPARISON = (option("--compare", metavar="prev,yoy"),)
GROUPING = (
    option("-b", "--by", metavar="FIELD,…"),
    option("-m", "--measure", metavar="KEY,…"),
    option("--preset", metavar="NAME"),
    option("--cross", metavar="FIELD"),
)
"""Options of groups and measures."""
ORDERING = (
    option("--rank", metavar="MEASURE[:asc]"),
    option("--sort", metavar="MEASURE[:asc]"),
    option("--top", type=IntegerRange(1, 1000), metavar="N"),
    option("--bottom", type=IntegerRange(1, 1000), metavar="N"),
)
"""Options of the order of rows and of ranks."""
TABLE_FORMATS = (format_option(*FORMATS),)
LIST_FORMATS = (format_option(*FORMATS, "docx"),)
INSPECT_FORMATS = (format_option("table", "json", "html"),)
TABLE_OR_JSON = (format_option("table", "json"),)
REPORT_FORMATS = (format_option("md", "txt"),)
OUTPUT_PATHS = (option("-o", "--output", multiple=True, metavar="PATH"),)
OVERWRITING = (
    option("--force", is_flag=True),
    option("-n", "--dry-run", is_flag=True),
)
OUTPUT = (*OUTPUT_PATHS, *OVERWRITING)
REJECTS = (option("--rejects", type=click.Path(path_type=Path), metavar="FILE"),)
DIGITS = (option("--digits", type=IntegerRange(0, 6), metavar="N"),)
BARS = (option("--bars", is_flag=True),)
REPORT_OUTPUT = (
    *OUTPUT_PATHS,
    *REPORT_FORMATS,
    option("--detail", is_flag=True),
    option("--template", type=click.Path(path_type=Path), metavar="FILE"),
    *(option(f"--{name}", metavar="TEXT") for name in ("title", "prepared-by", "checked-by")),
    option("--no-annex", is_flag=True),
    *OVERWRITING,
    *DIGITS,
)
SNAPSHOTS = (
    option("--save", type=click.Path(path_type=Path), metavar="FILE"),
    option("--against", type=click.Path(path_type=Path), metavar="FILE"),
)
"""Options that save a result, and compare with a saved one."""
PUBLIC = (option("--public", is_flag=True),)
GATES = (
    option("--fail-if", multiple=True, metavar="CONDITION"),
    option("--max-rejected", metavar="N|P%"),
    *PUBLIC,
    option("--strict", is_flag=True),
)
"""Options that make a run fail, or protect small cells."""
HIDDEN_PUBLIC = (option("--public", is_flag=True, hidden=True),)
"""`--public` for a command that would disclose what it protects: accepted here, then refused with a reason."""
LANG = option("--lang", type=Choice(LANGS), metavar="LANG")
"""Language of the run's output."""
HELP_LANG = option("--lang", type=Choice(LANGS), expose_value=False, metavar="LANG")
"""Language of help and errors, for commands whose output has none."""
RUN = (
    LANG,
    option("-q", "--quiet", is_flag=True),
    option("-v", "--verbose", is_flag=True),
    option("--log-format", type=Choice(["text", "json"]), metavar="HOW"),
    option("--jobs", type=IntegerRange(1, 256), metavar="N"),
)
"""Options of every run: messages, language, processes."""
LOCK = (option("--lock", is_flag=True),)
COLOR = (option("--color", type=Choice(["auto", "always", "never"]), metavar="WHEN"),)

SELECTION = (*READING, *FILTERS)
"""Options of every command that counts: which files are read, how, and which rows."""
COMPARED_GROUPS = (*SELECTION, *COMPARISON, *GROUPING)
"""Options of commands that count groups and compare periods."""
LOCKED_RUN = (*RUN, *LOCK)
"""Options of commands that write files."""
TABLES = (
    *(*GROUPING, *ORDERING, *TABLE_FORMATS, *OUTPUT, *DIGITS, *BARS),
    *(*REJECTS, *SNAPSHOTS, *GATES, *LOCKED_RUN, *COLOR),
)
"""Options of commands that print tables, after those of selection and comparison."""
DEADLINE_TABLES = (
    option("--list", "list_matters", is_flag=True),
    *(LIST_FORMATS[0] if one is TABLE_FORMATS[0] else one for one in TABLES),
)
"""Options of the command that prints tables or lists of open matters."""

REPRODUCED_OPTIONS = frozenset(
    one
    for one in (
        *("date_order", "date_cells", "timezone", "closed_by", "rows", "per"),
        *("sheet", "header", "maps", "map_level", "map_status", "map_rating", "encoding", "delimiter", "log", "include_hidden"),
        *("duplicates", "profile"),
        *("no_profile", "period", "date_by", "where", "as_of", "compare", "by", "measure", "preset", "cross", "rank", "sort"),
        *("top", "bottom", "digits", "lang", "recursive", "public", "detail", "limits", "skip_bad_files", "case_numbers"),
        *("title", "prepared_by", "checked_by", "no_annex"),
    )
)
"""Options that a report prints in its command line, so that the report can be reproduced."""


def command_words(ctx: click.Context, *, full_paths: bool = False) -> tuple[str, ...]:
    """Return the command and the given options that decide the figures; a profile by name, or by path with `full_paths`."""
    words = [ctx.info_name or ""]
    for param in ctx.command.params:
        value = ctx.params.get(param.name or "")
        if param.name not in REPRODUCED_OPTIONS or value is None or value is False or not isinstance(param, click.Option):
            continue
        flag = max(param.opts, key=len)
        if param.is_flag:
            words.append(flag)
        for one in () if param.is_flag else value if isinstance(value, tuple) else (value,):
            words += [flag, Path(one).name if param.name == "profile" and not full_paths else str(one)]
    return tuple(words)


def collect_values(ctx: click.Context, *, full_paths: bool = False) -> dict[str, Any]:
    """Return all option values, with the names of those given by the user, the formats of the command, and its words."""
    from xfstats.config.typed_options import as_keys  # noqa: PLC0415 - --help must not pay for what a run needs

    ctx.params = as_keys(ctx.params)
    given = {name for name in ctx.params if ctx.get_parameter_source(name) not in {None, ParameterSource.DEFAULT}}
    above = ctx.parent.params.get("lang") if ctx.parent else None
    inherited = {"lang": above} if above and not ctx.params.get("lang") else {}
    forms = next((allowed_words(param) for param in ctx.command.params if param.name == "format_"), ())
    return {
        **ctx.params,
        **inherited,
        "said": frozenset({*given, *inherited}),
        "forms": forms,
        "command": command_words(ctx, full_paths=full_paths),
    }


def with_options(
    *groups: Sequence[Callable[[Any], Any]], arguments: Sequence[str] = (), unresolved: bool = False
) -> Callable[[Command], Command]:
    """Add these groups of options to a command, which is called with a Job and an Output, then with `arguments`.

    With `unresolved` the command is called with the option values as they were given.
    """

    def decorate(command: Command) -> Command:
        def run(**_: Any) -> Any:
            from xfstats.config.job import resolve  # noqa: PLC0415 - --help must not pay for what a run needs

            given = collect_values(click.get_current_context(), full_paths=unresolved)
            if unresolved:
                return command(given)
            leading = [given.pop(name) for name in arguments]
            return command(*resolve(given), *leading)

        run.__name__, run.__doc__ = command.__name__, command.__doc__
        for one in reversed([one for group in groups for one in group]):
            run = one(run)
        for name in reversed(arguments):
            run = click.argument(name, metavar=name.upper(), shell_complete=complete)(run)
        return run  # type: ignore[return-value]  # click wraps it at once

    return decorate
