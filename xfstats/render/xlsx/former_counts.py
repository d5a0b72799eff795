"""Workbooks of 0.1.0 read with today's names: its sheet of counts, and its formulas over it, named counts by their keys."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from xfstats.config.periods import YEAR_TO_DATE
from xfstats.measures.definitions import BY_KEY, Rate
from xfstats.messages import LANGS, several
from xfstats.render.xlsx.count_sheet import CURRENT, count_name, window_name
from xfstats.reports.table import Report
from xfstats.reports.verify.blocks import DataSheet, Grid, ReportBlock, TableCell, TableCells

_LOG, _WINDOW, _COUNT = 1, 4, 5
"""Columns of the sheet that had keys."""
_WINDOWS = (CURRENT, "prev", "yoy", YEAR_TO_DATE)


def name_former_counts(blocks: Sequence[ReportBlock], report: Report) -> list[ReportBlock]:
    """Return the blocks of a workbook, with today's names for the keys of counts where it has them."""
    if not any(isinstance(one, DataSheet) and _has_keys(one) for one in blocks):
        return list(blocks)
    lang = report.lang
    windows = {one: window_name(one, lang) for one in _WINDOWS}
    keys = [key for key, measure in BY_KEY.items() if not isinstance(measure, Rate)]
    parts = [f"{key}.{part}" for key, measure in BY_KEY.items() if isinstance(measure, Rate) for part in ("part", "base")]
    counts = {key: count_name(key, lang) for key in (*keys, *parts)}
    logs = {one.log.value: one.kind(lang) for one in report.tables} | {one.name: one.kind(lang) for one in report.tables}
    columns = {_LOG: logs, _WINDOW: windows, _COUNT: counts}
    quoted = {f'"{key.upper()}"': f'"{"".join(name.split()).upper()}"' for key, name in (windows | counts).items()}
    return [_named(one, columns, quoted) for one in blocks]


def _has_keys(sheet: DataSheet) -> bool:
    """True if a sheet is one of counts whose periods are keys."""
    head, *rows = sheet.grid.rows
    heads = [several("workbook.count", lang) for lang in LANGS]
    return tuple(cell.text for cell in head) in heads and bool(rows) and rows[0][_WINDOW].text in _WINDOWS


def _named(block: ReportBlock, columns: Mapping[int, Mapping[str, str]], quoted: Mapping[str, str]) -> ReportBlock:
    """Return a block with names for keys: in columns of the sheet of counts, in the formulas of a table."""
    match block:
        case DataSheet(_, Grid((head, *rows))) if _has_keys(block):
            return replace(block, grid=Grid((head, *(_named_row(row, columns) for row in rows))))
        case Grid(rows):
            return Grid(tuple(tuple(_named_formula(cell, quoted) for cell in row) for row in rows))
        case _:
            return block


def _named_row(row: TableCells, columns: Mapping[int, Mapping[str, str]]) -> TableCells:
    """Return a line of the sheet of counts with names for keys."""
    return tuple(replace(cell, text=columns.get(place, {}).get(cell.text, cell.text)) for place, cell in enumerate(row))


def _named_formula(cell: TableCell, quoted: Mapping[str, str]) -> TableCell:
    """Return a cell whose formula has names for keys."""
    formula = re.sub(r'"[A-Z0-9_.]+"', lambda found: quoted.get(found[0], found[0]), cell.formula or "")
    return replace(cell, formula=formula or None)
