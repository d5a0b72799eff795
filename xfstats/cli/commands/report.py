"""`xfstats report`: tables, paragraph, charts, definitions and reconciliation in files to sign."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from xfstats.cli import options
from xfstats.cli.help import Help
from xfstats.cli.lock import held
from xfstats.cli.run import ending, put, rendered, report_on
from xfstats.config.job import Job, Output
from xfstats.errors import UsageFault
from xfstats.render import Renderer, renderer


@click.command("report", cls=Help)
@options.using(
    options.READ,
    options.SELECT,
    options.COMPARE,
    options.COUNT,
    options.ORDER,
    options.REPORT,
    options.GATE,
    options.RUN,
    options.LOCK,
)
def command(job: Job, output: Output) -> int:
    """Write a report that can be signed: paragraph, tables, charts, definitions, reconciliation."""
    if output.template is not None and not set(output.forms) <= set(fillable(output.template)):
        allowed = ", ".join(f".{form}" for form in fillable(output.template))
        raise UsageFault("E260", file=output.template.name, forms=allowed)
    for form in output.forms:
        renderer(form, report=True)
    with held(output.folder, wanted=job.lock):
        report = replace(report_on(job, output), command=job.command, profile=job.profile.signed)
        put(rendered(report, output, partial(_reported, template=output.template)), job, output)
        return ending(report, job, output)


def _reported(form: str, template: Path | None) -> Renderer:
    """What writes a report in one form, by the office's template where it has one."""
    if template is None:
        return renderer(form, report=True)
    if form == "xlsx":
        from xfstats.render.xlsx.template import filled_workbook  # noqa: PLC0415 - few have a template, and it loads much

        return lambda report, _: filled_workbook(template, report)
    from xfstats.render.text_template import filled_text  # noqa: PLC0415 - as above

    return lambda report, _: filled_text(template, report)


def fillable(template: Path) -> tuple[str, ...]:
    """The forms that an office's template is one of."""
    return ("xlsx",) if template.suffix.lower() == ".xlsx" else ("txt", "md")
