"""A book is set in the publisher's own typeface if its licence permits it. EPUBCheck looks at one (test_epubcheck)."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from channels.base import Rendering, Settings
from channels.design.typeface import HOUSE_BOLD, family_of
from channels.elements.archive import contents
from channels.elements.chapters import tracks_of
from channels.epub.render import EpubChannel
from model.document import Document, Typeface
from tests.channels.design.test_typeface import REGULAR, font
from tests.channels.talking import document, made, timeline
from tests.narration.fakes import MemoryStore


@pytest.fixture(scope="module")
def recording() -> dict[str, Rendering]:
    return made("blocks")


def typed(folder: Path, *, print_only: bool = False) -> Document:
    font(folder / "own.ttf", REGULAR)
    font(folder / "own-bold.ttf", HOUSE_BOLD)
    regular, bold = str(folder / "own.ttf"), str(folder / "own-bold.ttf")
    face = Typeface(regular=regular, bold=bold, digest="one two", print_only=print_only)
    published = document("blocks")
    return replace(published, publisher=replace(published.publisher, typeface=face))


def bound(of: Document, recording: dict[str, Rendering]) -> bytes:
    channel = EpubChannel(Settings(), MemoryStore())
    return channel.book(of, timeline("blocks"), tracks_of(timeline("blocks"), recording), channel.pictures(of))


def test_both_weights_are_in_the_book_and_named_by_its_style(tmp_path: Path, recording: dict[str, Rendering]) -> None:
    own = typed(tmp_path)
    data = bound(own, recording)
    files = contents(data)
    style = files["EPUB/book.css"].decode()
    assert f'body {{ font-family: "{family_of(own)}", sans-serif; }}' in style
    for weight in (400, 700):
        name = f"fonts/own-{weight}.ttf"
        assert f'url("{name}")' in style and name in files["EPUB/package.opf"].decode()
        assert ord("a") in TTFont(io.BytesIO(files[f"EPUB/{name}"])).getBestCmap()
    assert "!important" not in style, "a reader's own choice wins"


def test_a_typeface_for_print_alone_stays_out(tmp_path: Path, recording: dict[str, Rendering]) -> None:
    files = contents(bound(typed(tmp_path, print_only=True), recording))
    assert not [name for name in files if "font" in name]
    assert b"font-face" not in files["EPUB/book.css"]


def test_a_book_of_the_house_has_no_fonts(recording: dict[str, Rendering]) -> None:
    files = contents(bound(document("blocks"), recording))
    assert not [name for name in files if "font" in name]
