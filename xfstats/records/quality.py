"""Findings about rows: unknown words, cells that contradict one another, numbers that occur twice, totals that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from xfstats.config import normalize
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern
from xfstats.errors import FINDINGS
from xfstats.measures.deadlines import DayArray, as_days
from xfstats.model import Finding, Log, column_letter
from xfstats.readers.column import Column, Mask
from xfstats.records import answers as answering
from xfstats.records.average_rows import is_average
from xfstats.records.case_rows import Numbers
from xfstats.records.cells import RawCells
from xfstats.records.frame import Records
from xfstats.records.rejects import RowReview, is_word
from xfstats.records.statuses import CROSSES
from xfstats.row_reasons import RowReason
from xfstats.schema.infer import Schema
from xfstats.schema.numbers import MOST_ADDED, amount
from xfstats.schema.person_names import words_of_persons
from xfstats.schema.personal import MOST_OF_OUTCOME, MOST_OF_WORD, named_words


def findings_of_kept_rows(review: RowReview, outside: Mapping[RowReason, Mask]) -> list[Finding]:
    """Return the findings without rejected rows, some also without rows outside; one that has no rows left is dropped."""
    kept = review.raw.all_but(review.rejected)
    counting = kept & ~np.logical_or.reduce(list(outside.values()))
    found = []
    for place, finding in enumerate(review.findings):
        rows = review.rows_by_finding.get(place, np.array([], np.int64))
        told = rows[(counting if FINDINGS[finding.code].of_counted else kept)[rows]]
        if told.size == rows.size or FINDINGS[finding.code].of_file:
            found.append(finding)
        elif told.size:
            found.append(replace(finding, rows=told.size, at=review.places(told, finding.values["field"])))
    return found


def check_stated_totals(records: Records, raw: RawCells, schema: Schema, vocabulary: Vocabulary) -> list[Finding]:
    """Return a finding for each subtotal, and for a single total, whose persons or batches are not the sum of their rows.

    A row of averages states no sum: its label says so, or it has no word of sums and its number is the mean of those rows.
    """
    of_sums = {row: why for row, why in records.skipped.items() if why in {RowReason.TOTAL, RowReason.SUBTOTAL}}
    sums_stated = {row: why for row, why in of_sums.items() if not is_average(raw.labels[row], vocabulary.averages)}
    totals = [row for row, why in sums_stated.items() if why == RowReason.TOTAL]
    parts = [row for row, why in sorted(sums_stated.items()) if why == RowReason.SUBTOTAL and not _of_which(raw.labels[row])]
    said = {*totals, *parts} & {row for row in sums_stated if any(_is_sum(label, vocabulary) for label in raw.labels[row])}
    found = []
    for field in ("persons", "batches"):
        if field not in records.frame:
            continue
        added = np.where(records.recorded, records.frame[field].to_numpy(), 0)
        edges = [-1, *totals, *parts, len(added)]
        checked = [(row, [slice(None)]) for row in totals if len(totals) == 1] + [(row, _summed(row, edges)) for row in parts]
        for row, ranges in checked:
            stated = amount(raw.values[field][row], MOST_ADDED, 0)
            sums = [int(added[rows].sum()) for rows in ranges]
            if not isinstance(stated, int) or stated in sums:
                continue
            if row in said or not any(_is_mean(added, records.recorded, stated, one) for one in ranges):
                place = f"{column_letter(schema.field_map.fields[field])}{raw.first_row + row + 1}"
                found.append(Finding("W209", 1, (place,), {"field": field, "stated": stated, "computed": sums[0]}))
    return found


def _of_which(labels: Sequence[str]) -> bool:
    """True if a row of sums has a label with 其中: a part of another sum."""
    return any(map(pattern("row", "of_which").search, labels))


def _is_sum(label: str, vocabulary: Vocabulary) -> bool:
    """True if a label has a word of totals or subtotals."""
    text = normalize.word(label)
    return any(word in text for word in (*vocabulary.totals, *vocabulary.subtotals))


def _summed(row: int, edges: Sequence[int]) -> list[slice]:
    """Return the rows whose sum a subtotal may state: those since the last sum, those until the next, or all above."""
    before, after = max(edge for edge in edges if edge < row), min(edge for edge in edges if edge > row)
    return [slice(before + 1, row), slice(row + 1, after), slice(0, row)]


def _is_mean(added: Numbers, recorded: Mask, stated: int, rows: slice) -> bool:
    """True if a number is the mean of the records among these rows, rounded to a whole number."""
    records = int(recorded[rows].sum())
    return records > 1 and abs(2 * (stated * records - int(added[rows].sum()))) <= records


def note_row_findings(review: RowReview, records: Records, closed: DayArray | None) -> None:
    """Note the findings about the rows that are counted."""
    rows = records.counted
    for name, bad in review.unreadable.items():
        review.note("W206", [row for row in bad if rows[row]], name)
    received = review.read.get("received_on")
    if received is not None:
        review.note("W229", rows & (received > as_days([review.plan.as_of])[0]), "received_on")
    status = records.outcomes
    _unknown_words(review, "W201", status.unknown, status.words, rows)
    review.note("W244", rows & status.spread, "closed_flag")
    review.note("W224", rows & status.against, "closed_flag")
    if closed is not None:
        _note_close_dates(review, records, closed)
    _unknown_words(review, "W221", records.answers.unknown, records.answers.words, rows)
    _repeated_numbers(review, rows)


def _unknown_words(
    review: RowReview,
    code: str,
    unknown: Mapping[str, Column[str | None]],
    known: Mapping[str, Mapping[str, int]],
    rows: Mask,
) -> None:
    """Note the rows with words of each field that are in no table, and of these words those that may be named."""
    for name, words in unknown.items():
        counts = Counter({word: count for word, count in words.counts(rows).items() if word is not None})
        if not counts:
            continue
        words_of_state = name in {"status", "outcome"} or counts.keys() <= CROSSES
        of_anything = not known[name] and not words_of_state  # without a known word its subject is unknown
        shown = (
            {}
            if of_anything
            else named_words(counts, known[name], int(rows.sum()), MOST_OF_OUTCOME if name == "outcome" else MOST_OF_WORD)
        )
        persons = {*review.capitalised_held(shown), *words_of_persons(counts, review.vocabulary)} if shown else set()
        named = {word: count for word, count in shown.items() if word not in persons}
        told, unknown_here = rows & words.where(named.__contains__), rows & words.where(is_word)
        withheld, others = np.flatnonzero(unknown_here & ~told), np.flatnonzero(told)
        placed = "way.rating" if name in answering.RATINGS else "way.table"
        table = {"table": name, "way": placed} if code == "W221" else {}
        review.note(code, [*withheld.tolist(), *others.tolist()], name, words=named, withheld=len(withheld), **table)


def _note_close_dates(review: RowReview, records: Records, closed: DayArray) -> None:
    """Note close dates after the as-of day, and rows whose close date and status word disagree."""
    status, rows = records.outcomes, records.counted
    judged = rows & ~status.flags["excluded"]
    dated = closed <= as_days([review.plan.as_of])[0]
    review.note("W255", rows & ~np.isnat(closed) & ~dated, "closed_on")
    if status.by_words:
        way = "way.status" if "closed_flag" in status.words else "way.closed_by"
        review.note("W203", judged & dated & ~status.flags["closed"], "closed_on", way=way)
    review.note("W203", judged & status.undated, "closed_on", way="way.undated")


def _repeated_numbers(review: RowReview, rows: Mask) -> None:
    """Note the rows whose case number is in another of the rows too."""
    numbers = review.raw.values.get("case_no")
    if numbers is not None:
        counts = numbers.counts(rows & ~numbers.blank)
        way = "" if review.schema.log is Log.VISITS else "way.per"
        review.note("W205", rows & numbers.where(lambda cell: counts.get(cell, 0) > 1), "case_no", way=way)
