"""Inlines and blocks become elements in every dialect, and pictures are drawn to scale."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

from channels.base import Passage
from channels.elements import blocks
from channels.elements.charts import picture
from channels.elements.dialect import Context, Xhtml
from channels.elements.escape import permitted
from channels.elements.inlines import inline
from channels.elements.inlines import sentence as sentence_of
from channels.pdf.markup import Print
from languages.base import language_of
from model.blocks import Statistic, Table
from model.inlines import (
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
    Strong,
    Text,
    Time,
    Value,
    WebAddress,
    Year,
)
from model.traverse import blocks_of, sentences_of_section, text_of
from proof.pictures import faults_of_pictures
from reader.read import read
from tests.channels.html.folders import document, poisoned
from tests.conftest import GOLDEN

PAGE = Context(words=document("seed").words, language="en")
BOOK = replace(PAGE, dialect=Xhtml())
PAPER = replace(PAGE, dialect=Print(tokens={"accent": "#123456", "accent-tint": "#abcdef"}))

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
    (Date(text="12 March 2007", value=date(2007, 3, 12)), '<span class="held">12 March 2007</span>'),
    (Time(text="5.30pm", hour=17, minute=30), "5.30pm"),
    (Year(text="1997", value=1997), "1997"),
    (Year(text="1990s", value=1990), "1990s"),
    (
        Range(text="1997–2007", start=Year(text="1997", value=1997), end=Year(text="2007", value=2007)),
        '<span class="held">1997–2007</span>',
    ),
    (Link(target=None, children=(Text(text="local office"),)), "local office"),
    (Link(target="#costs", children=(Text(text="costs"),)), '<a href="#costs">costs</a>'),
    (
        Link(target="https://a.example", children=(WebAddress(text="a.example", target="https://a.example"),)),
        '<a class="address" href="https://a.example" aria-label="a.example">'
        '<span class="whole">a.<wbr>example</span></a>',
    ),
    (Foreign(text="Croeso", language="cy"), '<span lang="cy">Croeso</span>'),
    (Foreign(text="مرحبا", language="ar"), '<bdi lang="ar" dir="rtl">مرحبا</bdi>'),
    (Text(text="a & b < c"), "a &amp; b &lt; c"),
]


@pytest.mark.parametrize(("node", "html"), FORMS)
def test_each_inline_has_its_form(node: Inline, html: str) -> None:
    """Typed values become the elements that HTML has for them."""
    assert inline(node, PAGE) == html


def statistic(value: Value, **more: object) -> Statistic:
    """A statistic with a sentence of its own."""
    sentence = Sentence(id="s", inlines=(Text(text="It was so."),))
    return Statistic(id="x", sentences=(sentence,), value=value, label="of it", alternative="A picture", **more)  # type: ignore[arg-type]


def lengths(drawn: str) -> list[float]:
    """The widths of the bars, in thousandths."""
    return [float(part.split('width="')[1].split('"')[0]) for part in drawn.split('class="length"')[1:]]


def test_bars_are_as_long_as_their_numbers() -> None:
    """A fall, a rise, a share, a comparison with its scale."""
    half = Percentage(text="55%", value=Decimal(55))
    assert lengths(picture(statistic(half, direction="down"), PAGE)) == [1000, 450]
    assert lengths(picture(statistic(half, direction="up"), PAGE)) == [645.16, 1000]
    assert lengths(picture(statistic(half, direction="share"), PAGE)) == [550]
    thousand = Money(text="£2 thousand", amount=Decimal(2), currency="GBP", scale="thousand")
    pounds = Money(text="£500", amount=Decimal(500), currency="GBP")
    assert lengths(picture(statistic(thousand, compared_with=pounds), PAGE)) == [1000, 250]


def test_bars_are_named_by_the_years_of_the_sentence_in_strong_words_too() -> None:
    """The first and the last year, wherever they stand in the sentence."""
    years = (Strong(children=(Year(text="1997", value=1997),)), Text(text=" and "), Year(text="2007", value=2007))
    said = Sentence(id="s", inlines=years)
    fall = replace(statistic(Percentage(text="55%", value=Decimal(55)), direction="down"), sentences=(said,))
    drawn = picture(fall, PAGE)
    assert drawn.index(">1997<") < drawn.index(">2007<")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("It fell by 55% between 1997/98 and 2007/08.", "1997/98", "2007/08"),
        ("It fell by 55% from 2007–10.", "2007", "2010"),
        ("It fell by 55% in 2007/08.", "before", "after"),
    ],
)
def test_a_financial_year_is_one_time_and_its_picture_is_proved(words: str, first: str, last: str) -> None:
    said = Sentence(id="s", inlines=language_of("en").recognise(words))
    fall = replace(statistic(Percentage(text="55%", value=Decimal(55)), direction="down"), sentences=(said,))
    drawn = picture(fall, PAGE)
    names = [PAGE.words[time] if time in ("before", "after") else time for time in (first, last)]
    assert [f">{name}<" in drawn for name in names] == [True, True]
    read = Passage(file="index.html", id="x", text="A picture", drawn=f"55% of it {names[0]} {names[1]}")
    assert not list(faults_of_pictures("index.html", [fall], [read], set()))


def test_a_list_on_paper_has_room_for_its_widest_number() -> None:
    room = [re.search(r"padding-left: ([\d.]+)rem", PAPER.dialect.counted_from(4, widest)) for widest in (1, 2, 4)]
    assert room[0] is None
    assert [float(found[1]) for found in room if found] == [2.25, 3.55]
    assert PAGE.dialect.counted_from(999, 4) == ' start="999"'


def test_nothing_is_printed_twice_in_a_picture() -> None:
    """Only the large type names the bar of the value."""
    pounds = Money(text="£1", amount=Decimal(1), currency="GBP")
    for value, more in (
        (
            Money(text="£9.50", amount=Decimal("9.50"), currency="GBP"),
            {"compared_with": pounds, "compared_label": "spent"},
        ),
        (Percentage(text="55%", value=Decimal(55)), {"direction": "share"}),
    ):
        drawn = picture(statistic(value, **more), PAGE)
        assert (drawn.count(value.text), drawn.count("of it")) == (1, 1)


@pytest.mark.parametrize(
    ("number", "marks", "each"), [("7", 7, "1"), ("1900", 19, "100"), ("3.5", 4, "1"), ("1234567", 13, "100,000")]
)
def test_a_count_is_drawn_in_marks(number: str, marks: int, each: str) -> None:
    """There are as few marks as can be counted, and the last one is cut."""
    drawn = picture(statistic(Number(text=number, value=Decimal(number))), PAGE)
    assert drawn.count("<rect") == marks
    assert f"stands for {each}." in drawn


@pytest.mark.parametrize(
    ("text", "currency", "each"),
    [
        ("£150 million", "GBP", "£10,000,000"),
        ("A$150 million", "AUD", "A$10,000,000"),
        ("¥150 million", "JPY", "¥10,000,000"),
    ],
)
def test_marks_of_money_say_of_which(text: str, currency: Any, each: str) -> None:
    money = Money(text=text, amount=Decimal(150), currency=currency, scale="million")
    assert f"stands for {each}." in picture(statistic(money), PAGE)


def test_what_has_no_size_has_no_picture() -> None:
    """A year or a zero is told and not drawn."""
    assert "<svg" not in picture(statistic(Year(text="1997", value=1997)), PAGE)
    assert "<svg" not in picture(statistic(Number(text="0", value=Decimal(0))), PAGE)


def test_a_statistic_is_its_sentences_one_picture_and_its_source() -> None:
    """The picture's description is read once, in place of the picture."""
    half = Percentage(text="55%", value=Decimal(55))
    source = Sentence(id="source", inlines=(Text(text="(Source: figures)"),))
    made = blocks.block(statistic(half, direction="down", source=source), 1, PAGE)
    assert made.count('role="img"') == made.count('aria-label="A picture"') == 1
    assert '<div class="picture" role="img" aria-label="A picture"><div aria-hidden="true">' in made
    assert made.index("55%") < made.index('<p class="source">')


def written(context: Context, *names: str) -> str:
    """Every section of some documents in a dialect."""
    parts = [part for name in names for part in document(name).all_sections]
    parts += poisoned(document("everything")).all_sections
    return permitted("".join(blocks.section(part, 1, context) for part in parts))


def test_books_are_written_in_xml() -> None:
    """A parser of XML reads every block, and finds complete sentences."""
    made = written(BOOK, "seed", "everything")
    assert "<br/>" in made and "<svg xmlns=" in made and 'xml:lang="cy"' in made
    assert "tabindex" not in made
    for part in document("everything").all_sections:
        tree = ElementTree.fromstring(blocks.section(part, 1, BOOK))
        words = {node.get("id"): "".join(node.itertext()) for node in tree.iter()}
        for row in tree.iter("tr"):
            words |= {f"{row.get('id')}-{number}": "".join(cell.itertext()) for number, cell in enumerate(row, start=1)}
        alternatives = {node.get("id"): node.get("alt") for node in tree.iter("img")}
        for sentence in sentences_of_section(part):
            said = words[sentence.id] or alternatives[sentence.id] or ""
            assert said.replace("\xa0", " ") == text_of(sentence.inlines)


def test_dialects_differ_in_nothing_but_their_spelling() -> None:
    """Page, book and paper have the same elements with the same ids in the same order. Only paper names cells."""

    def elements(context: Context) -> list[tuple[str, str | None]]:
        xml = written(context, "seed", "everything").replace("<br>", "<br/>").replace("<wbr>", "<wbr/>")
        xml = re.sub(r"(<img [^>]*[^/])>", r"\1/>", xml)
        tree = ElementTree.fromstring(f"<body>{xml}</body>")
        return [
            (node.tag.rpartition("}")[2], node.get("id"))
            for node in tree.iter()
            if node.get("id") and node.tag != "td" and node.get("scope") != "row"
        ]

    assert elements(PAGE) == elements(BOOK) == elements(PAPER)


def test_a_figure_is_held_together_with_what_its_language_ties_to_it() -> None:
    """This also holds across strong words, in every medium. Paper keeps spaces at the ends of lines, too."""
    five, two = Number(text="5", value=Decimal(5)), Number(text="2", value=Decimal(2))
    nodes = (Strong(children=(five,)), Text(text=" mg at No. "), two)
    sentence = Sentence(id="s", inlines=nodes)
    held = '<span class="held"><strong>5</strong> mg</span> at <span class="held">No. 2</span>'
    assert sentence_of(sentence, PAGE) == f'<span class="s" id="s">{held}</span>'
    assert sentence_of(sentence, PAPER).replace(" \u200b", " ") == f'<span class="s" id="s">{held}</span>'


def test_only_short_row_headers_need_no_least_width() -> None:
    """As in a table of bands A to H: a column of single letters would take half of a phone."""
    read_bands = read(GOLDEN / "publications" / "council-tax" / "en.yaml").document
    assert read_bands is not None
    (bands,) = [block for block in blocks_of(read_bands) if isinstance(block, Table)]
    assert '<section class="table brief" role="group"' in blocks.block(bands, 2, PAGE)
    first, *others = bands.rows
    named = replace(first.cells[0], inlines=(Text(text="Bands of the Borough"),))
    wide = replace(bands, rows=(replace(first, cells=(named, *first.cells[1:])), *others))
    assert '<section class="table" role="group"' in blocks.block(wide, 2, PAGE)
    assert '<div class="table"' in blocks.block(bands, 2, PAPER)
