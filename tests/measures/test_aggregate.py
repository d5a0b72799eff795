from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from xfstats.measures.aggregate import Columns, group_of, tally
from xfstats.measures.definitions import Count
from xfstats.measures.tally import Tally
from xfstats.readers.column import Column
from xfstats.records.frame import categories

BY = ("level", "unit")
FLAGS = ("in_base", "closed", "settled")
COUNTS = (
    Count("visits"),
    Count("persons", weight="persons"),
    Count("closed", ("in_base", "closed")),
    Count("settled_persons", ("settled",), "persons"),
)
MOST = 10_000_000


@dataclass(frozen=True)
class Rule:
    label: str
    post: str
    of_which: bool = False

    def fits(self, values):
        return values["post"] == self.post


RULES = (Rule("书记", "书记"), Rule("其中局长", "局长", of_which=True), Rule("其中书记", "书记", of_which=True))

labels = st.sampled_from(["市级", "县级", "乡级", None])
records = st.lists(
    st.tuples(
        st.tuples(labels, st.sampled_from(["一局", None]), st.sampled_from(["书记", "局长", None])),
        st.tuples(*[st.booleans()] * len(FLAGS)),
        st.integers(0, MOST),
        st.integers(0, MOST),
        st.none() | st.integers(0, 4000),
        st.booleans(),
    ),
    max_size=30,
)


def columns(rows, *, heads=True, weighed=True):
    fields = enumerate(("level", "unit", "post"))
    texts = pd.DataFrame({name: categories(Column.fold(row[0][place] for row in rows)) for place, name in fields})
    flags = pd.DataFrame([row[1] for row in rows], columns=list(FLAGS), dtype=bool)
    batches, persons = (np.array([row[place] for row in rows], np.int64) for place in (2, 3))
    days = pd.Series([row[4] for row in rows], dtype="Int64")
    return Columns(texts, flags, batches if weighed else None, persons if heads else None, days)


def counted(rows, rules=RULES, **what):
    chosen = np.array([row[5] for row in rows], bool)
    return tally(chosen, np.ones(len(rows), bool), BY, columns(rows, **what), COUNTS, rules)


def plainly(rows, rules, *, heads, weighed):
    """The same, one record after another."""
    found = Tally({}, {}, {}, {})
    for texts, marks, batches, persons, days, chosen in rows:
        key, within = group_of(dict(zip(("level", "unit", "post"), texts, strict=True)), BY, rules)
        carried = {name for name, mark in zip(FLAGS, marks, strict=True) if mark}
        weight = batches if weighed else 1
        for into, spans, keys in ((found.counts, found.days, [key]), (found.subsets, found.subset_days, within)):
            for one in keys:
                counts = into.setdefault(one, Counter())
                for count in COUNTS if chosen else ():
                    if carried.issuperset(count.flags):
                        counts[count.key] += (persons if heads else 0) if count.weight == "persons" else weight
                if chosen and days is not None and carried.issuperset(("closed", "in_base")):
                    spans.setdefault(one, Counter())[days] += weight
    return found


@given(records, st.booleans(), st.booleans(), st.sampled_from([(), RULES]))
def test_groupby_counts_as_one_record_after_another(rows, heads, weighed, rules):
    assert counted(rows, rules, heads=heads, weighed=weighed) == plainly(rows, rules, heads=heads, weighed=weighed)


@given(records, records)
def test_the_tallies_of_two_parts_add_up_to_that_of_both(first, second):
    assert counted(first) + counted(second) == counted(first + second)


@given(records, records, records)
def test_tallies_add_up_in_any_order(one, other, last):
    first, second, third = map(counted, (one, other, last))
    assert (first + second) + third == third + (second + first)
    assert first + Tally() == first


def test_adding_changes_neither_tally():
    one = counted([(("市级", None, None), (True, True, True), 2, 3, 4, True)])
    before = repr(one)
    assert (one + one).counts["市级", None] == {"visits": 4, "persons": 6, "closed": 4, "settled_persons": 6}
    assert repr(one) == before


def test_groups_of_every_row_keep_a_row_of_zeros_in_the_order_of_their_first_rows():
    rows = [((level, None, None), (True, True, False), 1, 1, None, level == "乡级") for level in ("乡级", None, "市级")]
    found = counted(rows, ())
    assert list(found.counts) == [("乡级", None), (None, None), ("市级", None)]
    assert found.counts[None, None] == {}
    assert found.total["visits"] == 1


def test_amounts_beyond_the_whole_numbers_of_a_float_stay_exact():
    rows = [(("市级", None, None), (True, True, True), MOST, MOST - place % 2, None, True) for place in range(1001)]
    assert counted(rows, ()).counts["市级", None]["persons"] == 1001 * MOST - 500


def test_a_log_without_groups_is_one_group():
    frame = pd.DataFrame(index=pd.RangeIndex(3))
    every = np.ones(3, bool)
    found = tally(every, every, (), Columns(frame, pd.DataFrame({"closed": [True, False, True]})), COUNTS[:1], ())
    assert found.counts == {(): {"visits": 3}}


def test_labels_that_no_encoding_has_are_labels():
    assert counted([(("\udcff", None, None), (True,) * 3, 1, 1, 0, True)], ()).days == {("\udcff", None): {0: 1}}
