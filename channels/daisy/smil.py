"""Turns stretches into the SMIL 1.0 of a DAISY book: each element of the text with its clip, and the list of all
files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from markupsafe import Markup

from channels.daisy.about import DECLARATION, SMIL_DOCTYPE, Facts, clock, identity_of, metas
from channels.daisy.stretches import Par, Stretch
from channels.daisy.text import named
from channels.elements.escape import fill, join
from model.document import Document

SKIPPED: Final = Markup(' system-required="footnote-on"')
"""Marks what is not played for a listener who has turned footnotes off (2.1.12.3)."""


def smil(document: Document, stretch: Stretch, elapsed: float) -> str:
    """The SMIL file of one stretch (2.3), which begins `elapsed` seconds after the book."""
    facts = [
        *identity_of(document),
        ("ncc:timeInThisSmil", clock(stretch.seconds)),
        ("ncc:totalElapsedTime", clock(elapsed)),
        ("title", stretch.title),
    ]
    body = fill('<seq dur="{}s">\n{}\n</seq>', f"{stretch.seconds:.3f}", join("\n", _units(stretch)))
    return _framed(facts, body)


def master(document: Document, cut: Iterable[Stretch]) -> str:
    """The list of all SMIL files (2.4), for players that read it."""
    cut = tuple(cut)
    refs = (fill('<ref src="{}" title="{}" id="m{}"/>', s.name, s.title, s.number) for s in cut)
    time = clock(sum(stretch.seconds for stretch in cut))
    return _framed([*identity_of(document), ("ncc:timeInThisSmil", time)], join("\n", refs))


def _units(stretch: Stretch) -> Iterator[Markup]:
    """The pars in order. One that marks a footnote stands with the first of that footnote in a sequence of their own
    (2.1.12.4)."""
    made = [_par(stretch, par, place) for place, par in enumerate(stretch.pars, 1)]
    place = 0
    while place < len(made):
        pair = stretch.pars[place : place + 2]
        if len(pair) == 2 and not pair[0].note and pair[1].note:
            yield fill("<seq>\n{}\n{}\n</seq>", made[place], made[place + 1])
            place += 2
        else:
            yield made[place]
            place += 1


def _par(stretch: Stretch, par: Par, place: int) -> Markup:
    """An element of the text with its clip (2.3.3.3)."""
    return fill(
        '<par endsync="last"{skipped} id="p{own}">\n<text src="text.html#{element}" id="t{own}"/>\n'
        '<seq>\n<audio src="{track}" clip-begin="npt={begin}s" clip-end="npt={end}s" id="c{own}"/>\n</seq>\n</par>',
        skipped=SKIPPED if par.note else "",
        own=f"{stretch.number}_{place}",
        element=named(par.id),
        track=stretch.track,
        begin=f"{par.begin:.3f}",
        end=f"{par.end:.3f}",
    )


def _framed(facts: Facts, body: Markup) -> str:
    return fill(
        '{}{}<smil>\n<head>\n{}\n<layout>\n<region id="txtView"/>\n</layout>\n</head>\n<body>\n{}\n</body>\n</smil>\n',
        DECLARATION,
        SMIL_DOCTYPE,
        metas(facts),
        body,
    )
