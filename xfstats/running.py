"""One command's run: check the target, read, render, write, say what a person should look at, return the exit code."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from xfstats.emit import check_target, emit
from xfstats.errors import UsageFault, XfstatsError, unknown_name
from xfstats.measures import BY_KEY, DEADLINES
from xfstats.messages import say
from xfstats.plan import Asked
from xfstats.reference import Found, find, parse
from xfstats.render import Renderer, renderer
from xfstats.render.explanation import as_explanation
from xfstats.render.explanation import as_json as explanation_json
from xfstats.render.inspection import INSPECTIONS
from xfstats.render.layout import signature
from xfstats.render.office_workbook import filled_workbook
from xfstats.render.profiletext import inferred
from xfstats.render.rejects import rejects_csv
from xfstats.render.style import Style
from xfstats.render.template import filled_text
from xfstats.render.verdict import as_json as verdict_json
from xfstats.render.verdict import as_verdict
from xfstats.render.visible import visible
from xfstats.report import make_report
from xfstats.rereading import read_options, unkept, with_own, written_job
from xfstats.resolving import Job, Output, check_distinct
from xfstats.run.locking import held
from xfstats.run.workers import tally_files
from xfstats.snapshots import load
from xfstats.surroundings import coloured, locale_lang, talks, tell, window
from xfstats.table import Report
from xfstats.verify.aligning import compare
from xfstats.verify.blocks import Block
from xfstats.verify.extracting import form_of, pieces
from xfstats.verify.planned import profile_of

VERDICTS = {"table": as_verdict, "json": verdict_json}
EXPLANATIONS = {"table": as_explanation, "json": explanation_json}


def summarize_job(job: Job, output: Output) -> int:
    """Tables to stdout or a file; 0, or 1 where something should be looked at."""
    return _run(job, output, renderer)


def deadlines_job(job: Job, output: Output) -> int:
    """Open cases by the days left; logs that know neither outcomes nor dates are left out."""
    plan = replace(job.plan, measures=job.plan.measures or DEADLINES, lenient=True)
    return _run(replace(job, plan=plan), output, renderer)


def report_job(job: Job, output: Output) -> int:
    """A report to stdout or to files, all rendered before the first is written; 0, or 1 where something should be looked at."""
    if output.template is not None and not set(output.forms) <= set(fillable(output.template)):
        allowed = ", ".join(f".{form}" for form in fillable(output.template))
        raise UsageFault("E260", file=output.template.name, forms=allowed)
    for form in output.forms:
        renderer(form, report=True)
    with held(output.folder, wanted=job.lock):
        report = replace(_report(job, output), command=job.command, profile=job.profile.signed)
        _put(_rendered(report, output, partial(_reported, template=output.template)), job, output)
        return _ending(report, job, output)


def _reported(form: str, template: Path | None) -> Renderer:
    """What writes a report in one form, by the office's template where it has one."""
    if template is None:
        return renderer(form, report=True)
    fill = filled_workbook if form == "xlsx" else filled_text
    return lambda report, _: fill(template, report)


def fillable(template: Path) -> tuple[str, ...]:
    """The forms that an office's template is one of."""
    return ("xlsx",) if template.suffix.lower() == ".xlsx" else ("txt", "md")


def explain_job(job: Job, output: Output, figure: str) -> int:
    """One figure: what it is, and the positions of the rows behind it.  The logs are read twice: to find it, and to find them."""
    if job.gates.public:
        raise UsageFault("E234", one="--public", other="explain")
    wanted = parse(figure)
    if wanted.measure not in BY_KEY:
        raise unknown_name(figure, tuple(BY_KEY), "FIGURE")
    plan = replace(job.plan, also=(*job.plan.also, wanted.measure))
    found = find(wanted, _report(replace(job, plan=plan), output).tables)
    if len(found) != 1:
        raise UsageFault("E237", figure=figure, names=", ".join(one.name([one.table]) for one in found[:8]))
    report = _report(replace(job, plan=replace(plan, explain=asked_for(found[0]))), output)
    (figure_found,) = find(wanted, report.tables)
    _put(_rendered(report, output, lambda form: partial(EXPLANATIONS[form], figure_found)), job, output)
    return _ending(report, job, output)


def locked(run: Callable[..., int], job: Job, output: Output, *more: object) -> int:
    """A job under the lock of the folder that it writes into, where that is wanted."""
    with held(output.folder, wanted=job.lock):
        return run(job, output, *more)


def asked_for(found: Found) -> Asked:
    """What a worker is asked about a figure; of the rest, the groups that it leaves out."""
    log, row = found.table.log.value, found.row
    if row.kind != "rest":
        return Asked(log, found.measure, tuple(row.group.items()), window=found.window)
    beside = tuple(other.group[found.table.by[0]] for other in found.table.rows if other.kind == "group")
    return Asked(log, found.measure, (), (*beside, None), found.window)


def _rendered(report: Report, output: Output, made: Callable[[str], Renderer]) -> list[tuple[str | bytes, str | None]]:
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


def _put(files: Sequence[tuple[str | bytes, str | Path | None]], job: Job, output: Output) -> None:
    """Write all of the run's files, stdout for None, once each name is known to be right; a dry run knows as much."""
    inputs = files_read(job, output)
    paths = [Path(name) if name else None for _, name in files]
    check_distinct([str(path) for path in paths if path])
    for target in filter(None, paths):
        check_target(target, force=output.force, inputs=inputs)
    for (data, _), path in zip(files, paths, strict=True):
        if not output.dry_run:
            emit(data, path, force=output.force, inputs=inputs)


def files_read(job: Job, output: Output) -> list[Path]:
    """Every file that the run reads, which none of its outputs may be: logs, profile, holidays, template, saved result."""
    profile = Path(job.profile.source) if job.profile.source else None
    holidays = job.profile.words["chosen"]["choices"]["holidays"]
    own = [profile, (profile.parent if profile else Path()) / holidays if holidays else None, output.template, output.against]
    return [*(Path(source.path) for source in job.sources if not source.stdin), *(path for path in own if path is not None)]


def verify_job(job: Job, output: Output, path: Path, old: Sequence[Block]) -> int:
    """A report's figures against the same report made anew; 1 where one differs."""
    form = form_of(path)
    for target in output.targets if not output.dry_run else ():
        check_target(Path(target), force=output.force, inputs=[path])
    report = replace(_report(job, replace(output, targets=())), command=job.command, profile=job.profile.signed)
    anew = renderer(form, report=True)(report, Style())
    verdict = compare(old, pieces(anew.encode() if isinstance(anew, str) else anew, form, path.name))
    made, used = profile_of(old), job.profile.signed
    if (made or used) and (made and made[0]) != (used and used[0]):
        verdict = replace(verdict, profile=(made or used or ("", ""))[1])
    _put(_rendered(report, output, lambda form: lambda made, style: VERDICTS[form](verdict, made.lang, style)), job, output)
    return 1 if verdict.different else _ending(replace(report, attention=()), job, output)


def inspect_job(job: Job, output: Output) -> int:
    """How the files were understood, to stdout or a file."""
    return _run(replace(job, plan=replace(job.plan, evidence=True)), output, INSPECTIONS.__getitem__)


def profile_job(job: Job) -> int:
    """A profile with what was inferred, to stdout; 1 where a run with it would not give the same."""
    job = with_own(job)
    report = _report(replace(job, plan=replace(job.plan, evidence=True)), Output())
    missing = unkept(job)
    made = inferred(report, job.profile, read_options(job.plan), missing)
    emit(made, None, force=False, inputs=())
    _say_profile(job, report)
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
        again = _report(written_job(job, text), Output())
    except XfstatsError:
        return False
    return as_json(again, Style()) == as_json(report, Style())


def _run(job: Job, output: Output, made: Callable[[str], Renderer]) -> int:
    """Read, write and end, under the folder's lock where that is wanted."""
    with held(output.folder, wanted=job.lock):
        report = _report(job, output)
        _write(report, job, output, made)
        return _ending(report, job, output)


def _report(job: Job, output: Output) -> Report:
    inputs = files_read(job, output)
    for target in (output.rejects, output.save, *output.targets):
        if target and "{" not in str(target):
            check_target(Path(target), force=output.force, inputs=inputs)
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
        mapper=partial(tally_files, jobs=job.jobs, progress=_progress(job)),
    )


def _progress(job: Job) -> Callable[[int, int], None]:
    """Progress on stderr, on a terminal only, for four files or more."""
    shown = talks() and not job.quiet and len(job.sources) > 3

    def progress(done: int, total: int) -> None:
        if shown:
            click.echo("\r" + say("progress", job.lang or locale_lang(), done=done, total=total), err=True, nl=done == total)

    return progress


def _write(report: Report, job: Job, output: Output, made: Callable[[str], Renderer]) -> None:
    files: list[tuple[str | bytes, str | Path | None]] = []
    if output.rejects is not None:
        files.append((rejects_csv(report), output.rejects))
    if output.save is not None:
        files.append((renderer("json")(report, Style()), output.save))
    _put([*files, *_rendered(report, output, made)], job, output)


def filled(target: str | None, report: Report) -> str:
    """The output's name with {period}, {as_of} and {log} filled in; no part of it can leave the folder."""
    table = report.tables[0]
    values = {
        "period": f"{table.span.first}..{table.span.last}" if table.span else "all",
        "as_of": report.as_of,
        "log": "-".join(one.log.value for one in report.tables),
    }
    return re.sub(r"\{(period|as_of|log)\}", lambda found: values[found[1]], target or "")


def _ending(report: Report, job: Job, output: Output) -> int:
    """What is said on stderr, and the exit code."""
    for reason in report.attention:
        tell(reason, "warning")
    if job.verbose and not job.quiet:
        for line in signature(replace(report, command=job.command)):
            tell(line)
    if report.attention:
        _say_profile(job, report)
        return 1
    if not job.quiet:
        _say_profile(job, report)
        for target in output.targets if not output.dry_run else ():
            tell(say("written", report.lang, path=visible(Path(filled(target, report)).name)))
    return 0


def _say_profile(job: Job, report: Report) -> None:
    """Which profile was used, also where it was merely found."""
    if job.profile.source:
        tell(say("profile", report.lang, path=visible(Path(job.profile.source).name)))
