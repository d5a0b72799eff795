"""Packed sets of digests: the same as sets of numbers, and compared a part at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xfstats.measures import digest_sets
from xfstats.measures.digest_sets import packed, shared, size, within

DIGESTS = st.sets(st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(-3, 3))


@given(st.lists(DIGESTS, max_size=6), st.integers(1, 8))
def test_what_several_sets_share_however_many_are_compared_at_once(sets, at_once):
    before, digest_sets.MOST_AT_ONCE = digest_sets.MOST_AT_ONCE, at_once
    try:
        found = shared([packed(one) for one in sets])
    finally:
        digest_sets.MOST_AT_ONCE = before
    places = {digest: [place for place, one in enumerate(sets) if digest in one] for one in sets for digest in one}
    assert found == {digest: one for digest, one in places.items() if len(one) > 1}


@given(DIGESTS, DIGESTS)
def test_a_packed_set_has_a_size_and_is_within_another(one, other):
    assert size(packed([*one, *one])) == len(one)
    assert within(packed(one), packed(other)) is (one <= other)
    assert within(packed(one), packed(one | other))
