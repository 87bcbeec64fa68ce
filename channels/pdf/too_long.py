"""Turns a leaflet that does not fit into the text that would have to go, by blocks that the author can find."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from channels.pdf import layout_diagnostics
from channels.pdf.arrange import FLOW, SINGLE, attempt
from channels.pdf.copyfit import SMALLEST
from channels.pdf.engine import Typesetter, name_of
from channels.pdf.measure import Measured, Trial, extents
from model.blocks import Block, Contact, Section
from model.diagnostics import Diagnostic
from model.document import Document
from model.traverse import sentences_of, sentences_of_block, text_of

LINE = 6  # mm; a line of the smallest type, with its share of the space between paragraphs
FEW = 5  # words
MOST_TRIES = 4  # layouts without some blocks


def too_long(name: str, pages: Sequence[Measured], document: Document, without: str = "") -> Diagnostic:
    """The fault of a panel whose text fills more than the first of `pages`: how much is too long, and what to cut.
    `without` names blocks that would be enough. Running text may be cut before or after the place where the room
    ends. Cover and back hold texts of their own; their last lines may be fixed words, which have no place in the
    source."""
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
        cut = f"the room ends here: cut about {sum(page.words for page in over)} words, before or after{without}"
    return Diagnostic(
        severity="error",
        code="leaflet-too-long",
        message=f"the text runs {far:.0f} mm past the {name} panel, at {SMALLEST:g} pt, the smallest type allowed",
        mark=at[(beyond or own[-1:])[0]] if own else document.mark,
        hint=f"{cut}, or publish a booklet: `editions: [booklet, large-print]`",
    )


def what_to_leave_out(document: Document, typesetter: Typesetter, trial: Trial) -> str:
    """The fewest words of whole blocks without which the text would fit, in words: one block, or all from one block
    on. Each choice is laid out to see whether it fits. "" where none does."""
    tall = {name_of(element): height for element, height in extents(trial.laid_out.pages).items()}
    blocks = [block for block in _blocks(document) if block.id in tall]
    for left in _candidates(blocks, tall, _over(trial.pages)):
        hidden = list(_hidden(typesetter.root, document, {block.id for block in left}))
        for element in hidden:
            element.set("style", "display: none")
        fits = not _over(attempt(typesetter, SMALLEST).pages)
        for element in hidden:
            element.attrib.pop("style")
        if fits:
            return f"; it fits without {_named(left)}"
    return ""


def _over(pages: Sequence[Measured]) -> float:
    """The height of the text that has no panel, in millimetres."""
    return sum(page.used for page in [page for page in pages if page.name not in SINGLE][len(FLOW) :])


def _candidates(blocks: Sequence[Block], tall: Mapping[str, float], over: float) -> list[Sequence[Block]]:
    """Choices of blocks as tall as what is too long, those with the fewest words first."""
    single = sorted(([block] for block in blocks if tall[block.id] >= over), key=_words)[:2]
    tails = [blocks[start:] for start in range(len(blocks))]
    enough = [tail for tail in tails if sum(tall[block.id] for block in tail) >= over][-3:]
    return sorted((*single, *enough), key=_words)[:MOST_TRIES]


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(text_of(node.inlines).split()) for block in blocks for node in sentences_of_block(block))


def _hidden(root: Any, document: Document, ids: set[str]) -> Iterator[Any]:
    """The elements of blocks, and of sections that hold nothing else."""
    sections = (inner for section in document.sections for inner in _sections(section))
    whole = {
        section.id
        for section in sections
        if {block.id for inner in _sections(section) for block in inner.blocks} <= ids
    }
    yield from (element for element in root.iter() if name_of(element) in ids | whole)


def _sections(section: Section) -> Iterator[Section]:
    yield section
    for inner in section.sections:
        yield from _sections(inner)


def _blocks(document: Document) -> Iterator[Block]:
    """The blocks that an author may leave out, in order."""
    yield from document.introduction
    for section in document.sections:
        for inner in _sections(section):
            yield from (block for block in inner.blocks if not isinstance(block, Contact))


def _named(blocks: Sequence[Block]) -> str:
    """Blocks by their first words, line and length."""
    first = next(sentences_of_block(blocks[0]))
    place = f"“{_few(text_of(first.inlines))}” (line {blocks[0].mark.line}"
    if len(blocks) == 1:
        return f"{place}, {_words(blocks)} words)"
    return f"all from {place}) on, {_words(blocks)} words"


def _few(text: str, *, last: bool = False) -> str:
    """The first or last words of a text, enough to find it."""
    words = text.split()
    if len(words) <= FEW:
        return text
    return " ".join(["…", *words[-FEW:]] if last else [*words[:FEW], "…"])
