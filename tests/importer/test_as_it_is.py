"""A page passes `check` as it is: with signs alone, unclear figures, typed bullets, columns of text."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from channels import CHANNELS
from channels.base import Settings
from importer.blocks import read as read_blocks
from importer.command import import_file
from importer.html import parse
from importer.reading import Reading
from importer.runs import nodes_of
from importer.text_tables import as_rows
from narration.script import script
from narration.script_faults import check_script
from publish.store import Nothing
from reader.read import read
from tests.conftest import ROOT
from tests.importer.oracle import lost

FRAME = """<html lang="en"><head><meta charset="utf-8"><title>Rates</title><meta name="description"
content="What the rates are in each month of the year, and who can have them."></head>{}</html>"""

NOTICE = """title: Rates
summary: What the rates are in each month of the year, and who can have them.
language: en
publisher: {{ name: Tests }}
status: current
sections: [{{ title: Rates, blocks: [{notice}] }}]
"""


def imported(tmp_path: Path, name: str, content: str | bytes) -> tuple[dict[str, Any], str]:
    """The data and text of the source of a file. It has no error, neither in print nor in sound."""
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    place, _ = import_file(tmp_path / name, tmp_path / "to", "en", ROOT / "schema.yaml")
    result, settings = read(place), Settings()
    assert result.document is not None, result.diagnostics
    found = [*result.diagnostics, *check_script(result.document, script(result.document, settings), settings)]
    assert [fault for fault in found if fault.severity == "error"] == []
    text = place.read_text(encoding="utf-8")
    if name.endswith(".html"):
        assert lost((tmp_path / name).read_bytes(), text) == []
    loaded: dict[str, Any] = yaml.safe_load(text)
    assert sorted(path.name for path in place.parent.iterdir()) == [place.name]
    return loaded, text


def page(tmp_path: Path, body: str) -> tuple[dict[str, Any], str]:
    return imported(tmp_path, "rates.html", FRAME.format(f"<body><main><h1>Rates</h1>{body}</main></body>"))


def test_signs_alone_are_left_out_and_listed(tmp_path: Path) -> None:
    rows = ("<th>Name</th><th>Rate</th>", "<td>A</td><td>……</td>", "<td>B</td><td>____</td>", "<td>C</td><td>•</td>")
    cells = "".join(f"<tr>{row}</tr>" for row in rows)
    data, text = page(tmp_path, f"<p>One.</p><p>________</p><h2>•••</h2><ul><li>two</li><li>…</li></ul><table>{cells}")
    assert data["sections"][0]["blocks"][:2] == ["One.", {"type": "list", "items": ["two"]}]
    assert data["sections"][0]["blocks"][2]["rows"] == [["A", "……"], ["B", "\\_\\_\\_\\_"], ["C", "–"]]
    assert text.count("– signs alone, of which a listener would hear nothing") == 4


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("5m", "five M"),
        ("13pm", "one three P M"),
        ("£1,00", "pounds one comma oh oh"),
        ("30.02.2025", "three oh dot oh two dot two oh two five"),
    ],
)
def test_a_figure_that_only_its_author_knows_is_said_sign_by_sign(tmp_path: Path, figure: str, said: str) -> None:
    data, text = page(tmp_path, f"<p>The rate is {figure} there.</p>")
    assert data["terms"] == {figure: {"say": said}}
    assert "Until a person decides it is said sign by sign." in " ".join(text.replace("#", "").split())
    again, _ = import_file(tmp_path / "rates.html", tmp_path / "to", "en", ROOT / "schema.yaml")
    assert again.read_text(encoding="utf-8") == text, "the same page may be imported again"


def test_what_is_dropped_between_two_words_leaves_them_two(tmp_path: Path) -> None:
    step = '<span>Step 1<span aria-hidden="true">:</span></span><span>Check</span>, <b>so</b>.'
    assert page(tmp_path, f"<p>{step}</p>")[0]["sections"][0]["blocks"] == ["Step 1 Check, **so**."]


def test_a_heading_over_several_lines_is_one(tmp_path: Path) -> None:
    body = "<body><main><h1>Driver<br>Standards<br>Agency</h1><p>Words.</p></main></body>"
    assert imported(tmp_path, "a.html", FRAME.format(body))[0]["title"] == "Driver Standards Agency"


def test_bullets_that_somebody_typed_are_a_list(tmp_path: Path) -> None:
    data, _ = page(tmp_path, "<p>Bands:<br>• A – <b>£1</b><br>•B</p><h2>C</h2><p>· d</p><p>· e</p>")
    assert data["introduction"] == ["Bands:", {"type": "list", "items": ["A – **£1**", "B"]}]
    assert data["sections"][0]["blocks"] == [{"type": "list", "items": ["d", "e"]}]


def test_a_postal_address_in_a_contact_is_its_address(tmp_path: Path) -> None:
    lines = "Parking Team<br>1 High Street<br>Leeds<br>LS1 1AA<br>Telephone: 0300 123 4567"
    (contact,) = page(tmp_path, f'<div class="contact"><p>{lines}</p></div>')[0]["sections"][0]["blocks"]
    address = ["1 High Street", "Leeds", "LS1 1AA"]
    assert contact == {"type": "contact", "name": "Parking Team", "address": address, "phone": "0300 123 4567"}


def test_a_page_that_marks_no_main_part_has_one_by_its_name(tmp_path: Path) -> None:
    around = '<div id="Cookiebot">We use cookies</div><div><a href="/">Home</a></div>'
    body = f'{around}<div id="content"><h1>Rates</h1><p>They change.</p></div><p>Copyright</p>'
    data, text = imported(tmp_path, "a.html", FRAME.format(f"<body>{body}</body>"))
    assert data["sections"] == [{"title": "Rates", "blocks": ["They change."]}]
    assert [f"“{words}” – stands around" in text for words in ("We use cookies", "Home", "Copyright")] == [True] * 3


TEXT = """Your rights
===========

Crime\t\tHours\tMost
Ordinary\t24\t36
Serious\t\t36\t96

Telephone:\t0800 123 456
Email:\thelp@example.org

How long
--------

Type           Fee     Note
-------------  ------  --------------
Adult          £88.50  online
Child (paper)  £69.00  by post only

+------+------+
| Band | Rate |
+------+------+
| A    | 10%  |
+------+------+

Two words.  Then more.
It goes on.  And on it goes.
"""


def test_columns_of_a_text_are_tables(tmp_path: Path) -> None:
    data, text = imported(tmp_path, "rights.txt", TEXT)
    assert [block["rows"] for block in data["introduction"] if isinstance(block, dict)] == [
        [["Ordinary", 24, 36], ["Serious", 36, 96]]
    ]
    assert data["introduction"][1:] == ["Telephone: 0800 123 456", "Email: help@example.org"]
    (section,) = data["sections"]
    fees, bands, *words = section["blocks"]
    assert fees["headers"] == ["Type", "Fee", "Note"]
    assert fees["rows"] == [["Adult", "£88.50", "online"], ["Child (paper)", "£69.00", "by post only"]]
    assert (bands["headers"], bands["rows"]) == (["Band", "Rate"], [["A", "10%"]])
    assert words == ["Two words. Then more.", "It goes on. And on it goes."]
    assert text.count("marks no headers") == 1, "a line under the first row says that it is one of headers"


def test_a_long_line_of_signs_is_looked_at_once() -> None:
    begin = time.process_time()
    assert as_rows([" " * 4000 + "-" * 4000 + ".", "Words."]) is None
    assert time.process_time() - begin < 1


def test_what_stands_under_a_step_is_a_part_of_it(tmp_path: Path) -> None:
    steps = (
        "# Pay\n\ns1. Fill in the form.\ns2. Pay:\n    - by card\n    - by post\ns3. Wait.\n\n{% include x.html %}\n"
    )
    data, text = imported(tmp_path, "pay.md", steps)
    under = {"text": "Pay:", "items": ["by card", "by post"]}
    assert data["sections"][0]["blocks"] == [{"type": "steps", "items": ["Fill in the form.", under, "Wait."]}]
    assert "“{% include x.html %}” – something that the publishing system puts there" in text


def test_word_without_styles_has_headings_and_inner_lists_by_name(tmp_path: Path) -> None:
    word = docx.Document()
    for text, bold in (("Complaints", True), ("How to complain.", False), ("Stage 1", True), ("Write to us.", False)):
        word.add_paragraph().add_run(text).bold = bold
    word.add_paragraph("in English", style="List Bullet")
    word.add_paragraph("or in Welsh", style="List Bullet 2")
    word.save(str(tmp_path / "made.docx"))
    data, _ = imported(tmp_path, "complaints.docx", (tmp_path / "made.docx").read_bytes())
    assert data["title"] == "Complaints"
    inner = {"type": "list", "items": [{"text": "in English", "items": ["or in Welsh"]}]}
    assert data["sections"] == [{"title": "Stage 1", "blocks": ["Write to us.", inner]}]


@pytest.mark.parametrize(
    ("kind", "title"),
    [("call-to-action", "What to do now"), ("example", "Example"), ("urgent", "Urgent advice: Ask if:")],
)
def test_a_title_that_says_its_kind_is_told_it_once(tmp_path: Path, kind: str, title: str) -> None:
    notice = f"{{ type: notice, kind: {kind}, title: '{title}', text: Words. }}"
    source = tmp_path / "rates" / "en.yaml"
    source.parent.mkdir()
    source.write_text(NOTICE.format(notice=notice), encoding="utf-8")
    document = read(source).document
    assert document is not None
    words = [utterance.words for utterance in script(document, Settings())]
    assert sum(title.removesuffix(":") in said for said in words) == 1
    page = CHANNELS["html"].load(Settings(), Nothing()).render(document, {})
    (html,) = (file.data.decode() for file in page.files if file.path == "index.html")
    assert " ".join(re.sub("<[^>]*>", " ", html).split()).count(title.removesuffix(":")) == 1


def test_a_typed_bullet_or_number_does_not_stand_beside_that_of_its_list(tmp_path: Path) -> None:
    data, _ = page(
        tmp_path,
        "<ul><li>- one</li><li>– two</li><li>- 5 degrees</li></ul><p>Next:<br>- three<br>- four</p>"
        "<ol><li>1. five<ol><li>(a) six</li></ol></li><li>2. seven</li></ol>",
    )
    first, following, typed, counted = data["sections"][0]["blocks"]
    assert (first["items"], following, typed["items"]) == (["one", "two", "- 5 degrees"], "Next:", ["three", "four"])
    assert counted == {"type": "list", "items": [{"text": "1. five", "items": ["(a) six"]}, "2. seven"]}


def test_a_dash_within_an_item_stays(tmp_path: Path) -> None:
    assert page(tmp_path, "<ul><li>24 hurt – up</li></ul>")[0]["sections"][0]["blocks"][0]["items"] == ["24 hurt – up"]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("rates<sup>1,2</sup> rise", "rates [1,2] rise"),
        ("£8,888<sup>3</sup>", "£8,888 [3]"),
        ("124<sup>a</sup> cars", "124 [a] cars"),
        ("2016<sup>(p)</sup>", "2016 (p)"),
        ("the 1<sup>st</sup> of (<sup>a</sup>) x<sup>n</sup>", "the 1st of (a) xn"),
        ("10<sup>6</sup>, 10<sup>-3</sup> and 5 mg L<sup>-1</sup>", "10⁶, 10⁻³ and 5 mg L⁻¹"),
    ],
)
def test_the_mark_of_a_note_never_becomes_part_of_a_figure(html: str, said: str) -> None:
    main = parse(f"<html><body><p>{html}</p></body></html>".encode(), "a.html").tree
    assert read_blocks(nodes_of(main), Reading(language="en")) == [said]


def test_a_stray_byte_keeps_its_sign_and_is_told(tmp_path: Path) -> None:
    body = "<body><main><h1>Rates</h1><p>It@s @50 or £60 – @60.</p></main></body>"
    data = FRAME.format(body).encode()
    for byte in (b"\x92", b"\xa3", b"\x81"):
        data = data.replace(b"@", byte, 1)
    (tmp_path / "a.html").write_bytes(data)
    place, draft = import_file(tmp_path / "a.html", tmp_path / "to", "en", ROOT / "schema.yaml")
    text = place.read_text()
    assert "It’s £50 or £60 – \ufffd60." in text
    told = "has 3 bytes that are not, the first in line 2: read as Windows-1252, they make ’ £ \ufffd."
    assert told in draft.warnings[0] and "# look: the file says that it is UTF-8" in text


def test_names_with_their_values_in_two_columns_are_definitions(tmp_path: Path) -> None:
    rows = "<tr><th>Published</th><td>1 May</td></tr><tr><th><b>Next</b></th><td>2 June</td></tr>"
    (block,) = page(tmp_path, f"<table>{rows}</table>")[0]["sections"][0]["blocks"]
    assert block["entries"] == [{"term": "Published", "text": "1 May"}, {"term": "Next", "text": "2 June"}]


def test_a_heading_over_a_contact_is_its_name(tmp_path: Path) -> None:
    body = (
        '<div class="contact"><h3>Boat team</h3><div class="vcard contact-inner"><p class="email">'
        '<span class="type">Email</span><a href="mailto:boats@example.gov.uk">boats@example.gov.uk</a></p></div></div>'
    )
    (block,) = page(tmp_path, body)[0]["sections"][0]["blocks"]
    assert block == {"type": "contact", "name": "Boat team", "email": "boats@example.gov.uk"}


def test_braces_of_a_program_stay_with_its_lines(tmp_path: Path) -> None:
    data, _ = page(tmp_path, '<pre>{\n  "a": 1,\n  "ok": true\n}</pre>')
    assert data["sections"][0]["blocks"] == ['{ "a": 1,', '"ok": true }']


def test_a_picture_before_the_words_of_an_item_waits_behind_its_list(tmp_path: Path) -> None:
    data, text = page(tmp_path, '<ul><li>one</li><li><img src="b.png" alt="A badge"> two</li></ul><p>End.</p>')
    assert data["sections"][0]["blocks"] == [{"type": "list", "items": ["one", "two"]}, "End."]
    assert "#   alternative: A badge" in text


def test_what_is_written_is_yaml_for_every_reader(tmp_path: Path) -> None:
    head = "<thead><tr><th>SME?</th><th>What?</th></tr></thead>"
    rows = "<tr><td>yes?</td><td>a: b?</td></tr><tr><td>no</td><td>-</td></tr>"
    data, _ = page(tmp_path, f"<table>{head}{rows}</table>")
    assert data["sections"][0]["blocks"][0]["headers"] == ["SME?", "What?"]


def test_the_hours_of_a_contact_stand_together(tmp_path: Path) -> None:
    lines = "Boats<br>Monday to Friday, 8am to 6pm<br>Saturday, 9am to 5pm<br>Closed on bank holidays"
    (block,) = page(tmp_path, f'<div class="contact"><p>{lines}</p></div>')[0]["sections"][0]["blocks"]
    assert block["hours"] == "Monday to Friday, 8am to 6pm; Saturday, 9am to 5pm"
    assert block["about"] == "Closed on bank holidays"


@pytest.mark.parametrize("address", ["tel:08000699784", "tel:+448000699784", "tel:+44(0)800-069-9784"])
def test_a_number_that_links_to_itself_is_a_number(tmp_path: Path, address: str) -> None:
    data, _ = page(tmp_path, f'<p>Call <a href="{address}">0800 069 9784</a></p>')
    assert data["sections"][0]["blocks"] == ["Call 0800 069 9784"]


@pytest.mark.parametrize("canonical", ["https://www.example.gov.uk/rates", "https://[address of the page]"])
def test_an_address_that_is_none_loses_the_link_and_no_word(tmp_path: Path, canonical: str) -> None:
    links = "".join(
        f'<a href="{href}">w{n}</a> ' for n, href in enumerate(("https://[insert link]", "http://[x", "//[a"))
    )
    body = f'<body><main><h1>Rates</h1><p>{links}</p><img src="http://[x/a.png" alt="A bar"></main></body></html>'
    head = f'<html lang="en"><head><meta charset="utf-8"><link rel="canonical" href="{canonical}"></head>'
    data, text = imported(tmp_path, "a.html", head + body)
    assert data["sections"][0]["blocks"] == ["w0 w1 w2"]
    assert "# - “the address https://[insert link] of the link “w0”” – it is no address" in text


def test_a_link_to_what_is_no_section_in_the_end_leads_to_the_one_that_holds_it(tmp_path: Path) -> None:
    body = (
        '<h2>Rates</h2><p>See <a href="#empty">these</a>, <a href="#empty">those [1]</a>.<sup id="r1">'
        '<a href="#n1" class="footnote">1</a></sup></p><h3 id="empty">Nothing here</h3><h2 id="b">B</h2><p>b</p>'
        '<div class="footnotes"><ol><li id="n1"><p>See <a href="#b">B</a>. <a href="#r1">\u21a9</a></p></li></ol></div>'
    )
    data, _ = page(tmp_path, body)
    assert data["sections"][0]["blocks"][0] == "See [these](#rates), [those [1]](#rates).[^1]"
    assert data["footnotes"] == {1: "See [B](#b)."}


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (
            "<ul><li><address>Town Hall<br>Leeds</address></li><li>one</li></ul>",
            [{"type": "address", "lines": ["Town Hall", "Leeds"]}, {"type": "list", "items": ["one"]}],
        ),
        (
            "<blockquote><p>I said:</p><ul><li>one<p>two</p><p>three</p></li></ul></blockquote>",
            [{"type": "quotation", "text": "I said: one two three"}],
        ),
        ('<img src="far.png" alt="A bar">', ["Rates"]),
        ("<p>a</p><dl><dt></dt></dl><dl><dt> </dt><dd>b</dd></dl>", ["a", "b"]),
        ('<p>a</p><div class="example"><img src="far.png" alt="A bar"></div>', ["a"]),
    ],
)
def test_a_block_that_cannot_stand_there_stands_where_it_can(tmp_path: Path, html: str, blocks: list[Any]) -> None:
    assert page(tmp_path, html)[0]["sections"][0]["blocks"] == blocks


def test_no_control_character_gets_into_a_comment(tmp_path: Path) -> None:
    _, text = page(tmp_path, '<p><a href="jav\x01ascript:x">w</a></p>')
    assert "\x01" not in text and "# - “the address" in text


def test_a_long_list_of_publishers_is_cut_and_told(tmp_path: Path) -> None:
    bodies = ", ".join(f"Department {n} of Examples" for n in range(8))
    body = f"<p>From: {bodies}. Last updated: 2016-01-02</p><p>a</p>"
    data, text = page(tmp_path, body)
    assert len(data["publisher"]["name"]) <= 120 and data["publisher"]["name"].endswith("…")
    assert "Department 7 of Examples" in text
