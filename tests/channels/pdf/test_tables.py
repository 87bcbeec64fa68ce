"""On paper no header or cell of a table is lost, whatever its shape, and a repeated header is not read twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from channels.design import FONTS
from channels.pdf import check, pages
from channels.pdf.amounts import FIGURE, SIGNS, indents
from channels.pdf.engine import Typesetter
from channels.pdf.frames import frame, stylesheet
from channels.pdf.measure import lost
from model.blocks import Table
from model.traverse import blocks_of, sentences_of
from tests.channels.pdf.made import from_text, lines, opened, plain

HEAD = """\
title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Home Office }
status: current
editions: [large-print, booklet]
sections:
"""
TABLE = """\
- id: part-{n}
  title: Part {n}
  blocks: [{{ type: table, caption: Table {n}, headers: {headers}, rows: {rows} }}]
"""
WORDS = (
    "where",
    "people",
    "can",
    "go",
    "to",
    "ask",
    "for",
    "help",
    "with",
    "drugs",
    "and",
    "what",
    "it",
    "will",
    "cost",
)


def shape(chance: random.Random, number: int) -> str:
    """A section with a table: few rows or many, with headers and cells from one word to a page's height."""
    columns, rows = chance.randint(2, 5), chance.choice((1, 2, 3, 3, 4, 9))
    longest_header, longest_cell = chance.choice((1, 8, 14)), chance.choice((1, 10, 16))

    def cell(longest: int) -> str:
        start, length = chance.randrange(len(WORDS)), chance.randint(max(1, longest - 2), longest)
        return " ".join((WORDS + WORDS)[start : start + length])

    def row(longest: int) -> str:
        return f"[{', '.join(cell(longest) for _ in range(columns))}]"

    body = ", ".join(row(longest_cell) for _ in range(rows))
    return TABLE.format(n=number, headers=row(longest_header), rows=f"[{body}]")


@pytest.mark.parametrize("seed", range(3))
def test_every_word_of_many_tables_stands_in_the_tagged_text_in_order(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    document = from_text(tmp_path, HEAD + "".join(shape(chance, number) for number in range(1, 21)))
    made = pages.large_print(document).made()
    assert made.diagnostics == ()
    text = "".join("".join(words.split()) for _, words in lines(made.files[0].data))
    at = 0
    for sentence in sentences_of(document):
        words = "".join(plain(sentence).split())
        place = text.find(words, at)
        assert place >= 0, plain(sentence)
        at = place + len(words)


# A page of 14 lines. Rows stay whole, and all rows stay together.
FULL = "<table><caption>Places</caption><thead><tr><th>{head}</th></tr></thead><tbody>{rows}</tbody></table>"
CSS = """
@page { size: 60mm 60mm; margin: 0 } html { font-family: "Atkinson Hyperlegible Next"; line-height: 1 }
tbody tr { break-inside: avoid } tbody tr:first-child { break-after: avoid } tbody tr:last-child { break-before: avoid }
"""
LOOSER = (
    ".loose tbody tr:first-child, .loose tbody tr:last-child { break-before: auto; break-after: auto }"
    ".split tbody tr { break-inside: auto }"
)


def press(head: int, rows: int, cell: int, css: str) -> Typesetter:
    """A table with a header of `head` lines and `rows` rows of `cell` lines."""
    table = FULL.format(head="head<br>" * head, rows=f"<tr><td>{'cell<br>' * cell}</td></tr>" * rows)
    return Typesetter(f'<html lang="en"><title>Test</title><body>{table}', CSS + css, {})


def test_a_header_that_no_page_shows_is_found() -> None:
    made = press(6, 3, 3, "")
    assert len(list(lost(made.root, made.lay_out(12).pages))) == 1


@pytest.mark.parametrize(
    ("head", "rows", "cell", "rules"), [(2, 3, 2, None), (6, 3, 3, "loose"), (4, 2, 12, "loose split")]
)
def test_a_table_goes_by_looser_rules_only_where_it_must(head: int, rows: int, cell: int, rules: str | None) -> None:
    made = press(head, rows, cell, LOOSER)
    assert list(lost(made.root, made.lay_out(12).pages)) == []
    assert made.root.find(".//table").get("class") == rules


def test_looser_rules_end_with_the_size_of_type_that_needed_them() -> None:
    made = press(6, 3, 3, LOOSER)
    made.lay_out(12)
    made.lay_out(8)
    assert not made.root.find(".//table").get("class")


LINKS = "Call 0800 77 66 00 or see www.gov.uk, [the guide](https://www.gov.uk/guide)"


def test_links_in_a_header_over_two_pages_stand_in_the_tree_once(tmp_path: Path) -> None:
    rows = ", ".join("[London, nine to five every day of the week]" for _ in range(40))
    table = TABLE.format(n=1, headers=f'[Place, "{LINKS}"]', rows=f"[{rows}]")
    made = pages.large_print(from_text(tmp_path, HEAD + table)).made()
    [file] = made.files
    assert file.pages is not None and file.pages > 2
    assert list(check.faults_of(file.data, file.path)) == []
    with opened(file.data) as pdf:
        assert [len(page.obj.get("/Annots", ())) for page in pdf.pages].count(0) == file.pages - 1


WEEK = "[Clinic, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, Holidays]"
HOURS = ", ".join(f"[Clinic {n}, {', '.join(f'{n}am–{day}pm' for day in range(1, 9))}]" for n in range(1, 4))


def test_a_table_wider_than_its_page_becomes_its_rows_each_cell_behind_its_column(tmp_path: Path) -> None:
    document = from_text(tmp_path, HEAD + TABLE.format(n=1, headers=WEEK, rows=f"[{HOURS}]"))
    made = pages.large_print(document).made()
    assert made.diagnostics == ()
    [file] = made.files
    assert list(check.faults_of(file.data, file.path)) == []
    said = [words.replace("\u00a0", " ") for _, words in lines(file.data)]
    text = "\n".join(said)
    for sentence in sentences_of(document):
        assert plain(sentence) in text
    assert text.count("Wednesday: 2am–3pm") == 1
    assert text.count("Wednesday") == 4, "once with the other columns, and before each cell"
    row = text.index("Clinic 2")
    assert text.index("Clinic 1") < text.index("Holidays: 1am–8pm") < row < text.index("Monday: 2am–1pm")


def test_a_table_that_fits_stays_a_table_and_one_that_fits_at_the_smallest_type_too() -> None:
    head, body = "<tr><th>Monday</th><th>Tuesday</th></tr>", "<tr><td>9</td><td>8</td></tr>"
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    page = f'<html lang="en"><title>Test</title><body>{table}'
    css = '@page { size: 60mm 60mm; margin: 5mm } html { font-family: "Atkinson Hyperlegible Next" }'
    for size, smallest, stays in ((12, None, True), (30, None, False), (30, 12, True)):
        made = Typesetter(page, css, {}, smallest)
        made.lay_out(size)
        assert (made.root.find(".//table") is not None) == stays, (size, smallest)


def test_a_stacked_table_gives_each_row_what_its_cells_span() -> None:
    cells = "".join(f"<th>{'Wordswithoutend' * 2} {n}</th>" for n in range(3))
    table = (
        f"<table><thead><tr>{cells}</tr></thead><tbody><tr><th>A</th><td rowspan='2'>both</td><td>one</td></tr>"
        "<tr><th>B</th><td>two</td></tr></tbody></table>"
    )
    made = Typesetter(f'<html lang="en"><title>Test</title><body>{table}', "@page { size: 90mm 90mm }", {})
    made.lay_out(12)
    rows = ["".join(item.itertext()).replace("\u200b", "") for item in made.root.iter("li")]
    name = "Wordswithoutend" * 2
    assert rows == [f"A{name} 1: both{name} 2: one", f"B{name} 1: both{name} 2: two"]


AMOUNTS = '[Belfast, "£9.50", "12.5%", "5 kg"], [Northern, "£1,250", "5%", "–"], [Western, "£105.25", "0.25%", "10 kg"]'


def test_amounts_of_a_column_stand_with_their_decimal_points_under_each_other(tmp_path: Path) -> None:
    """This holds if all cells of a column are amounts, or signs for a missing one. Others stand as they are."""
    table = TABLE.format(n=1, headers="[Place, Cost, Share, Weight]", rows=f"[{AMOUNTS}]")
    typesetter = Typesetter(
        frame("large-print.html", from_text(tmp_path, HEAD + table), "x"), stylesheet("large-print"), {}
    )
    ends: dict[str, list[float]] = {"£": [], "%": [], "kg": []}
    for page in typesetter.lay_out(18).pages:
        for box in page._page_box.descendants():
            text = (getattr(box, "text", None) or "").strip("\u200b ")
            kind = next((sign for sign in ends if sign in text), "")
            if kind and box.element.tag in ("td", "span"):
                whole = text.partition(".")[0].rstrip("%kg \u200b")
                figures = sum(map(str.isdecimal, whole)) * FIGURE + sum(SIGNS.get(c, 0) for c in whole)
                ends[kind].append(round(box.position_x + figures * box.style["font_size"], 0))
    assert [len(set(places)) for places in ends.values()] == [1, 1, 1]
    assert [len(places) for places in ends.values()] == [3, 3, 2]


def test_signs_for_a_missing_amount_leave_their_column_aligned_and_words_do_not(tmp_path: Path) -> None:
    rows = '[A, "9", "9"], [B, .., none], [C, "10", "10"], [D, "[c]", "5"]'
    document = from_text(tmp_path, HEAD + TABLE.format(n=1, headers="[Place, Killed, Hurt]", rows=f"[{rows}]"))
    (table,) = [block for block in blocks_of(document) if isinstance(block, Table)]
    found = indents(table)
    columns = {row.cells[n].id: n for row in table.rows for n in range(3)}
    assert [columns[name] for name in found] == [1, 1] and max(found.values()) == pytest.approx(FIGURE)


def test_the_heading_of_stacked_rows_stays_with_the_first_of_them() -> None:
    """The window holds the heading and no more of the rows after it."""
    cells = "".join(f"<th>{'Wordswithoutend' * 2} {n}</th>" for n in range(2))
    rows = "<tr><td>A</td><td>one</td></tr><tr><th colspan='2'>Group</th></tr><tr><td>B</td><td>two</td></tr>"
    table = f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"
    css = f"{stylesheet('large-print')} @page {{ size: 70mm 100mm; margin: 5mm }}"
    kept = set()
    for height in range(10, 90, 6):
        made = Typesetter(
            f'<html lang="en"><title>Test</title><body><div style="height: {height}mm"></div>{table}', css, {}
        )
        for page in made.lay_out(12).pages:
            words = [getattr(box, "text", "") or "" for box in page._page_box.descendants()]
            kept.add(("Group" in words, any("two" in text for text in words)))
    assert (True, False) not in kept and (True, True) in kept


def test_the_widths_of_figures_and_signs_are_those_of_the_typeface() -> None:
    font = TTFont(FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", lazy=True)
    units, widths, names = font["head"].unitsPerEm, font["hmtx"], font.getBestCmap()
    assert {widths[f"{names[ord(figure)]}.tf"][0] / units for figure in "0123456789"} == {FIGURE}
    for sign, width in SIGNS.items():
        assert widths[names[ord(sign)]][0] / units == pytest.approx(width, abs=0.005), sign


def test_a_table_that_fits_no_page_is_one_fault_that_names_its_columns(tmp_path: Path) -> None:
    """There is one fault however many words are too wide. Even the stacked rows do not fit, and figures are not
    parted."""
    word = "2Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" + "o" * 30
    rows = ", ".join(f"[{word}, yes, {word}{n}]" for n in range(9))
    table = TABLE.format(n=1, headers="[Place, Open, Other name]", rows=f"[{rows}]")
    [fault] = pages.large_print(from_text(tmp_path, HEAD + table)).diagnostics
    assert (fault.severity, fault.code) == ("error", "too-wide")
    assert fault.message == (
        "the table “Table 1” has words wider than the page of the large-print edition in “Place”, “Other name”"
    )
    assert word in fault.hint
