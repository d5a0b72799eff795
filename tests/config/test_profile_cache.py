"""What is made of a profile is made once for all files of a run, and holds no word of any of them."""

from __future__ import annotations

from xfstats.config.profile import load_profile
from xfstats.config.profile_cache import once_per_profile
from xfstats.config.vocabulary import vocabulary_of


def test_it_is_made_again_for_another_profile_alone():
    made = []
    remembered = once_per_profile(lambda profile: made.append(profile) or len(made))
    assert [remembered({"a": [1]}), remembered({"a": [1]}), remembered({"a": [2]}), remembered({"a": [1]})] == [1, 1, 2, 3]


def test_a_vocabulary_keeps_no_header_and_no_state_of_another_file():
    words = load_profile(None).words
    first = vocabulary_of(words)
    first.headers.fields("测试甲某")
    first.state("resolved - not fixed")
    assert first.headers.found
    assert first.denied
    second = vocabulary_of(words)
    assert second == first
    assert (second.headers.found, second.headers.named, second.denied, second.judged) == ({}, {}, {}, {})
