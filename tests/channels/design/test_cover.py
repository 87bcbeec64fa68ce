"""The cover shows the title and the publisher as they are written, and no letter is missing."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from channels.design.cover import BOLD, SIZE, Face, cover


def picture(title: str, publisher: str = "Test House") -> Image.Image:
    return Image.open(io.BytesIO(cover(title, publisher))).convert("L")


@pytest.mark.parametrize("sign", ["₂", "½", "→", "✓", "β", "Ŵ"])
def test_a_sign_that_the_first_typeface_lacks_is_drawn_all_the_same(sign: str) -> None:
    """An empty box would be the same for all of these signs."""
    box = picture("CO\uffff")
    assert ImageChops.difference(picture(f"CO{sign}"), box).getbbox() is not None


@pytest.mark.parametrize("title", ["A", "Drug-related crime", "Anti-social behaviour orders and what they mean " * 3])
def test_what_is_drawn_stays_within_the_margins(title: str) -> None:
    ground = picture("A").getpixel((0, 0))
    drawn = picture(title).point(lambda shade: 255 * (shade != ground))
    left, top, right, bottom = drawn.getbbox() or (0, 0, 0, 0)
    assert left >= 40 and top >= 40
    assert right <= SIZE - 40 and bottom <= SIZE - 40


def test_a_line_is_as_long_as_its_pieces() -> None:
    face = Face(BOLD, 40, spacing=0)
    assert face.length("CO₂") == pytest.approx(face.length("CO") + face.length("₂"))
    assert face.wrapped("one two") == ["one two"]
