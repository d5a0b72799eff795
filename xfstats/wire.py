"""A file's tally as JSON and back: what crosses the pipe from a worker, so nothing that a file influenced is unpickled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from xfstats.model import ColumnUse, FileTally, Finding, GroupKey, Log, NotRead, Reject, SheetTally


def to_json(tally: FileTally) -> dict[str, Any]:
    """Plain values; maps whose keys are no texts become lists of pairs."""
    plain = {key: value for key, value in asdict(tally).items() if key != "sheets"}
    return plain | {"sheets": [_sheet(sheet) for sheet in tally.sheets]}


def _sheet(sheet: SheetTally) -> dict[str, Any]:
    plain = asdict(sheet)
    for name in ("counts", "days"):
        plain[name] = [[list(key), value] for key, value in plain[name].items()]
    return plain


def from_json(plain: Mapping[str, Any]) -> FileTally:
    """The tally that `to_json` wrote."""
    return FileTally(
        name=plain["name"],
        sha256=plain["sha256"],
        format=plain["format"],
        sheets=tuple(map(_to_sheet, plain["sheets"])),
        not_read=tuple(NotRead(**one) for one in plain["not_read"]),
        findings=tuple(map(_finding, plain["findings"])),
    )


def _finding(plain: Mapping[str, Any]) -> Finding:
    return Finding(plain["code"], plain["rows"], tuple(plain["at"]), plain["values"])


def _to_sheet(plain: Mapping[str, Any]) -> SheetTally:
    return SheetTally(
        **{
            **plain,
            "log": Log(plain["log"]),
            "header_rows": tuple(plain["header_rows"]),
            "by": tuple(plain["by"]),
            "span": tuple(plain["span"]) if plain["span"] else None,
            "supports": tuple(plain["supports"]),
            "counts": {_key(key): value for key, value in plain["counts"]},
            "days": {_key(key): _days(value) for key, value in plain["days"]},
            "subset_days": {key: _days(value) for key, value in plain["subset_days"].items()},
            "findings": tuple(map(_finding, plain["findings"])),
            "uses": tuple(ColumnUse(**use) for use in plain["uses"]),
            "unused": tuple(plain["unused"]),
            "case_digests": tuple(plain["case_digests"]),
            "rejects": tuple(Reject(**reject) for reject in plain["rejects"]),
        }
    )


def _key(labels: list[str | None]) -> GroupKey:
    return tuple(labels)


def _days(plain: Mapping[str, int]) -> dict[int, int]:
    return {int(day): count for day, count in plain.items()}
