"""Signs and letters that the text's typeface lacks are printed in a matching one, in every weight, and read back as
written."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from channels.base import Rendering
from channels.design import FONTS
from channels.pdf.check import faults_of
from channels.pdf.engine import Typesetter
from channels.pdf.frames import stylesheet
from channels.pdf.glyphs import ORDINARY, lacking, read_glyphs, unprintable
from channels.pdf.measure import measure
from model.diagnostics import has_errors
from model.document import Document
from proof.bare_text import TURNED, bare
from proof.prove import prove
from tests.channels.pdf.made import channel, data, from_text, lines, opened, publication, typefaces
from tests.conftest import ROOT

SIGNS = (
    "35 µg", "CO₂ and m³/s", "10⁻⁶ to 10²³", "⅓ ⅔ ½ ¼ ¾ ⅛ ⅜ ⅝ ⅞ ⅕ ⅖ ⅗ ⅘ ⅙ ⅚", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉",
    "→ ← ↑ ↓ ↔", "✓ ✔ ✗ ✘ ☐ ☑ ☒", "5′ 6″", "× ÷ ± ≥ ≤ ≈ − ≠ °", "α β γ δ ε λ μ π σ ω Δ Σ Ω", "ΑΒΓΘΛΞΠΦΨ",
    "20 ℃", "★★★☆☆", "₦ ₱ ₺ ₽ € £", "non‑breaking", "Nguyễn Thị Ọlá Ṣadé", "Ōtaki and Ŵŷ",
)  # fmt: skip
SOURCE = """\
title: How 35 µg became ⅓ less
summary: A page for tests that holds every sign → in text, in bold and in headings ✓
language: en
publisher: {{ name: Office of Signs ₂ }}
status: current
editions: [leaflet, large-print]
introduction:
{paragraphs}
sections:
  - id: bold
    title: Up ↑ and down ↓ to CO₂
    blocks:
      - {{ type: list, items: [{bold}] }}
      - {{ type: table, caption: Which are there ✓, headers: [Sign ✓, Is it there ✗], rows: [[½ and ⅓, ✔]] }}
"""
PLAIN = "\n".join(f'  - "{sign} is a sign."' for sign in SIGNS)
BOLD = ", ".join(f'"**{sign}** is bold."' for sign in SIGNS)


def signs(folder: Path) -> Document:
    """A publication that holds all signs, in both weights."""
    return from_text(folder, SOURCE.format(paragraphs=PLAIN, bold=BOLD))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Rendering:
    return channel().render(signs(tmp_path_factory.mktemp("signs")), {})


def test_every_sign_is_printed_and_read_back_as_written(made: Rendering) -> None:
    assert [fault for fault in made.diagnostics if fault.severity == "error"] == []
    assert {file.path for file in made.files} == {
        "leaflet.pdf",
        "leaflet-office.pdf",
        "leaflet-print.pdf",
        "large-print.pdf",
    }
    for file in made.files:
        said = [words.replace("\u00a0", " ").replace("\u2060", "") for _, words in lines(file.data)]
        for sign in SIGNS:
            assert f"{sign} is a sign." in said, file.path
            assert f"{sign} is bold." in said, file.path
        assert {"How 35 µg became ⅓ less", "Up ↑ and down ↓ to CO₂", "Which are there ✓", "✔"} <= set(said)
        assert list(faults_of(file.data, file.path)) == []


def test_the_second_typeface_is_embedded_in_both_weights_only_where_it_is_needed(made: Rendering) -> None:
    both = {"Paper-Companion", "Paper-Companion-Bold"}
    for file in made.files:
        assert typefaces(file.data) > both
    assert not typefaces(data("seed", "leaflet.pdf")) & both


def test_a_sign_moves_no_line() -> None:
    """The lines of a sign's typeface are as high as those of the text around it, and stand on the same base line."""
    page = '<html lang="en"><title>x</title><body><div class="inside">{}</div>'
    texts = ("<p>Plain words<br>on two<br>lines", "<p>→ µ ⅔ ₂ ễ<br>✓ ⁹ Ω<br>☑")
    tops = [
        [
            scrap.top
            for scrap in measure(Typesetter(page.format(text), stylesheet("leaflet"), {}).lay_out(12).pages)[0].scraps
        ]
        for text in texts
    ]
    assert sorted(set(tops[0])) == sorted(set(tops[1]))
    assert len(set(tops[0])) == 3


def test_both_families_have_the_same_characters_in_both_weights_and_say_who_made_them() -> None:
    for family in ("AtkinsonHyperlegibleNext", "PaperCompanion"):
        regular, bold = (TTFont(FONTS / f"{family}-{weight}.ttf") for weight in ("Regular", "Bold"))
        assert regular.getBestCmap().keys() == bold.getBestCmap().keys()
        assert "SIL Open Font License" in regular["name"].getDebugName(13)
    assert "The Inter Project Authors" in regular["name"].getDebugName(0)
    assert "Inter" not in regular["name"].getDebugName(4)
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert all(f"The {who} Project Authors" in licence for who in ("Atkinson Hyperlegible Next", "Inter"))
    assert "PaperCompanion" in (FONTS / "FONTLOG.txt").read_text(encoding="utf-8")


def test_lines_in_other_letters_are_printed_with_a_character_behind_every_glyph(tmp_path: Path) -> None:
    lines = [
        *("العربية: مرحبا", "اردو میں مدد", "فارسی", "עברית שלום", "বাংলা ভাষায় সাহায্য", "ગુજરાતી માં", "हिन्दी में क्षेत्र"),
        *("ਪੰਜਾਬੀ ਵਿੱਚ ਮਦਦ", "தமிழ் கொள்", "ትግርኛ", "ไทย น้ำ", "Українська", "Ελληνικά βοήθεια", "**বাংলা**"),
        *("中文、繁體", "日本語のページ", "한국어로", "Հայերեն", "ქართული", "සිංහල", "**日本語**"),
        *("In א1ב2 5 people.", "हिन्दी हम कि का", "Ask (עברית) on 020 7946 0958.", "မြန်မာ မာ"),
        "没有空格的一行" * 12,
    ]
    paragraphs = "\n".join(f'  - "{line}"' for line in lines)
    document = from_text(tmp_path, SOURCE.format(paragraphs=paragraphs, bold="words"))
    assert ["Myanmar" in fault.message for fault in unprintable(document)] == [True]
    made = channel().render(replace(document, editions=("large-print",)), {})
    assert not has_errors(made.diagnostics)
    assert channel().check(made) == ()
    (file,) = made.files
    said = "".join(passage.text for passage in channel().read_back(made)).replace("\u200b", "")
    whole = [line.strip("*") for line in lines if not TURNED.search(line)]
    assert [line for line in whole if bare(line) not in bare(said)] == []
    assert prove(document, channel().read_back(made), channel().departures(document), draws=True)[1] == ()
    (tmp_path / "made.pdf").write_bytes(file.data)
    command = ["pdftotext", "-raw", str(tmp_path / "made.pdf"), "-"]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [line for line in whole if bare(line) not in bare(theirs)] == []
    with opened(file.data) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in dict(page.Resources.Font).values()}
    assert len({name for name in fonts if "Noto" in name}) >= 13
    assert "日本語のページ" in said and "한국어로" in said and len({name for name in fonts if "Droid" in name}) == 1


def test_what_is_taken_for_granted_has_glyphs() -> None:
    assert [character for character in sorted(ORDINARY) if ord(character) not in read_glyphs()] == []


def test_what_cannot_be_printed_is_told_before_anything_is_made(tmp_path: Path) -> None:
    """Each character is reported once, at its sentence, with a replacement if one is known."""
    text = SOURCE.format(paragraphs='  - "Call ☎ us."\n  - "Again ☎."', bold='"A **ខ** sign, ⅒"')
    document = from_text(tmp_path, text.replace("Office of Signs ₂", "Office 🙂"))
    found = unprintable(document)
    written = Path(document.mark.file).read_text(encoding="utf-8").splitlines()
    assert [(fault.severity, fault.code) for fault in found] == [("warning", "no-glyph")] * 4
    for fault, (character, hint) in zip(
        found,
        {"🙂": "another way", "☎": "“Telephone”", "ខ": "another way", "⅒": "“1⁄10”"}.items(),
        strict=True,
    ):
        assert f"“{character}” (U+{ord(character):04X}, " in fault.message
        assert "print shows a box" in fault.message and hint in fault.hint
        assert character in written[fault.mark.line - 1]
    built = channel().render(document, {})
    assert set(found) == {fault for fault in built.diagnostics if fault.code == "no-glyph"}
    assert channel().check(built) == (), "a box is a glyph with its character behind it"
    said = {
        p.file: "".join(p.text for p in channel().read_back(built) if p.file == p.file)
        for p in channel().read_back(built)
    }
    assert "Call ☎ us." in said["leaflet.pdf"] and "Office 🙂" in said["leaflet.pdf"]


def test_what_is_only_told_of_an_image_need_not_be_printable(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    figure = "  - { type: figure, image: images/dot.svg, alternative: A picture of ខ on a wall }"
    assert unprintable(from_text(tmp_path, SOURCE.format(paragraphs=figure, bold="words"))) == ()


def test_looking_for_them_opens_no_engine_and_no_font_for_an_ordinary_text() -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom channels.pdf.glyphs import unprintable\n"
        "from reader.read import read\n"
        "assert not unprintable(read(Path('source/drug-related-crime/en.yaml')).document)\n"
        "print(sorted(set(sys.modules) & {'weasyprint', 'fontTools', 'pikepdf', 'jinja2'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert unprintable(publication("everything")) == ()


@pytest.mark.parametrize("text", ["", "Plain words.", "a\u00a0b\u2060c\u200bd", "35 µg ⅓ →"])
def test_nothing_lacks_where_all_is_there(text: str) -> None:
    assert list(lacking(text)) == []
