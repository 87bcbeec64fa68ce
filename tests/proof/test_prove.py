"""An edition that has lost, doubled, moved or changed a sentence is noticed in each format, in files that were
really made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from channels.base import Departure, Passage, Rendering
from model.blocks import Paragraph
from model.document import Document
from model.inlines import Sentence, Text
from model.traverse import sentences_of, text_of
from proof import bare_text
from proof.proof_file import faults_in, proof_of
from proof.prove import prove, units, units_spoken
from reader.read import read
from tests.conftest import GOLDEN, ROOT

SEED = ROOT / "source" / "drug-related-crime" / "en.yaml"
EVERYTHING = GOLDEN / "everything" / "source.yaml"

Passages = list[Passage]


def document(path: Path) -> Document:
    made = read(path).document
    assert made is not None
    return made


def named(made: Document) -> Passages:
    """The passages of a file that name their sentences."""
    return [Passage(file="page", id=s.id, text=text_of(s.inlines)) for s in sentences_of(made)]


def bare(made: Document) -> Passages:
    """The passages of a plain text in the order of the document, with our words between."""
    return [Passage(file="text", id="", text=f"• {text_of(s.inlines)}") for s in sentences_of(made)]


def spoken(made: Document) -> Passages:
    """The passages of a file in which each row is one, with every cell after the name of its column."""
    return [
        Passage(file="captions", id=unit.id, text=unit.text or " ".join(f"Column: {part}." for part in unit.parts))
        for unit in units_spoken(made)
    ]


def codes(made: Document, passages: Passages, *departures: Departure) -> set[str]:
    return {fault.code for fault in prove(made, passages, departures)[1]}


KINDS = pytest.mark.parametrize("kind", [named, bare, spoken])
SOURCES = pytest.mark.parametrize("source", [SEED, EVERYTHING], ids=["seed", "everything"])


@SOURCES
@KINDS
def test_a_whole_edition_is_proved(source: Path, kind: Callable[[Document], Passages]) -> None:
    made = document(source)
    proof, faults = prove(made, kind(made), ())
    assert faults == ()
    assert proof == ((kind(made)[0].file, tuple(unit.id for unit in units(made))),)


def long_ones(passages: Passages) -> list[int]:
    """The places of long sentences, which do not occur twice by accident."""
    return [n for n, passage in enumerate(passages) if 40 < len(passage.text) < 200 and passage.text[-1] == "."]


def test_what_is_never_seen_may_differ_and_nothing_else() -> None:
    """A PDF has no signs for selectors, flags' tags and joiners; letters of all scripts are compared."""
    assert bare_text.bare("Ask \u26a0\ufe0f now\u200d, \u2066\u05d0\u2069") == "Ask\u26a0now,\u05d0"
    assert bare_text.bare("\u05d01\u05d12") != bare_text.bare("\u05d02\u05d11")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ask א1ב2 now.", True),
        ("5 people.", True),
        ("Ask א1ב3 now.", False),
        ("Ask א1ב2 never.", False),
        ("ב5p", True),
        ("ב7p", False),
        ("ב 2", True),
        ("ב 7", False),
    ],
)
def test_words_from_right_to_left_may_stand_as_they_are_drawn(words: str, found: bool) -> None:
    """The figures may stand in another order, and none may be another."""
    drawn = bare_text.Drawn("Ask 2ב1א now. 5 ב people.")
    place, end = drawn.find(bare_text.bare(words), 0, turned=True)
    assert (0 <= place <= end) is found
    assert drawn.find(bare_text.bare(words), 0, turned=False) == (-1, -1)
    maps = bare_text.Drawn("maps 5m ב")
    assert maps.find(bare_text.bare("ב5m"), 0, turned=True) == (4, 6), "the m of maps is another one"


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        *(("5 people", "15 people", False), ("5 people", "1,5 people", False), ("5 people", "1.5 people", False)),
        *(("£5", "£50", False), ("£5", "£5.50", False), ("£5", "£5,000", False), ("£5", "£50 or £5", True)),
        *(("5 people", "In 2019 5 people", True), ("5 people", "In 2019, 5 people", True), ("£5", "£5 50", True)),
        *(("In 2019.", "In 2019. 5 people", True), ("5", "a5b", True), ("£5", "£5, 6", True), ("£5", "£5.", True)),
    ],
)
def test_a_figure_is_not_found_within_a_longer_one(words: str, text: str, found: bool) -> None:
    drawn = bare_text.Drawn(text)
    assert (drawn.find(bare_text.bare(words), 0, turned=False)[0] >= 0) is found
    assert bare_text.in_order([bare_text.bare(words)], text) is found


@pytest.mark.parametrize(
    ("drawn", "found"),
    [("100% ודרא A", True), ("100% אדרו A", True), ("100% ודרא", False), ("10% ודרא A", False), ("A ודרא 100%", False)],
)
def test_a_label_from_right_to_left_may_stand_in_a_picture_as_it_is_drawn(drawn: str, found: bool) -> None:
    assert bare_text.in_order(["100%", bare_text.bare("ארדו A")], drawn) is found


@SOURCES
@KINDS
def test_a_sentence_cut_doubled_moved_or_changed_is_caught(source: Path, kind: Callable[[Document], Passages]) -> None:
    made = document(source)
    whole = kind(made)
    for at in long_ones(whole)[3:9]:
        sentence = whole[at]
        assert codes(made, [*whole[:at], *whole[at + 1 :]]) == {"sentence-missing"}
        assert "sentence-twice" in codes(made, [*whole[: at + 3], sentence, *whole[at + 3 :]])
        assert "sentence-moved" in codes(made, [sentence, *whole[:at], *whole[at + 1 :]])
        words = sentence.text.split()
        fewer = replace(sentence, text=" ".join([*words[:3], *words[4:]]))
        assert codes(made, [*whole[:at], fewer, *whole[at + 1 :]]) & {"sentence-differs", "sentence-missing"}


def test_a_summary_that_is_a_sentence_of_the_text_may_stand_on_a_cover_as_well(tmp_path: Path) -> None:
    text = SEED.read_text(encoding="utf-8")
    said = "It is our priority to break this damaging chain."
    assert said in text
    folded, _, rest = text.partition("summary:")
    path = tmp_path / "en.yaml"
    path.write_text(f"{folded}summary: {said}\nlanguage:{rest.partition('language:')[2]}", encoding="utf-8")
    made = document(path)
    assert codes(made, [Passage(file="text", id="", text=said), *bare(made)]) == set()


TABLE = """
      - type: table
        caption: What we do
        headers: [What, We have plans in place to reflect this risk.]
        rows:
          - [Flooding, The council has taken action in the area to reduce it.]
          - [Fire, ^]
"""


def test_a_header_and_a_cell_of_several_rows_may_be_read_in_each_row(tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(SEED.read_text(encoding="utf-8").replace("\n    blocks:\n", f"\n    blocks:{TABLE}", 1), "utf-8")
    made = document(path)
    (header,) = (p for p in bare(made) if p.text.startswith("• We have plans"))
    cell = next(p for p in bare(made) if p.text.startswith("• The council"))
    at = bare(made).index(Passage(file="text", id="", text="• Fire"))
    whole = [*bare(made)[:at], header, *bare(made)[at : at + 1], cell, *bare(made)[at + 1 :]]
    assert codes(made, whole) == set()


@SOURCES
@KINDS
def test_every_figure_that_is_changed_is_caught(source: Path, kind: Callable[[Document], Passages]) -> None:
    made = document(source)
    whole = kind(made)
    changed = 0
    for at, passage in enumerate(whole):
        for digit in set(filter(str.isdigit, passage.text)):
            other = passage.text.replace(digit, str((int(digit) + 1) % 10), 1)
            wrong = [*whole[:at], replace(passage, text=other), *whole[at + 1 :]]
            assert codes(made, wrong), other
            changed += 1
    assert changed > 10


def test_a_header_that_is_dropped_and_a_cell_that_is_lost_are_caught() -> None:
    made = document(EVERYTHING)
    headers = [p for p in named(made) if "-header-" in p.id or "-h" in p.id.rpartition("-")[2]]
    assert headers, [p.id for p in named(made)]
    assert codes(made, [p for p in named(made) if p not in headers]) == {"sentence-missing"}
    rows = [p for p in spoken(made) if p.text.startswith("Column")]
    lost = [replace(p, text=p.text.replace("18–24", "")) if p == rows[0] else p for p in spoken(made)]
    assert codes(made, lost) == {"sentence-differs"}


def test_what_is_elsewhere_or_left_out_on_purpose_is_on_a_list() -> None:
    made = document(SEED)
    whole = named(made)
    *others, first, last = whole
    moved = Departure(file="page", ids=(last.id,), stands=True, why="it stands first")
    assert codes(made, [last, *others, first]) == {"sentence-moved"}
    assert codes(made, [last, *others, first], moved) == set()
    absent = replace(moved, stands=False, why="there is no room")
    assert codes(made, [*others, first], absent) == set()
    assert codes(made, [*others, first], moved) == {"sentence-missing"}, "elsewhere is not nowhere"
    assert codes(made, [*others, first], replace(absent, file="another")) == {"sentence-missing"}


def test_a_label_and_an_address_may_stand_around_a_sentence_and_no_other_figure() -> None:
    made = document(SEED)
    whole = named(made)
    at = next(n for n, passage in enumerate(whole) if passage.text == "0800 77 66 00")

    def reads(text: str) -> set[str]:
        return codes(made, [*whole[:at], replace(whole[at], text=text), *whole[at + 1 :]])

    assert reads("Telephone: 0800 77 66 00") == reads("Step 12: 0800 77 66 00") == set()
    assert reads("Call: 0800 77 6 6 00") == set()  # a caption may break anywhere in a long word
    assert reads("08 00 77 66 00 (https:// example.org/1)") == set()
    assert reads("Call now 0800 77 66 00") == reads("0800 77 66 00 now") == {"sentence-differs"}
    assert reads("Call: 0800 77 66 07") == {"sentence-differs"}
    assert reads("0800 77 66 00 (www.example.gov.uk/2024)") == set()
    assert reads("0800 77 66 00 (https://www.example.gov.uk/up/ 1402-a-(b)- 5.pdf)") == set()
    assert reads("0800 77 66 00 1") == reads("1 0800 77 66 00") == reads("0800 77 66") == {"sentence-differs"}


def test_an_address_behind_a_label_may_be_broken_where_its_line_was_full() -> None:
    """Captions break an address that no line holds. Each figure of it has to be there."""
    address = "http://www.legislation.gov.uk/ukpga/2015/30/contents"
    seed = document(SEED)
    (first, *others) = seed.sections
    text = Sentence(id="note", inlines=(Text(text=f"See {address}"),))
    made = replace(seed, sections=(replace(first, blocks=(Paragraph(id="p", sentences=(text,)),)), *others))
    whole = named(made)
    at = next(n for n, passage in enumerate(whole) if passage.id == "note")

    def reads(said: str) -> set[str]:
        return codes(made, [*whole[:at], replace(whole[at], text=said), *whole[at + 1 :]])

    assert reads("Note 2: See http://www.legislation. gov.uk/ukpga/2015/30/contents") == set()
    assert reads("Note 2: See http://www.legislation. gov.uk/ukpga/2016/30/contents") == {"sentence-differs"}


def test_the_proof_is_a_file_that_can_be_checked() -> None:
    made = document(SEED)
    absent = Departure(file="page", ids=("summary",), stands=False, why="there is no room")
    proof, faults = prove(made, [p for p in named(made) if p.id != "summary"], (absent,))
    assert faults == ()
    (rendering,) = proof_of(made, [Rendering(channel="html", files=(), proof=proof)], (absent,))
    (file,) = rendering.files
    content = json.loads(file.data)
    assert content["files"] == ["page"] and content["sentences"]["title"] == [0]
    assert content["on_purpose"][0]["why"] == "there is no room"
    assert list(faults_in(json.loads(file.data), {"page"})) == []
    assert list(faults_in(json.loads(file.data), set())) == ["it speaks of page, which is not there"]
    content["sentences"]["title"] = []
    assert list(faults_in(content, {"page"})) == ["title was not found in page"]
    assert proof_of(made, [Rendering(channel="html", files=())], ()) == ()
