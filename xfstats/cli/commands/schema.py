"""`xfstats schema`: the JSON Schema of `-f json`."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import Help
from xfstats.render.json import schema


@click.command("schema", cls=Help)
@options.PAGE_LANG
def command() -> None:
    """Print the JSON Schema of `-f json`."""
    click.echo(schema(), nl=False)
