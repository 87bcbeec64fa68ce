"""Turns a Document into the tri-fold leaflet: six pages on the two sides of an A4 sheet, at the largest type that fits.

A roll fold closes with the flap inside. So the flap and its neighbour are 97 mm wide, and the other panels 100 mm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from channels.base import File
from channels.pdf import layout_diagnostics
from channels.pdf.arrange import (
    FEWEST,
    FLOW,
    arrange,
    attempt,
    fits,
    is_parted,
    panels,
    scanty,
    stand_with_text,
    trials_of,
)
from channels.pdf.edition import Made, Plan
from channels.pdf.impose import Placement, Sheet, alone
from channels.pdf.measure import Measured
from channels.pdf.recipe import Recipe, Sketch, follow, recipe_of
from channels.pdf.resolution import for_the_shop
from channels.pdf.too_long import too_long, what_to_leave_out
from channels.pdf.write_pdf import file_of
from model.diagnostics import Diagnostic
from model.document import Document
from model.editions import chooses_print

WIDTH, HEIGHT = 297, 210
BLEED, SLUG = 3, 12
NO_BLEED = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The place of a panel: the side of the sheet (0 outside, 1 inside), its left edge and its width in millimetres."""

    side: int
    x: float
    width: float


PANELS = {
    "cover": Panel(side=0, x=197, width=100),
    "inside 1": Panel(side=1, x=0, width=100),
    "inside 2": Panel(side=1, x=100, width=100),
    "inside 3": Panel(side=1, x=200, width=97),
    "flap": Panel(side=0, x=0, width=97),
    "back": Panel(side=0, x=97, width=100),
}
FOLDS = ((97, 197), (100, 200))


def make(document: Document) -> Made:
    """The leaflet's files, or its faults."""
    return plan(document).made()


def plan(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`leaflet.pdf` for the screen, panel by panel; `leaflet-office.pdf` for any printer; `leaflet-print.pdf` with
    bleed and marks for a print shop. `editions` are all that are made of the document."""
    words = document.words
    typesetter, trial, how = arrange(document, editions)
    names = panels(trial.pages)
    over = words_over(trial.pages)
    without = what_to_leave_out(document, typesetter, trial) if over and chooses_print(document) else ""
    found = (
        *judge(trial.pages, document, without),
        *layout_diagnostics.of_lost(typesetter.root, trial.laid_out, document),
        *for_the_shop(trial.laid_out.pages, document),
    )

    def draw() -> tuple[File, ...]:
        drawing = typesetter.draw(trial.laid_out)
        return (
            file_of(drawing, "leaflet.pdf", words["leaflet"], singly(names), document),
            file_of(drawing, "leaflet-office.pdf", words["leaflet_office"], sheets(names, marks=False), document),
            file_of(drawing, "leaflet-print.pdf", words["leaflet_print"], sheets(names, marks=True), document),
        )

    note = f"leaflet.pdf: set at {trial.size:g} pt"
    if some := stand_with_text(trial.pages, document):
        note += f"; {some} with the text, as the back has no room for them"
    if is_parted(typesetter):
        note += "; sentences of statistics go over two panels, as there is no room to keep them whole"
    recipe = recipe_of(typesetter, trial.size, editions, how)
    return Plan(name="leaflet", diagnostics=found, draw=draw, recipe=recipe, notes=(note,), words_over=over)


def sketch(document: Document, recipe: Recipe) -> Sketch:
    """The panels by a recipe. If the text has grown, there may be more panels than a leaflet has."""
    typesetter = trials_of(document, recipe.editions, recipe.how).typesetter
    follow(recipe, typesetter)
    trial = attempt(typesetter, recipe.size)
    return Sketch(typesetter, trial.laid_out, "" if fits(trial.pages) else "the text does not fit at this size")


def words_over(pages: Sequence[Measured]) -> int:
    """The number of words on pages that have no panel."""
    names = panels(pages)
    return sum(page.words for number, page in enumerate(pages) if names[number] in names[:number])


def judge(pages: Sequence[Measured], document: Document, without: str = "") -> Iterator[Diagnostic]:
    """The faults of a layout, which may be the best that there is. `without` says what could be left out."""
    names = panels(pages)
    yield from layout_diagnostics.of_pages(pages, names, document)
    for name in dict.fromkeys(names):
        own = [page for page, other in zip(pages, names, strict=True) if other == name]
        if len(own) > 1:
            yield too_long(name, own, document, without if name in FLOW else "")
    if fits(pages) and (few := scanty(pages)):
        yield Diagnostic(
            severity="warning",
            code="panel-empty",
            message=f"less than {FEWEST:.0%} full: {', '.join(f'{name} ({fill:.0%})' for name, fill in few.items())}",
            mark=document.mark,
            hint="there is room for more text or a picture on these panels; a flyer is smaller: `editions: [flyer]`",
        )


# ---------------------------------------------------------------------------------------------------- sheets


def singly(names: Sequence[str]) -> tuple[Sheet, ...]:
    """Each panel as a page of its own, in reading order, for browsers, which show page after page."""
    return tuple(alone(page, PANELS[name].width, HEIGHT) for page, name in enumerate(names))


def sheets(names: Sequence[str], *, marks: bool) -> tuple[Sheet, Sheet]:
    """Both sides of the sheet, the outside first. `names` are the panels of the pages. `marks` adds bleed and slug."""
    outside, inside = (_side(side, names, marks=marks) for side in (0, 1))
    return outside, inside


def _side(side: int, names: Sequence[str], *, marks: bool) -> Sheet:
    placements = []
    for page, name in enumerate(names):
        panel = PANELS[name]
        if panel.side == side:
            bleed = _bleed(panel) if marks else NO_BLEED
            placements.append(Placement(page=page, x=panel.x, y=0, width=panel.width, height=HEIGHT, bleed=bleed))
    if not marks:
        return Sheet(width=WIDTH, height=HEIGHT, placements=tuple(placements), threaded=True)
    return Sheet(width=WIDTH, height=HEIGHT, placements=tuple(placements), slug=SLUG, bleed=BLEED, folds=FOLDS[side])


def _bleed(panel: Panel) -> tuple[float, float, float, float]:
    """The bleed of a panel. Ink runs over the outer edges of the sheet only, since over a fold it would show on the
    next panel."""
    return (BLEED if panel.x == 0 else 0, BLEED, BLEED if panel.x + panel.width == WIDTH else 0, BLEED)
