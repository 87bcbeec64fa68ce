"""Facts about words in a source: terms and their plurals, names given in full, a `say` for one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from languages.base import language_of, lexicon_of
from model.blocks import BulletList, Paragraph
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Abbreviation, Term
from model.traverse import sentences_of, text_of, walk
from reader.read import read
from reader.terms import name_before

HEAD = """\
title: Getting help
summary: A short page for trying one thing, with enough words in its summary to be let through.
language: en
publisher: { name: Example Council }
status: current
reviewed: 2024-03-01
"""


def page(folder: Path, text: str, rest: str = "") -> tuple[Document, tuple[Diagnostic, ...]]:
    path = folder / "en.yaml"
    blocks = "".join(f"      - {line}\n" for line in text.splitlines())
    path.write_text(f"{HEAD}{rest}sections:\n  - id: help\n    title: Help\n    blocks:\n{blocks}", encoding="utf-8")
    result = read(path)
    assert result.document is not None, result.diagnostics
    return result.document, result.diagnostics


def shown(document: Document) -> list[str]:
    return [
        text_of(sentence.inlines)
        for block in document.sections[0].blocks
        if isinstance(block, Paragraph)
        for sentence in block.sentences
    ]


def abbreviations(document: Document) -> list[tuple[str, str]]:
    nodes = (node for sentence in sentences_of(document) for node in walk(sentence.inlines))
    return [(node.text, node.expansion) for node in nodes if isinstance(node, Abbreviation)]


def words(document: Document) -> list[str]:
    verbalise = language_of("en").verbalise
    assert verbalise is not None
    speech = verbalise(lexicon_of("en"))
    paragraphs = (block for block in document.sections[0].blocks if isinstance(block, Paragraph))
    return [speech.words(sentence.inlines) for block in paragraphs for sentence in block.sentences]


@pytest.mark.parametrize(
    ("before", "short", "name"),
    [
        ("Ask the Financial Conduct Authority", "FCA", "Financial Conduct Authority"),
        ("the Department for Transport", "DfT", "Department for Transport"),
        ("an Institute for Health and Care Excellence", "ICE", "Institute for Health and Care Excellence"),
        (
            "the Department for Environment, Food and Rural Affairs",
            "DEFRA",
            "Department for Environment, Food and Rural Affairs",
        ),
        ("a value added tax", "VAT", "value added tax"),
        ("It failed. The Authority", "FCA", None),
        ("Terms & Conditions", "T&C", "Terms & Conditions"),
        ("some other words", "XYZ", None),
        ("Office for National Statistics publication", "ONS", None),
    ],
)
def test_a_name_is_the_words_that_the_initials_begin(before: str, short: str, name: str | None) -> None:
    assert name_before(before, short) == name


def test_a_name_given_in_full_is_known_before_and_after_and_not_explained_again(tmp_path: Path) -> None:
    text = (
        "The ECQ decides.\n"
        "Ask the Example Conduct Quorum (ECQ). The ECQ’s staff and two ECQs answer.\n"
        "The EBZ (Example Benefit Zone) pays."
    )
    document, found = page(tmp_path, text)
    assert shown(document) == [
        *("The ECQ decides.", "Ask the Example Conduct Quorum (ECQ).", "The ECQ’s staff and two ECQs answer."),
        "The EBZ (Example Benefit Zone) pays.",
    ]
    authority = "Example Conduct Quorum"
    assert abbreviations(document) == [
        *(("ECQ", authority), ("ECQ", authority), ("ECQ", authority), ("ECQs", authority)),
        ("EBZ", "Example Benefit Zone"),
    ]
    assert found == ()
    assert words(document)[2] == "The E C Q's staff and two E C Q's answer."


def test_what_the_author_says_of_a_word_comes_before_what_the_text_says(tmp_path: Path) -> None:
    document, _ = page(
        tmp_path, "Ask the Example Conduct Quorum (ECQ).", "terms:\n  ECQ: { expansion: Another Name, say: ecks }\n"
    )
    assert abbreviations(document)[0] == ("ECQ", "Another Name")
    assert "ecks" in words(document)[0]


def test_one_entry_serves_plural_and_possessive(tmp_path: Path) -> None:
    terms = "terms:\n  XQB: { expansion: Example Quality Board }\n  Physeptone: { say: fy-SEP-tone }\n"
    document, found = page(tmp_path, "Two XQBs and one XQB’s vote. Physeptone or Physeptones.", terms)
    assert shown(document)[
        1
    ] == "XQB stands for Example Quality Board." or "XQB stands for Example Quality Board." in shown(document)
    assert found == ()
    assert words(document)[:2] == ["Two X Q B's and one X Q B's vote.", "fy-sep-tone or fy-sep-tones."]


def test_terms_are_said_in_the_version(tmp_path: Path) -> None:
    document, found = page(tmp_path, "Read it.", 'version: "4.2 (PIL 0417)"\nterms:\n  PIL: { say: pill }\n')
    assert found == () and document.version == "4.2 (PIL 0417)"
    assert Term(text="PIL", say="pill") in document.version_inlines


def test_a_say_is_for_one_place_only(tmp_path: Path) -> None:
    document, found = page(
        tmp_path, '"Pipes of [lead]{say: led} and a team [lead]{say: leed}, as **[I](https://a.org)**."'
    )
    assert shown(document) == ["Pipes of lead and a team lead, as I."]
    assert words(document) == ["Pipes of led and a team leed, as I."]
    assert found == ()


@pytest.mark.parametrize("text", ["[lead]{say: }", "lead{say: led}", "[lead] {say: led}", "[lead]{said: led}"])
def test_a_say_that_is_none_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(f'{HEAD}sections:\n  - id: help\n    title: Help\n    blocks:\n      - "Of {text}."\n')
    result = read(path)
    assert [fault.code for fault in result.diagnostics] == ["unclosed-markup"]


def test_words_without_a_stop_are_explained_after_their_block(tmp_path: Path) -> None:
    terms = "terms:\n  EU: { expansion: European Union }\n  XQB: { expansion: Example Quality Board }\n"
    text = '"What you need in the EU:"\n{ type: list, items: [a card of the XQB, a bill] }\nThat is all.'
    document, found = page(tmp_path, text, terms)
    lead, items, explained, last = document.sections[0].blocks
    assert isinstance(items, BulletList) and not any(
        "stands for" in text_of(s.inlines) for s in items.items[0].sentences
    )
    assert shown(document) == [
        "What you need in the EU:",
        *("EU stands for European Union.", "XQB stands for Example Quality Board."),
        "That is all.",
    ]
    assert (lead.id, explained.id, last.id) == ("help-1", "help-2-terms", "help-3")
    assert found == ()
