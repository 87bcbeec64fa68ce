"""Pages that public bodies have published pass without an edit: none is refused for its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.base import Settings
from importer.command import import_file
from model.diagnostics import Diagnostic
from narration.script import script
from narration.script_faults import check_script
from reader.read import read
from tests.conftest import ROOT

PAGES = sorted((ROOT / "tests" / "corpus" / "govuk").glob("*.html"))


def faults(page: Path, into: Path) -> list[Diagnostic]:
    place, _ = import_file(page, into, "en", ROOT / "schema.yaml")
    result = read(place)
    assert result.document is not None, result.diagnostics
    settings = Settings()
    return [*result.diagnostics, *check_script(result.document, script(result.document, settings), settings)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_real_page_has_no_error(page: Path, tmp_path: Path) -> None:
    found = faults(page, tmp_path)
    assert [fault for fault in found if fault.severity == "error"] == []
    codes = [
        fault.code for fault in found if fault.code in ("spelt-out", "two-sounds", "sign-left-out", "stop-in-word")
    ]
    assert len(codes) == len(set(codes)), "what is guessed is told once, in a list"


def test_there_are_twelve_pages() -> None:
    assert len(PAGES) == 12
