"""`xfstats report`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xfstats.errors import UsageFault
from xfstats.render import renderer
from xfstats.render.style import Style
from xfstats.resolving import REPORT_SUFFIXES, Job, Output
from xfstats.run.locking import held
from xfstats.running import ending, filled, put, report_on
from xfstats.surroundings import window
from xfstats.table import Report


def report_job(job: Job, output: Output) -> int:
    """A report to stdout or to files, all rendered before the first is written; 0, or 1 where something should be looked at."""
    forms = [REPORT_SUFFIXES[Path(target).suffix.lower()] for target in output.targets] or [output.format]
    if output.template is not None and not set(forms) <= set(fillable(output.template)):
        allowed = ", ".join(f".{form}" for form in fillable(output.template))
        raise UsageFault("E260", file=output.template.name, forms=allowed)
    for form in forms:
        renderer(form, report=True)
    with held(output.folder, wanted=job.lock):
        report = replace(report_on(job, output), command=job.command, profile=job.profile.signed)
        names: list[str | None] = [filled(target, report) for target in output.targets] or [None]
        made = [_reported(report, form, output, to_file=bool(name)) for form, name in zip(forms, names, strict=True)]
        put(list(zip(made, names, strict=True)), job, output)
        return ending(report, job, output)


def _reported(report: Report, form: str, output: Output, *, to_file: bool) -> str | bytes:
    """A report in one format, by the office's template where it has one."""
    style = Style(width=None if to_file else window())
    if output.template is not None and form == "xlsx":
        from xfstats.render.office_workbook import filled_workbook  # noqa: PLC0415 - few have a template, and it loads much

        return filled_workbook(output.template, report)
    if output.template is not None:
        from xfstats.render.template import filled_text  # noqa: PLC0415 - as above

        return filled_text(output.template, report)
    return renderer(form, report=True)(report, style)


def fillable(template: Path) -> tuple[str, ...]:
    """The forms that an office's template is one of."""
    return ("xlsx",) if template.suffix.lower() == ".xlsx" else ("txt", "md")
