"""Real pages become sources that pass `check` without an edit, and none of their words is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from importer.command import import_file
from model.diagnostics import has_errors
from reader.read import read
from tests.conftest import ROOT
from tests.importer.oracle import lost, runs_of_page

PAGES = sorted((ROOT / "tests" / "corpus" / "govuk").glob("*.html"))


def test_there_are_real_pages() -> None:
    assert len(PAGES) >= 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_real_page_loses_no_word_and_passes_check(page: Path, tmp_path: Path) -> None:
    place, _ = import_file(page, tmp_path, None, ROOT / "schema.yaml")
    result = read(place)
    assert not has_errors(result.diagnostics), result.diagnostics
    assert len(runs_of_page(page.read_bytes())) > 2
    assert lost(page.read_bytes(), place.read_text()) == []


def test_the_oracle_sees_what_is_lost(tmp_path: Path) -> None:
    """The oracle notices a word that is removed from a source or stands in another place."""
    page = next(page for page in PAGES if page.stem == "guide-single-page-guide")
    place, _ = import_file(page, tmp_path, None, ROOT / "schema.yaml")
    source = place.read_text()
    assert lost(page.read_bytes(), source.replace("Authorising someone else", "Authorising someone")) != []
    first, last = source.index("  - title: Overview"), source.index("  - title: Bringing other animals")
    assert lost(page.read_bytes(), source[:first] + source[last:] + source[first:last]) != []
