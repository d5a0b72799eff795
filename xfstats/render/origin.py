"""Origin of a report without its annex, kept where a reader does not see it: the digests, and the command that repeats it."""

from __future__ import annotations

import shlex
from collections.abc import Collection

from xfstats.config.plan import Paper
from xfstats.errors import UsageFault
from xfstats.render.table_lines import signature
from xfstats.reports.table import Report

FORMATS_WITH_ANNEX = ("docx", "xlsx", "html")
"""Formats with a part for checking, and another place for the origin."""


def check_annex(paper: Paper, forms: Collection[str], template: str | None = None) -> None:
    """Raise UsageFault where a report is to have no annex in a format, or from a template, that cannot leave it out."""
    if paper.annex:
        return
    form = next((one for one in forms if one not in FORMATS_WITH_ANNEX), None)
    if form is not None:
        raise UsageFault("E363", form=f".{form}", allowed=", ".join(f".{one}" for one in FORMATS_WITH_ANNEX))
    if template is not None and not template.lower().endswith(".docx"):
        raise UsageFault("E364", file=template)


def origin_lines(report: Report) -> list[str]:
    """Return the lines of the annex that repeat the report, the command as that of a report without annex; none without one."""
    if not report.command:
        return []
    *digests, command = signature(report)
    words = shlex.split(command)
    if "--no-annex" not in words:
        words.insert(words.index("--") if "--" in words else len(words), "--no-annex")
    return [*digests, shlex.join(words)]
