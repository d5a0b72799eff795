"""The scan against python-calamine on any workbook: on each that a test opens in its process, if `COMPARE_WORKBOOKS` is set."""

from __future__ import annotations

import io
import os
from collections import Counter

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from tests.readers.books import AT, PLAN, by_calamine, scanned, trimmed
from xfstats.errors import InputFault
from xfstats.readers.xlsx import reader
from xfstats.readers.xlsx.book import XlsxScanner
from xfstats.readers.xlsx.scan import Wanted
from xfstats.readers.xlsx.xml_tags import HandOver

MOST_CELLS = 200_000
SETTING = "COMPARE_WORKBOOKS"
MOST = 1 << 20
"""Bytes of a package that is compared; larger ones repeat what smaller ones hold."""


def differences(data: bytes, told: Counter[str]) -> list[str]:
    """Return the names of the sheets that are read differently; tell why others were not compared."""
    try:
        sheets = XlsxScanner(data, PLAN, AT).sheets
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (HandOver, InputFault, CalamineError, ValueError) as refusal:
        told[f"{type(refusal).__name__}: {refusal}"] += 1
        return []
    found = []
    for index, sheet in enumerate(sheets):
        if sheet.part is None or book.sheets_metadata[index].typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            if _cells(data, sheet.part) > MOST_CELLS:
                told["large"] += 1
                continue
            if trimmed(scanned(data, index)) != by_calamine(data, index):
                found.append(sheet.name)
            told["compared"] += 1
        except (HandOver, InputFault, CalamineError, ValueError, OverflowError) as refusal:
            told[f"{type(refusal).__name__}: {refusal}"] += 1
    return found


def _cells(data: bytes, part: str) -> int:
    """Return how many cells the sheet's rectangle has."""
    scan = XlsxScanner(data, PLAN, AT)._once(part, Wanted([]), frozenset())
    return (scan.last + 1) * scan.widest


def compare_all() -> None:
    """From now on compare each workbook that is opened in this process."""
    look = reader.XlsxReader._look

    def compared(self: reader.XlsxReader) -> None:
        look(self)
        if len(self._data) < MOST and "hostile" not in os.environ.get("PYTEST_CURRENT_TEST", ""):  # some abort calamine
            assert differences(self._data, Counter()) == []

    reader.XlsxReader._look = compared
