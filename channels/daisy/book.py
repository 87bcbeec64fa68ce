"""Turns chapters into the files of a DAISY 2.02 book: ncc.html, a SMIL file for each heading, the text, the tracks.

File names are such that a disc of any age can hold them (ISO 9660: eight characters and three), so the folder can be
copied to a card or burnt as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from channels.daisy.text import DOCTYPE, body_of, named
from channels.elements.chapters import Chapter, Heard, Spoken, headings
from channels.elements.dialect import Context
from channels.elements.escape import fill, join
from model.blocks import Section
from model.document import Document
from model.traverse import prose, text_of

GENERATOR: Final = "One source, every reader"
SKIPPED: Final = Markup(' system-required="footnote-on"')
"""Marks what is not played for a listener who has turned footnotes off (DAISY 2.02, 2.3)."""
SMIL: Final = Markup(
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Everything under one heading, up to the next. It is one SMIL file of the book, with its sound in `track`."""

    number: int
    level: int
    title: str
    track: str
    heard: tuple[Heard, ...]

    @property
    def name(self) -> str:
        return f"s{self.number:04d}.smil"

    @property
    def seconds(self) -> float:
        """The sum of its clips, each rounded to the thousandth as it is written."""
        return round(sum(round(heard.end, 3) - round(heard.begin, 3) for heard in self.heard), 3)


def stretches(chapters: Iterable[Chapter]) -> tuple[Stretch, ...]:
    """The book, cut at its headings, in order."""
    found: list[Stretch] = []
    for number, chapter in enumerate(chapters, 1):
        titles = {s.title.id: (depth, text_of(s.title.inlines)) for depth, s in _headings(chapter)}
        first = chapter.lines[0] if chapter.lines else None
        if first is not None:
            titles[first.id] = (1, first.text.rstrip(".:") if isinstance(first, Spoken) else chapter.title)
        begun: list[tuple[int, str, list[Heard]]] = []
        for heard in chapter.heard:
            if heard.id in titles:
                begun.append((*titles[heard.id], []))
            begun[-1][2].append(heard)
        for level, title, own in begun:
            found.append(
                Stretch(
                    number=len(found) + 1, level=min(level, 6), title=title, track=track_name(number), heard=tuple(own)
                )
            )
    return tuple(found)


def _headings(chapter: Chapter) -> Iterator[tuple[int, Section]]:
    return headings(chapter.section) if chapter.section is not None else iter(())


def track_name(number: int) -> str:
    """The name of a track in the book."""
    return f"a{number:04d}.mp3"


def files_of(
    document: Document,
    chapters: tuple[Chapter, ...],
    context: Context,
    sound: Mapping[str, bytes],
    images: Mapping[str, bytes],
) -> tuple[tuple[str, bytes], ...]:
    """The files of the book. `sound` are its tracks and `images` its pictures, by their names in it."""
    cut = stretches(chapters)
    title = text_of(document.title.inlines)
    titles = {stretch.heard[0].id for stretch in cut}
    content = body_of(chapters, titles, context)
    text = _document(document, title, Markup(""), Markup(content))  # noqa: S704 (a tree, written by its own parser)
    files = {"text.html": text.encode(), "master.smil": _master(document, cut).encode()}
    elapsed = 0.0
    for stretch in cut:
        files[stretch.name] = _smil(document, stretch, elapsed).encode()
        elapsed = round(elapsed + stretch.seconds, 3)
    files |= dict(sound) | dict(images)
    ncc = _ncc(document, cut, elapsed, files)
    return (("ncc.html", ncc.encode()), *files.items())


# ---------------------------------------------------------------------------------------------------- navigation


def _ncc(document: Document, cut: tuple[Stretch, ...], elapsed: float, files: Mapping[str, bytes]) -> str:
    """The navigation control centre: every heading, with a link to its place in its SMIL file."""
    entries = (
        fill(
            '<{tag} class="{kind}" id="n{number}"><a href="{name}#p{number}_1">{title}</a></{tag}>',
            tag=f"h{stretch.level}",
            kind="title" if stretch.number == 1 else "section",
            number=stretch.number,
            name=stretch.name,
            title=stretch.title,
        )
        for stretch in cut
    )
    body = join("\n", entries)
    size = sum(map(len, files.values())) + len(body.encode()) + 3000
    about = {
        **_about(document),
        "ncc:charset": "utf-8",
        "ncc:depth": str(max(stretch.level for stretch in cut)),
        "ncc:files": str(len(files) + 1),
        "ncc:footnotes": str(len(document.footnotes)),
        "ncc:kByteSize": str(round(size / 1024)),
        "ncc:maxPageNormal": "0",
        "ncc:multimediaType": "audioFullText",
        "ncc:pageFront": "0",
        "ncc:pageNormal": "0",
        "ncc:pageSpecial": "0",
        "ncc:prodNotes": "0",
        "ncc:producer": text_of(document.publisher.name.inlines),
        "ncc:setInfo": "1 of 1",
        "ncc:sidebars": "0",
        "ncc:tocItems": str(len(cut)),
        "ncc:totalTime": clock(elapsed),
    }
    return _document(document, text_of(document.title.inlines), _metas(about), body)


def _document(document: Document, title: str, metas: Markup, body: Markup) -> str:
    """A document of XHTML 1.0."""
    frame = (
        '{}<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">\n<head>\n'
        '<title>{title}</title>\n<meta http-equiv="Content-type" content="text/html; charset=utf-8"/>\n{metas}\n'
        "</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return fill(frame, DOCTYPE, language=document.language, title=title, metas=metas, body=body)


def _about(document: Document) -> dict[str, str]:
    """What is said of the book as far as the source says it. Without a date there is none (2.1.3 demands one), since
    any other day would be untrue."""
    day, as_of = document.newest_day, document.dates.as_of
    publisher = text_of(document.publisher.name.inlines)
    known = {
        "dc:coverage": text_of(as_of.inlines) if as_of is not None else "",
        "dc:creator": publisher,
        "dc:date": day.isoformat() if day else "",
        "dc:description": text_of(document.summary.inlines),
        "dc:format": "Daisy 2.02",
        "dc:identifier": _identifier(document),
        "dc:language": document.language,
        "dc:publisher": publisher,
        "dc:rights": prose(document.rights),
        "dc:title": text_of(document.title.inlines),
        "ncc:generator": GENERATOR,
    }
    return {name: value for name, value in known.items() if value}


def _identifier(document: Document) -> str:
    return f"{document.id}-{document.language}"


def _metas(about: Mapping[str, str]) -> Markup:
    return join("\n", (fill('<meta name="{}" content="{}"/>', name, value) for name, value in about.items()))


def clock(seconds: float) -> str:
    """Whole seconds in the form of DAISY: 0:04:37."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


# ---------------------------------------------------------------------------------------------------- sound


def _smil(document: Document, stretch: Stretch, elapsed: float) -> str:
    """The SMIL file of one stretch: each sentence of the text with its clip."""
    notes = {sentence.id for note in document.footnotes for sentence in note.sentences}
    pars = (
        fill(
            '<par endsync="last"{skipped} id="p{n}_{i}">\n<text src="text.html#{own}" id="t{n}_{i}"/>\n'
            '<seq>\n<audio src="{track}" clip-begin="npt={begin}s" clip-end="npt={end}s" id="c{n}_{i}"/>\n'
            "</seq>\n</par>",
            skipped=SKIPPED if heard.id in notes else "",
            n=stretch.number,
            i=i,
            own=named(heard.id),
            track=stretch.track,
            begin=f"{heard.begin:.3f}",
            end=f"{heard.end:.3f}",
        )
        for i, heard in enumerate(stretch.heard, 1)
    )
    about = {
        "ncc:timeInThisSmil": clock(stretch.seconds),
        "ncc:totalElapsedTime": clock(elapsed),
        "title": stretch.title,
    }
    body = fill('<seq dur="{}s">\n{}\n</seq>', f"{stretch.seconds:.3f}", join("\n", pars))
    return _smil_document(document, about, body)


def _master(document: Document, cut: tuple[Stretch, ...]) -> str:
    """The list of all SMIL files, for players that read it."""
    total = sum(stretch.seconds for stretch in cut)
    refs = (fill('<ref src="{}" title="{}" id="m{}"/>', s.name, s.title, s.number) for s in cut)
    return _smil_document(document, {"ncc:timeInThisSmil": clock(total)}, join("\n", refs))


def _smil_document(document: Document, about: Mapping[str, str], body: Markup) -> str:
    own = _about(document)
    common = {name: own[name] for name in ("dc:format", "dc:identifier", "dc:title", "ncc:generator")}
    return fill(
        '{}<smil>\n<head>\n{}\n<layout>\n<region id="txtView"/>\n</layout>\n</head>\n<body>\n{}\n</body>\n</smil>\n',
        SMIL,
        _metas({**common, **about}),
        body,
    )
