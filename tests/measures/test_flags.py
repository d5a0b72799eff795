from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xfstats.errors import InputFault
from xfstats.measures.choices import Choices, merged
from xfstats.measures.deadlines import accept_by, as_days, due_days
from xfstats.measures.flags import compute_flags, latest_of
from xfstats.model import SETS, Position

AT, AS_OF = Position("x.xlsx"), date(2026, 11, 30)
SOME = date(2026, 10, 1)
days = st.none() | st.dates(AS_OF - timedelta(days=200), AS_OF + timedelta(days=60)) | st.sampled_from([date.min, date.max])


def choices(preset="petition", **own):
    return Choices.of({"chosen": merged(preset, own, {})})


def frame(rows=1, **columns):
    sets = {name: np.zeros(rows, bool) for name in (*SETS, "unread")}
    return pd.DataFrame({**sets, **columns}, index=pd.RangeIndex(rows))


def flags(made, *wanted, preset="petition", **own):
    return compute_flags(made, np.ones(len(made), bool), wanted, choices(preset, **own), AS_OF, AT).columns


@pytest.mark.parametrize(
    ("due", "closed", "ended", "carried"),
    [
        (AS_OF, False, None, {"due", "not_due", "due_in_7", "timed"}),
        (AS_OF - timedelta(days=1), False, None, {"due", "overdue", "ripe", "timed"}),
        (AS_OF + timedelta(days=7), False, None, {"not_due", "due_in_7", "timed"}),
        (AS_OF + timedelta(days=8), False, None, {"not_due", "due_in_30", "timed"}),
        (AS_OF + timedelta(days=31), False, None, {"not_due", "due_later", "timed"}),
        (date.max, False, None, {"not_due", "due_later", "timed"}),
        (SOME, True, SOME, {"due", "closed_in_time", "ripe", "timed"}),
        (SOME, True, SOME + timedelta(days=1), {"due", "closed_late", "ripe", "timed"}),
        (SOME, True, None, {"due", "ripe"}),
        (SOME, True, AS_OF + timedelta(days=1), {"due", "ripe"}),
        (None, False, None, {"no_limit", "ripe"}),
        (None, True, SOME, {"ripe"}),
    ],
)
def test_timing_by_the_due_day(due, closed, ended, carried):
    made = frame(closed=np.array([closed]), due_on=as_days([due]), closed_on=as_days([ended]))
    timing = ["timed", "due", "ripe", "closed_in_time", "closed_late", "overdue", "not_due", "due_in_7", "due_in_30"]
    found = flags(made, *timing, "due_later", "no_limit", preset="plain")
    assert {name for name in found if found[name][0]} == carried


@given(st.lists(st.tuples(days, days, days, st.booleans(), st.booleans()), max_size=20))
def test_due_days_are_the_logs_own_else_counted_from_acceptance_else_from_receipt(rows):
    rows = [row for row in rows if date.max not in row[1:3]]
    own, accepted, received = (as_days([row[place] for row in rows]) for place in range(3))
    longer, judged = (np.array([row[place] for row in rows], bool) for place in (3, 4))
    office = choices()
    dates = {"due_on": own, "accepted_on": accepted, "received_on": received}
    limits = due_days(dates, longer, judged, office, AT)
    for place, (due, taken, came, more, asked) in enumerate(rows):
        start = taken or came
        limit = office.handling_days + (office.extension_days if more else 0)
        expected = due or (start + timedelta(days=limit) if start and asked else None)
        assert limits.due[place].item() == (as_days([expected])[0].item())
        source = -1 if expected is None else 0 if due else 1 if taken else 2
        assert limits.by[place] == source


def test_days_from_the_first_year_to_the_last_are_kept():
    found = flags(frame(2, closed_on=as_days([date.min, date.max])), "replied")
    assert found["replied"].tolist() == [True, False]


def test_collective_visits_by_heads_and_by_the_logs_own_column_where_rows_are_batches():
    words = pd.Categorical(["yes", "no", None])
    heads = np.array([1, 9, 5])
    made = frame(3, persons=heads, collective=words)
    assert flags(made, "collective")["collective"].tolist() == [False, True, True]
    assert flags(made.assign(batches=heads), "collective")["collective"].tolist() == [True, False, False]


def test_unrated_and_blank_ratings_are_two_things():
    made = frame(4, satisfaction=pd.Categorical(["satisfied", "unrated", None, "basically"]))
    found = flags(made, "asked", "answered", "in_rating", "satisfied", basically_satisfied="satisfied", unrated="out")
    assert {name: found[name].tolist() for name in found} == {
        "asked": [True, True, False, True],
        "answered": [True, False, False, True],
        "in_rating": [True, False, False, True],
        "satisfied": [True, False, False, True],
    }


@pytest.mark.parametrize(("way", "resolved", "decided"), [("unresolved", 0, 1), ("resolved", 1, 1), ("out", 0, 0)])
def test_what_is_partly_resolved(way, resolved, decided):
    found = flags(frame(partly=np.array([True])), "resolved", "decided", partly_resolved=way)
    assert (found["resolved"][0], found["decided"][0]) == (resolved, decided)


@pytest.mark.parametrize(("extension", "carried"), [(30, (2026, 12, 30)), (None, None)])
def test_an_extended_record_is_due_later_or_has_no_due_day_where_nobody_says_by_how_many_days(extension, carried):
    received = as_days([SOME, SOME])
    own = choices(extension_days=extension) if extension else choices("plain", handling_days=60)
    found = due_days({"received_on": received}, np.array([False, True]), np.array([True, True]), own, AT)
    assert found.due.tolist() == as_days([date(2026, 11, 30), date(*carried) if carried else None]).tolist()
    assert found.by.tolist() == [2, 2 if carried else -1]


def test_a_year_without_known_working_days_is_refused_with_the_place_of_the_sheet():
    own = choices(days="working")
    with pytest.raises(InputFault) as caught:
        accept_by(as_days([SOME]), np.array([True]), own, AT)
    assert (caught.value.code, caught.value.position) == ("E325", AT)


def test_what_is_closed_on_the_day_of_judgement_is_timed_by_both_ways():
    made = frame(closed=np.array([True]), closed_on=as_days([AS_OF]), due_on=as_days([AS_OF]))
    assert flags(made, "closed_in_time", "closed_late", preset="plain")["closed_in_time"].tolist() == [True]
    told = made.drop(columns="due_on").assign(on_time_flag=pd.Categorical(["no"], ["yes", "no"]))
    assert flags(told, "closed_in_time", "closed_late", preset="plain")["closed_late"].tolist() == [True]


@pytest.mark.parametrize(("days", "latest"), [([SOME, None, AS_OF], AS_OF), ([None], None), ([date.min, SOME], SOME)])
def test_the_latest_of_some_days_leaves_out_blanks(days, latest):
    assert latest_of(as_days(days)) == latest
