"""Editions leave out what an author keeps for others, say so, and their links still lead to the same places."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels import CHANNELS
from channels.base import Settings, left_out_of, own_of
from channels.pdf.choose import plans
from languages.left_out import left_out_in_words
from model.document import Document, Footnote
from model.inlines import Link
from model.parting import for_edition, missing
from model.traverse import marks_in, sentences_of, text_of, walk
from narration.script import script
from proof.proof_file import proof_of
from proof.prove import prove
from publish.store import Nothing
from reader.read import Result, read

PAGE = """title: Help with rent
summary: Who can get help with the rent, how much that is in each month, and how to ask for it.
language: en
publisher: {{ name: Department for Examples }}
status: current
reviewed: 2024-03-01
editions: [page, recording, leaflet, braille]
{url}
footnotes:
  rates: Rates change each April.
  who: Ask us if you are not sure.
sections:
  - title: Who can get it
    blocks:
      - You can get help if you pay rent. See [the rates](#rates) and [how to ask](#how-to-ask).
      - {{ type: paragraph, text: "The page alone says this[^who].", only: [page] }}
      - type: notice
        blocks:
          - {{ type: paragraph, text: Bring a letter., not: [leaflet] }}
      - You may[^who] ask again.
  - id: rates
    title: Rates
    not: [leaflet, recording]
    blocks: ["You get £300[^rates]."]
  - id: how-to-ask
    title: How to ask
    blocks: [Write to us.]
"""
URL = "url: https://www.example.gov.uk/rent"


def result(tmp_path: Path, text: str) -> Result:
    (tmp_path / "rent").mkdir(exist_ok=True)
    (tmp_path / "rent" / "en.yaml").write_text(text)
    return read(tmp_path / "rent" / "en.yaml")


@pytest.fixture
def rent(tmp_path: Path) -> Document:
    made = result(tmp_path, PAGE.format(url=URL)).document
    assert made is not None
    return made


def said(document: Document) -> list[str]:
    return [text_of(sentence.inlines) for sentence in sentences_of(document)][2:]


def test_an_edition_lacks_what_is_kept_for_others(rent: Document) -> None:
    assert said(for_edition(rent, "leaflet")) == [
        *("Who can get it", "You can get help if you pay rent.", "See the rates and how to ask."),
        *("You may [note 1] ask again.", "How to ask", "Write to us.", "Ask us if you are not sure."),
    ]
    assert "The page alone says this [note 1]." in said(for_edition(rent, "page"))
    assert "Bring a letter." in said(for_edition(rent, "braille"))


def test_a_document_that_keeps_nothing_back_is_itself_in_every_edition(rent: Document) -> None:
    whole = for_edition(rent, "page")
    assert whole.left_out is None and whole is rent and missing(rent, "page") == ()


def test_a_footnote_is_due_at_the_first_marker_that_is_left_and_goes_with_the_last(rent: Document) -> None:
    leaflet = for_edition(rent, "leaflet")
    (note,) = leaflet.footnotes
    assert isinstance(note, Footnote) and note.marks == ("note-who-mark-2",)
    assert [mark.id for mark in marks_in(sentences_of(leaflet))] == ["note-who-mark-2"]
    assert "Note one: Ask us if you are not sure." in [
        u.words for u in script(for_edition(rent, "recording"), Settings())
    ]


@pytest.mark.parametrize(("url", "target"), [(URL, "https://www.example.gov.uk/rent#rates"), ("", None)])
def test_a_link_to_what_is_left_out_leads_to_the_page_or_is_words(tmp_path: Path, url: str, target: str | None) -> None:
    made = result(tmp_path, PAGE.format(url=url)).document
    assert made is not None
    links = [n for s in sentences_of(for_edition(made, "leaflet")) for n in walk(s.inlines) if isinstance(n, Link)]
    assert [link.target for link in links] == [target, "#how-to-ask"]


@pytest.mark.parametrize(
    ("edition", "words"),
    [
        ("page", ""),
        ("braille", "This edition leaves out some of the text. You find it at rent.example."),
        ("leaflet", "This edition leaves out “Rates”. You find it at rent.example."),
    ],
)
def test_an_edition_says_what_it_leaves_out_and_where_that_is(rent: Document, edition: str, words: str) -> None:
    assert left_out_in_words(for_edition(rent, edition), "rent.example") == words


def test_without_an_address_it_names_the_edition_that_has_the_rest(rent: Document) -> None:
    words = left_out_in_words(for_edition(rent, "leaflet"), "")
    assert words == "This edition leaves out “Rates”. You find it in the edition that is a web page."


def test_every_kind_of_edition_tells_its_readers(rent: Document) -> None:
    spoken = [utterance.words for utterance in script(for_edition(rent, "recording"), Settings())]
    assert any(words.startswith("This edition leaves out Rates. You find it at ") for words in spoken)
    (leaflet,) = plans(rent)
    assert leaflet.fits
    channel = CHANNELS["braille"].load(Settings(), Nothing())
    assert b",? $I;N L1VES \\" in channel.render(own_of(channel, rent), {}).files[0].data


def test_what_is_left_out_on_purpose_is_no_fault_and_stands_in_the_proof(rent: Document) -> None:
    channel = CHANNELS["braille"].load(Settings(), Nothing())
    page = CHANNELS["html"].load(Settings(), Nothing())
    assert own_of(page, rent) is rent
    leaflet = for_edition(rent, "leaflet")
    made = page.render(leaflet, {})
    faults = prove(rent, page.read_back(made), page.departures(rent))[1]
    assert {fault.code for fault in faults} >= {"sentence-missing"}
    rendering = channel.render(own_of(channel, rent), {})
    (departure, *_) = left_out_of(channel, rent, rendering)
    assert departure.ids == ("who-can-get-it-2-s1",) and not departure.stands
    pdf = CHANNELS["pdf"].load(Settings(), Nothing())
    kept = {d.file: d.ids for d in pdf.departures(rent) if not d.stands and "keeps" in d.why}
    assert set(missing(rent, "leaflet")) == set(kept["leaflet.pdf"]) == set(kept["leaflet-print.pdf"])
    assert proof_of(rent, [rendering], [departure]) == ()  # braille is not read back yet


@pytest.mark.parametrize(
    ("before", "after", "code", "words"),
    [
        ("only: [page]", "only: [pages]", "wrong-value", "pages"),
        ("only: [page]", "only: [epub]", "wrong-value", "epub"),
        ("only: [page]", "only: [page], not: [leaflet]", "contradiction", "[page]"),
        ("only: [page]", "only: [poster]", "in-no-edition", "[poster]"),
        ("title: How to ask", "title: How to ask\n    not: [leaflet]", "", ""),
    ],
)
def test_a_name_that_is_none_and_a_part_that_nobody_gets_are_errors(
    tmp_path: Path, before: str, after: str, code: str, words: str
) -> None:
    faults = result(tmp_path, PAGE.format(url="").replace(before, after)).diagnostics
    assert {fault.code for fault in faults if fault.severity == "error"} == ({code} if code else set())
    if code:
        line = (tmp_path / "rent" / "en.yaml").read_text().splitlines()[faults[0].mark.line - 1]
        assert line[faults[0].mark.column - 1 :].startswith(words)


def test_an_edition_with_nothing_in_it_is_an_error(tmp_path: Path) -> None:
    text = PAGE.format(url="").replace("title: Who can get it", "title: Who can get it\n    not: [leaflet]")
    text = text.replace("title: How to ask", "title: How to ask\n    not: [leaflet]")
    assert [fault.code for fault in result(tmp_path, text).diagnostics] == ["empty-edition"]
