"""Command `inspect`: how each file was understood, and which rows were not counted and why."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.run import run_and_write
from xfstats.config.job import Job, Output
from xfstats.config.output_formats import Result
from xfstats.render import load_renderer


@click.command("inspect", cls=HelpCommand)
@options.with_options(
    options.SELECTION,
    options.GROUPING,
    options.FORMAT_OF[Result.INSPECTION],
    options.OUTPUT,
    options.REJECTS,
    options.GATES,
    options.LOCKED_RUN,
)
def command(job: Job, output: Output) -> int:
    """Print how each file was understood: sheets, header, columns, words, and what was not counted and why."""
    return run_and_write(
        replace(job, plan=replace(job.plan, evidence=True)), output, partial(load_renderer, result=Result.INSPECTION)
    )
