"""Command `deadlines`: open cases by the days left until their limits."""

from __future__ import annotations

from dataclasses import replace

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.run import run_and_write
from xfstats.config.job import Job, Output
from xfstats.measures.definitions import DEADLINES, DUE_DAYS
from xfstats.render import load_renderer


@click.command("deadlines", cls=HelpCommand)
@options.with_options(options.SELECTION, options.TABLES)
def command(job: Job, output: Output) -> int:
    """Count the open cases of each group by the days that are left until their limit: overdue, 7 days, 30 days, more."""
    # logs without outcomes and due days are left out; refused where all are so
    plan = replace(job.plan, skip_unsupported=True)
    if plan.measures is None:
        plan = replace(plan, measures=DEADLINES, extra_measures=(*plan.extra_measures, DUE_DAYS))
    return run_and_write(replace(job, plan=plan), output, load_renderer)
