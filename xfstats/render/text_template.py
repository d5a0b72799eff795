"""Text templates of an office in Jinja2's sandbox, with figures by name; an unknown figure is an error, never a blank."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from xfstats.config.figure_names import parse
from xfstats.config.small_files import text
from xfstats.errors import UsageFault, XfstatsError
from xfstats.model import Position
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.safe_text import escape_control
from xfstats.render.template_limits import MAX_MIB, MAX_SECONDS, limit_resources
from xfstats.reports.figures import format_change, format_figure
from xfstats.reports.references import find_figures, listed_names
from xfstats.reports.table import Report

MAX_CHARACTERS = 16 * 1024 * 1024
"""Characters that a template may write."""


def fill_text_template(path: Path, report: Report) -> str:
    """Return the template filled in: `{{ figure("closure_rate[县级]") }}`, `{{ figure("visits.prev") }}`, `{{ paragraph }}`.

    Also `office`, `as_of` and `period`. Raises UsageFault with the line of any error, and where a limit of time or memory is hit.
    """
    try:
        environment = make_environment()
    except ImportError:
        raise UsageFault("E241", package="Jinja2", extra="templates") from None
    at = Position(path.name)
    try:
        template = text(path)
    except (OSError, UnicodeDecodeError):
        raise UsageFault("E244", at) from None
    table = report.tables[0]
    values = {
        "figure": lambda name: figure_text(name, report),
        "paragraph": "\n".join(escape_control(plain_text(parts), None) for parts in narrate(report)),
        "office": escape_control(report.office or "", None),
        "as_of": report.as_of,
        "period": f"{table.span.first} - {table.span.last}" if table.span else "",
    }
    try:
        with limit_resources():
            return _join_bounded(environment.from_string(template).generate(values))
    except XfstatsError:
        raise
    except (TimeoutError, MemoryError, OverflowError):
        raise UsageFault("E261", at, seconds=MAX_SECONDS, mib=MAX_MIB) from None
    except Exception as error:  # noqa: BLE001 - a template can raise anything; what it raised may quote it
        code = "E262" if isinstance(error, Unprintable) else "E243"
        raise UsageFault(code, at, line=getattr(error, "lineno", None) or _template_line(error.__traceback__)) from None


class Unprintable(Exception):
    """Error of a template that prints a value without a text form."""


def make_environment() -> Any:
    """Return Jinja2's sandbox without power and repetition operators (unbounded time) and without undefined values."""
    from jinja2 import StrictUndefined, Undefined  # noqa: PLC0415 - an extra
    from jinja2.exceptions import SecurityError  # noqa: PLC0415 - an extra
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - an extra

    def printable(value: object) -> object:
        if not isinstance(value, str | int | float | Undefined):
            raise Unprintable
        return value

    class Bounded(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(["**"])

        def call_binop(self, _context: Any, _operator: str, _left: Any, _right: Any) -> Any:
            raise SecurityError

    return Bounded(undefined=StrictUndefined, keep_trailing_newline=True, finalize=printable)


def _join_bounded(pieces: Iterable[str]) -> str:
    """Return the joined texts; raise MemoryError above MAX_CHARACTERS."""
    texts, size = [], 0
    for piece in pieces:
        texts.append(piece)
        size += len(piece)
        if size > MAX_CHARACTERS:
            raise MemoryError
    return "".join(texts)


def _template_line(trace: TracebackType | None) -> int | str:
    """Return the line of the template where an exception was raised; ? where it is unknown."""
    line: int | str = "?"
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def figure_text(name: str, report: Report) -> str:
    """Return one figure, or its change, as printed."""
    reference = parse(name)
    found = find_figures(reference, report.tables)
    if len(found) != 1:
        raise UsageFault("E237", figure=name, names=listed_names([one.name(report.tables) for one in found[:8]]))
    if reference.window is None:
        return format_figure(found[0].figure, report.digits)
    change = found[0].change
    return format_change(change, report.lang, report.digits) if change is not None else "—"
