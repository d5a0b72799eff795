"""To be described."""

from __future__ import annotations

from dataclasses import replace

from xfstats.cli.run import run
from xfstats.config.job import Job, Output
from xfstats.measures.definitions import DEADLINES
from xfstats.render import renderer


def deadlines_job(job: Job, output: Output) -> int:
    """Open cases by the days left; logs that know neither outcomes nor dates are left out."""
    plan = replace(job.plan, measures=job.plan.measures or DEADLINES, lenient=True)
    return run(replace(job, plan=plan), output, renderer)
