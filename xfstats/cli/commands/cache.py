"""Command `cache`: what a cache of tallies holds, and its end."""

from __future__ import annotations

from pathlib import Path

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.terminal import language
from xfstats.messages import joined, say
from xfstats.pipeline.cache_folder import Contents, clear, look_into


@click.command("cache", cls=HelpCommand)
@options.HELP_LANG
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), shell_complete=options.complete)
@options.click_option("cleared", envvar=None)
def command(folder: Path, cleared: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Print how many tallies the cache DIR holds, their size and the versions that wrote them, or delete them."""
    lang = language()
    held = clear(folder) if cleared else look_into(folder)
    click.echo(say("cache.cleared" if cleared else "cache.held", lang, count=held.entries, size=_size(held.size)))
    if not cleared and held.entries:
        click.echo(_versions(held, lang))


def _size(count: int) -> str:
    """Return a number of bytes in a unit that leaves few figures."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{(count + 999) // 1000} kB"


def _versions(held: Contents, lang: str) -> str:
    """Return the versions that wrote the entries, each with how many; entries that tell none are damaged."""
    told = [f"{version} ({count})" for version, count in sorted(held.versions.items()) if version]
    lines = [say("cache.versions", lang, versions=joined(told, lang))] if told else []
    return "\n".join([*lines, *([say("cache.unread", lang, count=held.versions[""])] if held.versions[""] else [])])
