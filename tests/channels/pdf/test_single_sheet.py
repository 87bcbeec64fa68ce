"""Flyers and posters have one sheet, the largest type that fits, and their own selection of the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from channels.pdf import single_sheet
from channels.pdf.check import faults_of
from channels.pdf.reading import surfaces, tags
from model.inlines import Text
from model.traverse import sentences_of
from tests.channels.pdf.made import channel, data, lines, opened, plain, publication, rendering
from tests.channels.pdf.test_codes import decoded
from tests.channels.pdf.test_logo_grounds import document as branded
from tests.channels.pdf.test_pages import guide

MM = 72 / 25.4
SIZES = {
    "flyer.pdf": (148, 210),
    "flyer-print.pdf": (148, 210),
    "poster.pdf": (210, 297),
    "poster-a3.pdf": (297, 420),
    "poster-a3-print.pdf": (297, 420),
}


@pytest.mark.parametrize("path", SIZES)
def test_a_sheet_has_its_size_and_its_pages_and_what_is_for_a_shop_has_bleed(path: str) -> None:
    [file] = [file for file in rendering("naloxone").files if file.path == path]
    assert not list(faults_of(file.data, path))
    with opened(file.data) as pdf:
        assert len(pdf.pages) == file.pages == (2 if path.startswith("flyer") else 1)
        for page in pdf.pages:
            left, bottom, right, top = (float(edge) for edge in page.obj.TrimBox)
            assert (right - left, top - bottom) == pytest.approx([side * MM for side in SIZES[path]], abs=0.01)
            bleed = (float(page.obj.BleedBox[2]) - right) / MM
            assert bleed == pytest.approx(3 if path.endswith("-print.pdf") else 0, abs=0.01)


def test_a_poster_holds_title_points_number_and_where_the_rest_is() -> None:
    said = [words.replace("\u00a0", " ") for kind, words in lines(data("naloxone", "poster.pdf")) if kind != "Figure"]
    document = publication("naloxone")
    assert said[:3] == ["Public Health Agency", "Carry naloxone", "".join(said[2:3])]
    assert said[3:6] == ["What naloxone does", "What to do in an overdose", "Where to get it"]
    assert said[6:] == ["Naloxone line", "0800 77 66 00", "Read online", "www.example.gov.uk/naloxone"]
    assert decoded(data("naloxone", "poster.pdf"), 100) == {document.url}


def test_a_poster_leaves_its_foot_free() -> None:
    """The code at its end cannot be read where a frame or a pin covers it."""
    files = channel().render(replace(branded("fernhill"), editions=("poster",)), {}).files
    for file in files[:2]:
        with opened(file.data) as pdf:
            *_, code = (tag for tag in tags(pdf).walk() if tag.type == "Figure")
            assert float(code.element.A.BBox[1]) > 9.9 * MM, file.path


def test_a_poster_without_an_address_says_what_else_there_is() -> None:
    [file, *_] = single_sheet.poster(replace(publication("naloxone"), url=None)).made().files
    assert "This publication is also a web page, a recording, braille, a flyer to print" in lines(file.data)[-1][1]


def test_a_larger_poster_is_the_same_but_larger() -> None:
    with opened(data("naloxone", "poster.pdf")) as small, opened(data("naloxone", "poster-a3.pdf")) as large:
        before, after = ([run for run in surfaces(pdf)[0].runs.values() if run.text] for pdf in (small, large))
    assert [run.text for run in before] == [run.text for run in after]
    assert [run.size * 2**0.5 for run in before] == pytest.approx([run.size for run in after], abs=0.1)


def test_ink_of_the_band_runs_into_the_bleed() -> None:

    for path in ("flyer-print.pdf", "poster-a3-print.pdf"):
        image = pypdfium2.PdfDocument(data("naloxone", path))[0].render(scale=1).to_pil().convert("RGB")
        corner = round((12 - 1.5) * MM)
        red, green, blue = image.getpixel((corner, corner))  # inks, as this library shows them
        assert red <= 2 and abs(green - 52) <= 2 and abs(blue - 61) <= 2, path


def test_a_title_with_a_long_word_is_no_smaller_on_a_flyer_than_its_text(tmp_path: Path) -> None:
    document = guide(tmp_path, 1, 3)
    title = replace(document.title, inlines=(Text(text="Pneumonoultramicroscopicsilicovolcanoconiosis and help"),))
    plan = single_sheet.flyer(replace(document, title=title))
    size = float(plan.notes[0].removeprefix("flyer.pdf: set at ").removesuffix(" pt"))
    for file in plan.made().files:
        assert list(faults_of(file.data, file.path)) == []
        with opened(file.data) as pdf:
            drawn = surfaces(pdf)
            [heading] = (tag for tag in tags(pdf).walk() if tag.type == "H1")
            assert min(drawn[page].runs[mcid].size for page, mcid in heading.words()) > size


def test_what_is_too_long_for_a_flyer_is_an_error_at_the_place_where_the_room_ends(tmp_path: Path) -> None:
    plan = single_sheet.flyer(guide(tmp_path, 6, 5))
    [fault] = plan.diagnostics
    assert (fault.severity, fault.code) == ("error", "flyer-too-long")
    assert fault.mark.line > 10
    assert plan.words_over > 100
    assert plan.made().files == ()


def test_what_a_poster_leaves_out_is_on_the_list_and_nothing_else_is() -> None:
    document = publication("naloxone")
    for departure in channel().departures(document):
        if departure.file.startswith("poster") and not departure.stands:
            said = {words.replace("\u00a0", " ") for _, words in lines(data("naloxone", departure.file))}
            left_out = {s.id for s in sentences_of(document) if plain(s) not in said}
            assert set(departure.ids) - {"get-2-website"} == left_out, "the website is the page's own address"
