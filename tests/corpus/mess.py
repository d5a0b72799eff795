"""The kinds of mess as one table: where each may occur and which others it excludes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .words import KINDS

TEXT = frozenset({"csv", "csv-bom", "csv-gb18030", "csv-utf16", "tsv", "tsv-xls"})
MERGING = frozenset({"xlsx", "xlsm", "xls", "et", "ods", "html-xls", "xlsx-as-xls"})
BOOKS = frozenset({"xlsx", "xlsm", "xls", "et", "ods", "xlsx-as-xls"})
OOXML = frozenset({"xlsx", "xlsm", "xlsx-as-xls"})
FORMATS = tuple(sorted(TEXT | MERGING))
ALL_FORMATS = frozenset(FORMATS)
ALL_KINDS = frozenset(KINDS)
VISITS = frozenset({"visits"})
MATTERS = ALL_KINDS - VISITS


class Mess(NamedTuple):
    """One kind of mess; of one slot only one may occur, and formats and kinds narrow the choice."""

    slot: str = ""
    kinds: frozenset[str] = ALL_KINDS
    formats: frozenset[str] = ALL_FORMATS
    without: frozenset[str] = frozenset()


def _without(*names: str) -> frozenset[str]:
    return frozenset(names)


MESSES: Mapping[str, Mess] = {
    # around the table
    "title": Mess(),
    "office-line": Mess(),
    "unit-line": Mess(),
    "offset-table": Mess(),
    "footnotes": Mess(),
    "blank-below": Mess(),
    # the header
    "column-numbers": Mess(),
    "hint-row": Mess(),
    "sample-row": Mess(),
    "two-row-header": Mess("header"),
    "three-row-header": Mess("header"),
    "split-header": Mess("header", VISITS, without=_without("header-units", "header-synonyms")),
    "header-synonyms": Mess(),
    "header-units": Mess(),
    "header-blanks": Mess(),
    "header-fullwidth": Mess(),
    "column-order": Mess(),
    # columns
    "personal-columns": Mess(),
    "extra-columns": Mess(),
    "involved-beside": Mess("persons", VISITS),
    "involved-alone": Mess("persons", VISITS, without=_without("bad-persons", "split-header")),
    "batches": Mess(kinds=VISITS),
    "no-level": Mess("level", without=_without("split-header")),
    "flag-columns": Mess("status"),
    "outcome-column": Mess("status"),
    "close-date-only": Mess("status", MATTERS),
    "two-satisfactions": Mess(),
    # rows
    "merged-groups": Mess("vertical", formats=MERGING),
    "unmerged-export": Mess("vertical", formats=TEXT, without=_without("subtotals", "section-rows")),
    "continuation": Mess("vertical", VISITS, MERGING, _without("duplicates")),
    "subtotals": Mess(without=_without("repeated-header")),
    "section-rows": Mess(without=_without("repeated-header", "no-level")),
    "total-first": Mess("total"),
    "total-last": Mess("total"),
    "total-disagrees": Mess("total"),
    "repeated-header": Mess("vertical"),
    "blank-rows": Mess("vertical"),
    "numbered-blanks": Mess(without=_without("merged-groups", "continuation")),
    "duplicates": Mess(),
    "hidden-rows": Mess(formats=OOXML),
    # dates
    "date-builtin": Mess("date", formats=OOXML | {"xls", "et"}),
    "date-1904": Mess("date", formats=OOXML | {"xls", "et"}),
    "date-serial": Mess("date"),
    "date-serial-text": Mess("date"),
    "date-cn": Mess("date"),
    "date-iso-text": Mess("date"),
    "date-dot": Mess("date"),
    "date-slash-time": Mess("date"),
    "date-compact": Mess("date"),
    "date-numerals": Mess("date"),
    "date-month-day": Mess("date", without=_without("future-close")),
    "date-fullwidth": Mess("date"),
    "date-mixed": Mess("date"),
    "date-blank": Mess(),
    "dash-dates": Mess(without=_without("close-date-only")),
    "bad-dates": Mess(),
    "future-close": Mess(kinds=MATTERS),
    # numbers
    "number-unit": Mess("number", VISITS, without=_without("involved-alone")),
    "number-fullwidth": Mess("number", VISITS, without=_without("involved-alone")),
    "number-cn": Mess("number", VISITS, without=_without("involved-alone")),
    "number-text": Mess("number", VISITS, without=_without("involved-alone")),
    "number-formula": Mess("number", VISITS, BOOKS, _without("involved-alone")),
    "bad-persons": Mess(kinds=VISITS),
    # words
    "level-words": Mess("level"),
    "level-unknown": Mess("level"),
    "status-unknown": Mess("status"),
    "word-blanks": Mess(),
    "whitespace-cells": Mess(),
    "contradictions": Mess(without=_without("close-date-only")),
    "error-cells": Mess(without=_without("close-date-only", "flag-columns")),
    # the file
    "wrong-dimension": Mess(formats=OOXML),
    # sheets
    "months": Mess("sheets", formats=BOOKS),
    "counties": Mess("sheets", formats=BOOKS),
    "headers-change": Mess("sheets", formats=BOOKS, without=_without("split-header")),
    "several-kinds": Mess("sheets", formats=BOOKS),
    "notes-sheet": Mess(formats=BOOKS),
    "summary-sheet": Mess(formats=BOOKS),
    "hidden-copy": Mess(formats=BOOKS),
    "exact-copy": Mess("copy", formats=BOOKS),
    "filtered-copy": Mess("copy", formats=BOOKS, without=_without("merged-groups", "continuation")),
    "empty-sheets": Mess(formats=BOOKS),
    "stray-sheet": Mess(formats=BOOKS),
    "pivot-sheet": Mess(formats=BOOKS),
}
NUMBER_STYLES = ("number-unit", "number-fullwidth", "number-cn", "number-text", "number-formula")


def fits(name: str, chosen: Sequence[str], kinds: frozenset[str], formats: frozenset[str]) -> bool:
    """Whether this mess can be added to those chosen, leaving a kind and a format to choose."""
    mess = MESSES[name]
    if name in chosen or not (mess.kinds & kinds and mess.formats & formats):
        return False
    for other in chosen:
        rival = MESSES[other]
        if name in rival.without or other in mess.without or (mess.slot and mess.slot == rival.slot):
            return False
    return True
