"""Bookmarks, links and the boxes of figures lie where their words were printed, after everything was moved to
sheets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from pikepdf import Object, Pdf

from channels.pdf.frames import listed_sections
from channels.pdf.reading import Run, Tag, surfaces, tags
from model.editions import PRINTED
from model.parting import for_edition
from model.traverse import sentences_of
from tests.channels.pdf.made import EDITIONS, data, opened, publication

EVERY = pytest.mark.parametrize(("name", "path"), EDITIONS)


def pages_of(pdf: Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def runs(pdf: Pdf, tag: Tag) -> list[tuple[int, Run]]:
    """The words of a tag that are drawn, with their page."""
    pages = surfaces(pdf)
    return [(page, pages[page].runs[mcid]) for page, mcid in tag.words() if pages[page].runs[mcid].text.strip()]


def bookmarks(item: Object | None) -> Iterator[Object]:
    while item is not None:
        yield item
        yield from bookmarks(item.get("/First"))
        item = item.get("/Next")


def near(destination: Object, page: int, run: Run, numbers: dict[tuple[int, int], int]) -> bool:
    """True if a destination is on the run's page, just above or beside its first line."""
    top = float(destination[2 + 1])
    return numbers[destination[0].objgen] == page and -2 <= top - run.y <= 4 * run.size


@EVERY
def test_every_heading_has_a_bookmark_that_leads_to_it(name: str, path: str) -> None:
    with opened(data(name, path)) as pdf:
        headings = [tag for tag in tags(pdf).walk() if tag.type in {f"H{level}" for level in range(1, 7)}]
        marks = list(bookmarks(pdf.Root.Outlines.get("/First")))
        assert len(marks) == len(headings)
        for tag, mark in zip(headings, marks, strict=True):
            page, run = runs(pdf, tag)[0]
            assert str(mark.Title).startswith(run.text.strip())
            assert near(mark.Dest, page, run, pages_of(pdf)), f"{mark.Title} leads elsewhere"


@EVERY
def test_every_sentence_can_be_linked_to_where_it_stands(name: str, path: str) -> None:
    with opened(data(name, path)) as pdf:
        names = list(pdf.Root.Names.Dests.Names)
        places = {str(key): place for key, place in zip(names[::2], names[1::2], strict=True)}
        described = {str(tag.element.ID): tag for tag in tags(pdf).walk() if "/ID" in tag.element}
        edition = next(edition for edition in PRINTED if path.startswith(edition))
        assert {sentence.id for sentence in sentences_of(for_edition(publication(name), edition))} <= set(places)
        for key, tag in described.items():
            if tag.type in ("P", "H2", "Table", "TH", "TD") and key in places:
                page, run = runs(pdf, tag)[0]
                assert near(places[key], page, run, pages_of(pdf)), key


@EVERY
def test_a_links_area_covers_its_words(name: str, path: str) -> None:
    with opened(data(name, path)) as pdf:
        numbers = pages_of(pdf)
        for tag in tags(pdf).walk():
            if tag.type != "Link":
                continue
            areas = [(numbers[link.P.objgen], area) for link in tag.annotations for area in areas_of(link)]
            for page, run in runs(pdf, tag):
                assert any(
                    page == number and left - 1 <= run.x <= right and bottom <= run.y <= top
                    for number, (left, bottom, right, top) in areas
                ), f"“{run.text}” cannot be clicked"


def areas_of(link: Object) -> Iterator[list[float]]:
    """The parts of a link's area: left, bottom, right, top."""
    corners = [float(edge) for edge in link.get("/QuadPoints", ())]
    for start in range(0, len(corners), 8):
        left, bottom, _, _, right, top, _, _ = corners[start : start + 8]
        yield [left, bottom, right, top]
    if not corners:
        yield [float(edge) for edge in link.Rect]


@EVERY
def test_a_link_over_several_lines_is_met_once_a_page(name: str, path: str) -> None:
    """There is an area for each line, all within its Rect (ISO 32000-1, 12.5.6.5)."""
    with opened(data(name, path)) as pdf:
        for tag in tags(pdf).walk():
            pages = [link.P.objgen for link in tag.annotations]
            assert len(pages) == len(set(pages)), f"“{tag.annotations[0].Contents}” is met more than once"
            for link in tag.annotations:
                edges = [float(edge) for edge in link.Rect]
                areas = list(areas_of(link))
                assert [min(pick) for pick in zip(*areas, strict=True)][:2] == edges[:2]
                assert [max(pick) for pick in zip(*areas, strict=True)][2:] == edges[2:]


def test_an_edition_has_links_over_several_lines() -> None:
    """Otherwise the test before this one would test nothing."""
    with opened(data("everything", "large-print.pdf")) as pdf:
        links = [link for tag in tags(pdf).walk() for link in tag.annotations]
    assert any(len(list(areas_of(link))) > 1 for link in links)


@EVERY
def test_a_figures_box_holds_what_is_drawn_in_it(name: str, path: str) -> None:
    with opened(data(name, path)) as pdf:
        numbers = pages_of(pdf)
        for tag in tags(pdf).walk():
            if tag.type == "Figure":
                left, bottom, right, top = (float(edge) for edge in tag.element.A.BBox)
                for page, run in runs(pdf, tag):
                    assert page == numbers[tag.element.Pg.objgen]
                    assert left <= run.x <= right
                    assert bottom <= run.y <= top, run


def test_a_link_within_the_document_leads_to_its_section() -> None:
    with opened(data("everything", "booklet.pdf")) as pdf:
        links = [tag for tag in tags(pdf).walk() if tag.type == "Link" and "/Dest" in tag.annotations[0]]
        link = links[-1]  # the links before it stand in the contents
        assert len(links) == 1 + len(listed_sections(publication("everything")))
        names = list(pdf.Root.Names.Dests.Names)
        places = {str(key): place for key, place in zip(names[::2], names[1::2], strict=True)}
        heading = next(tag for tag in tags(pdf).walk() if str(tag.element.get("/ID", "")) == "costs-title")
        page, run = runs(pdf, heading)[0]
        assert near(places[str(link.annotations[0].Dest)], page, run, pages_of(pdf))


def test_an_article_thread_leads_through_the_panels_in_the_order_of_the_tags() -> None:
    with opened(data("seed", "leaflet-office.pdf")) as pdf:
        [thread] = pdf.Root.Threads
        beads = list(round_of(thread.F))
        assert len(beads) == 6
        assert all(bead == after.V for bead, after in pairwise([*beads, beads[0]]))
        assert [bead for page in (beads[0].P, beads[1].P) for bead in page.B] == sorted(
            beads, key=lambda bead: pages_of(pdf)[bead.P.objgen]
        )
        met: list[int] = []
        for page, run in runs(pdf, tags(pdf)):
            at = next(number for number, bead in enumerate(beads) if covers(bead, page, run, pages_of(pdf)))
            met += [at] if met[-1:] != [at] else []
        assert met == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("path", ["leaflet-print.pdf", "leaflet.pdf"])
def test_sheets_for_a_print_shop_and_single_panels_have_no_thread(path: str) -> None:
    with opened(data("seed", path)) as pdf:
        assert "/Threads" not in pdf.Root


def round_of(first: Object) -> Iterator[Object]:
    """The beads of a thread, from the first until it comes again."""
    bead = first
    while True:
        yield bead
        bead = bead.N
        if bead.objgen == first.objgen:
            return


def covers(bead: Object, page: int, run: Run, numbers: dict[tuple[int, int], int]) -> bool:
    """True if a run stands within a bead."""
    left, bottom, right, top = (float(edge) for edge in bead.R)
    return numbers[bead.P.objgen] == page and left <= run.x <= right and bottom <= run.y <= top
