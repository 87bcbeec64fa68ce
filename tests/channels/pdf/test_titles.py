"""The title on a leaflet's cover has no word alone on its line, if a little smaller type can help that."""

from __future__ import annotations

import pytest

from channels.pdf.arrange import arrange
from channels.pdf.copyfit import SIZES
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
    _, trial = arrange(document)
    lines: dict[float, str] = {}
    for scrap in trial.pages[0].scraps:
        if scrap.id == document.title.id:
            lines[scrap.top] = lines.get(scrap.top, "") + scrap.text.replace("\u200b", "")
    assert trial.size == SIZES[-1]
    assert [line.strip() for line in lines.values()] == TITLES[title]
