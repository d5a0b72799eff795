"""Command `schema`: the JSON Schema of `-f json`."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.render.json import json_schema


@click.command("schema", cls=HelpCommand)
@options.HELP_LANG
def command() -> None:
    """Print the JSON Schema of `-f json`."""
    click.echo(json_schema(), nl=False)
