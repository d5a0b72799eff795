"""The verdict on the answer to an office: exact, wrong and said, wrong in silence, refused rightly or badly."""

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.corpus.judge import ABOUT_STATUS, JUDGED_BY_STATUS, REFUSAL, Answer, Outcome, Verdict
from tests.corpus.truth import Group, Rows
from tests.program import run

from .canaries import CANARIES
from .matters import Figure, Figures, Pair, Truth
from .office import Office

Given = Mapping[str, Any]
EXACT_ENOUGH = frozenset({Outcome.EXACT, Outcome.REFUSED_RIGHTLY})


def ask(office: Office, folder: Path) -> Answer:
    """The answer of one run in the folder of the office."""
    done = run(*office.typed(), cwd=folder, LC_ALL="C.UTF-8")
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def verdict(office: Office) -> Verdict:
    """The files written, read and judged."""
    with tempfile.TemporaryDirectory(prefix="office-") as temporary:
        return judge(office, ask(office, office.save(Path(temporary))))


def judge(office: Office, answer: Answer) -> Verdict:
    """The verdict on one answer."""
    leaked = [canary for canary in CANARIES if canary in answer.out or canary in answer.err]
    if leaked:
        return Verdict(Outcome.WRONG, ("a cell of a person was printed",))
    if answer.code not in {0, 1}:
        return _refused(office, answer)
    try:
        given = json.loads(answer.out)
    except ValueError:
        return Verdict(Outcome.REFUSED_WRONGLY, (f"exit {answer.code} without JSON", answer.err.strip()[-300:]))
    return _judged(office, answer, given)


def _refused(office: Office, answer: Answer) -> Verdict:
    notes = (f"exit {answer.code}", answer.err.strip()[-300:])
    if not (office.right.refuse and answer.code == REFUSAL):
        return Verdict(Outcome.REFUSED_WRONGLY, notes)
    missing = [word for word in office.right.words if word not in answer.err]
    if missing:
        return Verdict(Outcome.REFUSED_WRONGLY, (f"the refusal does not hold {missing}", *notes))
    return Verdict(Outcome.REFUSED_RIGHTLY, notes)


def _judged(office: Office, answer: Answer, given: Given) -> Verdict:
    right = office.right
    said = [f"{one.get('code')} {one.get('message')}" for one in [*given["findings"], *given.get("attention", [])]]
    said += given["reconciliation"].get("reasons", {}).get("rejected", ())
    notes = [f"exit {answer.code}", *(f"said: {one}" for one in said)]
    if not right.tables:
        return Verdict(Outcome.PARTLY if said or answer.code else Outcome.WRONG, ("had to be refused", *notes))
    every = (compared(tables, given, asked(office)) for tables in right.tables)
    found, missing = min(every, key=lambda pair: (len(pair[0]), len(pair[1])))
    rows = Rows(**{key: given["reconciliation"].get(key, 0) for key in Rows.__dataclass_fields__})
    differ = right.rows is not None and rows != right.rows
    notes = [*found, *missing, *([f"reconciliation {rows} not {right.rows}"] if differ else []), *notes]
    if rows.rows != rows.counted + rows.rejected + rows.skipped + rows.outside:
        return Verdict(Outcome.WRONG, (*notes, "the reconciliation does not add up"), differ)
    if found:
        why = _explained(office, given, rows, said, found)
        return Verdict(Outcome.PARTLY if why else Outcome.WRONG, (why or "nothing explains it", *notes), differ)
    if right.said and not any(re.search(right.said, one) for one in said):
        return Verdict(Outcome.WRONG, (f"right, but /{right.said}/ had to be said", *notes), differ)
    false = [code for code in right.unsaid if any(one.startswith(code) for one in said)]
    if missing or false or differ:
        return Verdict(Outcome.PARTLY, (*(f"{code} is said without reason" for code in false), *notes), differ)
    return Verdict(Outcome.EXACT, tuple(notes))


def asked(office: Office) -> frozenset[str]:
    """The measures that were typed; none for those that a log has by itself."""
    words = office.words
    return frozenset(words[words.index("-m") + 1].split(",")) if "-m" in words else frozenset()


def _explained(office: Office, given: Given, rows: Rows, said: Sequence[str], found: Sequence[str]) -> str:
    """What the answer itself says that accounts for the difference, or nothing."""
    right = office.right
    if right.said and any(re.search(right.said, one) for one in said):
        return "what had to be said is said"
    if right.refuse and said:
        return "a finding stands where a refusal would"
    if right.rows and rows.rejected > right.rows.rejected:
        return "more rows were rejected, and said"
    by_status = all(JUDGED_BY_STATUS.search(one) for one in found)
    if by_status and any(ABOUT_STATUS.search(finding.get("message", "")) for finding in given["findings"]):
        return "words were not known, and said"
    return ""


def compared(truths: Sequence[Truth], given: Given, asked: frozenset[str] = frozenset()) -> tuple[list[str], list[str]]:
    """Every printed figure that is not the true one, and what is missing."""
    found: list[str] = []
    missing: list[str] = []
    left = list(truths)
    for shown in given["tables"]:
        true = next((one for one in left if one.log == shown["log"] and one.ledger in {None, shown.get("ledger")}), None)
        if true is None:
            found.append(f"there is no table {shown['log']} {shown.get('ledger')}")
            continue
        left.remove(true)
        found += _figures(f"{true.log} total", true.total, shown["total"]["figures"])
        missing += _lacking(true, shown, asked)
        if shown["by"] != ([true.by] if true.by else []):
            missing.append(f"by {shown['by']} instead of {true.by}")
            continue
        wrong, absent = _groups(true, shown)
        found += wrong
        missing += absent
    missing += [f"no table {one.log} {one.ledger or ''}" for one in left]
    return found, missing


def _lacking(true: Truth, shown: Given, asked: frozenset[str]) -> list[str]:
    """What was asked for, or without that counts that are not zero, and the total does not have."""
    printed = shown["total"]["figures"]
    idle = set() if true.log == "visits" else {"persons"}  # heads of cases are printed where they are asked for
    counts = {key for key, value in true.total.items() if isinstance(value, int) and value} - idle
    return [f"total has no {key}" for key in sorted(asked & set(true.total) or counts) if key not in printed]


def _groups(true: Truth, shown: Given) -> tuple[list[str], list[str]]:
    found: list[str] = []
    names = {plain(group): group for group in true.groups}
    seen: set[Group] = set()
    for row in shown["rows"]:
        if row.get("of_which"):
            continue
        label = row["group"].get(true.by)
        group = names.get(plain(label), label)
        if group in seen:
            found.append(f"{true.log} has two rows {group}")
        seen.add(group)
        zeros: Figures = dict.fromkeys((key for key, value in true.total.items() if isinstance(value, int)), 0)
        found += _figures(f"{true.log} {group}", true.groups.get(group, zeros), row["figures"])
    absent = [f"no row {group}" for group, figures in true.groups.items() if group not in seen and any(_some(figures))]
    return found, absent


def _some(figures: Figures) -> Iterator[bool]:
    return (isinstance(value, int) and value > 0 for value in figures.values())


def plain(group: Group) -> Group:
    """A label without blanks, width and case."""
    return None if group is None else re.sub(r"\s", "", unicodedata.normalize("NFKC", str(group))).casefold()


def _figures(where: str, true: Figures, printed: Given) -> Iterator[str]:
    """Each figure that is both known and printed, where they differ."""
    for key, value in true.items():
        if key in printed and not _same(value, printed[key]):
            yield f"{where} {key}: {value} but {printed[key]}"


def _same(value: Figure, printed: Any) -> bool:
    if isinstance(value, Pair):
        if printed is None:
            return value.denominator == 0
        return (printed.get("numerator"), printed.get("denominator")) == (value.numerator, value.denominator)
    if isinstance(printed, dict):
        printed = printed.get("value")
    if value is None or printed is None:
        return value is None and printed is None
    return abs(float(printed) - value) < 1e-4
