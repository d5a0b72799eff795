"""`xfstats summarize` and `xfstats deadlines`."""

from __future__ import annotations

from xfstats.cli.run import run
from xfstats.config.job import Job, Output
from xfstats.render import renderer


def summarize_job(job: Job, output: Output) -> int:
    """Tables to stdout or a file; 0, or 1 where something should be looked at."""
    return run(job, output, renderer)
