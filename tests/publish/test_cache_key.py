"""Each change makes again exactly the renderings that depend on it.

A separate process asks for the keys in a copy of the project, with the real channels and without engines. The page
quotes a stand-in that is as new as the key it stands for.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from channels import CHANNELS
from tests.conftest import ROOMS, ROOT

ASK = """
import json, sys
from pathlib import Path
from channels import CHANNELS
from channels.base import File, Rendering, Settings
from channels.order import in_order
from model.digest import digest
from reader.read import read
from publish.cache_key import Hashes, SourceDocument, cache_key_of

class Nothing:
    def get(self, key): return None
    def put(self, key, data): raise AssertionError

source = Path(sys.argv[1])
result = read(source)
assert result.document is not None, result.diagnostics
subject = SourceDocument(document=result.document, digest=digest(result.document), source=source)
keys, made = {}, {}
for name, entry in in_order(CHANNELS).items():
    channel = entry.load(Settings(chosen={"voice": sys.argv[2]}), Nothing())
    quoted = entry.quoted(made, CHANNELS)
    keys[name] = cache_key_of(channel, subject, quoted, Hashes()).name()
    stand_in = File(path=name, data=keys[name].encode(), media_type="", role="download")
    made[name] = Rendering(channel=name, files=(stand_in,))
print(json.dumps(keys))
"""
EVERY = set(CHANNELS)
WISHED = {"m4b", "opus", "ivr", "podcast"}  # nobody asks for these here, so they show no picture
SPOKEN = {"narration", "audio", "epub", "daisy", "tracks", *WISHED, "html"}


def copy_of_project(place: Path) -> Path:
    """Copies the parts of the project that decide what is made."""
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in (*ROOMS, "source"):
        shutil.copytree(ROOT / name, place / name, ignore=unwanted)
    for name in ("schema.yaml", "publisher-schema.yaml"):
        shutil.copy(ROOT / name, place)
    shutil.copytree(ROOT / "tests" / "golden" / "everything", place / "source" / "everything")
    return place


def keys(
    project: Path, voice: str = "espeak-ng", libraries: Path | None = None, path: Path | None = None
) -> dict[str, str]:
    env = dict(os.environ)
    env["PYTHONPATH"] = os.pathsep.join(str(p) for p in (project, libraries) if p)
    env["PATH"] = os.pathsep.join(str(p) for p in (path, env["PATH"]) if p)
    command = [sys.executable, "-c", ASK, str(project / "source" / "everything" / "source.yaml"), voice]
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def before(project: Path) -> dict[str, str]:
    return keys(project)


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        path = project / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def append(pattern: str, text: str) -> Callable[[Path], None]:
    """A change that adds `text` to the first file that `pattern` finds."""

    def change(project: Path) -> None:
        path = sorted(project.glob(pattern))[0]
        path.write_bytes(path.read_bytes() + text.encode())

    return change


def touch(project: Path) -> None:
    for path in project.rglob("*"):
        os.utime(path, (1, 1))


SOURCE = "source/everything/source.yaml"
CHANGES: list[tuple[str, Callable[[Path], None], set[str]]] = [
    ("a word", edit(SOURCE, "summary: ", "summary: Really, "), EVERY),
    ("a moved line", edit(SOURCE, "summary: ", "\n\n# a comment\nsummary: "), set()),
    ("every file touched", touch, set()),
    ("an image", append("source/everything/images/*", " "), EVERY),
    ("a fixed word of the language", edit("languages/en/words.yaml", "contents: Contents", "contents: Inside"), EVERY),
    ("the lexicon", append("languages/en/lexicon.yaml", "\n# said\n"), SPOKEN),
    ("a template of the page", append("channels/html/templates/page.html", "\n"), {"html"}),
    ("a style of the page", append("channels/html/styles/*.css", "\n"), {"html"}),
    ("the script of the page", append("channels/html/script/*.js", "\n"), {"html"}),
    ("a font of the page", append("channels/html/fonts/*.woff2", " "), {"html"}),
    ("a template of the leaflet", append("channels/pdf/templates/*", "\n"), {"pdf", "html"}),
    ("a style of the leaflet", append("channels/pdf/styles/*", "\n"), {"pdf", "html"}),
    ("a token of the look", edit("channels/design/tokens.css", "--ink: #", "--ink: #0"), {"pdf", "html"}),
    ("a font of the paper", append("channels/design/fonts/*.ttf", " "), EVERY - {"narration", "braille", *WISHED}),
    ("a colour profile", append("channels/design/colour/*.icc", " "), {"pdf", "html"}),
    ("the code of the page", append("channels/html/render.py", "\n"), {"html"}),
    ("the code of the leaflet", append("channels/pdf/impose.py", "\n"), {"pdf", "html"}),
    ("the code of narration", append("narration/script.py", "\n"), SPOKEN),
    ("the code of the model", append("model/document.py", "\n"), EVERY),
    ("the code of the reader", append("reader/checks.py", "\n"), set()),
    ("the code of publishing", append("publish/build.py", "\n"), set()),
    ("the description of a field", append("schema.yaml", "\n# a comment\n"), set()),
]


@pytest.mark.parametrize(
    ("change", "expected"), [c[1:] for c in CHANGES], ids=[c[0].replace(" ", "-") for c in CHANGES]
)
def test_a_change_makes_anew_what_depends_on_it(
    project: Path, before: dict[str, str], tmp_path: Path, change: Callable[[Path], None], expected: set[str]
) -> None:
    copy = tmp_path / "another" / "checkout"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("__pycache__"))
    change(copy)
    assert changed(before, keys(copy)) == expected


def test_another_checkout_makes_nothing_anew(project: Path, before: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "elsewhere")
    assert keys(tmp_path / "elsewhere") == before


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        ("weasyprint", {"pdf", "html"}),
        ("jinja2", {"pdf", "html"}),
        ("av", SPOKEN - {"narration", "podcast"}),
        ("rich", set()),
    ],
)
def test_another_version_of_a_library(
    project: Path, before: dict[str, str], tmp_path: Path, library: str, expected: set[str]
) -> None:
    metadata = tmp_path / f"{library}-99.0.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text(f"Metadata-Version: 2.1\nName: {library}\nVersion: 99.0\n")
    assert changed(before, keys(project, libraries=tmp_path)) == expected


def test_another_version_of_espeak(project: Path, before: dict[str, str], tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\necho 'eSpeak NG text-to-speech: 9.9.9  Data at: /nowhere'\n")
    program.chmod(0o755)
    assert changed(before, keys(project, path=tmp_path)) == SPOKEN


def test_another_voice(project: Path, before: dict[str, str]) -> None:
    assert changed(before, keys(project, voice="gtts")) == SPOKEN
