"""Command `fields`: list of all fields."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.terminal import language, terminal_width
from xfstats.render.measure_list import fields_as_text


@click.command("fields", cls=HelpCommand)
@options.LANG
def command(lang: str | None) -> None:
    """List every field that a column can serve, for --map, --by and --where."""
    click.echo(fields_as_text(lang or language(), terminal_width()), nl=False)
