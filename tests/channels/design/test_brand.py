"""A publisher's logo and colours reach every edition. Without them, no edition changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from channels.base import Settings
from channels.design import brand
from channels.design.cover import cover
from channels.html.render import HtmlChannel
from channels.pdf.frames import stylesheet
from model.document import Document
from model.traverse import text_of
from reader.read import read
from tests.conftest import GOLDEN, ROOT
from tests.narration.fakes import MemoryStore

BODIES = ("anywhere", "fernhill")


def document(path: Path) -> Document:
    result = read(path)
    assert result.document is not None, result.diagnostics
    return result.document


def of(body: str) -> Document:
    return document(GOLDEN / "brands" / body / "getting-help" / "en.yaml")


@pytest.mark.parametrize("body", BODIES)
def test_the_page_shows_the_logo_with_its_words_and_the_colours(body: str) -> None:
    publication = of(body)
    files = {file.path: file.data for file in HtmlChannel(Settings(), MemoryStore()).render(publication, {}).files}
    page = files["index.html"].decode()
    style = "".join(data.decode() for name, data in files.items() if name.endswith(".css"))
    logo = publication.publisher.logo
    assert logo is not None and f'alt="{logo.alternative}"' in page
    logos = [name for name in files if "logo" in name]
    data = {path.read_bytes() for path in brand.logo_files(publication).values()}
    assert len(logos) == len(data) and {files[name] for name in logos} == data
    assert all(name in page for name in logos)
    assert brand.paper_tokens(publication)["accent"] in style
    assert f'content="{brand.theme_colour(publication)}"' in page


def test_a_logo_without_a_version_for_dark_grounds_stands_on_a_plate() -> None:
    assert "plate" in brand.logo_on(of("fernhill"), "dark", str)
    assert "plate" not in brand.logo_on(of("fernhill"), "light", str)
    assert "on-dark.svg" in brand.logo_on(of("anywhere"), "dark", str)


def test_a_logo_says_the_name_only_in_whole_words() -> None:
    """The page leaves the name out beside such a logo. Anywhere is not named by the logo of Anywhereshire."""
    publication = of("anywhere")
    logo = publication.publisher.logo
    assert logo is not None
    name = text_of(publication.publisher.name.inlines)
    for alternative, said in ((f"{name.upper()}: two hills", True), (f"{name}shire", False), (f"New{name}", False)):
        called = replace(publication.publisher, logo=replace(logo, alternative=alternative))
        assert brand.says_the_name(replace(publication, publisher=called)) is said, alternative


def test_a_logo_keeps_its_shape() -> None:
    logo = of("fernhill").publisher.logo
    assert logo is not None and 'width="80" height="160"' in brand.logo_on(of("fernhill"), "light", str)


@pytest.mark.parametrize("body", BODIES)
def test_paper_and_the_recordings_cover_have_the_colours(body: str) -> None:
    publication = of(body)
    tokens = brand.paper_tokens(publication)
    assert f"--accent: {tokens['accent']};" in brand.paper_css(publication)
    assert "--accent:" in stylesheet("leaflet")  # the publisher's own declaration comes after this one
    assert cover("Title", "Body", tokens) != cover("Title", "Body")


def test_a_publisher_without_a_brand_has_the_house_look() -> None:
    publication = document(ROOT / "source" / "drug-related-crime" / "en.yaml")
    assert (brand.paper_css(publication), brand.screen_css(publication), brand.paper_tokens(publication)) == (
        "",
        "",
        {},
    )
    assert brand.logo_files(publication) == {} and brand.logo_on(publication, "dark", str) == ""


def test_another_logo_is_another_document() -> None:
    publication = of("anywhere")
    logo = publication.publisher.logo
    assert logo is not None
    changed = replace(publication, publisher=replace(publication.publisher, logo=replace(logo, digest="0")))
    assert changed != publication


def test_the_page_links_to_the_bodys_statement_and_notice() -> None:
    files = {file.path: file.data for file in HtmlChannel(Settings(), MemoryStore()).render(of("anywhere"), {}).files}
    page = files["index.html"].decode()
    assert '<a href="https://www.anywhere.example/accessibility">Accessibility statement</a>' in page
    assert '<a href="https://www.anywhere.example/privacy">Privacy notice</a>' in page


def test_a_logo_for_light_grounds_stands_on_a_pale_header_without_a_plate_by_day() -> None:
    files = {file.path: file.data for file in HtmlChannel(Settings(), MemoryStore()).render(of("fernhill"), {}).files}
    assert 'class="logo plate"' not in files["index.html"].decode()
    assert ".masthead .logo{background:#fff" in next(d.decode() for n, d in files.items() if n.endswith(".css"))


def test_the_summary_tells_of_a_colour_that_cannot_serve_with_what_can() -> None:
    (note,) = (one for one in brand.colour_notes(of("fernhill")) if "#8fcf9f" in one)
    assert "contrast 1.8" in note
    assert brand.paper_tokens(of("fernhill"))["accent"] in note
    assert brand.colour_notes(of("anywhere")) == ()
