"""A publisher.yaml says once what all publications of a body share. Each publication may override it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from languages.fixed_words import words_file
from languages.plurals import counted
from model.document import Colours, Conformance, Document
from model.inlines import Term
from model.traverse import text_of
from reader.publisher import fill, nearest
from reader.read import Result, read
from yaml_source.load import load

PAGE = """title: Getting help
summary: Where to find help with drugs, for yourself or for someone you know, and whom to call.
language: en
status: current
reviewed: 2024-03-01
sections:
  - title: Whom to ask
    blocks: [Ask at your surgery.]
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><path d="M0 0h300v100H0z"/></svg>'
BODY = """name: Borough of Anywhere
url: https://www.anywhere.gov.uk
base_url: https://www.anywhere.gov.uk/leaflets/
logo: { image: logo.svg, alternative: Borough of Anywhere, clear_space: 0.5 }
colours: { brand: "#003078", accent: "#FFDD00" }
rights: Anywhere 2024.
lexicon: { Leominster: Lemster }
words: { en: { contents: Inside } }
editions: [large-print]
"""


def publication(folder: Path, page: str = PAGE, body: str = BODY) -> Path:
    (folder / "getting-help").mkdir()
    (folder / "publisher.yaml").write_text(body)
    (folder / "logo.svg").write_text(LOGO)
    source = folder / "getting-help" / "en.yaml"
    source.write_text(page)
    return source


def document(result: Result) -> Document:
    assert result.document is not None, result.diagnostics
    return result.document


def test_what_the_page_does_not_say_the_publisher_does(tmp_path: Path) -> None:
    found = document(read(publication(tmp_path)))
    assert text_of(found.publisher.name.inlines) == "Borough of Anywhere"
    assert found.publisher.colours == Colours(brand="#003078", accent="#ffdd00")
    logo = found.publisher.logo
    assert logo is not None
    assert (logo.image, logo.width, logo.height, logo.clear_space) == ("../logo.svg", 300, 100, 0.5)
    assert found.url == "https://www.anywhere.gov.uk/leaflets/getting-help/en/"
    assert text_of(found.rights[0].inlines) == "Anywhere 2024."
    assert (found.words["contents"], found.words["source"]) == ("Inside", "(Source: {source})")
    assert found.editions == ("large-print",)


@pytest.mark.parametrize(
    ("folder", "file", "place"),
    [
        ("Getting Help", "en.yaml", "getting-help/en"),
        ("getting_help", "English.yml", "getting-help/en"),
        ("Über uns", "en.yaml", "uber-uns/en"),
        ("linked", "en.yaml", "getting-help/en"),
    ],
)
def test_the_address_of_a_page_is_where_it_is_published(folder: str, file: str, place: str, tmp_path: Path) -> None:
    publication(tmp_path)
    if folder == "linked":
        (tmp_path / folder).symlink_to("getting-help")
    else:
        (tmp_path / "getting-help").rename(tmp_path / folder)
        (tmp_path / folder / "en.yaml").rename(tmp_path / folder / file)
    found = document(read(tmp_path / folder / file))
    assert f"{found.id}/{found.language}" == place
    assert found.url == f"https://www.anywhere.gov.uk/leaflets/{place}/"


def test_what_the_page_says_itself_wins(tmp_path: Path) -> None:
    own = 'publisher: { name: Museum, colours: { brand: "#aa0000" } }\nrights: Museum 2024.\n'
    own += "url: https://museum.example.org/help\nterms: { Leominster: { say: Lee-o-minster } }\n"
    found = document(read(publication(tmp_path, PAGE.replace("surgery", "Leominster surgery") + own)))
    assert text_of(found.publisher.name.inlines) == "Museum"
    assert found.publisher.url == "https://www.anywhere.gov.uk"
    assert found.publisher.colours is not None and found.publisher.colours.brand == "#aa0000"
    assert found.url == "https://museum.example.org/help"
    said = [piece for block in found.sections[0].blocks for piece in block.sentences[0].inlines]  # type: ignore[union-attr]
    assert Term(text="Leominster", say="Lee-o-minster") in said


def test_a_word_of_the_publishers_lexicon_is_said_in_every_publication(tmp_path: Path) -> None:
    found = document(read(publication(tmp_path, PAGE.replace("your surgery", "Leominster"))))
    said = [piece for block in found.sections[0].blocks for piece in block.sentences[0].inlines]  # type: ignore[union-attr]
    assert Term(text="Leominster", say="Lemster") in said


def test_a_word_of_the_publishers_lexicon_may_have_its_sounds(tmp_path: Path) -> None:
    body = BODY.replace("Leominster: Lemster", "Leominster: { say: Lemster, ipa: ˈlɛmstə }")
    found = document(read(publication(tmp_path, PAGE.replace("your surgery", "Leominster"), body=body)))
    said = [piece for block in found.sections[0].blocks for piece in block.sentences[0].inlines]  # type: ignore[union-attr]
    assert Term(text="Leominster", say="Lemster", ipa="ˈlɛmstə") in said
    other = tmp_path / "other"
    other.mkdir()
    strange = read(publication(other, body=body.replace("ˈlɛmstə", "lemst3")))
    (fault,) = (fault for fault in strange.diagnostics if fault.code == "bad-ipa")
    assert fault.mark.file.endswith("publisher.yaml")


def test_the_nearest_publisher_of_a_tree_is_the_one(tmp_path: Path) -> None:
    inner = tmp_path / "museum"
    inner.mkdir()
    outer, own = publication(tmp_path), publication(inner, body="name: Museum\n")
    assert nearest(outer) == tmp_path / "publisher.yaml" and nearest(own) == inner / "publisher.yaml"
    assert text_of(document(read(own)).publisher.name.inlines) == "Museum"


def test_the_inks_of_the_colours_are_read_and_too_many_are_told(tmp_path: Path) -> None:
    inks = 'accent: "#FFDD00", cmyk: { brand: 100 90 80 60, accent: 0 12 95 0 } }'
    result = read(publication(tmp_path, body=BODY.replace('accent: "#FFDD00" }', inks)))
    colours = document(result).publisher.colours
    assert colours is not None
    assert (colours.brand_inks, colours.accent_inks) == ((100, 90, 80, 60), (0, 12, 95, 0))
    (warning,) = (fault for fault in result.diagnostics if fault.code == "much-ink")
    assert (warning.severity, warning.mark.line) == ("warning", 5)
    assert "330 %" in warning.message and "printed lighter" in warning.hint


def test_a_page_that_nobody_publishes_is_refused_once(tmp_path: Path) -> None:
    source = tmp_path / "en.yaml"
    source.write_text(PAGE)
    (fault,) = (fault for fault in read(source).diagnostics if fault.severity == "error")
    assert (fault.code, fault.message) == ("missing-key", "the page has no `publisher`")
    assert fill(load(source), None) is not None


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "nowhere"])
def test_a_publisher_that_is_no_file_is_a_fault_and_not_passed_over(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "publisher.yaml"
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case _:
            file.symlink_to(file if kind == "loop" else tmp_path / kind)
    source = tmp_path / "en.yaml"
    source.write_text(f"{PAGE}publisher: {{ name: Tests }}\n")
    assert [(Path(fault.mark.file).name, fault.severity) for fault in read(source).diagnostics] == [
        ("publisher.yaml", "error")
    ]


@pytest.mark.parametrize(
    ("change", "code", "line", "says"),
    [
        (("colours: { brand:", "colours: { brnad:"), "unknown-key", 5, "brnad"),
        (("name: Borough", "colour: red\nname: Borough"), "unknown-key", 1, "`colour` is not known in publisher.yaml"),
        (('"#003078"', "navy"), "wrong-value", 5, "brand"),
        (('"#FFDD00"', '"#FFDD00", cmyk: { accent: 0 12 95 }'), "wrong-value", 5, "accent"),
        (('"#FFDD00"', '"#FFDD00", cmyk: { accent: 0 12 950 0 }'), "wrong-value", 5, "accent"),
        (("image: logo.svg", "image: crest.svg"), "no-such-image", 4, "crest.svg"),
        (("image: logo.svg", "image: ../logo.svg"), "wrong-value", 4, "logo.image"),
        (("name: Borough of Anywhere\n", ""), "missing-key", 1, "publisher.yaml has no `name`"),
        (("contents: Inside", "contens: Inside"), "unknown-key", 8, "contens"),
        (("contents: Inside", '"source": "Source"'), "wrong-value", 8, "source"),
        (("https://www.anywhere.gov.uk\n", "www.anywhere.gov.uk\n"), "wrong-value", 2, "url"),
    ],
)
def test_a_fault_of_the_publisher_is_shown_where_it_is(
    change: tuple[str, str], code: str, line: int, says: str, tmp_path: Path
) -> None:
    assert change[0] in BODY
    source = publication(tmp_path, body=BODY.replace(*change))
    faults = [fault for fault in read(source).diagnostics if fault.severity == "error"]
    own = [fault for fault in faults if Path(fault.mark.file).name == "publisher.yaml"]
    assert faults == own and (own[0].code, own[0].mark.line) == (code, line)
    assert says in own[0].message and own[0].hint


def test_a_logo_that_does_not_say_how_large_it_is_cannot_be_placed(tmp_path: Path) -> None:
    source = publication(tmp_path)
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h3v1H0z"/></svg>')
    (fault,) = (fault for fault in read(source).diagnostics if fault.severity == "error")
    assert fault.code == "bad-image" and "how large" in fault.message


def test_a_warning_that_the_publisher_takes_for_an_error_is_one(tmp_path: Path) -> None:
    page = PAGE.replace("Ask at your surgery.", "It closes on 3/5/2024.")
    found = read(publication(tmp_path, page))
    assert [fault.severity for fault in found.diagnostics if fault.code == "day-first"] == ["warning"]
    (tmp_path / "publisher.yaml").write_text(BODY + "errors: [day-first]\n")
    result = read(tmp_path / "getting-help" / "en.yaml")
    assert result.document is None
    assert [fault.code for fault in result.diagnostics if fault.severity == "error"] == ["day-first"]


CLAIM = "conformance: { standard: EPUB Accessibility 1.1 - WCAG 2.2 Level AA, certified_by: Anywhere }\n"
FOUND = Conformance(standard="EPUB Accessibility 1.1 - WCAG 2.2 Level AA", certified_by="Anywhere")


@pytest.mark.parametrize(
    ("page", "body", "claim"),
    [
        ("", "", None),
        ("", CLAIM, FOUND),
        (CLAIM.replace("AA,", "A,"), CLAIM, replace(FOUND, standard=FOUND.standard[:-1])),
        ("conformance: none\n", CLAIM, None),
        ("conformance: none\n", "", None),
    ],
)
def test_conformance_is_claimed_only_by_a_setting(tmp_path: Path, page: str, body: str, claim: Conformance) -> None:
    body = BODY.replace("lexicon: { Leominster: Lemster }\n", body)
    result = read(publication(tmp_path, PAGE + page, body))
    assert (document(result).conformance, result.diagnostics) == (claim, ())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("conformance: { certified_by: Anywhere }\n", "missing-key"),
        ("conformance: { standard: EPUB Accessibility 1.1 - WCAG 2.2 Level AA }\n", "missing-key"),
        (CLAIM.replace("1.1", "1.0"), "wrong-value"),
        (CLAIM.replace("Level AA", "level AA"), "wrong-value"),
        (CLAIM.replace("}", ", report: report.html }"), "wrong-value"),
        ("conformance: full\n", "wrong-value"),
    ],
)
def test_a_claim_that_no_checker_would_understand_is_refused(tmp_path: Path, said: str, code: str) -> None:
    result = read(publication(tmp_path, PAGE + said))
    assert [(fault.severity, fault.code) for fault in result.diagnostics] == [("error", code)]
    assert result.diagnostics[0].mark.line == PAGE.count("\n") + 1 and result.diagnostics[0].hint


def of_polish(folder: Path, words: dict[str, object]) -> Result:
    (folder / "pomoc").mkdir(parents=True, exist_ok=True)
    (folder / "publisher.yaml").write_text(yaml.safe_dump({"name": "Rada Miasta", "words": {"pl": words}}))
    source = folder / "pomoc" / "pl.yaml"
    source.write_text(
        "title: Jak uzyskać pomoc\n"
        "summary: Krótka strona o tym, jak uzyskać pomoc od rady miasta, gdy jest potrzebna.\n"
        "language: pl\nstatus: current\nreviewed: 2024-03-01\n"
        "sections:\n  - title: Gdzie\n    blocks: [Proszę zadzwonić.]\n"
    )
    return read(source)


def test_a_publisher_may_bring_all_fixed_words_of_a_language_that_has_none_here(tmp_path: Path) -> None:
    words = yaml.safe_load(words_file("en").read_text(encoding="utf-8"))
    words |= {"contents": "Spis", "pages": {"few": "{number} strony", "other": "{number} stron"}}
    document = of_polish(tmp_path, words).document
    assert document is not None and not document.spoken
    assert document.words["contents"] == "Spis"
    assert [counted(document.words, "pages", number) for number in (3, 5)] == ["{number} strony", "{number} stron"]


def test_some_words_of_a_language_that_has_none_here_are_not_enough(tmp_path: Path) -> None:
    words = yaml.safe_load(words_file("en").read_text(encoding="utf-8"))
    del words["contents"], words["website"]
    (fault,) = of_polish(tmp_path, words).diagnostics
    assert (fault.code, fault.message) == ("no-words", "2 of the fixed words in “pl” are missing")
    assert fault.hint.endswith("as in languages/en/words.yaml: contents, website.")
    (fault,) = of_polish(tmp_path, {}).diagnostics
    assert "words: { pl: { contents: … } }" in fault.hint


def test_words_that_stand_in_a_publisher_at_fault_are_not_missing(tmp_path: Path) -> None:
    source = tmp_path / "pomoc" / "pl.yaml"
    of_polish(tmp_path, yaml.safe_load(words_file("en").read_text(encoding="utf-8")))
    with (tmp_path / "publisher.yaml").open("a") as file:
        file.write("colour: red\n")
    assert [fault.code for fault in read(source).diagnostics] == ["unknown-key"]


def test_print_in_a_language_written_from_right_to_left_is_refused_and_the_page_alone_is_made(tmp_path: Path) -> None:
    words = yaml.safe_load(words_file("en").read_text(encoding="utf-8"))
    (tmp_path / "madad").mkdir()
    (tmp_path / "publisher.yaml").write_text(yaml.safe_dump({"name": "Council", "words": {"ur": words}}))
    source = tmp_path / "madad" / "ur.yaml"
    text = PAGE.replace("language: en", "language: ur")
    source.write_text(text)
    (fault,) = (fault for fault in read(source).diagnostics if fault.severity == "error")
    assert (fault.code, fault.mark.line) == ("right-to-left", 3)
    source.write_text(text.replace("status: current", "status: current\neditions: [page]"))
    assert read(source).document is not None


def test_a_comment_in_the_publisher_is_judged_by_its_own_lines(tmp_path: Path) -> None:
    """It was looked for in the lines of the page, which may be fewer: then the run ended in a traceback."""
    (tmp_path / "name").mkdir()
    far = "\n" * 60 + "rights: Anywhere 2026 # and later\n"
    for body, marks in (("rate: 140 # slow\n", []), (far, [61]), ("type: Noto Serif # or Noto Sans\n", [])):
        source = tmp_path / "name" / "en.yaml"
        (tmp_path / "publisher.yaml").write_text(f"name: Tests\n{body}" if body != far else far + "name: Tests\n")
        source.write_text(PAGE)
        result = read(source)
        assert result.document is not None
        told = [(fault.code, Path(fault.mark.file).name, fault.mark.line) for fault in result.diagnostics]
        assert told == [("comment", "publisher.yaml", line) for line in marks]
        assert all(
            "`# and later`" in fault.message and '"Anywhere 2026 # and later"' in fault.hint
            for fault in result.diagnostics
        )


def test_a_word_of_the_publishers_lexicon_need_not_stand_on_every_page(tmp_path: Path) -> None:
    source = publication(tmp_path)
    assert read(source).diagnostics == ()
    source.write_text(f"{PAGE}terms: {{ Ledbury: {{ say: Led berry }} }}\n")
    assert [(fault.code, fault.mark.line) for fault in read(source).diagnostics] == [("unused", PAGE.count("\n") + 1)]
