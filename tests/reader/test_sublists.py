"""A list that is written within a text, as in Markdown, becomes a list in every edition, and the author is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.blocks import Block, BulletList, ListItem, NumberedList, Paragraph
from model.traverse import prose, text_of
from reader.read import read

FRAME = """title: Help with drugs
summary: Where to find help with drugs, for yourself or for someone you know, and whom to call.
language: en
publisher: { name: Home Office }
status: current
sections:
  - title: Help
    blocks:
"""


def blocks_of(tmp_path: Path, blocks: str) -> tuple[list[str], list[tuple[str, int]]]:
    """Each block in short form, and the codes and lines of the warnings."""
    path = tmp_path / "page.yaml"
    path.write_text(FRAME + blocks)
    result = read(path)
    assert result.document is not None, result.diagnostics
    assert all(fault.severity == "warning" and fault.hint for fault in result.diagnostics)
    shown = [short(block) for block in result.document.sections[0].blocks]
    return shown, [(fault.code, fault.mark.line - FRAME.count("\n")) for fault in result.diagnostics]


def short(block: Block) -> str:
    match block:
        case Paragraph():
            return prose(block.sentences)
        case BulletList():
            return f"[{', '.join(map(item, block.items))}]"
        case NumberedList():
            return f"1[{', '.join(map(item, block.items))}]"
        case _:
            raise AssertionError(block)


def item(node: ListItem) -> str:
    return " ".join([text_of(node.sentences[0].inlines), *map(short, node.blocks)])


@pytest.mark.parametrize(
    ("blocks", "shown", "lines"),
    [
        (
            "- type: list\n  items:\n    - bring one of\n      - a passport\n      - a licence\n    - a photo\n",
            ["[bring one of [a passport, a licence], a photo]"],
            [4],
        ),
        ("- type: list\n  items:\n    - one\n        - two\n    - three\n", ["[one [two], three]"], [4]),
        (
            "- type: list\n  items:\n    - one\n      * two\n        * three\n          or four\n      * five\n",
            ["[one [two [three or four], five]]"],
            [4],
        ),
        ("- |\n  You need:\n  - a letter\n  - a photo\n    of you\n", ["You need:", "[a letter, a photo of you]"], [3]),
        ("- >-\n  Do this:\n\n  1. Go there.\n\n  2. Wait.\n", ["Do this:", "1[Go there., Wait.]"], [4]),
        ("- |\n  - a letter\n  - a photo\n", ["[a letter, a photo]"], [2]),
        ("- We are open every day\n  - but on Sunday.\n", ["We are open every day - but on Sunday."], []),
        ("- It was in\n  2. That is all.\n", ["It was in 2. That is all."], []),
        ("- '## Opening hours'\n", ["Opening hours"], [1]),
    ],
)
def test_a_list_in_a_text_is_read_as_a_list(blocks: str, shown: list[str], lines: list[int], tmp_path: Path) -> None:
    indented = "".join(f"      {line}\n" if line else "\n" for line in blocks.splitlines())
    assert blocks_of(tmp_path, indented) == (shown, [("sublist", line) for line in lines])


def test_its_words_stand_where_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text(FRAME + "      - |\n        You need:\n        - a letter\n        - a photo\n")
    made = read(path).document
    assert made is not None
    _, block = made.sections[0].blocks
    assert isinstance(block, BulletList)
    marks = [entry.sentences[0].mark for entry in block.items]
    assert [(mark.line, mark.column) for mark in marks] == [(11, 11), (12, 11)]
