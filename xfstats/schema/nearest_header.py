"""The row of a sheet without a header that looks most like one, for a refusal that says what was seen and looked for."""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.config.vocabulary import Vocabulary
from xfstats.messages import LANGS, joined, name_of, say
from xfstats.model import Cell, column_letter
from xfstats.schema.header import DEPTH, Header, find_header
from xfstats.schema.header_rows import filled_cells, textual

LOOKED_FOR = ("received_on", "closed_on", "status", "case_no", "persons")
"""Fields that the error names as examples of those of a log."""


def nearest_header(
    cells: Sequence[Sequence[Cell]], merges: Sequence[tuple[int, int, int, int]] | None, vocabulary: Vocabulary
) -> tuple[str, str]:
    """Return the message on the row that looks most like a header, in Chinese and in English, without quoting its texts."""
    header = find_header(cells, merges, vocabulary)
    row = header.first if header is not None else _most_texts(cells)
    return (_said(row, header, LANGS[0]), _said(row, header, LANGS[1]))


def _said(row: int | None, header: Header | None, lang: str) -> str:
    """Return the message with the row, its known columns and the fields that were looked for."""
    wanted = joined((name_of("fields", field, lang) for field in LOOKED_FOR), lang)
    if row is None:
        return say("nearest.none", lang, wanted=wanted)
    known = [] if header is None else [place for place, fields in enumerate(header.candidates) if fields]
    if header is None or not known:
        return say("nearest.unknown", lang, row=row + 1, wanted=wanted)
    fields = ((column_letter(place), name_of("fields", header.candidates[place][0][0], lang)) for place in known)
    columns = (f"{letter} = {field}" for letter, field in fields)
    return say("nearest.known", lang, row=row + 1, columns=joined(columns, lang), wanted=wanted)


def _most_texts(cells: Sequence[Sequence[Cell]]) -> int | None:
    """Return the first row with the most filled cells among those that may be a header; None where there is none."""
    rows = [row for row in range(min(DEPTH, len(cells))) if textual(cells[row])]
    return max(rows, key=lambda row: (len(filled_cells(cells[row])), -row), default=None)
