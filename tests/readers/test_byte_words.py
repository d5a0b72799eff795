"""Words of bytes say of many spans at once what Python says of each."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xfstats.readers import byte_words
from xfstats.readers.byte_words import View
from xfstats.readers.cell_hash import hash_cell, hash_text, without_midnight

TEXTS = st.lists(st.one_of(st.text(max_size=30), st.from_regex(r"[0-9]{1,9}(\.0)?( 00:00:00)?", fullmatch=True)), max_size=20)


def spans(texts):
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    size = np.array([len(part) for part in parts], np.int64)
    return View.of(b"".join(parts)), np.cumsum(size) - size, size, parts


@given(TEXTS)
def test_hashes_of_spans_are_those_of_the_texts(texts):
    view, start, size, parts = spans(texts)
    assert byte_words.hash_spans(view, start, size).tolist() == [hash_text(text) for text in texts]
    assert byte_words.hash_texts(parts).tolist() == [hash_text(text) for text in texts]
    short = size <= 8
    words = view.words[start[short]]
    assert byte_words.hash_short(words, size[short].astype("u8")).tolist() == [
        hash_text(t) for t, s in zip(texts, short, strict=True) if s
    ]


def test_spans_of_thousands_of_bytes_are_hashed_and_measured_as_short_ones_are():
    texts = ["x" * size for size in (2047, 2048, 2049, 2056, 5000)] + ["字" * 3000, ""]
    view, start, size, _ = spans(texts)
    assert byte_words.hash_spans(view, start, size).tolist() == [hash_text(text) for text in texts]
    view, start, size, _ = spans([f"{text}<" for text in texts])
    assert byte_words.size_until(view, start, ord("<")).tolist() == (size - 1).tolist()


@given(TEXTS)
def test_plain_sizes_are_those_of_the_plain_texts(texts):
    view, start, size, _ = spans(texts)
    wanted = [len(without_midnight(text).encode("utf-8", "surrogatepass")) for text in texts]
    assert byte_words.plain_sizes(view, start, size).tolist() == wanted


@given(st.lists(st.binary(min_size=8, max_size=8), min_size=1))
def test_marks_and_digits_are_found(eights):
    words = np.frombuffer(b"".join(eights), "<u8")
    assert byte_words.bytes_before(words, 60).tolist() == [len(eight.split(b"<")[0]) for eight in eights]
    assert byte_words.digits(words).tolist() == [len(re.match(rb"[0-9]*", eight)[0]) for eight in eights]


@given(st.lists(st.integers(0, 10**15 - 1), min_size=1))
def test_whole_numbers_are_read(numbers):
    texts = [str(one).encode() for one in numbers]
    view, start, size, _ = spans([text.decode() for text in texts])
    short, long = size <= 8, size > 8
    assert byte_words.number(view.words[start[short]], size[short].astype("u8")).tolist() == [
        one for one, kept in zip(numbers, short, strict=True) if kept
    ]
    at = start[long]
    found = byte_words.long_number(view.words[at], view.words[at + 8], size[long].astype("u8") - np.uint64(8))
    assert found.tolist() == [one for one, kept in zip(numbers, long, strict=True) if kept]


@given(st.lists(st.text(st.characters(exclude_characters="<", exclude_categories=["Cs"]), max_size=30), min_size=1))
def test_sizes_up_to_a_mark(texts):
    view, start, size, _ = spans([f"{text}<" for text in texts])
    assert byte_words.size_until(view, start, 60).tolist() == (size - 1).tolist()


def test_an_empty_cell_has_no_hash_and_a_number_that_of_its_text():
    assert hash_cell(None) == hash_cell("") == 0
    assert hash_cell(3.0) == hash_cell("3") == hash_text("3") != hash_cell(True)


@given(st.lists(st.one_of(st.text(max_size=20), st.from_regex(r"[0-9]{1,17}", fullmatch=True)), max_size=20))
def test_texts_of_digits_are_told_with_their_numbers(texts):
    view, start, size, _ = spans(texts)
    found, numbers = byte_words.digit_numbers(view, start, size)
    expected = [bool(re.fullmatch(r"0|[1-9][0-9]{0,14}", text, re.ASCII)) for text in texts]
    assert found.tolist() == expected
    assert numbers.tolist() == [int(text) for text, told in zip(texts, expected, strict=True) if told]
