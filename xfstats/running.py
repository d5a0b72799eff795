"""One command's run: check the target, read, render, write, say what a person should look at, return the exit code."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from xfstats.emit import check_target, emit
from xfstats.errors import UsageFault, unknown_name
from xfstats.measures import BY_KEY, DEADLINES
from xfstats.messages import say
from xfstats.reference import find, parse
from xfstats.render import Renderer, renderer
from xfstats.render.explanation import as_explanation
from xfstats.render.explanation import as_json as explanation_json
from xfstats.render.inspection import INSPECTIONS
from xfstats.render.office_workbook import filled_workbook
from xfstats.render.profiletext import inferred
from xfstats.render.rejects import rejects_csv
from xfstats.render.style import Style
from xfstats.render.template import filled_text
from xfstats.render.verdict import as_json as verdict_json
from xfstats.render.verdict import as_verdict
from xfstats.render.visible import visible
from xfstats.report import make_report
from xfstats.resolving import REPORT_SUFFIXES, Job, Output
from xfstats.run.locking import held
from xfstats.run.workers import tally_files
from xfstats.snapshots import load
from xfstats.surroundings import locale_lang, window
from xfstats.table import Report
from xfstats.verify.aligning import compare
from xfstats.verify.blocks import Block
from xfstats.verify.extracting import form_of, pieces
from xfstats.verify.planned import profile_of

VERDICTS = {"table": as_verdict, "json": verdict_json}
EXPLANATIONS = {"table": as_explanation, "json": explanation_json}


def summarize_job(job: Job, output: Output) -> int:
    """Tables to stdout or a file; 0, or 1 where something should be looked at."""
    return _run(job, output, renderer(output.format))


def deadlines_job(job: Job, output: Output) -> int:
    """Open cases by the days left; logs that know neither outcomes nor dates are left out."""
    plan = replace(job.plan, measures=job.plan.measures or DEADLINES, lenient=True)
    return _run(replace(job, plan=plan), output, renderer(output.format))


def report_job(job: Job, output: Output) -> int:
    """A report to stdout or to files, all rendered before the first is written; 0, or 1 where something should be looked at."""
    with held(Path(output.targets[0]).parent if output.targets else Path(), wanted=job.lock):
        report = replace(_report(job, output), command=job.command, profile=job.profile.signed)
        inputs = [Path(source.path) for source in job.sources if not source.stdin]
        forms = [REPORT_SUFFIXES[Path(target).suffix.lower()] for target in output.targets] or [output.format]
        files: list[str | None] = [filled(target, report) for target in output.targets] or [None]
        made = [_reported(report, form, output, to_file=bool(file)) for form, file in zip(forms, files, strict=True)]
        for data, file in zip(made, files, strict=True):
            if not output.dry_run:
                emit(data, Path(file) if file else None, force=output.force, inputs=inputs)
        return _ending(report, job, replace(output, target=None), [file for file in files if file])


def _reported(report: Report, form: str, output: Output, *, to_file: bool) -> str | bytes:
    """A report in one format, by the office's template where it has one for that format."""
    style = Style(width=None if to_file else window())
    if output.template is not None and (form == "xlsx") == (output.template.suffix.lower() == ".xlsx"):
        if form == "xlsx":
            return filled_workbook(output.template, report)
        if form in {"md", "txt"}:
            return filled_text(output.template, report)
    return renderer(form, report=True)(report, style)


def explain_job(job: Job, output: Output, figure: str) -> int:
    """One figure: what it is, and the positions of the rows behind it.  The logs are read twice: to find it, and to find them."""
    if output.format not in EXPLANATIONS:
        raise UsageFault("E219", forms=", ".join(EXPLANATIONS))
    wanted = parse(figure)
    if wanted.window is not None or wanted.measure not in BY_KEY:
        raise unknown_name(figure, tuple(BY_KEY), "FIGURE")
    plan = replace(job.plan, also=(*job.plan.also, wanted.measure))
    found = find(wanted, _report(replace(job, plan=plan), output).tables)
    if len(found) != 1:
        raise UsageFault("E237", figure=figure, names=", ".join(one.name([one.table]) for one in found[:8]))
    asked = (found[0].table.log.value, wanted.measure, tuple(found[0].row.group.items()))
    report = _report(replace(job, plan=replace(plan, explain=asked)), output)
    style = Style(width=None if output.target else window())
    _emit(EXPLANATIONS[output.format](find(wanted, report.tables)[0], report, style), job, output, report)
    return _ending(report, job, output)


def _emit(data: str | bytes, job: Job, output: Output, report: Report) -> None:
    inputs = [Path(source.path) for source in job.sources if not source.stdin]
    if not output.dry_run:
        emit(data, Path(filled(output.target, report)) if output.target else None, force=output.force, inputs=inputs)


def verify_job(job: Job, output: Output, path: Path, old: Sequence[Block]) -> int:
    """A report's figures against the same report made anew; 1 where one differs."""
    if output.format not in VERDICTS:
        raise UsageFault("E219", forms=", ".join(VERDICTS))
    form = form_of(path)
    report = replace(_report(job, replace(output, target=None)), command=job.command, profile=job.profile.signed)
    anew = renderer(form, report=True)(report, Style())
    verdict = compare(old, pieces(anew.encode() if isinstance(anew, str) else anew, form, path.name))
    made, used = profile_of(old), job.profile.signed
    if (made or used) and (made and made[0]) != (used and used[0]):
        verdict = replace(verdict, profile=(made or used or ("", ""))[1])
    style = Style(width=None if output.target else window())
    _emit(VERDICTS[output.format](verdict, report.lang, style), job, output, report)
    return 1 if verdict.different else _ending(replace(report, attention=()), job, output)


def inspect_job(job: Job, output: Output) -> int:
    """How the files were understood, to stdout or a file."""
    if output.format not in INSPECTIONS:
        raise UsageFault("E219", forms=", ".join(INSPECTIONS))
    return _run(replace(job, plan=replace(job.plan, evidence=True)), output, INSPECTIONS[output.format])


def profile_job(job: Job) -> int:
    """A profile with what was inferred, to stdout."""
    report = _report(replace(job, plan=replace(job.plan, evidence=True)), Output())
    emit(inferred(report, job.profile.words), None, force=False, inputs=())
    return 0


def _run(job: Job, output: Output, rendered: Renderer) -> int:
    """Read, write and end, under the folder's lock where that is wanted."""
    with held(Path(output.target).parent if output.target else Path(), wanted=job.lock):
        report = _report(job, output)
        _write(report, job, output, rendered)
        return _ending(report, job, output)


def _report(job: Job, output: Output) -> Report:
    inputs = [Path(source.path) for source in job.sources if not source.stdin]
    for target in (output.target, output.rejects, output.save, *output.targets):
        if target and not output.dry_run and "{" not in str(target):
            check_target(Path(target), force=output.force, inputs=inputs)
    return make_report(
        job.sources,
        job.plan,
        job.profile,
        job.gates,
        lang=job.lang,
        fallback_lang=locale_lang(),
        digits=output.digits,
        locks=job.locks,
        view=job.view,
        against=(output.against.name, load(output.against)) if output.against else None,
        mapper=partial(tally_files, jobs=job.jobs, progress=_progress(job)),
    )


def _progress(job: Job) -> Callable[[int, int], None]:
    """Progress on stderr, on a terminal only, for four files or more."""
    shown = sys.stderr is not None and sys.stderr.isatty() and not job.quiet and len(job.sources) > 3

    def progress(done: int, total: int) -> None:
        if shown:
            click.echo("\r" + say("progress", job.lang or locale_lang(), done=done, total=total), err=True, nl=done == total)

    return progress


def _write(report: Report, job: Job, output: Output, rendered: Renderer) -> None:
    inputs = [Path(source.path) for source in job.sources if not source.stdin]
    to_file = output.target is not None
    style = Style(
        width=None if to_file else window(), colour=False, bom=to_file and output.format in {"csv", "tsv"}, bars=output.bars
    )
    data = rendered(report, style)
    rejects = rejects_csv(report) if output.rejects else None
    if output.dry_run:
        return
    if rejects is not None and output.rejects is not None:
        emit(rejects, output.rejects, force=output.force, inputs=inputs)
    if output.save is not None:
        emit(renderer("json")(report, style), output.save, force=output.force, inputs=inputs)
    emit(data, Path(filled(output.target, report)) if output.target else None, force=output.force, inputs=inputs)


def filled(target: str | None, report: Report) -> str:
    """The output's name with {period}, {as_of} and {log} filled in; no part of it can leave the folder."""
    table = report.tables[0]
    values = {
        "period": f"{table.span.first}..{table.span.last}" if table.span else "all",
        "as_of": report.as_of,
        "log": "-".join(one.log.value for one in report.tables),
    }
    return re.sub(r"\{(period|as_of|log)\}", lambda found: values[found[1]], target or "")


def _ending(report: Report, job: Job, output: Output, files: Sequence[str] = ()) -> int:
    """Notes on stderr, and the exit code."""
    if report.attention:
        for reason in report.attention:
            click.echo(f"xfstats: {visible(reason, None)}", err=True)
        return 1
    if not job.quiet:
        if job.profile.source:
            click.echo(say("profile", report.lang, path=visible(Path(job.profile.source).name)), err=True)
        written = [filled(output.target, report)] if output.target else files
        for path in written if not output.dry_run else ():
            click.echo(say("written", report.lang, path=visible(Path(path).name)), err=True)
    return 0
