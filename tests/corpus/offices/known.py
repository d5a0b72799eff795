"""Offices that are still counted wrongly in silence, with the reason; each is to be mended, and then leaves this page."""

from collections.abc import Mapping

SUBTOTAL = "A27: the lines of a spreadsheet's Subtotal command that count into the column of numbers are counted as records"
LEDGERS = "A20: the visitors' and the leaders' registers of one run are added up"
PLANNED = "a day by which a matter is to end, or on which its end was asked for or looked at, is taken for the day of its end"
OTHER_DAY = "the day of an instruction, a review or an earlier matter is taken for the day of receipt, beside 登记日期"
TIMELY = "A22: 按期办结 = 否 beside a close date is taken for open"
COUNTS = "C11: a line a day and unit with counts is taken for a matter"
NAMES = "B2: names of persons under a heading of units are printed as groups"
KNOWN: Mapping[str, str] = {
    **dict.fromkeys(("subtotals-english-xlsx", "subtotals-count-xls", "subtotals-zh-xlsx", "subtotals-zh-count-ods"), SUBTOTAL),
    **dict.fromkeys(("two-ledgers-sheets", "two-ledgers-files", "two-ledgers-titles"), LEDGERS),
    **dict.fromkeys(("timeliness-date-zh-xlsx", "timeliness-date-short-zh-csv"), TIMELY),
    **dict.fromkeys(("table-daily-zh-plain", "table-daily-en-totals", "table-daily-en-numbers", "table-daily-en-agency"), COUNTS),
    **dict.fromkeys(("names-as-units-csv", "names-as-units-xlsx", "names-as-units-xls"), NAMES),
    "epoch-1904-xlsx": "A24: days 1462 too early in some rows are not said",
    "ticks-three": "a tick under 不予受理 beside ticks under 办结 and 在办 is in no set, and that is not said",
    **{
        f"due-not-closed-{label}": PLANNED
        for label in (
            *(
                "预期结案时间",
                "申请办结时间",
                "最迟办结时间",
                "应当办结时间",
                "办结时间-预计",
                "目标办结日期",
                "原办结时间",
                "办结审批时间",
            ),
            *(
                "申请结案时间",
                "not-closed-by",
                "date-to-close",
                "close-date-planned",
                "to-be-closed-by",
                "estimated-resolution-date",
            ),
            *("sla-close-date", "requested-completion-date", "date-resolved-by", "est-close-date"),
        )
    },
    **{f"day-of-others-{label}": OTHER_DAY for label in ("领导批示日期", "接访领导批示时间", "复查申请日期", "原信访日期")},
}
