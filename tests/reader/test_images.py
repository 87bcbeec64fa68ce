"""What is read of an image, and what is reported if it cannot be shown."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from reader.drawings import drawing_of
from reader.images import Image, read_image, size
from reader.read import read
from tests.conftest import GOLDEN

STRIPES = (GOLDEN / "everything" / "images" / "stripes.png").read_bytes()
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 300, 200) + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08" + struct.pack(">HH", 200, 300) + b"\0" * 9 + b"\xff\xd9"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 199.6"></svg>'

DAMAGED = (
    "bad-image: a.svg does not say how large it is: its viewBox is damaged. "
    "A viewBox is four figures, such as 0 0 100 50. Export it again."
)


def read_of(tmp_path: Path, name: str, data: bytes) -> tuple[Image, list[str]]:
    """The image in `data`, and the messages of its faults."""
    (tmp_path / name).write_bytes(data)
    found: list[str] = []
    return read_image(tmp_path, name, lambda code, message, hint: found.append(f"{code}: {message}. {hint}")), found


def test_the_size_is_in_the_file() -> None:
    assert size(PNG) == size(JPEG) == drawing_of(SVG).size == (300, 200)
    assert size(b"GIF89a") == (None, None)


def test_a_photograph_with_too_many_dots_is_refused(tmp_path: Path) -> None:
    huge = PNG.replace(struct.pack(">II", 300, 200), struct.pack(">II", 20_000, 9_000))
    _, faults = read_of(tmp_path, "a.png", huge)
    assert faults == ["bad-image: a.png has 20000 × 9000 dots, which is too many. Save it with at most 4000 × 4000."]


@pytest.mark.parametrize(("name", "data"), [("a.png", PNG), ("a.jpg", JPEG), ("a.jpeg", JPEG), ("a.svg", SVG)])
def test_an_image_is_read_whole(tmp_path: Path, name: str, data: bytes) -> None:
    image, faults = read_of(tmp_path, name, data)
    assert (image.width, image.height, faults) == (300, 200, [])
    assert len(image.digest) == 64


@pytest.mark.parametrize("length", [0, 3, 8, 20, len(STRIPES) - 1])
def test_an_image_that_was_cut_is_refused_at_any_length(tmp_path: Path, length: int) -> None:
    (fault,) = read_of(tmp_path, "stripes.png", STRIPES[:length])[1]
    assert fault.startswith("bad-image: stripes.png ")


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.png", JPEG, "bad-image: a.png is not the PNG image that its name says. Export it again."),
        ("a.jpg", b"GIF89a", "bad-image: a.jpg is not the JPG image that its name says. Export it again."),
        ("a.jpg", JPEG[:-2], "bad-image: a.jpg ends before the image does. Export or copy it again."),
        ("a.svg", b"<svg", "bad-image: a.svg ends before the image does. Export or copy it again."),
        ("a.svg", SVG.replace(b"0 0 300 199.6", b"0 0 100"), DAMAGED),
        ("a.svg", SVG.replace(b"199.6", b"9" * 400), DAMAGED),
        ("a.svg", SVG.replace(b"199.6", b"-1"), DAMAGED),
        ("a.svg", SVG.replace(b"199.6", b"nan"), DAMAGED),
    ],
)
def test_what_is_no_image_is_refused(tmp_path: Path, name: str, data: bytes, fault: str) -> None:
    assert read_of(tmp_path, name, data)[1] == [fault]


def test_an_image_that_the_system_does_not_give_is_a_fault_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (GOLDEN / "errors" / "no-such-image" / "missing.yaml").read_text()
    (tmp_path / "images").mkdir()
    (tmp_path / "page.yaml").write_text(source.replace("a.png", f"{'a' * 300}.png"))
    (fault,) = read(tmp_path / "page.yaml").diagnostics
    assert (fault.code, fault.mark.line) == ("bad-image", source[: source.index("a.png")].count("\n") + 1)
    assert "… cannot be read: " in fault.message

    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.png").write_bytes(STRIPES)
    monkeypatch.setattr(Path, "read_bytes", refused)
    found: list[str] = []
    read_image(tmp_path, "a.png", lambda _code, message, _hint: found.append(message))
    assert found == ["the image a.png cannot be read: Permission denied"]
