"""Everything that the recording says is played by a book: what has no sentence is heard with the one beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.elements.chapters import HEARD, SAID, Heard, Spoken, chapters
from narration.timeline import timeline_of
from reader.read import read
from tests.channels.silent import recording
from tests.channels.talking import SOURCES, document

PAGE = """title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Home Office }
status: current
published: 2024-03-01
introduction:
  - type: list
    items: [First, Second]
  - A sentence.
  - { type: notice, kind: warning, text: Mind the step. }
sections:
  - title: The office
    blocks:
      - type: table
        caption: Hours
        headers: [Day, Time]
        rows: [[Monday, 9am]]
      - { type: notice, kind: warning, text: The lift is out of order. }
      - { type: quotation, text: It helped me. }
      - type: notice
        kind: warning
        blocks: [{ type: list, items: [One, Two] }]
"""


def heard_of(path: Path) -> list[tuple[str, str]]:
    """The sentence at which each utterance of the page is heard, and what is said."""
    made = read(path).document
    assert made is not None
    timeline = timeline_of(recording(made))
    assert timeline is not None
    said = [place.utterance.shown for place in timeline.places]
    heard = [one.id for chapter in chapters(made, timeline) for one in chapter.heard]
    return list(zip(heard, said, strict=True))


def test_what_is_for_the_ear_alone_is_heard_beside_its_sentence(tmp_path: Path) -> None:
    source = tmp_path / "en.yaml"
    source.write_text(PAGE, encoding="utf-8")
    found = [(own, said) for own, said in heard_of(source) if not own.startswith((HEARD, SAID))]
    words: dict[str, list[str]] = {}
    for own, said in found:
        words.setdefault(own, []).append(said)
    several = [tuple(said) for said in words.values() if len(said) > 1]
    assert several == [
        ("2 items:", "First"),
        ("Warning", "Mind the step."),
        ("Table: Hours", "It has 2 columns and 1 row."),
        ("Warning", "The lift is out of order."),
        ("Quotation: It helped me.", "End of the quotation."),
        ("Warning", "2 items:", "One"),
    ]


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_that_is_said_is_left_out_and_the_order_is_kept(name: str) -> None:
    timeline = timeline_of(recording(document(name)))
    assert timeline is not None
    made = chapters(document(name), timeline)
    due = [timeline.seconds(place.begin - track.begin) for track, places in timeline.divided() for place in places]
    assert [heard.begin for chapter in made for heard in chapter.heard] == due
    spoken = [line.id for chapter in made for line in chapter.lines if isinstance(line, Spoken)]
    assert {one.id for chapter in made for one in chapter.heard} >= set(spoken)
    assert all(isinstance(one, Heard) and one.begin < one.end for chapter in made for one in chapter.heard)
