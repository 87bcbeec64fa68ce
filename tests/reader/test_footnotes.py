"""A footnote belongs to the sentence with its marker. A slip in its name is reported where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.document import Document
from model.traverse import sentences_of, text_of
from reader.read import Result, read

FRAME = """title: Help with drugs
summary: Where to find help with drugs, for yourself or for someone you know, and whom to call.
language: en
publisher: { name: Home Office }
status: current
"""


def result(tmp_path: Path, text: str, notes: str = "  rates: Rates of 2024.\n  who: Who can claim.\n") -> Result:
    path = tmp_path / "page.yaml"
    path.write_text(f"{FRAME}footnotes:\n{notes}sections:\n  - title: Help\n    blocks:\n      - {text}\n")
    return read(path)


def document(tmp_path: Path, text: str) -> Document:
    made = result(tmp_path, text).document
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("You get £5[^rates]. It is paid[^who].", ["You get £5 [note 1].", "It is paid [note 2]."]),
        ("You get £5.[^rates] It is paid.[^who]", ["You get £5. [note 1]", "It is paid. [note 2]"]),
        ("You get £5. [^rates] It is paid [^who].", ["You get £5. [note 1]", "It is paid [note 2]."]),
        ("**You get £5.[^rates]** It is paid[^who]", ["You get £5. [note 1]", "It is paid [note 2]"]),
        ("You get £5[^who][^rates] a week.", ["You get £5 [note 1] [note 2] a week."]),
        (
            "You get £5[^rates] a week[^who], and more[^rates].",
            ["You get £5 [note 1] a week [note 2], and more [note 1]."],
        ),
    ],
)
def test_a_marker_stays_with_the_sentence_before_it(tmp_path: Path, text: str, sentences: list[str]) -> None:
    made = document(tmp_path, f"'{text}'")
    assert [text_of(s.inlines) for s in sentences_of(made) if s.id.startswith("help-1")] == sentences


def test_notes_are_numbered_as_they_are_met_and_know_each_of_their_markers(tmp_path: Path) -> None:
    made = document(tmp_path, "One[^who], two[^rates], three[^who].")
    assert [(note.id, note.number, note.marks) for note in made.footnotes] == [
        ("note-who", 1, ("note-who-mark", "note-who-mark-2")),
        ("note-rates", 2, ("note-rates-mark",)),
    ]
    assert [s.id for s in sentences_of(made)][-2:] == ["note-who-s1", "note-rates-s1"]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("One[^who], two[^rate], three[^rates].", "unknown-footnote", "[^rate]"),
        ("One[^who].", "unused-footnote", "Rates of 2024."),
        ("One[^who], [two[^rates]](https://www.example.gov.uk/).", "markup-in-link", "[two"),
    ],
)
def test_a_slip_is_an_error_where_it_stands(tmp_path: Path, text: str, code: str, words: str) -> None:
    found = [fault for fault in result(tmp_path, text).diagnostics if fault.severity == "error"]
    lines = (tmp_path / "page.yaml").read_text().splitlines()
    assert code in {fault.code for fault in found}
    (fault,) = (each for each in found if each.code == code)
    assert lines[fault.mark.line - 1][fault.mark.column - 1 :].lstrip('"').startswith(words)


def test_a_title_and_a_note_have_no_footnotes(tmp_path: Path) -> None:
    found = result(
        tmp_path, "One[^who], two[^rates].\n  - title: More[^who]\n    blocks: [x]", "  who: See[^rates].\n  rates: x\n"
    )
    assert [(fault.code, fault.mark.line) for fault in found.diagnostics] == [
        ("footnote-here", 7),
        ("footnote-here", 13),
    ]


def test_without_footnotes_a_marker_is_words_and_its_author_is_told(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text(f"{FRAME}sections:\n  - title: Help\n    blocks:\n      - One[^1] and \\[^2].\n")
    made = read(path)
    assert made.document is not None
    assert text_of(list(sentences_of(made.document))[-1].inlines) == "One[^1] and [^2]."
    assert [(fault.severity, fault.code) for fault in made.diagnostics] == [("warning", "no-footnotes")]
