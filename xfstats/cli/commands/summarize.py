"""`xfstats summarize`: counts and rates per group, a table for each kind of log."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import Help
from xfstats.cli.run import run
from xfstats.config.job import Job, Output
from xfstats.render import renderer


@click.command("summarize", cls=Help)
@options.using(
    options.READ,
    options.SELECT,
    options.COMPARE,
    options.COUNT,
    options.ORDER,
    [options.TABLES],
    options.WRITE,
    options.DIGITS,
    options.BARS,
    options.REJECTS,
    options.SAVE,
    options.GATE,
    options.RUN,
    options.LOCK,
    options.COLOR,
)
def command(job: Job, output: Output) -> int:
    """Print counts and rates per group, one table for each kind of log."""
    return run(job, output, renderer)
