"""Writes the man pages in `man/` from the commands and their texts, as the help has them: `make pages`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from xfstats import __version__
from xfstats.cli.first_page import first_page
from xfstats.cli.help import CommandFolder, HelpCommand, text_key
from xfstats.cli.main import main
from xfstats.messages import has, name_of, raw, several

FOLDER = Path(__file__).parents[1] / "man"
PLACES = {"en": "man1", "zh": "zh_CN/man1"}
"""Folder of the pages of a language, as `man` looks for them in share/man."""
TITLES = {
    "en": (
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "EXAMPLES",
        "COMMANDS",
        "OPTIONS",
        "ENVIRONMENT",
        "FILES",
        "EXIT STATUS",
        "SEE ALSO",
    ),
    "zh": ("名称", "概要", "说明", "示例", "命令", "选项", "环境变量", "文件", "退出码", "参见"),
}
NAME, SYNOPSIS, DESCRIPTION, EXAMPLES, COMMANDS, OPTIONS, ENVIRONMENT, FILES, EXIT, SEE = range(10)
VARIABLE = {
    "en": "Each long option; what was typed goes first. LC_ALL and LANG decide the language where --lang does not.",
    "zh": "每个长选项都可以这样写；命令行优先。没有 --lang 时，语言由 LC_ALL 和 LANG 决定。",
}
PROFILE = {
    "en": "The office's words and choices, read where it lies beside the inputs.",
    "zh": "本单位的词和规则，放在登记表旁边时自动读入。",
}
ESCAPES = str.maketrans({"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", '"': r"\(dq"})


def escaped(text: str) -> str:
    """Return a line of text in which troff sees neither a request nor an escape."""
    plain = text.translate(ESCAPES)
    return rf"\&{plain}" if plain.startswith(".") else plain


def sentence(text: str) -> str:
    """Return a text as one line, whatever its breaks."""
    return escaped(" ".join(text.split()))


def page(ctx: click.Context, command: HelpCommand, lang: str) -> str:
    """Return the page of a command in a language."""
    titles = TITLES[lang]
    text = _description(ctx, command, lang)
    lines = [r".\" made by docs/man.py; do not edit", rf'.TH {_file(ctx).upper()} 1 "" "xfstats {__version__}" xfstats']
    lines += [
        ".nh",
        ".ad l",
        f".SH {titles[NAME]}",
        rf"{escaped(_file(ctx))} \- {sentence(text.partition(chr(10))[0]).rstrip('.。')}",
    ]
    lines += [f".SH {titles[SYNOPSIS]}", rf".B {escaped(ctx.command_path)}", escaped(command.usage(ctx, lang))]
    lines += [f".SH {titles[DESCRIPTION]}"]
    lines += "\n.PP\n".join(sentence(one) for one in text.split("\n\n")).split("\n")
    if examples := _examples(ctx, lang):
        lines += [f".SH {titles[EXAMPLES]}", ".nf", *map(escaped, examples), ".fi"]
    if isinstance(command, CommandFolder):
        texts = ((name, raw(f"commands.{command.prefix}{name}", lang).partition("\n")[0]) for name in command.list_commands(ctx))
        lines += [f".SH {titles[COMMANDS]}", *_terms(texts)]
    lines += [f".SH {titles[OPTIONS]}"]
    for heading, rows in command.option_rows(ctx, lang).items():
        lines += [f'.SS "{sentence(heading)}"', *_terms(rows)]
    lines += [f".SH {titles[ENVIRONMENT]}", *_terms([("XFSTATS_AS_OF, XFSTATS_PERIOD, …", VARIABLE[lang])])]
    lines += [f".SH {titles[FILES]}", *_terms([("xfstats.toml", PROFILE[lang])])]
    lines += [f".SH {titles[EXIT]}", sentence(_exit_codes(lang))]
    lines += [f".SH {titles[SEE]}", *_others(ctx, command)]
    return "\n".join(lines) + "\n"


def _description(ctx: click.Context, command: HelpCommand, lang: str) -> str:
    """Return what the command does; of the program, the sentence of its first page."""
    return name_of("commands", text_key(ctx), lang) if ctx.parent else first_page(lang).split("\n\n")[1]


def _examples(ctx: click.Context, lang: str) -> Iterable[str]:
    """Return lines to type."""
    if ctx.parent is None:
        return [line.removeprefix("  ") for line in first_page(lang).split("\n\n")[2].splitlines()]
    return several(f"examples.{text_key(ctx)}", lang) if has(f"examples.{text_key(ctx)}") else ()


def _exit_codes(lang: str) -> str:
    """Return the list of exit codes of the first page, without its heading."""
    said = first_page(lang).rstrip().split("\n\n")[-1].replace("：", ": ", 1)
    codes = said.partition(": ")[2]
    return "".join(codes.splitlines()) if lang == "zh" else codes


def _terms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield terms, each with its description under it."""
    for term, text in rows:
        yield from (".TP", rf"\fB{escaped(term)}\fR", sentence(text))


def _file(ctx: click.Context) -> str:
    """Return the name of a command's page: `xfstats-profile-init`."""
    return ctx.command_path.replace(" ", "-")


def _others(ctx: click.Context, command: HelpCommand) -> list[str]:
    """Return references to the pages of the commands below and above."""
    below = command.list_commands(ctx) if isinstance(command, CommandFolder) else []
    names = [f"{_file(ctx)}-{name}" for name in below] + ([_file(ctx.parent)] if ctx.parent else [])
    return [rf".BR {escaped(name)} (1){',' if name != names[-1] else ''}" for name in names]


def contexts(command: HelpCommand, name: str, parent: click.Context | None = None) -> Iterator[click.Context]:
    """Yield the context of a command and of each below it."""
    ctx = click.Context(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
    yield ctx
    if isinstance(command, CommandFolder):
        for below, one in command.all_commands(ctx).items():
            if isinstance(one, HelpCommand):
                yield from contexts(one, below, ctx)


def pages() -> Mapping[str, str]:
    """Return every page by its path under `man`."""
    return {
        f"{place}/{_file(ctx)}.1": page(ctx, ctx.command, lang)
        for ctx in contexts(main, "xfstats")
        for lang, place in PLACES.items()
        if isinstance(ctx.command, HelpCommand)
    }


if __name__ == "__main__":
    made = pages()
    for old in FOLDER.rglob("*.1"):
        if old.relative_to(FOLDER).as_posix() not in made:
            old.unlink()
    for path, text in made.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, "utf-8")
