"""The search for the size of a leaflet's type begins near its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels.pdf.arrange import FLOW, HEIGHT, inside_of, trials_of
from channels.pdf.copyfit import SIZES, SMALLEST
from channels.pdf.estimate import LIKELIEST, first_size
from channels.pdf.frames import USUAL
from model.document import Document
from tests.channels.pdf.made import publication


def estimated(document: Document) -> float:
    return first_size(inside_of(trials_of(document, (), USUAL).typesetter), len(FLOW) * HEIGHT)


def test_a_usual_text_is_estimated_within_a_size() -> None:
    assert abs(estimated(publication("seed")) - 12.5) <= 0.25


@pytest.mark.parametrize(("times", "size"), [(0, LIKELIEST), (4, SMALLEST)])
def test_a_short_text_begins_large_and_a_long_one_at_the_smallest_size(times: int, size: float) -> None:
    document = publication("seed")
    sections = document.sections * times
    assert estimated(replace(document, introduction=document.introduction[:1], sections=sections)) == size


def test_the_search_can_begin_at_every_estimate() -> None:
    document = publication("seed")
    for count in range(len(document.sections) + 1):
        assert estimated(replace(document, sections=document.sections[:count])) in SIZES
