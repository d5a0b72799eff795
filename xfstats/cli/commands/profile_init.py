"""Command `profile init`: a profile inferred from logs."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.output import write_output
from xfstats.cli.run import make_job_report, print_profile_name
from xfstats.cli.terminal import print_message
from xfstats.config.job import Job, Output
from xfstats.config.parse import parse_also, parse_plan, parse_view
from xfstats.config.plan import TAB, TAB_NAMES, Gates, Plan
from xfstats.config.profile import NAME, Profile, load_profile
from xfstats.errors import XfstatsError
from xfstats.messages import say
from xfstats.render import load_renderer
from xfstats.render.profile_toml import inferred_profile
from xfstats.render.style import Style
from xfstats.reports.table import Report


@click.command("init", cls=HelpCommand)
@options.with_options(options.READING, options.RUN)
def command(job: Job, _output: Output) -> int:
    """Print a profile with what was inferred from these files, to look through and keep as xfstats.toml."""
    return profile_job(job)


def profile_job(job: Job) -> int:
    """Print an inferred profile to stdout; return 1 where a run with it would give another report."""
    job = with_profile_options(job)
    report = make_job_report(replace(job, plan=replace(job.plan, evidence=True)), Output())
    missing = unsaved_options(job)
    profile_text = inferred_profile(report, job.profile, reading_options(job.plan), missing)
    write_output(profile_text, None, force=False, inputs=())
    print_profile_name(job, report)
    if missing and not job.quiet:
        print_message(say("profile.unkept", report.lang, names=" ".join(missing)), code="unkept")
    if any(source.stdin for source in job.sources) or _gives_same_report(job, report, profile_text):
        return 0
    print_message(say("profile.differs", report.lang), "warning", "differs")
    return 1


def _gives_same_report(job: Job, report: Report, text: str) -> bool:
    """True if a run with a profile of this text gives the same report."""
    as_json = load_renderer("json")
    try:
        again = make_job_report(job_with_profile_text(job, text), Output())
    except XfstatsError:
        return False
    return as_json(again, Style()) == as_json(report, Style())


def with_profile_options(job: Job) -> Job:
    """Return the job with all options of its profile, also those that `profile init` lacks."""
    return _job_with_profile(job, job.profile, job.plan)


def job_with_profile_text(job: Job, text: str) -> Job:
    """Return the job with a profile of this text, located where its own profile is."""
    return _job_with_profile(job, load_profile(Path(job.profile.source or NAME), named=True, text=text), None)


def _job_with_profile(job: Job, profile: Profile, read: Plan | None) -> Job:
    """Return the job with a profile; the reading options of `read` take precedence over the profile's."""
    chosen = {**profile.options, "as_of": job.plan.as_of}
    if not chosen.get("period"):
        for name in ("compare", "with_"):
            chosen.pop(name, None)  # the period is typed, month by month
    plan = replace(parse_plan(chosen, profile), extra_measures=parse_also(chosen))
    if read is not None:
        names = (
            "log",
            "sheets",
            "header",
            "column_maps",
            "encoding",
            "delimiter",
            "include_hidden",
            "duplicates",
            "salt",
            "limits",
        )
        plan = replace(plan, **{name: getattr(read, name) for name in names})
    return replace(job, profile=profile, plan=plan, view=parse_view(chosen), gates=Gates(skip_bad_files=job.gates.skip_bad_files))


def reading_options(plan: Plan) -> Mapping[str, Any]:
    """Return the options that the logs were read with, by profile key, without those at their defaults."""
    first, last = plan.header or (0, 0)
    keys = {
        "sheet": list(plan.sheets),
        "header": first if first == last else f"{first}-{last}",
        "log": plan.log.value if plan.log else None,
        "encoding": plan.encoding,
        "delimiter": TAB_NAMES[0] if plan.delimiter == TAB else plan.delimiter,
        "include_hidden": plan.include_hidden,
        "duplicates": plan.duplicates if plan.duplicates != "count" else None,
        "case_numbers": plan.salt is not None,
        "map": dict(plan.column_maps),
        "limit": dict(plan.limits),
    }
    return {key: value for key, value in keys.items() if value}


def unsaved_options(job: Job) -> tuple[str, ...]:
    """Return the given options that a profile cannot hold, since they belong to a single run."""
    skipping = job.gates.skip_bad_files and not job.profile.options.get("skip_bad_files")
    typed = [*shlex.split(job.command), *(["--skip-bad-files"] if skipping else [])]
    return tuple(flag for flag in ("--recursive", "--skip-bad-files", "--lang") if flag in typed)
