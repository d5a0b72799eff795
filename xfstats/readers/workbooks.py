"""Choice of the library for a workbook that the scan does not read: python-calamine, else openpyxl for .xlsx."""

from __future__ import annotations

from functools import partial

from xfstats.config.plan import Plan
from xfstats.model import Position
from xfstats.readers.base import Reader


def open_workbook(form: str, data: bytes, sha256: str, plan: Plan, at: Position) -> Reader:
    """Return a reader through python-calamine or, where that is missing, openpyxl; raises InputFault for what needs calamine."""
    try:
        from xfstats.readers.excel import CalamineReader  # noqa: PLC0415 - calamine has no wheel for some machines
    except ImportError:
        from xfstats.readers.openpyxl_reader import OpenpyxlReader, needs_calamine  # noqa: PLC0415 - only where it is needed

        if form != "xlsx":
            raise needs_calamine(at) from None
        return OpenpyxlReader(data, sha256, plan, at)
    return CalamineReader(data, form, sha256, plan, at)


read_ods, read_xls, read_xlsb = (partial(open_workbook, form) for form in ("ods", "xls", "xlsb"))
