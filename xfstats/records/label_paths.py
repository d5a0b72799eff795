"""Labels that are paths, such as Roads > Potholes > Deep: their first parts, for a table at one level of a classification."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SEPARATORS = (r"\s*-+>+\s*|\s*[→>＞»]+\s*|\s*=>\s*", r"\s*::\s*", r"\s*\|\s*", r"\s*\\\s*")
"""Marks between the parts of a path, of which the first that a column holds parts its labels."""
SLASH = r"\s*/\s*"
"""Between the parts of a path, or between two names of one thing: the labels have to prove which."""
JOINED = " > "


def cut_paths(labels: Iterable[str], depth: int) -> dict[str, str]:
    """Return the first parts of each label, so many at most; of a label that is no path all of it.

    >>> cut_paths(["Roads > Potholes", "Roads->Signs", "Noise"], 1)
    {'Roads > Potholes': 'Roads', 'Roads->Signs': 'Roads', 'Noise': 'Noise'}
    """
    every = list(labels)
    mark = next((one for one in SEPARATORS if any(len(_parts(label, one)) > 1 for label in every)), None)
    if mark is None and _are_paths(every):
        mark = SLASH
    return {label: JOINED.join(_parts(label, mark)[:depth]) if mark else label for label in every}


def _parts(label: str, mark: str) -> list[str]:
    """Return the parts of a label between marks, without empty ones; the label where it has none."""
    return [part for part in re.split(mark, label) if part] or [label]


def _are_paths(labels: Sequence[str]) -> bool:
    """True if most labels hold a slash and there are fewer first parts than such labels: each stands over several."""
    parted = [parts for label in labels if len(parts := _parts(label, SLASH)) > 1]
    return 2 * len(parted) > len(labels) and len({parts[0] for parts in parted}) < len(parted)
