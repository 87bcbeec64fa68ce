"""Footnotes of GOV.UK, Word and Markdown become named notes. Styles of Word and lists in a text become what they
mean."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from importer.command import import_file
from importer.text import parse
from reader.read import read
from tests.conftest import ROOT
from tests.growth import MOST, growth
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


def page_of(body: str) -> bytes:
    return FRAME.format(SUMMARY, body).encode("ascii", "xmlcharrefreplace")


def test_what_a_button_opens_is_a_part_of_the_page(tmp_path: Path) -> None:
    body = """<h2><button aria-expanded="false">Blue bin</button></h2><div hidden><p>Paper and tins go in.</p></div>
        <h2><button>Brown bin</button></h2><div hidden="until-found"><p>Leaves go in.</p></div>
        <button aria-expanded="false" aria-controls="more">Other bins</button><p>Ask us.</p>
        <div id="more" hidden><p>Batteries go to a shop.</p></div>"""
    sections = imported(tmp_path, "bins.html", page_of(body))["sections"]
    assert [(section["title"], section["blocks"][0]) for section in sections] == [
        ("Blue bin", "Paper and tins go in."),
        ("Brown bin", "Leaves go in."),
    ]
    assert sections[1]["blocks"][1:] == ["**Other bins**", "Ask us.", "Batteries go to a shop."]


def test_what_nothing_on_the_page_opens_stays_hidden(tmp_path: Path) -> None:
    body = "<h2>Bins</h2><p>We empty them.</p><div hidden><p>A message for programs.</p></div>"
    (tmp_path / "bins.html").write_bytes(page_of(body))
    place, _ = import_file(tmp_path / "bins.html", tmp_path / "to", "en", ROOT / "schema.yaml")
    assert "# - “A message for programs.” – not shown on the page" in place.read_text()


def test_a_table_with_a_table_in_one_of_its_cells_is_a_table(tmp_path: Path) -> None:
    inner = "<table><tr><td>summer</td><td>winter</td></tr></table>"
    body = f"<table><tr><th>Age</th><th>Rate</th></tr><tr><td>0 to 4</td><td>£1{inner}</td></tr>"
    made = imported(tmp_path, "rates.html", page_of(f"{body}<tr><td>5</td><td>£2</td></tr></table>"))
    assert made["sections"][0]["blocks"][0]["rows"] == [["0 to 4", "£1; summer; winter"], [5, "£2"]]


def test_a_speaker_in_emphasis_is_a_name_and_words_with_braces_are_words(tmp_path: Path) -> None:
    body = """<p>Type [name] {say: x}, or {say} alone.</p>
        <blockquote><p>It helped.</p><footer>— <em>Ann Lee, tenant</em></footer></blockquote>"""
    text, quotation = imported(tmp_path, "rates.html", page_of(body))["sections"][0]["blocks"]
    assert text == "Type [name] \\{say: x}, or \\{say} alone."
    assert (quotation["speaker"], quotation["role"]) == ("Ann Lee", "tenant")


def test_the_lists_of_a_page_that_word_saved_are_lists(tmp_path: Path) -> None:
    def entry(level: int, sign: str, said: str) -> str:
        style = f"text-indent:-18.0pt;mso-list:l0 level{level} lfo1"
        return (
            f"<p class=MsoListParagraph style='{style}'><![if !supportLists]><span style='font-family:Symbol'>{sign}"
            f"<span>&nbsp;&nbsp; </span></span><![endif]>{said} <b>words</b></p>"
        )

    body = entry(1, "·", "First") + entry(2, "§", "inner") + entry(1, "·", "Second")
    body += entry(1, "3.", "Three") + entry(1, "a)", "Lettered")
    body += "<p style='mso-list:l0 level1 lfo1'><b>Vitamin</b> <span>C</span> is in fruit.</p>"
    bullets, *typed, plain = imported(tmp_path, "minutes.html", page_of(body))["sections"][0]["blocks"]
    assert bullets["items"] == [{"text": "First **words**", "items": ["inner **words**"]}, "Second **words**"]
    assert [text.split()[0] for text in typed] == ["3.", "a)"], "a number stays what it is"
    assert plain == "**Vitamin** C is in fruit.", "only what stands first is a bullet"


TEXT = """\
HEATING YOUR HOME
A guide for tenants

1. Introduction

This leaflet, which was written by the Coun-
cil with its tenants, says what all the part-
time workers of the town pay, and which part
they pay.

2. What you pay

\u2022 Turn it down
   o at dusk
   o and keep it
     down
\u2022 Call us

4) Then wait.
5) Then ask.
"""


def test_a_text_pasted_from_a_pdf_has_its_title_headings_whole_words_and_numbers(tmp_path: Path) -> None:
    made = imported(tmp_path, "heating.txt", TEXT.encode())
    assert made["title"] == "HEATING YOUR HOME"
    assert made["introduction"] == ["A guide for tenants"]
    first, second = made["sections"]
    assert (first["title"], second["title"]) == ("1. Introduction", "2. What you pay")
    assert first["blocks"] == [
        "This leaflet, which was written by the Council with its tenants, says what all the part-time workers of the "
        "town pay, and which part they pay."
    ]
    bullets, numbered = second["blocks"]
    assert bullets["items"] == [{"text": "Turn it down", "items": ["at dusk", "and keep it down"]}, "Call us"]
    assert (numbered["start"], numbered["items"]) == (4, ["Then wait.", "Then ask."])
    report = (tmp_path / "to" / "heating" / "en.yaml").read_text()
    assert "joined here: part-time, Council." in report.replace("\n# ", " ").replace("  ", " ")


def test_a_text_that_begins_with_a_table_keeps_all_rows_of_it(tmp_path: Path) -> None:
    text = b"Day\tTime\nMonday\t9am\nTuesday\t10am\n\nCome on any of these days.\n"
    table, _ = imported(tmp_path, "times.txt", text)["sections"][0]["blocks"]
    assert (table["headers"], table["rows"]) == (["Day", "Time"], [["Monday", "9am"], ["Tuesday", "10am"]])


@pytest.mark.parametrize("sign", ["\u00b7", "\u25aa", "  o"])
def test_signs_of_word_before_tabs_are_those_of_a_list_and_no_column(tmp_path: Path, sign: str) -> None:
    made = imported(tmp_path, "bring.txt", f"Bins\n\nBring:\n\n{sign}\tpaper\n{sign}\tglass\n".encode())
    assert made["sections"][0]["blocks"] == ["Bring:", {"type": "list", "items": ["paper", "glass"]}]


def test_a_text_of_many_paragraphs_takes_no_longer_for_each(tmp_path: Path) -> None:
    def prepare(size: int) -> Callable[[], object]:
        data = "\n\n".join(f"The words of paragraph {number}." for number in range(size)).encode()
        return lambda: parse(data, "long.txt")

    assert growth(prepare, 500) < MOST


def test_the_subject_of_a_letter_is_its_title(tmp_path: Path) -> None:
    letter = (
        b"From: Jane Smith\nSubject: Water off on Thursday\nDate: 5 March 2024\n\nDear tenant,\n\nIt will be off.\n"
    )
    made = imported(tmp_path, "letter.txt", letter)
    assert made["title"] == "Water off on Thursday"
    assert made["sections"][0]["blocks"] == [
        "From: Jane Smith",
        "Date: 5 March 2024",
        "Dear tenant,",
        "It will be off.",
    ]
