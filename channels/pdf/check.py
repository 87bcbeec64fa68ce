"""Turns the bytes of a PDF into its faults: what a validator cannot see, and what a printer would send back.

veraPDF tells whether the file keeps the rules of PDF/UA-1; the tests run it. The checks here run in every build.
They read only the finished file and do not know how it was made.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf

from channels.pdf.read_back import words
from channels.pdf.reading import Surface, Tag, surfaces, tags

SMALLEST = {"large-print.pdf": 18.0}  # points; 12 for all other files
TOLERANCE = 0.02  # points
# A link is described in words, so its description does not begin like this.
ADDRESSES = ("https:", "http:", "mailto:", "tel:", "sms:", "image:")
SCHEMES = ("https:", "http:", "mailto:", "tel:", "sms:")
INLINE = {"Span", "Strong", "Em", "Link", "Figure"}
BLOCKS = {"P", "L", "Table", "Figure", "BlockQuote", "H1", "H2", "H3", "H4", "H5", "H6"}
CHILDREN = {
    "Document": {"Sect", *BLOCKS},
    "Sect": {"Sect", *BLOCKS},
    "BlockQuote": {"P"},
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "LBody": INLINE | BLOCKS | {"Note"},
    "Figure": set(),
    "Lbl": INLINE | {"Note"},
    "Caption": INLINE | {"Note"},
    "P": INLINE | {"Note"},
    "TH": INLINE | {"Note"},
    "TD": INLINE | {"Note"},
}
LINES = {"P", "TH", "TD", "Lbl", "LBody", "Caption", "Note", "H1", "H2", "H3", "H4", "H5", "H6"}
"""What has lines of its own."""
OF_AN_ADDRESS = re.compile(r"\w[/@.:_]\w|://")
SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001b000-\U0001b2ff\U00020000-\U0003ffff]"
)
"""Letters that may begin a line inside a sentence without a space: of Thai, Lao, Myanmar, Khmer, Chinese, Japanese and
Korean."""
UNSEEN = ("\u200b", "\u2060")  # viewers show them as boxes, and searches stumble over them
# The names as WeasyPrint writes them.
FAMILIES = (
    "Atkinson-Hyperlegible-Next",
    "Paper-Companion",
    "Plain-Nought",
    "Publisher-Type",
    "Noto-Sans",
    "Droid-Sans-Fallback",
    "Boxes",
)
DANGEROUS = ("/OpenAction", "/AA", "/AcroForm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The result of reading a PDF once: its faults, and its words in the order of its tags."""

    faults: tuple[str, ...]
    words: tuple[tuple[str, str | None], ...] = ()


def look(data: bytes, path: str = "") -> Looked:
    """Reads one PDF. `path` decides the smallest type that it may have."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return Looked(faults=("it has no tags",))
        tree, pages = tags(pdf), surfaces(pdf)
        return Looked(faults=tuple(_faults(pdf, tree, pages, path)), words=tuple(words(tree, pages)))


def faults_of(data: bytes, path: str = "") -> tuple[str, ...]:
    """Every fault of one PDF, in words."""
    return look(data, path).faults


def _faults(pdf: Pdf, tree: Tag, pages: list[Surface], path: str) -> Iterator[str]:
    yield from _catalogue(pdf)
    yield from _standard(pdf)
    yield from _titles(pdf)
    yield from _geometry(pdf)
    yield from _fonts(pdf)
    yield from _type_sizes(pages, SMALLEST.get(path, 12.0), set(_drawings(tree)))
    yield from _marks(pdf, tree, pages)
    yield from _nesting(tree)
    yield from _headings(tree)
    yield from _figures(tree)
    yield from _links(pdf, tree)
    yield from _spaces(tree, pages)


def _catalogue(pdf: Pdf) -> Iterator[str]:
    """ISO 14289-1, 7.1 and 7.2. Also, nothing in the file runs by itself."""
    root = pdf.Root
    if not _at(root, "/MarkInfo", "/Marked"):
        yield "it does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "it does not say its language"
    if not _at(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "a window would show its file name, not its title"
    if not str(pdf.docinfo.get("/Title", "")) or "/Metadata" not in root:
        yield "it has no title or no metadata"
    yield from (f"it has {key}" for key in DANGEROUS if key in root)
    if _at(root, "/Names", "/JavaScript") or _at(root, "/Names", "/EmbeddedFiles"):
        yield "it carries scripts or files"


def _standard(pdf: Pdf) -> Iterator[str]:
    """The file says what its colours mean: those of a screen, for the archive, or inks on a paper, for a print shop."""
    intents = [str(intent.S) for intent in pdf.Root.get("/OutputIntents", Array())]
    if intents not in (["/GTS_PDFA1"], ["/GTS_PDFX"]):
        yield "it does not say what its colours mean"
    elif intents == ["/GTS_PDFX"] and any("/Annots" in page.obj for page in pdf.pages):
        yield "it is for a print shop and has links"


def _titles(pdf: Pdf) -> Iterator[str]:
    """The document's title and bookmarks contain no characters that only steer lines on paper."""
    titles = [str(pdf.docinfo.get("/Title", ""))]
    waiting = [_at(pdf.Root, "/Outlines", "/First")]
    while waiting:
        item = waiting.pop()
        if item is not None:
            titles.append(str(item.get("/Title", "")))
            waiting += [item.get("/First"), item.get("/Next")]
    yield from (
        f"the title “{title}” holds an unseen U+{ord(character):04X}"
        for title in titles
        for character in UNSEEN
        if character in title
    )


def _geometry(pdf: Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        media, bleed, trim = (
            [float(edge) for edge in page.obj.get(key, Array())] for key in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
        if not (_holds(media, bleed) and _holds(bleed, trim)):
            yield f"the boxes of page {number} do not lie in each other: {media} {bleed} {trim}"
        if page.obj.get("/Tabs") != pikepdf.Name.S:
            yield f"page {number} is not tabbed through in the order of its tags"


def _fonts(pdf: Pdf) -> Iterator[str]:
    """Fonts are embedded, with characters behind their glyphs (ISO 14289-1, 7.21), and are all shipped or the
    publisher's."""
    seen = set()
    for page in pdf.pages:
        for font in dict(page.Resources.get("/Font", Dictionary())).values():
            if font.objgen in seen:
                continue
            seen.add(font.objgen)
            descriptor = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font
            if "/FontFile2" not in descriptor and "/FontFile3" not in descriptor:
                yield f"{font.BaseFont} is not embedded"
            if "/ToUnicode" not in font:
                yield f"{font.BaseFont} has no characters behind its glyphs"
            if not str(font.BaseFont).partition("+")[2].startswith(FAMILIES):
                yield f"{font.BaseFont} is not one of the shipped fonts"


def _drawings(tree: Tag) -> Iterator[tuple[int, int]]:
    """The marked content of an author's drawings. Each is a figure of one piece. Its letters are part of a picture,
    which its description stands for. A statistic's picture is the program's own and has many pieces."""
    for tag in tree.walk():
        pieces = list(tag.words()) if tag.type == "Figure" else []
        yield from pieces if len(pieces) == 1 else ()


def _type_sizes(pages: list[Surface], smallest: float, drawings: set[tuple[int, int]]) -> Iterator[str]:
    for number, page in enumerate(pages):
        for (size, text), owner in zip(page.sizes, page.owners, strict=True):
            if text.strip() and size < smallest - TOLERANCE and (number, owner) not in drawings:
                yield f"“{text.strip()}” on page {number + 1} is set at {size:.2f} pt, smaller than {smallest:g} pt"


def _marks(pdf: Pdf, tree: Tag, pages: list[Surface]) -> Iterator[str]:
    """Everything drawn is an artifact or stands in the tree once, and the parent tree agrees (ISO 32000-1, 14.7.4)."""
    parents = dict(_numbers(pdf.Root.StructTreeRoot.ParentTree))
    held = Counter(word for tag in tree.walk() for word in tag.kids if not isinstance(word, Tag))
    yield from (f"marked content {word} stands in the tree {count} times" for word, count in held.items() if count > 1)
    for number, page in enumerate(pages):
        yield from (f"page {number + 1}: {fault}" for fault in page.faults)
        own = {mcid for sheet, mcid in held if sheet == number}
        yield from (
            f"page {number + 1}: the words “{page.runs[mcid].text}” are not in the tree"
            for mcid in page.runs.keys() - own
        )
        yield from (
            f"page {number + 1}: the tree names marked content {mcid}, which is not there"
            for mcid in own - page.runs.keys()
        )
    for tag in tree.walk():
        for word in tag.kids:
            if not isinstance(word, Tag):
                entry = parents.get(int(pdf.pages[word[0]].obj.get("/StructParents", -1)), Array())
                if word[1] >= len(entry) or entry[word[1]].objgen != tag.element.objgen:
                    yield f"the parent tree does not lead from {word} to its {tag.type}"
        for annotation in tag.annotations:
            owner = parents.get(int(annotation.get("/StructParent", -1)))
            if owner is None or owner.objgen != tag.element.objgen:
                yield f"the parent tree does not lead from a link to its {tag.type}"
        for kid in tag.kids:
            if isinstance(kid, Tag) and kid.element.P.objgen != tag.element.objgen:
                yield f"a {kid.type} does not name its parent {tag.type}"


def _nesting(tree: Tag) -> Iterator[str]:
    """The elements that may stand within each element (ISO 32000-1, 14.8.4). No element is empty, and no identifier
    occurs twice."""
    for tag in tree.walk():
        kids = [kid for kid in tag.kids if isinstance(kid, Tag)]
        allowed = CHILDREN.get(tag.type, INLINE)
        yield from (f"a {kid.type} stands in a {tag.type}" for kid in kids if kid.type not in allowed)
        if not tag.kids and not tag.annotations:
            yield f"a {tag.type} is empty"
        if tag.type in ("L", "LI", "Table", "TR", "Sect", "Document") and len(kids) < len(tag.kids):
            yield f"words stand in a {tag.type} itself"
        if tag.type == "LI" and [kid.type for kid in kids] not in (["Lbl", "LBody"], ["LBody"]):
            yield "a list item is not a label and a body"
        if tag.type == "Table" and "THead" in [kid.type for kid in kids if kid.type != "Caption"][1:]:
            yield "the header of a table follows its rows"
        if tag.type == "Note" and "/ID" not in tag.element:
            yield "a note has no identifier"
        if tag.type == "TH" and not _at(tag.element, "/A", "/Scope"):
            yield "a header cell does not say what it heads"
    ids = Counter(str(tag.element.ID) for tag in tree.walk() if "/ID" in tag.element)
    yield from (f"the identifier {name} is given {count} times" for name, count in ids.items() if count > 1)
    named = _listed(tree)
    yield from (f"the identifier {name} is not in the tree of identifiers" for name in ids if name not in named)


def _listed(tree: Tag) -> set[str]:
    """The identifiers that the root of the structure tree lists."""
    root = tree.element.P
    return {str(name) for name in list(_at(root, "/IDTree", "/Names") or ())[::2]}


def _headings(tree: Tag) -> Iterator[str]:
    """There is one H1, and it comes first. No level is skipped on the way down (ISO 14289-1, 7.4.2)."""
    levels = [int(tag.type[1]) for tag in tree.walk() if len(tag.type) == 2 and tag.type[0] == "H" and tag.type != "TH"]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "there is not one H1 before all other headings"
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"an H{level} follows an H{before}"


def _figures(tree: Tag) -> Iterator[str]:
    """Figures have a description (ISO 14289-1, 7.3) and a box that lies on the page."""
    for tag in tree.walk():
        if tag.type != "Figure":
            continue
        if not str(tag.element.get("/Alt", "")).strip():
            yield "a figure is not described"
        box = [float(edge) for edge in _at(tag.element, "/A", "/BBox") or ()]
        media = [float(edge) for edge in tag.element.Pg.MediaBox] if "/Pg" in tag.element else []
        if not media or not _holds(media, box) or box[0] >= box[2] or box[1] >= box[3]:
            yield f"a figure’s box {box} does not lie on its page"


def _links(pdf: Pdf, tree: Tag) -> Iterator[str]:
    """Every annotation is a link in the tree, described in words, on the page, and leads to a place that is allowed."""
    held = [annotation.objgen for tag in tree.walk() if tag.type == "Link" for annotation in tag.annotations]
    names = {str(name) for name in list(_at(pdf.Root, "/Names", "/Dests", "/Names") or ())[::2]}
    yield from ("a link in the tree leads nowhere" for tag in tree.walk() if tag.type == "Link" and not tag.annotations)
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", Array()):
            if held.count(annotation.objgen) != 1:
                yield f"a link stands in the tree {held.count(annotation.objgen)} times"
            words = str(annotation.get("/Contents", ""))
            if not words.strip() or words.startswith(ADDRESSES):
                yield f"a link is described as “{words}”, not in words"
            rect = [float(edge) for edge in annotation.Rect]
            if (
                not _holds([float(edge) for edge in page.obj.MediaBox], rect)
                or rect[0] >= rect[2]
                or rect[1] >= rect[3]
            ):
                yield f"a link’s area {rect} does not lie on its page"
            if "/A" in annotation and not str(annotation.A.get("/URI", "")).startswith(SCHEMES):
                yield f"a link leads to {annotation.A.get('/URI', 'an action')}"
            if "/A" not in annotation and str(annotation.get("/Dest", "")) not in names:
                yield f"a link leads to no place in the document: {annotation.get('/Dest', '')}"


def _spaces(tree: Tag, pages: list[Surface]) -> Iterator[str]:
    """The last word of a line and the first word of the next are two words in the extracted text too. Only an address
    may go on in the next line."""
    for tag in tree.walk():
        for piece in tag.own_pieces() if tag.type in LINES else ():
            runs = [pages[page].runs[mcid] for page, mcid in piece if mcid in pages[page].runs]
            runs = [run for run in runs if run.text]
            whole, at = "".join([run.text for run in runs]), 0
            for run, following in pairwise(runs):
                at += len(run.text)
                ends = _ends(run.text)[1], _ends(following.text)[0]
                joined = all(map(str.isalnum, ends)) and not any(map(SPACELESS.match, ends))
                if joined and abs(run.y - following.y) > run.size / 2 and not OF_AN_ADDRESS.search(_word(whole, at)):
                    yield f"“{run.text}” and “{following.text}” are two lines and one word"


def _word(text: str, at: int) -> str:
    """The signs without a space around a place of a text."""
    return text[:at].rpartition(" ")[2] + text[at:].partition(" ")[0]


def _ends(text: str) -> tuple[str, str]:
    """The first and the last sign of a line as it is read. One that is written from right to left is drawn from its
    last sign on, and its space may be drawn on either side."""
    bare = text.strip()
    if unicodedata.bidirectional(bare[-1:] or " ") not in ("R", "AL"):
        return text[:1], text[-1:]
    return (bare[-1:], bare[:1]) if text == bare else (" ", " ")


def _at(thing: Any, *path: str) -> Any:
    """The value at the path of keys below `thing`, or None."""
    for key in path:
        thing = thing.get(key) if thing is not None else None
    return thing


def _numbers(tree: Object) -> Iterator[tuple[int, Object]]:
    items = list(tree.Nums)
    yield from ((int(key), value) for key, value in zip(items[::2], items[1::2], strict=True))


def _holds(outer: list[float], inner: list[float]) -> bool:
    """True if the box `inner` lies in `outer`. A missing box lies nowhere."""
    if len(outer) != 4 or len(inner) != 4:
        return False
    low = all(a <= b + TOLERANCE for a, b in zip(outer[:2], inner[:2], strict=True))
    return low and all(a >= b - TOLERANCE for a, b in zip(outer[2:], inner[2:], strict=True))
