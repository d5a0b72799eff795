"""Python interface: functions take logs and options, and return results with exact figures.

A log is a path (a file, a folder, a glob), the bytes of a file, a file opened in binary mode, or a pandas DataFrame whose columns
are the header; several of them may be given. All are read by a worker process, and no error quotes a cell. Options have the names
of the command line's, but `sheets` is `--sheet`, `columns` `--map`, `levels` `--map-level`, `statuses` `--map-status`, `ratings`
`--map-rating` and `measures` `--measure`. Every function raises InputFault where a log cannot be read or understood, UsageFault
where options are wrong; both have `.code` and `.position`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

from xfstats.api.inputs import Logs, split_inputs
from xfstats.api.options import (
    OPTION_NAMES,
    Counting,
    Reading,
    Reporting,
    command_words,
    given_options,
    parse_words,
    with_option_docs,
)
from xfstats.api.results import Explanation, Report, Verification
from xfstats.config.job import Job, resolve_job
from xfstats.errors import UsageFault
from xfstats.pipeline.cache import open_cache
from xfstats.pipeline.cluster import Cluster
from xfstats.pipeline.processes import Pool
from xfstats.render.verify import compare_with_logs, different_reasons
from xfstats.reports.build import make_report
from xfstats.reports.check import Check, check_report
from xfstats.reports.requests import deadlines_plan, explain_figure
from xfstats.reports.verify.extract import report_format
from xfstats.reports.verify.origin import read_report, report_options


@with_option_docs(Counting)
def summarize(paths: Logs, **options: Unpack[Counting]) -> Report:
    """Return counts and rates per group, one table for each kind of log.

    `report["visits"]` is a table, `report.to_frame()` returns all of them; `reports.attention` holds the reasons for which the
    command would exit with 1. Figures are whole numbers and pairs of them; rates are in [0, 1].
    """
    return _run(_job(paths, given_options(options, Counting.__annotations__)), "summarize")


@with_option_docs(Reading)
def inspect(paths: Logs, **options: Unpack[Reading]) -> Report:
    """Return the same report, with the evidence for the field of every column in its inputs."""
    job = _job(paths, given_options(options, Reading.__annotations__))
    return _run(replace(job, plan=replace(job.plan, evidence=True)), "inspect")


@with_option_docs(Reading)
def check(paths: Logs, **options: Unpack[Reading]) -> Check:
    """Return what to mend in logs before they are sent up, and where: `.mend`, `.notes`, and the `.report` that told it."""
    return check_report(inspect(paths, **options))


@with_option_docs(Counting)
def deadlines(paths: Logs, **options: Unpack[Counting]) -> Report:
    """Return the open cases of each group by the days left until their limit: overdue, 7 days, 30 days, more."""
    job = _job(paths, given_options(options, Counting.__annotations__))
    return _run(replace(job, plan=deadlines_plan(job.plan)), "deadlines")


@with_option_docs(Reporting)
def report(paths: Logs, **options: Unpack[Reporting]) -> Report:
    """Return a report that can be signed; `.write("report.docx")` writes paragraph, tables, charts and reconciliation."""
    given = given_options(options, Reporting.__annotations__)
    job = _job(paths, given, ("report", *command_words(given)))
    return replace(_run(job, "report"), command=job.command, profile=job.profile.signed, paper=job.paper)


@with_option_docs(Counting)
def explain(figure: str, paths: Logs, **options: Unpack[Counting]) -> Explanation:
    """Return the definition of a figure such as `closure_rate[县级]`, its numbers, and the positions of the rows behind it."""
    job = _job(paths, given_options(options, Counting.__annotations__))
    if job.gates.public:
        raise UsageFault("E234", one="public", other="explain")
    found, made = explain_figure(figure, job.plan, lambda plan: _run(replace(job, plan=plan), "explain"))
    return Explanation(found, made)


@with_option_docs(Reporting)
def verify(report_path: str | Path, paths: Logs, **options: Unpack[Reporting]) -> Verification:
    """Return how the figures of a report, perhaps edited by hand, compare with the logs.

    The options are those that the report was made with, which it contains; options given here override them.
    """
    path = Path(report_path)
    given = given_options(options, Reporting.__annotations__)
    old = read_report(path)
    texts, _ = split_inputs(paths)
    words = report_options(old, path, [Path(text) for text in texts], ["--profile"] if "profile" in given else [])
    job = _job(paths, {**parse_words(words), **given}, ("report", *words))
    made = replace(_run(job, "report"), command=job.command, profile=job.profile.signed, paper=job.paper)
    verdict = compare_with_logs(old, report_format(path), made)
    return Verification(verdict, made.lang, different_reasons(verdict, made.lang))


def _job(paths: Logs, given: Mapping[str, Any], words: tuple[str, ...] = ()) -> Job:
    """Return the job of a run with these options, by their names in the code."""
    texts, contents = split_inputs(paths)
    nothing = dict.fromkeys(OPTION_NAMES)
    job, _ = resolve_job(
        {**nothing, **given, "said": frozenset(given), "files": texts, "contents": contents, "command": words or None}
    )
    return job


def _run(job: Job, made_by: str) -> Report:
    """Return the report of a job."""
    cache, _ = open_cache(job.cache)
    workers = Cluster(job.scheduler, job.jobs, cache=cache) if job.scheduler else Pool(job.jobs, cache=cache)
    with workers as pool:
        made = make_report(job, pool.tally_files)
    return Report.of(made, made_by, _paths(job))


def _paths(job: Job) -> tuple[Path, ...]:
    """Return the files that a job reads."""
    return tuple(Path(source.path) for source in job.sources if not source.stdin)
