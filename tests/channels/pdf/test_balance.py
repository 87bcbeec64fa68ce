"""Pages are balanced: only the last may be nearly empty, and it has more than a line. No sheet of a booklet is half
blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.pdf import pages
from channels.pdf.balance import FEWEST, Setting, balanced, blemishes
from channels.pdf.measure import Measured, Scrap
from channels.pdf.spread import Unit, _division
from tests.channels.pdf.made import from_text, publication
from tests.channels.pdf.test_pages import guide

STYLES = (pages.LARGE_PRINT, pages.FACTSHEET, pages.BOOKLET)
TITLE = "Getting help with drugs and alcohol when you live in Northern Ireland"
SUMMARY = (
    "Where people who use drugs or drink, and their families, find somebody to talk to, day and night, in each of "
)


def page(name: str, fill: float, lines: int = 9) -> Measured:
    """A page of lines that is `fill` full."""
    scraps = tuple(Scrap(str(line), "", 0, line, 1, line + 1) for line in range(lines))
    return Measured(
        name=name, scraps=scraps, fill=fill, used=fill * 100, free=100 - fill * 100, too_low=(), too_wide=()
    )


@pytest.mark.parametrize("name", ["seed", "naloxone", "everything"])
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_no_page_is_nearly_empty_but_the_last_which_is_more_than_a_line(name: str, style: pages.Style) -> None:
    made = pages.lay_out(style, publication(name), ()).measured
    inner = made[1:-1] if style is pages.BOOKLET else made[:-1]
    assert min((page.fill for page in inner), default=1) >= FEWEST
    assert len({scrap.top for scrap in made[-1].scraps}) > 1
    assert style is not pages.BOOKLET or -len(made) % 4 < 2


def test_a_booklet_of_few_words_fills_its_sheet_with_larger_type() -> None:
    made = pages.lay_out(pages.BOOKLET, publication("naloxone"), ())
    assert len(made.measured) == 4
    assert made.setting.size > pages.BOOKLET.size


def test_a_booklets_cover_holds_a_title_of_70_characters_and_a_summary_of_160(tmp_path: Path) -> None:
    document = guide(tmp_path, 3, 3)
    text = Path(document.mark.file).read_text(encoding="utf-8")
    text = text.replace("A guide to a long process", TITLE, 1)
    text = text.replace(
        "A page for tests with as many sections as it takes, each of which refers to the one after it.",
        f"{SUMMARY}the health and social care trusts of the whole country.",
    )
    made = pages.lay_out(pages.BOOKLET, from_text(tmp_path, text), ())
    assert len(TITLE) == 69
    assert [page.name for page in made.measured].count("cover") == 1
    assert not any(page.too_low for page in made.measured)


def test_a_setting_with_fewer_blemishes_is_taken_and_few_are_tried() -> None:
    tried = []

    class Pages:
        def __init__(self, setting: Setting) -> None:
            tried.append(setting)
            self.setting = setting
            thin = 0.1 if setting.size > 12.25 else 0.5
            self.measured = (page("", 1), page("", thin), page("", 0.2))

    first = Pages(Setting(size=12.5, flowing=True))
    best = balanced(first, pages.FACTSHEET.sizes, Pages, folded=False)
    assert best.setting == Setting(size=12.25, flowing=True)
    assert len(tried) == 2
    tried.clear()
    assert balanced(best, pages.FACTSHEET.sizes, Pages, folded=False) is best
    assert not tried, "what has no blemish is laid out once"


def test_blemishes_are_thin_pages_blank_pages_and_single_last_lines() -> None:
    full = page("", 0.9)
    assert blemishes((full, full, page("", 0.1)), folded=False) == 0
    assert blemishes((full, page("", 0.1), full), folded=False) == 1
    assert blemishes((full, full, page("", 0.1, lines=1)), folded=False) == 1
    assert blemishes((page("cover", 0.1), page("cover", 0.9), full, full), folded=True) > 100, "no cover of two pages"
    assert [blemishes((full,) * count, folded=True) for count in (4, 5, 6, 7, 8)] == [0, 2, 1, 0, 0]


def test_a_text_is_divided_evenly_and_rather_before_a_section() -> None:
    units = [Unit(None, cost, height) for cost, height in ((0, 40), (0.08, 40), (0, 30), (0.08, 30), (0, 70))]
    assert _division(units, 3, 100) == (2, 4)
    assert _division(units, 4, 60) == (), "what has no room is not divided"
    tall = [Unit(None, 0, 50), Unit(None, 0, 130), Unit(None, 0, 40)]
    assert _division(tall, 4, 100) == (1, 2), "what is taller than a page goes over two"
    assert _division(tall, 6, 100) == (1, 2), "no page is left empty for the number's sake"
