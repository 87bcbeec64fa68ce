"""A book gives the newest day that its source names, and none that nobody named."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from channels import CHANNELS
from channels.base import Rendering, Settings
from channels.elements.archive import contents
from model.document import Change, Dates, Document
from tests.channels.silent import recording
from tests.channels.talking import document
from tests.narration.fakes import MemoryStore

DAYS = re.compile(r'<dc:date>([\d-]+)|name="dc:date" content="([\d-]+)|"dcterms:modified">([^<]+)')


@pytest.fixture(scope="module")
def recorded() -> dict[str, Rendering]:
    return recording(document("seed"))


def said(channel: str, made: Document, recorded: dict[str, Rendering]) -> tuple[str, Rendering]:
    """All that a book says of itself, and its rendering."""
    rendering = CHANNELS[channel].load(Settings(), MemoryStore()).render(made, recorded)
    files = contents(rendering.files[0].data)
    return "".join(data.decode() for path, data in files.items() if path.endswith(("ncc.html", ".opf"))), rendering


def days(text: str) -> list[str]:
    return ["".join(found) for found in DAYS.findall(text)]


@pytest.mark.parametrize("channel", ["epub", "daisy"])
def test_without_a_day_in_the_source_no_day_is_invented_and_that_is_said(
    channel: str, recorded: dict[str, Rendering]
) -> None:
    text, rendering = said(channel, document("seed"), recorded)
    assert days(text) == {"epub": ["1980-01-01T00:00:00Z"], "daisy": []}[channel]
    assert len(rendering.notes) == 1 and "the source names none" in rendering.notes[0]
    assert re.search(r"dc:coverage\W.*Describes the strategy of 2007 to 2008", text)


@pytest.mark.parametrize("channel", ["epub", "daisy"])
def test_the_newest_day_is_the_books(channel: str, recorded: dict[str, Rendering]) -> None:
    seed = document("seed")
    published, changed, reviewed = date(2021, 3, 1), date(2023, 5, 2), date(2022, 4, 3)
    dated = replace(seed, dates=Dates(published=published, reviewed=reviewed, review_by=date(2031, 1, 1)))
    news = replace(dated, changes=(Change(id="change-1", day=changed, sentences=()),))
    first = ["2021-03-01"] if channel == "epub" else []
    modified = "T00:00:00Z" if channel == "epub" else ""
    for made, newest in ((dated, reviewed), (news, changed)):
        text, rendering = said(channel, made, recorded)
        assert days(text) == [*first, f"{newest}{modified}"]
        assert rendering.notes == ()
