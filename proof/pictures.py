"""Compares the pictures of statistics, read back from a file, with the Document: each stands there once, with its
description, and the words and figures that are drawn in it are those of its statistic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from channels.base import Passage
from model.blocks import Statistic
from model.diagnostics import OURS, Diagnostic
from model.document import Document
from model.figures import amount, values_in
from model.inlines import Year
from model.traverse import blocks_of, sentences_of_block, text_of
from proof.bare_text import bare, in_order

FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
OF_A_MARK: Final = re.compile(r"10*(?:,000)*")
"""The number that a mark stands for, in the key of a drawing: one, ten, a hundred."""


def statistics_of(document: Document) -> list[Statistic]:
    """The statistics of a document, in its order."""
    return [block for block in blocks_of(document) if isinstance(block, Statistic)]


def due_of(statistics: Sequence[Statistic], absent: set[str]) -> list[Statistic]:
    """Those of the `statistics` of which a file has any sentence."""
    return [one for one in statistics if any(sentence.id not in absent for sentence in sentences_of_block(one))]


def faults_of_pictures(
    file: str, due: Sequence[Statistic], passages: Sequence[Passage], moved: set[str]
) -> Iterator[Diagnostic]:
    """The differences between the pictures in `passages` and the statistics that are `due`. A picture names its
    statistic, or is known by its description. Those of statistics with a sentence in `moved` may stand anywhere."""
    left = [(place, passage) for place, passage in enumerate(passages) if passage.drawn is not None]
    at = -1
    for statistic in due:
        own = [found for found in left if _is_of(found[1], statistic)]
        if not own:
            yield _fault("picture-missing", file, statistic, "does not stand there")
            continue
        whole = [found for found in own if _shows(found[1], statistic)]
        place, passage = (whole or own)[0]
        left.remove((place, passage))
        if not whole:
            yield _fault("picture-differs", file, statistic, f"reads “{passage.text}: {passage.drawn}” there")
        if not any(sentence.id in moved for sentence in sentences_of_block(statistic)):
            if place < at:
                yield _fault("picture-moved", file, statistic, "stands before what comes before it in the source")
            at = max(at, place)
    for statistic in due:
        if any(_is_of(passage, statistic) for _, passage in left):
            yield _fault("picture-twice", file, statistic, "stands there twice")


def _is_of(passage: Passage, statistic: Statistic) -> bool:
    if passage.id:
        return passage.id == statistic.id
    return bare(passage.text) == bare(statistic.alternative)


def _shows(passage: Passage, statistic: Statistic) -> bool:
    """True if a picture has its description, each label and value in order, and no other figure."""
    if not in_order(map(bare, _words_of(statistic)), passage.drawn or ""):
        return False
    said = [sentence.inlines for sentence in statistic.sentences]
    figures = set(FIGURE.findall(" ".join([*_words_of(statistic), *map(text_of, said)])))
    figures |= {str(year.value) for inlines in said for year in values_in(inlines) if isinstance(year, Year)}
    others = (figure for figure in FIGURE.findall(passage.drawn or "") if figure not in figures)
    return bare(passage.text) == bare(statistic.alternative) and all(map(OF_A_MARK.fullmatch, others))


def _words_of(statistic: Statistic) -> list[str]:
    """The words drawn for a statistic: its value with label and period, then the value that it is compared with."""
    words = [statistic.value.text, statistic.label, statistic.period]
    compared, value = statistic.compared_with, amount(statistic.value)
    if compared is not None and value is not None and value > Decimal(0) and amount(compared) is not None:
        words += [compared.text, statistic.compared_label]
    return [word for word in words if word]


def _fault(code: str, file: str, statistic: Statistic, how: str) -> Diagnostic:
    message = f"{file}: the picture of {statistic.value.text} {statistic.label} {how}"
    return Diagnostic(severity="error", code=code, message=message, mark=statistic.mark, hint=OURS)
