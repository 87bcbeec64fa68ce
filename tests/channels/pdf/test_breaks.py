"""Pages and panels break in good places: what belongs together stays together, and little stands alone on a line or
above a heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from channels.elements.blocks import block
from channels.elements.dialect import Context
from channels.elements.inlines import element
from channels.pdf.arrange import attempt
from channels.pdf.engine import Typesetter
from channels.pdf.frames import read_tokens, stylesheet
from channels.pdf.markup import Print
from channels.pdf.measure import Measured
from languages.fixed_words import read_words
from model.blocks import Paragraph, Statistic
from model.inlines import Number, Sentence, Text

PAGE = '<html lang="en"><title>x</title><body><div class="inside">{}</div>'
WORDS = "This is a sentence of a paragraph that goes on for as many lines as it may take. "
PAPER = Context(words=read_words("en")[0], language="en", dialect=Print(tokens=read_tokens()))
COUNT = Number(text="1,900", value=Decimal(1900))
STATISTIC = Statistic(
    id="one",
    sentences=(
        Sentence(id="one-1", inlines=(Text(text=WORDS * 2),)),
        Sentence(id="one-2", inlines=(Text(text="More than "), COUNT, Text(text=f" people of {WORDS}"))),
    ),
    value=COUNT,
    label="people entering treatment each month",
    alternative="1,900 people",
    source=Sentence(id="one-3", inlines=(Text(text="(Source: the figures of the year)"),)),
)


LEADS = Sentence(id="two-1", inlines=(Text(text="Write to:"),))


def pages_of(body: str, sheet: str, size: float) -> tuple[Measured, ...]:
    return attempt(Typesetter(PAGE.format(body), stylesheet(sheet), {}), size).pages


def moved_down(body: str, sheet: str, size: float) -> Iterator[tuple[Measured, ...]]:
    """`body` laid out at many heights of a page."""
    foot = {"leaflet": 185, "booklet": 172, "large-print": 245}[sheet]
    for space in range(foot - 120, foot, 8):
        yield pages_of(f'<p style="height: {space}mm">x</p>{body}', sheet, size)


@pytest.mark.parametrize(("sheet", "size"), [("leaflet", 12.5), ("leaflet", 15), ("booklet", 13)])
def test_a_statistic_stands_with_the_sentence_that_says_it_and_its_source(sheet: str, size: float) -> None:
    """No panel begins with a bare figure. On a leaflet's short panels, only the text before its sentence may part
    from it."""
    parted = 0
    for pages in moved_down(str(block(STATISTIC, 1, PAPER)), sheet, size):
        [shown] = [n for n, page in enumerate(pages) if any(scrap.text == "1,900" for scrap in page.scraps[1:])]
        said = [n for n, page in enumerate(pages) for scrap in page.scraps if scrap.id in ("one-2", "one-3")]
        assert set(said) == {shown}
        parted += pages[shown].scraps[0].id == "one-1" and any(s.id == "one-1" for s in pages[shown - 1].scraps)
    assert (parted > 0) == (sheet == "leaflet")


@pytest.mark.parametrize("sheet", ["leaflet", "large-print"])
def test_no_paragraph_goes_on_for_one_or_two_lines_above_a_heading(sheet: str) -> None:
    parted = 0
    section = f'<section><p id="before">{WORDS * 4}</p></section><section><h2>A heading</h2><p>{WORDS}</p></section>'
    for pages in moved_down(section, sheet, 18 if sheet == "large-print" else 13):
        for page, after in pairwise(pages):
            lines = {scrap.top for scrap in after.scraps if scrap.id == "before"}
            if any(scrap.id == "before" for scrap in page.scraps) and lines:
                assert len(lines) > 2
                parted += 1
    assert parted


DO = '<div class="do"><p>Do</p><ul><li>a</li><li>b</li></ul></div>'
DONT = '<div class="dont"><p>Don’t</p><ul><li>c</li><li>d</li></ul></div>'


@pytest.mark.parametrize("sheet", ["leaflet", "booklet", "large-print"])
@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        (f"{block(Paragraph(id='p', sentences=(LEADS,)), 1, PAPER)}<p>1 High Street</p>", "to:", "Street"),
        (DO + DONT, "b", "Don’t"),
        ("<ul><li><p>a licence</p><p>of any kind</p></li></ul>", "licence", "kind"),
    ],
    ids=["what leads to a block", "do and don't", "paragraphs of an item"],
)
def test_what_belongs_together_is_not_torn(body: str, before: str, after: str, sheet: str) -> None:
    for pages in moved_down(body, sheet, 13):
        [first] = [n for n, page in enumerate(pages) for s in page.scraps if s.text.strip(" \u200b").endswith(before)]
        [then] = [n for n, page in enumerate(pages) for s in page.scraps if s.text.strip(" \u200b").endswith(after)]
        assert first == then


def test_no_heading_stands_at_the_end_with_one_line_or_none() -> None:
    section = f'<section><h2 id="head">A heading</h2><p id="text">{WORDS * 4}</p></section>'
    parted = 0
    for pages in moved_down(section, "leaflet", 13):
        for page in pages[:-1]:
            if any(scrap.id == "head" for scrap in page.scraps):
                assert len({scrap.top for scrap in page.scraps if scrap.id == "text"}) > 1
                parted += 1
    assert parted


def title(words: str) -> Sentence:
    return Sentence(id="title", inlines=(Text(text=words),))


@pytest.mark.parametrize("sheet", ["leaflet", "factsheet"])
def test_no_heading_ends_with_a_short_word_alone(sheet: str) -> None:
    """Tried with every place where its line may end."""
    for count in range(3, 24):
        words = f"{'What we do ' * count}to tackle drug-related crime"
        [page, *_] = pages_of(element("h2", title(words), PAPER), sheet, 14)
        last = max(scrap.top for scrap in page.scraps)
        assert len("".join(scrap.text for scrap in page.scraps if scrap.top == last).split()) > 1


def test_a_title_of_two_words_and_one_in_large_type_may_part_anywhere() -> None:
    assert "held" not in element("h2", title("Drug-related crime"), PAPER)
    assert "held" not in element("h1", title("What is drug-related crime"), PAPER)


def test_headings_of_all_levels_can_be_told_apart_and_none_is_smaller_than_the_text() -> None:
    for sheet in ("leaflet", "large-print", "factsheet"):
        body = "".join(f"<h{level}>Heading</h{level}>" for level in range(2, 7))
        typesetter = Typesetter(PAGE.format(body), stylesheet(sheet), {})
        boxes = {box.element_tag: box for box in reversed([*typesetter.lay_out(14).pages[0]._page_box.descendants()])}
        shown = [boxes[level] for level in LEVELS]
        looks = [(box.style["font_size"], str(box.style["color"]), box.border_left_width) for box in shown]
        assert len(set(looks)) == len(LEVELS)
        sizes = [size for size, *_ in looks]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[-1] == pytest.approx(14 * 96 / 72)


LEVELS = ("h2", "h3", "h4", "h5", "h6")


@pytest.mark.parametrize("sheet", ["leaflet", "booklet", "factsheet", "flyer", "large-print"])
def test_a_number_to_call_is_the_largest_thing_of_a_contact(sheet: str) -> None:
    contact = '<div class="contact"><h3>Office</h3><p>Ring <a class="phone" href="tel:1">0800 1111</a></p></div>'
    typesetter = Typesetter(PAGE.format(contact), stylesheet(sheet), {})
    sizes = {box.element_tag: box.style["font_size"] for box in typesetter.lay_out(13).pages[0]._page_box.descendants()}
    assert sizes["a"] == pytest.approx(13 * 96 / 72 * 1.5)
    assert sizes["a"] > 1.2 * sizes["h3"]


def test_label_and_period_of_a_picture_stand_on_lines_of_their_own() -> None:
    drawn = block(replace(STATISTIC, period="2022 to 2023"), 1, PAPER)
    [page] = pages_of(str(drawn), "factsheet", 12)
    tops = {scrap.text.replace("\u200b", "").split(" ")[0]: scrap.top for scrap in page.scraps}
    assert tops["2022"] > tops["people"]
