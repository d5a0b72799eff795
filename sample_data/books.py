"""Writing the sample workbooks: the same bytes at each run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

import xlsxwriter

Cell: TypeAlias = str | int | float | date | None


@dataclass
class Sheet:
    """A sheet's rows from A1, its merged ranges (rows and columns from 0), and which rows are header."""

    name: str
    rows: list[list[Cell]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    header: Sequence[int] = ()
    hidden: bool = False
    dates: str = "yyyy-mm-dd"


def write_book(path: Path, sheets: Sequence[Sheet]) -> None:
    """An .xlsx file with a fixed date of creation."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(2021, 12, 1)})  # noqa: DTZ001 - the format has no zone
        plain = book.add_format({"font_name": "宋体", "border": 1})
        head = book.add_format({"font_name": "宋体", "bold": True, "border": 1, "align": "center", "text_wrap": True})
        title = book.add_format({"font_name": "宋体", "bold": True, "font_size": 16, "align": "center"})
        for sheet in sheets:
            day = book.add_format({"font_name": "宋体", "border": 1, "num_format": sheet.dates})
            target = book.add_worksheet(sheet.name)
            if sheet.hidden:
                target.hide()
            first = min(sheet.header, default=0)
            for top, left, bottom, right in sheet.merges:
                target.merge_range(top, left, bottom, right, "", title if top < first else head if top in sheet.header else plain)
            for number, row in enumerate(sheet.rows):
                form = title if number < first else head if number in sheet.header else plain
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        target.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - no zone in a workbook
                    elif cell is not None:
                        target.write(number, column, cell, form)
