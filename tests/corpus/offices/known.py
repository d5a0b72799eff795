"""Offices that are still counted wrongly in silence, with the reason; each is to be mended, and then leaves this page."""

from collections.abc import Mapping

SUBTOTAL = "A27: the lines of a spreadsheet's Subtotal command that count into the column of numbers are counted as records"
LEDGERS = "A20: the visitors' and the leaders' registers of one run are added up"
PLANNED = "a day by which a matter is to end, or on which its end was asked for, is taken for the day of its end"
INSTRUCTED = "the day of a leader's instruction is taken for the day of receipt, though 登记日期 stands beside it"
KNOWN: Mapping[str, str] = {
    "subtotals-english-xlsx": SUBTOTAL,
    "subtotals-count-xls": SUBTOTAL,
    "subtotals-zh-xlsx": SUBTOTAL,
    "subtotals-zh-count-ods": SUBTOTAL,
    "two-ledgers-sheets": LEDGERS,
    "two-ledgers-files": LEDGERS,
    "two-ledgers-titles": LEDGERS,
    "timeliness-date-zh-xlsx": "A22: 是否按期办结 = 否 beside a close date is taken for open",
    "epoch-1904-xlsx": "A24: days 1462 too early in some rows are not said",
    "table-daily-en-agency": "C11: a line a day and agency with counts is taken for a request",
    "ticks-three": "a tick under 不予受理 beside ticks under 办结 and 在办 is in no set, and that is not said",
    "due-not-closed-预期结案时间": PLANNED,
    "due-not-closed-申请办结时间": PLANNED,
    "due-not-closed-not-closed-by": PLANNED,
    "due-not-closed-date-to-close": PLANNED,
    "due-not-closed-close-date-planned": PLANNED,
    "due-not-closed-to-be-closed-by": PLANNED,
    "due-not-closed-estimated-resolution-date": PLANNED,
    "day-of-others-领导批示日期": INSTRUCTED,
    "day-of-others-接访领导批示时间": INSTRUCTED,
}
