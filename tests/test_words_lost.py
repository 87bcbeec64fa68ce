"""A sentence that is cut, moved, doubled or changed, and a header that is dropped, are caught in the files of each
format that has words."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from lxml import etree

from channels import CHANNELS
from channels.base import File, Rendering, Settings
from channels.elements.archive import contents, pack
from model.blocks import Section, Table
from model.document import Document
from model.inlines import Sentence, Text
from model.traverse import blocks_of, sentences_of_section, text_of
from proof.prove import prove
from tests.channels import talking
from tests.narration.fakes import MemoryStore

NAME = "everything"
Root: TypeAlias = Any
MARKUP = ("html", "epub", "daisy")
PARSERS = {"html": etree.HTMLParser(encoding="utf-8"), "epub": etree.XMLParser(), "daisy": etree.XMLParser()}


def table_of(document: Document) -> Table:
    return next(block for block in blocks_of(document) if isinstance(block, Table) and len(block.rows) > 1)


def at(root: Root, own: str) -> Root | None:
    """The element of a sentence, whatever its file adds to the name."""
    found = root.xpath(f"//*[@id='{own}' or starts-with(@id, '{own}__')]")
    return found[-1] if found else None


def cut(element: Root) -> None:
    for kid in list(element):
        element.remove(kid)
    element.text = ""


def doubled(element: Root) -> None:
    element.addnext(deepcopy(element))


def moved(element: Root) -> None:
    body = element.xpath("//*[local-name()='body']")[0]
    body.insert(0, element)


def changed(element: Root) -> None:
    element.text = f"7 {element.text or ''}"


def dropped(element: Root) -> None:
    element.getparent().remove(element)


def edited(channel: str, rendering: Rendering, own: str, change: Callable[[Root], None]) -> Rendering:
    """The rendering with a change to the sentence `own` in the file that has it."""

    def text(data: bytes) -> bytes:
        root = etree.fromstring(data, PARSERS[channel])
        element = at(root, own)
        if element is None:
            return data
        change(element)
        return bytes(etree.tostring(root, method="html" if channel == "html" else "xml", encoding="utf-8"))

    def file(one: File) -> File:
        if one.media_type == "text/html":
            return replace(one, data=text(one.data))
        if channel == "html":
            return one
        packed = {n: text(d) if n.endswith(("html", "xhtml")) else d for n, d in contents(one.data).items()}
        return replace(one, data=pack(packed.items()))

    return replace(rendering, files=tuple(map(file, rendering.files)))


def codes(channel: str, rendering: Rendering) -> set[str]:
    document = talking.document(NAME)
    loaded = CHANNELS[channel].load(Settings(), MemoryStore())
    read = loaded.read_back(rendering)
    return {fault.code for fault in prove(document, read, loaded.departures(document), draws=loaded.draws)[1]}


def made(channel: str) -> Rendering:
    return talking.made(NAME, channel)[channel]


@pytest.mark.parametrize("channel", MARKUP)
def test_what_is_not_changed_is_proved(channel: str) -> None:
    assert codes(channel, edited(channel, made(channel), "title", lambda _: None)) == set()


@pytest.mark.parametrize("channel", MARKUP)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (cut, "sentence-differs"),
        (doubled, "sentence-twice"),
        (moved, "sentence-moved"),
        (changed, "sentence-differs"),
        (dropped, "sentence-missing"),
    ],
)
def test_a_sentence_changed_in_the_file_is_caught(channel: str, change: Callable[[Root], None], code: str) -> None:
    document = talking.document(NAME)
    *_, last = sentences_of_section(document.sections[0])
    own = table_of(document).headers[-1].id if change is dropped else last.id
    assert code in codes(channel, edited(channel, made(channel), own, change))


@pytest.mark.parametrize("path", [".vtt", "transcript.txt"])
def test_a_cell_and_a_figure_changed_in_captions_and_transcript_are_caught(path: str) -> None:
    """test_audio_check.py cuts, doubles and moves sentences there. A row is one sentence of the recording."""
    document, recording = talking.document(NAME), talking.made(NAME)["audio"]
    (file,) = [one for one in recording.files if one.path.endswith(path)]
    text = file.data.decode()
    cells = [text_of(cell.inlines) for row in table_of(document).rows for cell in row.cells]
    cell = next(cell for cell in cells if text.count(cell) == 1)
    for instead in ("", f"7{cell}"):
        other = replace(file, data=text.replace(cell, instead).encode())
        files = tuple(other if one is file else one for one in recording.files)
        assert codes("audio", replace(recording, files=files)) & {"sentence-differs", "sentence-missing"}


def test_a_header_dropped_from_a_pdf_is_caught() -> None:
    document = talking.document(NAME)
    (last,) = table_of(document).headers[-1:]
    less = tuple(without(section, last) for section in document.sections)
    loaded = CHANNELS["pdf"].load(Settings(), MemoryStore())
    rendering = loaded.render(replace(document, sections=less, editions=("large-print",)), {})
    found = prove(document, loaded.read_back(rendering), loaded.departures(document), draws=True)[1]
    assert [fault.code for fault in found] == ["sentence-missing"]


def without(section: Section, header: Sentence) -> Section:
    """The section with no words in a header."""
    empty = replace(header, inlines=(Text(text="–"),))
    blocks = tuple(
        replace(block, headers=tuple(empty if one == header else one for one in block.headers))
        if isinstance(block, Table)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks, sections=tuple(without(inner, header) for inner in section.sections))
