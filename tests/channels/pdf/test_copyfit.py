"""A leaflet's type is as large as possible and never under 12 points, and its panels are filled."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import Rendering
from channels.pdf import choose
from channels.pdf.arrange import Trials, arrange, attempt, fits, flap_begins_anew, inside_of, unbroken
from channels.pdf.copyfit import SIZES, STEP, fit
from channels.pdf.engine import Typesetter
from channels.pdf.measure import Trial
from channels.pdf.spread import THIN
from model.editions import printed_editions
from tests.channels.pdf.made import channel, expected, from_text, lines, plain, publication, rendering

PAGE = """\
title: Crossing the road
summary: How to cross the road safely, alone or with children.
language: en
publisher: {{ name: Roads Office }}
status: current
editions: [leaflet]
introduction:
{introduction}
sections:
  - id: look
    title: Look both ways
    blocks:
{blocks}
"""
SENTENCE = "Stop at the kerb, look to the right, look to the left, and listen before you step into the road."


def leaflet(folder: Path, *, introduction: str = "Cross with care.", paragraphs: int = 30) -> Rendering:
    """A leaflet of `paragraphs` paragraphs with one sentence each."""
    blocks = "\n".join(f"      - {SENTENCE}" for _ in range(paragraphs))
    return channel().render(from_text(folder, PAGE.format(introduction=f"  - {introduction}", blocks=blocks)), {})


@settings(deadline=None)
@given(st.integers(0, len(SIZES)), st.floats(10, 20), st.sampled_from(SIZES))
def test_the_largest_size_that_fits_is_found_whatever_the_guess(fitting: int, guess: float, first: float) -> None:
    tried: list[float] = []

    def lay_out(size: float) -> float:
        tried.append(size)
        return size

    size = fit(lay_out, lambda layout: layout in SIZES[:fitting], lambda _: guess, first)
    assert size == (SIZES[fitting - 1] if fitting else SIZES[0])
    assert len(set(tried)) == len(tried)
    assert len(tried) <= 12
    if abs(guess - size) <= 0.125:
        assert len(tried) <= 3
    if first in (size, size + STEP) and abs(guess - size) <= 0.125:
        assert len(tried) <= 2


def test_sizes_go_from_12_to_16_points_in_quarters() -> None:
    assert (SIZES[0], SIZES[-1]) == (12, 16)
    assert {after - before for before, after in pairwise(SIZES)} == {0.25}


def test_the_seed_fits_at_12_points_or_more_and_fills_its_panels() -> None:
    made = rendering("seed")
    assert not made.diagnostics
    assert float(made.notes[0].split("set at ")[1].removesuffix(" pt")) >= 12


def test_a_flap_begins_with_a_new_block_where_a_little_smaller_type_allows_it(tmp_path: Path) -> None:
    blocks = "\n".join([f"      - {SENTENCE}"] * 24)
    typesetter, trial, _ = arrange(from_text(tmp_path, PAGE.format(introduction="  - Cross with care.", blocks=blocks)))
    larger = attempt(typesetter, 16)
    assert fits(larger.pages)
    assert flap_begins_anew(trial.pages)
    assert not flap_begins_anew(larger.pages), "a size at which it would not"
    assert unbroken(Trials(typesetter), larger).size == trial.size < 16


def test_few_layouts_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Layouts are most of a leaflet's cost: one that fits, one size larger that does not, and one with a section that
    begins a panel because another was thin."""
    tried: list[float] = []
    lay_out = Typesetter.lay_out

    def counted(typesetter: Typesetter, size: float) -> Any:
        tried.append(size)
        return lay_out(typesetter, size)

    monkeypatch.setattr(Typesetter, "lay_out", counted)
    _, trial, _ = arrange(publication("seed"))
    assert trial.size in tried
    assert len(tried) == 3


def test_a_section_low_on_a_panel_begins_on_the_next_one_if_that_would_be_thin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the leaflet would have a gap in its middle, because a statistic and its sentence stay together."""

    def inside(trial: Trial) -> list[float]:
        return [page.fill for page in trial.pages if page.name == "inside"][:-1]

    _, trial, _ = arrange(publication("seed"))
    assert min(inside(trial)) > THIN
    assert [page.scraps[0].id for page in trial.pages if page.name == "inside"][
        2
    ] == "drug-interventions-programme-title"
    monkeypatch.setattr("channels.pdf.arrange.evened", lambda _, trial: trial)
    _, before, _ = arrange(publication("seed"))
    assert before.size == trial.size
    assert min(inside(before)) < THIN


def test_where_no_size_near_helps_the_largest_stays(tmp_path: Path) -> None:
    paragraph = " ".join([SENTENCE] * 40)
    text = PAGE.format(introduction="  - Cross.", blocks=f"      - {paragraph}")
    typesetter, trial, _ = arrange(from_text(tmp_path, text))
    assert not flap_begins_anew(trial.pages), "one paragraph fills all panels"
    assert trial.size == SIZES[-1] or not fits(attempt(typesetter, trial.size + STEP).pages)


def test_no_size_is_laid_out_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[float] = []
    lay_out = Typesetter.lay_out

    def counted(typesetter: Typesetter, size: float) -> Any:
        tried.append(size)
        return lay_out(typesetter, size)

    monkeypatch.setattr(Typesetter, "lay_out", counted)
    blocks = "\n".join([f"      - {SENTENCE}"] * 24)
    arrange(from_text(tmp_path, PAGE.format(introduction="  - Cross with care.", blocks=blocks)))
    assert len(tried) == len(set(tried)) <= 4


def test_a_short_text_stands_on_all_its_panels_with_more_space_between_its_lines(tmp_path: Path) -> None:
    """Sections begin on new panels as long as there are panels."""
    section = f"  - {{{{ id: s{{0}}, title: Section {{0}}, blocks: [{SENTENCE!r}, {SENTENCE!r}] }}}}"
    text = PAGE.format(introduction="  - Cross.", blocks=f"      - {SENTENCE}")
    typesetter, trial, _ = arrange(from_text(tmp_path, text + "\n".join(map(section.format, range(3)))))
    assert [page.name for page in trial.pages] == ["cover", *["inside"] * 4, "back"]
    firsts = [page.scraps[0].id for page in trial.pages[1:5]]
    assert firsts[1:] == ["s0-title", "s1-title", "s2-title"]
    assert inside_of(typesetter).get("style") == "line-height: 1.5"


LONG = "They stood at the kerb, and {0}1 stopped" + ", looked to the right and to the left, and heard what came" * 11
STATISTIC = (
    f"      - {{{{ type: statistic, id: s{{0}}, text: '{LONG}.', "
    "value: '{0}1', label: stopped, alternative: So many marks., unsourced: true }}"
)


def test_a_statistics_sentence_parts_only_where_a_leaflet_that_was_asked_for_would_not_fit(tmp_path: Path) -> None:
    """If the author leaves the choice to the text, a factsheet keeps it whole."""
    text = PAGE.format(introduction="  - Cross.", blocks="\n".join(map(STATISTIC.format, range(1, 6))))
    made = channel().render(from_text(tmp_path, text), {})
    assert made.notes[0].endswith(
        "; sentences of statistics go over two panels, as there is no room to keep them whole"
    )
    assert made.files
    document = from_text(tmp_path, text.replace("editions: [leaflet]\n", ""))
    assert [plan.name for plan in choose.plans(document)] == ["factsheet", "large-print"]
    few = PAGE.format(introduction="  - Cross.", blocks="\n".join(map(STATISTIC.format, range(1, 5))))
    [note] = channel().render(from_text(tmp_path, few), {}).notes
    assert re.fullmatch(r"leaflet.pdf: set at [\d.]+ pt", note)


@pytest.mark.parametrize(("title", "summary"), [(70, 160), (130, 320)])
def test_a_cover_holds_a_long_title_and_summary(tmp_path: Path, title: int, summary: int) -> None:
    text = PAGE.format(introduction="  - Cross.", blocks=f"      - {SENTENCE}")
    text = text.replace("Crossing the road", (SENTENCE * 2)[:title].strip().replace(",", ""), 1)
    text = text.replace("How to cross the road safely, alone or with children.", (SENTENCE * 4)[:summary].strip(), 1)
    made = channel().render(from_text(tmp_path, text), {})
    assert not [found for found in made.diagnostics if found.severity == "error"]
    assert made.files


CONTACT = (
    "      - {{ type: contact, name: Office number {0}, phone: 0800 77 66 00, hours: Mondays to Fridays from 9am }}"
)


def test_contacts_fill_the_back_and_those_without_room_stay_with_the_text_and_the_summary_says_so(
    tmp_path: Path,
) -> None:
    """The main contact comes first. A leaflet with room on other panels is not refused."""
    contacts = [CONTACT.format(n) for n in range(9)]
    contacts[7] = contacts[7].replace("phone:", "main: true, phone:")
    blocks = "\n".join([*contacts, f"      - {SENTENCE}"])
    made = channel().render(from_text(tmp_path, PAGE.format(introduction="  - Cross.", blocks=blocks)), {})
    assert not [fault for fault in made.diagnostics if fault.severity == "error"]
    some = re.search(r"; (\d) of 9 contacts stand with the text, as the back has no room for them$", made.notes[0])
    assert some is not None
    said = [words for _, words in lines(made.files[0].data)]
    text, back = said[: said.index("Who to contact")], said[said.index("Who to contact") :]
    left = [words for words in text if words.startswith("Office number")]
    assert len(left) == int(some[1]) < 6
    assert left == sorted(left)
    assert text.index("Look both ways") < text.index(left[0]) < text.index(left[-1]) < text.index(SENTENCE)
    assert sorted(left + [words for words in back if words.startswith("Office")]) == [
        f"Office number {n}" for n in range(9)
    ]
    assert "Office number 7" in back


def test_contacts_that_the_back_has_room_for_stand_there(tmp_path: Path) -> None:
    blocks = "\n".join([*map(CONTACT.format, range(2)), f"      - {SENTENCE}"])
    made = channel().render(from_text(tmp_path, PAGE.format(introduction="  - Cross.", blocks=blocks)), {})
    said = [words for _, words in lines(made.files[0].data)]
    order = ["Look both ways", SENTENCE, "Who to contact", "Office number 0", "Office number 1"]
    assert [words for words in said if words in order] == order
    assert "contacts" not in made.notes[0]


def test_a_long_word_in_the_title_and_a_long_address_still_fit(tmp_path: Path) -> None:
    text = PAGE.format(
        introduction="  - Write to someone.with-long.name@department.of.transport.example.gov.uk today.",
        blocks="\n".join([f"      - {SENTENCE}"] * 30)
        + "\n      - { type: contact, name: Office, phone: +44 20 7946 0000, textphone: 18001 0800 77 66 00 }",
    )
    made = channel().render(
        from_text(tmp_path, text.replace("Crossing the road", "Telecommunications responsibilities")), {}
    )
    assert not made.diagnostics
    said = "\n".join(words for _, words in lines(made.files[0].data))
    assert "someone.with-long.name@department.of.transport.example.gov.uk" in said


@pytest.mark.parametrize("title", ["-", "- -", "–", "’", "7"])
def test_a_title_without_a_word_is_printed_too(tmp_path: Path, title: str) -> None:
    text = PAGE.format(introduction="  - Cross.", blocks=f"      - {SENTENCE}")
    made = channel().render(from_text(tmp_path, text.replace("Crossing the road", f'"{title}"')), {})
    assert ("H1", title) in lines(made.files[0].data)


def test_sections_of_contacts_go_to_the_back_with_their_headings(tmp_path: Path) -> None:
    blocks = f"""\
      - {SENTENCE}
      - {{ type: contact, name: The first office, phone: 0800 77 66 00 }}
    sections:
      - {{ id: inner, title: Inner offices, blocks: [{{ type: contact, name: The second office }}] }}
  - {{ id: more, title: More offices, blocks: [{{ type: contact, name: The third office }}] }}
  - {{ id: last, title: Last words, blocks: [Thank you.] }}"""
    document = from_text(tmp_path, PAGE.format(introduction="  - Cross.", blocks=blocks))
    leaflet_file = channel().render(document, {}).files[0]
    said = [words.replace("\u00a0", " ") for _, words in lines(leaflet_file.data)]
    order = [plain(sentence) for sentence in expected(document, leaflet=True)]
    assert order.index("Last words") < order.index("The first office") < order.index("Inner offices")
    assert [words for words in said if words in order] == order


def test_a_panel_with_little_on_it_is_a_warning_and_no_more(tmp_path: Path) -> None:
    made = leaflet(tmp_path, paragraphs=3)
    [fault] = made.diagnostics
    assert (fault.severity, fault.code) == ("warning", "panel-empty")
    assert "flap (" in fault.message
    assert "flyer" in fault.hint
    assert {file.path for file in made.files} == {"leaflet.pdf", "leaflet-office.pdf", "leaflet-print.pdf"}
    assert made.notes == ("leaflet.pdf: set at 16 pt",)


def test_text_that_would_leave_its_panels_nearly_empty_is_a_fifth_larger_than_cover_and_back(tmp_path: Path) -> None:
    def sizes(paragraphs: int) -> set[float]:
        blocks = "\n".join([f"      - {SENTENCE}"] * paragraphs)
        text = from_text(tmp_path, PAGE.format(introduction="  - Cross with care.", blocks=blocks))
        _, trial, _ = arrange(text)
        assert fits(trial.pages)
        boxes = (box for page in trial.laid_out.pages for box in page._page_box.descendants())
        lines = (box for box in boxes if SENTENCE[:4] in getattr(box, "text", ""))
        return {round(box.style["font_size"] * 72 / 96, 2) for box in lines}

    assert sizes(3) == {19.2}
    [usual] = sizes(24)
    assert usual <= 16


def test_a_character_without_a_glyph_is_a_box_and_a_warning_at_its_line(tmp_path: Path) -> None:
    made = leaflet(tmp_path, introduction="Look ☎ there.\n  - A 🙂 smile, a ខ letter.")
    faults = [found for found in made.diagnostics if found.code == "no-glyph"]
    assert [fault.severity for fault in faults] == ["warning"] * 3
    for fault, character in zip(faults, "☎🙂ខ", strict=True):
        assert f"U+{ord(character):04X}" in fault.message
        assert character in Path(fault.mark.file).read_text().splitlines()[fault.mark.line - 1]
    assert made.files


def test_what_english_and_welsh_are_written_with_has_glyphs(tmp_path: Path) -> None:
    words = "£ – — ’ “ ” é ŵ ŷ Ŵ Ŷ • … ½ € a\u00a0b"
    assert "no-glyph" not in {found.code for found in leaflet(tmp_path, introduction=f"It is {words} so.").diagnostics}


def test_a_word_with_figures_that_is_wider_than_its_panel_is_an_error_and_not_cut_off(tmp_path: Path) -> None:
    made = leaflet(tmp_path, introduction="Llanfair2" * 9)
    fault = next(found for found in made.diagnostics if found.code == "too-wide")
    assert fault.severity == "error"
    assert "Llanfair2" in fault.message
    assert "Llanfair2" in Path(fault.mark.file).read_text().splitlines()[fault.mark.line - 1]
    assert not made.files


def test_only_the_editions_that_are_asked_for_are_made() -> None:
    assert printed_editions(publication("seed")) == ("leaflet", "large-print")
    assert {file.path for file in rendering("seed").files} == {
        *("leaflet.pdf", "leaflet-office.pdf", "leaflet-print.pdf", "large-print.pdf")
    }
    assert {file.path for file in rendering("everything").files} == {
        *("large-print.pdf", "booklet.pdf", "booklet-office.pdf", "booklet-print.pdf")
    }


def test_a_contact_of_the_introduction_stays_there_and_is_not_told_to_have_no_room(tmp_path: Path) -> None:
    intro = f"  - Cross.\n  {CONTACT.format(8).strip()}"
    blocks = "\n".join([CONTACT.format(1), f"      - {SENTENCE}"])
    made = channel().render(from_text(tmp_path, PAGE.format(introduction=intro, blocks=blocks)), {})
    assert "contacts" not in made.notes[0]
    said = [words for _, words in lines(made.files[0].data)]
    assert said.index("Office number 8") < said.index("Look both ways") < said.index("Office number 1")
