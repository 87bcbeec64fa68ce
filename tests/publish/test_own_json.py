"""What this program reads back of its own may be damaged in any way: it is then as good as absent, everywhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from catalogue.entries import proof_in
from proof import proof_file
from publish import manifest
from publish.own_json import open_sealed, read_json, sealed
from tests.conftest import ROOMS, ROOT

DAMAGED = [
    b"",
    b"{",
    b"null",
    b"7",
    b'"words"',
    b"[]",
    b"{}",
    b"\xff\xfe",
    b"NaN",
    b"9" * 5000,
    b"[" * 100_000,
    b'{"files":' * 100_000,
    b'{"files": 1, "sentences": 2, "on_purpose": 3}',
    b'{"files": [[]], "sentences": {"a": 1}, "on_purpose": [{"file": [], "stands_elsewhere": 0, "sentences": [[]]}]}',
    b'{"files": [1, "a"], "sentences": {}, "on_purpose": []}',
    b'{"files": [], "sentences": {}, "on_purpose": [{"file": {}, "why": [], "stands_elsewhere": false}]}',
    b'{"format": 1, "files": [{"path": "a", "size": "b"}]}',
]
NOT_OURS = {
    "publish/own_json.py": "the one way",
    "channels/pdf/recipe.py": "a recipe, as an entry of the store gives it or as it was just made",
    "publish/serialize.py": "an entry of the store, which proves its digest first",
    "narration/timeline.py": "a file of a rendering, as the store gives it or as it was just made",
    "channels/audio/check.py": "a file that was just made",
    "narration/voices/kokoro_server.py": "what the parent process asks",
    "narration/voices/kokoro_model.py": "a file of an installed package",
    "narration/voices/piper.py": "somebody's voice file, whose damage is an error that names it",
    "narration/voices/google.py": "an answer from the web, asked for again if it is damaged",
    "importer/main_part.py": "a part of somebody's page",
}


def test_json_is_read_in_one_place() -> None:
    """What other modules read of it, and why that is not the same, stands above."""
    found = set()
    for path in (file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("json.loads", "json.load"):
                found.add(path.relative_to(ROOT).as_posix())
    assert found == set(NOT_OURS)


@pytest.mark.parametrize("data", DAMAGED, ids=lambda data: repr(data[:20]))
def test_damage_of_any_kind_is_the_same_answer(tmp_path: Path, data: bytes) -> None:
    (tmp_path / manifest.NAME).write_bytes(data)
    (tmp_path / proof_file.NAME).write_bytes(data)
    assert manifest.read_manifest(tmp_path) is None
    assert manifest.faults_in_proof(data, set()) == ["it is no proof"]
    assert proof_in(tmp_path) == {}
    assert open_sealed(data, dict) is None


def test_what_is_too_deep_to_be_gone_through_is_damaged() -> None:
    def depth(content: list[object]) -> int:
        return 1 + depth(content[0]) if content else 0  # type: ignore[arg-type]

    assert read_json(b"[[]]", depth) == 1
    assert read_json(b"[" * 990 + b"]" * 990, depth) is None


def test_what_is_sealed_opens_as_it_was_and_no_other_way() -> None:
    data = sealed(b'{"a": 1}')
    assert open_sealed(data, dict) == {"a": 1}
    for place in range(len(data)):
        assert open_sealed(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], dict) is None
        assert open_sealed(data[:place], dict) is None
