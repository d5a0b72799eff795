"""Requests that commands and the Python interface make alike: one figure with its rows, open cases by their limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from xfstats.config.figure_names import parse
from xfstats.config.plan import FigureRequest, Plan
from xfstats.config.typed_options import unknown_word_error
from xfstats.errors import UsageFault
from xfstats.measures.definitions import BY_KEY, DEADLINES, DUE_DAYS
from xfstats.reports.references import FoundFigure, find_figures, listed_names
from xfstats.reports.table import Report

Made = TypeVar("Made", bound=Report)


def explain_figure(figure: str, plan: Plan, make: Callable[[Plan], Made]) -> tuple[FoundFigure, Made]:
    """Return a figure by its name, and a report with the positions of its rows; raise UsageFault where it is none, or several.

    The logs are read twice, to resolve the name and to locate the rows.
    """
    reference = parse(figure)
    if reference.measure not in BY_KEY:
        raise unknown_word_error(reference.measure, "FIGURE")
    plan = replace(plan, extra_measures=(*plan.extra_measures, reference.measure))
    found = find_figures(reference, make(plan).tables)
    if len(found) != 1:
        raise UsageFault("E237", figure=figure, names=listed_names([one.name([one.table]) for one in found[:8]]))
    report = make(replace(plan, explain=figure_request(found[0])))
    (figure_found,) = find_figures(reference, report.tables)
    return figure_found, report


def figure_request(found: FoundFigure) -> FigureRequest:
    """Return the request that workers answer with a figure's rows; for the rest row with the groups that it excludes."""
    log, row = found.table.log.value, found.row
    if row.kind != "rest":
        return FigureRequest(log, found.measure, tuple(row.group.items()), window=found.window)
    other_groups = tuple(other.group[found.table.by[0]] for other in found.table.rows if other.kind == "group")
    return FigureRequest(log, found.measure, (), (*other_groups, None), found.window)


def deadlines_plan(plan: Plan) -> Plan:
    """Return the plan that counts open cases by the days left until their limits.

    Logs without outcomes and due days are left out; refused where all are so.
    """
    plan = replace(plan, skip_unsupported=True)
    return plan if plan.measures else replace(plan, measures=DEADLINES, extra_measures=(*plan.extra_measures, DUE_DAYS))
