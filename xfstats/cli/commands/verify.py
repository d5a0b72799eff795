"""`xfstats verify`: whether the figures of a report, perhaps edited by hand, still match the logs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from xfstats.cli import options
from xfstats.cli.commands.report import command as report_command
from xfstats.cli.help import Help
from xfstats.cli.output import check_target
from xfstats.cli.run import ending, locked, put, rendered, report_on
from xfstats.config.job import Job, Output, resolve
from xfstats.render import renderer
from xfstats.render.style import Style
from xfstats.render.verify import as_json, as_verdict
from xfstats.report.verify.blocks import Block
from xfstats.report.verify.compare import compare
from xfstats.report.verify.extract import form_of, pieces
from xfstats.report.verify.origin import plan_of, profile_of, read_report

VERDICTS = {"table": as_verdict, "json": as_json}


@click.command("verify", cls=Help)
@options.using(
    options.READ,
    options.SELECT,
    options.COMPARE,
    options.COUNT,
    options.ORDER,
    [options.TOLD],
    options.WRITE,
    options.DIGITS,
    options.PUBLIC,
    options.RUN,
    options.LOCK,
    first=("report",),
    plain=True,
)
def command(given: dict[str, Any]) -> int:
    """Say whether the figures in a report, perhaps edited by hand, still match the logs; exit 1 where one differs.

    The options are those that the report was made with, which stand in it; options given here override them.
    """
    path, own = Path(given["report"]), given["command"][1:]
    old = read_report(path)
    words = plan_of(old, path, [Path(one) for one in given["files"]], own)
    made = options.gathered(report_command.make_context("report", [*words, *own, "--", *given["files"]]), whole=True)
    made.update(
        {key: given[key] for key in ("output", "format_", "force", "dry_run", "quiet", "verbose", "jobs", "lock", "forms")}
    )
    return locked(verify_job, *resolve(made), path, old)


def verify_job(job: Job, output: Output, path: Path, old: Sequence[Block]) -> int:
    """A report's figures against the same report made anew; 1 where one differs."""
    form = form_of(path)
    for target in output.targets if not output.dry_run else ():
        check_target(Path(target), force=output.force, inputs=[path])
    report = replace(report_on(job, replace(output, targets=())), command=job.command, profile=job.profile.signed)
    anew = renderer(form, report=True)(report, Style())
    verdict = compare(old, pieces(anew.encode() if isinstance(anew, str) else anew, form, path.name))
    made, used = profile_of(old), job.profile.signed
    if (made or used) and (made and made[0]) != (used and used[0]):
        verdict = replace(verdict, profile=(made or used or ("", ""))[1])
    put(rendered(report, output, lambda form: lambda made, style: VERDICTS[form](verdict, made.lang, style)), job, output)
    return 1 if verdict.different else ending(replace(report, attention=()), job, output)
