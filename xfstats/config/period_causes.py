"""Why a text that looks like a period is none, with what there is instead: 2026-02 has 28 days."""

from __future__ import annotations

import calendar
import re
from datetime import date

from xfstats.messages import both


def why_no_period(text: str) -> tuple[str, str] | str:
    """Return why a text of a known form is no period, with what there is; an empty text where its form is not known."""
    first, dots, last = text.partition("..")
    for one in map(str.strip, (first, last) if dots else (first,)):
        if found := re.fullmatch(r"(\d{4})-(\d{2})-\d{2}", one):
            year, month = int(found[1]), int(found[2])
            if year and 1 <= month <= 12:
                days = calendar.monthrange(year, month)[1]
                if int(one[-2:]) not in range(1, days + 1):
                    return both("period.days", month=one[:7], last=days)
            elif year:
                return both("period.months")
        elif (found := re.fullmatch(r"\d{4}-(\d{2})", one)) and int(found[1]) not in range(1, 13):
            return both("period.months")
        elif (found := re.fullmatch(r"(\d{4})-[Ww](\d{2})", one)) and int(found[1]):
            weeks = date(int(found[1]), 12, 28).isocalendar().week  # the 28th is always in the last week of its year
            if int(found[2]) not in range(1, weeks + 1):
                return both("period.weeks", year=found[1], last=weeks)
        elif re.fullmatch(r"\d{4}-[Qq]\d", one) and one[-1] not in "1234":
            return both("period.quarters")
    forward = dots and all(re.match(r"\d{4}", one.strip()) for one in (first, last))
    return both("period.backward") if forward else ""
