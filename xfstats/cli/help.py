"""Help pages in two languages, with examples; columns are aligned by display width, which click does not measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click
from click.core import ParameterSource

from xfstats.cli.first_page import first_page
from xfstats.cli.terminal import language, page_width
from xfstats.config.option_table import BY_NAME, Heading
from xfstats.errors import UsageFault, unknown_name
from xfstats.messages import has, keys, name_of, raw, several

_MIN_TWO_COLUMN_WIDTH = 60
"""Terminal width below which each definition stands under its term."""
_MAX_WITHOUT_HEADINGS = 8
"""Number of options up to which they are listed without headings."""


class WideHelpFormatter(click.HelpFormatter):
    """Help formatter that measures text by display width."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, wrapped to the page width."""
        from xfstats.render.safe_text import wrap_text  # noqa: PLC0415 - only for help

        indent = " " * self.current_indent
        for paragraph in text.split("\n\n"):
            lines = wrap_text(" ".join(paragraph.split()), max(self.width - self.current_indent, 10))
            self.write("".join(f"{indent}{line}\n" for line in lines))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line, wrapped to the page width."""
        from xfstats.render.safe_text import wrap_text  # noqa: PLC0415 - as above

        self.write("".join(f"{line}\n" for line in wrap_text(f"{prefix}{prog} {args}", self.width, "  ")))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and definitions in two columns, or each definition under its term on a narrow terminal."""
        from xfstats.render.safe_text import display_width, wrap_text  # noqa: PLC0415 - as above

        rows = list(rows)
        widths = [display_width(term) for term, _ in rows]
        first = 4 if self.width < _MIN_TWO_COLUMN_WIDTH else min(max(widths, default=0), col_max) + col_spacing
        for (term, text), cells in zip(rows, widths, strict=True):
            lines = wrap_text(" ".join(text.split()), max(self.width - first - self.current_indent, 10))
            self.write(" " * self.current_indent + term)
            if not lines:
                self.write("\n")
                continue
            if cells <= first - col_spacing:
                self.write(" " * (first - cells))
            else:
                self.write("\n" + " " * (first + self.current_indent))
            self.write(lines[0] + "\n")
            for line in lines[1:]:
                self.write(" " * (first + self.current_indent) + line + "\n")


@contextmanager
def _variables_named(ctx: click.Context) -> Iterator[None]:
    """Let a usage error about an option that was said by an environment variable name the variable."""
    try:
        yield
    except UsageFault as error:
        about = set(re.findall(r"--[a-z-]+", error.sentence("en")))
        said = (one for one in ctx.command.params if ctx.get_parameter_source(one.name or "") is ParameterSource.ENVIRONMENT)
        error.variable = next((str(one.envvar) for one in said if about & set(one.opts)), error.variable)
        raise


class HelpCommand(click.Command):
    """Command whose help page is in the language of --lang, the environment or the locale."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; an error about an option that the environment said names the variable."""
        with _variables_named(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; its errors name variables in the same way."""
        with _variables_named(ctx):
            return super().invoke(ctx)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page, as wide as the terminal up to 100 columns."""
        formatter = WideHelpFormatter(width=page_width())
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Return what a shell offers: options with their descriptions, which click does not know."""
        found = super().shell_complete(ctx, incomplete)
        named = {name: param for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)}
        for item in found:
            param = named.get(item.value)
            name = "help" if item.value == "--help" else "version" if item.value == "--version" else param.name if param else ""
            if param is not None and has(name or "", "options"):
                item.help = " ".join(_option_text(name or "", param, language()).split())
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line in the page's language."""
        formatter.write_usage(ctx.command_path, self.usage(ctx, language()), prefix=raw("help.usage", language()))

    def usage(self, ctx: click.Context, lang: str) -> str:
        """Return what may follow the command's name in the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        for word, key in (("[OPTIONS]", "help.options"), ("COMMAND [ARGS]...", "help.command")):
            pieces = pieces.replace(word, raw(key, lang))
        for param in self.get_params(ctx):
            if isinstance(param, click.Argument) and param.metavar:
                pieces = pieces.replace(param.metavar, name_of("metavars", param.metavar, lang))
        return pieces

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, then its examples."""
        name, lang = text_key(ctx) or self.name or "", language()
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(name_of("commands", name, lang))
        if has(name, "examples"):
            formatter.write_paragraph()
            with formatter.indentation():
                for line in several(name, lang, "examples"):
                    formatter.write_text(line)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their headings; a few options under one heading."""
        for heading, rows in self.option_rows(ctx, language()).items():
            with formatter.section(heading):
                formatter.write_dl(rows)

    def option_rows(self, ctx: click.Context, lang: str) -> dict[str, list[tuple[str, str]]]:
        """Return the options and their descriptions by heading; a few options under one heading."""
        records: dict[str, list[tuple[str, str]]] = {heading.value: [] for heading in Heading}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
            if record is not None:
                name = "help" if "--help" in param.opts else "version" if "--version" in param.opts else param.name or ""
                heading = BY_NAME[name].heading if name in BY_NAME else Heading.OTHERS
                records[heading.value].append((_with_metavar(record[0], param, lang), _option_text(name, param, lang)))
        if sum(map(len, records.values())) <= _MAX_WITHOUT_HEADINGS:
            records = {"help.heading.all": [row for rows in records.values() for row in rows]}
        return {raw(key, lang): rows for key, rows in records.items() if rows}


def text_key(ctx: click.Context) -> str:
    """Return the key of a command's texts: its names below the program, `profile_check` for `xfstats profile check`."""
    names = []
    while ctx.parent is not None:
        names.append(ctx.info_name or "")
        ctx = ctx.parent
    return "_".join(reversed(names))


def _with_metavar(term: str, param: click.Parameter, lang: str) -> str:
    """Return the names of an option with the word for its value in the page's language."""
    word = param.metavar
    return term.removesuffix(word) + name_of("metavars", word, lang) if word and term.endswith(word) else term


def _option_text(name: str, param: click.Parameter, lang: str) -> str:
    """Return the description of an option; for --format with the formats that its command prints."""
    forms = ", ".join(param.type.choices) if isinstance(param.type, click.Choice) else ""
    return raw(name, lang, "options").replace("{forms}", forms)


class CommandFolder(HelpCommand, click.Group):
    """Command group whose commands are the modules of `cli/commands` with a prefix, each imported when it is called."""

    def __init__(self, *args: Any, prefix: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Return the names of the commands, in the order of the help pages."""
        modules = {module.name for module in iter_modules([str(Path(__file__).with_name("commands"))])}
        names = [name for name in keys("commands") if name in modules and ("_" in name) == bool(self.prefix)]
        return [name.removeprefix(self.prefix) for name in names if name.startswith(self.prefix)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name; None where there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"xfstats.cli.commands.{self.prefix}{cmd_name}").command
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Return what a shell offers: commands with their descriptions, none of which is imported, and options."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only completion pays for it

        texts = {name: raw(self.prefix + name, language(), "commands").partition("\n")[0] for name in self.list_commands(ctx)}
        commands = [CompletionItem(name, help=text) for name, text in texts.items() if name.startswith(incomplete)]
        return [*commands, *HelpCommand.shell_complete(self, ctx, incomplete)] if incomplete.startswith("-") else commands

    def all_commands(self, ctx: click.Context) -> dict[str, click.Command]:
        """Return all commands by name."""
        return {name: one for name in self.list_commands(ctx) if (one := self.get_command(ctx, name)) is not None}

    def get_help(self, ctx: click.Context) -> str:
        """Return the first page for the program itself, the list of commands and options for a subgroup."""
        return first_page(language()).rstrip("\n") if ctx.parent is None else super().get_help(ctx)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name; raise UsageFault with the most similar name where there is none."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise unknown_name(args[0], tuple(self.list_commands(ctx)), ctx.command_path)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        lang = language()
        names = self.list_commands(ctx)
        descriptions = [(name, raw(self.prefix + name, lang, "commands").partition("\n")[0]) for name in names]
        with formatter.section(raw("help.heading.commands", lang)):
            formatter.write_dl(descriptions)
        super().format_options(ctx, formatter)
