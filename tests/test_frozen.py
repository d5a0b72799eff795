"""Frozen dataclasses of shared methods behave as those that `dataclasses` compiles."""

from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import msgspec
import pytest

from xfstats.frozen import frozen


def made(maker):
    """Return a class of fields of all kinds."""

    @maker
    class Made:
        """A value."""

        place: int
        name: str = "a"
        words: dict[str, int] = field(default_factory=dict)
        memory: list[int] = field(default_factory=list, compare=False, repr=False)

    return Made


Ours, Theirs = made(frozen), made(dataclass(frozen=True))


@pytest.mark.parametrize(
    ("values", "named"),
    [((1,), {}), ((1, "b"), {}), ((1, "b", {"c": 2}, [3]), {}), ((), {"name": "b", "place": 1}), ((1,), {"memory": [4]})],
)
def test_made_shown_and_taken_apart_as_others_are(values, named):
    ours, theirs = Ours(*values, **named), Theirs(*values, **named)
    assert repr(ours).rpartition("<locals>.")[2] == repr(theirs).rpartition("<locals>.")[2]
    assert msgspec.to_builtins(ours) == msgspec.to_builtins(theirs)
    assert msgspec.convert(msgspec.to_builtins(ours), Ours) == ours
    assert [getattr(ours, one.name) for one in fields(Ours)] == [getattr(theirs, one.name) for one in fields(Theirs)]
    assert replace(ours, name="z") == Ours(1, "z", ours.words)


@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, "b", {}, [], 5), {}), ((1,), {"place": 2}), ((1,), {"other": 2})])
def test_what_are_not_the_fields_is_refused_as_by_others(values, named):
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError):
            kind(*values, **named)


def test_equal_by_the_fields_that_are_compared_and_of_one_class():
    assert Ours(1, memory=[1]) == Ours(1, memory=[2])
    assert Ours(1) != Ours(2)
    assert Ours(1) != Theirs(1)
    assert {Ours(1).words is Ours(1).words} == {False}


def test_hashed_as_a_key_where_its_fields_can_be():
    @frozen
    class Key:
        """A key."""

        name: str

    @frozen
    class Nothing:
        """A value without fields."""

    assert len({Key("a"), Key("a"), Key("b")}) == 2
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1
    with pytest.raises(TypeError):
        hash(Ours(1))


def test_no_field_is_changed_or_removed():
    one = Ours(1)
    with pytest.raises(FrozenInstanceError):
        one.place = 2
    with pytest.raises(FrozenInstanceError):
        del one.place
    assert one.place == 1


def test_methods_of_the_class_are_kept():
    @frozen
    class Shown:
        """A value that hides what it holds."""

        secret: str

        def __repr__(self):
            return "hidden"

    assert repr(Shown("x")) == "hidden"
