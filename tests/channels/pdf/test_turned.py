"""A table that is read down its columns and is too wide for an upright page gets a page on its side."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Page

from channels.pdf import check, pages
from channels.pdf.balance import FEWEST, blemishes
from channels.pdf.reading import tags
from channels.pdf.turned import FEWEST_ROWS, SHORT
from model.document import Document
from tests.channels.pdf.made import from_text, lines, opened
from tests.channels.pdf.test_balance import page

HEAD = """\
title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Home Office }
status: current
editions: [large-print, factsheet]
introduction: ['See [Opening hours](#hours).']
sections:
  - id: hours
    title: Opening hours
    blocks:
"""
TABLE = """\
      - {{ type: table, caption: When they are open, headers: {headers}, rows: [{rows}] }}
      - Call before you come.
"""
WEEK = "[Clinic, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]"
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def clinics(folder: Path, rows: int = 12, cell: str = "9am–5pm") -> Document:
    """A table of seven columns."""
    hours = ", ".join(f"[Clinic {n}{f', {cell}' * 6}]" for n in range(1, rows + 1))
    return from_text(folder, HEAD + TABLE.format(headers=WEEK, rows=hours))


def on_side(sheet: Page) -> bool:
    left, bottom, right, top = (float(edge) for edge in sheet.obj.MediaBox)
    return right - left > top - bottom


@pytest.mark.parametrize("style", [pages.LARGE_PRINT, pages.FACTSHEET], ids=lambda style: style.name)
def test_a_wide_table_of_short_cells_lies_on_its_side_with_its_heading_and_caption(
    tmp_path: Path, style: pages.Style
) -> None:
    """The pages before and after are upright, and the tags are in the order of the source."""
    make = pages.large_print if style is pages.LARGE_PRINT else pages.factsheet
    made = make(clinics(tmp_path, cell="10.30am–5.30pm" if style is pages.FACTSHEET else "9am–5pm")).made()
    assert made.diagnostics == ()
    [file] = made.files
    assert list(check.faults_of(file.data, file.path)) == []
    with opened(file.data) as pdf:
        upright, *turned, last = map(on_side, pdf.pages)
        assert not upright
        assert not last
        assert turned
        assert all(turned)
        numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages, 1)}
        found = [tag for tag in tags(pdf).walk() if tag.type in ("H2", "Caption", "TH") and "/Pg" in tag.element]
        assert {numbers[tag.element.Pg.objgen] for tag in found} == {2}
        assert [tag.type for tag in found][:3] == ["H2", "Caption", "TH"]
    said = [words.replace("\u00a0", " ") for _, words in lines(file.data)]
    assert said.index("Opening hours") < said.index("When they are open") < said.index("Clinic 12")
    assert said.index("Clinic 12") < said.index("Call before you come.")


@pytest.mark.parametrize(("rows", "cell"), [(FEWEST_ROWS - 1, "9am–5pm"), (12, "x" * (SHORT + 1))])
def test_few_rows_and_long_cells_are_stacked(tmp_path: Path, rows: int, cell: str) -> None:
    """They would leave a page half empty, or be no easier to read."""
    [file] = pages.large_print(clinics(tmp_path, rows, cell)).made().files
    with opened(file.data) as pdf:
        assert not any(map(on_side, pdf.pages))
    assert f"Monday: {cell}" in "\n".join(words.replace("\u00a0", " ") for _, words in lines(file.data))


def test_a_table_too_wide_for_a_page_on_its_side_too_is_stacked(tmp_path: Path) -> None:
    [file] = pages.large_print(clinics(tmp_path, cell="W" * SHORT)).made().files
    with opened(file.data) as pdf:
        assert not any(map(on_side, pdf.pages))


def test_a_booklet_keeps_its_pages_upright(tmp_path: Path) -> None:
    """Its sheets are folded."""
    for file in pages.booklet(clinics(tmp_path)).made().files:
        if file.path == "booklet.pdf":
            with opened(file.data) as pdf:
                assert not any(map(on_side, pdf.pages))
            break
    else:
        pytest.fail("there is no booklet")


def test_stacked_rows_with_a_word_wider_than_the_page_lie_on_their_side(tmp_path: Path) -> None:
    """Only a word that is wider than this page, too, is an error (test_tables)."""
    text = HEAD + TABLE.format(headers="[Place, Open, Other name]", rows=f"[{LONG}, yes, Llanfair], [Bangor, no, none]")
    made = pages.large_print(from_text(tmp_path, text)).made()
    assert made.diagnostics == ()
    [file] = made.files
    with opened(file.data) as pdf:
        assert list(map(on_side, pdf.pages)) == [False, True, False]
    assert "Open: yes" in "\n".join(words.replace("\u00a0", " ") for _, words in lines(file.data))


def test_a_page_on_its_side_and_the_one_before_it_may_have_room(tmp_path: Path) -> None:
    thin, full = FEWEST / 2, 0.9
    assert blemishes((page("upright", thin), page("turned", thin), page("upright", full)), folded=False) == 0
    assert blemishes((page("upright", thin), page("upright", full), page("turned", full)), folded=False) == 1
