"""Which words stay on one line although they hold a space or a slash, and which rows of a table stay together."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from channels.elements.dialect import Context
from channels.elements.inlines import inlines
from channels.pdf.engine import Typesetter
from channels.pdf.frames import frame, read_tokens, stylesheet
from channels.pdf.markup import Print, short
from channels.pdf.measure import Measured, measure
from languages.base import language_of
from model.document import Words
from tests.channels.pdf.made import from_text

PAGE = '<html lang="en"><title>x</title><body><div class="inside">{}</div>'
TABLE = """\
title: Fines
summary: A page for tests with a table whose rows begin with few words.
language: en
publisher: {{ name: Tests }}
status: current
sections:
  - id: levels
    title: Levels
    blocks:
      - {{ type: table, caption: The scale, headers: {headers}, rows: [{rows}] }}
"""
PAPER = Context(words=Words(entries=()), language="en", dialect=Print(tokens=read_tokens()))
LONG_CELL = "Unlimited for offences since 12 March 2015, and before that day £5,000"


def panels(body: str) -> tuple[Measured, ...]:
    return measure(Typesetter(PAGE.format(body), stylesheet("leaflet"), {}).lay_out(13).pages)


def written(words: str) -> Markup:
    """The words as the reader recognises them and print writes them."""
    return inlines(PAPER.dialect.prepared(language_of("en").recognise(words)), PAPER)


def scraps(pages: tuple[Measured, ...]) -> list[str]:
    return [scrap.text.replace("\u200b", "") for page in pages for scrap in page.scraps]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "4.62 m",
            "39 °C",
            "40 kg/m²",
            "0.5 ml",
            "7 a.m.",
            "NN1 2LH",
            "SW1A 1AA",
            "M1 1AA",
            "No. 2",
            "and/or",
            "Td/IPV",
        ),
        *("£6.7 million", "6.7 million", "≤ 5", "(≥ 65", "10 per cent", "± 2 mm", "5 %", "pp. 3–5"),
    ],
)
def test_figures_with_what_is_tied_to_them_and_short_words_with_a_slash_stay_on_one_line(words: str) -> None:
    """Tried with every start in a line. The language says what is a figure and what is tied to it."""
    count = 60
    texts = [written("a " * number + words + " b") for number in range(1, count)]
    pages = panels("".join(f"<p>{text}</p>" for text in texts))
    lines = {(number, scrap.top): "" for number, page in enumerate(pages) for scrap in page.scraps}
    for number, page in enumerate(pages):
        for scrap in page.scraps:
            lines[number, scrap.top] += scrap.text
    unseen = str.maketrans("\u00a0", " ", "\u200b\u2060")
    whole = [line for line in lines.values() if words in line.translate(unseen)]
    assert len(whole) == count - 1


def test_what_only_looks_like_these_may_part() -> None:
    for words in ("6 in 10", "2 metres", "3 VAT", "No. of", "5 per centimetre", "M25 2 lanes", "evenings/weekends"):
        made = written(words)
        assert "\u00a0" not in made
        assert "\u2060" not in made
        assert "held" not in made


@pytest.mark.parametrize(("headers", "held"), [("[Level, Fine]", True), ("[Level, Fine, Since, Until]", False)])
def test_rows_that_begin_with_few_words_begin_on_one_line(tmp_path: Path, headers: str, held: bool) -> None:
    cells = ", ".join([f'"{LONG_CELL}"', *["x"] * (headers.count(",") - 1)])
    document = from_text(tmp_path, TABLE.format(headers=headers, rows=f"[Level 1, {cells}], [Level 3, {cells}]"))
    made = frame("leaflet.html", document, "Leaflet")
    assert made.count('class="s held"') == (2 if held else 0)
    texts = scraps(measure(Typesetter(made, stylesheet("leaflet"), {}).lay_out(13).pages))
    assert ("Level 3" in texts) is held


def test_no_row_of_a_table_is_alone_on_a_panel() -> None:
    rows = "".join(f"<tr><td>row {number}</td></tr>" for number in range(8))
    table = f"<table><thead><tr><th>Head</th></tr></thead><tbody>{rows}</tbody></table>"
    parted = 0
    for space in range(100, 190, 4):
        pages = panels(f'<p style="height: {space}mm">x</p>{table}')
        counts = [sum(scrap.text.startswith("row") for scrap in page.scraps) for page in pages]
        assert 1 not in counts, space
        parted += sum(count > 0 for count in counts) > 1
    assert parted > 4, "the table was hardly ever parted"


def test_a_long_address_goes_to_the_line_after_its_label(tmp_path: Path) -> None:
    """Both stand on one line if they fit. The address itself is never broken."""
    text = TABLE.format(headers="[Level, Fine]", rows="[1, 2]")
    text += "      - { type: contact, name: Office, website: www.melford.gov.uk/hwrc-booking, email: a@b.gov.uk }\n"
    made = frame("leaflet.html", from_text(tmp_path, text), "Leaflet")
    pages = measure(Typesetter(made, stylesheet("leaflet"), {}).lay_out(14).pages)
    tops = {scrap.text.strip("\u200b").replace("\u2060", ""): scrap.top for page in pages for scrap in page.scraps}
    assert not [scrap for page in pages for scrap in page.too_wide]
    assert tops["Email"] == tops["a@b.gov.uk"]
    assert tops["Website"] < tops["www.melford.gov.uk/hwrc-booking"]


HEX = "0123456789abcdef" * 12
ADDRESSES = (
    "https://www.judiciary.gov.uk/publications/?filter_type=publication&search=&tax-single-subject=-1&tax-single-type=-1",
    "mailto:?body=Details%20of%20document%20required%3A%0A%0A%20%20Title%3A%20Benefits%20and%20Credits%20Consultation",
    "https://www.gov.uk/government/publications/tr4-8ee-mr-derek-mears-environmental-permit-application-advertisement",
    f"https://example.org/files/{HEX}.pdf",
    f"https://example.org/{'long_' * 60}",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("sheet", ["leaflet", "large-print"])
def test_an_address_of_any_length_parts_and_loses_no_character(address: str, sheet: str) -> None:
    """Tried under the text that links to it, as the words of a link, and in running text. No sign is added where it
    breaks."""
    paper = Print(tokens=read_tokens(), split=sheet == "leaflet")
    made = (
        paper.address(address),
        paper.link(address, paper.text(address)),
        *((paper.text(f"See {address}, please."),) if HEX not in address else ()),
    )
    page = PAGE.format("".join(f"<p>{one}</p>" for one in made))
    pages = measure(Typesetter(page, stylesheet(sheet), {}).lay_out(18).pages)
    assert not [scrap.text for page in pages for scrap in page.too_wide]
    drawn = "".join(scraps(pages)).replace("\u2060", "")
    assert drawn.replace(" ", "").count(address) == len(made)
    assert len({scrap.top for page in pages for scrap in page.scraps}) > 2 * len(made)


def test_an_unseen_space_that_was_pasted_into_a_word_divides_no_word() -> None:
    made = Print(tokens={}).text("zero\u200bwidth, \u0e44\u0e17\u0e22\u200b\u0e44\u0e17\u0e22").unescape()
    assert made.replace(" \u200b", " ") == "zerowidth, \u0e44\u0e17\u0e22\u200b\u0e44\u0e17\u0e22"


def test_an_address_parts_after_its_signs_and_never_within_what_stands_for_one() -> None:
    paper = Print(tokens=read_tokens())
    made = paper.address("https://example.org/find?of_kind=a%20b&by-date=1+2").unescape().replace("\u200b", "|")
    assert "://|" not in made.replace("//|", "")
    assert "example.|org/|find?|of_|kind=|a|%20|b&|by-\u2060date=|1+|2" in made
    again = paper.text(paper.text(f"At {ADDRESSES[0]}.").unescape().replace(" \u200b", " "))
    assert again == paper.text(f"At {ADDRESSES[0]}."), "steering what is steered changes nothing"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mailto:forms@example.org?subject=A%20form&body=Please%20send", "forms@example.org"),
        ("mailto:?body=Please%20send", ""),
        ("https://example.org/find?q=forms", "example.org/find?q=forms"),
    ],
)
def test_what_a_click_would_write_into_a_message_is_not_printed(address: str, said: str) -> None:
    assert short(address) == said
