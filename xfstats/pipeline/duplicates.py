"""Duplicate sheets: copies, versions of one list, and rows that stand in several sheets of one file or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xfstats.errors import InputFault
from xfstats.frozen import frozen
from xfstats.measures.digest_sets import shared, size, within
from xfstats.measures.tally import MANY, FileTally, SheetTally, Tally
from xfstats.model import Finding, Position
from xfstats.pipeline.copy_names import says_copy, tell_two
from xfstats.pipeline.ledgers import differ
from xfstats.row_reasons import RowReason

LEAST = 3
"""A sheet with fewer rows, of few columns, is never taken for a copy of another."""


@frozen
class DuplicateSheets:
    """The result of a comparison of sheets, each given by its index in the list."""

    of: dict[int, int]
    """Each copy → the sheet that holds all of its rows."""
    versions: tuple[tuple[int, int], ...]
    """Pairs of versions of one list: they have the same cases, or most of their rows in common, and differ in other cells."""
    shared: tuple[tuple[int, int, int], ...]
    """A sheet, another one, and the number of rows that they have in common."""
    alike: tuple[tuple[int, int, int], ...]
    """The same for sheets whose rows nothing identifies: rows may be equal by chance, so both sheets are counted."""


def find_duplicates(sheets: Sequence[SheetTally], names: Sequence[str]) -> DuplicateSheets:
    """Return the sheets that are copies or versions of others, or share rows, by their fingerprints and `names`.

    Rows are identified by a case number or a text of their own.  Without one, equal rows make a copy only where a name says so,
    or where the names do not name two places or teams and the whole sheets are equal, or the rows have the same serial numbers
    as in the longer list.
    """
    of, alike = _throughout(sheets, names)
    prints = [None if index in of else sheet.fingerprint for index, sheet in enumerate(sheets)]
    rows = _common([one.rows if one else b"" for one in prints], [one is not None and one.telling for one in prints])
    numbers = _common([one.numbers if one else b"" for one in prints], [False] * len(prints))
    versions: list[tuple[int, int]] = []
    shared: list[tuple[int, int, int]] = []
    for index, sheet in enumerate(sheets):
        for place in sorted(rows[index].keys() | numbers[index].keys()):
            other, common = sheets[place], rows[index].get(place, 0)
            known = _identified(sheet) and _identified(other)
            whole = _same_rows(sheet, other, common)
            told = known or says_copy(names[index], names[place])
            told = told or (_picked(sheet, other) and not tell_two(names[index], names[place]))
            copied = whole and told and not contradict(sheet, other)
            if _later(sheet, other, index, place) and (copied or _same_numbers(sheet, other, numbers[index].get(place, 0))):
                of.setdefault(index, place)
                if not copied and sheet.columns == other.columns and _rows(sheet) > common:
                    versions.append((index, place))
            elif not known and _later(sheet, other, index, place) and (whole or _versions(sheet, other, common)):
                alike.setdefault(index, (index, place, common))
            elif place < index and place not in of and common and known and _differing(sheet) and _differing(other):
                if _versions(sheet, other, common) and not contradict(sheet, other):
                    versions.append((index, place))
                shared.append((index, place, common))
    return DuplicateSheets(
        of,
        tuple(versions),
        tuple(one for one in shared if one[0] not in of and one[1] not in of),
        tuple(one for one in alike.values() if one[0] not in of and one[1] not in of),
    )


def _throughout(sheets: Sequence[SheetTally], names: Sequence[str]) -> tuple[dict[int, int], dict[int, tuple[int, int, int]]]:
    """Return the sheets equal to an earlier one in all cells or typed values: copies, and those that may be so by chance."""
    of: dict[int, int] = {}
    alike: dict[int, tuple[int, int, int]] = {}
    digests: dict[tuple[str, int], int] = {}
    typed: dict[int, int] = {}
    for index, sheet in enumerate(sheets):
        read = sheet.fingerprint.typed if sheet.fingerprint else None
        bytewise = digests.setdefault((sheet.digest, sheet.rows), index)
        place = bytewise if bytewise != index or read is None else typed.get(read, index)
        if read is not None:
            typed.setdefault(read, index)
        if place == index or not sheet.rows or sheet.fingerprint is None:
            continue
        known = _identified(sheet) and _identified(sheets[place])
        apart = contradict(sheet, sheets[place]) or tell_two(names[index], names[place])
        if (known and (bytewise != index or not apart)) or (
            not apart and (bytewise != index or says_copy(names[index], names[place]))
        ):
            of[index] = place
        else:
            alike[index] = (index, place, sheet.fingerprint.kept)
    return of, alike


def _common(prints: Sequence[bytes], identified: Sequence[bool]) -> list[dict[int, int]]:
    """Return how many digests each sheet has in common with each of those that it may be a copy or version of.

    Two sheets whose rows are identified are compared where they share any; others only where one has four fifths of the
    other's, so that rows that are equal by chance in very many sheets do not make each of them compared with each.
    """
    holders = shared(prints)
    own: list[set[int]] = [set() for _ in prints]
    for digest, places in holders.items():
        for place in places:
            own[place].add(digest)
    found: list[dict[int, int]] = [{} for _ in prints]
    for index, digests in enumerate(own):
        lacking = size(prints[index]) - len(digests)
        rarest = sorted(digests, key=lambda digest: (len(holders[digest]), digest))[: size(prints[index]) // 5 - lacking + 1]
        others = {place for digest in rarest for place in holders[digest]} if 5 * lacking <= size(prints[index]) else set()
        if identified[index]:
            others.update(place for digest in digests for place in holders[digest] if identified[place])
        for place in others - {index}:
            found[index][place] = found[place][index] = len(digests & own[place])
    return found


def _rows(sheet: SheetTally) -> int:
    """Return the number of distinct rows of a sheet."""
    return size(sheet.fingerprint.rows) if sheet.fingerprint else 0


def _later(sheet: SheetTally, other: SheetTally, index: int, place: int) -> bool:
    """True if a sheet has fewer case numbers or rows than the other, or as many and comes later in the list."""
    own, rows = _size(sheet), _size(other)
    return own < rows or (own == rows and place < index)


def _size(sheet: SheetTally) -> tuple[int, int]:
    """Return the number of distinct case numbers and of distinct rows of a sheet."""
    return (size(sheet.fingerprint.numbers), size(sheet.fingerprint.rows)) if sheet.fingerprint else (0, 0)


def _alike(sheet: SheetTally, other: SheetTally) -> bool:
    """True if two sheets have the same columns, among them the date of receipt or the case number."""
    return bool({"received_on", "case_no"} & sheet.columns.keys()) and sheet.columns == other.columns


def contradict(sheet: SheetTally, other: SheetTally) -> bool:
    """True if the names of two sheets, or of their files, give them different groups or different ledgers."""
    if differ(sheet.claim, other.claim):
        return True
    own, others = (dict(one.fingerprint.named) if one.fingerprint else {} for one in (sheet, other))
    return any(others.get(field, label) != label for field, label in own.items())


def _same_rows(sheet: SheetTally, other: SheetTally, common: int) -> bool:
    """True if the other sheet has the same columns and every row of this one, which has enough rows for a copy."""
    least = 1 if sheet.fingerprint is not None and sheet.fingerprint.wide and _rows(sheet) < _rows(other) else LEAST
    return _rows(sheet) >= least and common == _rows(sheet) and _alike(sheet, other)


def _picked(sheet: SheetTally, other: SheetTally) -> bool:
    """True if the serial numbers are those of a longer list, and the other sheet has every row with the same serial number."""
    own, others = sheet.fingerprint, other.fingerprint
    if own is None or others is None or not own.picked or size(own.numbered) < LEAST:
        return False
    return within(own.numbered, others.numbered)


def _versions(sheet: SheetTally, other: SheetTally, common: int) -> bool:
    """True if two sheets share enough rows to be one list: half of the smaller, or four fifths where nothing identifies rows."""
    smaller = min(_rows(sheet), _rows(other))
    told = _identified(sheet) and _identified(other)
    much = (2 * common >= smaller and common >= LEAST) if told else (5 * common >= 4 * smaller and common >= MANY)
    return much and _alike(sheet, other)


def _same_numbers(sheet: SheetTally, other: SheetTally, common: int) -> bool:
    """True if the other sheet has every case number with the same date, and every field of this sheet but the serial number."""
    own = size(sheet.fingerprint.numbers) if sheet.fingerprint else 0
    fields = sheet.columns.keys() - {"serial"}
    return sheet.log == other.log and own >= LEAST and common == own and fields <= other.columns.keys()


def _identified(sheet: SheetTally) -> bool:
    """True if the rows of a sheet have a case number or a text of their own, so that none is equal to another by chance."""
    return sheet.fingerprint is not None and sheet.fingerprint.telling


def _differing(sheet: SheetTally) -> bool:
    """True if the rows of a sheet of many columns nearly all differ."""
    return (
        sheet.fingerprint is not None
        and sheet.fingerprint.wide
        and 10 * size(sheet.fingerprint.rows) >= 9 * sheet.fingerprint.kept
    )


def shared_numbers(sheets: Sequence[SheetTally]) -> dict[tuple[str, ...], int]:
    """Return the number of case numbers that occur in several counted sheets, by the names of these sheets; else nothing."""
    counted = [(sheet.sheet, sheet.fingerprint.numbers) for sheet in sheets if sheet.copy_of is None and sheet.fingerprint]
    holders = shared([numbers for _, numbers in counted])
    places = {place for several in holders.values() for place in several}
    return {tuple(counted[place][0] for place in sorted(places)): len(holders)} if holders else {}


def drop_copies(files: Sequence[FileTally]) -> list[FileTally]:
    """Return the same tallies, that of a copy emptied: its rows are skipped as `copy`, with a finding.

    Raises InputFault for two versions of one list in two files.
    """
    sheets = [(file, sheet) for file in files for sheet in file.sheets]
    names = [f"{file.name}「{sheet.sheet}」" if sheet.sheet else file.name for file, sheet in sheets]
    within = {index: f"{file.name}「{sheet.copy_of}」" for index, (file, sheet) in enumerate(sheets) if sheet.copy_of is not None}
    found = find_duplicates(
        [replace(sheet, fingerprint=None) if index in within else sheet for index, (_, sheet) in enumerate(sheets)], names
    )
    for one, other in found.versions:  # versions in two files; those in one file were refused when it was read
        raise InputFault("E331", Position(sheets[one][0].name), one=names[one], other=names[other])
    copied = within | {one: names[other] for one, other in found.of.items()}
    pairs = [("W227", *pair) for pair in found.shared if sheets[pair[0]][0] is not sheets[pair[1]][0]]
    pairs += [("W265", *pair) for pair in found.alike if sheets[pair[0]][0] is not sheets[pair[1]][0]]
    said = {one: Finding(code, rows, (), {"first": names[other]}) for code, one, other, rows in pairs}
    done = [
        _copy(sheet, copied[index]) if index in copied else _told(sheet, said.get(index))
        for index, (_, sheet) in enumerate(sheets)
    ]
    kept = iter(done)
    return [replace(file, sheets=tuple(next(kept) for _ in file.sheets)) for file in files]


def _told(sheet: SheetTally, finding: Finding | None) -> SheetTally:
    """Return the tally of a sheet without its fingerprint, with a finding if there is one."""
    return replace(sheet, fingerprint=None, findings=(*sheet.findings, finding) if finding else sheet.findings)


def _copy(sheet: SheetTally, first: str) -> SheetTally:
    """Return the tally of a sheet all of whose rows are skipped as copies."""
    zeros = Tally({key: dict.fromkeys(counts, 0) for key, counts in sheet.sums.counts.items()}, {}, {}, {})
    return replace(
        sheet,
        counted=0,
        rejected={},
        outside={},
        skipped={RowReason.COPY: sheet.rows},
        sums=zeros,
        windows={},
        limits={},
        traced_rows={},
        detail={},
        status_words={},
        spellings={},
        findings=(Finding("W210", sheet.rows, (), {"first": first}),),
        rejects=(),
        fingerprint=None,
    )
