"""Command `deadlines`: open cases by the days left until their limits."""

from __future__ import annotations

from dataclasses import replace

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.run import run_and_write
from xfstats.config.job import Job, Output
from xfstats.render import load_renderer
from xfstats.report.requests import deadlines_plan


@click.command("deadlines", cls=HelpCommand)
@options.with_options(options.SELECTION, options.TABLES)
def command(job: Job, output: Output) -> int:
    """Count the open cases of each group by the days that are left until their limit: overdue, 7 days, 30 days, more."""
    return run_and_write(replace(job, plan=deadlines_plan(job.plan)), output, load_renderer)
