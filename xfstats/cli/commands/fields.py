"""`xfstats fields`: every field that a column can serve."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import Help
from xfstats.cli.terminal import language, window
from xfstats.render.measure_list import fields_as_lines


@click.command("fields", cls=Help)
@options.LANG
def command(lang: str | None) -> None:
    """List every field that a column can serve, for --map, --by and --where."""
    click.echo(fields_as_lines(lang or language(), window()), nl=False)
