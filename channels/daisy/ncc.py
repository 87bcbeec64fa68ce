"""Turns stretches into ncc.html, the navigation control centre of a DAISY book: every heading and footnote, with a link
to its place in its SMIL file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from channels.daisy.about import clock, facts_of, xhtml
from channels.daisy.stretches import Stretch
from channels.elements.escape import fill, join
from model.document import Document
from model.traverse import text_of


def ncc(document: Document, cut: Sequence[Stretch], files: Mapping[str, bytes]) -> str:
    """The navigation control centre (2.1). `files` are all others of the book."""
    entries = [entry for stretch in cut for entry in _entries(document, stretch)]
    body = join("\n", entries)
    counted = {
        "ncc:charset": "utf-8",
        "ncc:depth": max(stretch.level for stretch in cut),
        "ncc:files": len(files) + 1,
        "ncc:footnotes": sum(par.begins for stretch in cut for par in stretch.pars),
        "ncc:maxPageNormal": 0,
        "ncc:multimediaType": "audioFullText",
        "ncc:pageFront": 0,
        "ncc:pageNormal": 0,
        "ncc:pageSpecial": 0,
        "ncc:prodNotes": 0,
        "ncc:producer": text_of(document.publisher.name.inlines),
        "ncc:setInfo": "1 of 1",
        "ncc:sidebars": 0,
        "ncc:tocItems": len(entries),
        "ncc:totalTime": clock(sum(stretch.seconds for stretch in cut)),
    }
    facts = [*facts_of(document), *((name, str(value)) for name, value in counted.items())]
    size = sum(map(len, files.values())) + len(xhtml(document, facts, body).encode())
    return xhtml(document, [*facts, ("ncc:kByteSize", str(round(size / 1024)))], body)


def _entries(document: Document, stretch: Stretch) -> Iterator[Markup]:
    """The heading of a stretch (2.1.6), then each footnote in it, with a link to the sentence that marks it
    (2.1.12)."""
    yield fill(
        '<{tag} class="{kind}" id="n{number}"><a href="{name}#p{number}_1">{title}</a></{tag}>',
        tag=f"h{stretch.level}",
        kind="title" if stretch.number == 1 else "section",
        number=stretch.number,
        name=stretch.name,
        title=stretch.title,
    )
    marking = 1
    for place, par in enumerate(stretch.pars, 1):
        if not par.note:
            marking = place
        elif par.begins:
            yield fill(
                '<span class="noteref" id="f{note}"><a href="{name}#p{number}_{marking}">{words}</a></span>',
                note=par.note,
                name=stretch.name,
                number=stretch.number,
                marking=marking,
                words=document.words["footnote"].format(number=par.note),
            )
