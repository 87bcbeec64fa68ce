"""The measure of growth can tell quadratic work from linear work."""

from __future__ import annotations

from tests.growth import MOST, growth


def test_work_in_proportion_is_told_from_work_that_asks_each_for_all_others() -> None:
    assert growth(lambda size: lambda: [sum(range(200)) for _ in range(size)], 6_000) < MOST
    assert growth(lambda size: lambda: [sum(range(size)) for _ in range(size)], 1_000) > MOST
