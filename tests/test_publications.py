"""Publications of the kinds that public bodies print pass `check` in every edition they ask for: laid out, and read."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels import CHANNELS
from channels.base import Settings
from commands.build import reading
from commands.check import checked, inspection
from model.traverse import sentences_of, text_of
from narration.script import script
from publish.inspection import Inspect
from reader.read import read
from tests.conftest import GOLDEN

PUBLICATIONS = sorted((GOLDEN / "publications").glob("*/en.yaml"))
SHORT = {"vaccinations", "car-crime"}
"""Leaflets with room left on their panels, of which their authors are told."""


@pytest.fixture(scope="module")
def inspect() -> Inspect:
    return inspection(CHANNELS)


def test_there_are_eight() -> None:
    assert len(PUBLICATIONS) == 8


@pytest.mark.parametrize("source", PUBLICATIONS, ids=lambda source: source.parent.name)
def test_every_edition_of_a_publication_can_be_made(source: Path, inspect: Inspect) -> None:
    (edition,) = checked([source], reading(CHANNELS), inspect)
    found = [(fault.severity, fault.code) for fault in edition.diagnostics]
    assert found == [("warning", "panel-empty")] * (source.parent.name in SHORT)


@pytest.mark.parametrize("source", PUBLICATIONS, ids=lambda source: source.parent.name)
def test_what_a_publication_says_is_shown_while_it_is_heard(source: Path) -> None:
    document = read(source).document
    assert document is not None
    spoken = tuple(script(document, Settings()))
    shown = " ".join(utterance.shown for utterance in spoken)
    titles = [text_of(sentence.inlines) for sentence in sentences_of(document)][:2]
    assert all(title.rstrip(".") in shown for title in titles)
    assert not any(utterance.unclear for utterance in spoken)
