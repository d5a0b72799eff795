"""Workbook template of an office, filled in through its named cells (`closure_rate`, `visits.prev`); all else is kept.

A cell's name is a figure's name with two underscores for brackets and commas, which Excel does not allow in names;
结案率__县级.环比 is one too.
"""

from __future__ import annotations

import io
import re
import zipfile
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from xfstats.config.figure_names import MEASURES, WINDOWS, Reference
from xfstats.config.periods import COMPARED
from xfstats.config.small_files import LARGE, content
from xfstats.errors import UsageFault
from xfstats.measures.definitions import BY_KEY
from xfstats.messages import say
from xfstats.model import FILE_MARK, Position
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.office_package import fix_timestamps
from xfstats.render.safe_text import escape_formula
from xfstats.render.table_lines import report_notes, signature, table_notes, title
from xfstats.render.xlsx.tables import sheet_title as sheet_name
from xfstats.reports.figures import DASH, Change, Figure, Pair, Statistic
from xfstats.reports.references import find_figures, listed_names
from xfstats.reports.table import Report

_UNKEPT_PARTS = ("xl/charts/", "xl/media/", "xl/drawings/", "xl/vbaProject")
_CELL_ADDRESS = re.compile(r"[A-Z]{1,3}([1-9]\d{0,6})")
_MAX_ROW = 1_048_576
_MIN_SIMILARITY = 0.8
"""Similarity to a measure's key from which a name counts as a misspelling of it."""
_NO_VALUE = Pair(0, 0)


def fill_workbook_template(path: Path, report: Report) -> bytes:
    """Return the template filled in; raise UsageFault for a name that means no figure, and where drawings would be lost."""
    book = _open_template(path)
    texts = {
        "office": report.office or "",
        "as_of": report.as_of,
        "paragraph": "\n".join(plain_text(one) for one in narrate(report)),
    }
    filled = 0
    for name, defined in book.defined_names.items():
        value = escape_formula(texts[name]) if name in texts else None if _is_range(name, defined) else _named_value(name, report)
        if value is not None:
            _fill_named_cell(book, name, defined, value, report)
            filled += 1
    if not filled:
        raise UsageFault("E264", Position(path.name))
    _add_notes_sheet(book, report)
    book.properties.keywords = FILE_MARK
    buffer = io.BytesIO()
    book.save(buffer)
    return fix_timestamps(buffer.getvalue())


def _is_range(name: str, defined: Any) -> bool:
    """True if a Chinese name covers a range: a column of the office's own, not a place for a figure."""
    return not name.isascii() and ":" in str(defined.attr_text)


def _open_template(path: Path) -> Any:
    """Return the template as a workbook; raise UsageFault where it is damaged, or has parts that openpyxl drops."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only for templates

    try:
        data = content(path, LARGE)
    except OSError:
        raise UsageFault("E244", Position(path.name)) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            has_unkept_parts = any(name.startswith(_UNKEPT_PARTS) for name in package.namelist())
        book = None if has_unkept_parts else load_workbook(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - it raises whatever comes up in a workbook that is damaged
        raise UsageFault("E244", Position(path.name)) from None
    if has_unkept_parts:
        raise UsageFault("E245", Position(path.name))
    return book


def _fill_named_cell(book: Any, name: str, defined: Any, value: Any, report: Report) -> None:
    """Write a value into the cell of a name; into the first cell of a merged range."""
    try:
        places = list(defined.destinations)
    except AttributeError:  # what openpyxl raises where the name is of something else
        places = []
    if not places:
        raise UsageFault("E263", name=name)
    for sheet, cells in places:
        area = cells.replace("$", "")
        first, colon, _ = area.partition(":")
        if (
            not (found := _CELL_ADDRESS.fullmatch(first))
            or int(found[1]) > _MAX_ROW
            or sheet not in book.sheetnames
            or (colon and area not in {str(one) for one in book[sheet].merged_cells.ranges})
        ):
            raise UsageFault("E263", name=name)
        cell = book[sheet][first]
        shown = _cell_value(value)
        cell.value = shown
        if cell.number_format == "General" and isinstance(shown, float):
            cell.number_format = _number_format(value, report)


def _number_format(value: Figure | Change, report: Report) -> str:
    """Return the number format of a figure that is no whole number, where the cell has no format of its own."""
    decimals = "0." + "0" * report.digits if report.digits else "0"
    match value:
        case Pair():
            return f"{decimals}%"
        case Change(int()):
            return f"+{decimals}%;-{decimals}%;{decimals}%"
        case Change(Pair()):
            unit = f'"{say("points", report.lang)}"'
            return f"+{decimals}{unit};-{decimals}{unit};{decimals}{unit}"
        case _:
            return "0.##"


def _add_notes_sheet(book: Any, report: Report) -> None:
    """Add a sheet with definitions, findings, the reconciliation, and the command that reproduces the report."""
    sheet = book.create_sheet(sheet_name("notes", report.lang))
    texts = [text for table in report.tables for text in (title(table, report), *table_notes(table))]
    for text in (*texts, *report_notes(report), *signature(report)):
        sheet.append([escape_formula(text)])
    sheet.column_dimensions["A"].width = 100


def _named_value(name: str, report: Report) -> Figure | Change | None:
    """Return the figure that a name means, a missing value for a change without a basis; None for a name of the office's own.

    Raises UsageFault for a name that resembles a measure's, or has the form of a figure's.
    """
    head, dot, window = name.partition(".")
    typed, *values = head.split("__")
    measure, window = MEASURES.key(typed), WINDOWS.key(window) or window
    if measure is None:
        near = get_close_matches(typed, list(BY_KEY), 3, _MIN_SIMILARITY)
        if near or values or window in COMPARED:
            raise UsageFault("E237", figure=name, names=listed_names(near or list(BY_KEY)[:8]))
        return None
    found = find_figures(Reference(None, measure, tuple(values) or None, window if dot else None), report.tables)
    if len(found) != 1:
        raise UsageFault("E237", figure=name, names=listed_names([one.name(report.tables) for one in found[:8]]))
    if dot:
        return found[0].change or _NO_VALUE
    return _NO_VALUE if found[0].figure is None else found[0].figure


def _cell_value(value: Figure | Change | str) -> float | int | str:
    """Return a number for a cell, a rate's change in percentage points; a dash where there is no value."""
    match value:
        case None | Pair(_, 0) | Statistic(_, 0):
            return DASH
        case Change():
            exact, scale = value.exact, 100 if isinstance(value.now, Pair) else 1
            return scale * exact[0] / exact[1] if exact else DASH
        case Pair(numerator, denominator) | Statistic(numerator, denominator):
            return numerator / denominator
        case _:
            return value
