"""A publisher's postal address stands under its name at the end of every edition, and is spoken line by line."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from channels.base import Settings
from channels.braille.lines import Layout
from channels.braille.text import cells_of
from channels.html.metadata import linked_data
from channels.html.render import HtmlChannel
from channels.pdf import frames
from model.document import Document
from model.inlines import Text
from model.traverse import names_itself, sentences_of
from narration.script import script
from tests.channels.design.test_brand import of
from tests.narration.fakes import MemoryStore

LINES = ("Town Hall", "12 High Street", "Anywhere", "AN1 2YW")
PRINTED = ("leaflet", "booklet", "factsheet", "flyer", "large-print")


def words(markup: str) -> str:
    """The words that are seen, with a space for each element that ends a line."""
    plain = re.sub(r"<script.*?</script>|<head.*?</head>|[\u200b\u2060]", "", markup, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", plain).split()).replace(" ,", ",")


def page(document: Document) -> str:
    files = HtmlChannel(Settings(), MemoryStore()).render(document, {}).files
    return next(file.data.decode() for file in files if file.role == "page")


def test_it_is_part_of_what_every_edition_must_say() -> None:
    ids = [sentence.id for sentence in sentences_of(of("anywhere"))]
    assert ids[-6:] == ["feedback-s1", *(f"publisher-address-{n}" for n in range(1, 5)), "rights-s1"]


def test_the_page_has_it_with_the_feedback_a_line_each() -> None:
    found = page(of("anywhere"))
    section = found[found.index('<section class="feedback">') :].partition("</section>")[0]
    assert words(section).endswith("Borough of Anywhere Town Hall 12 High Street Anywhere AN1 2YW")
    assert section.count("<br>") == 4


def test_without_feedback_the_page_has_it_as_whom_to_contact() -> None:
    found = page(replace(of("anywhere"), feedback=()))
    assert words(found).count("Who to contact Borough of Anywhere Town Hall") == 1
    bare = replace(of("anywhere").publisher, address=None)
    assert "Who to contact" not in words(page(replace(of("anywhere"), feedback=(), publisher=bare)))


def test_an_address_that_begins_with_the_name_has_it_once() -> None:
    assert words(page(of("fernhill"))).count("Fernhill Health Trust, Box 12") == 1
    assert "<strong>Fernhill Health Trust</strong>" not in page(of("fernhill"))


def test_a_word_that_begins_as_the_name_does_is_not_the_name() -> None:
    document = of("fernhill")
    publisher = document.publisher
    assert names_itself(document) and publisher.address is not None
    first, *others = publisher.address.lines
    street = replace(first, inlines=(Text(text="Fernhill Health Trustees’ House"),))
    moved = replace(publisher, address=replace(publisher.address, lines=(street, *others)))
    assert not names_itself(replace(document, publisher=moved))


@pytest.mark.parametrize("edition", PRINTED)
def test_paper_has_it_before_the_rights_and_a_leaflet_in_a_line(edition: str) -> None:
    found = words(frames.frame(f"{edition}.html", of("anywhere"), "Edition"))
    address = (", " if edition == "leaflet" else " ").join(LINES)
    assert found.count(f"Borough of Anywhere {address} Borough of Anywhere 2026.") == 1


def test_it_is_spoken_as_a_contacts_is() -> None:
    said = [utterance.shown for utterance in script(of("anywhere"), Settings())]
    at = said.index("Contact: Borough of Anywhere")
    assert said[at + 1 : at + 5] == ["Address: Town Hall", *LINES[1:]]
    heard = [utterance.words for utterance in script(of("anywhere"), Settings())]
    assert heard[at + 2] == "Twelve High Street." and heard[at + 4].endswith("one two Y W.")
    assert not any(
        shown.startswith("Contact: Fernhill") for shown in (u.shown for u in script(of("fernhill"), Settings()))
    )


def test_search_engines_and_lists_are_told() -> None:
    assert json.loads(str(linked_data(of("anywhere"), None)))["publisher"]["address"] == ", ".join(LINES)


@pytest.mark.parametrize("body", ["anywhere", "fernhill"])
def test_braille_has_each_line_as_an_entry(body: str) -> None:
    document = of(body)
    postal = document.publisher.address
    assert postal is not None
    lines = [line.text for line in Layout(document, "ueb-1", 40).lines()]
    name = cells_of((document.publisher.name,), "ueb-1").text
    first = lines.index(cells_of((postal.lines[0],), "ueb-1").text)
    assert lines[first : first + len(postal.lines)] == [cells_of((line,), "ueb-1").text for line in postal.lines]
    assert lines[first - 1] == (name if body == "anywhere" else "")
