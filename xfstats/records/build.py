"""Building of typed records, rejects with reasons and findings from a sheet's wanted columns: every row has one status."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.errors import InputFault, TotalsFault
from xfstats.measures.capabilities import words_of
from xfstats.measures.choices import Choices
from xfstats.measures.deadlines import NO_DAY, DayArray, as_days
from xfstats.measures.definitions import IN_HOURS
from xfstats.measures.needs import required_words
from xfstats.model import BY_FIELDS, FIELDS, Cell, Kind, Log, Position, column_letter
from xfstats.readers.column import Mask
from xfstats.records import answers as answering
from xfstats.records.answers import Answers, answers, closed_in_time
from xfstats.records.case_rows import Numbers, cases, cut_numbers
from xfstats.records.case_rows import moments as latest_moments
from xfstats.records.cells import ONCE, MergedRows, RawCells, each_row, fill_dittos, fill_merges, merged_rows
from xfstats.records.closing_rows import closing_lines, doubtful_line
from xfstats.records.date_settings import note_shifted, settle_dates
from xfstats.records.elapsed_minutes import Moments, begin_with_earliest, elapsed_minutes, moments_between
from xfstats.records.frame import Records, categories, row_statuses, typed_frame
from xfstats.records.group_labels import GroupLabels
from xfstats.records.merged_records import differing, first_rows, settle
from xfstats.records.quality import findings_of_kept_rows, note_row_findings
from xfstats.records.rejects import NamesHeld, RowReview
from xfstats.records.row_kinds import SECTION, skipped
from xfstats.records.statuses import Outcomes, closed_by_timeliness, ended_by_word, ones_beside, outcomes
from xfstats.records.total_rows import NUMBERS, unnumbered_sums
from xfstats.records.unknown_states import untold_sets
from xfstats.records.unused_columns import note_unused_columns
from xfstats.row_reasons import RowReason
from xfstats.schema.context import level_in, year_in
from xfstats.schema.date_zones import ZoneReading
from xfstats.schema.infer import WORDS, Schema


def make_records(
    raw: RawCells,
    schema: Schema,
    plan: Plan,
    vocabulary: Vocabulary,
    at: Position,
    held: NamesHeld = NamesHeld(),  # noqa: B008 - it never changes
    zones: ZoneReading | None = None,
) -> Records:
    """Return all rows of a sheet, each counted, rejected, skipped or outside; raise InputFault if the sheet cannot be counted."""
    raw = each_row(raw) if vocabulary.each_row else raw
    fill_merges(raw, schema, NUMBERS if vocabulary.each_row else ONCE)
    merged = MergedRows() if vocabulary.each_row else merged_rows(raw, schema)
    skips, ends = _skipped(raw, merged, schema, vocabulary, at)
    fill_dittos(raw, skips)
    _refuse_other_year(raw, skips, schema, at)
    review = RowReview(raw, schema, plan, vocabulary, at, skips, held)
    for code, found in ends.items():
        review.note(code, found, next((name for name in NUMBERS if name in raw.values), schema.wanted_fields[0]))
    review.moments = settle_dates(review, zones)
    note_unused_columns(review)
    _note_level_sections(review)
    received = review.dates("received_on", rejecting=True)
    asked = {*(plan.measures or ()), *plan.extra_measures}
    heads = schema.log is Log.VISITS or asked & {"persons", "collective_persons", "collective_visits"}
    persons = review.amounts("persons") if heads else None
    batches = review.batches()
    weighed = schema.field_map.evidence.get("batches") == "map"
    if schema.log is not Log.VISITS and not weighed and batches is not None and (batches > 1).any():
        raise TotalsFault(at)
    _note_batches_above_persons(review, batches, persons)
    review.reject_void()
    review.reject_sum_labels()
    for row in unnumbered_sums(raw, review.recorded):
        review.reject(row, "serial", RowReason.SUM_ROW, first=True)
    review.reject_sparse()
    for row in merged.contested:
        review.reject(row, "persons", RowReason.MERGED_HEADS, first=True)
    closed = review.dates("closed_on", rejecting=plan.judged_by == "closed_on")
    for name in ("accepted_on", "due_on"):
        review.dates(name, rejecting=plan.judged_by == name)
    moments = _reduce_to_cases(review, moments_between(raw.values, review.read, schema.dates) if asked & IN_HOURS else None)
    review.check_duplicates()
    labels = GroupLabels(review)
    filtered = labels.filtered()
    outside = review.outside(review.read.get(plan.judged_by), filtered)
    groups = labels.groups()
    kept = review.kept
    answered = {name: raw.values[name] for name in answering.FIELDS if name in raw.values}
    said = answers(
        answered, {name: schema.header.names[schema.field_map.fields[name]] or "" for name in answered}, vocabulary, kept
    ).without_unknown(schema.offered, kept)
    _refuse_marks(review, said, asked)
    results, unread = _outcomes(review, closed, batches, kept, merged.continued, said)
    for row in _settle_merged_records(review, merged, results, closed):
        outside[RowReason.PERIOD][row], outside[RowReason.WHERE][row] = True, False
    elapsed = _elapsed(review, received, closed, moments)
    records = Records(
        raw.first_row,
        skips,
        review.rejected,
        typed_frame(
            row_statuses(review.rows, skips, review.rejected, outside),
            review.read,
            results,
            said,
            {"batches": batches, "persons": persons},
            elapsed,
            unread,
        ),
        pd.DataFrame({name: categories(own) for name, own in groups.items()}, index=pd.RangeIndex(review.rows)),
        results,
        said,
        filtered,
    )
    note_shifted(review)
    note_row_findings(review, records, closed)
    _note_struck_and_untold(review, records)
    records.findings, records.moments = findings_of_kept_rows(review, outside), review.moments
    records.absent, records.spellings = labels.absent, labels.spellings
    records.words = {**results.words, **said.words, **labels.words}
    return records


def _note_batches_above_persons(review: RowReview, batches: Numbers | None, persons: Numbers | None) -> None:
    """Note the rows with more batches than persons."""
    if persons is not None and batches is not None:
        review.note("W235", review.kept & (batches > persons), "batches")


def _note_struck_and_untold(review: RowReview, records: Records) -> None:
    """Note counted rows that are struck through, and rows with unknown words where most records have such."""
    struck = np.isin(np.arange(review.rows) + review.raw.first_row, list(review.raw.struck))
    review.note("W256", records.counted & struck, review.schema.wanted_fields[0])
    for name, unknown in dict(untold_sets(records).values()).items():
        review.note("W251", unknown, name)


def _refuse_marks(review: RowReview, said: Answers, asked: Collection[str]) -> None:
    """Raise InputFault where a figure that is asked for by name needs marks of ratings that no class has."""
    choices = Choices.of(review.plan.profile)
    for field in sorted(said.marks):
        if any((words_of(field),) in required_words(key, choices) for key in asked):
            raise InputFault("E340", replace(review.at, column=review.schema.field_map.fields[field]), field=field)


def _skipped(
    raw: RawCells, merged: MergedRows, schema: Schema, vocabulary: Vocabulary, at: Position
) -> tuple[dict[int, RowReason], dict[str, list[int]]]:
    """Return the rows that are no records, each with its reason; and by finding the closing lines and the doubtful last row."""
    skips = skipped(raw, (*merged.continued, *_rows_joined_above(raw)), schema, vocabulary, at)
    closing = closing_lines(raw, skips, schema.dates)
    skips |= dict.fromkeys(closing, RowReason.FOOTNOTE)
    return skips, {"W260": closing, "W267": doubtful_line(raw, skips, schema.dates)}


def _rows_joined_above(raw: RawCells) -> list[int]:
    """Return the rows whose cells were joined to the row above."""
    joined = raw.text.joined if raw.text else ()
    return [row - raw.first_row for row in joined if 0 < row - raw.first_row < len(raw.filled)]


def _settle_merged_records(review: RowReview, merged: MergedRows, results: Outcomes, closed: DayArray | None) -> list[int]:
    """Settle the status of records over several rows; return those that are now open and so outside a period of close dates."""
    gone = review.skips.keys() | review.rejected.keys()
    over = {first: rows for first, rows in first_rows(merged.continued).items() if first not in gone}
    name = next((name for name in NUMBERS if name in review.raw.values), review.schema.wanted_fields[0])
    review.note("W263", differing(review.raw.values, over, WORDS), name)
    undone = settle(results, review.raw.values, over, closed)
    judged = review.plan.period is not None and review.plan.judged_by == "closed_on"
    return undone if judged else []


def _elapsed(
    review: RowReview, received: DayArray | None, closed: DayArray | None, moments: Moments | None
) -> dict[str, Numbers | None]:
    """Return days and minutes from receipt to close, None where the log has no such dates or times; note those that run back."""
    days = review.days(received, closed)
    if moments is None or days is None:
        return {"days": days}
    minutes, backward = elapsed_minutes(moments, days)
    review.note("W280", backward & review.kept, "closed_on")
    return {"days": days, "minutes": minutes}


def _reduce_to_cases(review: RowReview, moments: Moments | None) -> Moments | None:
    """Blank truncated case numbers; where rows are events of cases, skip all but the latest; raise InputFault without cases.

    Return the moments, those of receipt of such a case's earliest row.
    """
    raw, skips = review.raw, review.skips
    numbers = raw.values.get("case_no")
    if review.vocabulary.per != "none" and (numbers is None or review.schema.log is Log.VISITS):
        raise InputFault("E305" if numbers is None else "E349", review.at, field="case_no", instead="")
    if numbers is None:
        return moments
    kept = review.kept
    cut = cut_numbers(numbers, kept)
    review.note("W266", cut, "case_no")
    if cut.any():
        numbers = raw.values["case_no"] = numbers.put(cut, None)
    if review.vocabulary.per == "none":
        return moments
    received = review.read.get("received_on")
    dated = [(days, raw.values[name]) for name, days in review.read.items() if name != "due_on"]
    if raw.updated is not None:
        read = review.schema.dates.column(raw.updated)
        dated = [(as_days([day if isinstance(day, date) else None for day in read.values])[read.codes], raw.updated)]
    told = latest_moments(dated, review.rows)
    found = cases(numbers, kept, told)
    for case in found:
        skips |= {row: RowReason.EARLIER_ENTRY for row in case.rows if row != case.latest}
        begin_with_earliest(moments, received, case.rows, case.latest)
        if received is not None:
            days = received[list(case.rows)]
            received[case.latest] = min(days[~np.isnat(days)], default=NO_DAY)
    review.note("W264", [case.latest for case in found if not case.told], "case_no")
    return moments


def _note_level_sections(review: RowReview) -> None:
    """Note how many section rows (一、市级领导接访) name a level where no column does, and the first of them."""
    raw, skips = review.raw, review.skips
    levelled = "level" in review.schema.field_map.fields
    sections = [] if levelled else sorted(row for row, why in skips.items() if why == RowReason.SECTION)
    texts = {row: SECTION.sub("", normalize.word(raw.labels[row][0]), 1) for row in sections}
    told = [row for row, text in texts.items() if level_in(text, review.vocabulary)]
    if told:
        review.note_sheet("W249", when=True, number=len(told), first=raw.first_row + told[0] + 1)


def _outcomes(
    review: RowReview, closed: DayArray | None, batches: Numbers | None, kept: Mask, more: Sequence[int], said: Answers
) -> tuple[Outcomes, Mask]:
    """Return the status sets of the rows, and the rows whose status, or the date that decides it, is an error or unreadable.

    Words are counted, and make a set known to the log, only in the `kept` rows and in `more`, the further rows of records.
    """
    raw, vocabulary, choices = review.raw, review.vocabulary, Choices.of(review.plan.profile)
    worded = {name: raw.values[name] for name in WORDS if name in raw.values and name not in answering.FIELDS}
    spoiled = {
        name: review.note_error_cells(name)
        for name in raw.values
        if name in {*BY_FIELDS, *review.plan.by_columns} or FIELDS.get(name) is Kind.WORD
    }
    lost = ~raw.all_but(row for name in worded for row in spoiled[name])
    unread = lost & raw.blank_in(worded)
    for name, ones in (ones_beside(kept & (batches > 1), worded) if batches is not None else {}).items():
        review.note("W243", ones, name)
    ended = ended_by_word(raw.values["closed_on"], vocabulary) if closed is not None else np.zeros(review.rows, bool)
    results = outcomes(worded, closed, ended, review.plan.as_of, vocabulary, kept | ~raw.all_but(more), choices.closed_by)
    if "on_time_flag" in raw.values and not results.by_words:
        column = review.schema.field_map.fields["on_time_flag"]
        in_time = closed_in_time(raw.values["on_time_flag"], said, review.schema.header.names[column] or "", vocabulary)
        results = results if in_time is None else closed_by_timeliness(results, in_time, closed)
    if results.by_date and not (results.by_words and choices.closed_by == "either"):
        bad = ~raw.all_but(review.unreadable.get("closed_on", ()))
        unread |= bad & ~raw.values["closed_on"].where(_is_text_without_digits)
    texts = ", ".join(column_letter(column) for column in sorted(review.schema.field_map.prose))
    review.note_sheet("W241", when=bool(texts) and not worded and closed is not None, columns=texts)
    return results, unread


def _is_text_without_digits(cell: Cell) -> bool:
    """True if a close-date cell is a text without digits, such as 正在办理: no day on which the record may have been closed."""
    return isinstance(cell, str) and not blank(cell) and not any(map(str.isdigit, cell))


def _refuse_other_year(raw: RawCells, skips: Mapping[int, RowReason], schema: Schema, at: Position) -> None:
    """Raise InputFault for a further table under a title of another year: dates without a year would get that of the first."""
    if not schema.context.year:
        return
    again = [row for row, why in skips.items() if why == RowReason.REPEATED_HEADER]
    for row in sorted({above for below in again for above in (below - 1, below - 2) if above >= 0}):
        if raw.labels[row] and raw.filled[row] <= 2:
            year = year_in(raw.labels[row][0])
            if year is not None and year != schema.context.year:
                raise InputFault("E323", at, one=schema.header.first + 1, other=raw.first_row + row + 2)
