"""Group labels that are paths (Roads > Potholes), cut to a given number of parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SEPARATORS = (r"\s*-+>+\s*|\s*[→>＞»]+\s*|\s*=>\s*", r"\s*::\s*", r"\s*\|\s*", r"\s*\\\s*")
"""Separators of the parts of a path, in order of precedence: the first one that a column holds splits its labels."""
SLASH = r"\s*/\s*"
"""A separator of the parts of a path, or of two names of one thing: it splits only labels that are shown to be paths."""
JOINED = " > "


def cut_paths(labels: Iterable[str], depth: int) -> dict[str, str]:
    """Return the first `depth` parts of each label that is a path, and other labels whole.

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
    """True if most labels hold a slash, and some of these labels have their first part in common."""
    parted = [parts for label in labels if len(parts := _parts(label, SLASH)) > 1]
    return 2 * len(parted) > len(labels) and len({parts[0] for parts in parted}) < len(parted)
