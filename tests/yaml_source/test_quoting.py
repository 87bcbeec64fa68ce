"""What a hint tells an author to type is read word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from reader.read import read
from tests.conftest import GOLDEN
from yaml_source.quoting import BELOW, entry, entry_at, how_to_quote

BROKEN = sorted((GOLDEN / "errors" / "not-yaml").glob("*-first*.yaml"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("**Bold** first", "**Bold** first"),
        ("[words](https://example.gov.uk) first", "[words](https://example.gov.uk) first"),
        ("'Don't go'", "Don't go"),
        ('"Say "hello" to us."', 'Say "hello" to us.'),
        ('"Hello" is a word', '"Hello" is a word'),
        (r'"\*Level 5 only."', r"\*Level 5 only."),
        ("£5 # a visit", "£5 # a visit"),
        ('"', '"'),
    ],
)
def test_a_text_in_the_quotes_that_are_proposed_is_the_text(typed: str, meant: str) -> None:
    assert yaml.safe_load(how_to_quote(typed).removeprefix("Put the whole text in quotes: ")) == meant


@pytest.mark.parametrize("typed", ['"Don\'t" is said', "It's a \\ sign"])
def test_a_text_that_fits_no_quotes_goes_below(typed: str) -> None:
    assert how_to_quote(typed) == BELOW
    for line in ("- ", "text: ", "- text: "):
        below = yaml.safe_load(f"{line}>-\n    {typed}\n")
        assert typed in str(below).replace("\\'", "'").replace("\\\\", "\\")


def test_a_text_over_two_lines_goes_below() -> None:
    assert how_to_quote("**Bold**", goes_on=True) == BELOW


@pytest.mark.parametrize(
    ("lines", "text", "column", "goes_on"),
    [
        (["  - **Bold**", "    and more"], "**Bold**", 5, True),
        (["  - **Bold**", "  - next"], "**Bold**", 5, False),
        (["  - text: *Level 5*", "    id: level"], "*Level 5*", 11, False),
        (["title: > 5 miles", ""], "> 5 miles", 8, False),
        (["- - a", "  - b"], "a", 5, False),
    ],
)
def test_the_text_in_a_line(lines: list[str], text: str, column: int, goes_on: bool) -> None:
    found = entry(lines, 1)
    assert (found.text, found.column, found.goes_on) == (text, column, goes_on)


@pytest.mark.parametrize(
    ("line", "sign", "text"),
    [
        ("  - [1, > 5]", ">", "> 5"),
        ("  - [[1, *], [2, b]]", "*", "*"),
        ("  - { term: A, text: @b }", "@", "@b"),
        ("  - [a](b) c", "(", "[a](b) c"),
        ("  - *a [b, c]", "c", "*a [b, c]"),
    ],
)
def test_within_brackets_the_text_is_the_piece_between_the_commas(line: str, sign: str, text: str) -> None:
    found = entry_at([line], 1, line.index(sign) + 1)
    assert found.text == text
    assert line[found.column - 1 :].startswith(text)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_doing_what_the_error_says_mends_it(path: Path, tmp_path: Path) -> None:
    (fault,) = read(path).diagnostics
    lines = path.read_text().splitlines()
    found = entry_at(lines, fault.mark.line, fault.mark.column)
    if fault.hint == BELOW:
        within = " " * (len(lines[fault.mark.line - 1]) - len(lines[fault.mark.line - 1].lstrip()) + 4)
        lines[fault.mark.line - 1] = lines[fault.mark.line - 1].replace(found.text, f">-\n{within}{found.text}")
        if found.goes_on:
            lines[fault.mark.line] = within + lines[fault.mark.line].strip()
    else:
        proposed = re.sub("^.*: (?=[\"'])", "", fault.hint)
        lines[fault.mark.line - 1] = lines[fault.mark.line - 1].replace(found.text, proposed)
    mended = tmp_path / "page.yaml"
    mended.write_text("\n".join(lines) + "\n")
    assert not [d for d in read(mended).diagnostics if d.code == "not-yaml"]
