"""Columns of states that only their values or a vague header suggest, beside an outcome column of known states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xfstats.config import normalize
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import pattern
from xfstats.model import Cell
from xfstats.schema.content import BY_VALUES, states
from xfstats.schema.header import JOIN

NAMED = pattern("value_header", "state")
"""Endings of headers that name a state: its words tell the state even where they are unknown."""


def without_guessed_states(
    offers: Mapping[str, list[tuple[int, int, str]]],
    names: Sequence[str | None],
    sample: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
) -> dict[str, list[tuple[int, int, str]]]:
    """Return the offers without status columns that are guessed (处理方式) or of unknown words (Stage), where an outcome tells.

    An outcome column tells where half of its filled cells are known states, one of them of a closed record.
    """
    outcomes = ([row[column] for row in sample if column < len(row)] for _, column, _ in offers.get("outcome", ()))
    if not any(states(values, vocabulary, tenths=5) for values in outcomes):
        return dict(offers)
    kept = [
        (rank, column, why)
        for rank, column, why in offers.get("status", ())
        if rank < BY_VALUES or NAMED.search(normalize.header((names[column] or "").split(JOIN)[-1]))
    ]
    others = {field: found for field, found in offers.items() if field != "status"}
    return {**others, "status": kept} if kept else others
