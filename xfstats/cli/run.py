"""A command's run: check the targets, read, write, say what a person should look at, return the exit code."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from xfstats.cli.lock import held
from xfstats.cli.output import check_target, emit
from xfstats.cli.ownership import marked
from xfstats.cli.terminal import coloured, locale_lang, talks, tell, window
from xfstats.config.job import Job, Output, check_distinct
from xfstats.messages import say
from xfstats.pipeline.processes import Pool
from xfstats.render import Renderer, renderer
from xfstats.render.rejects import rejects_csv
from xfstats.render.safe_text import escape_control
from xfstats.render.style import Style
from xfstats.render.table_lines import signature
from xfstats.report.build import make_report
from xfstats.report.snapshots import load
from xfstats.report.table import Report


def locked(run: Callable[..., int], job: Job, output: Output, *more: object) -> int:
    """A job under the lock of the folder that it writes into, where that is wanted."""
    with held(output.folder, wanted=job.lock):
        return run(job, output, *more)


def run(job: Job, output: Output, made: Callable[[str], Renderer]) -> int:
    """Read, write and end, under the folder's lock where that is wanted."""
    with held(output.folder, wanted=job.lock):
        report = report_on(job, output)
        _write(report, job, output, made)
        return ending(report, job, output)


def _write(report: Report, job: Job, output: Output, made: Callable[[str], Renderer]) -> None:
    files: list[tuple[str | bytes, str | Path | None]] = []
    if output.rejects is not None:
        files.append((rejects_csv(report), output.rejects))
    if output.save is not None:
        files.append((renderer("json")(report, Style()), output.save))
    put([*files, *rendered(report, output, made)], job, output)


def report_on(job: Job, output: Output) -> Report:
    """The report on a job's logs, read once the names of its outputs are known to be right."""
    inputs = files_read(job, output)
    for target in (output.rejects, output.save, *output.targets):
        if target and "{" not in str(target):
            check_target(Path(target), force=output.force, inputs=inputs)
    with Pool(job.jobs, progress=_progress(job)) as pool:
        return make_report(
            job.sources,
            job.plan,
            job.profile,
            job.gates,
            lang=job.lang,
            fallback_lang=locale_lang(),
            digits=job.digits,
            locks=job.locks,
            view=job.view,
            against=(output.against.name, load(output.against)) if output.against else None,
            mapper=pool.tally_files,
        )


def _progress(job: Job) -> Callable[[int, int], None]:
    """Progress on stderr, on a terminal only, for four files or more."""
    shown = talks() and not job.quiet and len(job.sources) > 3

    def progress(done: int, total: int) -> None:
        if shown:
            click.echo("\r" + say("progress", job.lang or locale_lang(), done=done, total=total), err=True, nl=done == total)

    return progress


def filled(target: str | None, report: Report) -> str:
    """The output's name with {period}, {as_of} and {log} filled in; no part of it can leave the folder."""
    table = report.tables[0]
    values = {
        "period": f"{table.span.first}..{table.span.last}" if table.span else "all",
        "as_of": report.as_of,
        "log": "-".join(one.name for one in report.tables),
    }
    return re.sub(r"\{(period|as_of|log)\}", lambda found: values[found[1]], target or "")


def ending(report: Report, job: Job, output: Output) -> int:
    """What is said on stderr, and the exit code."""
    for reason in report.attention:
        tell(reason, "warning")
    if job.verbose and not job.quiet:
        for line in signature(replace(report, command=job.command)):
            tell(line)
    if report.attention:
        say_profile(job, report)
        return 1
    if not job.quiet:
        say_profile(job, report)
        for target in output.targets if not output.dry_run else ():
            tell(say("written", report.lang, path=escape_control(Path(filled(target, report)).name)))
    return 0


def say_profile(job: Job, report: Report) -> None:
    """Which profile was used, also where it was merely found."""
    if job.profile.source:
        tell(say("profile", report.lang, path=escape_control(Path(job.profile.source).name)))


def rendered(report: Report, output: Output, made: Callable[[str], Renderer]) -> list[tuple[str | bytes, str | None]]:
    """The result in each form that is wanted, with the name of its file; None is stdout."""
    return [
        (made(form)(report, _style(form, output)), filled(target, report) if target else None) for form, target in output.parts
    ]


def _style(form: str, output: Output) -> Style:
    to_file = bool(output.targets)
    return Style(
        width=None if to_file else window(),
        colour=not to_file and coloured(output.colour),
        bom=to_file and form in {"csv", "tsv"},
        bars=output.bars,
    )


def put(files: Sequence[tuple[str | bytes, str | Path | None]], job: Job, output: Output) -> None:
    """Write all of the run's files, stdout for None, once each name is known to be right; a dry run knows as much."""
    inputs = files_read(job, output)
    paths = [Path(name) if name else None for _, name in files]
    check_distinct([str(path) for path in paths if path])
    for target in filter(None, paths):
        check_target(target, force=output.force, inputs=inputs)
    for (data, _), path in zip(files, paths, strict=True):
        if not output.dry_run:
            emit(marked(data, path.suffix.lower()) if path else data, path, force=output.force, inputs=inputs)


def files_read(job: Job, output: Output) -> list[Path]:
    """Every file that the run reads, which none of its outputs may be: logs, profile, holidays, template, saved result."""
    profile = Path(job.profile.source) if job.profile.source else None
    holidays = job.profile.words["chosen"]["choices"]["holidays"]
    own = [profile, (profile.parent if profile else Path()) / holidays if holidays else None, output.template, output.against]
    return [*(Path(source.path) for source in job.sources if not source.stdin), *(path for path in own if path is not None)]
