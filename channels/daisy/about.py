"""Turns a Document into what each file of a DAISY book says of it, and puts the content of a file into its frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from markupsafe import Markup

from channels.elements.escape import fill, join
from languages.tags import direction_of
from model.document import Document
from model.traverse import prose, text_of

GENERATOR: Final = "One source, every reader"
FORMAT: Final = "Daisy 2.02"
DECLARATION: Final = Markup('<?xml version="1.0" encoding="utf-8"?>\n')
XHTML_DOCTYPE: Final = Markup(
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)
SMIL_DOCTYPE: Final = Markup(
    '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">\n'
)

Facts: TypeAlias = list[tuple[str, str]]
"""The names and values of the `meta` elements of a file. A name may come more than once."""


def facts_of(document: Document) -> Facts:
    """What is said of the book as far as the source says it (2.1.3). Without a date there is none, although one is
    demanded, since every other day would be untrue."""
    day, as_of = document.newest_day, document.dates.as_of
    publisher = text_of(document.publisher.name.inlines)
    known = [
        ("dc:coverage", text_of(as_of.inlines) if as_of is not None else ""),
        ("dc:creator", publisher),
        ("dc:date", day.isoformat() if day else ""),
        ("dc:description", text_of(document.summary.inlines)),
        ("dc:language", document.language),
        ("dc:publisher", publisher),
        ("dc:rights", prose(document.rights)),
        *(("dc:subject", tag) for tag in document.tags),
    ]
    return [*identity_of(document), *((name, value) for name, value in known if value)]


def identity_of(document: Document) -> Facts:
    """What every file of the book says."""
    return [
        ("dc:format", FORMAT),
        ("dc:identifier", f"{document.id}-{document.language}"),
        ("dc:title", text_of(document.title.inlines)),
        ("ncc:generator", GENERATOR),
    ]


def metas(facts: Iterable[tuple[str, str]]) -> Markup:
    """The `meta` elements of a file."""
    return join("\n", (fill('<meta name="{}" content="{}"/>', name, value) for name, value in facts))


def xhtml(document: Document, facts: Facts, body: Markup, *, directed: bool = False) -> str:
    """A document of XHTML 1.0. It says in which direction it is read if it is `directed`: DAISY's own validator allows
    that in the text, not in ncc.html."""
    frame = (
        '{}{}<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}"{direction}>\n'
        '<head>\n<title>{title}</title>\n<meta http-equiv="Content-type" content="text/html; charset=utf-8"/>\n'
        "{metas}\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return fill(
        frame,
        DECLARATION,
        XHTML_DOCTYPE,
        language=document.language,
        direction=fill(' dir="{}"', direction_of(document.language)) if directed else "",
        title=text_of(document.title.inlines),
        metas=metas(facts),
        body=body,
    )


def clock(seconds: float) -> str:
    """Whole seconds in the form of DAISY: 0:04:37. A sum of thousandths is rounded to one of them first."""
    minutes, rest = divmod(round(round(seconds, 3)), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
