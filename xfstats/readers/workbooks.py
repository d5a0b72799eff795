"""Which library reads a workbook that the scan does not: python-calamine, else openpyxl where it can."""

from __future__ import annotations

from xfstats.config.plan import Plan
from xfstats.errors import InputFault
from xfstats.model import Position
from xfstats.readers.base import Reader


def open_workbook(data: bytes, form: str, sha256: str, plan: Plan, at: Position) -> Reader:
    """Return python-calamine's reader, or where that is not installed openpyxl's; raises InputFault for what needs calamine."""
    try:
        from xfstats.readers.excel import WorkbookReader  # noqa: PLC0415 - calamine has no wheel for some machines
    except ImportError:
        if form != "xlsx":
            raise needs_calamine(at) from None
        from xfstats.readers.openpyxl_reader import OpenpyxlReader  # noqa: PLC0415 - where it is needed alone

        return OpenpyxlReader(data, sha256, plan, at)
    return WorkbookReader(data, form, sha256, plan, at)


def needs_calamine(at: Position) -> InputFault:
    """Return what is said of a file that only python-calamine reads, where it is not installed."""
    return InputFault("E350", at, package="python-calamine")
