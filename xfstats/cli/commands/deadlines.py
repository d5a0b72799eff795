"""Command `deadlines`: open cases by the days left until their limits, and the list of those that are overdue or soon due."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.run import run_and_write
from xfstats.config.job import Job, Output
from xfstats.config.output_formats import Result, formats_of
from xfstats.errors import UsageFault
from xfstats.measures.definitions import DEADLINES
from xfstats.render import load_renderer
from xfstats.reports.requests import deadlines_plan


@click.command("deadlines", cls=HelpCommand)
@options.with_options(options.SELECTION, options.DEADLINE_TABLES)
def command(job: Job, output: Output) -> int:
    """Count the open cases of each group by the days that are left until their limit: overdue, 7 days, 30 days, more."""
    listed = bool(click.get_current_context().params.get("list_matters"))
    result = Result.MATTERS if listed else Result.TABLES
    _check_forms(output, formats_of(result))
    plan = deadlines_plan(job.plan)
    if listed:
        plan = replace(plan, matters=True, measures=DEADLINES, by=plan.by if plan.by is not None else ("unit",))
    return run_and_write(replace(job, plan=plan), output, partial(load_renderer, result=result))


def _check_forms(output: Output, forms: tuple[str, ...]) -> None:
    """Raise UsageFault where a form is asked for that the list, or the table, is not written in."""
    if not set(output.forms) <= set(forms):
        raise UsageFault("E219", forms=", ".join(forms))
