"""`xfstats profile init`."""

from __future__ import annotations

from dataclasses import replace

from xfstats.cli.output import emit
from xfstats.cli.run import report_on, say_profile
from xfstats.cli.terminal import tell
from xfstats.config.job import Job, Output
from xfstats.errors import XfstatsError
from xfstats.messages import say
from xfstats.render import renderer
from xfstats.render.profile_toml import inferred
from xfstats.render.style import Style
from xfstats.report.table import Report
from xfstats.rereading import read_options, unkept, with_own, written_job


def profile_job(job: Job) -> int:
    """A profile with what was inferred, to stdout; 1 where a run with it would not give the same."""
    job = with_own(job)
    report = report_on(replace(job, plan=replace(job.plan, evidence=True)), Output())
    missing = unkept(job)
    made = inferred(report, job.profile, read_options(job.plan), missing)
    emit(made, None, force=False, inputs=())
    say_profile(job, report)
    if missing and not job.quiet:
        tell(say("profile.unkept", report.lang, names=" ".join(missing)))
    if any(source.stdin for source in job.sources) or _same(job, report, made):
        return 0
    tell(say("profile.differs", report.lang), "warning")
    return 1


def _same(job: Job, report: Report, text: str) -> bool:
    """Whether the logs, read again with a profile of this text, give the same report."""
    as_json = renderer("json")
    try:
        again = report_on(written_job(job, text), Output())
    except XfstatsError:
        return False
    return as_json(again, Style()) == as_json(report, Style())
