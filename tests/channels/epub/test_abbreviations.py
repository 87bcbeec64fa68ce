"""An abbreviation of a book is an element. Each chapter tells once what it stands for: in its text, or in a title."""

from __future__ import annotations

import re
from pathlib import Path

from channels.elements.archive import contents
from channels.elements.chapters import Chapter
from channels.elements.dialect import Context
from channels.epub.text import BookDialect, untold, xhtml
from model.document import Document
from narration.timeline import Track
from reader.read import read
from tests.channels.epub.test_book import book

SOURCE = """title: Help with drugs
summary: Where to find help with drugs, for yourself or for someone you know, and whom to call.
language: en
status: current
reviewed: 2024-03-01
publisher: { name: Borough of Anywhere }
terms: { DIP: { expansion: 'Drug "Interventions" Programme' }, NHS: { expansion: National Health Service } }
footnotes: { who: A DIP worker. }
sections:
  - title: What the DIP is
    blocks:
      - The DIP is free.[^who] Ask the NHS.
  - title: Where to go
    blocks:
      - Go to the **DIP** near you. Every DIP is open. The NHS knows it.
      - The NHS, which is the National Health Service, has a list.
"""


def chapter(document: Document, number: int) -> str:
    """The text of a section as a chapter."""
    section = document.sections[number]
    track = Track(name="1", part=None, begin=0, end=0, until=0)  # type: ignore[arg-type]  # (no sound is asked for)
    notes = {note.id: untold(note) for note in document.footnotes}
    context = Context(words=document.words, language="en", notes=notes, dialect=BookDialect())
    return xhtml(Chapter(track=track, title="", heard=(), section=section), document, context)


def told(text: str) -> list[str]:
    return re.findall("<abbr[^>]*>[^<]*</abbr>", text)


def test_each_chapter_tells_once_what_an_abbreviation_stands_for(tmp_path: Path) -> None:
    """Where the text says it, as after the first use, no title does. Nor does a footnote."""
    (tmp_path / "en.yaml").write_text(SOURCE)
    document = read(tmp_path / "en.yaml").document
    assert document is not None
    first, second = chapter(document, 0), chapter(document, 1)
    assert set(told(first)) == {"<abbr>DIP</abbr>", "<abbr>NHS</abbr>"}
    assert "DIP stands for Drug" in re.sub("<.*?>", "", first) and "A <abbr>DIP</abbr> worker" in first
    title = '<abbr title="Drug &#34;Interventions&#34; Programme">DIP</abbr>'
    assert told(second) == [title, "<abbr>DIP</abbr>", "<abbr>NHS</abbr>", "<abbr>NHS</abbr>"]


def test_every_abbreviation_of_a_document_is_an_element_of_its_book() -> None:
    files = contents(book("seed").data)
    texts = "".join(data.decode() for name, data in files.items() if name.endswith(".xhtml"))
    assert sorted(told(texts)) == ["<abbr>DIP</abbr>"] * 2 + ["<abbr>NTORS</abbr>"] * 2
