"""A draft of a printed edition is laid out once, by the recipe of the last edition, and looks as that edition does."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageChops

from channels.base import Draft
from channels.pdf.choose import plans
from channels.pdf.draft import SKETCHERS
from channels.pdf.edition import Made
from channels.pdf.engine import Typesetter
from channels.pdf.frames import Arrangement
from channels.pdf.pages import FACTSHEET, lay_out, sketch
from channels.pdf.recipe import Recipe
from channels.pdf.single_sheet import poster
from model.document import Document
from model.editions import PRINTED
from tests.channels.pdf.made import channel, data, publication, rendering

LIKE = 64  # of 255, by which a photograph's finer dots may differ; a line of text elsewhere differs by all


def pages(pdf: bytes) -> list[Image.Image]:
    """The pages as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    found = [page.render(scale=1, grayscale=True).to_pil() for page in document]
    document.close()
    return found


def words(pdf: bytes) -> str:
    """The words on all pages."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.replace("\u200b", "").split())


def draft_of(document: Document, name: str, path: str) -> Draft:
    made = channel().draft(document, path, dict(rendering(name).recipes)[path])
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("seed", "leaflet.pdf"),
        ("seed", "large-print.pdf"),
        ("everything", "booklet.pdf"),
        ("naloxone", "flyer.pdf"),
        ("naloxone", "factsheet.pdf"),
    ],
)
def test_a_draft_of_the_same_text_looks_like_the_edition(name: str, path: str) -> None:
    draft = draft_of(publication(name), name, path)
    drawn, edition = pages(draft.file.data), pages(data(name, path))
    assert [page.size for page in drawn] == [page.size for page in edition]
    assert draft.file.pages == len(edition)
    for number, (one, other) in enumerate(zip(drawn, edition, strict=True)):
        assert max(ImageChops.difference(one, other).tobytes()) < LIKE, number


def test_a_draft_takes_one_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    rendering("seed")  # whose layouts do not count
    tried: list[float] = []
    lay_out = Typesetter.lay_out
    monkeypatch.setattr(Typesetter, "lay_out", lambda self, size: tried.append(size) or lay_out(self, size))  # type: ignore[func-returns-value]
    for path in ("leaflet.pdf", "large-print.pdf"):
        tried.clear()
        draft = draft_of(publication("seed"), "seed", path)
        assert draft.note == f"set at {tried[0]:g} pt, as the last edition was. The right size is being found"
        assert len(tried) == 1


def test_a_draft_of_a_text_that_has_grown_shows_all_of_it_and_says_that_it_does_not_fit() -> None:
    document = publication("seed")
    longer = replace(document, introduction=document.introduction * 3)
    draft = draft_of(longer, "seed", "leaflet.pdf")
    assert "as the last edition was: the text does not fit at this size. The right" in draft.note
    assert len(pages(draft.file.data)) > 6


def test_there_is_no_draft_of_an_edition_that_is_no_longer_made() -> None:
    document = replace(publication("seed"), editions=("large-print",))
    recipe = dict(rendering("seed").recipes)["leaflet.pdf"]
    assert channel().draft(document, "leaflet.pdf", recipe) is None


def test_a_draft_names_the_same_other_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a factsheet replaces the leaflet, it does not tell readers of a leaflet."""
    monkeypatch.setattr("channels.pdf.choose.NEVER", 0)
    document = replace(publication("naloxone"), editions=())
    plan = next(plans(document))
    (edition,) = plan.draw()
    draft = channel().draft(document, edition.path, plan.recipe)
    assert draft is not None
    told = [words(data) for data in (edition.data, draft.file.data)]
    assert told[0] == told[1]
    assert "large print" in told[0] and "a leaflet to print" not in told[0]


def test_a_section_called_body_is_not_taken_for_the_body_of_the_page() -> None:
    document = publication("naloxone")
    first, *others = document.sections
    called = replace(document, sections=(replace(first, id="body"), *others))
    pages = lay_out(FACTSHEET, called, ())
    drawn = sketch(called, Recipe.read(pages.recipe(())), style=FACTSHEET)
    assert drawn.typesetter.root.find("body").get("class") == "flowing"
    assert [element for element in drawn.typesetter.root.iter("section") if element.get("class") == "flowing"] == []


def test_every_printed_edition_can_be_drafted() -> None:
    assert set(SKETCHERS) == set(PRINTED)
    plan = poster(publication("seed"))
    assert plan.made() != Made()
    draft = channel().draft(replace(publication("seed"), editions=("poster",)), "poster.pdf", plan.recipe)
    assert draft is not None
    assert draft.file.pages == 1


def test_a_recipe_is_kept_as_text() -> None:
    how = Arrangement(on_back=frozenset(("a", "b")), full_cover=True, related_on_back=False, contents=True)
    recipe = Recipe(size=12.75, editions=("page", "leaflet"), how=how, given=(("x-1", "style", "break-before: page"),))
    assert Recipe.read(recipe.text()) == recipe
