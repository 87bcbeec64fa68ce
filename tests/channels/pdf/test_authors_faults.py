"""What authors may write without a fault: long addresses, colons in link words, grey pictures of 16 bits, long
titles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from channels.pdf import pages
from channels.pdf.check import faults_of
from channels.pdf.frames import title_scale
from channels.pdf.glyphs import unprintable
from channels.pdf.leaflet import plan
from channels.pdf.pictures import drawable
from tests.channels.pdf.made import channel, from_text, opened

PAGE = """\
title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: {{ name: Tests }}
status: current
terms: {{ NHS: {{ expansion: National Health Service }} }}
sections:
  - {{ id: help, title: Help, blocks: ["{text}"] }}
"""
LONG = "https://www.example.gov.uk/how-to-apply-for-help-with-the-cost-of-your-prescriptions-and-travel-to-hospital"


@pytest.mark.parametrize(
    "text",
    [
        f"See {LONG} for more.",
        f"See [the guide]({LONG}).",
        "[Frank: get help](https://a.gov.uk)",
        "See [the NHS guide](https://a.gov.uk).",
    ],
)
def test_every_edition_is_made_of_it(tmp_path: Path, text: str) -> None:
    document = from_text(tmp_path, PAGE.format(text=text))
    for made in (plan(document).made(), pages.large_print(document).made(), pages.booklet(document).made()):
        assert [fault for fault in made.diagnostics if fault.severity == "error"] == []
        assert made.files
        for file in made.files:
            assert list(faults_of(file.data, file.path)) == []


def test_small_letters_within_a_drawing_are_part_of_the_picture(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "g.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><text x="9" y="50" font-size="4" '
        'font-family="Atkinson Hyperlegible Next">Small label</text></svg>'
    )
    figure = "{ type: figure, image: images/g.svg, alternative: A label. }"
    document = from_text(tmp_path, PAGE.format(text="Words.").replace('["Words."]', f"[{figure}]"))
    [file] = pages.large_print(document).made().files
    assert list(faults_of(file.data, file.path)) == []


def test_grey_of_16_bits_keeps_its_steps(tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    image = Image.new("I;16", (4, 1))
    for x, value in enumerate((0, 0x4000, 0x8000, 0xFFFF)):
        image.putpixel((x, 0), value)
    image.save(path)
    grey = tmp_path / "made.png"
    grey.write_bytes(drawable(path))
    with Image.open(grey) as made:
        assert made.mode == "L"
        assert [made.getpixel((x, 0)) for x in range(4)] == [0, 64, 128, 255]


def test_no_title_is_set_smaller_than_the_smallest_type_allowed() -> None:
    """The cover's title is at least 2.6 times as large as the text, which has at least 12 points."""
    assert title_scale("Pneumonoultramicroscopicsilicovolcanoconiosis") * 2.6 * 12 / 100 >= 12


def test_an_address_in_two_lines_and_a_picture_beside_words_are_not_words_run_together(tmp_path: Path) -> None:
    """In the text of a PDF, the end of such an address follows its beginning without a space, and so do the labels of a
    picture. Both are right."""
    piece = "CA826818C8330D2BC1257180004B1B2E80256EE600585943CA826818C8330D2BC1257180004B1B2EOpenDocument"
    item = f"See https://www.example.org/80256EE/%28httpPages%29/{piece} or call."
    picture = (
        "{text: This is new, blocks: [{type: statistic, text: In all 3 of them are so., value: '3', unsourced: true, "
        "label: offices, period: 2019 to 2024, alternative: Three marks.}]}"
    )
    page = PAGE.format(text="Ask.").replace('"Ask."', f"{{type: list, items: ['{item}', {picture}]}}")
    document = replace(from_text(tmp_path, page), editions=("factsheet",))
    [file] = [file for file in channel().render(document, {}).files if file.path == "factsheet.pdf"]
    assert list(faults_of(file.data, file.path)) == []


def test_the_letters_of_another_script_are_one_warning_a_page(tmp_path: Path) -> None:
    text = "Ask for it in ភាសាខ្មែរ or မြန်မာ.\n      - It is ខ្មែរ, ಕನ್ನಡ or 中文."
    found = unprintable(from_text(tmp_path, PAGE.format(text=text)))
    assert [(fault.severity, fault.message.partition(" letters")[0]) for fault in found] == [
        ("warning", "the typefaces of the PDF have no Khmer"),
        ("warning", "the typefaces of the PDF have no Myanmar"),
        ("warning", "the typefaces of the PDF have no Kannada"),
    ]


def test_an_address_in_the_text_is_described_without_its_scheme(tmp_path: Path) -> None:
    text = "See http://cdn.example.org/March.pdf or https://www.example.org/a."
    made = channel().render(replace(from_text(tmp_path, PAGE.format(text=text)), editions=("large-print",)), {})
    assert channel().check(made) == ()
    with opened(made.files[0].data) as pdf:
        described = [str(link.Contents) for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert described[:2] == ["cdn.example.org/March.pdf", "www.example.org/a"]


def test_a_sentence_that_nobody_could_read_is_an_error(tmp_path: Path) -> None:
    sentence = "មនុស្សទាំងអស់កើតមកមានសេរីភាពនិងសមភាព"
    found = unprintable(from_text(tmp_path, PAGE.format(text=f"{sentence} 1.\n      - ខ្មែរ\n      - {sentence}")))
    assert [(fault.severity, fault.code) for fault in found] == [("warning", "no-glyph"), ("error", "unprintable-text")]
