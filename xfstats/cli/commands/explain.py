"""Command `explain`: the definition of one figure and the positions of the rows behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.cli.run import finish_run, make_job_report, render_outputs, run_locked, write_files
from xfstats.config.figure_names import parse
from xfstats.config.job import Job, Output
from xfstats.config.plan import FigureRequest
from xfstats.config.typed_options import refuse
from xfstats.errors import UsageFault
from xfstats.measures.definitions import BY_KEY
from xfstats.render.explain import as_json, explanation_as_text
from xfstats.report.references import FoundFigure, find_figures, listed_names

RENDERERS = {"table": explanation_as_text, "json": as_json}


@click.command("explain", cls=HelpCommand)
@options.with_options(
    options.COMPARED_GROUPS,
    options.TEXT_FORMATS,
    options.OUTPUT,
    options.DIGITS,
    options.HIDDEN_PUBLIC,
    options.LOCKED_RUN,
    arguments=("figure",),
)
def command(job: Job, output: Output, figure: str) -> int:
    """Print the definition of a figure such as closure_rate[县级], its numerator and denominator, and the rows behind it."""
    return run_locked(explain_job, job, output, figure)


def explain_job(job: Job, output: Output, figure: str) -> int:
    """Write the explanation of one figure; the logs are read twice, to resolve its name and to locate its rows."""
    if job.gates.public:
        raise UsageFault("E234", one="--public", other="explain")
    reference = parse(figure)
    if reference.measure not in BY_KEY:
        raise refuse(reference.measure, "FIGURE")
    plan = replace(job.plan, extra_measures=(*job.plan.extra_measures, reference.measure))
    found = find_figures(reference, make_job_report(replace(job, plan=plan), output).tables)
    if len(found) != 1:
        raise UsageFault("E237", figure=figure, names=listed_names([one.name([one.table]) for one in found[:8]]))
    report = make_job_report(replace(job, plan=replace(plan, explain=figure_request(found[0]))), output)
    (figure_found,) = find_figures(reference, report.tables)
    write_files(render_outputs(report, output, lambda form: partial(RENDERERS[form], figure_found)), job, output)
    return finish_run(report, job, output)


def figure_request(found: FoundFigure) -> FigureRequest:
    """Return the request that workers answer with a figure's rows; for the rest row with the groups that it excludes."""
    log, row = found.table.log.value, found.row
    if row.kind != "rest":
        return FigureRequest(log, found.measure, tuple(row.group.items()), window=found.window)
    other_groups = tuple(other.group[found.table.by[0]] for other in found.table.rows if other.kind == "group")
    return FigureRequest(log, found.measure, (), (*other_groups, None), found.window)
