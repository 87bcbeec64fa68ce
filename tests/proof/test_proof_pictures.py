"""A picture of a statistic that is lost, doubled, moved or shows another figure is noticed, on pages and in PDFs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from channels.base import Departure, Passage, Settings
from channels.html.render import HtmlChannel
from channels.pdf.read_back import passages as of_pdf
from model.blocks import Statistic
from model.document import Document
from model.traverse import blocks_of
from proof.prove import prove
from tests.channels.pdf.made import data, publication
from tests.narration.fakes import MemoryStore

Passages = list[Passage]


def page(name: str) -> Passages:
    """The passages of a page that was really made."""
    channel = HtmlChannel(Settings(), MemoryStore())
    return list(channel.read_back(channel.render(publication(name), {})))


def paper(name: str) -> Passages:
    """The same for a PDF."""
    return list(of_pdf("large-print.pdf", data(name, "large-print.pdf")))


MADE = pytest.mark.parametrize(
    ("name", "made"), [("seed", page), ("everything", page), ("seed", paper)], ids=["page", "everything", "paper"]
)


def pictures(document: Document, read: Passages) -> list[int]:
    """The places of the pictures of statistics among the passages."""
    told = {block.alternative for block in blocks_of(document) if isinstance(block, Statistic)}
    return [n for n, passage in enumerate(read) if passage.drawn is not None and passage.text in told]


def codes(document: Document, read: Passages, *departures: Departure) -> set[str]:
    usual = (
        Departure(
            file="index.html",
            ids=tuple(sentence.id for sentence in document.other_formats),
            stands=True,
            why="they stand beside the player",
        ),
    )
    return {fault.code for fault in prove(document, read, (*usual, *departures), draws=True)[1]}


@MADE
def test_every_picture_that_was_made_is_proved(name: str, made: Callable[[str], Passages]) -> None:
    document, read = publication(name), made(name)
    statistics = [block.id for block in blocks_of(document) if isinstance(block, Statistic)]
    assert len(pictures(document, read)) == len(statistics) > 2
    assert codes(document, read) == set()
    ((_, ids),) = prove(document, read, (), draws=True)[0]
    assert set(statistics) <= set(ids)


@MADE
def test_a_picture_that_is_lost_doubled_or_moved_is_caught(name: str, made: Callable[[str], Passages]) -> None:
    document, read = publication(name), made(name)
    places = pictures(document, read)
    for at in places:
        assert codes(document, [*read[:at], *read[at + 1 :]]) == {"picture-missing"}
        assert codes(document, [*read[: at + 1], read[at], *read[at + 1 :]]) == {"picture-twice"}
    first, last = places[0], places[-1]
    moved = [read[last], *read[:last], *read[last + 1 :]]
    assert "picture-moved" in codes(document, moved)
    swapped = list(read)
    swapped[first], swapped[last] = read[last], read[first]
    assert "picture-moved" in codes(document, swapped)


@MADE
def test_a_figure_or_a_word_that_a_picture_changes_or_adds_is_caught(
    name: str, made: Callable[[str], Passages]
) -> None:
    document, read = publication(name), made(name)
    changed = 0
    for at in pictures(document, read):
        drawn = read[at].drawn or ""
        for place, letter in enumerate(drawn):
            if letter.isdigit() and drawn[place - 1 : place] != "0":
                other = drawn[:place] + str((int(letter) + 3) % 10) + drawn[place + 1 :]
                wrong = [*read[:at], replace(read[at], drawn=other), *read[at + 1 :]]
                assert codes(document, wrong) == {"picture-differs"}, other
                changed += 1
        for other in (f"{drawn} 37%", drawn.replace(drawn.split()[1], "", 1), ""):
            wrong = [*read[:at], replace(read[at], drawn=other), *read[at + 1 :]]
            assert codes(document, wrong) == {"picture-differs"}, other
        wrong = [*read[:at], replace(read[at], text="Two bars."), *read[at + 1 :]]
        assert codes(document, wrong) & {"picture-differs", "picture-missing"}
    assert changed > 5


def test_what_a_poster_leaves_out_is_not_sought() -> None:
    document = publication("seed")
    statistic = next(block for block in blocks_of(document) if isinstance(block, Statistic))
    read = page("seed")
    (at,) = (n for n in pictures(document, read) if read[n].id == statistic.id)
    sentences = [passage for passage in read if passage.id.startswith(f"{statistic.id}-")]
    left = [passage for passage in read if passage not in sentences and passage is not read[at]]
    absent = Departure(
        file="index.html", ids=tuple(passage.id for passage in sentences), stands=False, why="there is no room"
    )
    assert codes(document, left, absent) == set()
    assert "picture-missing" in codes(document, left)
