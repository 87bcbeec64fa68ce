"""Blocks and inlines as markup, pictures to scale, sizes and times as people say them, cues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from channels.html import markup, metadata
from channels.html.charts import picture
from channels.html.editions import recording
from channels.html.render import cues, stylesheet
from languages.humanize import length_in_words, size_in_words
from model.document import (
    Date,
    Foreign,
    Inline,
    Link,
    Money,
    Number,
    Percentage,
    Phone,
    Range,
    Sentence,
    Statistic,
    Strong,
    Text,
    Time,
    Value,
    WebAddress,
    Year,
)
from tests.channels.html.folders import document, made_for

WORDS = document("seed").words
PAGE = markup.Page(words=WORDS, language="en")

FORMS: list[tuple[Inline, str]] = [
    (
        Phone(text="0800 77 66 00", number="0800776600"),
        '<a class="phone" href="tel:0800776600">0800\xa077\xa066\xa000</a>',
    ),
    (Money(text="£9.50", amount=Decimal("9.50"), currency="GBP"), "£9.50"),
    (
        Money(text="£165 million", amount=Decimal(165), currency="GBP", scale="million"),
        '<span class="held">£165 million</span>',
    ),
    (Date(text="12 March 2007", value=date(2007, 3, 12)), '<time datetime="2007-03-12">12 March 2007</time>'),
    (Time(text="5.30pm", hour=17, minute=30), '<time datetime="17:30">5.30pm</time>'),
    (Year(text="1997", value=1997), '<time datetime="1997">1997</time>'),
    (Year(text="1990s", value=1990), "1990s"),
    (
        Range(text="1997–2007", start=Year(text="1997", value=1997), end=Year(text="2007", value=2007)),
        '<span class="held"><time datetime="1997">1997</time>–<time datetime="2007">2007</time></span>',
    ),
    (Link(target=None, children=(Text(text="local office"),)), "local office"),
    (Link(target="#costs", children=(Text(text="costs"),)), '<a href="#costs">costs</a>'),
    (
        Link(target="https://a.example", children=(WebAddress(text="a.example", target="https://a.example"),)),
        '<a class="address" href="https://a.example">a.example</a>',
    ),
    (Foreign(text="Croeso", language="cy"), '<span lang="cy">Croeso</span>'),
    (Foreign(text="مرحبا", language="ar"), '<bdi lang="ar" dir="rtl">مرحبا</bdi>'),
    (Text(text="a & b < c"), "a &amp; b &lt; c"),
]


@pytest.mark.parametrize(("node", "html"), FORMS)
def test_each_inline_has_its_form(node: Inline, html: str) -> None:
    """Typed values become what HTML has for them."""
    assert markup.inline(node, PAGE) == html


def statistic(value: Value, **more: object) -> Statistic:
    """A statistic with a sentence of its own."""
    sentence = Sentence(id="s", inlines=(Text(text="It was so."),))
    return Statistic(id="x", sentences=(sentence,), value=value, label="of it", alternative="A picture", **more)  # type: ignore[arg-type]


def lengths(drawn: str) -> list[float]:
    """The widths of the bars, of a thousand."""
    return [float(part.split('width="')[1].split('"')[0]) for part in drawn.split('class="length"')[1:]]


def test_bars_are_as_long_as_their_numbers() -> None:
    """A fall, a rise, a share, a comparison with its scale."""
    half = Percentage(text="55%", value=Decimal(55))
    assert lengths(picture(statistic(half, direction="down"), WORDS)) == [1000, 450]
    assert lengths(picture(statistic(half, direction="up"), WORDS)) == [645.16, 1000]
    assert lengths(picture(statistic(half, direction="share"), WORDS)) == [550]
    thousand = Money(text="£2 thousand", amount=Decimal(2), currency="GBP", scale="thousand")
    pounds = Money(text="£500", amount=Decimal(500), currency="GBP")
    assert lengths(picture(statistic(thousand, compared_with=pounds), WORDS)) == [250, 1000]


def test_bars_are_named_by_the_years_of_the_sentence_in_strong_words_too() -> None:
    """The first and the last year, wherever they stand in the sentence."""
    years = (Strong(children=(Year(text="1997", value=1997),)), Text(text=" and "), Year(text="2007", value=2007))
    said = Sentence(id="s", inlines=years)
    fall = replace(statistic(Percentage(text="55%", value=Decimal(55)), direction="down"), sentences=(said,))
    drawn = picture(fall, WORDS)
    assert drawn.index(">1997<") < drawn.index(">2007<")


def test_bars_and_their_labels_are_one_picture() -> None:
    """The alternative is read once and instead of the labels, not between them."""
    half = Percentage(text="55%", value=Decimal(55))
    drawn = picture(statistic(half, direction="down"), WORDS)
    assert drawn.count('role="img"') == drawn.count('aria-label="A picture"') == 1
    assert '<div class="bars" role="img" aria-label="A picture">' in drawn


@pytest.mark.parametrize(
    ("number", "marks", "each"), [("7", 7, "1"), ("1900", 19, "100"), ("3.5", 4, "1"), ("1234567", 13, "100,000")]
)
def test_a_count_is_drawn_in_marks(number: str, marks: int, each: str) -> None:
    """As few as can be counted, the last one cut."""
    drawn = picture(statistic(Number(text=number, value=Decimal(number))), WORDS)
    assert drawn.count("<rect") == marks
    assert f"stands for {each}." in drawn


def test_what_has_no_size_has_no_picture() -> None:
    """A year, or nothing at all, is told and not drawn."""
    assert "<svg" not in picture(statistic(Year(text="1997", value=1997)), WORDS)
    assert "<svg" not in picture(statistic(Number(text="0", value=Decimal(0))), WORDS)


def test_sizes_and_lengths_are_in_words() -> None:
    """As a visitor reads them."""
    assert [size_in_words(n, WORDS) for n in (1449, 9960, 12_345, 999_999, 2_234_004)] == [
        "1.4 KB",
        "10 KB",
        "12 KB",
        "1 MB",
        "2.2 MB",
    ]
    assert [length_in_words(s, WORDS) for s in (9.4, 59.6, 278, 3720)] == [
        "9 seconds",
        "1 min 0 s",
        "4 min 38 s",
        "1 h 2 min",
    ]
    assert [metadata.iso_duration(s) for s in (0, 9, 278, 3720)] == ["PT0S", "PT9S", "PT4M38S", "PT1H2M"]


def test_cues_are_selectors(seed_cues: str) -> None:
    """A metadata track in the form of SyncMediaLite."""
    lines = seed_cues.split("\n")
    assert lines[:2] == ["WEBVTT", ""]
    assert lines[2] == "00:00:00.000 --> 00:00:00.400"
    assert lines[3] == '{"selector":{"type":"FragmentSelector","value":"title"}}'


@pytest.fixture
def seed_cues() -> str:
    """The track of the seed's recording."""
    heard = recording(document("seed"), made_for(document("seed")))
    assert heard is not None
    return cues(heard)


def test_the_style_loses_its_comments_and_nothing_else() -> None:
    """Strings keep their spaces, selectors their descendants."""
    style = stylesheet()
    assert "/*" not in style
    assert 'content:" (" attr(href) ")"' in style
    assert "header :focus-visible{" in style
    assert style.count("{") == style.count("}")
    assert ";}" not in style and "line-height:1.05;letter-spacing:-.02em" in style
