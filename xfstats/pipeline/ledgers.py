"""Ledgers of sheets: a log is split where some of its sheets are the leaders' and others are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from xfstats.measures.tally import FileTally, SheetTally
from xfstats.model import LEADERS, Claim, Finding, Ledger, Log


def settle(claims: Iterable[Claim]) -> dict[Claim, Ledger]:
    """Return the ledger of each claim.

    Each kind of log has one ledger, the one that all sheets name, else the log's own.  It has two where some sheets name the
    leaders' ledger and others another one, since a person whom a leader received is entered in both.
    """
    every = set(claims)
    found: dict[Claim, Ledger] = {}
    for log in {claim.log for claim in every}:
        own = [claim for claim in every if claim.log == log]
        one = _common(log, {claim.ledger for claim in own})
        found.update(_apart(own, LEADERS[log]) if _parts(own) else dict.fromkeys(own, one))
    return found


def _parts(claims: Sequence[Claim]) -> bool:
    """True if one log is split: a sheet with leaders names the leaders' ledger, and another sheet names a different one."""
    lead = LEADERS.get(claims[0].log)
    sure = _sure(claims, lead)
    return any(claim.leaders and claim.ledger == lead for claim in claims) and any(
        _other(claim, lead, sure=sure) for claim in claims
    )


def _sure(claims: Sequence[Claim], lead: Ledger | None) -> bool:
    """True if a sheet is the leaders' by more than levels: its name has 领导, or it has 接访 and the sheet a leaders' column."""
    return any(claim.ledger == lead and claim.leaders and not claim.by_levels for claim in claims)


def _other(claim: Claim, lead: Ledger | None, *, sure: bool) -> bool:
    """True if a sheet names another ledger than the leaders', and has no leaders; levels alone count as none where `sure`."""
    return claim.ledger is not None and claim.ledger != lead and (not claim.leaders or (sure and claim.by_levels))


def _common(log: Log, told: set[Ledger | None]) -> Ledger:
    """Return the one ledger that all sheets name, else the log's own."""
    one = next(iter(told))
    return one if len(told) == 1 and one is not None else Ledger(log.value)


def _apart(claims: Sequence[Claim], lead: Ledger) -> dict[Claim, Ledger]:
    """Return the ledger of each claim of a split log: the leaders', or the one that the other sheets name."""
    sure = _sure(claims, lead)
    apart = [claim for claim in claims if _other(claim, lead, sure=sure)]
    others = _common(claims[0].log, {claim.ledger for claim in apart})
    led = {claim for claim in claims if claim not in apart and (claim.leaders or claim.ledger == lead)}
    return {claim: lead if claim in led else claim.ledger or others for claim in claims}


def differ(one: Claim, other: Claim) -> bool:
    """True if two sheets, taken by themselves, are of different ledgers of one log."""
    return one != other and one.log == other.log and len(set(settle([one, other]).values())) > 1


def with_ledgers(files: Sequence[FileTally]) -> list[FileTally]:
    """Return the same tallies, each sheet with its ledger; with a finding where a log is split and the sheet names none."""
    found = settle(sheet.claim for file in files for sheet in file.sheets)
    parted = _parted_logs(found)

    def with_ledger(sheet: SheetTally) -> SheetTally:
        """Return a sheet with its ledger."""
        ledger = found[sheet.claim]
        unsure = sheet.log in parted and sheet.claim.ledger != ledger and sheet.counted
        said = [Finding("W268", sheet.counted, values={"ledger": ledger.value})] if unsure else []
        return replace(sheet, ledger=ledger, findings=(*sheet.findings, *said))

    return [replace(file, sheets=tuple(map(with_ledger, file.sheets))) for file in files]


def _parted_logs(found: Mapping[Claim, Ledger]) -> frozenset[Log]:
    """Return the logs that have more than one ledger."""
    ledgers = {(claim.log, ledger) for claim, ledger in found.items()}
    logs = [log for log, _ in ledgers]
    return frozenset(log for log in logs if logs.count(log) > 1)
