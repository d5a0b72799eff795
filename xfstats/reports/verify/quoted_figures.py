"""Figures of a report in context: each number with the words around it, or with its row and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from xfstats.config.period_words import english_period
from xfstats.frozen import frozen
from xfstats.messages import LANGS, raw, several
from xfstats.reports.verify.blocks import DataSheet, Grid, ReportBlock, TextLine
from xfstats.reports.verify.days import DAY, read_days
from xfstats.reports.verify.words import ReportVocabulary, count_label_columns

_LARGE_UNITS = "".join(raw("verify.large_units", lang) for lang in LANGS)
_IN_WORDS = "|".join(raw("verify.number_in_words", lang) for lang in LANGS)
_NUMBER = re.compile(rf"{DAY}|[+-]?\d+(?:,\d{{3}})*(?:\.\d+)?[%{_LARGE_UNITS}]?|{_IN_WORDS}")
"""A day; `7,413`, `+0.68`, `94.92%`, `20万`; also a number in words, `二十一` 件."""
_SENTENCE = re.compile(r"(?:[^。；;！？.\n]|\.(?!\s|$))+")
_CLAUSE = re.compile(r"[，、：:；;（）()…,]|\.(?=\s|$)|\s{2}")
_PROVENANCE = re.compile(r"^\W*(?:(?:\w+ )?sha256 |xfstats [a-z]+)")
"""Lines of digests and of the command, which contain no figures."""
_DIGITS_PERIOD = re.compile(r"\b(?:On|From) (\d{4}-\d\d-\d\d)(?: to (\d{4}-\d\d-\d\d))?(?=, )")
"""A period as English reports of 0.2.0 and before began a sentence with it."""
_VERSION = re.compile(r"(?<=xfstats )\d[\w.]*")
_FORMER_WORDS = [word.split("=") for lang in LANGS for word in several("verify.former_words", lang)]
_EDGES = " \t，、；：,;:-|#•"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％＋－−．", "0123456789%+--.")
_FULL_WIDTH_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


@frozen
class QuotedFigure:
    """Number of a report, or content of a cell: its text, its figure's name if tagged, the words around it.

    `keys` identify it, the strictest first: by its sentence, its clause, the known words of its clause; in a table by row
    and column, by column, by row. None where there is nothing to identify it by.
    """

    text: str
    name: str | None
    before: str
    after: str
    keys: tuple[Hashable | None, Hashable | None, Hashable | None]
    subject: str | None = None
    """Label of a row that was mentioned last before it."""
    known_words: frozenset[str] = frozenset()
    in_cell: bool = False
    formula: str | None = None
    day: str | None = None
    """The day that it is, in ISO form; None of any other number."""

    @property
    def value(self) -> str:
        """Return the day, or the text without thousands separators and blanks."""
        return self.day or re.sub(r"[,\s]", "", self.text)

    @property
    def parts_of_day(self) -> int:
        """Return how many numbers a day is written with; 0 of what is no day."""
        return len(re.findall(r"\d+", self.text)) if self.day else 0

    @property
    def numeric(self) -> bool:
        """True if it is a number, unlike some cells."""
        return not self.in_cell or bool(re.search(r"\d", self.text))


def extract_figures(blocks: Sequence[ReportBlock], words: ReportVocabulary, names: Mapping[str, str]) -> list[QuotedFigure]:
    """Return every figure in reading order; `names` maps file names to placeholders."""
    found: list[QuotedFigure] = []
    for block in blocks:
        match block:
            case TextLine():
                found += _line_figures(block, words, names)
            case Grid(rows) if rows:
                found += _grid_figures(block, names)
            case DataSheet(_, grid):
                found += _grid_figures(grid, names)
    return found


def _line_figures(one: TextLine, words: ReportVocabulary, names: Mapping[str, str]) -> Iterator[QuotedFigure]:
    """Yield the figures of each sentence of a line."""
    one = TextLine(tuple((_DIGITS_PERIOD.sub(_spoken, f"{text}, ").removesuffix(", "), name) for text, name in one.runs))
    text = _to_half_width(one.text)
    if _PROVENANCE.match(text):
        return
    text = _VERSION.sub(lambda found: " " * len(found[0]), text)
    tags = _tags_by_position(one)
    for file, stand_in in names.items():
        if file in text:
            text, tags = text.replace(file, stand_in), {}
    subjects = list(words.subjects(text))
    for sentence in _SENTENCE.finditer(text):
        marks = list(_NUMBER.finditer(text, *sentence.span()))
        edges = [sentence.start(), *(edge for mark in marks for edge in mark.span()), sentence.end()]
        gaps = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        template = tuple(map(_letters_and_digits, gaps))
        days = read_days([mark[0] for mark in marks])
        for place, mark in enumerate(marks):
            before = gaps[place][len(_first_clause(gaps[place])) if place else 0 :]
            subject = next((label for end, label in reversed(subjects) if end <= mark.start()), None)
            key = ("sentence", template, place) if any(template) else None
            around = (before, _first_clause(gaps[place + 1]))
            figure = _clause_figure(mark[0], tags.get(mark.start()), around, key, subject, words)
            yield _as_day(figure, day) if (day := days[place]) else figure


def _as_day(figure: QuotedFigure, day: str) -> QuotedFigure:
    """Return the figure as a day, which is the same one whatever words stand around it."""
    return replace(figure, keys=(*figure.keys[:2], ("day", day)), day=day)


def _spoken(found: re.Match[str]) -> str:
    """Return an English period in words; as it is where it is none."""
    try:
        first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2] or found[1])
    except ValueError:
        return found[0]
    return english_period(first, last)


def _clause_figure(
    text: str, name: str | None, around: tuple[str, str], sentence: Hashable | None, subject: str | None, words: ReportVocabulary
) -> QuotedFigure:
    """Return the figure of a number within its clause and below its subject."""
    clause = tuple(map(_letters_and_digits, around))
    known_words = tuple(words.known_words(_in_words_of_now(text)) for text in around)
    keys = (
        sentence,
        ("clause", subject, clause) if any(clause) else None,
        ("known", subject, known_words) if subject or any(known_words) else None,
    )
    before, after = (part.strip(_EDGES) for part in around)
    return QuotedFigure(text, name, before, after, keys, subject, frozenset((*known_words[0], *known_words[1])))


def _grid_figures(grid: Grid, names: Mapping[str, str]) -> Iterator[QuotedFigure]:
    """Yield the content of each filled cell that is no label."""
    wide = count_label_columns(grid)
    heads = [cell.text for cell in grid.rows[0]]
    for row in grid.rows[1:]:
        labels = [names.get(cell.text.strip(), cell.text.strip()) for cell in row[:wide]]
        line = tuple(map(_letters_and_digits, labels))
        for place, cell in enumerate(row[wide:], wide):
            if cell.text.strip():
                head = heads[place] if place < len(heads) else ""
                column = _letters_and_digits(head)
                keys = (("cell", line, column), ("column", column), ("row", line))
                before = " · ".join(text for text in (*labels, head) if text)
                yield QuotedFigure(
                    _to_half_width(cell.text).strip(), cell.name, before, "", keys, in_cell=True, formula=cell.formula
                )


def _to_half_width(text: str) -> str:
    """Return the text with full-width digits and signs replaced, positions unchanged."""
    return _FULL_WIDTH_COMMA.sub(",", text).translate(_FULL_WIDTH)


def _letters_and_digits(text: str) -> str:
    """Return the letters and digits of a text in today's words, case-folded."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", _in_words_of_now(text))).casefold()


def _in_words_of_now(text: str) -> str:
    """Return a text with the words of earlier versions replaced by those that say the same today."""
    for former, now in _FORMER_WORDS:
        text = text.replace(former, now)
    return text


def _first_clause(text: str) -> str:
    """Return the text up to the first punctuation."""
    end = _CLAUSE.search(text)
    return text[: end.start()] if end else text


def _tags_by_position(one: TextLine) -> dict[int, str]:
    """Return the names of tagged figures by position in a line; further numbers under one name are numbered."""
    found: dict[int, str] = {}
    start = 0
    for text, name in one.runs:
        if name:
            for count, mark in enumerate(_NUMBER.finditer(_to_half_width(text)), 1):
                found[start + mark.start()] = name if count == 1 else f"{name} {count}"
        start += len(text)
    return found
