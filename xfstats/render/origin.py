"""Origin of a report without its annex, kept where a reader does not see it: the digests, and the command that repeats it."""

from __future__ import annotations

import shlex
from collections.abc import Collection

from xfstats.config.output_formats import BY_KEY, FORMATS
from xfstats.config.plan import Paper
from xfstats.errors import UsageFault
from xfstats.render.table_lines import signature
from xfstats.reports.table import Report


def check_annex(paper: Paper, forms: Collection[str], template: str | None = None) -> None:
    """Raise UsageFault where a report is to have no annex in a format, or from a template, that cannot leave it out."""
    if paper.annex:
        return
    form = next((one for one in forms if not BY_KEY[one].annex), None)
    if form is not None:
        raise UsageFault("E363", form=f".{form}", allowed=", ".join(one.suffix for one in reversed(FORMATS) if one.annex))
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
