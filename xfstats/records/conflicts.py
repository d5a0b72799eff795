"""Findings about the rows that are counted: unknown words, cells that contradict one another, numbers that occur twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from xfstats.measures.deadlines import Days, as_days
from xfstats.model import Log
from xfstats.readers.column import Column, Mask
from xfstats.records import answers as answering
from xfstats.records.frame import Records
from xfstats.records.rejects import RowReview
from xfstats.schema.personal import MOST_OF_OUTCOME, MOST_OF_WORD, named_words


def note_conflicts(review: RowReview, records: Records, closed: Days | None) -> None:
    """Note the findings about the rows that are counted."""
    rows = records.counted
    for name, bad in review.unreadable.items():
        review.find("W206", [row for row in bad if rows[row]], name)
    received = review.read.get("received_on")
    if received is not None:
        review.find("W229", rows & (received > as_days([review.plan.as_of])[0]), "received_on")
    status = records.outcomes
    _unknown_words(review, "W201", status.unknown, status.words, rows)
    review.find("W244", rows & status.spread, "closed_flag")
    review.find("W224", rows & status.against, "closed_flag")
    if closed is not None:
        _closing(review, records, closed)
    _unknown_words(review, "W221", records.answers.unknown, records.answers.words, rows)
    _repeated_numbers(review, rows)


def _unknown_words(
    review: RowReview,
    code: str,
    unknown: Mapping[str, Column[str | None]],
    known: Mapping[str, Mapping[str, int]],
    rows: Mask,
) -> None:
    """Note the words of each field that are in no table: those that may be named, and the rows of those that may not."""
    for name, words in unknown.items():
        counts = Counter({word: count for word, count in words.counts(rows).items() if word is not None})
        if not counts:
            continue
        of_anything = not known[name] and name not in {"status", "outcome"}  # without one 是 or 否 nothing tells what it is of
        shown = (
            {}
            if of_anything
            else named_words(counts, known[name], int(rows.sum()), MOST_OF_OUTCOME if name == "outcome" else MOST_OF_WORD)
        )
        named = {word: count for word, count in shown.items() if word not in (review.held(shown) if shown else ())}
        told, unknown_here = rows & words.where(named.__contains__), rows & words.where(_said)
        withheld, others = np.flatnonzero(unknown_here & ~told), np.flatnonzero(told)
        placed = "way.rating" if name in answering.RATINGS else "way.table"
        table = {"table": name, "way": placed} if code == "W221" else {}
        review.find(code, [*withheld.tolist(), *others.tolist()], name, words=named, withheld=len(withheld), **table)


def _closing(review: RowReview, records: Records, closed: Days) -> None:
    """Note close dates after the as-of day, and those that say of being closed what the words do not."""
    status, rows = records.outcomes, records.counted
    judged = rows & ~status.flags["excluded"]
    dated = closed <= as_days([review.plan.as_of])[0]
    review.find("W255", rows & ~np.isnat(closed) & ~dated, "closed_on")
    if status.by_words:
        way = "way.status" if "closed_flag" in status.words else "way.closed_by"
        review.find("W203", judged & dated & ~status.flags["closed"], "closed_on", way=way)
    review.find("W203", judged & status.undated, "closed_on", way="way.undated")


def _repeated_numbers(review: RowReview, rows: Mask) -> None:
    """Note case numbers that stand in several of the rows."""
    numbers = review.raw.values.get("case_no")
    if numbers is not None:
        counts = numbers.counts(rows & ~numbers.blank)
        way = "" if review.schema.log is Log.VISITS else "way.per"
        review.find("W205", rows & numbers.where(lambda cell: counts.get(cell, 0) > 1), "case_no", way=way)


def _said(word: str | None) -> bool:
    return word is not None
