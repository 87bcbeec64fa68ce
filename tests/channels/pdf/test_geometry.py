"""The sheets have the sizes, bleed, marks and folds that a printer expects, to a twentieth of a millimetre."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
import pytest

from channels.pdf.frames import read_tokens
from channels.pdf.impose import MM
from channels.pdf.pages import stapled
from channels.pdf.reading import surfaces, tags
from tests.channels.pdf.made import data, lines, opened, rendering, typefaces

NEAR = 0.05
FOLDS = ((97, 197), (100, 200))


def box(page: Any, name: str) -> list[float]:
    """A box of a page, in millimetres."""
    return [float(edge) / MM for edge in page.obj[name]]


def size(edges: list[float]) -> tuple[float, float]:
    return edges[2] - edges[0], edges[3] - edges[1]


@pytest.mark.parametrize(
    ("name", "path", "pages", "wide", "high"),
    [
        ("seed", "leaflet-office.pdf", 2, 297, 210),
        ("seed", "large-print.pdf", None, 210, 297),
        ("everything", "booklet.pdf", None, 148.5, 210),
        ("everything", "booklet-office.pdf", None, 297, 210),
    ],
)
def test_what_an_office_prints_is_a_sheet_without_marks(
    name: str, path: str, pages: int | None, wide: float, high: float
) -> None:
    with opened(data(name, path)) as pdf:
        assert pages is None or len(pdf.pages) == pages
        for page in pdf.pages:
            for edges in (box(page, "/MediaBox"), box(page, "/TrimBox")):
                assert size(edges) == pytest.approx((wide, high), abs=NEAR)


def test_a_leaflet_for_the_screen_is_six_panels_in_the_order_in_which_they_are_read() -> None:
    """Viewers that show page after page show the cover, the inside, the flap, and the back last."""
    with opened(data("seed", "leaflet.pdf")) as pdf:
        sizes = [size(box(page, "/MediaBox")) for page in pdf.pages]
        assert [round(wide) for wide, _ in sizes] == [100, 100, 100, 97, 97, 100]
        assert {round(high) for _, high in sizes} == {210}
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        met = [page for page, _ in tags(pdf).words()]
        assert met == sorted(met) and set(met) == set(pages.values())


def test_the_print_shops_leaflet_has_bleed_and_a_slug() -> None:
    with opened(data("seed", "leaflet-print.pdf")) as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            trim, bleed, media = box(page, "/TrimBox"), box(page, "/BleedBox"), box(page, "/MediaBox")
            assert size(trim) == pytest.approx((297, 210), abs=NEAR)
            assert size(bleed) == pytest.approx((303, 216), abs=NEAR)
            assert trim[0] - bleed[0] == pytest.approx(3, abs=NEAR)
            assert bleed[0] - media[0] > 5


def strokes(page: Any) -> dict[str, list[tuple[float, float, float, float]]]:
    """The lines of the marks on a page, "solid" and "dashed", in millimetres from the trimmed corner."""
    left, bottom = box(page, "/TrimBox")[:2]
    content = page.obj.Contents.read_bytes()
    marks = content[content.rindex(b"/Artifact BMC q 0 0 0 1 K") :]
    solid, dashed = marks.split(b"] 0 d")
    line = re.compile(rb"([\d.-]+) ([\d.-]+) m ([\d.-]+) ([\d.-]+) l S")
    made = {}
    for kind, part in (("solid", solid), ("dashed", dashed)):
        points = [[float(value) / MM for value in found] for found in line.findall(part)]
        made[kind] = [(a - left, b - bottom, c - left, d - bottom) for a, b, c, d in points]
    return made


def test_crop_marks_stand_at_the_corners_outside_the_bleed() -> None:
    with opened(data("seed", "leaflet-print.pdf")) as pdf:
        for page in pdf.pages:
            crops = strokes(page)["solid"]
            assert len(crops) == 8
            for x0, y0, x1, y1 in crops:
                upright = abs(x0 - x1) < NEAR
                assert min(abs((x0 if upright else y0) - edge) for edge in (0, 297 if upright else 210)) < NEAR
                reach = (y0, y1) if upright else (x0, x1)
                far = 210 if upright else 297
                assert all(value < -3 or value > far + 3 for value in reach)


def test_fold_marks_stand_at_the_folds_outside_the_bleed() -> None:
    with opened(data("seed", "leaflet-print.pdf")) as pdf:
        for page, folds in zip(pdf.pages, FOLDS, strict=True):
            marks = strokes(page)["dashed"]
            assert sorted(x for x, *_ in marks) == pytest.approx(sorted([*folds, *folds]), abs=NEAR)
            assert all(not -3 <= y <= 213 for _, y0, _, y1 in marks for y in (y0, y1))


def test_panels_hold_their_words_clear_of_the_folds() -> None:
    """Every line begins at least 8 mm to the right of a fold or edge."""
    with opened(data("seed", "leaflet-office.pdf")) as pdf:
        for page, folds in zip(surfaces(pdf), FOLDS, strict=True):
            for run in page.runs.values():
                if run.text.strip():
                    x = run.x / MM
                    assert x - max(edge for edge in (0, *folds) if edge <= x) >= 8, run


def test_panels_are_clipped_so_that_ink_bleeds_over_outer_edges_only() -> None:
    """The window of each panel, in millimetres from the trimmed corner: outside flap, back, cover; inside one to
    three."""
    windows = [
        {(-3, 97), (97, 197), (197, 300)},
        {(-3, 100), (100, 200), (200, 300)},
    ]
    clip = re.compile(rb"q 1 0 0 1 ([\d.-]+) ([\d.-]+) cm ([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re W n")
    with opened(data("seed", "leaflet-print.pdf")) as pdf:
        for page, wanted in zip(pdf.pages, windows, strict=True):
            left, bottom = (float(edge) for edge in page.obj.TrimBox[:2])
            found = set()
            for values in clip.findall(page.obj.Contents.read_bytes()):
                x, y, a, b, width, height = (float(value) for value in values)
                found.add((round((x + a - left) / MM), round((x + a + width - left) / MM)))
                assert ((y + b - bottom) / MM, height / MM) == pytest.approx((-3, 216), abs=NEAR)
            assert found == wanted


def test_both_leaflets_and_both_booklets_say_the_same() -> None:
    assert lines(data("seed", "leaflet.pdf")) == lines(data("seed", "leaflet-print.pdf"))
    assert lines(data("seed", "leaflet.pdf")) == lines(data("seed", "leaflet-office.pdf"))
    assert lines(data("everything", "booklet.pdf")) == lines(data("everything", "booklet-office.pdf"))
    assert lines(data("everything", "booklet.pdf")) == lines(data("everything", "booklet-print.pdf"))


def test_a_booklet_for_a_print_shop_has_bleed_and_as_many_pages_as_its_sheets_hold() -> None:
    """The blank pages stand before the back cover."""
    with opened(data("everything", "booklet-print.pdf")) as pdf:
        assert len(pdf.pages) % 4 == 0
        for page in pdf.pages:
            trim, bleed = box(page, "/TrimBox"), box(page, "/BleedBox")
            assert size(trim) == pytest.approx((148.5, 210), abs=NEAR)
            assert size(bleed) == pytest.approx((154.5, 216), abs=NEAR)
        drawn = [bool(page.sizes) for page in surfaces(pdf)]
    with opened(data("everything", "booklet.pdf")) as pdf:
        blank = -len(pdf.pages) % 4
        assert drawn == [True] * (len(pdf.pages) - 1) + [False] * blank + [True]


@pytest.mark.parametrize(
    ("count", "pairs"),
    [
        (4, [(3, 0), (1, 2)]),
        (5, [(4, 0), (1, None), (None, 2), (3, None)]),
        (8, [(7, 0), (1, 6), (5, 2), (3, 4)]),
    ],
)
def test_folded_sheets_bring_the_pages_in_order(count: int, pairs: list[tuple[int | None, int | None]]) -> None:
    sides = [tuple(_page(side.placements, x) for x in (0, 148.5)) for side in stapled(count)]
    assert sides == pairs
    assert len(sides) % 2 == 0


def _page(placements: tuple[Any, ...], x: float) -> int | None:
    return next((placement.page for placement in placements if placement.x == x), None)


@pytest.mark.parametrize(
    ("name", "path", "folded"),
    [
        ("seed", "leaflet-office.pdf", True),
        ("seed", "leaflet.pdf", False),
        ("everything", "booklet-office.pdf", True),
        ("everything", "booklet.pdf", False),
        ("seed", "large-print.pdf", False),
    ],
)
def test_what_is_folded_asks_to_be_printed_on_both_sides_at_actual_size(name: str, path: str, folded: bool) -> None:
    with opened(data(name, path)) as pdf:
        wishes = {str(key): str(value) for key, value in dict(pdf.Root.ViewerPreferences).items()}
    assert (wishes.get("/Duplex"), wishes.get("/PrintScaling")) == (
        ("/DuplexFlipShortEdge", "/None") if folded else (None, None)
    )


def test_a_rendering_says_how_many_pages_each_file_has() -> None:
    for name in ("seed", "everything"):
        for file in rendering(name).files:
            with opened(file.data) as pdf:
                assert file.pages == len(pdf.pages), file.path


def test_nothing_is_smaller_than_it_may_be() -> None:
    for name, path, smallest in (
        ("seed", "leaflet.pdf", 12),
        ("everything", "booklet.pdf", 12),
        ("seed", "large-print.pdf", 18),
        ("everything", "large-print.pdf", 18),
    ):
        with opened(data(name, path)) as pdf:
            assert min(size for page in surfaces(pdf) for size, _ in page.sizes) >= smallest - 0.01


def test_large_print_has_no_slanted_and_no_capital_letters_and_numbers_its_pages() -> None:
    large = data("seed", "large-print.pdf")
    assert not [font for font in typefaces(large) if "Italic" in font or "Oblique" in font]
    with opened(large) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            drawn = [text for size, text in surfaces(pdf)[number - 1].sizes]
            assert str(number) in drawn
            assert isinstance(page, pikepdf.Page)
        shouted = [words for _, words in lines(large) if words.isupper() and len(words) > 8]
    assert not shouted


def test_every_colour_is_one_of_the_designs() -> None:
    """A drawing without its colours written into it would come out black."""
    design = {value for value in read_tokens().values() if value.startswith("#")}
    with opened(data("seed", "leaflet.pdf")) as pdf:
        content = b"\n".join(page.obj.Contents.read_bytes() for page in pdf.pages)
    used = {
        "#" + "".join(f"{round(float(part) * 255):02x}" for part in parts)
        for parts in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", content)
    }
    assert used <= design, used - design
    assert len(used) >= 6
