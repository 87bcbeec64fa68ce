"""Turns a Document into editions that fit one sheet: a flyer on both sides of A5, a poster on one side of A4 and of A3.

The type is as large as the sheet allows. A flyer holds the whole text. A poster holds the title, the summary, the
headings of the sections, whom to call and where the rest stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from channels.base import File
from channels.pdf import layout_diagnostics
from channels.pdf.edition import Plan
from channels.pdf.engine import Typesetter
from channels.pdf.frames import USUAL, Arrangement, frame, styles_of
from channels.pdf.images import image_files
from channels.pdf.impose import Sheet, alone
from channels.pdf.measure import Trial, at_size
from channels.pdf.recipe import Recipe, Sketch, recipe_of
from channels.pdf.resolution import for_the_shop
from channels.pdf.write_pdf import file_of
from model.diagnostics import Diagnostic
from model.document import Document

BLEED, SLUG = 3, 12  # mm
A3, A4, A5 = (297.0, 420.0), (210.0, 297.0), (148.0, 210.0)
LARGER = math.sqrt(2)  # the factor from one paper size to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """An edition: its name, its page in millimetres, its number of pages, and its type sizes in points."""

    name: str
    page: tuple[float, float]
    pages: int
    sizes: tuple[float, ...]


FLYER = Style(name="flyer", page=A5, pages=2, sizes=tuple(12 + 0.25 * step for step in range(17)))
POSTER = Style(name="poster", page=A4, pages=1, sizes=tuple(float(size) for size in range(16, 33)))


def flyer(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`flyer.pdf` for any printer and the screen, and `flyer-print.pdf` with bleed and marks for a print shop."""
    typesetter, trial = _arrange(FLYER, document, editions)
    words, count = document.words, len(trial.pages)

    def draw() -> tuple[File, ...]:
        drawing = typesetter.draw(trial.laid_out)
        return (
            file_of(drawing, "flyer.pdf", words["flyer"], _sheets(count, A5, marks=False), document),
            file_of(drawing, "flyer-print.pdf", words["flyer_print"], _sheets(count, A5, marks=True), document),
        )

    found = _faults(FLYER, typesetter, trial, document)
    note = f"flyer.pdf: set at {trial.size:g} pt"
    recipe, over = recipe_of(typesetter, trial.size, editions), _words_over(FLYER, trial)
    return Plan(name="flyer", diagnostics=found, draw=draw, recipe=recipe, notes=(note,), words_over=over)


def poster(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`poster.pdf` on A4 and `poster-a3.pdf`, the same but larger, and that with bleed and marks. Where words need the
    room of the publisher's picture, they have it."""
    how, notes = USUAL, tuple[str, ...]()
    typesetter, trial = _arrange(POSTER, document, editions)
    if document.publisher.cover is not None and not _fits(POSTER, trial):
        how, notes = Arrangement(full_cover=True), ("poster.pdf: its words need the room of the cover's picture",)
        typesetter, trial = _arrange(POSTER, document, editions, how)
    words = document.words

    def draw() -> tuple[File, ...]:
        wide = _typesetter(POSTER, document, editions, A3, how)
        large = wide.draw(wide.lay_out(trial.size * LARGER))
        drawing = typesetter.draw(trial.laid_out)
        return (
            file_of(drawing, "poster.pdf", words["poster"], _sheets(1, A4, marks=False), document),
            file_of(large, "poster-a3.pdf", words["poster_a3"], _sheets(1, A3, marks=False), document),
            file_of(large, "poster-a3-print.pdf", words["poster_print"], _sheets(1, A3, marks=True), document),
        )

    found, recipe = _faults(POSTER, typesetter, trial, document), recipe_of(typesetter, trial.size, editions, how)
    return Plan(name="poster", diagnostics=found, draw=draw, recipe=recipe, notes=notes)


def sketch(document: Document, recipe: Recipe, *, style: Style) -> Sketch:
    """The edition by a recipe. If the text has grown, there may be more pages than the sheet has."""
    typesetter = _typesetter(style, document, recipe.editions, style.page, recipe.how)
    trial = at_size(typesetter, recipe.size)
    return Sketch(typesetter, trial.laid_out, "" if _fits(style, trial) else "the text does not fit at this size")


def _arrange(
    style: Style, document: Document, editions: Sequence[str], how: Arrangement = USUAL
) -> tuple[Typesetter, Trial]:
    """The edition at the largest of its sizes that fits. At the smallest where none does."""
    typesetter = _typesetter(style, document, editions, style.page, how)
    return typesetter, largest(partial(at_size, typesetter), lambda trial: _fits(style, trial), style.sizes)


def _typesetter(
    style: Style, document: Document, editions: Sequence[str], page: tuple[float, float], how: Arrangement = USUAL
) -> Typesetter:
    width, height = page
    sheet = f"@page {{ size: {width}mm {height}mm; bleed: {BLEED}mm }}"
    html = frame(f"{style.name}.html", document, document.words[style.name], editions, how)
    css = f"{styles_of(document, style.name)}\n{sheet}"
    return Typesetter(html, css, image_files(document), style.sizes[0])


def largest(lay_out: Callable[[float], Trial], fits: Callable[[Trial], bool], sizes: Sequence[float]) -> Trial:
    """The layout at the largest of `sizes` that fits, by bisection. At the smallest where none does."""
    low, high = 0, len(sizes) - 1
    best = lay_out(sizes[0])
    if not fits(best):
        return best
    while low < high:
        middle = (low + high + 1) // 2
        trial = lay_out(sizes[middle])
        if fits(trial):
            low, best = middle, trial
        else:
            high = middle - 1
    return best


def _fits(style: Style, trial: Trial) -> bool:
    return len(trial.pages) <= style.pages and not any(page.too_low or page.too_wide for page in trial.pages)


def _words_over(style: Style, trial: Trial) -> int:
    return sum(page.words for page in trial.pages[style.pages :])


def _faults(style: Style, typesetter: Typesetter, trial: Trial, document: Document) -> tuple[Diagnostic, ...]:
    names = [f"{style.name}"] * len(trial.pages)
    found = [
        *layout_diagnostics.of_pages(trial.pages, names, document),
        *layout_diagnostics.of_lost(typesetter.root, trial.laid_out, document),
        *for_the_shop(trial.laid_out.pages, document),
    ]
    if words := _words_over(style, trial):
        at = layout_diagnostics.marks(document)
        beyond = (scrap.id for page in trial.pages[style.pages :] for scrap in page.scraps if scrap.id in at)
        message = f"the text is about {words} words too long for the {style.name}, at {trial.size:g} pt"
        found.append(
            Diagnostic(
                severity="error",
                code=f"{style.name}-too-long",
                message=message,
                mark=at.get(next(beyond, ""), document.mark),
                hint="the room ends here: cut before or after, or publish a factsheet: `editions: [factsheet]`",
            )
        )
    return tuple(found)


def _sheets(count: int, page: tuple[float, float], *, marks: bool) -> tuple[Sheet, ...]:
    bleed, slug = (BLEED, SLUG) if marks else (0, 0)
    return tuple(alone(number, *page, bleed=bleed, slug=slug) for number in range(count))
