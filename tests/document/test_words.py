"""Every language has all the fixed words, and says which it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from document import words
from document.read import read
from document.words import languages, read_words
from tests.conftest import ROOT

SEED = ROOT / "source" / "drug-related-crime" / "en.yaml"


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_fixed_word(language: str) -> None:
    found, faults = read_words(language)
    assert faults == ()
    assert found["source"]


def test_a_language_that_lacks_words_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    english = words.words_file("en").read_text()
    (tmp_path / "words.en.yaml").write_text(english)
    (tmp_path / "words.cy.yaml").write_text(english.replace("stands_for:", "stands_foor:"))
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    (fault,) = read_words("cy")[1]
    page = (tmp_path / "cy.yaml").write_text(SEED.read_text().replace("language: en", "language: cy"))
    assert page and fault in read(tmp_path / "cy.yaml").diagnostics
    assert (fault.code, fault.message) == ("missing-key", "there are no words for `stands_for`")
