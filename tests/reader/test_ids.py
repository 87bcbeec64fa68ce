"""An author's id stays as it is, all others avoid it, and no id occurs twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from model.document import Document
from model.traverse import blocks_of, sentences_of
from reader.ids import LONGEST, RESERVED, Ids
from reader.read import read
from tests.conftest import GOLDEN, ROOT
from yaml_source.load import load

TEMPLATES = sorted((ROOT / "channels").glob("*/templates/*.html"))
CLASHES = sorted((GOLDEN / "ids").glob("*.yaml"))
FRAME = """title: Help with drugs
summary: Where to find help with drugs, for yourself or for someone you know, and whom to call.
language: en
publisher: { name: Home Office }
status: current
sections:
"""


def ids_of(made: Document) -> list[str]:
    """The ids of sections, blocks and sentences."""
    sections, found = list(made.all_sections), []
    while sections:
        section = sections.pop()
        found.append(section.id)
        sections += section.sections
    return [*found, *(block.id for block in blocks_of(made)), *(sentence.id for sentence in sentences_of(made))]


def document(path: Path, sections: str = "") -> Document:
    if sections:
        path /= "page.yaml"
        path.write_text(FRAME + sections)
    made = read(path).document
    assert made is not None
    return made


def test_every_id_in_the_frames_is_reserved() -> None:
    ids = {own for path in TEMPLATES for own in re.findall(r'\sid="([a-z-]+)"', path.read_text())}
    assert {"contents", "listen-help", "main"} <= ids
    assert ids <= RESERVED


@pytest.mark.parametrize("source", CLASHES, ids=lambda path: path.stem)
def test_a_clash_with_an_id_of_the_programs_own_is_resolved(source: Path) -> None:
    found = ids_of(document(source))
    assert len(found) == len(set(found))
    written = [own for own in re.findall(r"\bid: ([a-z0-9-]+)", source.read_text()) if own not in RESERVED]
    assert set(written) <= set(found)


def test_an_id_that_every_page_uses_is_changed_and_said(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text(
        FRAME + "  - { id: contents, title: Inside, blocks: ['See [inside](#contents).', 'Or [there][way].'] }\n"
        "references: { way: { section: contents } }\n"
    )
    result = read(path)
    assert [(fault.severity, fault.code, fault.mark.line) for fault in result.diagnostics] == [
        ("warning", "renamed-id", 7)
    ]
    assert result.document is not None
    assert result.document.sections[0].id == "contents-section"
    assert str(result.document).count("'#contents-section'") == 2


@pytest.mark.parametrize("own", ["introduction", "opening", "cover", "step-2", "feedback", "rights"])
def test_an_author_may_choose(own: str, tmp_path: Path) -> None:
    made = document(tmp_path, f"  - {{ id: {own}, title: One, blocks: [Words.] }}\nintroduction: [Before.]\n")
    assert made.sections[0].id == own
    assert len(ids_of(made)) == len(set(ids_of(made)))


def test_a_section_without_an_id_has_one_from_its_title(tmp_path: Path) -> None:
    titles = ["What it costs", "What it costs", "“[Café](https://example.org)” – **now**", "目次", "Contents", "One 1"]
    sections = "".join(f"  - {{ title: '{title}', blocks: [Words.] }}\n" for title in titles)
    made = document(tmp_path, sections)
    names = ["what-it-costs", "what-it-costs-2", "cafe-now", "section", "contents-section", "one-1"]
    assert [section.id for section in made.sections] == names


def test_an_id_from_a_title_is_whole_words_and_not_too_long(tmp_path: Path) -> None:
    made = document(tmp_path, f"  - {{ title: {'word ' * 20}, blocks: [Words.] }}\n")
    assert made.sections[0].id == "-".join(["word"] * 12)
    assert len(made.sections[0].id) <= LONGEST


def test_the_second_of_two_equal_ids_is_named_with_what_to_type() -> None:
    (fault,) = Ids(load(GOLDEN / "errors" / "duplicate-id" / "two-sections.yaml").root).diagnostics
    assert fault.severity == "error"
    assert re.search(r"Write `[a-z-]+-2`", fault.hint)
