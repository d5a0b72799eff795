"""Command `schema`: the JSON Schemas of all JSON that is printed."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.errors import unknown_name
from xfstats.render.json_schemas import SCHEMAS, json_schema


@click.command("schema", cls=HelpCommand)
@options.HELP_LANG
@click.argument("name", default="summarize", metavar="[NAME]", shell_complete=options.complete)
def command(name: str) -> None:
    """Print the JSON Schema of a command's `-f json`, or of `log`, a line on stderr with `--log-format json`."""
    if name not in SCHEMAS:
        raise unknown_name(name, SCHEMAS, "NAME")
    click.echo(json_schema(name), nl=False)
