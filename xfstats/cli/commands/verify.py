"""Command `verify`: comparison of a report, perhaps edited by hand, with the logs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from xfstats.cli import options
from xfstats.cli.commands.report import command as report_command
from xfstats.cli.help import HelpCommand
from xfstats.cli.output import check_target
from xfstats.cli.run import finish_run, make_job_report, render_outputs, run_locked, write_files
from xfstats.config.job import Job, Output, resolve
from xfstats.config.output_formats import Result
from xfstats.render import load_renderer
from xfstats.render.verify import compare_with_logs, different_reasons
from xfstats.reports.verify.blocks import ReportBlock
from xfstats.reports.verify.extract import report_format
from xfstats.reports.verify.origin import read_report, report_options


@click.command("verify", cls=HelpCommand)
@options.with_options(
    options.COMPARED_GROUPS,
    options.ORDERING,
    options.FORMAT_OF[Result.COMPARISON],
    options.OUTPUT,
    options.DIGITS,
    options.PUBLIC,
    options.LOCKED_RUN,
    arguments=("report",),
    unresolved=True,
)
def command(given: dict[str, Any]) -> int:
    """Check that the figures in a report, perhaps edited by hand, still match the logs; exit 1 where one differs.

    The options are those that the report was made with, which it contains; options given here override them.
    """
    path, given_words = Path(given["report"]), given["command"][1:]
    old = read_report(path)
    words = report_options(old, path, [Path(one) for one in given["files"]], given_words)
    values = options.collect_values(
        report_command.make_context("report", [*words, *given_words, "--", *given["files"]]), full_paths=True
    )
    values.update(
        {
            key: given[key]
            for key in ("output", "format_", "force", "dry_run", "quiet", "verbose", "jobs", "cache", "lock", "forms")
        }
    )
    return run_locked(verify_job, *resolve(values), path, old)


def verify_job(job: Job, output: Output, path: Path, old: Sequence[ReportBlock]) -> int:
    """Compare a report's figures with the same report regenerated from the logs; return 1 where one differs."""
    form = report_format(path)
    for target in output.targets if not output.dry_run else ():
        check_target(Path(target), force=output.force, inputs=[path])
    report = replace(
        make_job_report(job, replace(output, targets=())), command=job.command, profile=job.profile.signed, paper=job.paper
    )
    verdict = compare_with_logs(old, form, report)
    reasons = different_reasons(verdict, report.lang)
    report = replace(report, reasons=reasons)
    write_files(
        render_outputs(report, output, lambda form: partial(load_renderer(form, Result.COMPARISON), verdict)), job, output
    )
    return finish_run(report, job, output)
