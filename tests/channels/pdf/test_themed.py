"""A body's own style sheet for print stops an edition if it pushes words over an edge, cuts them off or lays them
over others."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.base import Settings
from channels.pdf.layout_diagnostics import of_lost, of_pages
from channels.pdf.pages import FACTSHEET, lay_out
from channels.pdf.render import PdfChannel
from model.diagnostics import Diagnostic
from reader.read import read
from tests.narration.fakes import MemoryStore

SOURCE = """\
title: About bees and other animals
summary: What bees do all day in Llandaf, and whom to call when they have moved in.
language: en
status: current
reviewed: 2026-01-01
editions: [factsheet]
sections:
  - title: One
    blocks:
      - A sentence that goes on for a while, so that it needs a second line, and on a narrow page it may need a third.
      - Another sentence.
"""


def faults(folder: Path, css: str) -> list[Diagnostic]:
    """The faults in the layout of a factsheet with a theme."""
    (folder / "bees").mkdir()
    (folder / "theme.css").write_text(css)
    (folder / "publisher.yaml").write_text("name: Test House\nstyles: { print: theme.css }\n")
    (folder / "bees" / "en.yaml").write_text(SOURCE)
    document = read(folder / "bees" / "en.yaml").document
    assert document is not None
    pages = lay_out(FACTSHEET, document, ())
    names = ["factsheet"] * len(pages.measured)
    lost = of_lost(pages.typesetter.root, pages.laid_out, document)
    return [*of_pages(pages.measured, names, document), *lost]


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("p { width: 400mm }", "too-wide"),
        ("p { margin-left: -60mm }", "too-wide"),
        (".opening h1 { white-space: nowrap; font-size: 60pt }", "too-wide"),
        ("p { position: relative; left: 150mm }", "too-wide"),
        ("section p { height: 3mm; overflow: hidden }", "theme-cuts"),
        ("section { width: 30mm; overflow: hidden } section p { width: 100mm }", "theme-cuts"),
        ("section p { height: 3mm }", "theme-overlaps"),
        ("section p + p { margin-top: -20mm }", "theme-overlaps"),
        ("section p { line-height: 0.4 }", "theme-overlaps"),
        ("section p { position: absolute; top: 30mm; left: 0 }", "theme-overlaps"),
    ],
)
def test_what_a_theme_breaks_on_paper_is_an_error_with_its_place(tmp_path: Path, css: str, code: str) -> None:
    found = [fault for fault in faults(tmp_path, css) if fault.code == code]
    assert found and all(fault.severity == "error" and fault.mark.line > 0 and fault.hint for fault in found)
    if code.startswith("theme"):
        assert all(Path(fault.mark.file).name == "publisher.yaml" and "theme.css" in fault.message for fault in found)


@pytest.mark.parametrize(
    "css", ["", "h1 { font-size: 30pt; line-height: 1.05 }", "section { overflow: hidden } p { line-height: 1.1 }"]
)
def test_a_theme_that_fits_is_no_fault(tmp_path: Path, css: str) -> None:
    assert faults(tmp_path, css) == []


@pytest.mark.parametrize(
    ("css", "code"), [(".opening h1 { font-size: 200pt }", "too-wide"), ("html, p, h2 { font-size: 64pt }", "too-wide")]
)
def test_what_has_no_room_in_large_type_is_told_with_the_key_that_sets_it(tmp_path: Path, css: str, code: str) -> None:
    """No author can see in the text why a short word is too wide."""
    faults(tmp_path, css)
    document = read(tmp_path / "bees" / "en.yaml").document
    assert document is not None
    found = [fault for fault in PdfChannel(Settings(), MemoryStore()).preflight(document) if fault.code == code]
    assert found and all(
        fault.hint.endswith(
            "Or make the type smaller in the publisher's `styles: print` (theme.css; publisher.yaml, line 2)."
        )
        for fault in found
    ), found


def test_a_typeface_is_named_too_and_nothing_where_the_look_is_ours(tmp_path: Path) -> None:
    word = "Llanfairpwllgwyngyllgogerychwyrndrobwll£1,000,000,000,000,000,000,000,000,000,000,000,000,000,000"
    for name, look, said in (("ours", "", False), ("theirs", "type: Noto Serif\n", True)):
        folder = tmp_path / name / "bees"
        folder.mkdir(parents=True)
        (folder.parent / "publisher.yaml").write_text(f"name: Test House\n{look}")
        (folder / "en.yaml").write_text(SOURCE.replace("Another sentence.", word))
        document = read(folder / "en.yaml").document
        assert document is not None
        found = [
            fault for fault in PdfChannel(Settings(), MemoryStore()).preflight(document) if fault.code == "too-wide"
        ]
        assert found and all(
            (
                "Or choose a narrower typeface in the publisher's `type` (Noto Serif; publisher.yaml, line 2)"
                in fault.hint
            )
            is said
            for fault in found
        )
