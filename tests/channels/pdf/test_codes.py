"""The QR codes on paper lead to the address that the publication declares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from channels.pdf.check import faults_of
from model.document import Dates
from model.inlines import Sentence, Text
from tests.channels.pdf.made import channel, data, expected, from_text, lines, plain, publication, rendering

PAGE = """\
title: Crossing the road
summary: How to cross the road safely, alone or with children.
language: en
publisher: { name: Roads Office }
status: current
url: https://roads.example.gov.uk/crossing/en/
editions: [leaflet]
introduction: [Cross with care.]
sections:
  - { id: look, title: Look both ways, blocks: [Look to the right. Look to the left.] }
"""


def decoded(content: bytes, dots: int) -> set[str]:
    """The codes that a camera reads on all pages, at `dots` an inch."""
    found = set()
    for page in pypdfium2.PdfDocument(content):
        image = page.render(scale=dots / 72).to_pil()
        found |= {code.text for code in zxingcpp.read_barcodes(image)}
    return found


@pytest.mark.parametrize("path", ["large-print.pdf", "booklet.pdf", "booklet-office.pdf"])
def test_the_code_leads_to_the_page(path: str) -> None:
    assert decoded(data("everything", path), 150) == {publication("everything").url}
    assert ("Figure", "QR code: www.example.gov.uk/everything") in lines(data("everything", path))


def test_page_and_recording_have_a_code_each_on_the_leaflets_back(tmp_path: Path) -> None:
    document = from_text(tmp_path, PAGE)
    leaflet = channel().render(document, {}).files[0]
    page = "https://roads.example.gov.uk/crossing/en/"
    assert decoded(leaflet.data, 150) == {page, f"{page}audio/{document.id}.mp3"}
    text = "\n".join(words for _, words in lines(leaflet.data))
    assert "roads.example.gov.uk/crossing/en" in text


def test_a_back_that_is_full_leaves_related_places_to_the_text() -> None:
    """The seed with everything that a publication may have on its back."""
    said = "To ask for this leaflet in large print, braille or another language, write to the Home Office."
    other = Sentence(id="other-formats-s1", inlines=(Text(text=said),))
    url = "https://drugs.homeoffice.gov.uk/drug-related-crime/en/"
    document = replace(
        publication("seed"),
        editions=("leaflet",),
        url=url,
        version="1.2",
        dates=Dates(published=date(2007, 11, 5), reviewed=date(2008, 3, 1), review_by=date(2009, 3, 1)),
        other_formats=(other,),
    )
    made = channel().render(document, {})
    assert not made.diagnostics
    content = made.files[0].data
    assert not list(faults_of(content, "leaflet.pdf"))
    assert decoded(content, 150) == {url, f"{url}audio/{document.id}.mp3"}
    text, at = "\n".join(words.replace("\u00a0", " ") for _, words in lines(content)), 0
    for sentence in expected(document, leaflet=True, related_on_back=False):
        assert (at := text.find(plain(sentence), at)) >= 0, plain(sentence)
    assert "drugs.homeoffice.gov.uk/drug-related-crime/en" in text


def test_without_an_address_there_is_no_code() -> None:
    assert publication("seed").url is None
    for file in rendering("seed").files:
        assert not decoded(file.data, 100)
