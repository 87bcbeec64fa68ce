"""Word files, written by python-docx, become what their styles say, and no word is lost."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
import yaml
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from importer.command import import_file
from model.diagnostics import has_errors
from reader.read import read
from tests.conftest import ROOT
from tests.importer.oracle import words_of, words_of_source


def imported(word: Word, folder: Path) -> tuple[dict, str]:  # type: ignore[type-arg]
    """The data and the text of the source of a Word file, which has passed `check`."""
    path = folder / "Fines for Litter.docx"
    word.save(str(path))
    place, _ = import_file(path, folder / "to", None, ROOT / "schema.yaml")
    assert place.parent.name == "fines-for-litter"
    result = read(place)
    assert not has_errors(result.diagnostics), result.diagnostics
    text = place.read_text()
    return yaml.load(text, Loader=yaml.BaseLoader), text  # noqa: S506


def a_page() -> Word:
    """A page as somebody would write it in Word, with a title, headings, lists, a table and a picture."""
    word = docx.Document()
    word.core_properties.title = "Title of the file"
    word.add_paragraph("Fines for litter", style="Title")
    word.add_paragraph("You may be fined if you drop litter.")
    word.add_heading("What it costs", 1)
    paragraph = word.add_paragraph("The fine is ")
    paragraph.add_run("£150").bold = True
    paragraph.add_run(", or ").italic = False
    paragraph.add_run("£75 within 14 days").italic = True
    paragraph.add_run(".")
    word.add_paragraph("paper", style="List Bullet")
    word.add_paragraph("gum", style="List Bullet")
    word.add_heading("How to pay", 2)
    word.add_paragraph("Find the notice.", style="List Number")
    word.add_paragraph("Pay it.", style="List Number")
    table = word.add_table(rows=2, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["Place", "Fine", "Park", "£80"], strict=True):
        cell.text = text
    return word


def test_styles_say_what_a_paragraph_is(tmp_path: Path) -> None:
    data, _ = imported(a_page(), tmp_path)
    assert data["title"] == "Fines for litter"
    assert data["introduction"] == ["You may be fined if you drop litter."]
    (costs,) = data["sections"]
    assert costs["title"] == "What it costs"
    assert costs["blocks"][0] == "The fine is **£150**, or *£75 within 14 days*."
    assert costs["blocks"][1]["items"] == ["paper", "gum"]
    (pay,) = costs["sections"]
    assert pay["title"] == "How to pay"
    assert pay["blocks"][0]["items"] == ["Find the notice.", "Pay it."]
    assert (pay["blocks"][1]["headers"], pay["blocks"][1]["rows"]) == (["Place", "Fine"], [["Park", "£80"]])


def test_no_word_of_a_word_file_is_lost(tmp_path: Path) -> None:
    word = a_page()
    _, text = imported(word, tmp_path)
    kept, at = words_of_source(text), 0
    said = [paragraph.text for paragraph in word.paragraphs if paragraph.text.strip()]
    for paragraph in said:
        at = kept.index(words_of(paragraph), at) + 1
    for cell in ("Place", "Fine", "Park", "£80"):
        assert words_of(cell) in kept


def test_several_first_headings_are_sections_below_the_title_of_the_file(tmp_path: Path) -> None:
    word = docx.Document()
    word.core_properties.title = "Litter"
    for heading in ("Fines", "Bins"):
        word.add_heading(heading, 1)
        word.add_paragraph("Words.")
    data, _ = imported(word, tmp_path)
    assert data["title"] == "Litter"
    assert [section["title"] for section in data["sections"]] == ["Fines", "Bins"]


def a_picture(word: Word, described: str) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    picture.seek(0)
    shape = word.add_picture(picture)
    shape._inline.docPr.set("descr", described)


def test_a_described_picture_is_a_figure_and_its_file_comes_along(tmp_path: Path) -> None:
    word = a_page()
    a_picture(word, "A red bin")
    data, _ = imported(word, tmp_path)
    figure = data["sections"][0]["sections"][0]["blocks"][-1]
    assert figure["alternative"] == "A red bin"
    assert (tmp_path / "to" / "fines-for-litter" / figure["image"]).read_bytes().startswith(b"\x89PNG")


def test_a_picture_without_a_description_waits_for_a_person(tmp_path: Path) -> None:
    word = a_page()
    a_picture(word, "")
    data, text = imported(word, tmp_path)
    assert "figure" not in str(data)
    assert re.search(r"# look: the page does not say what this picture shows.*\n(.*\n)*? +# - type: figure", text)
    assert list((tmp_path / "to" / "fines-for-litter" / "images").iterdir())


def test_a_word_files_language_is_the_pages(tmp_path: Path) -> None:
    word = a_page()
    (language,) = word.styles.element.iter(qn("w:lang"))
    language.set(qn("w:val"), "en-GB")
    data, text = imported(word, tmp_path)
    assert data["language"] == "en"
    assert "does not say its language" not in text


def test_hidden_words_stay_hidden_and_are_listed(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Fines for litter", style="Title")
    paragraph = word.add_paragraph("You may be fined")
    paragraph.add_run(" by Jo Bloggs").font.hidden = True
    paragraph.add_run(".").font.hidden = False
    data, text = imported(word, tmp_path)
    assert data["sections"][0]["blocks"] == ["You may be fined."]
    assert "# - “by Jo Bloggs” – hidden in the Word file" in text


def test_deleted_words_stay_deleted(tmp_path: Path) -> None:
    word = a_page()
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "Free of charge"
    run.append(text)
    deleted.append(run)
    word.paragraphs[1]._p.append(deleted)
    assert "Free of charge" not in imported(word, tmp_path)[1]


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml"])
def test_a_damaged_word_file_is_refused_with_a_hint(tmp_path: Path, part: str) -> None:
    import zipfile  # noqa: PLC0415

    from importer.faults import Refused  # noqa: PLC0415

    a_page().save(str(tmp_path / "whole.docx"))
    with zipfile.ZipFile(tmp_path / "whole.docx") as whole, zipfile.ZipFile(tmp_path / "cut.docx", "w") as cut:
        for name in whole.namelist():
            cut.writestr(name, whole.read(name)[:40] if name == part else whole.read(name))
    with pytest.raises(Refused) as refused:
        import_file(tmp_path / "cut.docx", tmp_path / "to", None, ROOT / "schema.yaml")
    assert refused.value.diagnostic.code == "not-a-page"


def test_the_words_of_a_field_are_words_of_the_page(tmp_path: Path) -> None:
    word = a_page()
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " DATE ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "5 March 2024"
    run.append(text)
    field.append(run)
    word.add_paragraph("It ends on: ")._p.append(field)
    _, source = imported(word, tmp_path)
    assert "It ends on: 5 March 2024" in source
