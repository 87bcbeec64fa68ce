"""The tri-fold leaflet: six pages in reading order on the two sides of an A4 sheet, at the largest type that fits.

A roll fold closes with the flap inside, so the flap and its neighbour are 97 mm wide and the other panels 100 mm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from channels.base import File
from channels.design.brand import paper_css
from channels.pdf import layout_diagnostics
from channels.pdf.copyfit import SMALLEST, STEP, fit
from channels.pdf.edition import Made, Plan
from channels.pdf.engine import Drawing, Press
from channels.pdf.frames import Arrangement, frame, full_title, stylesheet
from channels.pdf.images import image_files
from channels.pdf.impose import Sheet, Spot
from channels.pdf.measure import Measured, continues, measure
from channels.pdf.resolution import too_coarse
from channels.pdf.write_pdf import bind
from model.diagnostics import Diagnostic
from model.document import Contact, Document
from model.traverse import blocks_of, sentences_of, text_of

WIDTH, HEIGHT = 297, 210
BLEED, SLUG = 3, 12
FLOW = ("inside 1", "inside 2", "inside 3", "flap")
FEWEST = 0.45  # a panel less full than this is a warning
LINE = 6  # mm; a line of the smallest type, with its share of the space between paragraphs
FEW = 5  # words
CHARACTERS = 430  # in a line of a panel, were its type one point large
GIVEN = 0.75  # points of type given up for a flap that begins with a new block
NO_BLEED = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel's place: which side of the sheet (0 outside, 1 inside), its left edge and width in millimetres."""

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


@dataclass(frozen=True, slots=True)
class Trial:
    """The leaflet laid out at a size of type, in points, and what was measured on its pages."""

    size: float
    laid_out: Any
    pages: tuple[Measured, ...]


def make(document: Document) -> Made:
    """The leaflet's files, or what is wrong with them."""
    return plan(document).made()


def plan(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`leaflet.pdf` for the screen, panel by panel; `leaflet-office.pdf` for any printer; `leaflet-print.pdf`
    with bleed and marks for a print shop. `editions` are all that are made of the document."""
    words = document.words
    press, trial = arrange(document, editions)
    names = panels(trial.pages)
    found = (
        *judge(trial.pages, document),
        *layout_diagnostics.of_lost(press.root, trial.laid_out, document),
        *too_coarse(trial.laid_out.pages, document),
    )

    def draw() -> tuple[File, ...]:
        drawing = press.draw(trial.laid_out)
        return (
            _file(drawing, "leaflet.pdf", document, words["leaflet"], singly(names)),
            _file(drawing, "leaflet-office.pdf", document, words["leaflet_office"], sheets(names, marks=False)),
            _file(drawing, "leaflet-print.pdf", document, words["leaflet_print"], sheets(names, marks=True)),
        )

    note = f"leaflet.pdf: set at {trial.size:g} pt"
    if with_text(trial.pages, document):
        note += "; the contacts stand with the text, as the back has no room for them"
    over = words_over(trial.pages)
    return Plan(name="leaflet", diagnostics=found, draw=draw, notes=(note,), words_over=over)


def _file(drawing: Drawing, path: str, document: Document, title: str, sides: Sequence[Sheet]) -> File:
    folded = any(len(side.spots) > 1 for side in sides)
    data = bind(drawing, sides, document, full_title(document, title), folded=folded)
    return File(path=path, data=data, media_type="application/pdf", role="download", title=title, pages=len(sides))


def words_over(pages: Sequence[Measured]) -> int:
    """How many words stand on pages that have no panel."""
    names = panels(pages)
    return sum(page.words for number, page in enumerate(pages) if names[number] in names[:number])


# ---------------------------------------------------------------------------------------------------- copyfit


def arrange(document: Document, editions: Sequence[str] = ()) -> tuple[Press, Trial]:
    """The leaflet at its size, laid out. Contacts and related places stand on the back; where that is too full, related
    places with the text, then contacts, then both."""
    html = ""
    for contacts, related in ((True, True), (True, False), (False, True), (False, False)):
        how = Arrangement(contacts_on_back=contacts, related_on_back=related)
        before, html = html, frame("leaflet.html", document, document.words["leaflet"], editions, how)
        if html == before:
            continue
        press = Press(html, stylesheet("leaflet") + paper_css(document), image_files(document), SMALLEST)
        trial = fit(partial(attempt, press), lambda trial: fits(trial.pages), guess)
        if back_holds_its_text(trial.pages):
            break
    return press, unbroken(press, trial)


def back_holds_its_text(pages: Sequence[Measured]) -> bool:
    """Whether what is too long, if anything is, is not the back."""
    backs = [page for page in pages if page.name == "back"]
    return len(backs) == 1 and not backs[0].too_low


def with_text(pages: Sequence[Measured], document: Document) -> bool:
    """Whether contacts stand with the text, and not on the back."""
    contacts = {block.name.id for block in blocks_of(document) if isinstance(block, Contact)}
    return any(scrap.id in contacts for page in pages if page.name != "back" for scrap in page.scraps)


def attempt(press: Press, size: float) -> Trial:
    """The leaflet at one size. The sentence that says a statistic stays with its picture: as many lines as it
    takes, and the half of one that it begins in."""
    for paragraph in press.root.iter("p"):
        if said := paragraph.get("data-said"):
            paragraph.set("style", f"widows: {max(2, math.ceil(int(said) * size / CHARACTERS + 0.5))}")
    laid_out = press.lay_out(size)
    return Trial(size, laid_out, measure(laid_out.pages))


def unbroken(press: Press, trial: Trial) -> Trial:
    """The layout at the largest size, at most GIVEN smaller, at which the flap begins with a new block; `trial` where
    there is none. The flap is met first as the leaflet opens, before the panel that it goes on from."""
    if fits(trial.pages) and not flap_begins_anew(trial.pages):
        for step in range(1, round(GIVEN / STEP) + 1):
            if trial.size - step * STEP < SMALLEST:
                break
            smaller = attempt(press, trial.size - step * STEP)
            if fits(smaller.pages) and flap_begins_anew(smaller.pages):
                return smaller
    return trial


def flap_begins_anew(pages: Sequence[Measured]) -> bool:
    """Whether the flap is not scanty and begins with a block of its own; true too where the text never reaches it."""
    names = panels(pages)
    if FLOW[-1] not in names:
        return True
    flap = names.index(FLOW[-1])
    return pages[flap].fill >= FEWEST and not continues(pages[flap - 1], pages[flap])


def guess(trial: Trial) -> float:
    """The size that would fill the fullest of cover, text and back, if what they hold grew with its square."""
    flow = sum(page.fill for page in trial.pages if page.name not in PANELS) / len(FLOW)
    single = max((page.fill for page in trial.pages if page.name in PANELS), default=0)
    return trial.size / math.sqrt(max(flow, single, 0.1))


def panels(pages: Sequence[Measured]) -> tuple[str, ...]:
    """The panel that each page becomes; pages beyond the last panel keep the last panel's name."""
    names, flowing = [], 0
    for page in pages:
        if page.name in PANELS:
            names.append(page.name)
        else:
            names.append(FLOW[min(flowing, len(FLOW) - 1)])
            flowing += 1
    return tuple(names)


def fits(pages: Sequence[Measured]) -> bool:
    """Whether every page has a panel of its own and holds its text."""
    names = panels(pages)
    return len(set(names)) == len(names) and not any(page.too_low or page.too_wide for page in pages)


def judge(pages: Sequence[Measured], document: Document) -> Iterator[Diagnostic]:
    """What is wrong with a layout that may be the best there is."""
    names = panels(pages)
    yield from layout_diagnostics.of_pages(pages, names, document)
    for name in dict.fromkeys(names):
        own = [page for page, other in zip(pages, names, strict=True) if other == name]
        if len(own) > 1:
            yield _too_long(name, own, document)
    if fits(pages):
        filled = {name: page.fill for name, page in zip(names, pages, strict=True)}
        scanty = [f"{name} ({filled.get(name, 0):.0%})" for name in FLOW if filled.get(name, 0) < FEWEST]
        if scanty:
            yield Diagnostic(
                severity="warning",
                code="panel-empty",
                message=f"less than {FEWEST:.0%} full: {', '.join(scanty)}",
                mark=document.mark,
                hint="there is room for more text or a picture on these panels",
            )


def _too_long(name: str, pages: Sequence[Measured], document: Document) -> Diagnostic:
    """A panel whose text fills more than the first of `pages`: by how much, and which text is to be cut. What flows may
    be cut before the place where the room ends as well as after; cover and back hold a text of their own, of which the
    last lines may be ours, and so have no place in the source."""
    first, *over = pages
    at = layout_diagnostics.marks(document)
    written = {sentence.id: text_of(sentence.inlines) for sentence in sentences_of(document)}
    own, beyond = (
        [scrap.id for page in part for scrap in page.scraps if scrap.id in written] for part in (pages, over)
    )
    far = max(1, sum(page.used for page in over) - first.free)
    if own and name not in FLOW:
        text = f"“{_few(written[own[0]])}” to “{_few(written[own[-1]], last=True)}”"
        cut = f"the {name} holds all from {text}: cut about {math.ceil(far / LINE)} lines of it"
    else:
        cut = f"the room ends here: cut about {sum(page.words for page in over)} words, before or after"
    return Diagnostic(
        severity="error",
        code="leaflet-too-long",
        message=f"the text runs {far:.0f} mm past the {name} panel, at {SMALLEST:g} pt, the smallest type allowed",
        mark=at[(beyond or own[-1:])[0]] if own else document.mark,
        hint=f"{cut}, or publish a booklet: `editions: [booklet, large-print]`",
    )


def _few(text: str, *, last: bool = False) -> str:
    """The first or last words of a text, enough to find it by."""
    words = text.split()
    if len(words) <= FEW:
        return text
    return " ".join(["…", *words[-FEW:]] if last else [*words[:FEW], "…"])


# ---------------------------------------------------------------------------------------------------- sheets


def singly(names: Sequence[str]) -> tuple[Sheet, ...]:
    """Each panel a page of its own, in the order in which they are read: a browser shows page after page."""
    widths = [PANELS[name].width for name in names]
    return tuple(
        Sheet(width=width, height=HEIGHT, spots=(Spot(page=page, x=0, y=0, width=width, height=HEIGHT),))
        for page, width in enumerate(widths)
    )


def sheets(names: Sequence[str], *, marks: bool) -> tuple[Sheet, Sheet]:
    """Both sides, outside first; `names` are the panels of the pages. `marks` adds bleed and slug."""
    outside, inside = (_side(side, names, marks=marks) for side in (0, 1))
    return outside, inside


def _side(side: int, names: Sequence[str], *, marks: bool) -> Sheet:
    spots = []
    for page, name in enumerate(names):
        panel = PANELS[name]
        if panel.side == side:
            bleed = _bleed(panel) if marks else NO_BLEED
            spots.append(Spot(page=page, x=panel.x, y=0, width=panel.width, height=HEIGHT, bleed=bleed))
    if not marks:
        return Sheet(width=WIDTH, height=HEIGHT, spots=tuple(spots), threaded=True)
    return Sheet(width=WIDTH, height=HEIGHT, spots=tuple(spots), slug=SLUG, bleed=BLEED, folds=FOLDS[side])


def _bleed(panel: Panel) -> tuple[float, float, float, float]:
    """Ink runs over the sheet's outer edges only: over a fold it would show on the next panel."""
    return (BLEED if panel.x == 0 else 0, BLEED, BLEED if panel.x + panel.width == WIDTH else 0, BLEED)
