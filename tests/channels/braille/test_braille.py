"""Read back from its cells, braille has every sentence of the source, in order, with its figures."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from channels.base import Proof, Rendering, Settings
from channels.braille import louis, reading
from channels.braille.lines import Line, wrapped
from channels.braille.louis import Cells
from channels.braille.pages import ASCII, CELLS, About, numbered, pages_of, pef
from channels.braille.pages import brf as write_brf
from channels.braille.reading import figures_in
from channels.braille.render import BrailleChannel
from channels.braille.text import cells_of
from channels.elements.contacts import contact_details
from channels.elements.dialect import Context
from model.blocks import Contact
from model.document import Document
from model.errors import UsageError
from model.inlines import Sentence, Text
from model.traverse import sentences_of
from proof.prove import prove
from reader.read import read
from tests.conftest import GOLDEN, ROOT, demand
from tests.narration.fakes import MemoryStore

SOURCES = {
    "seed": ROOT / "source" / "drug-related-crime" / "en.yaml",
    "everything": GOLDEN / "everything" / "source.yaml",
}
BRAILLE_UTILS = Path("/usr/share/java/brailleUtils-core.jar")


def document(path: Path) -> Document:
    result = read(path)
    assert result.document is not None, result.diagnostics
    return result.document


@pytest.fixture(scope="module", params=SOURCES)
def publication(request: pytest.FixtureRequest) -> Document:
    return document(SOURCES[request.param])


def made(publication: Document, **chosen: str) -> Rendering:
    settings = Settings(chosen={name.replace("_", "-"): value for name, value in chosen.items()})
    channel = BrailleChannel(settings, MemoryStore())
    rendering = channel.render(publication, {})
    assert channel.check(rendering) == ()
    return rendering


def brf(rendering: Rendering) -> str:
    return rendering.files[0].data.decode("ascii")


Pages = list[list[str]]


def proved(publication: Document, rendering: Rendering) -> tuple[Proof, set[str]]:
    """The result of the proof for each file, and the kinds of faults, as in a build."""
    channel = BrailleChannel(Settings(), MemoryStore())
    passages, written = list(channel.read_back(rendering)), channel.written(publication)
    found = [prove(publication, [p for p in passages if p.file == file.path], (), written) for file in rendering.files]
    codes = [{fault.code for fault in faults} for _, faults in found]
    assert codes[0] == codes[-1], "what is wrong in one of the files is seen in both"
    return tuple(file for proof, _ in found for file in proof), codes[0]


def test_every_sentence_stands_in_both_files_once_and_in_order(publication: Document) -> None:
    proof, codes = proved(publication, made(publication))
    everything = tuple(sentence.id for sentence in sentences_of(publication))
    assert codes == set() and [(Path(file).suffix, ids) for file, ids in proof] == [
        (".brf", everything),
        (".pef", everything),
    ]


def edited(rendering: Rendering, change: Callable[[Pages], object]) -> Rendering:
    """Both files, after `change` was applied to the lines of their pages."""
    pages = [page.split("\r\n") for page in brf(rendering).lower().split("\r\n\f")[:-1]]
    before = str(pages)
    change(pages)
    assert str(pages) != before
    about = About(title="t", identifier="i", language="en", width=40, height=25)
    written = (write_brf(pages), pef(pages, about))
    return replace(rendering, files=tuple(replace(f, data=d) for f, d in zip(rendering.files, written, strict=True)))


SENTENCE = ["  ,we >e n responsible = ! 3t5t (", "ext]nal websites4"]


def _cut(pages: Pages) -> None:
    at = pages[4].index(SENTENCE[0])
    pages[4][at : at + 2] = ["", ""]


def _double(pages: Pages) -> None:
    at = pages[4].index(SENTENCE[0])
    pages[4][at + 2 : at + 2] = SENTENCE


def _move(pages: Pages) -> None:
    _cut(pages)
    pages[0][2:2] = SENTENCE


def _change(pages: Pages) -> None:
    at = next(n for n, line in enumerate(pages[0]) if "#aiig" in line)
    pages[0][at] = pages[0][at].replace("#aiig", "#aiif")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_cut, "sentence-missing"),
        (_double, "sentence-twice"),
        (_move, "sentence-moved"),
        (_change, "sentence-missing"),
        (lambda pages: pages.pop(2), "sentence-missing"),
        (lambda pages: pages.reverse(), "sentence-moved"),
    ],
    ids=["cut", "doubled", "moved", "figure", "page-lost", "pages-reversed"],
)
def test_a_sentence_cut_doubled_moved_or_changed_in_the_cells_is_caught(
    change: Callable[[Pages], object], code: str
) -> None:
    seed = document(SOURCES["seed"])
    assert code in proved(seed, edited(made(seed), change))[1]


def test_figures_that_are_read_otherwise_from_the_cells_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = document(SOURCES["seed"])

    def damaged(sentences: Iterable[Sentence], table: str) -> Cells:
        whole = cells_of(sentences, table)
        return replace(whole, text=whole.text.replace("#aiig", "#aiif"))

    monkeypatch.setattr(reading, "cells_of", damaged)
    (fault,) = made(seed).diagnostics
    assert (fault.code, fault.severity) == ("braille-figures", "error") and "1996" in fault.message


@pytest.mark.parametrize(("size", "width", "height"), [("40x25", 40, 25), ("32x25", 32, 25), ("28x26", 28, 26)])
def test_pages_keep_to_their_size_and_are_numbered(publication: Document, size: str, width: int, height: int) -> None:
    rendering = made(publication, braille_page=size)
    pages = brf(rendering).split("\r\n\f")[:-1]
    assert len(pages) == rendering.files[0].pages
    for number, page in enumerate(pages, 1):
        lines = page.split("\r\n")
        assert len(lines) <= height and max(map(len, lines)) <= width
        assert lines[0].endswith(louis.cells(str(number), "ueb-2").text.upper()) and len(lines[0]) == width


def test_the_first_line_of_a_page_has_the_running_head_and_the_number_where_readers_look_for_them() -> None:
    """B004, 6 and 7. The title stands in the text of the first page. A head too long with capitals has none, and
    one that is too long even so is left out."""
    whole, lower = ",abc ,,def", "abc def"
    pages = [["one"], ["two"], ["three"]]
    assert [page[0] for page in numbered(pages, (whole, lower), ("#a", "#b", "#c"), 20)] == [
        " " * 18 + "#a",
        "     ,abc ,,def   #b",
        "     ,abc ,,def   #c",
    ]
    assert [page[1:] for page in numbered(pages, (whole, lower), ("#a", "#b", "#c"), 20)] == pages
    assert numbered(pages[:2], (whole, lower), ("#a", "#b"), 16)[1][0] == "    abc def   #b"
    assert numbered(pages[:2], (whole, lower), ("#a", "#b"), 12)[1][0] == "          #b"


def test_the_seeds_title_is_its_running_head() -> None:
    pages = brf(made(document(SOURCES["seed"]))).lower().split("\r\n\f")[:-1]
    title = louis.cells("Drug-related crime", "ueb-2").text
    assert [page.split("\r\n")[0].split() for page in pages][1:] == [
        [*title.split(), louis.cells(str(number), "ueb-2").text] for number in range(2, len(pages) + 1)
    ]
    assert pages[1].startswith(" " * ((40 - len(title)) // 2) + title)


def test_a_heading_is_never_the_last_line_of_a_page(publication: Document) -> None:
    for page in brf(made(publication)).split("\r\n\f")[:-1]:
        text = [line for line in page.split("\r\n")[1:] if line]
        assert not text[-1].startswith("    ") or text[-1].startswith("      ,"), page


def test_pef_has_the_cells_of_the_brf(publication: Document) -> None:
    rendering = made(publication)
    root = ElementTree.fromstring(rendering.files[1].data)
    space = {"p": "http://www.daisy.org/ns/2008/pef"}
    rows = [row.text or "" for row in root.iterfind(".//p:row", space)]
    lines = [line for page in brf(rendering).split("\r\n\f")[:-1] for line in page.split("\r\n")]
    assert rows == ["".join(CELLS[sign] for sign in line.lower().rstrip()) for line in lines]
    (volume,) = root.iterfind(".//p:volume", space)
    assert (volume.get("cols"), volume.get("rows"), root.get("version")) == ("40", "25", "2008-1")


def pef_faults(data: bytes) -> str:
    """The faults of a PEF file by the format's own grammar, from a library of DAISY's in Debian."""
    demand(BRAILLE_UTILS.exists(), "libbrailleutils-java, which has the grammar of PEF, is not installed: make test")
    with zipfile.ZipFile(BRAILLE_UTILS) as library:
        grammar = etree.RelaxNG(
            etree.fromstring(library.read("org/daisy/braille/pef/resource-files/pef-2008-1-full.rng"))
        )
    grammar.validate(etree.fromstring(data))
    return str(grammar.error_log)


def test_pef_keeps_to_the_formats_grammar(publication: Document) -> None:
    data = made(publication).files[1].data
    assert pef_faults(data) == ""
    for before, after in (
        (b"2008-1", b"2009-1"),
        (b' rowgap="0"', b""),
        (b"<row>", b"<row>a"),
        (b"<dc:identifier>", b"<dc:identifier> </dc:identifier><dc:identifier>"),
        (b"<section>", b"<section/><section>"),
        (b"application/x-pef+xml", b"text/plain"),
        (b"<dc:language>", b"<dc:language>the language "),
    ):
        assert before in data and pef_faults(data.replace(before, after, 1)), before


def test_the_64_cells_are_64_signs() -> None:
    assert (
        len(ASCII) == len(set(ASCII)) == 64
        and CELLS[" "] == "\u2800"
        and CELLS["="] == "\u283f"
        and CELLS["a"] == "\u2801"
    )


def test_the_same_bytes_twice(publication: Document) -> None:
    assert made(publication) == made(publication)


def test_a_word_that_no_line_holds_goes_on_after_dot_five() -> None:
    lines = list(wrapped(louis.cells("x" * 30, "ueb-1"), 12, 0, 0))
    assert all(len(line) <= 12 for line in lines) and all(line.endswith('"') for line in lines[:-1])
    assert "".join(line.removesuffix('"') for line in lines) == "x" * 30


def test_lines_that_belong_together_stand_on_one_page() -> None:
    lines = [*[Line(text="a")] * 7, Line(text="title", keep=2), Line(text="b"), Line(text="c")]
    assert pages_of(lines, 10) == [["a"] * 7, ["title", "b", "c"]]


def test_a_sign_without_cells_is_named_once_and_left_out() -> None:
    channel = BrailleChannel(Settings(), MemoryStore())
    publication = document(SOURCES["seed"])
    assert channel.preflight(publication) == ()
    assert louis.spelt("₂", "ueb-2") == "2" and louis.spelt("☃", "ueb-2") == ""


def test_a_size_that_nobody_has_is_refused() -> None:
    with pytest.raises(UsageError, match="41x25"):
        BrailleChannel(Settings(chosen={"braille-page": "41x25"}), MemoryStore())


def test_the_signs_without_cells_of_one_place_are_one_warning(tmp_path: Path) -> None:
    source = tmp_path / "page" / "en.yaml"
    source.parent.mkdir()
    source.write_text(
        "title: Languages\nsummary: Where to find help in languages that are written with other letters than ours.\n"
        "language: en\npublisher: { name: Home Office }\nstatus: current\nreviewed: 2024-03-01\n"
        "sections:\n  - title: Help\n    blocks: ['Ask in العربية or বাংলা.', 'Again العربية and ☂.']\n"
    )
    made = read(source).document
    assert made is not None
    found = BrailleChannel(Settings(), MemoryStore()).preflight(made)
    assert [fault.message.partition(" have ")[0].partition(" has ")[0] for fault in found][1:] == ["“☂” (U+2602)"]
    assert " more have no cells in braille" in found[0].message


def test_the_numbers_of_a_contact_stand_in_order_and_say_what_they_are(tmp_path: Path) -> None:
    """In braille and in the elements of page and print. A fax between textphones once went before them, and the build
    refused the publication."""
    source = tmp_path / "page" / "en.yaml"
    source.parent.mkdir()
    numbers = "{ for: Enquiries, number: 0300 123 1032 }, { number: 0300 123 1014, kind: textphone }"
    source.write_text(
        "title: Boats\nsummary: Whom to call about the registration of a boat, by telephone or textphone.\n"
        "language: en\npublisher: { name: Home Office }\nstatus: current\nreviewed: 2024-03-01\n"
        f"sections:\n  - title: Help\n    blocks: [{{ type: contact, name: Boats, numbers: [{numbers}, "
        "{ for: Fax, number: 01353 111 222 }] }]\n"
    )
    made = read(source).document
    assert made is not None
    (contact,) = made.sections[0].blocks
    assert isinstance(contact, Contact)
    html = str(contact_details(contact, 2, Context(words=made.words, language="en")))
    order = [html.index(words) for words in ("0300\u00a0123\u00a01032", "Textphone", "0300\u00a0123\u00a01014", "Fax")]
    assert order == sorted(order)
    rendering = BrailleChannel(Settings(chosen={"braille-grade": "1"}), MemoryStore()).render(made, {})
    cells = [line.strip().lower() for line in brf(rendering).splitlines()]
    assert any(line.startswith(",textphone3") or line.startswith("textphone3") for line in cells), cells


WELSH = """title: Help gyda chyffuriau
summary: Ble i gael help gyda chyffuriau, i chi neu i rywun rydych chi’n ei adnabod, a phwy i’w ffonio.
language: cy
publisher: { name: Swyddfa Gartref }
status: current
reviewed: 2024-03-01
sections:
  - title: Pwy i ofyn
    blocks:
      - Gofynnwch yn eich meddygfa. Ffoniwch 0800 77 66 00. Mae **55%** yn talu £9.50 yng Nghŵm Tŷ Ŵy.
      - type: list
        items: [Llandudno, Rhyl]
      - type: table
        caption: Oriau agor
        headers: [Diwrnod, Oriau]
        rows: [[Dydd Llun, 9am], [Dydd Mawrth, 5pm]]
"""


@pytest.mark.parametrize("grade", ["1", "2"])
def test_a_welsh_document_is_written_in_the_welsh_code(grade: str, tmp_path: Path) -> None:
    """Every sentence is there, in order, and no sign that the code lacks is written as its number."""
    (tmp_path / "cy.yaml").write_text(WELSH)
    welsh = document(tmp_path / "cy.yaml")
    channel = BrailleChannel(Settings(chosen={"braille-grade": grade}), MemoryStore())
    rendering = channel.render(welsh, {})
    assert rendering.diagnostics == () and channel.check(rendering) == ()
    proof, faults = prove(welsh, channel.read_back(rendering), (), channel.written(welsh))
    assert faults == () and [Path(file).suffix for file, _ in proof] == [".brf", ".pef"]
    text = brf(rendering).lower()
    assert "\\x" not in text
    assert louis.cells("Gofynnwch", f"cy-{grade}").text in text
    assert ("help g *yffuriau" in text) == (grade == "2"), "the Welsh contractions, not those of UEB"
    told = "".join(figures_in(cells_of((s,), f"cy-{grade}").text) for s in sentences_of(welsh))
    assert "0800776600" in told and pef_faults(rendering.files[1].data) == ""


def test_a_title_with_a_sign_that_the_code_lacks_is_a_running_head_without_it() -> None:
    seed = document(SOURCES["seed"])
    odd = replace(seed, title=Sentence(id="s", inlines=(Text(text="CO₂ ☃"),)))
    heads = [page.split("\r\n")[0].strip() for page in brf(made(odd)).split("\r\n\f")[1:-1]]
    assert heads and all(head.startswith(louis.cells("CO2", "ueb-2").text.upper()) for head in heads), heads
