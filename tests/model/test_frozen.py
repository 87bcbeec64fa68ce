"""A frozen dataclass of this program is what the standard library would make of it."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace

import pytest

from model.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A class with every kind of field that the program has."""

    name: str
    parts: tuple[str, ...] = ()
    known: dict[str, int] = field(default_factory=dict, compare=False)
    mark: int = field(default=0, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """The same, made by the standard library."""

    name: str
    parts: tuple[str, ...] = ()
    known: dict[str, int] = field(default_factory=dict, compare=False)
    mark: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Placed:
    first: int
    second: int = field(default=2, kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strict(Ours):
    limit: int

    def __post_init__(self) -> None:
        if self.limit < 0:
            raise ValueError("below nought")


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    pass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Single:
    name: str


def test_text_and_fields_are_those_of_the_standard_library() -> None:
    one, other = Ours(name="a", parts=("b",), mark=5), Theirs(name="a", parts=("b",), mark=5)
    assert repr(one) == repr(other).replace("Theirs", "Ours")
    assert [(own.name, own.compare, own.repr) for own in fields(one)] == [
        (own.name, own.compare, own.repr) for own in fields(other)
    ]
    assert Ours.__slots__ == Theirs.__slots__
    assert not hasattr(one, "__dict__")
    assert repr(Empty()) == "Empty()"


def test_equality_and_hash_go_by_the_fields_that_count() -> None:
    assert Ours(name="a", mark=1) == Ours(name="a", mark=2)
    assert hash(Ours(name="a", mark=1)) == hash(Ours(name="a", mark=2))
    assert Ours(name="a") != Ours(name="b")
    assert Ours(name="a") != Theirs(name="a")  # type: ignore[comparison-overlap]
    assert Ours(name="a") != Strict(name="a", limit=1)
    assert Empty() == Empty()
    assert Single(name="a") != Single(name="a")


def test_nothing_can_be_set_or_deleted() -> None:
    one = Ours(name="a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        one.name = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del one.name
    with pytest.raises(FrozenInstanceError):
        one.other = "b"  # type: ignore[attr-defined]


def test_each_object_gets_its_own_default() -> None:
    assert Ours(name="a").known is not Ours(name="a").known
    assert Ours(name="a", known={"b": 1}).known == {"b": 1}


def test_fields_are_given_by_name_or_in_order_as_declared() -> None:
    assert (Placed(1).first, Placed(1).second, Placed(1, second=3).second) == (1, 2, 3)
    for wrong in (lambda: Placed(1, 2), lambda: Ours("a"), lambda: Ours(name="a", more=1)):  # type: ignore
        with pytest.raises(TypeError):
            wrong()


def test_a_class_may_check_and_extend_what_it_inherits() -> None:
    assert replace(Strict(name="a", limit=1), limit=2) == Strict(name="a", limit=2)
    with pytest.raises(ValueError, match="below nought"):
        Strict(name="a", limit=-1)


def test_objects_pass_between_processes() -> None:
    for one in (Ours(name="a", parts=("b",), known={"c": 1}, mark=5), Strict(name="a", limit=1), Empty(), Placed(1)):
        again = pickle.loads(pickle.dumps(one))  # noqa: S301
        assert (type(again), repr(again), again) == (type(one), repr(one), one)
    assert pickle.loads(pickle.dumps(Ours(name="a", mark=5))).mark == 5  # noqa: S301
