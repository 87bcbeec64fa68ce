"""A fault in what is spoken stands at the figure itself, however YAML writes the text around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.base import Settings
from narration.script import script
from narration.script_faults import check_script
from reader.read import read

HEAD = """title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Home Office }
status: current
sections:
  - title: One
    blocks:
"""
TEXTS = {
    "plain": "      - A sentence. A long text that goes on, on 31/31/2007 it was so.\n",
    "folded": "      - >-\n        Folded words. A text\n        that goes on, on **31/31/2007** it was so.\n",
    "literal": "      - |\n        Words of a\n        text 31/31/2007 and so.\n",
    "double quotes": '      - "The \\"words\\", \\u201cthat\\u201d day\n        which was 31/31/2007. It ended."\n',
    "single quotes": "      - 'It''s so. It is the\n        poet''s 31/31/2007, or it is not.'\n",
    "behind a longer figure": "      - A form 131/31/2007-X or 31/31/2007 then.\n",
    "behind an address": "      - See [the words](https://example.org/31/31/2007) of 31/31/2007 then.\n",
    "in the address of no link": "      - It was 31/31/2007 [for some](https://example.org/31/31/2007) then.\n",
    "a cell in one line": "      - { type: table, caption: C, headers: [A, B], rows: [[x, on 31/31/2007]] }\n",
    "a cell in lines": "      - type: table\n        caption: C\n        headers: [A, B]\n        rows:\n"
    "          - - x y z\n            - on 31/31/2007\n",
    "an item": '      - type: list\n        items: [one, "two of 31/31/2007"]\n',
    "a heading": "      - Words.\n  - title: As of 31/31/2007\n    blocks: [Words.]\n",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_fault_stands_at_the_figure_itself(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(HEAD + TEXTS[kind])
    document = read(path).document
    assert document is not None
    found = check_script(document, script(document, Settings()), Settings())
    (fault,) = [fault for fault in found if fault.code == "unspoken-date"]
    line = path.read_text().splitlines()[fault.mark.line - 1]
    place = line.find("31/31/2007") if "address of" in kind else line.rfind("31/31/2007")
    assert place > 0
    assert fault.mark.column == place + 1


def test_a_fault_in_a_text_that_spells_the_figure_with_escapes_stands_at_the_text(tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(HEAD + '      - "On \\x331/31/2007 it was so."\n')
    document = read(path).document
    assert document is not None
    found = check_script(document, script(document, Settings()), Settings())
    assert [(fault.code, fault.mark.line, fault.mark.column) for fault in found] == [("unspoken-date", 9, 10)]
