"""What is removed from an image before it is published, and what stays."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from channels.pictures.clean import Cleaned, clean
from reader.images import read_image
from tests.channels.html import folders
from tests.channels.pdf import made as paper
from tests.channels.pdf.made import from_text

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s<path d="M0 0h9v9z"/></svg>'


PAGE = """\
title: A photograph
summary: A photograph that was damaged on its way, which no reader could see.
language: en
publisher: { name: Department for Examples }
status: current
editions: [large-print]
sections:
  - id: first
    title: First
    blocks: [Words., { type: figure, image: images/p.jpg, alternative: A house. }]
"""


def photograph(orientation: int) -> bytes:
    """A picture of 4 by 2 pixels, the left half red, with a place, an artist and a profile."""
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 20, 20))
    notes = image.getexif()
    notes[0x0112], notes[0x013B] = orientation, "Jane Doe"
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0)})
    made = io.BytesIO()
    image.save(made, "JPEG", exif=notes, icc_profile=PROFILE, quality=95, comment=b"by Jane Doe")
    return made.getvalue()


def test_a_photograph_is_sent_without_the_place_and_the_people() -> None:
    """The picture itself is not changed, and keeps its colours."""
    data = photograph(1)
    assert b"Jane" in data
    cleaned = clean(data)
    assert b"Jane" not in cleaned.data and b"Exif" not in cleaned.data
    assert "the place where it was taken" in cleaned.taken_off
    with Image.open(io.BytesIO(cleaned.data)) as image, Image.open(io.BytesIO(data)) as before:
        assert image.info["icc_profile"] == PROFILE
        assert image.tobytes() == before.tobytes()


def test_a_photograph_that_its_camera_turned_is_upright() -> None:
    """Its width and height are swapped, so that the page does not jump."""
    cleaned = clean(photograph(6))
    assert cleaned.turned
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert image.size == (20, 40)
        assert image.getpixel((10, 5))[0] > 200  # type: ignore[index]
        assert image.info["icc_profile"] == PROFILE
        assert not image.getexif()


def test_a_png_that_moves_is_its_first_image() -> None:
    made, images = io.BytesIO(), [Image.new("RGB", (3, 3), colour) for colour in ("red", "blue")]
    images[0].save(made, "PNG", save_all=True, append_images=images[1:], duration=100)
    cleaned = clean(made.getvalue())
    assert cleaned.taken_off == ("its movement",)
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert image.getpixel((1, 1)) == (255, 0, 0)
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("kind", "count", "value"),
    [
        (2, 2, b"6\0\0\0"),
        (3, 1, b"\0\0\0\0"),
        (3, 1, b"\0\x09\0\0"),
        (3, 0, b"\0\6\0\0"),
        (5, 1, b"\xff" * 4),
        (99, 9, b"abcd"),
    ],
)
def test_a_note_that_says_nothing_of_a_turn_turns_nothing(
    kind: int, count: int, value: bytes, recwarn: pytest.WarningsRecorder
) -> None:
    """Kinds of values are those of TIFF 6.0: 2 is a text, 3 a short number, 5 a fraction that stands elsewhere."""
    note = b"Exif\0\0MM\0*\0\0\0\x08\0\1" + struct.pack(">HHI4s", 0x0112, kind, count, value) + bytes(4)
    made = io.BytesIO()
    Image.new("RGB", (3, 2)).save(made, "JPEG", exif=note)
    cleaned = clean(made.getvalue())
    assert (cleaned.turned, cleaned.is_damaged) == (False, False)
    assert cleaned.taken_off and not recwarn.list


def test_a_png_loses_its_notes() -> None:
    notes, made = PngInfo(), io.BytesIO()
    notes.add_text("Author", "Jane Doe")
    Image.new("RGBA", (3, 3)).save(made, "PNG", pnginfo=notes)
    assert b"Jane" not in clean(made.getvalue()).data
    assert Image.open(io.BytesIO(clean(made.getvalue()).data)).size == (3, 3)


@pytest.mark.parametrize(
    "part",
    [
        b"<script>alert(1)</script>",
        b'<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        b'<path onload="alert(1)" d="M0 0"/>',
        b"<metadata>Jane Doe</metadata>",
        b"<!-- by Jane Doe -->",
    ],
)
def test_a_drawing_loses_scripts_and_notes_and_keeps_its_shapes(part: bytes) -> None:
    cleaned = clean(SVG % part)
    assert cleaned.taken_off
    for gone in (b"alert", b"Jane", b"script"):
        assert gone not in cleaned.data
    assert b'd="M0 0h9v9z"' in cleaned.data


def test_what_has_nothing_to_take_off_stays_as_it_is() -> None:
    made = io.BytesIO()
    Image.new("RGB", (3, 3)).save(made, "PNG")
    for data in (made.getvalue(), SVG % b""):
        assert clean(data) == Cleaned(data=data)


@pytest.mark.parametrize("damage", [b"\xff\xc0\x00\x11\x08", b"\xff\xda"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_damaged_photograph_is_told_and_not_published(tmp_path: Path, damage: bytes, orientation: int) -> None:
    """Its beginning and its end are there, so that nothing but the picture itself can say so."""
    data = bytearray(photograph(orientation))
    place = data.index(damage[:2])
    del data[place : place + 40]
    assert clean(bytes(data)).is_damaged
    assert clean(bytes(data[:2])).is_damaged
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "p.jpg").write_bytes(data)
    document = from_text(tmp_path, PAGE)
    for channel in (folders.channel(), paper.channel()):
        for found in (channel.preflight(document), channel.render(document, {}).diagnostics):
            (fault,) = (each for each in found if each.severity == "error")
            assert (fault.code, fault.mark.line, fault.message) == (
                "bad-image",
                10,
                "images/p.jpg is damaged: no program can show all of it",
            )


def test_a_bomb_of_a_picture_is_not_unpacked() -> None:
    made = io.BytesIO()
    Image.new("1", (1, 1)).save(made, "PNG")
    data = bytearray(made.getvalue())
    data[16:24] = struct.pack(">II", 60000, 60000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    assert clean(bytes(data)).is_damaged


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><body>hello</body></html>",
        b"<svg><p></svg>",
        SVG % b"<foreignObject>hello</foreignObject>",
    ],
)
def test_what_only_calls_itself_a_drawing_is_refused(tmp_path: Path, data: bytes) -> None:
    """So is a drawing that would lose words."""
    (tmp_path / "x.svg").write_bytes(data)
    said: list[str] = []
    read_image(tmp_path, "x.svg", lambda code, *_: said.append(code))
    assert said == ["bad-image"]
