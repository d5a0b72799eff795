"""Serialization of a tally as JSON for the pipe from a worker, so nothing that a file influenced is unpickled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from xfstats.measures.tally import FileTally, Fingerprint, SheetTally, Tally
from xfstats.model import ColumnUse, Finding, GroupKey, Heading, Ledger, NotRead, Reject, claim_from_json

_SUMS = ("counts", "days", "subsets", "subset_days", "minutes", "subset_minutes")
_DIGESTS = ("rows", "numbers", "numbered")
_EMPTY = Tally()


def to_json(tally: FileTally) -> dict[str, Any]:
    """Return a tally as plain values; maps whose keys are not texts become lists of pairs."""
    plain = {key: value for key, value in asdict(tally).items() if key != "sheets"}
    return plain | {"sheets": [_sheet(sheet) for sheet in tally.sheets]}


def _sheet(sheet: SheetTally) -> dict[str, Any]:
    """Return plain values of the tally of a sheet."""
    plain = asdict(replace(sheet, sums=_EMPTY, windows={}, fingerprint=None))
    if sheet.fingerprint is not None:
        plain["fingerprint"] = asdict(sheet.fingerprint) | {name: list(getattr(sheet.fingerprint, name)) for name in _DIGESTS}
    return plain | {"sums": _sums(sheet.sums), "windows": {name: _sums(sums) for name, sums in sheet.windows.items()}}


def _sums(sums: Tally) -> dict[str, Any]:
    """Return each map from groups as a list of pairs."""
    return {name: [[list(key), dict(value)] for key, value in getattr(sums, name).items()] for name in _SUMS}


def _to_sums(plain: Mapping[str, Any]) -> Tally:
    """Return the sums that `_sums` wrote."""
    counts, days, subsets, subset_days, minutes, subset_minutes = (plain[name] for name in _SUMS)
    return Tally(
        {_key(key): value for key, value in counts},
        {_key(key): _days(value) for key, value in days},
        {_key(key): value for key, value in subsets},
        {_key(key): _days(value) for key, value in subset_days},
        {_key(key): _days(value) for key, value in minutes},
        {_key(key): _days(value) for key, value in subset_minutes},
    )


def from_json(plain: Mapping[str, Any]) -> FileTally:
    """Return the tally that `to_json` wrote."""
    return FileTally(
        name=plain["name"],
        sha256=plain["sha256"],
        format=plain["format"],
        sheets=tuple(map(_to_sheet, plain["sheets"])),
        not_read=tuple(NotRead(**one) for one in plain["not_read"]),
        findings=tuple(map(_finding, plain["findings"])),
    )


def _finding(plain: Mapping[str, Any]) -> Finding:
    """Return a finding of its plain values."""
    return Finding(plain["code"], plain["rows"], tuple(plain["at"]), plain["values"])


def _to_sheet(plain: Mapping[str, Any]) -> SheetTally:
    """Return the tally of a sheet that `_sheet` wrote."""
    return SheetTally(
        **{
            **plain,
            "claim": claim_from_json(plain["claim"]),
            "ledger": Ledger(plain["ledger"]) if plain["ledger"] else None,
            "header_rows": tuple(plain["header_rows"]),
            "by": tuple(plain["by"]),
            "span": tuple(plain["span"]) if plain["span"] else None,
            "supports": tuple(plain["supports"]),
            "told": tuple(plain["told"]),
            "sums": _to_sums(plain["sums"]),
            "windows": {name: _to_sums(sums) for name, sums in plain["windows"].items()},
            "findings": tuple(map(_finding, plain["findings"])),
            "traced_rows": {name: tuple((first, last) for first, last in runs) for name, runs in plain["traced_rows"].items()},
            "detail": {name: tuple(cells) for name, cells in plain["detail"].items()},
            "fingerprint": _fingerprint(plain["fingerprint"]) if plain["fingerprint"] else None,
            "columns_used": tuple(ColumnUse(**use) for use in plain["columns_used"]),
            "columns_unused": tuple(Heading(**one) for one in plain["columns_unused"]),
            "ambiguous_fields": tuple((field, header, other) for field, header, other in plain["ambiguous_fields"]),
            "year": (plain["year"][0], plain["year"][1]) if plain["year"] else None,
            "unmapped": tuple(plain["unmapped"]),
            "case_digests": tuple(plain["case_digests"]),
            "rejects": tuple(Reject(**reject) for reject in plain["rejects"]),
        }
    )


def _fingerprint(plain: Mapping[str, Any]) -> Fingerprint:
    """Return a fingerprint of its plain values."""
    return Fingerprint(**{**plain, **{name: frozenset(plain[name]) for name in _DIGESTS}})


def _key(labels: list[str | None]) -> GroupKey:
    """Return the labels of a group as a key."""
    return tuple(labels)


def _days(plain: Mapping[str, int]) -> dict[int, int]:
    """Return a histogram of days or minutes, its keys as numbers."""
    return {int(day): count for day, count in plain.items()}
