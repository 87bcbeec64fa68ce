"""Writes the pages that the tests visit (the seed, everything, a hostile one and a broken one), each into a folder.
The leaflet and the recording are stand-ins with the right media type, because only the page is tested here."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.index import write_index
from channels.base import File, Rendering, Settings
from channels.html.render import HtmlChannel
from importer.command import import_file
from model.blocks import Paragraph, Row, Section, Table
from model.document import Document, Words
from model.inlines import Link, Sentence, Text
from narration.timeline import NAME, PATH, write
from publish.manifest import manifest_of
from reader.read import read
from tests.channels.html.recordings import narrated, recording_of
from tests.conftest import GOLDEN, ROOT

SOURCES = {
    "seed": ROOT / "source" / "drug-related-crime" / "en.yaml",
    "everything": GOLDEN / "everything" / "source.yaml",
    "blocks": GOLDEN / "blocks" / "source.yaml",
}


class Nothing:
    """A store that keeps nothing."""

    def get(self, key: str) -> bytes | None:
        """Finds nothing."""
        return None

    def put(self, key: str, data: bytes) -> None:
        """Forgets the data."""


def channel() -> HtmlChannel:
    """The channel as a run makes it."""
    return HtmlChannel(Settings(), Nothing())


REAL = (
    "travel-advice-full-country",
    "working-group-long",
    "specialist-document-maib-reports",
    "detailed-guide-political-detailed-guide",
)
"""Pages that public bodies have published."""


@cache
def document(name: str) -> Document:
    """One of the sources as a document, or one of the real pages."""
    if name in REAL:
        with tempfile.TemporaryDirectory() as folder:
            page = ROOT / "tests" / "corpus" / "govuk" / f"{name}.html"
            result = read(import_file(page, Path(folder), "en", ROOT / "schema.yaml")[0])
    else:
        result = read(SOURCES[name])
    assert result.document is not None, result.diagnostics
    return result.document


def made_for(page: Document) -> dict[str, Rendering]:
    """Stand-ins for the other channels' renderings: two printed editions, and a recording of every sentence."""
    leaflet = File(
        path="leaflet.pdf",
        data=b"%PDF-1.7" * 9000,
        media_type="application/pdf",
        role="download",
        title="Leaflet",
        pages=2,
    )
    large = File(
        path="large-print.pdf",
        data=b"%PDF" * 400_000,
        media_type="application/pdf",
        role="download",
        title="Large print",
        pages=7,
    )
    return {
        "pdf": Rendering(channel="pdf", files=(leaflet, large)),
        NAME: Rendering(channel=NAME, files=(File(path=PATH, data=write(narrated(page)), media_type=""),)),
        "audio": recording_of(page),
    }


HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="alert(1)" onfocus=alert(1) autofocus x="',
    "</title><script>alert(1)</script>",
    "]]> --> <!-- </style></script></svg></textarea>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "{{ 7 * 7 }} {% raw %}",
    "left \N{RIGHT-TO-LEFT OVERRIDE}then backwards",
    "NUL \x00 bell \x07 escape \x1b C1 \x9f nonsense \uffff lone \ud800",
    "javascript:alert(1)",
)
ENDLESS = "x" * 100_000


def poisoned(page: Document) -> Document:
    """The page with malicious words in place of every author's words, and with links to scripts."""
    words = itertools.cycle(HOSTILE)
    changed = _poison(page, words)
    assert isinstance(changed, Document)
    title = replace(changed.title, inlines=(Text(text="</title><svg onload=x()>"),))
    endless = Paragraph(id="endless", sentences=(Sentence(id="endless-1", inlines=(Text(text=ENDLESS),)),))
    return replace(changed, title=title, introduction=(*changed.introduction, endless))


def _poison(node: Any, words: Iterator[str]) -> Any:
    """A node with its author's words replaced in every field. Ids, languages and addresses of files stay."""
    if isinstance(node, tuple):
        return tuple(_poison(item, words) for item in node)
    if isinstance(node, Link) and node.target is not None:
        return replace(node, target="javascript:alert(1)", children=(Text(text=next(words)),))
    if isinstance(node, Words) or not is_dataclass(node) or isinstance(node, type):
        return node
    changes: dict[str, Any] = {}
    for item in fields(node):
        value = getattr(node, item.name)
        if item.name in (
            "text",
            "expansion",
            "label",
            "compared_label",
            "alternative",
            "period",
            "version",
        ) and isinstance(value, str):
            changes[item.name] = next(words)
        elif item.name not in ("dates", "mark"):
            changes[item.name] = _poison(value, words)
    return replace(node, **changes)


def forty(page: Document) -> Iterator[Section]:
    """Forty sections of one paragraph each."""
    for number in range(1, 41):
        words = Sentence(id=f"part-{number}-1", inlines=(Text(text=f"What stands in part {number}. " * 12),))
        block = Paragraph(id=f"part-{number}-p", sentences=(words,))
        title = Sentence(id=f"part-{number}-title", inlines=(Text(text=f"Part {number} of a long page"),))
        yield Section(id=f"part-{number}", title=title, blocks=(block, *((wide(),) if number == 20 else ())))


LONG_TITLE = (
    "What to do if somebody whom you know may have taken a drug that was not meant for them, "
    "and whom you can ask about it"
)
LONG_SUMMARY = (
    "Where to find help with drugs, for yourself or for somebody whom you know, whom to call at any time of the day or "
    "night, what a worker asks you when you call, what is written down and who may read it, how long the help lasts, "
    "and what you can do on your own until it begins, wherever you live in this country or abroad."
)
LONG_HEADING = "What happens after you have asked for help at office number"


def crowded(*, archived: bool) -> Document:
    """A page with all that may stand above the text, each as long as it may well be: a logo, a path of five places, a
    title of 120 letters, a summary of 300, a notice or a link to leave the page, dates, and eight long headings."""
    base = read(GOLDEN / "brands" / "anywhere" / "getting-help" / "en.yaml").document
    assert base is not None
    seed, everything = document("seed"), document("everything")

    def sentence(id: str, words: str) -> Sentence:
        return Sentence(id=id, inlines=(Text(text=words),))

    places = [sentence(f"place-{n}", f"A place on the way number {n}") for n in range(1, 6)]
    titles = [sentence(f"part-{n}-title", f"{LONG_HEADING} {n}") for n in range(1, 9)]
    page = replace(
        base,
        title=sentence("title", LONG_TITLE),
        summary=sentence("summary", LONG_SUMMARY),
        breadcrumb=tuple(places),
        introduction=seed.introduction,
        sections=tuple(
            Section(id=f"part-{n}", title=title, blocks=base.sections[1].blocks if n == 1 else ())
            for n, title in enumerate(titles, 1)
        ),
    )
    if archived:
        return replace(page, status="archived", notice=seed.notice, dates=seed.dates)
    return replace(page, exit_page=everything.exit_page)


WIDE = tuple(f"Representation year{number}" for number in range(1, 10))
"""The headers of a table that is wider than paper."""


def wide() -> Table:
    """A table of nine columns, each with a long word."""

    def cells(row: str, words: Iterable[str]) -> tuple[Sentence, ...]:
        return tuple(Sentence(id=f"wide-{row}-{n}", inlines=(Text(text=word),)) for n, word in enumerate(words, 1))

    rows = tuple(Row(id=f"wide-row-{n}", cells=cells(f"row-{n}", WIDE)) for n in (1, 2))
    caption = Sentence(id="wide-caption", inlines=(Text(text="A wide table"),))
    return Table(id="wide", caption=caption, headers=cells("header", WIDE), rows=rows, row_headers=True)


def publish(folder: Path, page: Document, made: Mapping[str, Rendering]) -> None:
    """Writes the page and the editions that it quotes."""
    rendering = channel().render(page, made)
    for quoted in (rendering, *made.values()):
        for file in quoted.files:
            target = folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.data)


def publish_list(folder: Path, names: Iterable[str], base: str = "") -> None:
    """Writes a list of publications, with the editions that it lists. With `base` it says where all of them stand."""
    for name in names:
        page = document(name)
        made = made_for(page)
        if base:
            page = replace(page, url=f"{base}{page.id}/{page.language}/")
            made |= {"others": taken_away(page)}
        place = folder / page.id / page.language
        publish(place, page, made)
        (place / "manifest.json").write_bytes(manifest_of(page, "", [channel().render(page, made), *made.values()], {}))
    write_index(folder)


BASE = "https://www.example.gov.uk/guides/"
"""The address at which the list of one publisher stands."""


def taken_away(page: Document) -> Rendering:
    """Stand-ins for all kinds of files that a reader takes away, and for those of a podcast."""
    offered = {
        "book.epub": "application/epub+zip",
        "audio/book.m4b": "audio/mp4",
        "audio/book.opus": "audio/ogg",
        "daisy.zip": "application/zip",
        "braille.brf": "application/x-brf",
        "braille.pef": "application/x-pef+xml",
    }
    quoted = {
        f"audio/{page.id}.vtt": "text/vtt",
        "podcast/chapters.json": "application/json+chapters",
        "podcast/episode.png": "image/png",
        "podcast/podcast.png": "image/png",
    }
    files = [
        *(
            File(path=path, data=path.encode(), media_type=kind, role="download", title=path)
            for path, kind in offered.items()
        ),
        *(File(path=path, data=path.encode(), media_type=kind) for path, kind in quoted.items()),
    ]
    return Rendering(channel="others", files=tuple(files))


LISTENED = ("seed", "everything", "blocks", "long", "broken")
"""The pages that are also there with a listener."""

SIZES = ((1280, 800), (320, 256), (320, 568), (768, 500), (640, 256), (1024, 600), (320, 800), (1280, 256))
"""Windows from the largest that is usual to the smallest that WCAG names (1.4.10), one after the other."""

LISTENER = """globalThis.complaints = [];
const complain = (told) => complaints.push(String(told));
for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
  addEventListener(kind, (event) =>
    complain(event.message || event.reason || event.violatedDirective || event.target.outerHTML || kind), true);
for (const kind of ["error", "warn"]) console[kind] = (...told) => complain(told.join(" "));
addEventListener("DOMContentLoaded", () => parent.postMessage("it stands", "*"));
addEventListener("message", () => document.fonts.ready.then(() => parent.postMessage(complaints, "*")));"""
"""Collects what a page complains of, in browsers whose drivers do not tell. Tells the window when the page stands, and
if it asks, the complaints."""

WINDOW = """<!DOCTYPE html><html lang="en"><title>A window</title>
<iframe title="The page" style="border: 0"></iframe>"""


def listen_in(folder: Path) -> None:
    """Writes a page a second time, with the listener before everything else."""
    html = (folder / "index.html").read_text(encoding="utf-8")
    (folder / "listener.js").write_text(LISTENER)
    listening = html.replace("<head>", '<head><script src="listener.js"></script>')
    assert listening != html
    (folder / "listened.html").write_text(listening)


def publish_all(folder: Path) -> None:
    """Writes every page that the tests visit."""
    for name in SOURCES:
        page = document(name)
        publish(folder / name, page, made_for(page))
        publish(folder / f"{name}-alone", page, {})
    for name in REAL:
        publish(folder / name, document(name), made_for(document(name)))
    long = replace(document("seed"), introduction=(), sections=tuple(forty(document("seed"))), related=None)
    publish(folder / "long", long, {})
    translated = replace(document("everything"), translations=("cy", "ur"))
    publish(folder / "translated", translated, made_for(translated))
    for name, archived in (("crowded", True), ("crowded-current", False)):
        page = crowded(archived=archived)
        publish(folder / name, page, made_for(page))
    hostile = poisoned(document("everything"))
    publish(folder / "hostile", hostile, made_for(hostile))
    publish_list(folder / "list", ("seed", "everything"))
    publish_list(folder / "own", ("everything", "blocks"), BASE)
    broken = folder / "broken"
    publish(broken, document("seed"), made_for(document("seed")))
    page_of = (Path(__file__).parent / "broken.html").read_bytes()
    (broken / "index.html").write_bytes(page_of)
    for name in LISTENED:
        listen_in(folder / name)
    (folder / "window.html").write_text(WINDOW)
