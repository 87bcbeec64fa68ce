"""The first publication has an example of each block, explained. Each can be used by taking away its comment marks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from channels.base import Settings
from channels.braille.render import BrailleChannel
from channels.html.render import HtmlChannel
from model.document import Document
from model.traverse import blocks_of
from narration.script import script
from reader.read import read
from reader.schema import PUBLISHER_SCHEMA, schema
from scaffold.new import FILES
from tests.narration.fakes import MemoryStore

SOURCE = FILES / "source"
PAGE = SOURCE / "getting-help" / "en.yaml"
TYPES: list[str] = schema()["$defs"]["block"]["else"]["properties"]["type"]["enum"]
BEGINS = re.compile(r"( *)# (?:- type: (\w+)|(\w+):(?: [\[{\d\"#]|$))")
"""The first line of an example: a block, or a key of the page with its value or lines of its own."""

Example = tuple[str, range]
"""The type or key of an example, and the numbers of its lines from 0."""


def examples(lines: list[str]) -> Iterator[Example]:
    for number, line in enumerate(lines):
        if begun := BEGINS.match(line):
            end = number + 1
            while end < len(lines) and lines[end].startswith(f"{begun[1]}#  "):
                end += 1
            yield begun[2] or begun[3], range(number, end)


LINES = PAGE.read_text(encoding="utf-8").split("\n")
EXAMPLES = list(examples(LINES))


def used(*chosen: Example) -> str:
    """The first publication with some of its examples, without their comment marks."""
    wanted = {number for _, lines in chosen for number in lines}
    return "\n".join(line.replace("# ", "", 1) if number in wanted else line for number, line in enumerate(LINES))


def document(folder: Path, text: str) -> Document:
    shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
    (folder / "getting-help" / "en.yaml").write_text(text, encoding="utf-8")
    result = read(folder / "getting-help" / "en.yaml")
    assert result.document is not None and result.diagnostics == (), result.diagnostics
    return result.document


def test_every_block_of_the_schema_stands_there_under_a_line_that_says_what_it_is_for() -> None:
    shown = re.findall(r"^ *(?:# )?- type: (\w+)", "\n".join(LINES), re.MULTILINE)
    assert sorted(shown) == sorted(TYPES)
    for kind in TYPES:
        assert re.search(
            rf"^ *# {kind}: \w.*\n(?: *# .*\n)*? *(?:# )?- type: {kind}$", "\n".join(LINES), re.MULTILINE
        ), kind


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example[0])
def test_each_example_is_read_when_its_marks_are_taken_away(example: Example, tmp_path: Path) -> None:
    name, _ = example
    page = document(tmp_path, used(example))
    if name in TYPES:
        plain = document(tmp_path / "plain", used())
        assert len(list(blocks_of(page))) == len(list(blocks_of(plain))) + 1
    else:
        assert f"\n{name}:" in used(example)


def test_all_together_become_a_page_braille_and_a_script(tmp_path: Path) -> None:
    page = replace(document(tmp_path, used(*EXAMPLES)), editions=())
    assert {type(block).__name__ for block in blocks_of(page)} >= {"Figure", "Quotation", "NumberedList", "Downloads"}
    for channel in (HtmlChannel(Settings(), MemoryStore()), BrailleChannel(Settings(), MemoryStore())):
        rendering = channel.render(page, {})
        faults = (*rendering.diagnostics, *channel.check(rendering))
        assert rendering.files and faults == (), faults
    assert len(list(script(page, Settings()))) > 60


def test_each_line_of_the_publisher_is_read_when_its_mark_is_taken_away(tmp_path: Path) -> None:
    """But for the files of a logo, a cover, a typeface and styles, which somebody has to bring."""
    lines = (SOURCE / "publisher.yaml").read_text(encoding="utf-8").split("\n")
    keys = [found[1] for line in lines if (found := re.match(r"(?:# )?(\w+): ", line))]
    assert set(keys) <= set(schema(PUBLISHER_SCHEMA)["properties"]) and len(keys) > 10
    brought = re.compile(r"# (?:logo|cover|styles): ")
    text = "\n".join(re.sub(r"^# (?=\w+: )", "", line) if not brought.match(line) else line for line in lines)
    document(tmp_path, used())
    (tmp_path / "publisher.yaml").write_text(text, encoding="utf-8")
    result = read(tmp_path / "getting-help" / "en.yaml")
    assert result.document is not None and result.diagnostics == ()
    assert result.document.publisher.address is not None and result.document.publisher.typeface is not None
