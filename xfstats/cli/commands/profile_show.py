"""Command `profile show`: the vocabulary in force."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.config.job import named_profile
from xfstats.config.profile import default_words
from xfstats.render.toml import words_as_toml


@click.command("show", cls=HelpCommand)
@options.HELP_LANG
@click.argument("file", required=False, metavar="[FILE[:NAME]]", shell_complete=options.complete)
def command(file: str | None) -> None:
    """Print the vocabulary in force: the packaged words, replaced by those of a profile."""
    loaded = named_profile(file)
    click.echo(words_as_toml(loaded.words, loaded.plain, default_words()["levels"]), nl=False)
