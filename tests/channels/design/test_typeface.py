"""A publisher's own font files: whether they may be embedded, which letters they lack, and what is set in them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from channels.base import Settings
from channels.design.typeface import HOUSE_BOLD, faces_for_page, faces_for_paper, family_of
from channels.html.render import HtmlChannel
from channels.pdf.render import PdfChannel
from model.diagnostics import Diagnostic
from model.document import Document
from reader.read import Result, read
from tests.channels.pdf.made import typefaces
from tests.narration.fakes import MemoryStore

REGULAR = HOUSE_BOLD.with_name("AtkinsonHyperlegibleNext-Regular.ttf")
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "–’é"
SOURCE = """\
title: About bees and other animals
summary: What bees do all day in Llandaf, and whom to call when they have moved in.
language: en
status: current
reviewed: 2026-01-01
editions: [page, large-print]
sections:
  - title: One
    blocks: [A **bold** sentence about {word}.]
"""


def font(path: Path, origin: Path = REGULAR, rights: int = 0) -> None:
    """Writes a font with few letters that states the rights of its licence."""
    made = TTFont(origin)
    subsetter = Subsetter(Options())
    subsetter.populate(text=LETTERS)
    subsetter.subset(made)
    made["OS/2"].fsType = rights
    made.save(path)


def source(folder: Path, own: str, word: str = "bees") -> Result:
    (folder / "bees").mkdir(exist_ok=True)
    (folder / "publisher.yaml").write_text(f"name: Test House\n{own}\n")
    (folder / "bees" / "en.yaml").write_text(SOURCE.format(word=word))
    return read(folder / "bees" / "en.yaml")


def found(result: Result) -> dict[str, Diagnostic]:
    return {fault.code: fault for fault in result.diagnostics}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("type")
    font(folder / "own.ttf")
    font(folder / "own-bold.ttf", HOUSE_BOLD)
    result = source(folder, "type: { regular: own.ttf, bold: own-bold.ttf }", "the ŵ")
    assert result.document is not None
    return result.document


@pytest.mark.parametrize(
    ("rights", "why"), [(0x0002, "may not be embedded"), (0x0100, "only whole"), (0x0200, "may not")]
)
def test_a_font_that_may_not_be_embedded_is_refused_at_its_line(tmp_path: Path, rights: int, why: str) -> None:
    font(tmp_path / "own.ttf", rights=rights)
    result = source(tmp_path, "type:\n  regular: own.ttf")
    fault = found(result)["font-rights"]
    assert result.document is None
    assert why in fault.message
    assert (fault.mark.line, Path(fault.mark.file).name) == (3, "publisher.yaml")


@pytest.mark.parametrize(
    ("name", "data", "code"), [("own.ttf", b"no font", "bad-font"), ("other.ttf", b"", "no-such-font")]
)
def test_what_is_no_font_is_refused(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / "own.ttf").write_bytes(data)
    assert found(source(tmp_path, f"type: {{ regular: {name} }}"))[code].severity == "error"


def test_without_a_bold_the_houses_stands_in_and_that_is_said(tmp_path: Path) -> None:
    font(tmp_path / "own.ttf")
    result = source(tmp_path, "type: { regular: own.ttf }")
    assert result.document is not None
    assert "Atkinson Hyperlegible Next" in found(result)["no-bold"].hint
    assert faces_for_paper(result.document)[1].data == _saved(HOUSE_BOLD)


def _saved(path: Path) -> bytes:
    file = io.BytesIO()
    TTFont(path, recalcTimestamp=False).save(file)
    return file.getvalue()


def test_a_variable_font_gives_both_weights(tmp_path: Path) -> None:
    variable(tmp_path / "own.ttf")
    result = source(tmp_path, "type: { regular: own.ttf }")
    assert result.document is not None
    assert "no-bold" not in found(result)
    regular, bold = (TTFont(io.BytesIO(face.data)) for face in faces_for_paper(result.document))
    assert "fvar" not in regular and "fvar" not in bold
    assert (regular["glyf"]["A"].xMax, bold["glyf"]["A"].xMax) == (400, 500)


def variable(path: Path) -> None:
    """Writes a variable font of one letter, a box that grows with its weight: 400 units wide at 400, 600 at 900."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((400, 0))
    pen.lineTo((400, 700))
    pen.closePath()
    box = pen.glyph()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "A"])
    made.setupCharacterMap({ord("A"): "A"})
    made.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "A": box})
    made.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    made.setupOS2(fsType=0, usWeightClass=400)
    made.setupPost()
    made.setupFvar([("wght", 400, 400, 1000, "Weight")], [])
    wider = [(0, 0), (200, 0), (200, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
    made.setupGvar({"A": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
    made.save(path)


def test_letters_that_it_lacks_are_named_and_stay(published: Document) -> None:
    result = read(Path(published.mark.file))
    fault = found(result)["letters-lacking"]
    assert "“ŵ”" in fault.message
    assert fault.severity == "warning"


def test_a_licence_for_print_alone_leaves_the_page_as_it_is(tmp_path: Path) -> None:
    font(tmp_path / "own.ttf", rights=0x0004)
    result = source(tmp_path, "type: { regular: own.ttf }")
    assert result.document is not None
    assert "print-only-font" in found(result)
    assert faces_for_page(result.document) == ()
    assert len(faces_for_paper(result.document)) == 2


def test_the_page_is_set_in_it(published: Document) -> None:
    files = {file.path: file.data for file in HtmlChannel(Settings(), MemoryStore()).render(published, {}).files}
    style = next(data.decode() for name, data in files.items() if name.endswith(".css"))
    own = [name for name in files if name.startswith("fonts/own-")]
    assert len(own) == 2
    assert all(name in style for name in own)
    assert f'--font:"{family_of(published)}"' in style
    letters = TTFont(io.BytesIO(files[own[0]])).getBestCmap()
    assert ord("b") in letters


def test_print_is_set_in_it_and_keeps_the_rules(published: Document) -> None:
    channel = PdfChannel(Settings(), MemoryStore())
    rendering = channel.render(replace(published, editions=("large-print",)), {})
    assert channel.check(rendering) == ()
    names = typefaces(rendering.files[0].data)
    assert len([name for name in names if name.startswith("Publisher-Type")]) == 2
    assert any(name.startswith("Atkinson") for name in names), "the letter that it lacks"


def test_without_type_of_its_own_nothing_changes() -> None:
    from tests.channels.html.folders import document  # noqa: PLC0415

    assert faces_for_page(document("seed")) == ()
    assert family_of(document("seed")) == ""
