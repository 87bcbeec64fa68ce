"""A publisher may name one of the typefaces that come with the program. Page, print, book and cover are set in it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from channels.base import Settings
from channels.design import FONTS
from channels.design.brand import files_of_cover
from channels.design.cover import cover_of
from channels.design.typeface import FAMILIES, faces_for_book, faces_for_page, family_of, typeface_files
from channels.html.render import HtmlChannel
from channels.pdf.render import PdfChannel
from model.document import Document
from reader.schema import PUBLISHER_SCHEMA, schema
from reader.typefaces import HOUSE
from tests.channels.design.test_typeface import source
from tests.channels.pdf.made import typefaces
from tests.narration.fakes import MemoryStore

LETTERS = "".join(map(chr, (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x180))))


def chosen(folder: Path, name: str) -> Document:
    result = source(folder, f"type: {name}", "the ŵ and 12 °C")
    assert result.document is not None and result.diagnostics == ()
    return result.document


@pytest.fixture(scope="module")
def serif(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return chosen(tmp_path_factory.mktemp("serif"), "Noto Serif")


def test_the_names_of_both_schemas_are_the_typefaces_that_there_are() -> None:
    names = [
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", path.name.removesuffix("-Regular.ttf"))
        for path in FAMILIES.glob("*-Regular.ttf")
    ]
    known = [HOUSE, *sorted(names)]
    assert schema(PUBLISHER_SCHEMA)["$defs"]["family"]["enum"] == known
    assert schema()["properties"]["publisher"]["properties"]["type"]["then"]["enum"] == known
    assert len(known) > 2 and (FAMILIES / "OFL.txt").is_file()


@pytest.mark.parametrize("path", sorted(FAMILIES.glob("*.ttf")), ids=lambda path: path.stem)
def test_each_may_be_embedded_and_has_the_letters_of_the_house(path: Path) -> None:
    house = TTFont(FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", lazy=True).getBestCmap()
    font = TTFont(path, lazy=True)
    assert font["OS/2"].fsType == 0
    wanted = {ord(letter) for letter in LETTERS + "0123456789–—‘’“”…•€£½°" if ord(letter) in house}
    assert len(wanted) > 200 and wanted <= font.getBestCmap().keys()
    assert font["OS/2"].usWeightClass == (700 if path.stem.endswith("Bold") else 400)


def test_the_house_by_its_name_is_what_it_is_without_a_name(tmp_path: Path) -> None:
    named = chosen(tmp_path, HOUSE)
    assert named.publisher.typeface is None
    assert family_of(named) == "" and typeface_files(named) == ()


def test_the_page_and_the_book_have_its_letters_and_its_licence(serif: Document) -> None:
    files = {file.path: file.data for file in HtmlChannel(Settings(), MemoryStore()).render(serif, {}).files}
    style = next(data.decode() for name, data in files.items() if name.endswith(".css"))
    own = [name for name in files if name.startswith("fonts/own-")]
    assert len(own) == 2 and all(name in style for name in own)
    assert f'--font:"{family_of(serif)}"' in style
    for face in (*faces_for_page(serif), *faces_for_book(serif, "the ŵ")):
        font = TTFont(io.BytesIO(face.data))
        assert ord("ŵ") in font.getBestCmap()
        assert "Noto Serif" in font["name"].getDebugName(1)
        assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_print_is_set_in_it(serif: Document) -> None:
    channel = PdfChannel(Settings(), MemoryStore())
    rendering = channel.render(replace(serif, editions=("large-print",)), {})
    assert channel.check(rendering) == ()
    names = typefaces(rendering.files[0].data)
    assert names and all(name.startswith("Publisher-Type") for name in names), names


def test_the_cover_of_the_recording_is_drawn_in_it(serif: Document) -> None:
    plain = replace(serif, publisher=replace(serif.publisher, typeface=None))
    assert cover_of(serif) != cover_of(plain)
    assert set(typeface_files(serif)) <= set(files_of_cover(serif))


def test_two_typefaces_have_two_names_in_styles(serif: Document, tmp_path: Path) -> None:
    assert family_of(chosen(tmp_path, "Noto Sans")) != family_of(serif) != ""
