"""All editions agree: every sentence of the source stands in the page, the PDFs, the script, talking books and braille.
Each edition is read back from its bytes, by somebody else's reader if there is one (poppler for PDF), and compared with
the Document, sentence by sentence and in order."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from channels import CHANNELS
from channels.audio.captions import captions
from channels.base import Departure, File, Passage, Rendering, Settings, own_of
from model.blocks import Block, Contact, Paragraph, Section, Statistic, Table
from model.document import Document
from model.inlines import Inline, Percentage, Sentence, Text
from model.parting import for_edition
from model.traverse import sentences_of, sentences_of_block, sentences_of_footnotes, text_of
from narration.script import script
from narration.timeline import Place, Timeline
from proof.prove import prove
from reader.read import read
from tests.channels import talking
from tests.channels.pdf import made as pdfs
from tests.conftest import GOLDEN, ROOT, demand

SEED = ROOT / "source" / "drug-related-crime" / "en.yaml"
EVERYTHING = GOLDEN / "everything" / "source.yaml"
BLOCKS = GOLDEN / "blocks" / "source.yaml"
BOTH = pytest.mark.parametrize("source", [SEED, EVERYTHING, BLOCKS], ids=["seed", "everything", "blocks"])

FURNITURE = {"Jump to site navigation [j]", "(Links will open in a new window)"}


class Nothing:
    """A store that keeps nothing."""

    def get(self, key: str) -> bytes | None:
        return None

    def put(self, key: str, data: bytes) -> None:
        pass


@cache
def document(source: Path) -> Document:
    made = read(source).document
    assert made is not None
    return made


@cache
def rendering(channel: str, source: Path) -> Rendering:
    if channel == "pdf":
        return pdfs.rendering(next(name for name, path in pdfs.SOURCES.items() if path == source))
    return CHANNELS[channel].load(Settings(), Nothing()).render(document(source), {})


def bare(text: str) -> str:
    """The text without white space. Each edition has its own line breaks and its own spaces in numbers."""
    return re.sub(r"\s+", "", text)


def blocks_of(sections: tuple[Section, ...]) -> list[Block]:
    return [block for s in sections for block in (*s.blocks, *blocks_of(s.sections))]


def running_text(made: Document) -> list[Sentence]:
    """The sentences that a leaflet has in the order of the source: all except those on its front and back."""
    contacts = {
        sentence.id
        for block in blocks_of(made.sections)
        if isinstance(block, Contact)
        for sentence in sentences_of_block(block)
    }
    body = {s.id for block in (*made.introduction, *blocks_of(made.sections)) for s in sentences_of_block(block)}
    return [sentence for sentence in sentences_of(made) if sentence.id in body - contacts]


def without_notes(made: Document) -> list[Sentence]:
    """The sentences of the text without notes. On paper and in speech, a footnote follows its sentence."""
    notes = set(sentences_of_footnotes(made))
    return [sentence for sentence in sentences_of(made) if sentence not in notes]


def missing(made: Document, text: str) -> list[str]:
    """The sentences that do not stand in `text`."""
    inside = bare(text)
    return [text_of(s.inlines) for s in sentences_of(made) if bare(text_of(s.inlines)) not in inside]


def out_of_order(sentences: Iterable[Sentence], text: str) -> list[str]:
    """The sentences that do not stand after the one before them."""
    inside, at, found = bare(text), 0, []
    for sentence in sentences:
        words = bare(text_of(sentence.inlines))
        place = inside.find(words, at)
        if place < 0:
            found.append(text_of(sentence.inlines))
        else:
            at = place + len(words)
    return found


# -------------------------------------------------------------------------------------------------- the source


def test_every_word_of_the_page_that_is_published_stands_in_the_source() -> None:
    page = (GOLDEN / "seed-page.txt").read_text(encoding="utf-8")
    lines = [line.strip().removeprefix("•").strip() for line in page.splitlines()]
    lines = [line.replace(" (new window)", "") for line in lines if line and line not in FURNITURE]
    made = document(SEED)
    said = bare(" ".join(text_of(s.inlines) for s in (*made.breadcrumb, *sentences_of(made))))
    assert len(lines) > 20
    assert [line for line in lines if bare(line) not in said] == []


# -------------------------------------------------------------------------------------------------- the web page


class Reader(HTMLParser):
    """The words of a page, with the alternatives of its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        self.words += [value or "" for key, value in attrs if key == "alt"]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


@cache
def page_text(source: Path) -> str:
    (page,) = (file for file in rendering("html", source).files if file.path == "index.html")
    reader = Reader()
    reader.feed(page.data.decode())
    return "".join(reader.words)


@BOTH
def test_every_sentence_stands_on_the_page(source: Path) -> None:
    assert missing(document(source), page_text(source)) == []


@BOTH
def test_the_page_keeps_the_order_of_the_source(source: Path) -> None:
    """All but the other formats, which stand beside the player."""
    made = document(source)
    assert out_of_order((s for s in sentences_of(made) if s not in made.other_formats), page_text(source)) == []


@BOTH
def test_every_sentence_is_an_anchor_of_the_page(source: Path) -> None:
    """A table's cell has the anchor of its row, which is read as one."""
    rows = row_ids(document(source))
    (page,) = (file for file in rendering("html", source).files if file.path == "index.html")
    ids = set(re.findall(r'\bid="([^"]+)"', page.data.decode()))
    assert [s.id for s in sentences_of(document(source)) if not ids & {s.id, rows.get(s.id)}] == []


# -------------------------------------------------------------------------------------------------- the PDFs


def structure_text(pdf: bytes, folder: Path) -> str:
    """The text of a tagged PDF in the order of its structure tree, with the alternatives of figures, as poppler
    reads it."""
    demand(shutil.which("pdfinfo"), "poppler-utils (pdfinfo) reads the PDFs")
    path = folder / "edition.pdf"
    path.write_bytes(pdf)
    run = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True)
    lines = []
    for line in run.stdout.splitlines():
        if found := re.match(r'\s*"(.*)"$', line) or re.search(r'/Alt "(.*)"', line):
            lines.append(found[1])
    return re.sub(r'\\(["\\])', r"\1", "\n".join(lines))


PDFS = pytest.mark.parametrize(
    ("source", "name"),
    [
        (SEED, "leaflet.pdf"),
        (SEED, "leaflet-office.pdf"),
        (SEED, "leaflet-print.pdf"),
        (SEED, "large-print.pdf"),
        (EVERYTHING, "large-print.pdf"),
        (EVERYTHING, "booklet.pdf"),
        (BLOCKS, "large-print.pdf"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.parent.name,
)


@PDFS
def test_every_sentence_stands_in_the_pdf_and_in_order(source: Path, name: str, tmp_path: Path) -> None:
    (pdf,) = (file for file in rendering("pdf", source).files if file.path == name)
    text = structure_text(pdf.data, tmp_path)
    own = for_edition(document(source), re.sub(r"(-office|-print)?\.pdf", "", name))
    alternatives = {s.id for s in sentences_of(own) if s.id.endswith("-alternative")}
    shown = {text_of(s.inlines) for s in sentences_of(own) if s.id not in alternatives}
    assert [t for t in missing(own, text) if t in shown] == []
    order = running_text(own) if name.startswith("leaflet") else without_notes(own)
    assert [t for t in out_of_order(order, text) if t in shown] == []


# -------------------------------------------------------------------------------------------------- the recording


def plain_words(found: tuple[Inline, ...]) -> set[str]:
    """The words that any voice speaks as they are written: long ones that are not part of a value or an
    abbreviation."""
    words: set[str] = set()
    for inline in found:
        children = getattr(inline, "children", ())
        if children:
            words |= plain_words(children)
        elif isinstance(inline, Text):
            words |= {word.lower() for word in re.findall(r"(?<!\S)[a-z]{5,}(?=[\s,.;])", inline.text)}
    return words


def row_ids(made: Document) -> dict[str, str]:
    """The row that stands for each cell."""
    tables = [block for block in blocks_of(made.sections) if isinstance(block, Table)]
    return {cell.id: row.id for table in tables for row in reversed((*table.rows, *table.footer)) for cell in row.cells}


@BOTH
def test_every_sentence_is_spoken_once_and_in_order(source: Path) -> None:
    made = document(source)
    rows = row_ids(made)
    headers = {cell.id for block in blocks_of(made.sections) if isinstance(block, Table) for cell in block.headers}
    expected = [rows.get(s.id, s.id) for s in without_notes(made) if s.id not in headers]
    notes = {s.id for s in sentences_of_footnotes(made)}
    said = [utterance.id for utterance in script(made, Settings()) if utterance.id]
    assert sorted(own for own in said if own in notes) == sorted(notes)
    spoken = [own for own in said if own not in notes]
    assert [own for own in dict.fromkeys(spoken) if own not in headers] == list(dict.fromkeys(expected))


@BOTH
def test_the_script_says_the_words_that_are_written(source: Path) -> None:
    made = document(source)
    rows = row_ids(made)
    said: dict[str, str] = {}
    for utterance in script(made, Settings()):
        said[utterance.id] = said.get(utterance.id, "") + " " + utterance.words.lower()
    for sentence in sentences_of(made):
        words = said.get(rows.get(sentence.id, sentence.id), "")
        assert {word for word in plain_words(sentence.inlines) if word not in words} == set(), sentence.id


# -------------------------------------------------------------------------------------------------- the proof itself


def test_a_sentence_that_is_left_out_is_missed() -> None:
    made = document(SEED)
    sentence = text_of(running_text(made)[5].inlines)
    assert missing(made, page_text(SEED).replace(sentence, "")) == [sentence]


def test_two_sentences_that_change_places_are_noticed() -> None:
    made = document(SEED)
    first, second = (text_of(s.inlines) for s in running_text(made)[1:3])
    text = page_text(SEED)
    assert first in text
    swapped = text.replace(first, "\0").replace(second, first).replace("\0", second)
    assert out_of_order(running_text(made), swapped) != []


# -------------------------------------------------------------------------------------------------- what is read back


def damaged(made: Document) -> Document:
    """The seed page with one sentence cut, one doubled, three in the wrong order and one figure changed, each in
    another block."""
    intro, figure, last = made.introduction
    chain = made.sections[-1]
    assert isinstance(intro, Paragraph) and isinstance(figure, Statistic) and isinstance(last, Paragraph)
    paragraph = chain.blocks[1]
    assert isinstance(paragraph, Paragraph)
    swapped = replace(paragraph, sentences=paragraph.sentences[::-1])
    twice = replace(last.sentences[0], id="introduction-3-s9")
    (said,) = figure.sentences
    wrong = tuple(
        replace(node, text="56%", value=Decimal(56)) if isinstance(node, Percentage) else node for node in said.inlines
    )
    return replace(
        made,
        introduction=(
            replace(intro, sentences=(intro.sentences[0], *intro.sentences[2:])),
            replace(figure, sentences=(replace(said, inlines=wrong),)),
            replace(last, sentences=(*last.sentences, twice)),
        ),
        sections=(*made.sections[:-1], replace(chain, blocks=(chain.blocks[0], swapped, *chain.blocks[2:]))),
    )


def read_back(channel: str, source: Path, made: Document) -> tuple[list[Passage], list[Departure]]:
    """The passages and departures of the files that are made of `made`."""
    loaded = CHANNELS[channel].load(Settings(), Nothing())
    if channel != "audio":
        own = rendering(channel, source) if made is document(source) else loaded.render(made, {})
        return list(loaded.read_back(own)), list(loaded.departures(made))
    said = script(made, Settings())
    places = tuple(
        Place(utterance=utterance, begin=n * 9000, end=n * 9000 + 9 * len(utterance.shown), sound="")
        for n, utterance in enumerate(said)
    )
    timeline = Timeline(language="en", rate=1000, length=9000 * len(said), places=places, tracks=())
    file = File(path="audio/page.vtt", data=captions(timeline).encode(), media_type="text/vtt")
    return list(loaded.read_back(Rendering(channel="audio", files=(file,)))), []


@pytest.mark.parametrize("source", [SEED, EVERYTHING], ids=["seed", "everything"])
@pytest.mark.parametrize("channel", ["html", "pdf", "audio"])
def test_what_is_made_is_proved_sentence_by_sentence(channel: str, source: Path) -> None:
    passages, departures = read_back(channel, source, document(source))
    proof, faults = prove(document(source), passages, departures)
    assert faults == ()
    assert len(proof) >= 1
    assert all(set(ids) == {s.id for s in sentences_of(document(source))} for _, ids in proof)


@pytest.mark.parametrize("channel", ["html", "pdf", "audio"])
def test_what_is_lost_doubled_moved_or_changed_in_a_file_is_caught(channel: str) -> None:
    made = document(SEED)
    passages, departures = read_back(channel, SEED, damaged(made))
    faults = prove(made, passages, departures)[1]
    names = {"introduction-1-s2": "lost", "introduction-2-s1": "changed", "breaking-the-chain-2-s3": "moved"}
    marks = {s.mark: names.get(s.id, s.id) for s in sentences_of(made)}
    for file in {passage.file for passage in passages}:
        found = {(marks.get(fault.mark), fault.code) for fault in faults if fault.message.startswith(f"{file}:")}
        assert ("lost", "sentence-missing") in found
        assert found & {("changed", "sentence-differs"), ("changed", "sentence-missing")}
        assert "sentence-moved" in {code for _, code in found}
        assert found & {(None, "sentence-stray"), ("introduction-3-s1", "sentence-twice")}
        assert len(found) <= 8, found


@pytest.mark.parametrize("name", talking.SOURCES)
@pytest.mark.parametrize("channel", ["epub", "daisy", "braille"])
def test_books_for_ears_and_fingers_have_every_sentence_in_order(channel: str, name: str) -> None:
    loaded = CHANNELS[channel].load(Settings(), Nothing())
    own = own_of(loaded, talking.document(name))
    rendering = loaded.render(own, {} if channel == "braille" else talking.made(name))
    passages, departures = loaded.read_back(rendering), loaded.departures(own)
    proof, faults = prove(own, passages, departures, loaded.written(own), draws=loaded.draws)
    assert faults == ()
    assert [file for file, _ in proof] == [file.path for file in rendering.files]
    assert all({s.id for s in sentences_of(own)} <= set(ids) for _, ids in proof)
