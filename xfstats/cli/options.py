"""Groups of the options of `config.option_table` for the commands; `config.job` interprets them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from xfstats.config.option_table import BY_NAME
from xfstats.config.option_types import FLAG, PATH
from xfstats.config.output_formats import REPORT_FORMATS, TYPED_FORMATS, Result, formats_of
from xfstats.errors import UsageFault

Command = TypeVar("Command", bound=Callable[..., Any])


class Choice(click.Choice[str]):
    """Option type of a fixed set of words; any other word is refused with the most similar one."""

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> Any:
        """Return the key of a word; raise UsageFault where it names none of the choices."""
        if value in self.choices:
            return value
        from xfstats.config.typed_options import as_key, unknown_word_error  # noqa: PLC0415 - --help must not pay for what a run needs

        key = as_key(str(value), _long_name(param))
        if key not in self.choices:
            raise unknown_word_error(str(value), _long_name(param), tuple(self.choices))
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
        return None if value in {*TYPED_FORMATS} - set(allowed_words(self)) else value


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


def click_option(name: str, **settings: Any) -> Callable[[Command], Command]:
    """Return an option of the table for click, with the environment variable that sets it too."""
    one = BY_NAME[name]
    kind: dict[str, Any] = {}
    if one.type is FLAG:
        kind["is_flag"] = True
    elif one.multiple:
        kind["type"] = OneValueALine()
    elif one.type is PATH:
        kind["type"] = click.Path(path_type=Path)
    elif one.type.names:
        kind["type"] = Choice(one.type.names.keys)
    elif one.type.range:
        kind["type"] = IntegerRange(*one.type.range)
    whole = {"multiple": one.multiple, "metavar": one.metavar, "envvar": one.variable, "shell_complete": complete}
    return click.option(*one.flags, one.name, **{**whole, **kind, **settings})


def format_option(names: Sequence[str]) -> Callable[[Command], Command]:
    """Return the option `--format` for a command that prints these formats."""
    return click_option("format_", cls=FormatOption, type=Choice(names))


def group(*names: str) -> tuple[Callable[[Any], Any], ...]:
    """Return options of the table by their names."""
    return tuple(map(click_option, names))


READING = (
    click.argument("files", nargs=-1, required=True, metavar="FILE…", shell_complete=complete),
    *group("recursive", "sheet", "header", "maps", "map_level", "map_status", "map_rating", "date_order", "date_cells", "rows"),
    *group("per", "timezone", "closed_by", "encoding", "delimiter", "log", "include_hidden", "duplicates", "case_numbers"),
    *group("skip_bad_files", "limits", "profile", "no_profile"),
)
"""Options of reading: files, sheets, headers, fields, dates, limits, profile."""
FILTERS = group("period", "date_by", "where", "as_of")
"""Options of row selection."""
COMPARISON = group("compare", "with_")
GROUPING = group("by", "measure", "preset", "cross")
"""Options of groups and measures."""
ORDERING = group("rank", "sort", "top", "bottom")
"""Options of the order of rows and of ranks."""
FORMAT_OF: Mapping[Result, tuple[Callable[[Any], Any]]] = {
    **{result: (format_option(formats_of(result)),) for result in Result},
    Result.REPORT: (format_option(REPORT_FORMATS),),
    Result.MATTERS: (format_option(formats_of(Result.TABLES, Result.MATTERS)),),
}
"""Option `--format` of a command that prints a result; one that lists open matters prints tables, too."""
OUTPUT_PATHS = group("output")
OVERWRITING = group("force", "dry_run")
OUTPUT = (*OUTPUT_PATHS, *OVERWRITING)
REJECTS = group("rejects")
DIGITS = group("digits")
BARS = group("bars")
REPORT_OUTPUT = (
    *OUTPUT_PATHS,
    *FORMAT_OF[Result.REPORT],
    *group("detail", "title", "prepared_by", "checked_by", "addressed_to", "no_annex", "template"),
    *OVERWRITING,
    *DIGITS,
)
SNAPSHOTS = group("save", "against")
"""Options that save a result, and compare with a saved one."""
GATES = group("fail_if", "max_rejected", "public", "strict")
"""Options that make a run fail, or protect small cells."""
PUBLIC = group("public")
HIDDEN_PUBLIC = (click_option("public", hidden=True),)
"""`--public` for a command that would disclose what it protects: accepted here, then refused with a reason."""
LANG = click_option("lang")
"""Language of the run's output."""
HELP_LANG = click_option("lang", expose_value=False)
"""Language of help and errors, for commands whose output has none."""
RUN = group("lang", "quiet", "verbose", "log_format", "jobs", "scheduler", "cache")
"""Options of every run: messages, language, processes."""
LOCK = group("lock")
COLOR = group("color")

SELECTION = (*READING, *FILTERS)
"""Options of every command that counts: which files are read, how, and which rows."""
COMPARED_GROUPS = (*SELECTION, *COMPARISON, *GROUPING)
"""Options of commands that count groups and compare periods."""
LOCKED_RUN = (*RUN, *LOCK)
"""Options of commands that write files."""
TABLES = (
    *(*GROUPING, *ORDERING, *FORMAT_OF[Result.TABLES], *OUTPUT, *DIGITS, *BARS),
    *(*REJECTS, *SNAPSHOTS, *GATES, *LOCKED_RUN, *COLOR),
)
"""Options of commands that print tables, after those of selection and comparison."""
DEADLINE_TABLES = (
    *group("list_matters"),
    *(FORMAT_OF[Result.MATTERS][0] if one is FORMAT_OF[Result.TABLES][0] else one for one in TABLES),
)
"""Options of the command that prints tables or lists of open matters."""


def command_words(ctx: click.Context, *, full_paths: bool = False) -> tuple[str, ...]:
    """Return the command and the given options that decide the figures; a profile by name, or by path with `full_paths`."""
    words = [ctx.info_name or ""]
    for param in ctx.command.params:
        value = ctx.params.get(param.name or "")
        row = BY_NAME.get(param.name or "")
        if row is None or not row.reproduced or value is None or value is False or not isinstance(param, click.Option):
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
