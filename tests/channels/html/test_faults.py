"""The channel's own check reports the faults of a bad page, and none of a good one."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from channels.base import File, Rendering
from tests.channels.html.folders import SOURCES, channel, document, made_for, poisoned


def page(html: str, *more: File) -> Rendering:
    """A rendering of one page."""
    return Rendering(channel="html", files=(File(path="index.html", data=html.encode(), media_type="text/html"), *more))


FAULTS = {
    "duplicate-id": '<h1 id="a">A</h1><p id="a">B</p>',
    "dangling-anchor": '<h1>A</h1><a href="#nowhere">B</a>',
    "main-heading": "<h1>A</h1><h1>B</h1>",
    "skipped-heading": "<h1>A</h1><h3>B</h3>",
    "heavy-page": '<h1>A</h1><section id="long">' + random.Random(1).randbytes(45_000).hex(),
    "loose-markup": "<h1>A</h1><p>1 < 2, and <b id='x'>b</b></p>",
    "missing-file": '<h1>A</h1><img src="images/gone.png" alt="">',
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_good_page_has_no_fault(name: str) -> None:
    """Checked with the other editions and without."""
    for made in ({}, made_for(document(name))):
        own = channel()
        assert own.check(own.render(document(name), made)) == ()


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_named(code: str) -> None:
    """Each fault has its code."""
    assert [diagnostic.code for diagnostic in channel().check(page(FAULTS[code]))] == [code]


def test_weight_is_counted_as_it_travels_and_what_is_heavy_is_named() -> None:
    """Weight is counted after compression, by file, with the heaviest section."""
    assert channel().check(page("<h1>A</h1>" + "x" * 100_000)) == ()
    (found,) = channel().check(page(FAULTS["heavy-page"]))
    assert "index.html 4" in found.message or "index.html 5" in found.message
    assert "the section long is 100% of the page" in found.message


def test_heavy_fonts_are_named() -> None:
    """Five of them exceed 60 KB."""
    font = File(path="fonts/x.woff2", data=b"x" * 60_001, media_type="font/woff2")
    assert [diagnostic.code for diagnostic in channel().check(page("<h1>A</h1>", font))] == ["heavy-fonts"]


def test_the_same_document_makes_the_same_bytes() -> None:
    """Nothing of the clock or of the machine is in the page."""
    seed = document("seed")
    assert channel().render(seed, made_for(seed)).files == channel().render(replace(seed), made_for(seed)).files


def test_everything_it_reads_is_declared() -> None:
    """`inputs` names all tokens and images that are read."""
    inputs = channel().inputs(document("everything"))
    assert {path.name for path in inputs} == {"tokens.css", "stand-in.css", "route.svg", "stripes.png"}
    assert all(Path(path).is_file() for path in inputs)


def test_what_cannot_be_linked_or_played_is_reported() -> None:
    """Nothing is dropped in silence."""
    made = made_for(document("everything"))
    parts = tuple(file for file in made["audio"].files if file.role == "part")
    silent = made | {"audio": replace(made["audio"], files=parts)}
    hostile = channel().render(poisoned(document("everything")), silent)
    assert {diagnostic.code for diagnostic in hostile.diagnostics} == {"unlinked", "unheard"}
    for name in SOURCES:
        assert channel().render(document(name), made_for(document(name))).diagnostics == ()
