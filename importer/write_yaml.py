"""Turns a draft into YAML as a person would write it: long texts folded, quotes only where YAML needs them, remarks
as comments."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Final

from importer.draft import Draft, Remarked, Value
from model.counted import number_of

WIDTH: Final = 110
APART: Final = frozenset({"terms", "introduction", "sections", "related", "glossary", "footnotes", "status"})
"""Keys of the page that have a blank line before them."""
NOT_PLAIN: Final = re.compile(
    r"""\A[-?:,\[\]{}#&*!|>'"%@`=~\s]|<<|:\s|:\Z|\s#|\s\Z|\A(?:true|false|null|)\Z|\A\.\.\.""", re.IGNORECASE
)
CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that no YAML file may hold, not even in a comment."""
IN_FLOW: Final = re.compile(r"[,\[\]{}?]")


def write(draft: Draft, named: str, schema: str = "../../schema.yaml") -> str:
    """The source file for `draft`, which was read from the file `named`. `schema` is the path to schema.yaml."""
    lines = [f"# yaml-language-server: $schema={schema}", f"# Imported from {named}."]
    if looks := count_looks(draft.data) + len(draft.warnings):
        decide = f"a person has {number_of(looks, 'thing')} to decide here."
        lines.append(f"# look: {decide} Each has a comment that begins with “look:”.")
    for text in draft.warnings:
        lines += textwrap.wrap(text, WIDTH, initial_indent="# look: ", subsequent_indent="#   ")
    if draft.left_out:
        lines += ["#", "# Of the page, this is left out:"]
        for left in draft.left_out:
            lines += textwrap.wrap(
                f"“{left.words}” – {left.reason}",
                WIDTH,
                initial_indent="# - ",
                subsequent_indent="#   ",
                break_long_words=False,
                break_on_hyphens=False,
            )
    for key, value in draft.data.items():
        if key in APART:
            lines.append("")
        lines += _entry(key, value, 0)
    return CONTROL.sub("", "\n".join(lines)) + "\n"


def count_looks(value: Value) -> int:
    """The number of remarks for a person."""
    match value:
        case Remarked():
            return len(value.look) + count_looks(value.value)
        case str() | bool():
            return 0
        case tuple():
            return sum(map(count_looks, value))
        case _:
            return sum(map(count_looks, value.values()))


def _entry(key: str, value: Value, indent: int) -> list[str]:
    """The lines of a key with its value."""
    lead = " " * indent
    match value:
        case Remarked():
            return _remarked(value, _entry(key, value.value, indent), indent)
        case bool():
            return [f"{lead}{key}: {str(value).lower()}"]
        case str():
            return _text(f"{lead}{_inline(key)}: ", value, indent + 2)
        case tuple():
            return [*_flow(f"{lead}{key}: ", value)] or [f"{lead}{key}:", *_items(value, indent + 2)]
        case _:
            return [*_flow(f"{lead}{_inline(key)}: ", value)] or [
                f"{lead}{_inline(key)}:",
                *_mapping(value, indent + 2),
            ]


def _mapping(value: Mapping[str, Value], indent: int) -> list[str]:
    return [line for key, inner in value.items() for line in _entry(key, inner, indent)]


def _items(values: tuple[Value, ...], indent: int) -> list[str]:
    lines: list[str] = []
    for value in values:
        section = isinstance(value, Mapping) and bool({"blocks", "sections"} & set(value)) and "title" in value
        lines += [""] * (section and bool(lines)) + _item(value, indent)
    return lines


def _item(value: Value, indent: int) -> list[str]:
    """The lines of an entry of a list."""
    lead = " " * indent
    match value:
        case Remarked():
            return _remarked(value, _item(value.value, indent), indent)
        case bool():
            return [f"{lead}- {str(value).lower()}"]
        case str():
            return _text(f"{lead}- ", value, indent + 2)
        case tuple():
            if row := _flow(f"{lead}- ", value):
                return row
            lines = _items(value, indent + 2)
        case _:
            if "columns" in value and (row := _flow(f"{lead}- ", value)):
                return row
            lines = _mapping(value, indent + 2)
    return [f"{lead}- {lines[0][indent + 2 :]}", *lines[1:]]


def _remarked(value: Remarked, lines: list[str], indent: int) -> list[str]:
    lead = " " * indent
    look = [
        line
        for text in value.look
        for line in textwrap.wrap(
            text, WIDTH - indent, initial_indent=f"{lead}# look: ", subsequent_indent=f"{lead}#   "
        )
    ]
    return look + ([f"{lead}# {line[indent:]}" for line in lines] if value.off else lines)


def _flow(lead: str, value: Value) -> list[str]:
    """A short row of texts, or a mapping of them, on one line; empty if it is too long or nested."""
    match value:
        case tuple() if value and lead.strip() in ("-", "headers:") and all(isinstance(cell, str) for cell in value):
            line = f"{lead}[{', '.join(_inline(str(cell)) for cell in value)}]"
        case Mapping() if (
            value
            and lead.startswith("  ")
            and all(isinstance(v, str) for v in value.values())
            and "type" not in value
            and len(value) < 3
            and not ({"term", "text"} & set(value))
        ):
            line = f"{lead}{{ {', '.join(f'{key}: {_inline(str(inner))}' for key, inner in value.items())} }}"
        case _:
            return []
    return [line] if len(line) <= WIDTH else []


def _inline(text: str) -> str:
    """A text as it stands inside brackets, or as a key."""
    return _quoted(text) if NOT_PLAIN.search(text) or IN_FLOW.search(text) else text


def _text(lead: str, text: str, indent: int) -> list[str]:
    """A text behind `lead`, on the same line if there is room, else folded below it."""
    said = _quoted(text) if NOT_PLAIN.search(text) else text
    if len(lead) + len(said) <= WIDTH:
        return [lead + said]
    # After `- key: `, a text is indented four more than the dash.
    wrapped = textwrap.wrap(text, max(WIDTH - indent, 40), break_long_words=False, break_on_hyphens=False)
    return [f"{lead}>-", *(" " * indent + line for line in wrapped)]


def _quoted(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
