"""Command `explain`: the definition of one figure and the positions of the rows behind it."""

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
from xfstats.reports.requests import explain_figure


@click.command("explain", cls=HelpCommand)
@options.with_options(
    options.COMPARED_GROUPS,
    options.FORMAT_OF[Result.EXPLANATION],
    options.OUTPUT,
    options.DIGITS,
    options.HIDDEN_PUBLIC,
    options.LOCKED_RUN,
    arguments=("figure",),
)
def command(job: Job, output: Output, figure: str) -> int:
    """Print the definition of a figure such as closure_rate[县级], its numerator and denominator, and the rows behind it."""
    return run_locked(explain_job, job, output, figure)


def explain_job(job: Job, output: Output, figure: str) -> int:
    """Write the explanation of one figure; the logs are read twice, to resolve its name and to locate its rows."""
    if job.gates.public:
        raise UsageFault("E234", one="--public", other="explain")
    found, report = explain_figure(figure, job.plan, lambda plan: make_job_report(replace(job, plan=plan), output))
    write_files(render_outputs(report, output, lambda form: partial(load_renderer(form, Result.EXPLANATION), found)), job, output)
    return finish_run(report, job, output)
