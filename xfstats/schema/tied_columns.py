"""Columns whose headers serve one field equally well: their values decide where they prove that only one can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from xfstats.config import normalize
from xfstats.config.normalize import blank
from xfstats.config.vocabulary import Vocabulary
from xfstats.model import FIELDS, Cell, Kind
from xfstats.row_reasons import RowReason
from xfstats.schema.dates import DateReader

Values = Sequence[str]
SAME = 20
"""Columns of one day in all rows but one in SAME are the same day."""


def competing(field: str, columns: Sequence[int], sample: Sequence[Sequence[Cell]], dates: DateReader) -> tuple[int, ...]:
    """Return the columns that still compete for a field; case numbers with the most different ones first.

    Dropped are empty columns, for a grouping field those with a single value where another has several, for a date field those
    without a day where another has some and those of the day of an earlier one in nearly every row, and those equal to an
    earlier one in every row, but not for amounts.
    """
    values = {column: _texts(column, sample, dates if FIELDS[field] is Kind.DATE else None) for column in columns}
    kept = [column for column in columns if any(values[column])] or list(columns[:1])
    if FIELDS[field] is Kind.GROUP:
        telling = [column for column in kept if len(set(filter(None, values[column]))) > 1]
        kept = telling or kept
    if FIELDS[field] is Kind.DATE:
        return _of_different_days([column for column in kept if _tells_day(column, sample, dates)] or kept, values)
    if FIELDS[field] is Kind.AMOUNT:
        return tuple(kept)  # equal amounts in the sampled rows prove nothing about the other rows
    if field == "case_no":
        kept.sort(key=lambda column: -len(set(values[column])))
    firsts: dict[tuple[str, ...], int] = {}
    for column in kept:
        firsts.setdefault(tuple(values[column]), column)
    return tuple(firsts.values())


def _tells_day(column: int, sample: Sequence[Sequence[Cell]], dates: DateReader) -> bool:
    """True if a cell of a column is a day, or one whose order is not known."""
    read = (dates.read(row[column]) for row in sample if column < len(row))
    return any(isinstance(day, date) or day == RowReason.DATE_AMBIGUOUS for day in read)


def _of_different_days(columns: Sequence[int], values: Mapping[int, Values]) -> tuple[int, ...]:
    """Return the columns whose days differ from those of each earlier one in more than one row of SAME."""
    kept: list[int] = []
    for column in columns:
        differing = (sum(map(str.__ne__, values[one], values[column])) for one in kept)
        if all(SAME * number > len(values[column]) for number in differing):
            kept.append(column)
    return tuple(kept)


def _texts(column: int, sample: Sequence[Sequence[Cell]], dates: DateReader | None) -> list[str]:
    """Return the cells of a column as texts for comparison; of days without their time."""
    return ["" if blank(cell) or cell is None else _text(cell, dates) for cell in _cells(column, sample)]


def _text(cell: Cell, dates: DateReader | None) -> str:
    """Return a cell as a text for comparison."""
    day = None if dates is None else dates.read(cell)
    return day.isoformat() if isinstance(day, date) else normalize.word(normalize.text_of(cell))


def settled(
    fields: Mapping[str, int],
    ties: Mapping[str, Sequence[int]],
    sample: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
    dates: DateReader,
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Return the fields, tied ones with the first column that still competes, and the ties that remain."""
    left = {field: competing(field, columns, sample, dates) for field, columns in ties.items()}
    for field, columns in left.items():
        if len(columns) > 1:
            clear = {one: place for one, place in fields.items() if len(left.get(one, ())) < 2}
            left[field] = _possible(field, columns, clear, sample, vocabulary, dates)
    return {**fields, **{field: columns[0] for field, columns in left.items()}}, {
        field: columns for field, columns in left.items() if len(columns) > 1
    }


def _possible(
    field: str,
    columns: Sequence[int],
    clear: Mapping[str, int],
    sample: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
    dates: DateReader,
) -> tuple[int, ...]:
    """Return the columns that the values leave possible, all where they rule out each or none.

    A level or status column is one of known words; closed states agree with the close dates, which no other column rivals;
    receipt is never after close.
    """
    tests: list[Callable[[int], bool]] = []
    match field:
        case "level":
            tests.append(
                lambda column: _all_known(_texts(column, sample, None), lambda word: vocabulary.level(word) in vocabulary.levels)
            )
        case "status":
            tests.append(
                lambda column: _all_known(
                    _texts(column, sample, None), lambda word: vocabulary.sets(vocabulary.state(word)) is not None
                )
            )
            if "closed_on" in clear:
                ended = [not blank(cell) for cell in _cells(clear["closed_on"], sample)]
                tests.append(lambda column: len(set(ended)) > 1 and _closed(_texts(column, sample, None), vocabulary) == ended)
        case "received_on" if "closed_on" in clear:
            tests.append(lambda column: _in_order(column, clear["closed_on"], sample, dates))
        case "closed_on" if "received_on" in clear:
            tests.append(lambda column: _in_order(clear["received_on"], column, sample, dates))
    left = tuple(columns)
    for test in tests:
        left = tuple(filter(test, left)) or left
    return left


def _all_known(texts: Sequence[str], known: Callable[[str], bool]) -> bool:
    """True if a column has texts and each is known."""
    words = set(filter(None, texts))
    return bool(words) and all(map(known, words))


def _closed(texts: Sequence[str], vocabulary: Vocabulary) -> list[bool]:
    """Return which rows have a state that closes."""
    return ["closed" in (vocabulary.sets(vocabulary.state(text)) or ()) for text in texts]


def _cells(column: int, sample: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Return the cells of a column."""
    return [row[column] if column < len(row) else None for row in sample]


def _in_order(first: int, second: int, sample: Sequence[Sequence[Cell]], dates: DateReader) -> bool:
    """True if no day of one column is after that of the other in the same row."""
    days = (
        (dates.read(one), dates.read(other)) for one, other in zip(_cells(first, sample), _cells(second, sample), strict=True)
    )
    return all(one <= other for one, other in days if isinstance(one, date) and isinstance(other, date))
