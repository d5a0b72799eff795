"""Reasons why a row is not counted: it is rejected, skipped, or outside of what was asked for.

The texts are in the locale under the value of a reason: [reasons]; of one that rejects a row [mend], and [remedies] where
something can be typed.
"""

from __future__ import annotations

from enum import Enum, StrEnum, auto, unique
from typing import Self


class Uncounted(Enum):
    """What becomes of a row that is not counted."""

    REJECTED = auto()
    SKIPPED = auto()
    OUTSIDE = auto()


@unique
class RowReason(StrEnum):
    """A reason why a row is not counted: its word in JSON, what becomes of the row, and whether --public tells its number."""

    uncounted: Uncounted
    public: bool

    def __new__(cls, word: str, uncounted: Uncounted = Uncounted.REJECTED, public: bool = True) -> Self:  # noqa: FBT001, FBT002 - a row
        """Return a member, which is its word."""
        made = str.__new__(cls, word)
        made._value_, made.uncounted, made.public = word, uncounted, public
        return made

    DATE_TEXT = "date-text"
    DATE_RANGE = "date-range"
    DATE_AMBIGUOUS = "date-ambiguous"
    DATE_YEAR = "date-year"
    DATE_BLANK = "date-blank"
    NUMBER_TEXT = "number-text"
    NUMBER_RANGE = "number-range"
    PERSONS_BLANK = "persons-blank"
    BATCHES_BLANK = "batches-blank"
    SUM_ROW = "sum-row"
    MERGED_HEADS = "merged-heads"
    VOID = "void"
    ERROR_CELL = "error-cell"
    NO_VALUE = "no-value"
    TOO_FEW_FIELDS = "too-few-fields"
    TOO_MANY_FIELDS = "too-many-fields"
    DUPLICATE = "duplicate"
    BLANK = "blank", Uncounted.SKIPPED
    TOTAL = "total", Uncounted.SKIPPED
    SUBTOTAL = "subtotal", Uncounted.SKIPPED
    REPEATED_HEADER = "repeated-header", Uncounted.SKIPPED
    COLUMN_NUMBERS = "column-numbers", Uncounted.SKIPPED
    HINT = "hint", Uncounted.SKIPPED
    FOOTNOTE = "footnote", Uncounted.SKIPPED
    SECTION = "section", Uncounted.SKIPPED
    CONTINUATION = "continuation", Uncounted.SKIPPED
    EARLIER_ENTRY = "earlier-entry", Uncounted.SKIPPED
    COPY = "copy", Uncounted.SKIPPED, False
    PERIOD = "period", Uncounted.OUTSIDE
    WHERE = "where", Uncounted.OUTSIDE
