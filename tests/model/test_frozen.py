"""A frozen class of ours is, for whoever uses it, one of the standard library's."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from typing import Any, ClassVar

import pytest

from model.frozen import dataclass


class _Shape:
    """The fields of the two classes below."""

    kind: ClassVar[str] = "shape"

    name: str
    size: int = 3
    parts: list[str] = field(default_factory=list)
    mark: str = field(default="", compare=False)
    unseen: str = field(default="", repr=False)


OPTIONS = {"frozen": True, "slots": True, "kw_only": True}
MAKERS: tuple[Callable[..., Any], ...] = (dataclass, dataclasses.dataclass)
OURS: Any
THEIRS: Any
OURS, THEIRS = (maker(**OPTIONS)(type("Shape", (), dict(vars(_Shape)))) for maker in MAKERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """A class with one field, which is checked after it is set."""

    values: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("no values")


@dataclass(frozen=True, slots=True, kw_only=True)
class More(Single):
    """A class with an inherited field."""

    also: str = "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """A class without fields."""


def test_it_has_the_fields_and_the_parameters_of_the_standard_library() -> None:
    for one, other in zip(fields(OURS), fields(THEIRS), strict=True):
        assert (one.name, one.compare, one.repr, one.kw_only) == (other.name, other.compare, other.repr, other.kw_only)
    made, due = OURS(name="a", parts=["b"]), THEIRS(name="a", parts=["b"])
    assert asdict(made) == asdict(due) == {"name": "a", "size": 3, "parts": ["b"], "mark": "", "unseen": ""}
    assert repr(made).partition("(")[2] == repr(due).partition("(")[2]
    assert OURS.__match_args__ == THEIRS.__match_args__ == ()
    assert not hasattr(made, "__dict__")
    assert is_dataclass(OURS)


def test_each_has_its_own_of_what_a_factory_makes() -> None:
    assert OURS(name="a").parts is not OURS(name="a").parts


@pytest.mark.parametrize("given", [{}, {"name": "a", "colour": "red"}])
def test_a_field_that_is_missing_or_unknown_is_an_error(given: dict[str, str]) -> None:
    for kind in (OURS, THEIRS):
        with pytest.raises(TypeError):
            kind(**given)
        with pytest.raises(TypeError):
            kind("a")


def test_equality_and_hash_leave_out_what_does_not_count() -> None:
    one, other = Single(values=(1,)), Single(values=(1,))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Single(values=(2,))
    assert one != More(values=(1,))
    assert OURS(name="a", mark="x") == OURS(name="a", mark="y")
    assert OURS(name="a") != OURS(name="a", unseen="x")
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1


def test_nothing_can_be_set_or_deleted() -> None:
    made: Any = OURS(name="a")
    for name in ("name", "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(made, name, "b")
    with pytest.raises(FrozenInstanceError):
        del made.name
    assert made.name == "a"


@pytest.mark.parametrize("made", [Single(values=(1, 2)), Single(values=(1,)), More(values=(3,), also="y"), Empty()])
def test_it_is_copied_replaced_and_pickled(made: Any) -> None:
    pickled = pickle.loads(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))  # noqa: S301 (of our own making)
    assert pickled == copy.copy(made) == copy.deepcopy(made) == replace(made) == made


def test_it_is_checked_after_it_is_made_and_when_replaced() -> None:
    with pytest.raises(ValueError, match="no values"):
        Single(values=())
    with pytest.raises(ValueError, match="no values"):
        replace(More(values=(1,)), values=())


def test_a_class_that_is_not_to_be_frozen_is_the_standard_librarys() -> None:
    @dataclass(slots=True)
    class Loose:
        name: str

    made = Loose("a")
    made.name = "b"
    assert made == Loose("b")
