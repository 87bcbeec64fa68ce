"""Footnotes of GOV.UK, Word and Markdown become named notes. Styles of Word and lists in a text become what they
mean."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from importer.command import import_file
from reader.read import read
from tests.conftest import ROOT
from tests.importer.oracle import lost

FRAME = """<html lang="en"><head><title>Rates</title><meta name="description" content="{}"></head>
<body><main><h1>Rates</h1>{}</main></body></html>"""
SUMMARY = "What the rates are in each month of the year, and who can have them."
GOVUK = """<p>Growth was 3%<sup id="fnref:1"><a href="#fn:1" class="footnote">1</a></sup>. It fell.
<sup id="fnref:2"><a href="#fn:2" rel="footnote">[footnote 2]</a></sup></p>
<h2>Rates<sup id="fnref:3"><a href="#fn:3" role="doc-noteref">3</a></sup></h2><p>They change.</p>
<h2>Notes</h2>
<div class="footnotes" role="doc-endnotes"><ol>
<li id="fn:1"><p>A note, with <a href="https://www.example.gov.uk/a">a link</a>. <a href="#fnref:1">&#8617;</a></p></li>
<li id="fn:2"><p>Two.</p><p>More of it. <a href="#fnref:2" role="doc-backlink">&#8617;</a></p></li>
<li id="fn:3"><p>See note 1<sup id="fnref:1:1"><a href="#fn:1">1</a></sup>. <a href="#fnref:3">&#8617;</a></p></li>
</ol></div>"""
MARKDOWN = """---
title: Rates
description: {}
---

Growth was 3%[^a]. It fell.[^b]

## Rates[^c]

They change.

[^a]: A note, with [a link](https://www.example.gov.uk/a).
[^b]: Two.

    More of it.
[^c]: See note 1[^a].
"""


def imported(tmp_path: Path, name: str, data: bytes) -> dict[str, Any]:
    (tmp_path / name).write_bytes(data)
    place, _ = import_file(tmp_path / name, tmp_path / "to", "en", ROOT / "schema.yaml")
    faults = [fault for fault in read(place).diagnostics if fault.severity == "error"]
    assert faults == []
    if name.endswith(".html"):
        assert lost(data, place.read_text()) == []
    loaded: dict[str, Any] = yaml.safe_load(place.read_text())
    return loaded


def test_govuks_footnotes_are_notes(tmp_path: Path) -> None:
    data = imported(tmp_path, "rates.html", FRAME.format(SUMMARY, GOVUK).encode())
    assert data["introduction"] == ["Growth was 3%[^1]. It fell. [^footnote-2]"]
    assert data["sections"] == [{"title": "Rates", "blocks": ["They change.[^3]"]}]
    assert {str(name): text for name, text in data["footnotes"].items()} == {
        "1": "A note, with [a link](https://www.example.gov.uk/a).",
        "footnote-2": "Two. More of it.",
        "3": "See note 1 [1].",
    }


def test_markdowns_footnotes_are_notes(tmp_path: Path) -> None:
    data = imported(tmp_path, "rates.md", MARKDOWN.format(SUMMARY).encode())
    assert data["introduction"] == ["Growth was 3%[^1]. It fell.[^2]"]
    assert data["sections"] == [{"title": "Rates", "blocks": ["They change.[^3]"]}]
    assert list(data["footnotes"].values()) == [
        "A note, with [a link](https://www.example.gov.uk/a).",
        "Two. More of it.",
        "See note 1 [1].",
    ]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"


def word_file(body: str, notes: str) -> bytes:
    """A Word file with footnotes, as small as one can be."""
    kind = f"{PACKAGES}/content-types"
    application = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kind}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{application}.document.main+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{application}.footnotes+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGES}/relationships"><Relationship Id="r1" '
        f'Type="{RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGES}/relationships"><Relationship Id="r2" '
        f'Type="{RELATED}/footnotes" Target="footnotes.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORD}">{notes}</w:footnotes>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return made.getvalue()


def test_words_footnotes_are_notes(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>".format
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = f"<w:p>{run('Growth was 3%')}{mark}{run('.')}</w:p><w:p>{run('It fell.')}</w:p>"
    notes = f'<w:footnote w:id="1"><w:p>{run("A note of Word.")}</w:p></w:footnote>'
    data = imported(tmp_path, "rates.docx", word_file(body, notes))
    assert data["sections"][0]["blocks"] == ["Growth was 3%[^1].", "It fell."]
    assert list(data["footnotes"].values()) == ["A note of Word."]


@pytest.mark.parametrize(
    "html",
    [
        '<ul id="top"><li><a href="#one">1</a></li></ul><h2 id="one">One</h2><p>Text <a href="#top">Top</a></p>',
        '<p><a id="t1" href="#s1">1</a></p><section id="s1"><h2>One</h2><p>Text <a href="#t1">back</a></p></section>',
    ],
)
def test_links_to_sections_are_no_markers(tmp_path: Path, html: str) -> None:
    assert "footnotes" not in imported(tmp_path, "rates.html", FRAME.format(SUMMARY, html).encode())


def test_words_captions_definitions_and_quotations_are_what_their_styles_say(tmp_path: Path) -> None:
    def paragraph(style: str, text: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = "".join(f"<w:tr>{cell(first)}{cell(second)}</w:tr>" for first, second in (("Band", "Rate"), ("A", "10%")))
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Caption", "Definition Term", "Definition", "Block Text")
    )
    parts = (
        ("DefinitionTerm", "Rate"),
        ("Definition", "What you pay."),
        ("BlockText", "It helped."),
        ("Caption", "Rates"),
    )
    body = "<w:p><w:r><w:t>Text.</w:t></w:r></w:p>" + "".join(paragraph(*part) for part in parts)
    data = word_file(f"{body}<w:tbl>{rows}</w:tbl>", "")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == "word/_rels/document.xml.rels":
                styles = f'<Relationship Id="r3" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>'
                text = text.replace("</Relationships>", styles)
            after.writestr(name, text)
        after.writestr("word/styles.xml", f'<w:styles xmlns:w="{WORD}">{named}</w:styles>')
    (section,) = imported(tmp_path, "styles.docx", made.getvalue())["sections"]
    assert section["blocks"] == [
        "Text.",
        {"type": "definitions", "entries": [{"term": "Rate", "text": "What you pay."}]},
        {"type": "quotation", "text": "It helped."},
        {"type": "table", "caption": "Rates", "headers": ["Band", "Rate"], "rows": [["A", "10%"]]},
    ]


def test_the_lists_of_a_plain_text_lie_within_each_other_as_they_stand(tmp_path: Path) -> None:
    text = "Bin days\n========\n\nText of the page.\n\n- paper\n- glass\n  - clear\n  - brown\n    and green\n\n"
    text += "a) one\nb) two\n"
    data = imported(tmp_path, "bins.txt", text.encode())
    blocks = data["sections"][0]["blocks"] if "introduction" not in data else data["introduction"]
    assert blocks[1:] == [
        {"type": "list", "items": ["paper", {"text": "glass", "items": ["clear", "brown and green"]}]},
        {"type": "numbered", "style": "letters", "items": ["one", "two"]},
    ]
