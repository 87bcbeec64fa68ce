"""A publisher's own style sheets override ours, and their faults are reported at their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.base import Settings
from channels.design.brand import paper_css, print_theme_faults
from channels.html.render import HtmlChannel
from channels.pdf.render import PdfChannel, theme_faults
from model.diagnostics import Diagnostic
from reader.read import read
from tests.narration.fakes import MemoryStore

SOURCE = """\
title: About bees and other animals
summary: What bees do all day in Llandaf, and whom to call when they have moved in.
language: en
status: current
reviewed: 2026-01-01
sections:
  - title: One
    blocks: [A sentence.]
"""


def found(folder: Path, css: str, more: str = "") -> tuple[Diagnostic, ...]:
    """The diagnostics of the page's channel for a theme."""
    (folder / "bees").mkdir(exist_ok=True)
    (folder / "theme.css").write_text(css)
    (folder / "publisher.yaml").write_text(f"name: Test House\n{more}styles: {{ page: theme.css, print: theme.css }}\n")
    (folder / "bees" / "en.yaml").write_text(SOURCE)
    result = read(folder / "bees" / "en.yaml")
    assert result.document is not None, result.diagnostics
    channel = HtmlChannel(Settings(), MemoryStore())
    rendering = channel.render(result.document, {})
    assert set(channel.preflight(result.document)) <= set(rendering.diagnostics)
    return rendering.diagnostics


@pytest.mark.parametrize(
    ("css", "code", "severity", "words"),
    [
        (":root { --ink: #999999; }", "theme-contrast", "error", "--ink on --paper has a contrast of 2.8"),
        (":root { --ink: #6a6a6a; }", "theme-contrast", "warning", "7 is needed (light scheme)"),
        ("@media (prefers-color-scheme: dark) { :root { --ink: #222222 } }", "theme-contrast", "error", "dark scheme"),
        (":root { --paper: #222222; }", "theme-contrast", "error", "--ink on --paper"),
        (":root { --ink: var(--rule); }", "theme-contrast", "warning", "--ink on --paper"),
        ("p { color: #eeeeee; }", "theme-unproved", "warning", "nothing proves"),
        ("p { background: tomato; }", "theme-unproved", "warning", "nothing proves"),
        (".summary { display: none; }", "theme-hides", "error", "hides words"),
        ("h1::after { content: 'New!'; }", "theme-words", "error", "adds words"),
        ("h1 { background: url(https://a.example/b.png); }", "theme-fetches", "error", "fetches"),
        ("main { min-width: 900px; }", "theme-width", "warning", "narrow window"),
        ("main { overflow: hidden; }", "theme-cuts", "warning", "cuts off"),
        ("p { & em { display: none } }", "theme-hides", "error", "`p & em { display: none }` hides words"),
        ("@container (width > 1px) { em { opacity: 0 } }", "theme-hides", "error", "hides words"),
        ("p { color: transparent; }", "theme-hides", "error", "hides words"),
        ("p { font-size: 0; }", "theme-hides", "error", "hides words"),
        ("@font-face { font-family: A; src: url(a.woff2) }", "theme-fetches", "error", "fetches"),
        (":root { --badge: url(a.png); }", "theme-fetches", "error", "fetches"),
        ("p { color }", "theme-broken", "error", "cannot be read"),
        ("@import 'other.css';", "theme-broken", "error", "another file"),
    ],
)
def test_what_a_theme_breaks_is_told_at_its_line(
    tmp_path: Path, css: str, code: str, severity: str, words: str
) -> None:
    faults = [fault for fault in found(tmp_path, f"/* ours */\n{css}\n") if fault.code == code]
    assert faults, css
    assert any(fault.severity == severity and words in fault.message for fault in faults), faults
    assert all(Path(fault.mark.file) == tmp_path / "theme.css" and fault.mark.line == 2 for fault in faults)
    assert all(fault.mark.column >= 1 and fault.hint for fault in faults)


def test_tokens_that_can_be_read_are_no_fault_and_win(tmp_path: Path) -> None:
    css = ":root { --accent: #5b1a6e; --radius: 0; }"
    css += "\n@media (prefers-color-scheme: dark) { :root { --accent: #e3b8f0; } }"
    css += "\nh1 { letter-spacing: 0; color: var(--accent); }"
    colours = 'colours: { brand: "#0b2545" }\n'
    assert [fault for fault in found(tmp_path, css, colours) if fault.code.startswith("theme")] == []
    document = read(tmp_path / "bees" / "en.yaml").document
    assert document is not None
    files = {file.path: file.data for file in HtmlChannel(Settings(), MemoryStore()).render(document, {}).files}
    style = next(data.decode() for name, data in files.items() if name.endswith(".css"))
    assert style.rindex("--accent:#5b1a6e") > style.rindex("--accent:#0b2545")
    assert paper_css(document).rindex("--accent: #5b1a6e") > paper_css(document).index("--accent: #0b2545")
    assert print_theme_faults(document) == ()


def test_what_print_does_not_understand_is_told_and_what_is_for_screens_is_left_out(tmp_path: Path) -> None:
    found(tmp_path, "@media (prefers-color-scheme: dark) { p { margin: 0 } }\np { text-wrap: pretty }")
    document = read(tmp_path / "bees" / "en.yaml").document
    assert document is not None
    assert "prefers-color-scheme" not in paper_css(document)
    (fault,) = theme_faults(document)
    assert (fault.code, fault.severity) == ("theme-broken", "error")
    assert "text-wrap" in fault.message
    assert PdfChannel(Settings(), MemoryStore()).render(document, {}).files == ()


def test_a_style_sheet_that_is_not_there_is_an_error_at_its_line(tmp_path: Path) -> None:
    found(tmp_path, "")
    (tmp_path / "theme.css").unlink()
    result = read(tmp_path / "bees" / "en.yaml")
    assert [fault.code for fault in result.diagnostics] == ["no-such-style"]
