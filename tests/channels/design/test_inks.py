"""The inks of the design look like its colours, text is printed in black only, and a publisher's inks are those that
it names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coloraide import Color
from PIL import Image, ImageCms

from channels.design.brand import paper_tokens
from channels.design.inks import COATED, MOST, NEUTRAL, SRGB, Inks, converted, inks, read_inks, within
from channels.pdf.frames import read_tokens
from model.document import Document
from reader.read import read
from tests.conftest import GOLDEN

TOKENS = {name: value for name, value in read_tokens().items() if value.startswith("#")}


def of(body: str) -> Document:
    document = read(GOLDEN / "brands" / body / "getting-help" / "en.yaml").document
    assert document is not None
    return document


def printed(ink: Inks) -> str:
    """The colour of inks on coated paper."""
    how = ImageCms.buildTransform(str(COATED), str(SRGB), "CMYK", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    dot = how.apply(Image.new("CMYK", (1, 1), tuple(round(part * 2.55) for part in ink)))
    return "#" + dot.tobytes().hex()


def test_every_colour_of_the_design_has_inks_that_dry() -> None:
    assert read_inks().keys() == TOKENS.keys()
    assert all(sum(ink) <= MOST for ink in read_inks().values())


@pytest.mark.parametrize("name", sorted(set(TOKENS) - set(NEUTRAL)))
def test_a_colour_looks_in_print_as_it_does_on_a_screen(name: str) -> None:
    assert Color(TOKENS[name]).delta_e(printed(read_inks()[name]), method="2000") < 4


@pytest.mark.parametrize("name", NEUTRAL)
def test_text_and_rules_are_in_black_alone_and_can_be_read(name: str) -> None:
    ink = read_inks()[name]
    assert ink[:3] == (0, 0, 0)
    least = {"paper": 1.0, "rule": 3.0}.get(name, 7.0)
    assert Color(printed(ink)).contrast(printed(read_inks()["paper-tint"]), method="wcag21") >= least


@pytest.mark.parametrize("body", ["anywhere", "fernhill"])
def test_a_publishers_colours_have_inks_too(body: str) -> None:
    document = of(body)
    theirs = paper_tokens(document)
    found = inks(document, read_tokens())
    assert set(theirs.values()) <= found.keys()
    assert found[theirs["ink"]] == found[theirs["on-signal"]] == found[TOKENS["ink"]] == (0, 0, 0, 100)
    assert all(sum(ink) <= MOST for ink in found.values())
    assert found[theirs["accent"]] == converted(theirs["accent"])
    colours = document.publisher.colours
    assert colours is not None and {colours.brand, colours.accent} <= found.keys()


def test_the_inks_that_a_publisher_names_are_those_of_its_colours() -> None:
    document = of("anywhere")
    colours = document.publisher.colours
    assert colours is not None
    named = replace(colours, brand_inks=(100, 90, 10, 20), accent_inks=(0, 12, 95, 0))
    document = replace(document, publisher=replace(document.publisher, colours=named))
    found = inks(document, read_tokens())
    assert (found[colours.brand], found[colours.accent]) == ((100, 90, 10, 20), (0, 12, 95, 0))


def test_what_is_too_much_ink_is_taken_off_the_colours() -> None:
    assert within(100, 90, 80, 60) == (90, 80, 70, 60)
    assert within(100, 50, 50, 60) == (100, 50, 50, 60)
