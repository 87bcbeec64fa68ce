"""Whatever an author writes is shown as text. Property tests check the markup, and the browser checks a hostile
page."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from channels.elements import blocks, inlines
from channels.elements.dialect import Context
from channels.elements.escape import FORBIDDEN, REPLACEMENT
from model.blocks import Paragraph
from model.document import Words
from model.inlines import Abbreviation, Foreign, Inline, Link, Money, Number, Sentence, Strong, Text
from tests.channels.html.conftest import Visiting
from tests.channels.html.folders import ENDLESS, HOSTILE
from tests.channels.html.tools import Visit

PAGE = Context(words=Words(entries=()), language="en")
anything = st.text(st.characters(), max_size=80)
addresses = st.one_of(
    anything, st.builds("{}:{}".format, st.sampled_from(["javascript", "data", "vbscript", "file"]), anything)
)


class Reader(HTMLParser):
    """The text, the elements and the attributes of a piece of markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.addresses: list[str] = []

    def handle_data(self, data: str) -> None:
        """Collects text."""
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects elements and attributes."""
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def reading(html: str) -> Reader:
    """What a parser reads in a piece of markup."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def paragraph(*nodes: Inline) -> Reader:
    """What a parser reads in a paragraph of one sentence."""
    block = Paragraph(id="p", sentences=(Sentence(id="p-1", inlines=nodes),))
    return reading(blocks.block(block, 1, PAGE))


@given(anything)
@example("<script>alert(1)</script>")
@example("&lt;")
def test_text_comes_out_whole_and_as_text(text: str) -> None:
    """There is no element and no entity, and nothing is lost."""
    read = paragraph(Text(text=text), Strong(children=(Text(text=text),)))
    assert read.text == text * 2
    assert read.tags == ["p", "span", "strong"]


@given(anything, anything)
def test_attributes_stay_within_their_quotes(text: str, expansion: str) -> None:
    """A language adds one attribute and no element."""
    read = paragraph(Abbreviation(text=text, expansion=expansion), Foreign(text=text, language="cy"))
    assert read.tags == ["p", "span", "span"]
    assert read.names == {"id", "class", "lang"}


@given(addresses)
@example("javascript:alert(1)")
@example("JaVaScRiPt:alert(1)")
@example("java\nscript:alert(1)")
@example(" javascript:alert(1)")
@example("https://[")
def test_only_addresses_that_lead_somewhere_are_linked(target: str) -> None:
    """A script, a data address or nonsense is not linked."""
    read = paragraph(Link(target=target, children=(Text(text="words"),)))
    assert read.text == "words"
    for address in read.addresses:
        assert address.startswith("#") or address.split(":")[0].lower() in inlines.SCHEMES


@given(anything)
def test_typed_values_are_text_too(text: str) -> None:
    """Their words come from the author, too."""
    money = Money(text=text, amount=Decimal(1), currency="GBP")
    number = Number(text=text, value=Decimal(1))
    assert paragraph(money, number).text == text * 2


def harm(visit: Visit, base: str) -> list[str]:
    """The dialogs, errors, foreign requests, scripts, handlers and script addresses of a page."""
    visit.page.keyboard.press("Tab")
    visit.page.wait_for_timeout(200)
    found = visit.complaints + [url for url in visit.requests if not url.startswith(base)]
    active: list[str] = visit.page.evaluate(
        """[...document.querySelectorAll("*")].filter(element =>
             element.matches("script:not([src]):not([type]), img[src=x], svg[onload]")
             || element.getAttributeNames().some(name => name.startsWith("on"))
             || (element.href ?? "").toString().startsWith("javascript:"))
           .map(element => element.outerHTML.slice(0, 80))"""
    )
    return found + active


def test_a_hostile_page_does_nothing_in_the_browser(visiting: Visiting, server: str) -> None:
    """There is no dialog, no error, no request, and no element that the page does not make itself, and every word
    can be read."""
    with visiting("hostile") as visit:
        assert harm(visit, f"{server}/hostile/") == []
        text = visit.page.evaluate("document.body.textContent")
        assert ENDLESS in text
        for words in HOSTILE:
            assert FORBIDDEN.sub(REPLACEMENT, words) in text
        assert visit.page.evaluate("document.querySelector('h1').textContent") == "</title><svg onload=x()>"
        assert visit.page.title().startswith("</title><svg onload=x()>")


@pytest.mark.parametrize(
    "leak", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:x()'>x</a>"]
)
def test_a_leak_is_noticed(visiting: Visiting, server: str, leak: str) -> None:
    """One word of the page is unescaped. The test notices it although the policy prevents the worst."""
    with visiting("seed") as visit:
        html = visit.page.content().replace("Breaking the chain</h2>", leak + "</h2>")
        visit.page.route("**/leaky/index.html", lambda route: route.fulfill(body=html, content_type="text/html"))
        visit.page.goto(f"{server}/seed/leaky/index.html")
        assert harm(visit, server) != []


def test_nothing_that_html_forbids_is_in_the_file(site: Path) -> None:
    """Controls, surrogates and noncharacters become the replacement character."""
    text = (site / "hostile" / "index.html").read_text(encoding="utf-8")
    assert not FORBIDDEN.search(text)
    assert REPLACEMENT in text
