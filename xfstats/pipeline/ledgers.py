"""Ledgers of sheets: a log is split where some of its sheets are the leaders' and others are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from xfstats.measures.tally import FileTally, SheetTally
from xfstats.model import LEADERS, Claim, Finding, Ledger, Log


def settle(claims: Iterable[Claim]) -> dict[Claim, Ledger]:
    """Return the ledger of each claim.

    One ledger a log, named as all sheets name it, else as the log, unless the names tell two and one of them is the leaders'
    while the other is not: a person whom a leader received stands in both.
    """
    every = set(claims)
    found: dict[Claim, Ledger] = {}
    for log in {claim.log for claim in every}:
        own = [claim for claim in every if claim.log == log]
        one = _common(log, {claim.ledger for claim in own})
        found.update(_apart(own, LEADERS[log]) if _parts(own) else dict.fromkeys(own, one))
    return found


def _parts(claims: Sequence[Claim]) -> bool:
    """True if the names of the sheets of one log tell the leaders' ledger and, of sheets without leaders, another one."""
    lead = LEADERS.get(claims[0].log)
    sure = _sure(claims, lead)
    return any(claim.leaders and claim.ledger == lead for claim in claims) and any(
        _other(claim, lead, sure=sure) for claim in claims
    )


def _sure(claims: Sequence[Claim], lead: Ledger | None) -> bool:
    """True if a sheet is the leaders' by more than levels: 领导 in its name, or 接访 in it over a column of leaders."""
    return any(claim.ledger == lead and claim.leaders and not claim.by_levels for claim in claims)


def _other(claim: Claim, lead: Ledger | None, *, sure: bool) -> bool:
    """True if a sheet is of another ledger by its name; beside a sheet that is surely the leaders', levels do not refute it."""
    return claim.ledger is not None and claim.ledger != lead and (not claim.leaders or (sure and claim.by_levels))


def _common(log: Log, told: set[Ledger | None]) -> Ledger:
    """Return the one ledger that all sheets tell, else the log's own name."""
    one = next(iter(told))
    return one if len(told) == 1 and one is not None else Ledger(log.value)


def _apart(claims: Sequence[Claim], lead: Ledger) -> dict[Claim, Ledger]:
    """Return the ledgers of a log that parts: the leaders' sheets, and the others by their names."""
    sure = _sure(claims, lead)
    apart = [claim for claim in claims if _other(claim, lead, sure=sure)]
    others = _common(claims[0].log, {claim.ledger for claim in apart})
    led = {claim for claim in claims if claim not in apart and (claim.leaders or claim.ledger == lead)}
    return {claim: lead if claim in led else claim.ledger or others for claim in claims}


def differ(one: Claim, other: Claim) -> bool:
    """True if two sheets are of different ledgers of one log, though there were no others."""
    return one != other and one.log == other.log and len(set(settle([one, other]).values())) > 1


def with_ledgers(files: Sequence[FileTally]) -> list[FileTally]:
    """Return the same tallies, each sheet with its ledger; a finding where a log is split and no name tells the sheet's."""
    found = settle(sheet.claim for file in files for sheet in file.sheets)
    parted = _parted_logs(found)

    def kept(sheet: SheetTally) -> SheetTally:
        ledger = found[sheet.claim]
        unsure = sheet.log in parted and sheet.claim.ledger != ledger and sheet.counted
        said = [Finding("W268", sheet.counted, values={"ledger": ledger.value})] if unsure else []
        return replace(sheet, ledger=ledger, findings=(*sheet.findings, *said))

    return [replace(file, sheets=tuple(map(kept, file.sheets))) for file in files]


def _parted_logs(found: Mapping[Claim, Ledger]) -> frozenset[Log]:
    """Return the logs that have more than one ledger."""
    ledgers = {(claim.log, ledger) for claim, ledger in found.items()}
    logs = [log for log, _ in ledgers]
    return frozenset(log for log in logs if logs.count(log) > 1)
