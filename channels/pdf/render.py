"""Turns a Document into the editions on paper that it asks for, as tagged PDF (PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from channels.base import KEPT_FOR_OTHERS, Channel, Departure, Draft, Passage, Rendering, Settings, Store, version_of
from channels.design.brand import paper_css, print_theme_faults
from channels.design.theme_files import theme_files
from channels.design.typeface import typeface_files
from channels.pdf.edition import Made
from channels.pdf.glyphs import unprintable
from channels.pdf.images import image_files
from channels.pdf.look import naming_the_look
from channels.pdf.poster import to_call
from model.blocks import Contact
from model.diagnostics import OURS, Diagnostic, has_errors
from model.document import Document
from model.editions import PRINTED, printed_editions
from model.errors import RenderError
from model.inlines import NOWHERE
from model.parting import for_edition, missing
from model.traverse import blocks_of_section, sentences_of, sentences_of_block

DESIGN = Path(__file__).parent.parent / "design"
TOOLS = (
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "Pillow", "fonttools"),
    *("pikepdf", "Jinja2", "MarkupSafe", "segno"),
)
# Two messages are the same up to here.
SAME = {
    "too-wide": re.compile("” is wider"),
    "word-parted": re.compile("” is wider"),
    "coarse-picture": re.compile(r" has \d+ dots"),
}
LEAFLETS = ("leaflet.pdf", "leaflet-office.pdf", "leaflet-print.pdf")
POSTERS = ("poster.pdf", "poster-a3.pdf", "poster-a3-print.pdf")
LIBRARIES = (
    ("libpango-1.0.so.0", "pango_version_string"),
    ("libharfbuzz.so.0", "hb_version_string"),
)


class PdfChannel(Channel):
    """All printed editions, with one PDF for each use."""

    name = "pdf"
    draws = True

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.words: dict[
            bytes, tuple[tuple[str, str | None], ...]
        ] = {}  # of the files that were checked, until they are read back

    def programs(self) -> tuple[str, ...]:
        """The system libraries that set the lines."""
        return tuple(name for name, _ in LIBRARIES)

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The design's tokens, inks, fonts and colour profiles, the document's images, and the publisher's typeface
        and style sheets."""
        folders = ("fonts", "fonts/scripts", "colour")
        shared = (file for name in folders for file in sorted((DESIGN / name).iterdir()) if file.is_file())
        return (
            DESIGN / "tokens.css",
            DESIGN / "inks.css",
            *shared,
            *image_files(document).values(),
            *typeface_files(document),
            *theme_files(document),
        )

    def fingerprint(self) -> str:
        """The versions of everything that lays out and writes: the packages, and the system libraries that set the
        lines."""
        tools = [f"{tool}={version_of(tool)}" for tool in TOOLS]
        return " ".join(["pdf", *tools, *(_library(name, function) for name, function in LIBRARIES)])

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """Characters that no typeface has, and text that does not fit. The editions are laid out and not drawn. The
        imports are late since WeasyPrint takes 0.3 s."""
        from channels.pdf.choose import plans  # noqa: PLC0415, brings WeasyPrint, 0.3 s: see render
        from channels.pdf.drawings import faults, without_damaged  # noqa: PLC0415, as above

        printed = (*printed_editions(document), "factsheet") if document.restricted else ("factsheet",)
        found = [fault for name in printed for fault in unprintable(for_edition(document, name))]
        found += [*theme_faults(document), *faults(document)]
        if any(map(_stops, found)):
            return tuple(_once(found))
        whole = without_damaged(document, found)
        try:
            laid_out = [fault for plan in plans(whole) for fault in plan.diagnostics]
            found += laid_out if whole is document else _errors(laid_out)
        except RenderError as error:  # an engine's error hides no fault of another place
            message = str(error)
            found.append(
                Diagnostic(
                    severity="error", code="not-laid-out", message=message, mark=document.mark, hint=error.hint or OURS
                )
            )
        return tuple(_once(naming_the_look(found, document)))

    def get_ready(self) -> None:
        """Imports WeasyPrint and pikepdf: 0.4 s, which `render` then does not take."""
        import channels.pdf.check  # noqa: PLC0415, 40 ms: see render
        import channels.pdf.choose  # noqa: PLC0415, 0.35 s: see render
        import channels.pdf.drawings  # noqa: F401, PLC0415, as above

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:  # noqa: ARG002, needs none
        """The files of every printed edition."""
        # WeasyPrint takes 0.3 s to import, and Jinja2, segno and pikepdf take 0.07 s. A run that finds everything in
        # its store asks only for inputs and fingerprint, and does not import them.
        from channels.pdf.choose import plans  # noqa: PLC0415
        from channels.pdf.drawings import faults, without_damaged  # noqa: PLC0415

        found = [*faults(document), *theme_faults(document)]
        if any(map(_stops, found)):
            return Rendering(channel=self.name, files=(), diagnostics=tuple(_once(found)))
        whole = without_damaged(document, found)
        editions = [Made(diagnostics=plan.diagnostics) if has_errors(found) else plan.made() for plan in plans(whole)]
        laid_out = [fault for edition in editions for fault in edition.diagnostics]
        found += laid_out if whole is document else _errors(laid_out)
        return Rendering(
            channel=self.name,
            files=tuple(file for edition in editions for file in edition.files),
            diagnostics=tuple(_once(naming_the_look(found, document))),
            notes=tuple(note for edition in editions for note in edition.notes),
            recipes=tuple(recipe for edition in editions for recipe in edition.recipes),
        )

    def draft(self, document: Document, path: str, recipe: str) -> Draft | None:
        """The first file of an edition, laid out once and without tags: no search, no archive, no print shop."""
        from channels.pdf.draft import draft  # noqa: PLC0415, brings WeasyPrint, 0.3 s: see render

        return draft(document, path, recipe)

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The faults of the PDFs themselves. Each is a fault of this channel, and stops the edition."""
        from channels.pdf.check import look  # noqa: PLC0415, brings pikepdf, 40 ms: see render

        looked = {file.path: look(file.data, file.path) for file in rendering.files}
        self.words = {file.data: looked[file.path].words for file in rendering.files}
        return tuple(
            Diagnostic(severity="error", code="pdf-fault", message=f"{path}: {fault}", mark=NOWHERE, hint=OURS)
            for path, found in looked.items()
            for fault in found.faults
        )

    def read_back(self, rendering: Rendering) -> Iterator[Passage]:
        """Every PDF in the order of its tags. What `check` has just read is not read again."""
        from channels.pdf.read_back import passages  # noqa: PLC0415, brings pikepdf, 40 ms: see render

        for file in rendering.files:
            if (words := self.words.pop(file.data, None)) is not None:
                yield from (Passage(file=file.path, id="", text=said, drawn=drawn) for said, drawn in words)
            else:
                yield from passages(file.path, file.data)

    def departures(self, document: Document) -> tuple[Departure, ...]:
        """A leaflet has title and summary on the front, and gathers on its back what readers look for there. A
        poster leaves out most of the text."""
        ids = tuple(gathered(document))
        why = "the front has the title, and the back has whom to turn to and what the text ends with"
        leaflets = [Departure(file=file, ids=ids, stands=True, why=why) for file in LEAFLETS]
        left_out = tuple(not_on_poster(document))
        why = "a poster has the title, the headings and a number, and says where the rest is"
        kept = tuple(_kept_for_others(document)) if document.restricted else ()
        posters = [Departure(file=file, ids=left_out, stands=False, why=why) for file in POSTERS]
        why = "a poster has whom to call at its foot"
        posters += [Departure(file=file, ids=tuple(_called(document)), stands=True, why=why) for file in POSTERS]
        return (*leaflets, *kept, *posters)


def _called(document: Document) -> Iterator[str]:
    """The ids of the sentences in which a poster says whom to call."""
    call = to_call(document)
    yield from (said.id for said in (call.sentences() if call else ()))


def _kept_for_others(document: Document) -> Iterator[Departure]:
    """The parts that each printed edition lacks because the author keeps them for others."""
    for name in PRINTED:
        if ids := missing(document, name):
            named = tuple(f"{name}{kind}.pdf" for kind in ("", "-print", "-office"))
            files = (*named, *POSTERS[1:]) if name == "poster" else named
            yield from (Departure(file=file, ids=ids, stands=False, why=KEPT_FOR_OTHERS) for file in files)


def _stops(fault: Diagnostic) -> bool:
    """True for an error after which nothing can be laid out: one in a style sheet."""
    return fault.severity == "error" and fault.code.startswith("theme-")


def _errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The errors among the faults of a document that was laid out without its damaged images. Warnings, such as of
    much room, may only follow from their lack."""
    return [fault for fault in found if fault.severity == "error"]


def _once(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Each fault once. A word that is too wide for one edition is mostly too wide for another, and a picture too
    coarse for one is too coarse for another. That is one fault."""
    told = set()
    for fault in dict.fromkeys(found):
        cause = (fault.code, fault.mark, SAME[fault.code].split(fault.message)[0]) if fault.code in SAME else fault
        if cause not in told:
            yield fault
        told.add(cause)


def theme_faults(document: Document) -> tuple[Diagnostic, ...]:
    """The faults of the publisher's style sheet: first those that can be proved, then what cannot be read. The
    import is late since it takes 0.3 s."""
    found = print_theme_faults(document)
    styles = document.publisher.styles
    if styles is None or styles.print is None or has_errors(found):
        return found
    from channels.pdf.engine import read_style  # noqa: PLC0415, brings WeasyPrint, 0.3 s: see render

    try:
        read_style(paper_css(document))
    except RenderError as error:
        hint = "Print knows fewer properties than a page. Give it a style sheet of its own (`print:`) without that one."
        message = f"{Path(styles.print).name}: {error}"
        return (*found, Diagnostic(severity="error", code="theme-broken", message=message, mark=styles.mark, hint=hint))
    return found


def not_on_poster(document: Document) -> Iterator[str]:
    """The ids of the sentences that a poster leaves out."""
    from channels.pdf.markup import gather  # noqa: PLC0415, brings Jinja2, 40 ms: see render

    call = to_call(document)
    shown = {section.title.id for section in gather(document).sections}
    shown |= {s.id for s in (document.title, document.summary, document.publisher.name, document.dates.as_of) if s}
    shown |= {s.id for s in call.sentences()} if call else set()
    yield from (sentence.id for sentence in sentences_of(document) if sentence.id not in shown)


def gathered(document: Document) -> Iterator[str]:
    """The ids of the sentences that a leaflet has in another place than the source: all except the running text."""
    blocks = [*document.introduction, *(block for section in document.sections for block in blocks_of_section(section))]
    text = {s.id for block in blocks if not isinstance(block, Contact) for s in sentences_of_block(block)}
    yield from (sentence.id for sentence in sentences_of(document) if sentence.id not in text)


def _library(name: str, function: str) -> str:
    """The version of a system library, asked from the library itself, since it decides where lines break."""
    try:
        ask = getattr(ctypes.CDLL(name), function)
    except (OSError, AttributeError):
        return f"{name}=unknown"
    ask.restype = ctypes.c_char_p
    return f"{name}={ask().decode()}"
