"""A fault that paper has with an author's image is reported at the image, before anything is made."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from channels.pdf.drawings import faults
from channels.pdf.engine import warnings_of
from model.document import Document
from tests.channels.html import folders
from tests.channels.pdf.made import channel, from_text

GREY = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABEAAAAABq7kcWAAAAC0lEQVR4nGNoaAAAAYMBARg1IhUAAAAASUVORK5CYII="  # of 16 bits
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">{}</svg>'
)
IMAGE = '<image width="100" height="50" {}="{}"/>'
SOURCE = """\
title: A drawing
summary: A drawing that holds more than lines, for every edition on paper.
language: en
publisher: {{ name: Department for Examples }}
status: current
editions: [large-print]
sections:
  - id: a
    title: First
    blocks:
      - Words.
      - {{ type: figure, image: images/{name}, alternative: A drawing. }}
      - {{ type: figure, image: images/{name}, alternative: The same. }}
"""


def publication(folder: Path, drawing: str) -> Document:
    (folder / "images").mkdir()
    (folder / "images" / "g.svg").write_text(SVG.format(drawing), encoding="utf-8")
    return from_text(folder, SOURCE.format(name="g.svg"))


@pytest.mark.parametrize(
    "drawing",
    [
        IMAGE.format("href", f"data:image/png;base64,{DOT}"),
        IMAGE.format("xlink:href", f"data:image/png;base64,{DOT[:40]}&#10; {DOT[40:]}"),
        IMAGE.format("href", f"data:image/png;charset=utf-8;base64,{DOT.replace('=', '%3D')}"),
        '<text x="9" y="50" font-size="4">Small label → µ</text>',
        "<style>rect:hover { fill: red }</style><rect width='9' height='9'/>",
        "<style>@font-face { font-family: X; src: url(x.woff) } rect { fill: red }</style><rect width='9' height='9'/>",
        "<g color='purple'><rect fill='currentcolor' style='stroke: CURRENTCOLOR' width='9' height='9'/></g>",
        IMAGE.format("href", f"data:image/png;base64,{GREY}"),
    ],
)
def test_what_can_be_drawn_is_no_fault(tmp_path: Path, drawing: str) -> None:
    (tmp_path / "g.svg").write_text(SVG.format(drawing), encoding="utf-8")
    assert warnings_of(tmp_path / "g.svg") == []


@pytest.mark.parametrize(
    ("drawing", "code", "says"),
    [
        ('<text y="20">ខល abc</text>', "no-glyph", "“ខ”, “ល”, which stands in images/g.svg"),
        ("<g transform='rotate(abc)'><rect width='9' height='9'/></g>", "bad-image", "a part of it is damaged"),
        ("<g transform='matrix(nan,0,0,1e999,0,0)'><rect width='9' height='9'/></g>", "bad-image", "is damaged"),
        ("<path d='M0 0L9 9' stroke='red' stroke-dasharray='inf'/>", "bad-image", "is damaged"),
        ("<g transform='translate(1e308)'><rect width='9' height='9'/></g>", "bad-image", "is damaged"),
        ("<style>rect:nth-child(zz) { fill: red }</style><rect width='9' height='9'/>", "bad-image", "is damaged"),
        ("<style>@font-face { src: url(data:font/woff2;base64,AA) }</style>", "bad-image", "a part of it is damaged"),
        (IMAGE.format("href", f"data:image/png;base64,{DOT[:60]}"), "bad-image", "images/g.svg is damaged"),
        ('<path id="p" d="M0 9H99"/><text><textPath href="#p">a</textPath></text>', "bad-image", "words along a path"),
        ("<switch><text y='9'>a</text><text y='9'>b</text></switch>", "bad-image", "only one is shown"),
        ("<text y='20'>abc <tspan>\u05d0\u05d1</tspan></text>", "bad-image", "letters that join"),
        ("<text y='20'>caf\u0065\u0301</text>", "bad-image", "letters that join"),
    ],
)
def test_what_cannot_is_one_fault_where_it_first_stands(tmp_path: Path, drawing: str, code: str, says: str) -> None:
    document = publication(tmp_path, drawing)
    checked = channel().preflight(document)
    (fault,) = (found for found in checked if found.severity == "error")
    assert (fault.code, fault.mark.line) == (code, 12)
    assert says in fault.message
    built = channel().render(document, {})
    assert fault in built.diagnostics and built.files == ()


@pytest.mark.parametrize("size", ["width='nan' height='9'", "width='1,2,3'", f"width='{'9' * 400}' height='9'"])
def test_a_drawing_without_a_size_that_can_be_is_one_fault_and_stops_no_build(tmp_path: Path, size: str) -> None:
    document = publication(tmp_path, "<rect width='9' height='9'/>")
    drawing = SVG.format("<rect width='9' height='9'/>").replace("viewBox='0 0 200 100'".replace("'", '"'), size)
    (tmp_path / "images" / "g.svg").write_text(drawing, encoding="utf-8")
    for found in (channel().preflight(document), channel().render(document, {}).diagnostics):
        assert [fault.code for fault in found if fault.severity == "error"] == ["bad-image"]


def test_an_image_at_fault_hides_no_fault_of_the_layout(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "g.svg").write_text(SVG.format("<switch><text y='9'>a</text></switch>"), encoding="utf-8")
    themed = SOURCE.replace("for Examples", "for Examples, type: Noto Serif")
    long = themed.replace("large-print", "leaflet") + "      - Stop at the kerb, look, and listen before you go.\n" * 90
    document = from_text(tmp_path, long.format(name="g.svg"))
    told = channel().preflight(document)
    assert [fault.code for fault in told] == ["bad-image", "leaflet-too-long"]
    assert "the publisher's `type` (Noto Serif;" in told[1].hint
    assert channel().render(document, {}).diagnostics == told


@pytest.mark.parametrize("style", ["filter:url(#f)", "filter : url(#f)", "FILTER :url(#f)", "filter\n:url(#f)"])
def test_an_effect_is_told_however_its_style_is_spelt(tmp_path: Path, style: str) -> None:
    blur = '<filter id="f"><feGaussianBlur/></filter>'
    document = publication(tmp_path, f'{blur}<rect width="9" height="9" style="{style}"/>')
    assert [fault.code for fault in faults(document)] == ["effects-left-out"]
    (tmp_path / "images" / "g.svg").write_text(SVG.format(f'{blur}<rect width="9" style="--my-{style}" height="9"/>'))
    assert not list(faults(document))


@pytest.mark.parametrize("effect", ["feGaussianBlur", "feDropShadow"])
def test_effects_that_paper_lacks_are_told_where_they_are_used(tmp_path: Path, effect: str) -> None:
    shadow = f'<filter id="f"><feOffset dx="90" dy="90"/><{effect}/></filter>'
    unused = SVG.format(f'{shadow}<rect width="9" height="9"/>')
    document = publication(tmp_path, f'{shadow}<rect width="9" height="9" filter="url(#f)"/>')
    (warning,) = faults(document)
    assert (warning.severity, warning.code, warning.mark.line) == ("warning", "effects-left-out", 12)
    (tmp_path / "images" / "g.svg").write_text(unused)
    assert not list(faults(document))


def test_damage_within_a_photograph_is_told_whatever_ran_before(tmp_path: Path) -> None:
    """WeasyPrint lets Pillow pass over damage, for all that runs after it."""
    (tmp_path / "images").mkdir()
    made = io.BytesIO()
    Image.effect_noise((60, 40), 50).save(made, "PNG")
    whole = made.getvalue()
    (tmp_path / "images" / "p.png").write_bytes(whole[: len(whole) // 2] + whole[-12:])
    assert [fault.code for fault in faults(from_text(tmp_path, SOURCE.format(name="p.png")))] == ["bad-image"]


def test_what_is_taken_off_a_photograph_is_told_on_paper_too(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    notes = Image.Exif()
    notes[0x013B] = "Somebody"
    Image.new("RGB", (60, 40), "#888").save(tmp_path / "images" / "p.jpg", exif=notes, comment=b"taken at home")
    document = from_text(tmp_path, SOURCE.format(name="p.jpg"))
    (warning,) = faults(document)
    assert (warning.severity, warning.code, warning.mark.line) == ("warning", "image-cleaned", 12)
    assert folders.channel().preflight(document) == (warning,), "said once for all editions"
    [file] = channel().render(document, {}).files
    assert b"Somebody" not in file.data and b"taken at home" not in file.data


def test_a_word_too_wide_for_two_editions_is_one_fault(tmp_path: Path) -> None:
    text = SOURCE.format(name="g.svg").replace("A drawing\n", "Pneumonoultramicroscopicsilicovolcano\n", 1)
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "g.svg").write_text(SVG.format("<rect width='9' height='9'/>"))
    document = from_text(tmp_path, text.replace("editions: [large-print]", "editions: [large-print, booklet]"))
    assert [fault.code for fault in channel().preflight(document) if "wide" in fault.message] == ["word-parted"]
