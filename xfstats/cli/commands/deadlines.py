"""To be described."""

from __future__ import annotations

from dataclasses import replace

from xfstats.cli.run import run
from xfstats.config.job import Job, Output
from xfstats.measures.definitions import DEADLINES, DUE_DAYS
from xfstats.render import renderer


def deadlines_job(job: Job, output: Output) -> int:
    """Open cases by the days left; logs that know neither outcomes nor due days are left out, and refused where all are so."""
    plan = replace(job.plan, lenient=True)
    if plan.measures is None:
        plan = replace(plan, measures=DEADLINES, also=(*plan.also, DUE_DAYS))
    return run(replace(job, plan=plan), output, renderer)
