"""Run of a command: check targets, read logs, write results, print warnings, return the exit code."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xfstats.cli.lock import hold_lock
from xfstats.cli.output import check_target, write_output
from xfstats.cli.ownership import add_mark
from xfstats.cli.progress import progress_of
from xfstats.cli.terminal import locale_language, print_message, terminal_width, use_colour
from xfstats.config.job import Job, Output, check_distinct
from xfstats.config.output_formats import BY_KEY
from xfstats.messages import raw, say
from xfstats.pipeline.processes import Pool, Progress
from xfstats.render import Renderer, load_renderer
from xfstats.render.rejects import rejects_csv
from xfstats.render.safe_text import escape_control
from xfstats.render.style import Style
from xfstats.render.table_lines import signature
from xfstats.reports.build import make_report
from xfstats.reports.snapshots import load_saved
from xfstats.reports.table import Report

if TYPE_CHECKING:
    from xfstats.pipeline.cache import Cache


def run_locked(run: Callable[..., int], job: Job, output: Output, *more: object) -> int:
    """Run a job, under the lock of its output folder where --lock is given."""
    with hold_lock(output.folder, enabled=job.lock):
        return run(job, output, *more)


def run_and_write(job: Job, output: Output, renderer_for: Callable[[str], Renderer]) -> int:
    """Run a job: read the logs, write the results, return the exit code; under the folder's lock where --lock is given."""
    with hold_lock(output.folder, enabled=job.lock):
        report = make_job_report(job, output)
        _write_results(report, job, output, renderer_for)
        return finish_run(report, job, output)


def _write_results(report: Report, job: Job, output: Output, renderer_for: Callable[[str], Renderer]) -> None:
    """Write the rejected rows, the saved result and the result itself."""
    files: list[tuple[str | bytes, str | Path | None]] = []
    if output.rejects is not None:
        files.append((rejects_csv(report), output.rejects))
    if output.save is not None:
        files.append((load_renderer("json")(report, Style()), output.save))
    write_files([*files, *render_outputs(report, output, renderer_for)], job, output)


def make_job_report(job: Job, output: Output) -> Report:
    """Return the report on a job's logs, after checking that all of its outputs can be written."""
    inputs = input_paths(job, output)
    for target in (output.rejects, output.save, *output.targets):
        if target and "{" not in str(target):
            check_target(Path(target), force=output.force, inputs=inputs)
    cache, full = _opened_cache(job)
    with progress_of(job) as progress, _workers(job, progress, cache) as pool:
        against = (output.against.name, load_saved(output.against)) if output.against else None
        report = make_report(job, pool.tally_files, fallback_lang=locale_language(), against=against)
    print_cache_use(cache, job, report.lang, full=full)
    return report


def _opened_cache(job: Job) -> tuple[Cache | None, bool]:
    """Return the cache that a job has, and whether the run has to do without for a disk that is full."""
    if job.cache is None or job.plan.explain:
        return None, False
    from xfstats.pipeline.cache import open_cache  # noqa: PLC0415 - few runs have a cache, and its libraries load slowly

    return open_cache(job.cache)


def _workers(job: Job, progress: Progress, cache: Cache | None) -> Pool:
    """Return the workers of a job: those of a scheduler where one is named, else of this machine."""
    if job.scheduler is not None:
        from xfstats.pipeline.cluster import Cluster  # noqa: PLC0415 - few runs have a scheduler

        return Cluster(job.scheduler, job.jobs, progress, cache)
    return Pool(job.jobs, progress=progress, cache=cache)


def print_cache_use(cache: Cache | None, job: Job, lang: str, *, full: bool) -> None:
    """Print what of the cache was used, with -v, and that it takes nothing more; neither with -q."""
    if job.quiet:
        return
    if full or (cache is not None and cache.use.failed):
        print_message(f"{raw('findings.W285', lang)} [W285]", "warning", "W285")
    if cache is not None and job.verbose:
        use = cache.use
        figures = {"found": use.found, "sought": use.sought, "damaged": use.damaged}
        text = say("cache.used", lang, **figures) + (say("cache.damaged", lang, count=use.damaged) if use.damaged else "")
        print_message(text, code="cache", figures=figures)


def fill_output_name(target: str | None, report: Report) -> str:
    """Return the output's name with {period}, {as_of} and {log} filled in; none of the values contains a path separator."""
    table = report.tables[0]
    values = {
        "period": f"{table.span.first}..{table.span.last}" if table.span else "all",
        "as_of": report.as_of,
        "log": "-".join(one.name for one in report.tables),
    }
    return re.sub(r"\{(period|as_of|log)\}", lambda found: values[found[1]], target or "")


def finish_run(report: Report, job: Job, output: Output) -> int:
    """Print warnings and notes on stderr; return the exit code."""
    for reason in report.reasons:
        print_message(reason.message, "warning", reason.code, reason.figures)
    if job.verbose and not job.quiet:
        for line in signature(replace(report, command=job.command)):
            print_message(line, code="run")
    if report.reasons:
        print_profile_name(job, report)
        return 1
    if not job.quiet:
        print_profile_name(job, report)
        for target in output.targets if not output.dry_run else ():
            name = Path(fill_output_name(target, report)).name
            print_message(say("written", report.lang, path=escape_control(name)), code="written", figures={"path": name})
    return 0


def print_profile_name(job: Job, report: Report) -> None:
    """Print the name of the profile in use, given or found."""
    if job.profile.source:
        name = Path(job.profile.source).name
        print_message(say("profile", report.lang, path=escape_control(name)), code="profile", figures={"path": name})


def render_outputs(
    report: Report, output: Output, renderer_for: Callable[[str], Renderer]
) -> list[tuple[str | bytes, str | None]]:
    """Return the result in each requested format with the name of its file; None is stdout."""
    return [
        (renderer_for(form)(report, _output_style(form, output)), fill_output_name(target, report) if target else None)
        for form, target in output.parts
    ]


def _output_style(form: str, output: Output) -> Style:
    """Return the style of a format: that of a file, or of the terminal."""
    to_file = bool(output.targets)
    return Style(
        width=None if to_file else terminal_width(),
        colour=not to_file and use_colour(output.colour),
        bom=to_file and BY_KEY[form].bom,
        bars=output.bars,
    )


def write_files(files: Sequence[tuple[str | bytes, str | Path | None]], job: Job, output: Output) -> None:
    """Write all of the run's files (None: stdout) after checking every name; with --dry-run check only."""
    inputs = input_paths(job, output)
    paths = [Path(name) if name else None for _, name in files]
    check_distinct([str(path) for path in paths if path])
    for target in filter(None, paths):
        check_target(target, force=output.force, inputs=inputs)
    for (data, _), path in zip(files, paths, strict=True):
        if not output.dry_run:
            write_output(add_mark(data, path.suffix) if path else data, path, force=output.force, inputs=inputs)


def input_paths(job: Job, output: Output) -> list[Path]:
    """Return every file that the run reads and no output may replace: logs, profile, holidays, template, saved result."""
    profile = Path(job.profile.source) if job.profile.source else None
    holidays = job.profile.words["chosen"]["choices"]["holidays"]
    others = [profile, (profile.parent if profile else Path()) / holidays if holidays else None, output.template, output.against]
    return [*(Path(source.path) for source in job.sources if not source.stdin), *(path for path in others if path is not None)]
