"""Command `check`: what to mend in a log before it is sent up, and where."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.run import finish_run, make_job_report, render_outputs, run_locked, write_files
from xfstats.config.job import Job, Output
from xfstats.config.output_formats import Result
from xfstats.errors import UsageFault
from xfstats.render import load_renderer
from xfstats.reports.check import check_report


@click.command("check", cls=HelpCommand)
@options.with_options(
    options.SELECTION,
    options.GROUPING,
    options.FORMAT_OF[Result.CHECK],
    options.OUTPUT,
    options.HIDDEN_PUBLIC,
    options.LOCKED_RUN,
)
def command(job: Job, output: Output) -> int:
    """Print what to mend in logs before they are sent up, and where; exit 1 where there is something to mend."""
    return run_locked(check_job, job, output)


def check_job(job: Job, output: Output) -> int:
    """Write what to mend; return 1 where there is something."""
    if job.gates.public:
        raise UsageFault("E234", one="--public", other="check")
    report = make_job_report(replace(job, plan=replace(job.plan, evidence=True)), output)
    write_files(render_outputs(report, output, partial(load_renderer, result=Result.CHECK)), job, output)
    code = finish_run(replace(report, reasons=()), job, output)
    return 1 if check_report(report).mend else code
