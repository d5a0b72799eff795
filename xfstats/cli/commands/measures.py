"""Command `measures`: list of all measures with their definitions."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.terminal import language, terminal_width
from xfstats.measures.choices import PRESETS
from xfstats.render.measure_list import measures_as_markdown, measures_as_text, preset_choices


@click.command("measures", cls=HelpCommand)
@options.LANG
@options.click_option("preset", default="plain", type=options.Choice(PRESETS))
@click.option(
    "-f", "--format", "format_", type=options.Choice(["table", "md"]), metavar="FORM", help="Lines (table), or a page (md)."
)
def command(lang: str | None, preset: str, format_: str | None) -> None:
    """List every measure: its key, what it is, and what it is divided by."""
    page_lang = lang or language()
    click.echo(
        measures_as_markdown(page_lang)
        if format_ == "md"
        else measures_as_text(page_lang, preset_choices(preset), terminal_width()),
        nl=False,
    )
