"""A screen reader reads every edition in the right order, every word once, and no two words run together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.pdf import check
from channels.pdf.check import faults_of
from channels.pdf.frames import listed_sections, other_formats
from channels.pdf.reading import Run, Surface, Tag, surfaces, tags
from model.blocks import BulletList, Definitions, Paragraph, Section, Statistic, Steps, Table
from model.document import Document
from model.editions import editions_of, printed_editions
from model.inlines import Sentence, Text
from model.parting import for_edition
from tests.channels.pdf.made import (
    EDITIONS,
    blocks_of,
    channel,
    data,
    descriptions,
    expected,
    from_text,
    lines,
    opened,
    plain,
    publication,
)
from tests.conftest import GOLDEN


def part(name: str, path: str) -> Document:
    """What the edition that a file is of has of a publication."""
    return for_edition(publication(name), re.sub(r"(-office|-print)?\.pdf", "", path))


EVERY = pytest.mark.parametrize(("name", "path"), EDITIONS)


@EVERY
def test_the_words_in_the_order_of_the_tags_are_the_authors(name: str, path: str) -> None:
    document = part(name, path)
    described = descriptions(document)
    sentences = [s for s in expected(document, leaflet=path.startswith("leaflet")) if s.id not in described]
    contents = {f"{entry.title} {page}" for entry in listed_sections(document) for page in range(1, 20)}
    said = [words.replace("\u00a0", " ") for kind, words in lines(data(name, path)) if kind != "Figure"]
    text = "\n".join(words for words in said if words not in contents)
    left, at = [], 0
    for sentence in sentences:
        found = text.find(plain(sentence), at)
        assert found >= 0, f"“{plain(sentence)}” is not where it belongs: …{text[at : at + 200]!r}"
        left.append(text[at:found])
        at = found + len(plain(sentence))
    left.append(text[at:])
    rest = [line.strip() for part in left for line in part.split("\n") if line.strip()]
    assert not [line for line in rest if line not in furniture(name)], "words that nobody wrote"


def furniture(name: str) -> set[str]:
    """The words that an edition adds around the author's."""
    document = publication(name)
    words = [words for _, words in document.words.entries]
    imprint = lines(data(name, "large-print.pdf"))[-1][1].replace("\u00a0", " ")
    marks = {"•", *(f"{number}." for number in range(1, 10)), "a.", "b.", ",", ":"}
    words += [f"{kind}:" for kind in words]
    address = (document.url or "").removeprefix("https://").removesuffix("/")
    formats = {other_formats(document, editions_of(document), name) for name in printed_editions(document)}
    publisher = plain(document.publisher.name)
    return {*words, *marks, *ADDRESSES, *ADDRESSES_OF_BLOCKS, *formats, publisher, imprint, address}


ADDRESSES = (
    "link to the guide: www.example.gov.uk/guide",
    "guide to numbers: www.example.gov.uk/guide",
    "The guide: www.example.gov.uk/guide",
    "the formats team: formats@example.gov.uk",
    "our feedback form: www.example.gov.uk/feedback",
)
ADDRESSES_OF_BLOCKS = (
    "fetch: www.example.gov.uk/files",
    "what is an emergency: www.example.gov.uk/emergency",
    "Guide to examples: www.example.gov.uk/guide.pdf Figures: www.example.gov.uk/figures.ods "
    "A page: www.example.gov.uk/page",
    "Benefits: www.example.gov.uk/benefits",
    "Care: www.example.gov.uk/care",
    "(www.example.gov.uk/help)",
    "on the web: www.example.gov.uk/blocks/#on-the-web",
    "This edition leaves out “On the web”. You find it at www.example.gov.uk/blocks.",
    *(f"Note {number}:" for number in range(1, 5)),
)


def test_on_paper_every_link_says_its_address() -> None:
    said = [words.replace("\u00a0", " ") for kind, words in lines(data("everything", "booklet.pdf")) if kind == "P"]
    assert [words for words in said if words in ADDRESSES] == list(ADDRESSES)
    assert not [words for words in said if words.startswith("drugs.gov.uk:")], "words that are the address suffice"


def test_the_imprint_gives_version_and_dates() -> None:
    kind, words = lines(data("everything", "large-print.pdf"))[-1]
    assert kind == "P"
    assert words.replace("\u00a0", " ") == (
        "Department for Examples. Version 2.1. Published 28 February 2022. Last reviewed 1 March 2024. "
        "To be reviewed by 1 March 2027."
    )


@EVERY
def test_the_builds_own_checks_find_nothing(name: str, path: str) -> None:
    assert list(faults_of(data(name, path), path)) == []


@EVERY
def test_one_element_for_each_paragraph_list_and_section_of_the_source(name: str, path: str) -> None:
    document = part(name, path)
    with opened(data(name, path)) as pdf:
        ids = Counter(str(tag.element.ID) for tag in tags(pdf).walk() if "/ID" in tag.element)
        types = {str(tag.element.ID): tag.type for tag in tags(pdf).walk() if "/ID" in tag.element}
    assert not [key for key, count in ids.items() if count > 1]
    for block in blocks_of(document):
        match block:
            case Paragraph():
                assert types[block.id] == "P"
            case BulletList() | Steps() | Definitions():
                assert types[block.id] == "L"
            case Table():
                assert types[block.id] == "Table"
            case _:
                pass
    for section in _sections(document.sections):
        assert types[section.id] == "Sect"


def _sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


@EVERY
def test_a_statistic_is_one_figure_with_the_authors_description(name: str, path: str) -> None:
    wanted = [block.alternative for block in blocks_of(publication(name)) if isinstance(block, Statistic)]
    found = [words for kind, words in lines(data(name, path)) if kind == "Figure"]
    assert [words for words in found if words in wanted] == wanted


def test_paragraphs_do_run_over_pages_and_panels() -> None:
    """Otherwise the promise of one element for each would mean little."""
    with opened(data("seed", "leaflet.pdf")) as pdf:
        assert any(len({page for page, _ in tag.words()}) > 1 for tag in tags(pdf).walk() if tag.type == "P")
    with opened(data("seed", "leaflet-office.pdf")) as pdf:
        assert any(
            abs(first.x - second.x) > 200 and first.y < second.y
            for tag in tags(pdf).walk()
            if tag.type == "P"
            for first, second in _neighbours(tag, pdf)
        )


def _neighbours(tag: Tag, pdf: pikepdf.Pdf) -> Iterator[tuple[Run, Run]]:
    pages = surfaces(pdf)
    runs = [pages[page].runs[mcid] for page, mcid in tag.words()]
    yield from pairwise(runs)


def test_a_wrapped_link_is_one_link_described_in_words() -> None:
    with opened(data("everything", "booklet.pdf")) as pdf:
        links = [tag for tag in tags(pdf).walk() if tag.type == "Link"]
        wrapped = [tag for tag in links if any("/QuadPoints" in link for link in tag.annotations)]
        assert wrapped, "no link of the golden publication wraps: choose another width"
        for tag in links:
            assert len({str(annotation.Contents) for annotation in tag.annotations}) == 1
            assert not any("://" in str(annotation.Contents) for annotation in tag.annotations)
        called = [str(tag.annotations[0].Contents) for tag in links if "tel:" in str(tag.annotations[0].get("/A"))]
    assert "Call 0800\u00a077\u00a066\u00a000, Examples helpline" in called


def test_words_of_another_language_and_expansions_say_so() -> None:
    with opened(data("everything", "large-print.pdf")) as pdf:
        spans = [tag.element for tag in tags(pdf).walk() if tag.type == "Span"]
        assert "cy" in [str(span.Lang) for span in spans if "/Lang" in span]
        assert "National Health Service" in [str(span.E) for span in spans if "/E" in span]
        assert pdf.Root.Lang == "en"


def test_what_a_sentence_explains_itself_its_abbreviation_does_not_say_again() -> None:
    """In the heading and in the sentence that explains it, DIP has no expansion. In the sentence that does not
    explain it, it has one."""
    with opened(data("seed", "leaflet.pdf")) as pdf:
        pages = surfaces(pdf)
        said = [
            ("".join(pages[page].runs[mcid].text for page, mcid in tag.words()), str(tag.element.E))
            for tag in tags(pdf).walk()
            if "/E" in tag.element
        ]
    assert said == [("NTORS", "National Treatment Outcome Research Study"), ("DIP", "Drug Interventions Programme")]


def test_a_tables_headers_say_what_they_head() -> None:
    with opened(data("everything", "large-print.pdf")) as pdf:
        scopes = [str(tag.element.A.Scope) for tag in tags(pdf).walk() if tag.type == "TH"]
    assert scopes == ["/Column"] * 3 + ["/Row"] * 3


LONG = """\
title: A long table
summary: A page for tests with a table and steps that run over several pages.
language: en
publisher: { name: Tests }
status: current
editions: [large-print]
introduction:
  - { type: table, caption: Many rows, headers: [Row, Money], row_headers: true, rows: [%s] }
  - { type: steps, items: [%s] }
sections:
  - { id: end, title: The end, blocks: [%s] }
"""


def test_what_runs_over_pages_is_one_element_and_repeated_headers_are_read_once(tmp_path: Path) -> None:
    rows = ", ".join(f"[Row {number}, £{number}]" for number in range(1, 50))
    items = ", ".join(f"Item number {number}" for number in range(40))
    document = from_text(tmp_path, LONG % (rows, items, "Thank you."))
    [file] = channel().render(document, {}).files
    assert file.pages and file.pages >= 4
    with opened(file.data) as pdf:
        kinds = Counter(tag.type for tag in tags(pdf).walk())
        headers = sum(text == "Money" for page in surfaces(pdf) for _, text in page.sizes)
    assert (kinds["Table"], kinds["L"], kinds["TR"], kinds["LI"]) == (1, 2, 50, 41), "one more list is the contents"
    assert [words for kind, words in lines(file.data) if words == "Money"] == ["Money"]
    assert headers > 1, "the header is not repeated for those who see it"
    assert not list(faults_of(file.data, file.path))


WORDS = st.text(
    st.sampled_from("abcdefgh ABC 0123456789 .,;:!?()[]{}<>&\"'/\\\\@#%^_-+=|~` £€éŵŷ–—’“”…"), min_size=1, max_size=60
).map(lambda text: " ".join(word[:20] for word in text.split()))


@settings(max_examples=12, deadline=None)
@given(st.lists(WORDS.filter(bool), min_size=1, max_size=6))
def test_whatever_an_author_writes_comes_out_whole(texts: list[str]) -> None:
    """This holds even for what looks like markup. Words wider than a line are the one exception, and none is made
    here."""
    paragraphs = tuple(
        Paragraph(id=f"p{number}", sentences=(Sentence(id=f"p{number}-s1", inlines=(Text(text=text),)),))
        for number, text in enumerate(texts)
    )
    document = replace(publication("seed"), introduction=paragraphs, editions=("large-print",))
    made = channel().render(document, {})
    assert not made.diagnostics
    said = [words.replace("\u00a0", " ") for kind, words in lines(made.files[0].data) if kind == "P"]
    at = said.index(texts[0])
    assert said[at : at + len(texts)] == texts


def test_the_tree_of_tags_is_the_one_that_was_read_and_approved(golden: Callable[[str, Path], None]) -> None:
    with opened(data("everything", "large-print.pdf")) as pdf:
        outline = _outline(tags(pdf), surfaces(pdf))
    made = yaml.safe_dump(outline, allow_unicode=True, width=120, sort_keys=False)
    golden(made, GOLDEN / "everything" / "pdf-tags.yaml")


def _outline(tag: Tag, pages: list[Surface]) -> dict[str, list[object]]:
    """The tree as plain values: each type with its properties first, then words, links and tags in reading order."""
    about = {"id": "/ID", "alternative": "/Alt", "expansion": "/E", "language": "/Lang"}
    properties = {key: str(tag.element[name]) for key, name in about.items() if name in tag.element}
    kids: list[object] = [properties] if properties else []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            kids.append(_outline(kid, pages))
        elif kids and isinstance(kids[-1], str):
            kids[-1] += pages[kid[0]].runs[kid[1]].text
        else:
            kids.append(pages[kid[0]].runs[kid[1]].text)
    kids += [{"link": str(annotation.Contents)} for annotation in tag.annotations]
    return {tag.type: kids}


def test_a_line_from_right_to_left_has_its_space_on_either_side() -> None:
    """Its space at the end of the line is drawn first, or last in a text from left to right. Such a line was taken for
    a word that goes on in the next line."""
    assert check._ends("Arabic: ") == ("A", " ")
    assert check._ends(" ابحرم") == check._ends("ابحرم ") == (" ", " ")
    assert check._ends("مكب") == ("ب", "م")
    assert check._ends("") == ("", "")
