"""An office's own text: Jinja2 in its sandbox, figures by their names; an unknown figure is an error, never a blank."""

from __future__ import annotations

from pathlib import Path

from xfstats.errors import UsageFault
from xfstats.figures import shown
from xfstats.model import Position
from xfstats.narrate import narrate, plain
from xfstats.reference import find, parse
from xfstats.regular import text
from xfstats.render.layout import changed
from xfstats.render.visible import visible
from xfstats.table import Report


def filled_text(path: Path, report: Report) -> str:
    """The template with its figures: `{{ figure("closure_rate[县级]") }}`, `{{ figure("visits.prev") }}`, `{{ paragraph }}`.

    Also `office`, `as_of` and `period`.  Raises UsageFault with the line.
    """
    try:
        from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError  # noqa: PLC0415 - an extra
        from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415
    except ImportError:
        raise UsageFault("E241", package="Jinja2", extra="templates") from None
    try:
        own = text(path)
    except (OSError, UnicodeDecodeError):
        raise UsageFault("E244", Position(path.name)) from None
    table = report.tables[0]
    values = {
        "figure": lambda name: _printed(name, report),
        "paragraph": "\n".join(visible(plain(parts), None) for parts in narrate(report)),
        "office": visible(report.office or "", None),
        "as_of": report.as_of,
        "period": f"{table.span.first} - {table.span.last}" if table.span else "",
    }
    try:
        made: str = (
            ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True).from_string(own).render(values)
        )
    except TemplateSyntaxError as error:
        raise UsageFault("E243", Position(path.name), line=error.lineno) from None
    except TemplateError:
        raise UsageFault("E243", Position(path.name), line="?") from None
    return made


def _printed(name: str, report: Report) -> str:
    """One figure, or its change, as printed."""
    wanted = parse(name)
    found = find(wanted, report.tables)
    if len(found) != 1:
        raise UsageFault("E237", figure=name, names=", ".join(one.name(report.tables) for one in found[:8]))
    if wanted.window is None:
        return shown(found[0].figure, report.digits)
    change = found[0].change
    return changed(change, report.lang, report.digits) if change is not None else "—"
