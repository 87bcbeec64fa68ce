"""A leaflet whose text does not fit is refused, and its author is told on which panel, how much to cut, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from channels.pdf.arrange import arrange
from channels.pdf.engine import Typesetter
from model.diagnostics import Diagnostic
from tests.channels.pdf.made import channel, from_text
from tests.channels.pdf.test_copyfit import CONTACT, PAGE, SENTENCE, leaflet


def line_of(fault: Diagnostic) -> str:
    """The source line that a fault points at."""
    return Path(fault.mark.file).read_text(encoding="utf-8").splitlines()[fault.mark.line - 1]


def test_what_does_not_fit_is_an_error_that_tells_the_panel_the_length_and_the_line(tmp_path: Path) -> None:
    made = leaflet(tmp_path, paragraphs=60)
    assert not made.files
    fault = next(found for found in made.diagnostics if found.code == "leaflet-too-long")
    assert fault.severity == "error"
    assert "past the flap panel, at 12 pt" in fault.message
    assert fault.message.split(" mm ")[0].rsplit(" ", 1)[-1].isdigit()
    assert "the room ends here: cut about " in fault.hint
    assert " words, before or after" in fault.hint
    assert "booklet" in fault.hint
    without = re.search(
        r"it fits without all from “Stop at the kerb, look …” \(line (\d+)\) on, (\d+) words", fault.hint
    )
    assert without is not None
    fewer = leaflet(tmp_path, paragraphs=int(without[1]) - 13)
    assert fewer.files, "what is named is enough"
    more = leaflet(tmp_path, paragraphs=int(without[1]) - 11)
    assert not more.files, "and hardly more than enough"
    assert SENTENCE[:20] in line_of(fault)
    assert fault.mark.line > 12 + 30, "the first lines do fit"


def test_one_block_that_is_too_much_is_named_where_others_have_more_words(tmp_path: Path) -> None:
    """A picture or a table takes much room and has few words."""
    rows = ", ".join(f"[Kerb {n}, Wait]" for n in range(16))
    table = f"      - {{ type: table, caption: Kerbs, headers: [Kerb, What to do], rows: [{rows}] }}"
    blocks = "\n".join([table, *[f"      - {SENTENCE}"] * 34])
    made = channel().render(from_text(tmp_path, PAGE.format(introduction="  - Cross.", blocks=blocks)), {})
    [fault] = [found for found in made.diagnostics if found.severity == "error"]
    assert re.search(r"it fits without “Kerbs” \(line 13, \d+ words\)", fault.hint), fault.hint


def test_a_text_that_is_too_long_is_not_laid_out_once_more_for_its_contacts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    lay_out = Typesetter.lay_out

    def counted(typesetter: Typesetter, size: float) -> Any:
        tried.append(typesetter.html)
        return lay_out(typesetter, size)

    monkeypatch.setattr(Typesetter, "lay_out", counted)
    blocks = "\n".join([CONTACT.format(1), *[f"      - {SENTENCE}"] * 60])
    arrange(from_text(tmp_path, PAGE.format(introduction="  - Cross.", blocks=blocks)))
    assert len(set(tried)) == 1


RIGHTS = "rights: {0}\nurl: https://example.org/\n"


def test_a_back_with_too_much_text_is_told_by_its_words(tmp_path: Path) -> None:
    text = PAGE.format(introduction="  - Cross.", blocks=f"      - {SENTENCE}") + RIGHTS.format(
        " ".join([SENTENCE] * 12)
    )
    fault = next(found for found in channel().render(from_text(tmp_path, text), {}).diagnostics if found.mark.line > 1)
    assert fault.code == "leaflet-too-long"
    assert "past the back panel, at 12 pt" in fault.message
    assert "the back holds all from “Stop at the kerb, look …” to “… you step into the road.”: cut about " in fault.hint
    assert line_of(fault).startswith("rights: ")


def test_where_only_our_own_last_lines_have_no_room_the_authors_last_one_is_told(tmp_path: Path) -> None:
    """Formats and dates have no line in the source, and cannot be cut."""
    text = PAGE.format(introduction="  - Cross.", blocks=f"      - {SENTENCE}")
    lengths = {}
    for count in range(100, 190, 10):
        rights = RIGHTS.format("word " * count)
        faults = channel().render(from_text(tmp_path, text + rights + "version: 'the very last'\n"), {}).diagnostics
        for fault in faults:
            if fault.code == "leaflet-too-long":
                lengths[count] = int(fault.message.split(" mm ")[0].rsplit(" ", 1)[-1])
                assert line_of(fault).startswith("rights: ")
    assert lengths
    assert min(lengths.values()) <= 24, "what is free at the foot of the panel is taken off"
    assert list(lengths.values()) == sorted(lengths.values())


def test_a_cover_with_too_much_text_is_told_by_its_words(tmp_path: Path) -> None:
    text = PAGE.format(introduction="  - Cross.", blocks=f"      - {SENTENCE}")
    text += f"as_of: {' '.join([SENTENCE.rstrip('.')] * 12)}\n"
    fault = next(found for found in channel().render(from_text(tmp_path, text), {}).diagnostics if found.mark.line > 1)
    assert fault.code == "leaflet-too-long"
    assert "the cover holds all from “Crossing the road” to “… you step into the road”: cut" in fault.hint
    assert line_of(fault).startswith("as_of: ")
