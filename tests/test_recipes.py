"""What CONTRIBUTING says about adding a block or a voice is true. (tests/toy does the same for a channel, and
tests/languages for a language.)"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from model.blocks import Block
from reader.schema import schema
from tests.conftest import GOLDEN, ROOMS, ROOT

RECIPES = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
KINDS = {kind.__name__ for kind in get_args(Block)}
MOST_OF_THEM = len(KINDS) * 3 // 4


def recipe(heading: str) -> str:
    return RECIPES.partition(f"## {heading}\n")[2].partition("\n## ")[0]


# ------------------------------------------------------------------------------------------------ a block


def matches() -> Iterator[tuple[str, ast.Match, set[str]]]:
    """Each `match` over kinds of blocks, with its file and the kinds that it names."""
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "case Contact" in text else ():
            if isinstance(node, ast.Match):
                patterns = (part for case in node.cases for part in ast.walk(case.pattern))
                named = {
                    part.cls.id
                    for part in patterns
                    if isinstance(part, ast.MatchClass) and isinstance(part.cls, ast.Name)
                }
                if len(named & KINDS) >= MOST_OF_THEM:
                    yield path.relative_to(ROOT).as_posix(), node, named & KINDS


def test_the_type_checker_names_each_place_that_lacks_a_new_block() -> None:
    """Each names all kinds and ends in `assert_never`, so mypy reports it. The recipe names them or says that more
    follow."""
    found = list(matches())
    assert {path for path, *_ in found} >= set(
        re.findall(r"`((?:channels|narration|model)/\S+\.py)`", recipe("A block"))
    ) - {"model/blocks.py"}
    assert len(found) >= 4
    for path, node, named in found:
        assert named == KINDS and "assert_never" in ast.unparse(node.cases[-1]), path


def written(path: Path) -> set[str]:
    """The types of the blocks in a source."""
    return set(re.findall(r"type: (\w+)", path.read_text(encoding="utf-8", errors="replace")))


def test_each_block_stands_in_every_place_that_the_recipe_names() -> None:
    told = recipe("A block")
    types = set(schema()["$defs"]["block"]["else"]["properties"]["type"]["enum"])
    assert types <= set(schema()["$defs"]) and "`schema.yaml`" in told
    reader = (ROOT / "reader" / "blocks.py").read_text(encoding="utf-8")
    assert types == set(re.findall(r'^ {12}"(\w+)": ', reader, re.MULTILINE)) and "`reader/blocks.py`" in told
    goldens = written(GOLDEN / "blocks" / "source.yaml") | written(GOLDEN / "everything" / "source.yaml")
    assert types - goldens <= {"paragraph"}, "which is a text there"
    assert "`tests/golden/blocks/source.yaml`" in told
    errors = set[str]().union(*map(written, (GOLDEN / "errors").rglob("*.yaml")))
    assert types - errors <= {"paragraph"} and "`tests/golden/errors/`" in told


# ------------------------------------------------------------------------------------------------ a voice

TONE = '''"""Turns words into a tone of their length."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from pathlib import Path

from narration.voices.base import NO_SOUNDS, Sound


class Tone:
    """A tone."""

    name = "tone"
    programs: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    at_once = 1
    takes_sounds = False

    def identity(self) -> str:
        return "tone 1"

    def speaks(self, language: str) -> bool:
        return True

    def speak(self, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:
        wave = (round(9000 * math.sin(place / 9)) for place in range(24000 * (4 + len(words)) // 14))
        return Sound(pcm=array("h", wave).tobytes(), rate=24000)
'''
SOURCE = """title: Help
summary: Where to find help, for yourself or for someone you know, and whom to call when it is urgent.
language: en
publisher: { name: Tests }
status: current
reviewed: 2026-01-05
sections: [{ title: Whom to ask, blocks: [Ask at your surgery first.] }]
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with one more voice, as the recipe asks for it."""
    home = tmp_path_factory.mktemp("program")
    for room in ROOMS:
        if room in ("channels", "narration"):
            shutil.copytree(ROOT / room, home / room, ignore=shutil.ignore_patterns("__pycache__", "scripts"))
        else:
            (home / room).symlink_to(ROOT / room)
    for file in (ROOT / "pipeline.py", *ROOT.glob("*.yaml")):
        shutil.copy(file, home)
    (home / "narration" / "voices" / "tone.py").write_text(TONE)
    for name, old, new in (
        ("narration/voices/__init__.py", '    "flite": ', '    "tone": "narration.voices.tone:Tone",\n    "flite": '),
        ("narration/voices/__init__.py", '"gtts", "piper")', '"gtts", "piper", "tone")'),
        ("channels/__init__.py", '"gtts", "piper")', '"gtts", "piper", "tone")'),
    ):
        text = (home / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, name
        (home / name).write_text(text.replace(old, new), encoding="utf-8")
    (home / "source" / "help").mkdir(parents=True)
    (home / "source" / "help" / "en.yaml").write_text(SOURCE)
    return home


def test_a_voice_is_a_class_a_line_in_two_lists_and_a_value_of_the_option(program: Path) -> None:
    told = recipe("A voice")
    for word in (
        "`narration/voices/`",
        "`voices/base.py`",
        "`identity()`",
        "`voices/__init__.py`",
        "`VOICES`",
        "`OFFERED`",
        "`VOICE`",
    ):
        assert word.strip("`") in told, word
    command = [sys.executable, "pipeline.py", "build", "--voice", "tone", "--channel", "audio", "--json"]
    done = subprocess.run(command, cwd=program, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["unit"].split()[-1] for event in events if event["event"] == "made"] == ["narration", "audio"]
    manifest = json.loads((program / "dist" / "help" / "en" / "manifest.json").read_text())
    assert any(file["path"].endswith("help.mp3") and file["seconds"] > 10 for file in manifest["files"])
    assert "tone" in json.dumps(manifest["made_with"])
