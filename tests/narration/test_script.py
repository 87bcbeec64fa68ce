"""The script has everything that the author wrote, in the order of all editions, in forms that a listener can
follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from channels.base import Settings
from languages.en.recognise import values
from model.blocks import BulletList, Figure, Paragraph, Table
from model.diagnostics import has_errors
from model.document import Document
from model.errors import VoiceLacksLanguage
from model.inlines import Foreign, Inline, Mark, Sentence, Term, Text
from model.parting import for_edition
from model.traverse import sentences_of, sentences_of_footnotes, sentences_of_section, text_of
from narration.script import estimate, script
from narration.script_faults import check_script
from narration.utterance import BLOCK, SECTION, SENTENCE, Utterance, parts, show

HERE = Path(__file__).parent
SETTINGS = Settings()


def spoken(document: Document) -> dict[str, Utterance]:
    return {utterance.id: utterance for utterance in script(document, SETTINGS) if utterance.id}


def with_paragraph(document: Document, *inlines: Inline) -> Document:
    """`document` with only these inlines in its introduction, at line 7 of the source."""
    sentence = Sentence(id="only", inlines=inlines, mark=Mark(file="en.yaml", line=7, column=3))
    return replace(document, introduction=(Paragraph(id="p", sentences=(sentence,)),), sections=())


def tables(document: Document) -> list[Table]:
    found: list[Table] = []
    waiting = list(document.sections)
    while waiting:
        section = waiting.pop()
        found += [block for block in section.blocks if isinstance(block, Table)]
        waiting += section.sections
    return found


@pytest.mark.parametrize("name", ["seed", "everything", "blocks"])
def test_every_sentence_is_spoken_once_in_the_order_of_all_editions(name: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(name)
    in_rows = {cell.id for table in tables(document) for row in (*table.rows, *table.footer) for cell in row.cells}
    notes = {sentence.id for sentence in sentences_of_footnotes(document)}
    wanted = [sentence.id for sentence in sentences_of(document) if sentence.id not in in_rows | notes]
    every = [utterance.id for utterance in script(document, SETTINGS) if utterance.id]
    assert sorted(own for own in every if own in notes) == sorted(notes)
    made = [own for own in every if own not in notes]
    rows = [row.id for table in tables(document) for row in (*table.rows, *table.footer)]
    assert [own for own in made if own not in rows] == wanted
    assert [own for own in made if own in rows] == rows
    assert len(made) == len(set(made))


def test_a_footnote_is_said_between_its_number_and_its_end_after_the_first_sentence_that_it_belongs_to(
    blocks: Document,
) -> None:
    words = [utterance.words for utterance in script(blocks, SETTINGS)]
    at = words.index("Seeing a lawyer costs five pounds here.")
    assert words[at + 1 : at + 5] == [
        "Note one: You pay nothing.",
        "See who can get help.",
        "End of the note.",
        "Elsewhere it may cost more.",
    ]
    row = next(n for n, said in enumerate(words) if "three hundred and twenty-six pounds" in said)
    assert words[row + 1] == "Note three: To the nearest pound."


@pytest.mark.parametrize("name", ["seed", "everything", "blocks"])
def test_no_voice_is_left_anything_to_guess_at(name: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(name)
    assert check_script(document, script(document, SETTINGS), SETTINGS) == ()


@pytest.mark.parametrize("name", ["seed", "everything", "blocks"])
def test_the_whole_script_is_as_it_was_read_through(
    name: str, request: pytest.FixtureRequest, golden: Callable[[str, Path], None]
) -> None:
    heard = for_edition(request.getfixturevalue(name), "recording")
    made = "".join(f"{u.words} [{u.pause:g}]\n" for u in script(heard, SETTINGS))
    golden(made, HERE / f"{name}.script.txt")


def test_the_recording_opens_with_what_it_is_and_ends_with_other_formats(seed: Document) -> None:
    words = [utterance.words for utterance in script(seed, SETTINGS)]
    opening = words[: words.index("The links between drug use and crime are clearly established.")]
    assert opening[:2] == ["Drug-related crime.", "Published by: Home Office."]
    assert "Notice: This is an archived page." in opening
    assert opening[-1].startswith("This recording lasts about ") and opening[-1].endswith(" six parts.")
    assert words[-3:-1] == [
        "Other formats.",
        "This publication is also a web page, braille, an edition to print and a leaflet in large print, "
        "to be found where you got this recording.",
    ]


def test_a_current_publication_says_its_version_and_its_dates(everything: Document) -> None:
    words = [utterance.words for utterance in script(everything, SETTINGS)]
    assert words[2:6] == [
        "Version two point one.",
        "Published: the twenty-eighth of February twenty twenty-two.",
        "Last reviewed: the first of March twenty twenty-four.",
        "To be reviewed by: the first of March twenty twenty-seven.",
    ]


def test_the_length_that_is_said_is_the_one_that_is_given(seed: Document) -> None:
    assert "This recording lasts about one minute and has six parts." in [u.words for u in script(seed, SETTINGS, 1)]
    assert "This recording lasts about twelve minutes and has six parts." in [
        u.words for u in script(seed, SETTINGS, 12)
    ]
    assert estimate(script(seed, SETTINGS)) in (4, 5)


def test_each_block_has_a_form_that_the_ear_can_follow(everything: Document) -> None:
    words = [utterance.words for utterance in script(everything, SETTINGS)]
    text = "\n".join(words)
    assert "Warning: For tests only." in words
    assert "Notice: Good to know." in words
    assert "Picture: A path that forks in two, one branch leading up and one leading down." in words
    assert "\nTwo items:\nYour letter.\nA photo of yourself.\n" in text
    assert "\nThree steps:\nStep one: Go to your local office.\nTake a number.\nStep two: Wait for your turn.\n" in text
    assert "\nTable: Costs by age.\nIt has three columns and three rows.\nAge.\nEach visit.\nShare of people.\n" in text
    assert "\nSixty-five and over. Each visit: free. Share of people: thirty-five per cent.\n" in text
    assert "\nContact: Examples helpline.\nHelp with any example.\nTelephone: oh eight hundred," in text
    assert "\nSource: recorded crime figures.\n" in text


def test_addresses_behind_links_are_said_where_someone_is_to_be_reached(everything: Document) -> None:
    words = spoken(everything)
    assert words["other-formats-s1"].words == (
        "To ask for braille or another format, write to the formats team, formats at example dot gov dot U K, "
        "or call oh three hundred, one two three, double six double oh."
    )
    assert words["feedback-s1"].words.endswith("our feedback form, W W W dot example dot gov dot U K slash feedback.")
    assert "slash guide" not in words["introduction-3-s2"].words


def test_a_table_without_row_headers_names_every_column(everything: Document) -> None:
    (table,) = tables(everything)
    plain = replace(table, row_headers=False)
    section = replace(everything.sections[0], blocks=(plain,), sections=())
    words = spoken(replace(everything, sections=(section,)))
    assert words[table.rows[0].id].words.startswith("Age: eighteen to twenty-four. Each visit: five pounds.")


@pytest.mark.parametrize(
    ("cell", "spoken", "error"),
    [
        ("–", "not given", False),
        ("…", "not given", False),
        ("-", "not given", False),
        ("n/a", "not applicable", False),
        ("?", "", True),
    ],
)
def test_a_cell_is_never_silent(cell: str, spoken: str, error: bool, everything: Document) -> None:
    (table,) = tables(everything)
    row = table.rows[0]
    cells = (row.cells[0], replace(row.cells[1], inlines=(Text(text=cell),)), row.cells[2])
    section = replace(everything.sections[0], blocks=(replace(table, rows=(replace(row, cells=cells),)),), sections=())
    for document in (replace(everything, sections=(section,)), replace(everything, sections=(), related=section)):
        assert f"Each visit: {spoken}. " in spoken_row(document, row.id) or error
        found = check_script(document, script(document, SETTINGS), SETTINGS)
        assert [fault.code for fault in found] == (["nothing-to-say"] if error else [])


def test_a_cell_with_nothing_in_it_is_shown_as_it_is_written(everything: Document) -> None:
    """A dash does not say that there is no fee, neither in the recording nor in the transcript."""
    (table,) = tables(everything)
    row = table.rows[0]
    row = replace(row, cells=(row.cells[0], replace(row.cells[1], inlines=(Text(text="—"),)), row.cells[2]))
    section = replace(everything.sections[0], blocks=(replace(table, rows=(row,)),), sections=())
    utterance = spoken(replace(everything, sections=(section,)))[row.id]
    assert "Each visit: not given." in utterance.words and "Each visit: —." in utterance.shown


def test_a_column_without_a_name_is_read_without_one(everything: Document) -> None:
    (table,) = tables(everything)
    headers = (table.headers[0], replace(table.headers[1], inlines=(Text(text="–"),)), table.headers[2])
    section = replace(everything.sections[0], blocks=(replace(table, headers=headers),), sections=())
    document = replace(everything, sections=(section,))
    assert check_script(document, script(document, SETTINGS), SETTINGS) == ()
    assert spoken(document)[headers[1].id].words == "A column without a heading."
    assert ": five pounds." not in spoken_row(document, table.rows[0].id)
    assert " five pounds." in spoken_row(document, table.rows[0].id)


def test_a_header_decides_what_the_signs_below_it_mean(everything: Document) -> None:
    (table,) = tables(everything)
    header = replace(table.headers[1], inlines=(Text(text="River level"),))
    section = replace(everything.sections[0], sections=())

    def said(headers: tuple[Sentence, ...]) -> str:
        about = text_of(headers[1].inlines)
        cell = replace(table.rows[0].cells[1], inlines=values("6.05m", about=about))
        row = replace(table.rows[0], cells=(table.rows[0].cells[0], cell, table.rows[0].cells[2]))
        blocks = (replace(table, headers=headers, rows=(row,)),)
        return spoken_row(replace(everything, sections=(replace(section, blocks=blocks),)), row.id)

    assert "River level: six point nought five metres." in said((table.headers[0], header, table.headers[2]))
    assert "Each visit: 6.05m." in said(table.headers)


def test_initials_that_nobody_knows_are_one_line_of_one_warning_however_often_they_come(seed: Document) -> None:
    document = with_paragraph(seed, Text(text="The XYZ"))
    (block,) = document.introduction
    again = replace(document, introduction=(block, *(replace(block, id=f"p{n}") for n in (2, 3))))
    found = check_script(again, script(again, SETTINGS), SETTINGS)
    assert [(fault.severity, fault.code) for fault in found] == [("warning", "spelt-out")]
    assert found[0].message.splitlines()[1:] == ["“XYZ”: X Y Z (3 times, first in line 7)"]


def spoken_row(document: Document, own: str) -> str:
    return spoken(document)[own].words


@pytest.mark.parametrize("name", ["eBay", "iPhone"])
def test_a_name_that_begins_small_begins_a_sentence_as_it_is(name: str, seed: Document) -> None:
    document = with_paragraph(seed, Text(text=f"{name} has it."))
    spoken = script(document, SETTINGS)
    assert [one.words for one in spoken if one.id == "only"] == [f"{name} has it."]
    assert not has_errors(check_script(document, spoken, SETTINGS))


def test_a_decorative_picture_is_not_spoken(everything: Document) -> None:
    figures = [block for block in everything.introduction if isinstance(block, Figure)]
    (decorative,) = [figure for figure in figures if figure.alternative is None and figure.caption is None]
    assert decorative.id not in {own.rpartition("-")[0] for own in spoken(everything)}


def test_a_single_item_is_not_announced_as_a_list(seed: Document) -> None:
    words = [utterance.words for utterance in script(seed, SETTINGS)]
    assert words[words.index("Other Home Office sites.") + 1] == "Home Office websites."


def test_a_list_whose_number_has_just_been_said_is_not_announced_again(seed: Document) -> None:
    words = [utterance.words for utterance in script(seed, SETTINGS)]
    announced = words[words.index("The strategy comprises four key strands:") + 1]
    assert announced == "Reducing drug-related crime."
    section = seed.sections[0]
    items = next(block for block in section.blocks if isinstance(block, BulletList))
    shorter = tuple(replace(b, items=items.items[:3]) if b is items else b for b in section.blocks)
    other = script(replace(seed, sections=(replace(section, blocks=shorter), *seed.sections[1:])), SETTINGS)
    words = [utterance.words for utterance in other]
    assert words[words.index("The strategy comprises four key strands:") + 1] == "Three items:"


def test_pauses_grow_from_sentences_to_blocks_to_sections(seed: Document) -> None:
    utterances = script(seed, SETTINGS)
    by_id = spoken(seed)
    assert by_id["introduction-1-s1"].pause == SENTENCE
    assert by_id["introduction-1-s3"].pause == BLOCK
    assert by_id["introduction-3-s1"].pause == SECTION
    assert sum(utterance.pause == SECTION for utterance in utterances) == len(parts(seed))


def test_parts_are_the_opening_the_sections_and_other_formats(everything: Document) -> None:
    assert [part.id for part in parts(everything)] == [
        "introduction",
        *("values", "what-to-do", "who-to-ask", "glossary", "see-also"),
        "other-formats",
    ]
    inner = {s.id for section in everything.sections for s in sentences_of_section(section)}
    assert {u.section for u in script(everything, SETTINGS) if u.id in inner} == {"values", "what-to-do", "who-to-ask"}


def test_a_section_with_the_name_of_a_part_keeps_its_own(seed: Document) -> None:
    section = replace(seed.sections[0], id="introduction")
    assert [part.id for part in parts(replace(seed, sections=(section,)))][:2] == [
        "recording-introduction",
        "introduction",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "[[x]]",
        '<audio src="/etc/passwd">',
        "-x",
        "..",
        "\N{GRINNING FACE}",
        "a" * 10_000,
        "$(reboot)",
        "&lt;",
        "\u202ex",
    ],
)
def test_text_that_looks_like_control_is_words_or_an_error_at_its_place(hostile: str, seed: Document) -> None:
    document = with_paragraph(seed, Text(text=hostile))
    utterances = script(document, SETTINGS)
    (utterance,) = [utterance for utterance in utterances if utterance.id == "only"]
    found = check_script(document, utterances, SETTINGS)
    assert all(fault.mark.line == 7 for fault in found)
    if not has_errors(found):
        assert not set(utterance.words) & set("<>[]$/\\\u202e") and utterance.words.strip(".")


def test_words_of_another_language_without_a_say_are_a_warning(seed: Document) -> None:
    document = with_paragraph(seed, Text(text="Say "), Foreign(text="Croeso", language="cy"))
    (fault,) = check_script(document, script(document, SETTINGS), SETTINGS)
    assert (fault.code, fault.severity, fault.mark.line) == ("foreign-unsaid", "warning", 7)


def test_a_language_without_a_speech_module_is_refused(seed: Document) -> None:
    with pytest.raises(VoiceLacksLanguage, match="cy"):
        script(replace(seed, language="cy"), SETTINGS)


def test_the_printed_script_gives_the_source_line_of_each_utterance(seed: Document) -> None:
    source = seed.mark.file
    written = Path(source).read_text(encoding="utf-8").splitlines()
    lines = [line.split(maxsplit=1) for line in show(script(seed, SETTINGS)).splitlines()]
    said = {words: number for number, words in lines if number != "–"}
    assert len(said) > 30
    for words, number in said.items():
        first = words.removeprefix("Notice: ").removeprefix("Contact: ").removeprefix("Source: ").split()[0].lower()
        near = " ".join(written[int(number) - 1 : int(number) + 1]).lower()
        assert first.rstrip(".,:") in near or first in ("telephone:", "website:", "en"), f"{number}: {words}"


def test_a_fault_in_the_lexicon_is_told_at_its_line(tmp_path: Path, seed: Document) -> None:
    (tmp_path / "en").mkdir()
    lexicon = "say:\n  DIP: dip\n  NHS:\nsays: {}\nnames:\n  Frome: { say: froom, ipa: fruːm }\n"
    lexicon += "  Wick: { say: wick, ipa: wiCk }\n  Bury: { say: berry, sounds: bɛri }\n  Frith: { ipa: frɪθ }\n"
    (tmp_path / "en" / "lexicon.yaml").write_text(lexicon, encoding="utf-8")
    settings = Settings(lexicons=tmp_path)
    found = [fault for fault in check_script(seed, (), settings) if fault.code == "bad-lexicon"]
    assert [fault.mark.line for fault in found] == [3, 4, 7, 8]
    assert "“C”" in found[2].message


def test_a_header_at_fault_is_one_fault_and_its_rows_have_none(everything: Document) -> None:
    (table,) = tables(everything)
    header = replace(table.headers[1], inlines=values("It rose to 1.2m"))
    headers = (table.headers[0], header, table.headers[2])
    section = replace(everything.sections[0], sections=(), blocks=(replace(table, headers=headers),))
    document = replace(everything, sections=(section,))
    found = [
        fault for fault in check_script(document, script(document, SETTINGS), SETTINGS) if fault.severity == "error"
    ]
    assert [(fault.code, "'1.2m'" in fault.message) for fault in found] == [("unspoken-figure", True)]


@pytest.mark.parametrize("header", ["% change", "(£ million)", "£000", "£’000", "% of GDP", "US$", "gCO2/km", "ppt"])
def test_a_header_of_signs_has_words(everything: Document, header: str) -> None:
    document = with_paragraph(everything, *values(header))
    assert not [one for one in check_script(document, script(document, SETTINGS), SETTINGS) if one.severity == "error"]


def test_a_say_at_fault_is_told_where_it_stands(seed: Document) -> None:
    mark = Mark(file="en.yaml", line=7, column=9)
    document = with_paragraph(seed, Term(text="Physeptone", say="fy 7 tone", mark=mark))
    (found,) = [one for one in check_script(document, script(document, SETTINGS), SETTINGS) if one.severity == "error"]
    assert (found.mark, "'7'" in found.message) == (mark, True)
