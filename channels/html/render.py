"""Turns a Document and the renderings of other channels into one folder: page, style, script, fonts, images."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from lxml import etree

from channels.base import Channel, Departure, File, Passage, Rendering, Settings, Store, version_of
from channels.design.brand import colour_notes, screen_css, theme_css
from channels.design.frames import environment_of
from channels.design.theme_files import theme_file, theme_files
from channels.design.typeface import faces_for_page, family_of, rules, typeface_files
from channels.elements.dialect import Context
from channels.elements.escape import permitted
from channels.elements.inlines import may_link
from channels.elements.read_back import passages
from channels.html import check
from channels.html.assets import Assets, asset
from channels.html.editions import Recording, recording, spoken
from channels.html.images import image_files, read_images, taken_off
from channels.html.view import view
from model.blocks import Table
from model.diagnostics import OURS, Diagnostic
from model.document import Document
from model.editions import is_wanted
from model.inlines import Link
from model.traverse import blocks_of, sentences_of, walk
from narration.timeline import timeline_of

HERE = Path(__file__).parent
TOKENS = HERE.parent / "design" / "tokens.css"
STAND_IN = HERE.parent / "design" / "stand-in.css"
STYLES = ("fonts", "base", "frame", "blocks", "listen", "print")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"^\s+", re.MULTILINE)
SPACE = re.compile(r"\s+")
LOOSE = re.compile(r" ?([{};]) | (?=[{}])|(?<=[:,]) ")
IDLE = re.compile(r";(?=\})|(?<=[ :,(-])0(?=\.\d)")
FRAMES = environment_of(HERE / "templates")


class HtmlChannel(Channel):
    """One semantic page with everything that it needs beside it. It is complete without JavaScript."""

    name = "html"
    edition = "page"
    draws = True

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.beside: frozenset[str] = frozenset()  # paths beside the page that is checked next

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The shared styles, the document's images, the publisher's typeface and its style sheet."""
        return (TOKENS, STAND_IN, *image_files(document).values(), *typeface_files(document), *theme_files(document))

    def fingerprint(self) -> str:
        """The versions of the libraries that make the markup."""
        return tools()

    def get_ready(self) -> None:
        """Reads the frame and the files that are the same beside every page: 40 ms, which `render` then does not
        take."""
        FRAMES.get_template("page.html")
        kept()

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """The page, and every file that it shows or plays and that no other channel made."""
        if not is_wanted(document, "page"):
            return Rendering(channel=self.name, files=(), notes=("none: the author asks for no page",))
        pictures = read_images(document)
        shown = {name: picture.shown for name, picture in pictures.items()}
        notes = {note.id: note for note in document.footnotes}
        context = Context(words=document.words, language=document.language, images=shown, notes=notes)
        heard = recording(document, made)
        if heard is not None and document.restricted:  # the recording may have what the page lacks
            shown_here = set(_places(document))
            heard = replace(heard, timings=tuple(timing for timing in heard.timings if timing[0] in shown_here))
        self.beside = frozenset(file.path for rendering in made.values() for file in rendering.files)
        own = _own_type(document)
        brand = screen_css(document) + _type_rules(document, own)
        style, icon, code = stylesheet(brand + theme_css(document, "page")), kept()[0], script(heard is not None)
        track = asset("read-along.vtt", cues(heard).encode(), "text/vtt") if heard is not None else None
        assets = Assets(icon=icon.path, style=style.path, script=code.path, cues=track.path if track else "")
        text = FRAMES.get_template("page.html").render(view(document, context, made, heard, assets))
        html = permitted(text).encode()
        page = File(path="index.html", data=html, media_type="text/html", role="page", title=document.words["web_page"])
        files = [page, style, code, *([track] if track else []), *kept(), *own.values()]
        files += [each.file for each in pictures.values()]
        diagnostics = (
            *unlinked(document),
            *unheard(document, made, heard),
            *taken_off(document, pictures),
            *_theme_faults(document),
        )
        told_of = colour_notes(document)
        return Rendering(channel=self.name, files=tuple(files), diagnostics=diagnostics, notes=told_of)

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """The faults of the publisher's own style sheet, and what is removed from images."""
        if not is_wanted(document, "page"):
            return ()
        return (*taken_off(document, read_images(document)), *_theme_faults(document))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The faults that the files themselves show."""
        return check.check(rendering, self.beside) if rendering.files else ()

    def read_back(self, rendering: Rendering) -> Iterator[Passage]:
        """The page, sentence by sentence."""
        for file in rendering.files:
            if file.role == "page":
                parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
                yield from passages(file.path, etree.fromstring(file.data, parser))

    def departures(self, document: Document) -> tuple[Departure, ...]:
        """The other formats, which stand beside the player."""
        ids = tuple(sentence.id for sentence in document.other_formats)
        return (Departure(file="index.html", ids=ids, stands=True, why="the other formats stand beside the player"),)


def _places(document: Document) -> Iterator[str]:
    """The ids of everything that has a place on the page: its sentences, and the rows of its tables."""
    yield from (sentence.id for sentence in sentences_of(document))
    tables = (block for block in blocks_of(document) if isinstance(block, Table))
    yield from (row.id for table in tables for row in (*table.rows, *table.footer))


def unlinked(document: Document) -> Iterator[Diagnostic]:
    """Warnings for links that the page shows as words, since a page may not link to their targets. The reader
    accepts no such link; this guards against a document that was made in another way."""
    for sentence in sentences_of(document):
        for node in walk(sentence.inlines):
            if isinstance(node, Link) and node.target is not None and not may_link(node.target):
                message = f"the page does not link to {node.target!r}"
                hint = "link to https://, mailto:, tel:, sms: or a section of this page"
                yield Diagnostic(severity="warning", code="unlinked", message=message, mark=sentence.mark, hint=hint)


def unheard(document: Document, made: Mapping[str, Rendering], heard: Recording | None) -> Iterator[Diagnostic]:
    """A warning that the page has no player, since there is a recording in parts but none of the whole."""
    timeline = timeline_of(made)
    if timeline is not None and spoken(made, timeline) is not None and heard is None:
        message = "the page has no player: there is no recording of the whole of it"
        hint = "Its parts are published all the same. " + OURS
        yield Diagnostic(severity="warning", code="unheard", message=message, mark=document.mark, hint=hint)


def _theme_faults(document: Document) -> tuple[Diagnostic, ...]:
    """The faults of the publisher's own style sheet for the page."""
    if theme_file(document, "page") is None:
        return ()
    from channels.design.theme import theme_faults  # noqa: PLC0415 (a parser of CSS: 10 ms, for a theme alone)

    return theme_faults(document, "page", stylesheet(screen_css(document)).data.decode())


def _own_type(document: Document) -> dict[int, File]:
    """The publisher's typeface for the page, as a file for each weight."""
    faces = faces_for_page(document)
    return {face.weight: asset(f"fonts/own-{face.weight}.woff2", face.data, "font/woff2") for face in faces}


def _type_rules(document: Document, own: Mapping[int, File]) -> str:
    """CSS for the publisher's typeface. The house's typeface follows, for letters that it lacks."""
    if not own:
        return ""
    family = family_of(document)
    faces = rules(family, {weight: file.path for weight, file in own.items()}, "woff2")
    return (
        f' {faces}:root {{ --font: "{family}", "Atkinson Hyperlegible Next", stand-in, stand-in-mobile, sans-serif;'
        " --display: var(--font); }"
    )


@cache
def tools() -> str:
    """The versions of the libraries that make the markup and the pictures. Looked up once, since each takes 0.3 ms."""
    return " ".join(
        ["html", *(f"{tool}={version_of(tool)}" for tool in ("Jinja2", "MarkupSafe", "Pillow", "tinycss2"))]
    )


@cache
def stylesheet(brand: str = "") -> File:
    """The tokens, the page's own styles and a publisher's `brand` as one file, without comments and layout. Made
    once, since it takes 2 ms, as long as the rest of a page."""
    own = "".join((HERE / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    for name, font in fonts().items():
        own = own.replace(f"fonts/{name}", font.path)
    shared = TOKENS.read_text(encoding="utf-8") + STAND_IN.read_text(encoding="utf-8")
    layers = f"@layer tokens, {', '.join(STYLES)};\n@layer tokens {{\n{shared}}}\n"
    small = IDLE.sub("", LOOSE.sub(r"\1", SPACE.sub(" ", COMMENT.sub("", layers + own + brand))))
    return asset("page.css", small.encode(), "text/css")


@cache
def script(reading: bool) -> File:
    """The page's script without comments and indentation. With `reading` it includes the player that reads along."""
    names = ("page", "listen") if reading else ("page",)
    own = "".join((HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in names)
    return asset("page.js", INDENT.sub("", COMMENT.sub("", own)).encode(), "text/javascript")


def cues(heard: Recording) -> str:
    """The clips as a metadata track. Each cue is a selector of its sentence (W3C SyncMediaLite, “The WebVTT file”)."""
    lines = ["WEBVTT", ""]
    for id, begin, end in heard.timings:
        payload = json.dumps({"selector": {"type": "FragmentSelector", "value": id}}, separators=(",", ":"))
        lines += [f"{_clock(begin)} --> {_clock(end)}", payload, ""]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    """Seconds in WebVTT's form: 00:01:02.345."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


@cache
def kept() -> tuple[File, ...]:
    """The files that are the same beside every page: the icon, and the typeface with its licence. Read once."""
    icon = asset("icon.svg", (HERE / "styles" / "icon.svg").read_bytes(), "image/svg+xml")
    licence = File(path="fonts/OFL.txt", data=(HERE / "fonts" / "OFL.txt").read_bytes(), media_type="text/plain")
    return (icon, licence, *fonts().values())


@cache
def fonts() -> dict[str, File]:
    """The files of the typeface, by the names that the styles use."""
    found = sorted((HERE / "fonts").glob("*.woff2"))
    return {path.name: asset(f"fonts/{path.name}", path.read_bytes(), "font/woff2") for path in found}
