"""A publisher's cover is a picture with an alternative or a pattern without. A fault is reported at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.document import CoverArt
from reader.read import read

PAGE = """title: Getting help
summary: Where to find help with drugs, for yourself or for someone you know, and whom to call.
language: en
status: current
reviewed: 2024-03-01
sections:
  - title: Whom to ask
    blocks: [Ask at your surgery.]
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h30v20H0z"/></svg>'
BARE = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h3v1H0z"/></svg>'
PICTURE = "cover: { picture: roofs.svg, alternative: Roofs of a town }\n"
PATTERN = "cover:\n  pattern: leaf.svg\n"


def publication(folder: Path, cover: str, own: str = "") -> Path:
    (folder / "getting-help").mkdir()
    (folder / "publisher.yaml").write_text(f"name: Borough of Anywhere\n{cover}")
    for name in ("roofs.svg", "leaf.svg", "getting-help/own.svg"):
        (folder / name).write_text(DRAWING)
    (folder / "bare.svg").write_text(BARE)
    source = folder / "getting-help" / "en.yaml"
    source.write_text(PAGE + own)
    return source


def cover(source: Path) -> CoverArt:
    result = read(source)
    assert result.document is not None, result.diagnostics
    found = result.document.publisher.cover
    assert found is not None
    return found


def test_a_picture_has_its_words_and_a_pattern_none(tmp_path: Path) -> None:
    source = publication(tmp_path, PICTURE)
    found = cover(source)
    assert (found.image, found.alternative, found.width, found.height) == ("../roofs.svg", "Roofs of a town", 30, 20)
    assert (Path(found.mark.file).name, found.mark.line) == ("publisher.yaml", 2)
    (tmp_path / "publisher.yaml").write_text(f"name: Borough of Anywhere\n{PATTERN}")
    found = cover(source)
    assert (found.image, found.alternative, found.mark.line) == ("../leaf.svg", "", 3)


def test_a_publications_own_cover_wins(tmp_path: Path) -> None:
    own = "publisher: { cover: { picture: own.svg, alternative: A door }, name: Museum }\n"
    found = cover(publication(tmp_path, PICTURE, own))
    assert (found.image, found.alternative) == ("own.svg", "A door")
    assert (Path(found.mark.file).name, found.mark.line) == ("en.yaml", 9)


@pytest.mark.parametrize(
    ("said", "code", "line", "says"),
    [
        ("cover: { picture: roofs.svg }\n", "no-alternative", 2, "roofs.svg"),
        ("cover:\n  picture: roofs.svg\n  alternative: Roofs\n  pattern: leaf.svg\n", "contradiction", 5, "both"),
        ("cover:\n  pattern: leaf.svg\n  alternative: A leaf\n", "contradiction", 4, "nobody hears"),
        ("cover: { alternative: A leaf }\n", "missing-key", 2, "cover"),
        ("cover: { picture: gone.jpg, alternative: Roofs }\n", "no-such-image", 2, "gone.jpg"),
        ("cover: { picture: ../roofs.svg, alternative: Roofs }\n", "wrong-value", 2, "picture"),
        ("cover: { pattern: bare.svg }\n", "bad-image", 2, "how large"),
        ("cover: { pattern: leaf.jpg }\n", "wrong-value", 2, "pattern"),
        ("cover: { pattern: leaf.svg, color: red }\n", "unknown-key", 2, "color"),
    ],
)
def test_a_fault_of_the_cover_is_shown_where_it_is(said: str, code: str, line: int, says: str, tmp_path: Path) -> None:
    faults = [fault for fault in read(publication(tmp_path, said)).diagnostics if fault.severity == "error"]
    assert [(fault.code, Path(fault.mark.file).name, fault.mark.line) for fault in faults] == [
        (code, "publisher.yaml", line)
    ]
    assert says in faults[0].message and faults[0].hint


@pytest.mark.parametrize(
    "said",
    [
        *("cover: { picture: gone.jpg, alternative: Roofs }\n", "cover: { pattern: bare.svg }\n"),
        *("logo: { image: gone.svg, alternative: Anywhere }\n", "logo: { image: bare.svg, alternative: Anywhere }\n"),
        "logo: { image: leaf.svg, on_dark: gone.svg, alternative: Anywhere }\n",
    ],
)
def test_a_draft_has_no_image_that_channels_could_not_read(said: str, tmp_path: Path) -> None:
    draft = read(publication(tmp_path, said)).draft
    assert draft is not None and (draft.publisher.logo, draft.publisher.cover) == (None, None)
