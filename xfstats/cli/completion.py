"""Completion of what options take: keys and their names in both languages, periods, sheets of the file typed, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from xfstats.cli.terminal import language
from xfstats.config.limits import LIMITS
from xfstats.config.option_table import OPTIONS, Spelling
from xfstats.config.option_types import PATH, PATH_AND_NAME
from xfstats.config.sheet_names import sheet_names
from xfstats.config.typed_options import NAMES
from xfstats.config.typed_words import Names, names, packaged_names
from xfstats.messages import name_of
from xfstats.render.json_schemas import SCHEMAS

_LISTS, _NAMED_FIRST, _NAMED_LAST = (
    frozenset(one.flag for one in OPTIONS if one.spelling is spelling)
    for spelling in (Spelling.LIST, Spelling.NAMED_FIRST, Spelling.NAMED_LAST)
)
"""Options that take several keys between commas, those of KEY=VALUE, and those of WORD=KEY."""
_FILES = frozenset(one.flag for one in OPTIONS if one.type in {PATH, PATH_AND_NAME})
_SHELL_WORD = re.compile(r"[\w.,:=\-\[\]]+")
"""Values that every shell takes as they stand."""
MOST_FILES = 8
"""Files typed whose sheets are offered."""


SHELLS = ("bash", "zsh", "fish", "powershell")
"""Shells that can complete; click before 8.4 does not know the last."""


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what may be typed for an option or argument."""
    option = max(param.opts, key=len) if isinstance(param, click.Option) else (param.metavar or "")
    if option in _FILES or option.startswith(("FILE", "REPORT", "[FILE")):
        return [CompletionItem(incomplete, type="file")]
    finder = _FINDERS.get(option)
    if finder is not None:
        return [item for item in finder(ctx) if str(item.value).startswith(incomplete)]
    if option not in NAMES:
        return []
    return list(_keys(option, incomplete))


def _keys(option: str, incomplete: str) -> Iterator[CompletionItem]:
    """Yield the keys that an option takes, or the names in either language that begin as typed."""
    known = NAMES[option]
    head, tail = "", ""
    if option in _LISTS or option in _NAMED_LAST:
        mark = "," if option in _LISTS else "="
        before, found, incomplete = incomplete.rpartition(mark)
        head = before + found
        if option in _NAMED_LAST and not found:
            return
    elif option in _NAMED_FIRST:
        if "=" in incomplete:
            return
        tail = "="
    typed = set(head.split(",")) if option in _LISTS else set()
    for key in known.keys:
        if key not in typed:
            yield from (
                CompletionItem(head + word + tail, help=name_of(known.table, key, language()))
                for word in _words(known, key, incomplete)
            )


def _words(known: Names, key: str, incomplete: str) -> Iterator[str]:
    """Yield the key where it begins as typed, else its first name that does."""
    wanted = incomplete.casefold()
    if key.casefold().startswith(wanted):
        yield key
    elif wanted:
        fitting = (name for name in names(known.table, key) if name.casefold().startswith(wanted) and _SHELL_WORD.fullmatch(name))
        yield from [name for name in [next(fitting, None)] if name]


def _periods(_: click.Context) -> Iterator[CompletionItem]:
    """Yield the periods that are told from the day of judgement, in both languages."""
    for key, others in packaged_names()["relative"].items():
        yield CompletionItem(key, help=others[0])
    for others in packaged_names()["relative"].values():
        yield from (CompletionItem(word) for word in others if _SHELL_WORD.fullmatch(word) and not word.isascii())


def _sheets(ctx: click.Context) -> Iterator[CompletionItem]:
    """Yield the sheets of the workbooks that are already typed."""
    typed = [*(ctx.params.get("files") or ()), *ctx.args]
    found = (name for path in typed[:MOST_FILES] for name in sheet_names(Path(path)))
    yield from map(CompletionItem, dict.fromkeys(found))


def _limits(_: click.Context) -> Iterator[CompletionItem]:
    """Yield the names of limits."""
    yield from (CompletionItem(f"{name}=", help=name_of("limits", name, language())) for name in LIMITS)


_FINDERS: Mapping[str, Callable[[click.Context], Iterator[CompletionItem]]] = {
    "--period": _periods,
    "--sheet": _sheets,
    "--limit": _limits,
    "SHELL": lambda _: map(CompletionItem, SHELLS),
    "[NAME]": lambda _: map(CompletionItem, SCHEMAS),
}
