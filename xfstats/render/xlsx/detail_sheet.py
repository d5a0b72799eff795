"""Sheet of the counted rows: positions, labels, dates, amounts, and what each adds to every count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xfstats.measures.definitions import AMOUNT, BY_KEY, label
from xfstats.messages import name_of, several
from xfstats.render.safe_text import escape_formula
from xfstats.render.xlsx.count_sheet import counted_rows
from xfstats.render.xlsx.print_setup import set_up_list_page
from xfstats.reports.table import Input, Report, Table, unclassified_label


def has_detail(report: Report) -> bool:
    """True if the workers returned the rows."""
    return any(one.tally.detail for one in report.inputs)


def write_detail(sheet: Any, report: Report, numbers: list[int]) -> tuple[int, dict[str, int]]:
    """Write all rows; return the number of lines and the column of each count.

    `numbers` are the first row numbers of the tables, as in the sheet of counts.
    """
    columns: dict[str, int] = {}
    head = several("workbook.detail", report.lang)
    for one in report.inputs:
        for name in one.tally.detail:
            if name != "row" and _is_printed(name, report):
                columns.setdefault(name, len(head) + len(columns))
    for place, text in enumerate(head):
        sheet.write_string(0, place, text)
    for name, place in columns.items():
        sheet.write_string(0, place, _column_name(name, report))
    line = 1
    for table, first in zip(report.tables, numbers, strict=True):
        places = _row_numbers(table, first)
        for one in report.inputs:
            if one.tally.kept_as == table.ledger:
                line = _write_rows(sheet, line, one, table, places, columns, report.lang)
    set_up_list_page(sheet, report)
    sheet.autofilter(0, 0, max(line - 1, 1), len(head) + len(columns) - 1)
    return line - 1, {name.removeprefix("count:"): place for name, place in columns.items() if name.startswith("count:")}


def _is_printed(name: str, report: Report) -> bool:
    """True if a table uses the column: any but the counts of measures that no table has."""
    key = name.removeprefix("count:").partition(".")[0]
    return key == name or any(key in (*table.measures, AMOUNT[table.log]) for table in report.tables)


def _column_name(name: str, report: Report) -> str:
    """Return the head of a column: a field, the days, or a count."""
    lang = report.lang
    if header := next((table.by_columns[name] for table in report.tables if name in table.by_columns), None):
        return header
    if not name.startswith("count:"):
        return name_of("workbook" if name == "days" else "fields", name, lang)
    key, _, part = name.removeprefix("count:").partition(".")
    return label(key, lang) + (f" {name_of('workbook', part, lang)}" if part else "") if key in BY_KEY else key


def _row_numbers(table: Table, first: int) -> Mapping[tuple[str | None, ...] | None, int]:
    """Return the number of each group's row; that of the rest row under None."""
    return {
        None if row.rest else tuple(row.group.get(field) for field in table.by): number
        for number, row in enumerate(counted_rows(table), first)
        if not row.of_which
    }


def _write_rows(
    sheet: Any,
    line: int,
    one: Input,
    table: Table,
    places: Mapping[tuple[str | None, ...] | None, int],
    columns: Mapping[str, int],
    lang: str,
) -> int:
    """Write the rows of one input sheet; return the line after them."""
    detail, values = one.tally.detail, list(table.total_row.cells)
    by = [detail[field] for field in table.by if field in detail]
    crossed = detail.get(table.cross or "")
    for index, row in enumerate(detail.get("row", ())):
        group = tuple(str(cells[index]) if cells[index] is not None else None for cells in by)
        number = places.get(group, places.get(None, next(iter(places.values()))))
        sheet.write_number(line, 0, number)
        value = crossed[index] if crossed is not None else None
        sheet.write_number(line, 1, values.index(str(value) if value is not None else None) + 1 if crossed is not None else 0)
        for place, text in enumerate((table.kind(lang), one.file, one.tally.sheet), 2):
            sheet.write_string(line, place, escape_formula(text))
        sheet.write_number(line, 5, row)
        for name, place in columns.items():
            cell = detail[name][index] if name in detail else None
            if isinstance(cell, int):
                sheet.write_number(line, place, cell)
            elif cell is not None or name in table.by:
                sheet.write_string(line, place, escape_formula(str(cell) if cell is not None else unclassified_label(lang)))
        line += 1
    return line
