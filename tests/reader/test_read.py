"""From a file to a Document: the real page, ids from places, abbreviations explained once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from model.blocks import Statistic
from model.digest import digest
from model.document import Document
from model.inlines import Number, Year
from model.traverse import blocks_of, prose, sentences_of, sentences_of_block, text_of, walk
from reader.checks import ADVISED
from reader.read import Result, read
from tests.conftest import GOLDEN, ROOT

SEED = ROOT / "source" / "drug-related-crime" / "en.yaml"
EVERYTHING = GOLDEN / "everything" / "source.yaml"


def document(path: Path) -> Document:
    result = read(path)
    assert result.document is not None, result.diagnostics
    assert result.diagnostics == ()
    return result.document


def altered(tmp_path: Path, old: str, new: str) -> Document:
    """The real page with one change, in another folder of the same name."""
    folder = tmp_path / "drug-related-crime"
    folder.mkdir(exist_ok=True)
    text = SEED.read_text()
    assert old in text
    (folder / "en.yaml").write_text(text.replace(old, new))
    return document(folder / "en.yaml")


def test_the_sources_have_no_faults_and_no_warnings() -> None:
    document(SEED)
    document(EVERYTHING)


def test_every_sentence_has_an_id_of_its_own() -> None:
    for path in (SEED, EVERYTHING):
        ids = [sentence.id for sentence in sentences_of(document(path))]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch("[a-z][a-z0-9-]*", own) for own in ids)


def test_every_sentence_knows_where_it_was_written() -> None:
    lines = SEED.read_text().splitlines()
    for sentence in sentences_of(document(SEED)):
        if sentence.id.endswith("-stands-for"):
            continue
        first_word = text_of(sentence.inlines).removeprefix("(Source: ").split()[0]
        assert first_word in lines[sentence.mark.line - 1][sentence.mark.column - 1 :], sentence


def test_an_abbreviation_is_explained_once_where_it_first_stands() -> None:
    explained = [sentence for sentence in sentences_of(document(SEED)) if sentence.id.endswith("-stands-for")]
    assert [text_of(sentence.inlines) for sentence in explained] == [
        "NTORS stands for National Treatment Outcome Research Study."
    ]


def test_an_abbreviation_whose_words_stand_before_it_is_not_explained_again() -> None:
    assert not any("dip-stands-for" in sentence.id for sentence in sentences_of(document(SEED)))


def test_a_source_is_a_sentence_of_its_own() -> None:
    (statistic,) = (block for block in document(SEED).introduction if isinstance(block, Statistic))
    assert statistic.source is not None
    assert text_of(statistic.source.inlines) == "(Source: recorded crime figures)"


def test_the_digest_is_the_same_wherever_and_however_the_same_was_written(tmp_path: Path) -> None:
    moved = altered(tmp_path, "title: Drug-related crime\n", "# a comment\n\ntitle:   Drug-related crime\n")
    assert digest(moved) == digest(document(SEED))
    assert moved == document(SEED)


def test_the_digest_changes_with_one_word(tmp_path: Path) -> None:
    assert digest(altered(tmp_path, "fell by 55%", "went down by 55%")) != digest(document(SEED))


def test_an_image_that_changes_is_a_document_that_changes(tmp_path: Path) -> None:
    folder = tmp_path / "everything"
    (folder / "images").mkdir(parents=True)
    for image in (EVERYTHING.parent / "images").iterdir():
        (folder / "images" / image.name).write_bytes(image.read_bytes())
    (folder / "source.yaml").write_text(EVERYTHING.read_text())
    before = digest(document(folder / "source.yaml"))
    assert before == digest(document(EVERYTHING))
    with (folder / "images" / "route.svg").open("a") as image_file:
        image_file.write("<!-- changed -->")
    assert digest(document(folder / "source.yaml")) != before


def test_other_languages_beside_the_file_are_its_translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.build.languages", lambda: ("cy", "en", "ga", "gd"))
    altered(tmp_path, "title: Drug-related crime", "title: Drug-related crime")
    for name in ("cy.yaml", "ga.yml", "gd.txt", "old.yaml", "en-draft.yaml"):
        (tmp_path / "drug-related-crime" / name).write_text("title: …")
    assert document(tmp_path / "drug-related-crime" / "en.yaml").translations == ("cy", "ga")


def test_yaml_guesses_nothing(tmp_path: Path) -> None:
    """`no`, `1.10` and `0800` are the words that the author typed."""
    page = altered(tmp_path, "as_of: Describes the strategy of 2007 to 2008", "version: 1.10\nas_of: no")
    assert page.version == "1.10"
    assert page.dates.as_of is not None
    assert text_of(page.dates.as_of.inlines) == "no"


def page(tmp_path: Path, blocks: str) -> Result:
    """The result of reading a small page with these blocks."""
    head = "title: Help\nsummary: Where to find help with drugs, for yourself or for someone you know.\nlanguage: en\n"
    body = "publisher: { name: Home Office }\nstatus: current\nterms: { GP: { expansion: general practitioner } }\n"
    path = tmp_path / "page.yaml"
    path.write_text(f"{head}{body}sections:\n  - id: help\n    title: Getting help\n    blocks:\n{blocks}")
    return read(path)


def test_an_abbreviation_in_a_table_is_explained_before_the_section_ends(tmp_path: Path) -> None:
    table = "      - { type: table, caption: Who, headers: [Whom to ask], rows: [[Your GP]] }\n"
    result = page(tmp_path, table)
    assert result.document is not None
    assert prose(tuple(sentences_of(result.document))).endswith("Your GP GP stands for general practitioner.")


def test_short_numbers_and_relays_can_be_called(tmp_path: Path) -> None:
    contact = '      - { type: contact, name: GP, phone: "111", textphone: 18001 0800 77 66 00 }\n'
    result = page(tmp_path, contact)
    assert result.document is not None
    said = [text_of(s.inlines) for s in sentences_of(result.document)]
    assert said[-3:-1] == ["111", "18001 0800 77 66 00"]


def test_two_sentences_that_are_alike_have_their_own_places(tmp_path: Path) -> None:
    result = page(tmp_path, "      - Ask a GP. Ask a GP.\n")
    assert result.document is not None
    marks = [s.mark.column for s in sentences_of(result.document) if text_of(s.inlines) == "Ask a GP."]
    assert marks == [9, 19]


def test_lines_that_would_become_one_paragraph_are_pointed_out(tmp_path: Path) -> None:
    result = page(tmp_path, "      - |\n        One paragraph.\n\n        Another.\n      - A GP.\n")
    assert [diagnostic.code for diagnostic in result.diagnostics] == ["lines"]


@pytest.mark.parametrize("escape", [r"\x1b", r"\0", r"\u202e"])
def test_control_characters_do_not_come_in_as_escapes(tmp_path: Path, escape: str) -> None:
    result = page(tmp_path, f'      - "A {escape} GP."\n')
    assert [diagnostic.code for diagnostic in result.diagnostics] == ["control-character"]


def test_a_hashtag_that_yaml_takes_for_a_comment_is_pointed_out(tmp_path: Path) -> None:
    result = page(tmp_path, "      - Ask a GP with #FloodAlert today.\n")
    assert [(d.code, d.mark.column) for d in result.diagnostics] == [("comment", 23)]
    assert page(tmp_path, '      - "Ask a GP with #FloodAlert today."  # a comment\n').diagnostics == ()


def test_a_price_that_yaml_takes_for_a_comment_is_pointed_out_and_a_comment_is_none(tmp_path: Path) -> None:
    result = page(tmp_path, "      - A GP for £5 # per visit\n")
    assert [(d.code, d.mark.column) for d in result.diagnostics] == [("comment", 21)]
    assert '"A GP for £5 # per visit"' in result.diagnostics[0].hint
    lists = "      # A comment.\n      - type: list # another\n        items: [A GP] # and a third\n"
    assert page(tmp_path, lists).diagnostics == ()


def test_figures_in_cells_of_their_own_stay_apart(tmp_path: Path) -> None:
    rows = '[[18, 100], ["£1,000", 5], [A GP, "2,000, 300"]]'
    result = page(tmp_path, f"      - {{ type: table, caption: Fees, headers: [Age, Fee], rows: {rows} }}\n")
    assert result.diagnostics == ()
    assert result.document is not None
    said = [text_of(sentence.inlines) for sentence in sentences_of(result.document)]
    assert said[-7:-1] == ["18", "100", "£1,000", "5", "A GP", "2,000, 300"]


def reading(tmp_path: Path, text: str, before: str = "") -> Document:
    """A small page with this text in it."""
    path = tmp_path / "page.yaml"
    frame = "summary: Where to find help, for yourself or for someone you know.\nlanguage: en\nstatus: current\n"
    path.write_text(
        f"title: Help\n{frame}publisher: {{ name: Council }}\n{before}"
        f"sections:\n  - {{ id: help, title: Help, blocks: ['{text}'] }}\n"
    )
    result = read(path)
    assert result.document is not None, result.diagnostics
    return result.document


def inlines_of(made: Document) -> str:
    return str(made.sections[0].blocks[0])


def test_letters_that_look_like_others_make_no_value(tmp_path: Path) -> None:
    assert "Year" not in inlines_of(reading(tmp_path, "It was in the 1990\u017f here."))
    assert "scale='m" not in inlines_of(reading(tmp_path, "There were 5 m\u0131llion homes."))


def test_an_address_with_a_capital_leads_where_it_says(tmp_path: Path) -> None:
    made = inlines_of(reading(tmp_path, "Https://www.gov.uk is the place."))
    assert "WebAddress(text='Https://www.gov.uk', target='https://www.gov.uk')" in made


def test_a_letter_and_its_accent_are_one_character_however_they_are_typed(tmp_path: Path) -> None:
    made = inlines_of(reading(tmp_path, "Sia\u0302n runs it.", before="terms: { Si\u00e2n: { say: sharn } }\n"))
    assert "Term(text='Si\u00e2n', say='sharn'" in made


def warned(tmp_path: Path, old: str, new: str) -> list[tuple[str, int]]:
    """The codes and lines of the warnings for a small page with one change. It still becomes a document."""
    path = tmp_path / "page.yaml"
    assert old in EVERYTHING.read_text()
    text = EVERYTHING.read_text().replace(old, new, 1)
    path.write_text(re.sub(r"(?m)^ +- type: figure\n(?: +(?:image|alternative|decorative|caption): .*\n)+", "", text))
    result = read(path)
    assert result.document is not None
    assert all(fault.severity == "warning" and fault.hint for fault in result.diagnostics)
    return [(fault.code, fault.mark.line) for fault in result.diagnostics]


def test_a_long_title_and_a_short_or_long_summary_are_warnings(tmp_path: Path) -> None:
    text = EVERYTHING.read_text()
    title, summary = (next(line for line in text.splitlines() if line.startswith(f"{key}: ")) for key in ADVISED)
    assert warned(tmp_path, title, title) == []
    assert warned(tmp_path, title, f"title: {'Drugs ' * 15}") == [("too-long", 3)]
    assert warned(tmp_path, summary, "summary: Short.") == [("too-short", 4)]
    assert warned(tmp_path, summary, f"summary: {'Drugs ' * 30}") == [("too-long", 4)]


def test_a_long_heading_is_a_warning(tmp_path: Path) -> None:
    (code, _) = warned(tmp_path, "title: What it costs", f"title: {'What it costs ' * 10}")[0]
    assert code == "too-long"


def test_a_link_that_is_not_safe_is_kept_with_a_warning(tmp_path: Path) -> None:
    first = "introduction:\n"
    (found,) = warned(tmp_path, first, f"{first}  - See [the office](http://example.org/a).\n")
    assert found[0] == "insecure-link"
    found = warned(tmp_path, "https://www.example.gov.uk/guide", "http://www.example.gov.uk/guide")[0]
    assert found[0] == "insecure-link"
    website = "website: www.example.gov.uk/help"
    (found,) = warned(tmp_path, website, website.replace("www", "http://www"))
    assert found[0] == "insecure-link"


def test_a_number_in_the_title_of_a_download_is_a_number(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    file = "  - type: downloads\n    items: [{ title: Vacancies in 2016, url: https://www.example.gov.uk/v.pdf }]\n"
    head = "title: Files\nsummary: Files\nlanguage: en\npublisher: { name: Us }\nstatus: current\n"
    path.write_text(f"{head}introduction:\n{file}sections: [{{ title: More, blocks: [More.] }}]\n")
    document = read(path).document
    assert document is not None
    assert Year(text="2016", value=2016) in set(walk(next(sentences_of_block(next(iter(blocks_of(document))))).inlines))


def test_a_language_with_its_country_has_the_words_of_the_language(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    path = tmp_path / "page" / "en-GB.yaml"
    path.write_text(SEED.read_text().replace("language: en\n", "language: en-GB\n"))
    read_so = document(path)
    assert read_so.language == "en-GB"
    assert read_so.words["recording"] == document(SEED).words["recording"]


def test_a_small_loss_is_known_by_a_large_one_in_its_column(tmp_path: Path) -> None:
    rows = '[[Sales, "1,200", (5)], [Costs, "(2,962)", (6)], [Interest, (686), (7)]]'
    result = page(tmp_path, f"      - {{ type: table, caption: Cash, headers: [What, Sum, Note], rows: {rows} }}\n")
    assert result.document is not None
    found = [one for sentence in sentences_of(result.document) for one in sentence.inlines if isinstance(one, Number)]
    assert [one.value for one in found] == [1200, 5, -2962, 6, -686, 7]
