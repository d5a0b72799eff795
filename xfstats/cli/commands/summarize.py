"""Command `summarize`: counts and rates per group, a table for each kind of log."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.run import run_and_write
from xfstats.config.job import Job, Output
from xfstats.render import load_renderer


@click.command("summarize", cls=HelpCommand)
@options.with_options(options.SELECTION, options.COMPARISON, options.TABLES)
def command(job: Job, output: Output) -> int:
    """Print counts and rates per group, one table for each kind of log."""
    return run_and_write(job, output, load_renderer)
