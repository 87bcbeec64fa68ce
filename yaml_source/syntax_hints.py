"""Turns a complaint of YAML's parser into what a person would say: what is wrong, what to type instead, and where."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import yaml

from yaml_source.quoting import entry, entry_at, how_to_quote


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: what is wrong, what to type instead, and where (line and column, from 1)."""

    message: str
    hint: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Common:
    """A common slip: the parser's words, a person's words for it, and whether the slip began earlier than the parser
    says."""

    parser: str
    message: str
    hint: str
    began_earlier: bool = False


COMMON: Final = (
    _Common(
        "mapping values are not allowed",
        "a colon where none can be",
        "A text with a colon and a space in it is written in quotes, or below a `>-`.",
    ),
    _Common(
        "could not find expected ':'",
        "a line that belongs to nothing",
        "Check its indentation. If it goes on with the text above, indent it further than that text's first line.",
        True,
    ),
    _Common("unexpected end of stream", "the quote that opens here is never closed", "Close it.", True),
    _Common(
        "did not find expected ',' or",
        "the bracket that opens here is not closed, or holds a text that needs quotes",
        "Close it. Within brackets, a text with a comma, a quote or a bracket in it is written in quotes.",
        True,
    ),
    _Common(
        "did not find expected",
        "this line does not fit the lines above it",
        "Check the indentation of this line and of the one above, and that every quote is closed.",
    ),
    _Common(
        "cannot start any token",
        "a text cannot start with this character",
        "A text that starts with @, `, % or similar is written in quotes.",
    ),
)
OF_A_TEXT: Final = ("did not find expected", "cannot start any token", "unknown escape character")
"""Complaints that may come from a text that needs quotes."""
SIGNS: Final = frozenset("\"'[]{},>|*&!%@`")
"""Signs that a text cannot begin with."""
STAR: Final = re.compile(r"\s*\* ")
DASH: Final = re.compile(r"\s*-(?=[^\W\d_])")
"""Matches the beginning of an entry whose dash has no space behind it."""
ONLY_A_KEY: Final = re.compile(r"(\s*(?:- +)*)\w+\Z")
OTHER_SPACE: Final = re.compile(r"[ ]*(?:- *|[A-Za-z_]\w*:)?((?=[^\S ])\s+)")
"""A no-break space or a similar one before the first word of a line, or right after its dash or key."""
ORDINARY: Final = "Delete it, and type an ordinary space. It may have come with pasted text."
APOSTROPHE: Final = re.compile(r"'[A-Za-z][^']*\Z")
MISPLACED: Final = "this key cannot stand here"
INDENTATION: Final = "Check the indentation of this line, and that the line above is whole."


def slip_of(error: yaml.MarkedYAMLError, lines: list[str]) -> Slip:
    """The author's most likely mistake, given the parser's complaint `error` about a source of these lines."""
    problem = error.problem or "this is not YAML"
    common = next((common for common in COMMON if common.parser in problem), None)
    early = common is not None and common.began_earlier
    where = (error.context_mark if early else None) or error.problem_mark or error.context_mark
    at = (where.line + 1, where.column + 1) if where else (1, 1)
    if slip := _other_space(lines, at[0], error.problem_mark.line + 1 if error.problem_mark else at[0]):
        return slip
    if "end of stream" in problem and (slip := _apostrophe(lines, at)):
        return slip
    if not early and any(complaint in problem for complaint in OF_A_TEXT) and (slip := slip_of_text(lines, at)):
        return slip
    if early and (dash := DASH.match(lines[at[0] - 1])):
        text = lines[at[0] - 1][dash.end() :].strip()
        return Slip("a dash without a space", f"Write a space after the dash: `- {text}`.", (at[0], dash.end()))
    if common is None:
        return Slip(problem, "Check this line and the one above: indentation, colons, quotes.", at)
    if "mapping values" in problem and (key := ONLY_A_KEY.match(lines[at[0] - 1][: at[1] - 1])):
        return Slip(MISPLACED, INDENTATION, (at[0], len(key[1]) + 1))
    if "mapping values" in problem and ": " in (found := entry(lines, at[0])).text:
        return Slip(common.message, how_to_quote(found.text, goes_on=found.goes_on), at)
    return Slip(common.message, common.hint, at)


def _other_space(lines: list[str], first: int, last: int) -> Slip | None:
    """The fault of a special space where YAML needs an ordinary one: in the indentation, after a dash or after a
    colon."""
    for number in range(first, min(last, len(lines)) + 1):
        if found := OTHER_SPACE.match(lines[number - 1]):
            column = found.start(1) + 1
            name = unicodedata.name(found[1][0], "a space").lower()
            return Slip(f"a space that is no ordinary one ({name})", ORDINARY, (number, column))
    return None


def _apostrophe(lines: list[str], at: tuple[int, int]) -> Slip | None:
    """The fault of a text that begins with an apostrophe (’Tis): YAML takes it for a quote that is never closed."""
    found = entry_at(lines, *at)
    if not APOSTROPHE.match(found.text):
        return None
    hint = how_to_quote(found.text, goes_on=found.goes_on)
    return Slip("the quote that opens here is never closed", hint, (at[0], found.column))


def slip_of_text(lines: list[str], at: tuple[int, int]) -> Slip | None:
    """The slip in the text at a place; None if the fault is not in the text itself."""
    found = entry_at(lines, *at)
    if found.text[:1] not in SIGNS or _is_yaml(found.text):
        return None
    where = (at[0], found.column)
    if STAR.match(lines[at[0] - 1]):
        return Slip("an entry of a list begins with a dash, not a star", f"Write `- {found.text[2:]}`.", where)
    return Slip(_message(found.text), how_to_quote(found.text, goes_on=found.goes_on), where)


def _message(text: str) -> str:
    if text[0] == '"' and "\\" in text:
        return "a backslash within double quotes stands for something else"
    if text[0] in "\"'":
        return "the quotes end before the text does"
    return f"a text cannot begin with {text[0]} unless it is in quotes"


def _is_yaml(text: str) -> bool:
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                return False
    except yaml.YAMLError:
        return False
    return True
