"""Command `report`: tables, paragraph, charts, definitions and reconciliation in files to sign."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.lock import hold_lock
from xfstats.cli.run import finish_run, make_job_report, render_outputs, write_files
from xfstats.config.job import Job, Output
from xfstats.config.output_formats import Result
from xfstats.errors import UsageFault
from xfstats.render import Renderer, load_renderer
from xfstats.render.origin import check_annex


@click.command("report", cls=HelpCommand)
@options.with_options(options.COMPARED_GROUPS, options.ORDERING, options.REPORT_OUTPUT, options.GATES, options.LOCKED_RUN)
def command(job: Job, output: Output) -> int:
    """Write a report that can be signed: paragraph, tables, charts, definitions, reconciliation."""
    if output.template is not None and not set(output.forms) <= set(template_formats(output.template)):
        allowed = ", ".join(f".{form}" for form in template_formats(output.template))
        raise UsageFault("E260", file=output.template.name, forms=allowed)
    check_annex(job.paper, output.forms, output.template.name if output.template else None)
    for form in output.forms:
        load_renderer(form, Result.REPORT)
    with hold_lock(output.folder, enabled=job.lock):
        report = replace(make_job_report(job, output), command=job.command, profile=job.profile.signed, paper=job.paper)
        write_files(render_outputs(report, output, partial(_report_renderer, template=output.template)), job, output)
        return finish_run(report, job, output)


def _report_renderer(form: str, template: Path | None) -> Renderer:
    """Return the renderer of a report format, or one that fills the office's template where it has one."""
    if template is None:
        return load_renderer(form, Result.REPORT)
    if form == "xlsx":
        from xfstats.render.xlsx.template import fill_workbook_template  # noqa: PLC0415 - few have a template, and it loads much

        return lambda report, _: fill_workbook_template(template, report)
    if form == "docx":
        from xfstats.render.docx.template import fill_document_template  # noqa: PLC0415 - as above

        return lambda report, _: fill_document_template(template, report)
    from xfstats.render.text_template import fill_text_template  # noqa: PLC0415 - as above

    return lambda report, _: fill_text_template(template, report)


def template_formats(template: Path) -> tuple[str, ...]:
    """Return the formats that a template can be filled in for."""
    suffix = template.suffix.lower()
    return (suffix[1:],) if suffix in {".xlsx", ".docx"} else ("txt", "md")
