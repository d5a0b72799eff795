"""`xfstats inspect`."""

from __future__ import annotations

from dataclasses import replace

from xfstats.cli.run import run
from xfstats.config.job import Job, Output
from xfstats.render.inspect import INSPECTIONS


def inspect_job(job: Job, output: Output) -> int:
    """How the files were understood, to stdout or a file."""
    return run(replace(job, plan=replace(job.plan, evidence=True)), output, INSPECTIONS.__getitem__)
