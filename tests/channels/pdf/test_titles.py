"""The title on a leaflet's cover has no word alone on its line, if a little smaller type can help that."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from channels.pdf.arrange import arrange
from channels.pdf.copyfit import SIZES
from channels.pdf.frames import title_scale
from channels.pdf.titles import set_title
from tests.channels.pdf.made import from_text
from tests.channels.pdf.test_pictures import SOURCE

TITLES = {
    "Getting help with drugs": ["Getting help", "with drugs"],
    "Hospital waits in numbers": ["Hospital waits", "in numbers"],
    "How the appeal works": ["How the", "appeal works"],
    "Drug-related crime": ["Drug-related", "crime"],
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_has_no_more_lines_than_a_little_smaller_type_needs(
    title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = SOURCE.format(figures="").replace("Pictures of every kind", title)
    document = from_text(tmp_path_factory.mktemp("title"), text)
    _, trial, _ = arrange(document)
    lines: dict[float, str] = {}
    for scrap in trial.pages[0].scraps:
        if scrap.id == document.title.id:
            lines[scrap.top] = lines.get(scrap.top, "") + scrap.text.replace("\u200b", "")
    assert trial.size == SIZES[-1]
    assert [line.strip() for line in lines.values()] == TITLES[title]


@pytest.mark.parametrize("size", [12, 14, 16])
def test_a_title_with_a_long_word_is_no_smaller_than_the_smallest_type_allowed(size: int) -> None:
    """The cover's title is at most 2.6 times as large as the text."""
    title = "Electroencephalographically monitored patients and what their families need to know of it"
    root = ElementTree.Element("section")
    ElementTree.SubElement(root, "div", {"class": "title", "data-scale": f"{title_scale(title)}"}).text = title
    set_title(root, size)
    scale = root[0].get("style", "").removeprefix("font-size: ").removesuffix("%")
    assert float(scale) / 100 * 2.6 * 12 >= 12
