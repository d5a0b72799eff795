"""Header rows: synonyms, units, stars, blanks, full-width letters, and labels over two or three rows."""

import random
from collections.abc import Collection, Sequence

from .lines import Line
from .words import PARENTS, SPLIT_HEADINGS, UNITS_OF_HEADINGS, headings

HINTS = {
    "received_on": "格式：2024-01-01",
    "closed_on": "格式：2024-01-01",
    "level": "市级/县级/乡级",
    "persons": "填数字",
    "batches": "填数字",
    "status": "下拉选择",
    "closed_flag": "是/否",
    "name": "必填",
}


def labels(rng: random.Random, kind: str, columns: Sequence[str], mess: Collection[str]) -> list[str]:
    """The heading of each column, without the rows above it; no two columns get the same one."""
    found: list[str] = []
    for name in columns:
        choices = [heading for heading in headings(kind, name) if heading not in found]
        plain = rng.choice(choices) if {"header-synonyms", "headers-change"} & set(mess) else choices[0]
        found.append(plain)
    return [_worn(rng, name, label, mess) for name, label in zip(columns, found, strict=True)]


def _worn(rng: random.Random, name: str, label: str, mess: Collection[str]) -> str:
    if "header-units" in mess:
        label += rng.choice(UNITS_OF_HEADINGS[name]) if name in UNITS_OF_HEADINGS else ""
        label = f"*{label}" if name in {"received_on", "level", "persons"} and rng.random() < 0.6 else label
    if "header-fullwidth" in mess:
        label = label.replace("(", "（").replace(")", "）").replace("*", "＊")
        label = label if name != "serial" else "Ｎｏ．"
    if "header-blanks" in mess and len(label) > 1 and rng.random() < 0.7:
        at = rng.randint(1, len(label) - 1)
        label = label[:at] + rng.choice([" ", "  ", "　", "\n"]) + label[at:]
    return label


def header(columns: Sequence[str], names: Sequence[str], mess: Collection[str]) -> list[Line]:
    """One, two or three header rows."""
    if "three-row-header" in mess:
        return [_top(len(columns)), *_two_rows(columns, names)]
    if "two-row-header" in mess:
        return _two_rows(columns, names)
    if "split-header" in mess:
        return _split_rows(columns, names)
    return [Line(names)]


def _top(width: int) -> Line:
    return Line(["登记信息", *[None] * (width - 1)], [(0, 0, width - 1)])


def _runs(parents: Sequence[str | None]) -> list[tuple[int, int]]:
    """First and last column of each run of the same parent."""
    runs: list[tuple[int, int]] = []
    for column, parent in enumerate(parents):
        if runs and parent is not None and parents[runs[-1][1]] == parent:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _two_rows(columns: Sequence[str], names: Sequence[str]) -> list[Line]:
    parents = [PARENTS.get(name) for name in columns]
    return _over(parents, names, names)


def _split_rows(columns: Sequence[str], names: Sequence[str]) -> list[Line]:
    """Headings that are whole only when both rows are read: 接访 over 日期, 级别."""
    split = [SPLIT_HEADINGS.get(name) for name in columns]
    parents = [pair[0] if pair else None for pair in split]
    return _over(parents, [pair[1] if pair else name for pair, name in zip(split, names, strict=True)], names)


def _over(parents: Sequence[str | None], below: Sequence[str], alone: Sequence[str]) -> list[Line]:
    """Parents over their columns; a column without one fills both rows."""
    upper: list[str | None] = [None] * len(parents)
    lower: list[str | None] = list(below)
    merges = []
    for first, last in _runs(parents):
        upper[first] = parents[first] or alone[first]
        if parents[first] is None:
            lower[first] = None
            merges.append((1, first, last))
        else:
            merges.append((0, first, last))
    return [Line(upper, merges), Line(lower)]


def below(columns: Sequence[str], mess: Collection[str], sample: Sequence[object]) -> list[Line]:
    """What stands between the header and the rows: column numbers, hints, a sample row."""
    lines = []
    if "column-numbers" in mess:
        lines.append(Line(list(range(1, len(columns) + 1))))
    if "hint-row" in mess:
        lines.append(Line([HINTS.get(name) for name in columns]))
    if "sample-row" in mess:
        lines.append(Line(["示例", *sample[1:]]))
    return lines
