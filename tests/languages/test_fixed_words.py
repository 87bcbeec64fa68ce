"""Every language has all the fixed words, or a fault says which it lacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from languages import base, fixed_words
from languages.base import languages
from languages.fixed_words import read_words
from model.diagnostics import Diagnostic
from reader.read import read
from tests.conftest import ROOT

SEED = ROOT / "source" / "drug-related-crime" / "en.yaml"


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_fixed_word(language: str) -> None:
    found, faults = read_words(language)
    assert faults == ()
    assert found["source"]


def of_welsh(old: str, new: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Diagnostic:
    """The one fault of Welsh words that are the English ones with `new` in place of `old`. A page shows it."""
    english = fixed_words.words_file("en").read_text()
    assert old in english
    for language, text in (("en", english), ("cy", english.replace(old, new))):
        (folder / language).mkdir()
        (folder / language / "words.yaml").write_text(text)
    monkeypatch.setattr(base, "FOLDER", folder)
    (fault,) = read_words("cy")[1]
    (folder / "cy.yaml").write_text(SEED.read_text().replace("language: en", "language: cy"))
    assert fault in read(folder / "cy.yaml").diagnostics
    return fault


def test_a_language_that_lacks_words_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = of_welsh("stands_for:", "stands_foor:", tmp_path, monkeypatch)
    assert (fault.code, fault.message) == ("missing-key", "there are no words for `stands_for`")


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        (("{number}.", "{nummer}."), "{nummer} to fill in, and in English it has {number}", "Write {number} in it"),
        (("(Source: {source})", "(Source)"), "nothing to fill in, and in English", "Write {source} in it, once"),
        (("{short} stands", "It stands"), "{long} to fill in", "Write {long} and {short} in it, once"),
        (("{number} KB", "{number KB"), "a brace in `kilobytes` opens or closes nothing", "Write {number} in it"),
        (("{number} KB", "{number:d} KB"), "{number:d} to fill in", "Write {number} in it"),
        (("{number} KB", "{number}{number} KB"), "{number} and {number}", "Write {number} in it, once"),
        (("contents: Contents", 'contents: "{Contents}"'), "{Contents} to fill in", "Leave out the braces"),
        (("January, ", ""), "`months` has 11 names", "Write all twelve"),
    ],
)
def test_words_that_nothing_can_be_filled_into_are_refused_where_they_stand(
    change: tuple[str, str], message: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = of_welsh(*change, tmp_path, monkeypatch)
    line = (tmp_path / "cy" / "words.yaml").read_text().splitlines()[fault.mark.line - 1]
    assert line.startswith(re.findall("`(.+?)`", fault.message)[0] + ": ")
    assert fault.code == "wrong-value"
    assert message in fault.message
    assert hint in fault.hint
