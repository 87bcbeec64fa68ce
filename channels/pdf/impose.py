"""Turns laid-out pages into sheets of paper: panels side by side, pages two-up, trimmed or with bleed and printer's
marks.

The content streams of the pages are set one after another on the sheet, each moved and clipped, with their marked
content numbered anew. Links and bookmarks move along. Form XObjects would be simpler but would lose the tags.
WeasyPrint's pages share one dictionary of resources, so their streams can stand side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

MM = 72 / 25.4
FINER = 1000
IDENTITY = (1, 0, 0, 1, 0, 0)
PAINTS = re.compile(rb"(/\S+)\s+(?:scn|SCN)\b")
MARKED = re.compile(rb"/(?:Span|Figure)\s+<</MCID (\d+)>>\s+BDC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The place of a laid-out page on its sheet, in millimetres. `x` and `y` are the distances of its trimmed left
    and bottom edge from those of the sheet. `bleed` is how far its ink may run over each edge (left, bottom, right,
    top)."""

    page: int
    x: float
    y: float
    width: float
    height: float
    bleed: tuple[float, float, float, float] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One side of paper, in millimetres. `slug` is the margin around the trimmed sheet for the printer's marks,
    `bleed` is the ink that is cut off, `folds` are the distances of the folds from the left edge. Without a slug
    there are no marks and no bleed. On a `threaded` sheet, viewers lead from placement to placement."""

    width: float
    height: float
    placements: tuple[Placement, ...]
    slug: float = 0
    bleed: float = 0
    folds: tuple[float, ...] = ()
    threaded: bool = False


def alone(page: int | None, width: float, height: float, *, bleed: float = 0, slug: float = 0) -> Sheet:
    """A sheet with one page on it, or with none."""
    placement = Placement(page=page or 0, x=0, y=0, width=width, height=height, bleed=(bleed,) * 4)
    placements = () if page is None else (placement,)
    return Sheet(width=width, height=height, placements=placements, slug=slug, bleed=bleed)


@dataclass(slots=True)
class Imposition:
    """The new place of everything: marked content (page, mcid) → (sheet, mcid), and page → (sheet, x, y) in points."""

    marked: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    origins: dict[int, tuple[int, float, float]] = field(default_factory=dict)
    sheets: list[Object] = field(default_factory=list)
    counts: Counter[int] = field(default_factory=Counter)


def impose(
    pdf: Pdf,
    sheets: Sequence[Sheet],
    tagged: Mapping[tuple[int, int], str],
    untagged_links: Collection[int] | None = (),
) -> Imposition:
    """Replaces the pages of `pdf` by `sheets`. Marked content that is not `tagged` becomes an artifact; `tagged` gives
    the words for that whose glyphs do not. Links of
    artifacts, by their object numbers in `untagged_links`, are left out (ISO 14289-1, 7.18.1 wants every link in the
    tree). With None no link is kept, since a print shop's sheet may have none (ISO 15930-7, 6.17)."""
    made = Imposition()
    old = [page.obj for page in pdf.pages]
    for thing in drawn_things(pdf):
        if thing.get("/PatternType") == 1:
            _enlarge(thing)
    for number, sheet in enumerate(sheets):
        content, annotations = [], []
        for placement in sheet.placements:
            made.origins[placement.page] = (number, (sheet.slug + placement.x) * MM, (sheet.slug + placement.y) * MM)
            _move_patterns(old[placement.page], *made.origins[placement.page][1:])
            content += [
                _window(sheet, placement),
                _renumbered(old[placement.page], placement.page, number, tagged, made),
                b"Q",
            ]
            links = old[placement.page].get("/Annots", Array()) if untagged_links is not None else Array()
            kept = (link for link in links if link.objgen[0] not in (untagged_links or ()))
            annotations += _moved(kept, *made.origins[placement.page][1:])
        content.append(_marks(sheet) if sheet.slug else b"")
        page = _page(sheet, number)
        page.Resources, page.Contents = old[0].Resources, pdf.make_stream(b"\n".join(content))
        made.sheets.append(pdf.make_indirect(page))
        if annotations:
            made.sheets[-1].Annots = Array(annotations)
        for annotation in annotations:
            annotation.P = made.sheets[-1]
    if "/Outlines" in pdf.Root:
        _move_bookmarks(pdf.Root.Outlines.get("/First"), old, made)
    for sheet_page in made.sheets:
        pdf.pages.append(pikepdf.Page(sheet_page))
    del pdf.pages[: len(old)]
    return made


def drawn_things(pdf: Pdf) -> list[Object]:
    """The pictures, groups and patterns of `pdf`, also those within others: all its streams. Most files have none,
    and asking every object would take 10 ms."""
    resources = [page.obj.Resources for page in pdf.pages]
    if not any(len(every.get(kind, Dictionary())) for every in resources for kind in ("/XObject", "/Pattern")):
        return []
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]


def _page(sheet: Sheet, number: int) -> Dictionary:
    """The page object of a sheet, still empty. Its origin is the lower left corner of the MediaBox."""
    slug, bleed = sheet.slug * MM, sheet.bleed * MM
    right, top = slug + sheet.width * MM, slug + sheet.height * MM
    return Dictionary(
        Type=Name.Page,
        MediaBox=_box(0, 0, right + slug, top + slug),
        TrimBox=_box(slug, slug, right, top),
        BleedBox=_box(slug - bleed, slug - bleed, right + bleed, top + bleed),
        Tabs=Name.S,
        StructParents=number,
    )


def _window(sheet: Sheet, placement: Placement) -> bytes:
    """The operators that move what follows to the placement, and clip it to the placement with its bleed."""
    left, bottom, right, top = (edge * MM for edge in placement.bleed)
    x, y = (sheet.slug + placement.x) * MM, (sheet.slug + placement.y) * MM
    width, height = placement.width * MM + left + right, placement.height * MM + bottom + top
    return b"q 1 0 0 1 %.4f %.4f cm %.4f %.4f %.4f %.4f re W n" % (x, y, -left, -bottom, width, height)


def _move_patterns(page: Object, x: float, y: float) -> None:
    """Moves the gradients and patterns that a page paints with. Their matrices start from the corner of the sheet,
    even where its content has moved (ISO 32000-1, 8.7.3.1). Those of a form start from the form, which has moved."""
    patterns = page.Resources.get("/Pattern", Dictionary())
    for name in sorted(set(PAINTS.findall(page.Contents.read_bytes()))):
        pattern = patterns.get(name.decode())
        if pattern is not None:
            *turn, e, f = (float(value) for value in pattern.get("/Matrix", IDENTITY))
            pattern.Matrix = Array([*turn, round(e + x, 6), round(f + y, 6)])


def _enlarge(tile: Object) -> None:
    """Makes the tile of a pattern FINER times as large in its own units. A gradient's tile is one unit wide, which
    Poppler, and so the viewers of GNOME and KDE, take for one dot."""
    *turn, e, f = (float(value) for value in tile.get("/Matrix", IDENTITY))
    tile.Matrix = Array([*(round(value / FINER, 9) for value in turn), e, f])
    tile.BBox = Array([round(float(edge) * FINER, 6) for edge in tile.BBox])
    tile.XStep, tile.YStep = (round(float(step) * FINER, 6) for step in (tile.XStep, tile.YStep))
    tile.write(b"%d 0 0 %d 0 0 cm\n" % (FINER, FINER) + tile.read_bytes())


def _moved(links: Iterable[Object], x: float, y: float) -> list[Object]:
    """The links of a page in their new place. WeasyPrint gives their top before their bottom."""
    annotations = list(links)
    for annotation in annotations:
        left, top, right, bottom = (float(value) for value in annotation.Rect)
        annotation.Rect = _box(left + x, min(bottom, top) + y, right + x, max(bottom, top) + y)
    return annotations


def _renumbered(
    page: Object, page_number: int, sheet: int, tagged: Mapping[tuple[int, int], str], made: Imposition
) -> bytes:
    """The content of a page with its marked content numbered on from what is already on the sheet."""

    def number(match: re.Match[bytes]) -> bytes:
        piece = (page_number, int(match[1]))
        if piece not in tagged:
            return b"/Artifact BMC"
        made.marked[piece] = (sheet, made.counts[sheet])
        made.counts[sheet] += 1
        words = b"/ActualText <FEFF%b>" % tagged[piece].encode("utf-16-be").hex().encode() if tagged[piece] else b""
        return b"/Span <</MCID %d%b>> BDC" % (made.marked[piece][1], words)

    return MARKED.sub(number, page.Contents.read_bytes())


def _move_bookmarks(first: Object | None, old: Sequence[Object], made: Imposition) -> None:
    """Makes bookmarks lead to the sheets."""
    numbers = {page.objgen: number for number, page in enumerate(old)}
    waiting = [first]
    while waiting:
        item = waiting.pop()
        if item is not None:
            page, _, left, top, _ = item.Dest
            sheet, x, y = made.origins[numbers[page.objgen]]
            corner = round(float(left) + x, 4), round(float(top) + y, 4)
            item.Dest = Array([made.sheets[sheet], Name.XYZ, *corner, None])
            waiting += [item.get("/First"), item.get("/Next")]


def _box(*edges: float) -> Array:
    return Array([round(edge, 4) for edge in edges])


def _marks(sheet: Sheet) -> bytes:
    """Hairlines in the slug, clear of the bleed: crop marks at the corners, and dashed fold marks above and below."""
    left, bottom = sheet.slug, sheet.slug
    right, top = left + sheet.width, bottom + sheet.height
    near, far = sheet.bleed + 1, sheet.slug - 1
    lines = []
    for x, way in ((left, -1), (right, 1)):
        lines += [(x + way * near, y, x + way * far, y) for y in (bottom, top)]
    for y, way in ((bottom, -1), (top, 1)):
        lines += [(x, y + way * near, x, y + way * far) for x in (left, right)]
    folds = [
        (left + fold, y + way * near, left + fold, y + way * far)
        for fold in sheet.folds
        for y, way in ((bottom, -1), (top, 1))
    ]
    return b"\n".join([b"/Artifact BMC q 0 0 0 1 K 0.25 w", _strokes(lines), b"[2 1.5] 0 d", _strokes(folds), b"Q EMC"])


def _strokes(lines: list[tuple[float, float, float, float]]) -> bytes:
    return b"\n".join(b"%.4f %.4f m %.4f %.4f l S" % tuple(value * MM for value in line) for line in lines)
