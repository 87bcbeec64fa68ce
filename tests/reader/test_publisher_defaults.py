"""Each key of publisher.yaml reaches every publication, and each publication may say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from model.document import Document
from model.traverse import prose, text_of
from reader.publisher import OF_THE_BODY, OF_THE_PAGE
from reader.read import Result, read
from reader.schema import PUBLISHER_SCHEMA, schema
from tests.reader.test_publisher import PAGE

FOR_ALL = {"base_url", "errors", "lexicon", "words"}
"""Keys that are no value of one publication."""


def result(folder: Path, body: str, own: str = "") -> Result:
    (folder / "getting-help").mkdir()
    (folder / "publisher.yaml").write_text(f"name: Borough of Anywhere\n{body}\n")
    source = folder / "getting-help" / "en.yaml"
    source.write_text(f"{PAGE}{own}\n")
    return read(source)


def document(folder: Path, body: str, own: str = "") -> Document:
    found = result(folder, body, own)
    assert found.document is not None, found.diagnostics
    return found.document


def exit_page(of: Document) -> str:
    return "" if of.exit_page is None else f"{text_of(of.exit_page.children)} {of.exit_page.target}"


def address(of: Document) -> str:
    return "" if of.publisher.address is None else "/".join(text_of(one.inlines) for one in of.publisher.address.lines)


KEYS: dict[str, tuple[str, str, str, str, Callable[[Document], object]]] = {
    "exit_page": (
        "{ text: Exit this page, url: https://www.bbc.co.uk/weather }",
        "Exit this page https://www.bbc.co.uk/weather",
        "{ text: Leave now, url: https://www.gov.uk/news }",
        "Leave now https://www.gov.uk/news",
        exit_page,
    ),
    "other_formats": (
        "Ask us for large type.",
        "Ask us for large type.",
        "None.",
        "None.",
        lambda of: prose(of.other_formats),
    ),
    "feedback": ("Write to us.", "Write to us.", "Call us.", "Call us.", lambda of: prose(of.feedback)),
    "rights": ("Anywhere 2026.", "Anywhere 2026.", "Museum 2026.", "Museum 2026.", lambda of: prose(of.rights)),
    "privacy": (
        *("https://a.example/privacy", "https://a.example/privacy"),
        *("https://b.example/privacy", "https://b.example/privacy"),
        lambda of: of.privacy,
    ),
    "accessibility": (
        *("https://a.example/help", "https://a.example/help"),
        *("https://b.example/help", "https://b.example/help"),
        lambda of: of.accessibility,
    ),
    "editions": ("[page]", "page", "[leaflet]", "leaflet", lambda of: ", ".join(of.editions)),
    "without": ("[epub, daisy]", "epub, daisy", "[braille]", "braille", lambda of: ", ".join(of.without)),
    "voice": ("espeak-ng", "espeak-ng", "kokoro", "kokoro", lambda of: of.choices[0].value),
    "rate": ("140", "140", "170", "170", lambda of: of.choices[0].value),
    "conformance": (
        "{ standard: EPUB Accessibility 1.1 - WCAG 2.2 Level AA, certified_by: Anywhere }",
        "Anywhere",
        "{ standard: EPUB Accessibility 1.1 - WCAG 2.2 Level AA, certified_by: Museum }",
        "Museum",
        lambda of: of.conformance and of.conformance.certified_by,
    ),
}
"""What the publisher says, what is read; what a publication says itself, what is then read."""


@pytest.mark.parametrize("key", KEYS)
def test_a_publication_has_what_its_publisher_says_unless_it_says_otherwise(tmp_path: Path, key: str) -> None:
    body, read_of_body, own, read_of_own, found = KEYS[key]
    for name, more, wanted in (("inherits", "", read_of_body), ("own", f"{key}: {own}", read_of_own)):
        (tmp_path / name).mkdir()
        assert found(document(tmp_path / name, f"{key}: {body}", more)) == wanted


BODY: dict[str, tuple[str, str, str, str, Callable[[Document], object]]] = {
    "address": ("[Town Hall, AN1 2YW]", "Town Hall/AN1 2YW", "[Museum Lane 4]", "Museum Lane 4", address),
    "government": ("true", "True", "false", "False", lambda of: str(of.publisher.government)),
    "url": (
        *("https://a.example", "https://a.example", "https://b.example", "https://b.example"),
        lambda of: of.publisher.url,
    ),
    "type": (
        *("Noto Serif", "Noto Serif", "Noto Sans", "Noto Sans"),
        lambda of: of.publisher.typeface and of.publisher.typeface.family,
    ),
}


@pytest.mark.parametrize("key", BODY)
def test_a_publication_may_have_a_body_that_differs_in_one_thing(tmp_path: Path, key: str) -> None:
    body, read_of_body, own, read_of_own, found = BODY[key]
    said = f"publisher: {{ name: Museum, {key}: {own} }}"
    for name, more, wanted in (("inherits", "", read_of_body), ("own", said, read_of_own)):
        (tmp_path / name).mkdir()
        assert found(document(tmp_path / name, f"{key}: {body}", more)) == wanted


def test_no_key_of_the_schema_is_read_by_nobody() -> None:
    """`government` once stood in the schema, and every publication passed it over."""
    known, of_a_page = schema(PUBLISHER_SCHEMA)["properties"], schema()["properties"]
    assert set(known) == {*OF_THE_BODY, *OF_THE_PAGE, *FOR_ALL}
    assert set(OF_THE_BODY) == set(of_a_page["publisher"]["properties"])
    assert set(OF_THE_PAGE) <= set(of_a_page)
    assert set(OF_THE_PAGE) == set(KEYS)


@pytest.mark.parametrize(
    ("said", "code", "says"),
    [
        ("exit_page: { text: Leave }", "missing-key", "`exit_page` has no `url`"),
        ("exit_page: { text: Leave, url: http://a.example }", "wrong-value", "exit_page.url"),
        ("privacy: privacy.html", "wrong-value", "privacy"),
        ("feedback: ''", "empty", "feedback"),
        ("without: []", "empty", "without"),
        ("without: [leaflet, leaflet]", "repeated", "without"),
        ("address: Town Hall", "wrong-type", "`address` must be a list"),
        ("address: []", "empty", "address"),
        ("address: [Hall, A, B, C, D, E, F, G, H]", "wrong-value", "address"),
        ("type: Comic Sans", "wrong-value", "`type` cannot be “Comic Sans”"),
        ("type: own.ttf", "wrong-value", "`type` cannot be “own.ttf”"),
        ("type: { regular: own.doc }", "wrong-value", "type.regular"),
    ],
)
def test_a_fault_in_what_all_share_is_shown_once_at_its_line(tmp_path: Path, said: str, code: str, says: str) -> None:
    found = [
        fault for fault in result(tmp_path, f"url: https://a.example\n{said}").diagnostics if fault.severity == "error"
    ]
    assert [(fault.code, Path(fault.mark.file).name, fault.mark.line) for fault in found] == [
        (code, "publisher.yaml", 3)
    ]
    assert says in found[0].message and found[0].hint


def test_a_typeface_that_is_misspelt_is_named(tmp_path: Path) -> None:
    (fault,) = (one for one in result(tmp_path, "type: noto serif").diagnostics if one.severity == "error")
    assert "did you mean `Noto Serif`?" in fault.hint
    assert "Atkinson Hyperlegible Next, Noto Sans, Noto Serif" in fault.hint


def test_an_address_stands_where_it_was_written_and_its_words_explain_nothing(tmp_path: Path) -> None:
    """An abbreviation is explained where the text first has it, not in the address, which stands at the end."""
    own = "terms: { DIP: { expansion: Drug Interventions Programme } }"
    page = document(tmp_path, "address: [DIP Office, 12 High Street]", own)
    lines = page.publisher.address
    assert lines is not None and [Path(line.mark.file).name for line in lines.lines] == ["publisher.yaml"] * 2
    assert [line.mark.line for line in lines.lines] == [2, 2]
    assert not any("stands for" in text_of(block.sentences[0].inlines) for block in page.sections[0].blocks)  # type: ignore[union-attr]
