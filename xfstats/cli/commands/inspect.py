"""`xfstats inspect`: how each file was understood, what was not counted and why."""

from __future__ import annotations

from dataclasses import replace

import click

from xfstats.cli import options
from xfstats.cli.help import Help
from xfstats.cli.run import run
from xfstats.config.job import Job, Output
from xfstats.render.inspect import INSPECTIONS


@click.command("inspect", cls=Help)
@options.using(
    options.READ,
    options.SELECT,
    options.COUNT,
    [options.INSPECTED],
    options.WRITE,
    options.REJECTS,
    options.GATE,
    options.RUN,
    options.LOCK,
)
def command(job: Job, output: Output) -> int:
    """Print how each file was understood: sheets, header, columns, words, and what was not counted and why."""
    return run(replace(job, plan=replace(job.plan, evidence=True)), output, INSPECTIONS.__getitem__)
