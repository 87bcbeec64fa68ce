"""A page that this program published becomes the Document that it was made from, except for what pages omit."""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from channels import CHANNELS
from channels.base import Settings
from importer.command import import_file
from importer.draft import Draft, Value
from importer.write_yaml import write
from model.document import Document
from model.inlines import Abbreviation, Foreign, Link, Term, Text
from publish.store import Nothing
from reader.read import read
from tests.conftest import GOLDEN, ROOT

SUMMARY = "What this page is about, in as many words as a list of results would show."
PUBLISHER: Value = {"name": "Department for Examples"}

# A page does not show how a word is spoken, the name of a place without an address, or which editions were asked for.


def as_published(node: Any) -> Any:
    """A Document, or a part of it, without what its page does not show."""
    match node:
        case Document():
            node = replace(node, editions=(), translations=(), restricted=())
        case Term(text=text):
            return Text(text=text)
        case Abbreviation() | Foreign():
            return replace(node, say=None)
        case tuple():
            parts = [part for each in node for part in _parts(each)]
            return tuple(_joined(parts))
    if not is_dataclass(node) or isinstance(node, type):
        return node
    return replace(node, **{field.name: as_published(getattr(node, field.name)) for field in fields(node)})


def _parts(node: Any) -> tuple[Any, ...]:
    if isinstance(node, Link) and node.target is None:
        return tuple(as_published(child) for child in node.children)
    return (as_published(node),)


def _joined(parts: list[Any]) -> list[Any]:
    """The parts, with texts that stand side by side joined into one."""
    made: list[Any] = []
    for plain, group in groupby(parts, key=lambda part: isinstance(part, Text)):
        run = list(group)
        made += [Text(text="".join(part.text for part in run))] if plain else run
    return made


def document_of(source: Path) -> Document:
    result = read(source)
    assert result.document is not None, result.diagnostics
    return result.document


def there_and_back(source: Path, folder: Path) -> tuple[Document, Document]:
    """The document at `source`, and that of the source which its page becomes."""
    document = document_of(source)
    page = CHANNELS["html"].load(Settings(), Nothing()).render(document, {})
    published = folder / "dist" / document.id / document.language
    shutil.rmtree(folder, ignore_errors=True)
    for file in page.files:
        (published / file.path).parent.mkdir(parents=True, exist_ok=True)
        (published / file.path).write_bytes(file.data)
    place, _ = import_file(published / "index.html", folder / "to", None, ROOT / "schema.yaml")
    return document, document_of(place)


def test_the_home_offices_page_comes_back(tmp_path: Path) -> None:
    before, after = there_and_back(ROOT / "source" / "drug-related-crime" / "en.yaml", tmp_path / "made")
    assert as_published(after) == as_published(before)


@pytest.mark.parametrize("name", ["everything", "blocks"])
def test_a_page_of_everything_comes_back(name: str, tmp_path: Path) -> None:
    source = tmp_path / name / "en.yaml"
    shutil.copytree(GOLDEN / name, source.parent)
    shutil.copy(GOLDEN / name / "source.yaml", source)
    before, after = there_and_back(source, tmp_path / "made")
    assert as_published(after) == as_published(before)


@pytest.mark.parametrize("feedback", ["", "feedback: Tell us.\n"])
def test_a_publishers_address_comes_back_and_is_no_feedback(feedback: str, tmp_path: Path) -> None:
    source = tmp_path / "guide" / "en.yaml"
    source.parent.mkdir()
    publisher = "{ name: Borough, address: [Town Hall, 12 High Street, AN1 2YW] }"
    source.write_text(
        f"title: Photos\nsummary: {SUMMARY}\nlanguage: en\npublisher: {publisher}\nstatus: current\n{feedback}"
        "sections: [{ title: One, blocks: [A sentence.] }]\n"
    )
    first, again = there_and_back(source, tmp_path / "again")
    assert again.publisher == first.publisher and again.publisher.address is not None
    assert again.feedback == first.feedback and bool(again.feedback) is bool(feedback)


def test_a_page_comes_back_whose_author_took_the_id_of_a_place(tmp_path: Path) -> None:
    source = tmp_path / "photos" / "en.yaml"
    source.parent.mkdir()
    taken: dict[str, Value] = {"title": "What you need", "id": "photos-1", "blocks": ("Bring two photos.",)}
    listed: dict[str, Value] = {"type": "list", "items": ("one", "two")}
    sections: list[Value] = [{"title": "Photos", "blocks": ("They are new.", listed), "sections": (taken,)}]
    page = {"title": "Photos", "summary": SUMMARY, "language": "en", "publisher": PUBLISHER, "status": "current"}
    source.write_text(
        write(Draft(data={**page, "sections": tuple(sections)}, language="en"), "a test"), encoding="utf-8"
    )
    before, after = there_and_back(source, tmp_path / "made")
    assert before.sections[0].blocks[0].id == "photos--1"
    assert as_published(after) == as_published(before)


WORDS = st.sampled_from(
    (
        *("bins", "the", "£9.50", "55%", "0800 77 66 00", "drugs.gov.uk", "help@example.gov.uk", "12 March 2007"),
        *("https://www.example.gov.uk/help?page=2", "www.example.gov.uk/a-long/way_to", "first.last@example.gov.uk"),
        *("**strong**", "*soft*", "**so *very* strong**", "[a place](https://www.example.gov.uk/a_b)", "DIP", "Croeso"),
        *("Is it? It is.", "9am–5pm", "2007–08", "1,900", "Dr. No", "“quoted”", "(see", "note)"),
        *("5 \\* 3", "a_b", "\\\\", "#1", "a: b", "- x"),
    )
)
texts = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
lines = st.sampled_from(
    ["Bins", "What to do?", "Costs: a list", "First: 1", "Each £5", "True", "Contact", "Ann & Bob <x>"]
)
plain = st.lists(texts, min_size=1, max_size=3).map(tuple)
item = st.one_of(
    texts,
    st.fixed_dictionaries({"text": texts, "items": plain}),
    st.fixed_dictionaries({"text": texts, "blocks": plain}),
    st.fixed_dictionaries(
        {"text": texts, "items": plain, "blocks": st.tuples(st.just({"type": "numbered", "items": ("one",)}))}
    ),
)
items = st.lists(item, min_size=1, max_size=3).map(tuple)
KINDS = st.sampled_from(["warning", "call-to-action", "example", "non-urgent", "urgent", "immediate"])
FILE = {
    "title": "The form",
    "url": "https://www.example.gov.uk/form.pdf",
    "format": "PDF",
    "size": "230 KB",
    "pages": "4",
}


def block(kind: str, /, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"type": st.just(kind), **parts})


def _spanned(rows: list[tuple[str, ...]]) -> tuple[Any, ...]:
    """Rows of which the second continues the cell above, and the third has a header."""
    made: list[Any] = [*rows]
    if len(rows) > 1:
        made[1] = ("^", *rows[1][1:])
    return (*made[:2], {"group": "More"}, *made[2:]) if len(rows) > 2 else tuple(made)


entries = st.lists(st.fixed_dictionaries({"term": lines, "text": texts}), min_size=1, max_size=2).map(tuple)
table = st.integers(2, 3).flatmap(
    lambda width: block(
        "table",
        caption=lines,
        headers=st.tuples(*[lines] * width),
        rows=st.lists(st.tuples(*[texts] * width), min_size=1, max_size=3).map(_spanned),
    )
)
blocks = st.one_of(
    texts,
    block("list", items=items),
    block("list", items=items, kind=st.sampled_from(["do", "dont"])),
    block("steps", items=items),
    block("steps", items=items, start=st.just("4")),
    block("numbered", items=items),
    block("numbered", items=items, start=st.just("3"), style=st.just("letters")),
    block("notice", title=lines, text=texts),
    block("notice", text=texts, blocks=st.tuples(texts, block("list", items=items)), kind=KINDS),
    block("notice", title=lines, blocks=st.tuples(block("steps", items=items)), kind=KINDS, id=st.just("look-here")),
    block("quotation", text=texts, speaker=lines, role=lines),
    block("quotation", text=texts),
    block("address", lines=plain),
    block(
        "downloads",
        items=st.sampled_from([(FILE,), ({"title": "It", "url": "https://example.org/a"}, {**FILE, "pages": "1"})]),
    ),
    block("definitions", entries=entries),
    block("contact", name=lines, about=texts, phone=st.just("0800 77 66 00"), hours=texts, address=plain),
    block("paragraph", id=st.just("own-name"), text=texts),
    table,
)
some = st.lists(
    blocks,
    min_size=1,
    max_size=4,
    unique_by=lambda each: each.get("id", id(each)) if isinstance(each, dict) else id(each),
)


def section(depth: int) -> st.SearchStrategy[Any]:
    inner = {"sections": st.lists(section(depth - 1), max_size=2).map(tuple)} if depth else {}
    made = st.fixed_dictionaries({"title": lines, "blocks": some.map(tuple)}, optional=inner)
    return made.map(lambda data: {key: value for key, value in data.items() if value})


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a page takes 0.1 s, so a failure is not made smaller
pages = st.fixed_dictionaries(
    {
        "title": lines,
        "summary": st.just(SUMMARY),
        "language": st.just("en"),
        "publisher": st.just(PUBLISHER),
        "status": st.just("current"),
        "terms": st.just({"DIP": {"expansion": "Drug Interventions Programme"}, "Croeso": {"language": "cy"}}),
    },
    optional={
        "introduction": some.map(tuple),
        "rights": texts,
        "feedback": texts,
        "other_formats": texts,
        "related": section(0),
    },
)


@settings(max_examples=30, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(page=pages, sections=st.lists(section(2), min_size=1, max_size=2).map(tuple))
def test_any_page_comes_back(
    tmp_path_factory: pytest.TempPathFactory, page: dict[str, Value], sections: tuple[Value, ...]
) -> None:
    folder = tmp_path_factory.mktemp("page")
    source = folder / "made-up" / "en.yaml"
    source.parent.mkdir()
    source.write_text(write(Draft(data={**page, "sections": sections}, language="en"), "a test"), encoding="utf-8")
    result = read(source)
    if result.document is None:  # two blocks have the same id
        assert {fault.code for fault in result.diagnostics if fault.severity == "error"} == {"duplicate-id"}
        return
    before, after = there_and_back(source, folder / "made")
    assert as_published(after) == as_published(before)
