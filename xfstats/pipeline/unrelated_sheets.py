"""Sheets that are not logs although they have a header (drop-down lists, duty rosters); they are not counted."""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.frozen import frozen
from xfstats.pipeline.typed_sheet import TypedSheet
from xfstats.schema.context import column_kinds
from xfstats.schema.header import EVENT, UNCOUNTED


@frozen
class SheetProfile:
    """The features that show whether a sheet is a log: its fields, its rows, and whether it states its kind."""

    fields: frozenset[str]
    rows: int
    named: bool
    """True if the title or name of the sheet states the kind of log."""
    worded: bool
    """True if the headers contain words of a kind of log."""

    recorded: bool
    """True if a date, case number or person column shows that each row is one record."""

    @property
    def happened(self) -> bool:
        """True if the sheet has a date, a number of persons or batches, or a case number."""
        return bool(self.fields & EVENT)


def sheet_profile(sheet: TypedSheet) -> SheetProfile:
    """Return the profile of a sheet."""
    schema = sheet.schema
    fields = frozenset(schema.field_map.fields) - UNCOUNTED
    named, worded = schema.log_by in {"title", "sheet"}, bool(column_kinds(schema.header.names))
    return SheetProfile(fields, sheet.records.rows, named, worded, schema.one_record_per_row)


def unrelated_sheets(faces: Sequence[SheetProfile]) -> frozenset[int]:
    """Return the sheets that state no kind of log and differ from the main one, which has the most fields, then the most rows.

    A sheet of batches without records of its own is unrelated to a main sheet of records, even if it states its kind.  Else a
    sheet is unrelated that has no date, number of persons or case number where the main one has, or that has at most half of the
    main one's fields and no word of a kind of log in its headers.
    """
    if len(faces) < 2:
        return frozenset()
    main = max(faces, key=lambda face: (face.recorded, face.happened, len(face.fields), face.rows))
    return frozenset(index for index, face in enumerate(faces) if face is not main and _strange(face, main))


def _strange(face: SheetProfile, main: SheetProfile) -> bool:
    """True if a sheet is unrelated to the main one."""
    if main.recorded and not face.recorded and "batches" in face.fields:
        return True
    if face.named:
        return False
    few = 2 * len(face.fields & main.fields) <= len(main.fields)
    return (main.happened and not face.happened) or (few and not face.worded)
