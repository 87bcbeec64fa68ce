"""Turns a Document into its leaflet, laid out: chooses the contacts on the back, the type size, and how the text is
spread."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from channels.pdf.copyfit import SMALLEST, STEP, fit
from channels.pdf.engine import Typesetter, name_of
from channels.pdf.estimate import first_size
from channels.pdf.frames import USUAL, Arrangement, frame, styles_of
from channels.pdf.images import image_files
from channels.pdf.markup import gather
from channels.pdf.measure import MM_PER_PX, Measured, Trial, at_size, continues, extents
from channels.pdf.spread import ANEW, fuller, spread
from channels.pdf.titles import set_title
from model.blocks import Contact
from model.document import Document
from model.editions import chooses_print
from model.traverse import blocks_of_section

FLOW = ("inside 1", "inside 2", "inside 3", "flap")
SINGLE = ("cover", "back")
HEIGHT = 190.0  # mm of a panel for text
FEWEST = 0.45  # a panel less full than this is a warning
GIVEN = 0.75  # points of type given up so that the flap begins with a new block
UNSURE = 12  # mm; an estimate this far over may still have room
CHARACTERS = 430  # in a line of a panel, if its type were one point large
LEADINGS = (1.5, 1.425)  # line heights of a short text, if it fits
# Classes for a text that would not fit otherwise: less space, and then also statistics' sentences over two panels.
TIGHT, PARTED = "inside tight", "inside tight parted"
ROOMY = "inside roomy"  # for a text that leaves its panels nearly empty: larger than cover and back
USUAL_SIZE = 13.0  # points; a cover that does not hold its text at this size has no picture
SURE = 0.9  # a cover less full than this, as estimated, holds its text
TOO_FULL = 1.1  # times what a page holds at the smallest type, as estimated: above this no size is tried


@dataclass(slots=True)
class Trials:
    """One arrangement of a leaflet's parts, laid out at type sizes. Each size is laid out once."""

    typesetter: Typesetter
    how: Arrangement = USUAL
    tried: dict[float, Trial] = field(default_factory=dict)

    def at(self, size: float) -> Trial:
        if size not in self.tried:
            self.tried[size] = attempt(self.typesetter, size)
        return self.tried[size]


def arrange(document: Document, editions: Sequence[str] = ()) -> tuple[Typesetter, Trial, Arrangement]:
    """The leaflet, laid out at its size, and the places of its parts. Contacts and related places stand on the back. If
    that is too full, the related places go to the text, then as many contacts as there is no room for. A long title has
    the whole cover."""
    how = Arrangement()
    trials = trials_of(document, editions, how)
    first = first_size(inside_of(trials.typesetter), len(FLOW) * HEIGHT)
    if not _covers(trials, first):
        how = replace(how, full_cover=True)
        trials = trials_of(document, editions, how)
    if fullness("back", trials.at(first)) < TOO_FULL:
        trial = fit(trials.at, lambda trial: fits(trial.pages), guess, first)
        if holds_its_text("back", trial.pages):
            return trials.typesetter, finished(trials, trial, document), trials.how
    for less in _less_on_back(document, how, trials.at(SMALLEST)):
        trials = trials_of(document, editions, less)
        if holds_its_text("back", trials.at(SMALLEST).pages):
            break
    trial = trials.at(SMALLEST)
    if fits(trial.pages):
        trial = fit(trials.at, lambda trial: fits(trial.pages), guess)
    return trials.typesetter, finished(trials, trial, document), trials.how


def trials_of(document: Document, editions: Sequence[str], how: Arrangement) -> Trials:
    """The leaflet with its parts in these places, before it is laid out."""
    html = frame("leaflet.html", document, document.words["leaflet"], editions, how)
    more = ("full-cover",) if how.full_cover else ()
    return Trials(Typesetter(html, styles_of(document, "leaflet", *more), image_files(document), SMALLEST), how)


def _covers(trials: Trials, first: float) -> bool:
    """True if the cover holds its text at USUAL_SIZE. The layout at `first`, which is needed anyway, shows it where
    the cover has room to spare."""
    spare = fullness("cover", trials.at(first)) * (USUAL_SIZE / SMALLEST) ** 2 < SURE
    return spare or holds_its_text("cover", trials.at(USUAL_SIZE).pages)


def _less_on_back(document: Document, how: Arrangement, trial: Trial) -> Iterator[Arrangement]:
    """Arrangements with less and less on the back, which overflows in `trial`: without related places, then with
    only the contacts that have room (the main one first), then with one contact fewer each time."""
    tall = {name_of(element): height for element, height in extents(trial.laid_out.pages).items()}
    over = sum(page.used for page in trial.pages if page.name == "back") - HEIGHT
    if document.related is not None:
        how = replace(how, related_on_back=False)
        over -= tall.get(document.related.id, 0)
        if over <= UNSURE:
            yield how
    contacts = _movable(document)
    room = sum(tall.get(contact.id, 0) for contact in contacts) - max(over, 0)
    held: list[str] = []
    for contact in sorted(contacts, key=lambda contact: not contact.main):
        if tall.get(contact.id, 0) <= room:
            held.append(contact.id)
            room -= tall.get(contact.id, 0)
    while held:
        yield replace(how, on_back=frozenset(held))
        held.pop()
    yield replace(how, on_back=frozenset())


def _movable(document: Document) -> list[Contact]:
    """The contacts that may stand on the back, in their order there."""
    parts = gather(document)
    within = (block for section in parts.contact_sections for block in blocks_of_section(section))
    return [*parts.contacts, *(block for block in within if isinstance(block, Contact))]


def fullness(name: str, trial: Trial) -> float:
    """The share of the cover or the back that would be full at the smallest type, if its content shrank with the
    square of the size."""
    return sum(page.fill for page in trial.pages if page.name == name) * (SMALLEST / trial.size) ** 2


def holds_its_text(name: str, pages: Sequence[Measured]) -> bool:
    """True if the cover or back of that name holds its text on one page."""
    own = [page for page in pages if page.name == name]
    return len(own) == 1 and not own[0].too_low


def is_parted(typesetter: Typesetter) -> bool:
    """True if sentences of statistics go over two panels."""
    return bool(inside_of(typesetter).get("class") == PARTED)


def stand_with_text(pages: Sequence[Measured], document: Document) -> str:
    """Words for the summary: which contacts stand with the text instead of on the back. "" where none does."""
    contacts = [contact.name.id for contact in _movable(document)]
    elsewhere = {scrap.id for page in pages if page.name != "back" for scrap in page.scraps} & set(contacts)
    if len(elsewhere) == len(contacts):
        return "the contacts stand" if contacts else ""
    return f"{len(elsewhere)} of {len(contacts)} contacts stand" if elsewhere else ""


def attempt(typesetter: Typesetter, size: float) -> Trial:
    """The leaflet at one size. The sentence that says a statistic stays with its picture: all the lines that it
    takes, and half of the line that it begins in. The title breaks well."""
    for paragraph in typesetter.root.iter("p"):
        if said := paragraph.get("data-said"):
            paragraph.set("style", f"widows: {max(2, math.ceil(int(said) * size / CHARACTERS + 0.5))}")
    set_title(typesetter.root, size)
    return at_size(typesetter, size)


def finished(trials: Trials, trial: Trial, document: Document) -> Trial:
    """`trial` with its panels as good as they can be: the flap begins anew, and no panel is nearly empty. A text
    that does not fit is set more tightly. If its author asks for a leaflet, statistics' sentences may then also go
    over two panels."""
    inside, ways = inside_of(trials.typesetter), [TIGHT]
    if chooses_print(document) and trials.typesetter.root.find(".//p[@data-said]") is not None:
        ways.append(PARTED)
    for way in ways if not fits(trial.pages) else ():
        inside.set("class", way)
        tighter = Trials(trials.typesetter)
        if fits(tighter.at(SMALLEST).pages):
            trials, trial = tighter, fit(tighter.at, lambda trial: fits(trial.pages), guess)
            break
        inside.set("class", "inside")
    if not fits(trial.pages):
        return trial
    return evened(trials.typesetter, spacious(trials.typesetter, unbroken(trials, trial)))


def inside_of(typesetter: Typesetter) -> Any:
    """The element with the text that flows from panel to panel."""
    return next(element for element in typesetter.root.iter("div") if element.get("class", "").startswith("inside"))


def unbroken(trials: Trials, trial: Trial) -> Trial:
    """The layout at the largest size, at most GIVEN smaller, at which the flap begins with a new block. Returns
    `trial` where there is none. Readers meet the flap first as the leaflet opens, before the panel that its text
    would continue."""
    if flap_begins_anew(trial.pages):
        return trial
    least = max(SMALLEST, trial.size - GIVEN)
    size = min(trial.size - STEP, SMALLEST + STEP * round((_needed(trials.typesetter, trial) - SMALLEST) / STEP))
    while size >= least:
        smaller = trials.at(size)
        if fits(smaller.pages) and flap_begins_anew(smaller.pages):
            return smaller
        size -= STEP
    return trial


def _needed(typesetter: Typesetter, trial: Trial) -> float:
    """The size at which the block that continues on the flap would end before it, if text grew with the square of
    the size."""
    flow = [page for page in trial.pages if page.name not in SINGLE]
    before, flap = sum(page.used for page in flow[:-1]), flow[-1]
    block = flap.scraps[0].block
    whole = next(
        (div for div in typesetter.root.iter("div") if div.get("class") == "statistic" and block in div), [block]
    )
    within = {inner for element in whole for inner in element.iter()}
    rest = max(scrap.bottom for scrap in flap.scraps if scrap.block in within) - flap.scraps[0].top
    return trial.size * math.sqrt(before / (before + rest * MM_PER_PX))


def flap_begins_anew(pages: Sequence[Measured]) -> bool:
    """True if the flap is full enough and begins with a block of its own. Also true if the text never reaches the
    flap."""
    names = panels(pages)
    if FLOW[-1] not in names:
        return True
    flap = names.index(FLOW[-1])
    return pages[flap].fill >= FEWEST and not continues(pages[flap - 1], pages[flap])


def spacious(typesetter: Typesetter, trial: Trial) -> Trial:
    """A short text with more space between its lines, then in larger type, and with blocks begun on panels that would
    stay empty."""
    inside = inside_of(typesetter)
    if not scanty(trial.pages):
        return trial
    if trial.size > SMALLEST and _is_short(trial) and inside.find(".//table") is None:
        # It is scanty with more space, too, and a layout would prove no more. (It may change a table for good.)
        inside.set("style", f"line-height: {LEADINGS[0]}")
        trial = _roomy(typesetter, trial.size) or attempt(typesetter, trial.size)
    else:
        trial = _spaced(typesetter, trial)
        if scanty(trial.pages) and trial.size > SMALLEST:  # at the smallest size, a wide word would be parted for good
            trial = _roomy(typesetter, trial.size) or trial
    text = [number for number, page in enumerate(trial.pages) if page.name not in SINGLE]
    flow, measured = [trial.laid_out.pages[n] for n in text], [trial.pages[n] for n in text]
    if scanty(trial.pages) and (begun := spread(inside, flow, measured, len(FLOW), HEIGHT)):
        evenly = attempt(typesetter, trial.size)
        if fits(evenly.pages):
            return evenly
        for element in begun:
            element.attrib.pop("style")
    return trial


def _is_short(trial: Trial) -> bool:
    """True if the flap stays empty and all has room with the most space between the lines."""
    flow = sum(page.fill for page in trial.pages if page.name not in SINGLE)
    return flow * LEADINGS[0] < len(FLOW) - 1


def _spaced(typesetter: Typesetter, trial: Trial) -> Trial:
    """The text with the most space between its lines that it has room for."""
    inside = inside_of(typesetter)
    for leading in LEADINGS:
        inside.set("style", f"line-height: {leading}")
        wider = attempt(typesetter, trial.size)
        if fits(wider.pages):
            return wider
        inside.attrib.pop("style")
    return trial


def _roomy(typesetter: Typesetter, size: float) -> Trial | None:
    """The text in larger type than cover and back. None where it has no room for that."""
    inside = inside_of(typesetter)
    inside.set("class", ROOMY)
    larger = attempt(typesetter, size)
    if fits(larger.pages):
        return larger
    inside.set("class", "inside")
    return None


def evened(typesetter: Typesetter, trial: Trial) -> Trial:
    """A text whose last section on a panel begins on the next one, if that panel would be thin and has room for it."""
    inside = inside_of(typesetter)
    text = [number for number, page in enumerate(trial.pages) if page.name not in SINGLE]
    flow, measured = [trial.laid_out.pages[n] for n in text], [trial.pages[n] for n in text]
    section = fuller(inside, flow, measured, HEIGHT)
    if section is None:
        return trial
    section.set("style", ANEW)
    other = attempt(typesetter, trial.size)
    if fits(other.pages) and _thinnest(other) > _thinnest(trial):
        return other
    section.attrib.pop("style")
    return trial


def _thinnest(trial: Trial) -> float:
    """The fullness of the thinnest panel of the text, except the last (0 to 1)."""
    return min(page.fill for page in [page for page in trial.pages if page.name not in SINGLE][:-1])


def scanty(pages: Sequence[Measured]) -> Mapping[str, float]:
    """The panels of the text that are less full than FEWEST, and how full they are (0 to 1)."""
    filled = {name: page.fill for name, page in zip(panels(pages), pages, strict=True)}
    return {name: filled.get(name, 0) for name in FLOW if filled.get(name, 0) < FEWEST}


def guess(trial: Trial) -> float:
    """The size that would fill the fullest of cover, text and back, if what they hold grew with the square of the
    size."""
    flow = sum(page.fill for page in trial.pages if page.name not in SINGLE) / len(FLOW)
    single = max(sum(page.fill for page in trial.pages if page.name == name) for name in SINGLE)
    return trial.size / math.sqrt(max(flow, single, 0.1))


def panels(pages: Sequence[Measured]) -> tuple[str, ...]:
    """The panel that each page becomes. Pages beyond the last panel get the last panel's name."""
    names, flowing = [], 0
    for page in pages:
        if page.name in SINGLE:
            names.append(page.name)
        else:
            names.append(FLOW[min(flowing, len(FLOW) - 1)])
            flowing += 1
    return tuple(names)


def fits(pages: Sequence[Measured]) -> bool:
    """True if every page has a panel of its own and holds its text."""
    names = panels(pages)
    return len(set(names)) == len(names) and not any(page.too_low or page.too_wide for page in pages)
