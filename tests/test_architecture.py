"""Checks which room may import which, by reading the imports, and what no file may contain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOMS, ROOT

FILES = [*sorted(path for room in (*ROOMS, "bench") for path in (ROOT / room).rglob("*.py")), ROOT / "pipeline.py"]

# The few imports between channels, with their reasons.
CROSS_EDGES = {
    ("channels/design", "channels.elements"): "a publisher's logo is an element",
    ("channels/design", "channels.pictures"): "a logo is drawn without notes and scripts",
    ("channels/html", "channels.pictures"): "an author's image is published without notes and scripts",
    ("channels/pdf", "channels.pictures"): "the same on paper",
    ("channels/elements", "channels.pictures"): "the same in books",
    **{
        (f"channels/{name}", "channels.design"): "the look that is shared"
        for name in ("html", "pdf", "audio", "epub", "daisy", "sound_files")
    },
    ("channels/daisy", "channels.elements"): "the writer of elements, in the dialect of books",
    ("channels/epub", "channels.elements"): "the writer of elements, in the dialect of books",
    ("channels/sound_files", "channels.elements"): "the zip files that books are packed in, too",
    ("channels/html", "channels.elements"): "the writer of elements, in the web page's dialect",
    ("channels/pdf", "channels.elements"): "a PDF is HTML laid out on paper: the same blocks become the same elements",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    rooms = {*ROOMS, "bench", "pipeline"}
    return {module for module in imports(ast.parse(path.read_text())) if module.split(".", 1)[0] in rooms}


# The rooms that each room may import, from the ground up. No room knows those above it.
STANDS_ON = {
    "model": (),
    "yaml_source": ("model",),
    "languages": ("model", "yaml_source"),
    "reader": ("model", "yaml_source", "languages"),
    "importer": ("model", "yaml_source", "languages", "reader"),
    "narration": ("model", "yaml_source", "languages", "channels.base"),
    "channels": ("model", "languages", "narration", "channels.base"),
    "proof": ("model", "channels.base"),
    "publish": ("model", "channels.base", "proof"),
    "cluster": ("model", "channels.base", "proof", "publish"),
    "catalogue": (
        *("model", "languages", "channels.base", "channels.design.scheme", "channels.design.frames"),
        *("proof", "publish"),
    ),
    "scaffold": ("model", "publish"),
    "commands": ("model", "languages", "reader", "narration", "channels.base", "publish", "cluster", "catalogue"),
    "preview": ("model", "reader.sources", "channels.base", "channels.design.frames", "publish", "catalogue"),
}


def allowed(path: Path, module: str) -> bool:
    room, head = name(path).split("/", 1)[0], module.split(".", 1)[0]
    if head in ("pipeline", "bench"):
        return room == "bench" == head
    if room in ("pipeline.py", "bench"):
        return True
    if module == "channels" or any(f"{module}.".startswith(f"{floor}.") for floor in STANDS_ON[room]):
        return True
    if room != "channels":
        return head == room
    own = "/".join(name(path).split("/")[:2])
    if f"{module}.".startswith(own.replace("/", ".") + "."):
        return True
    return any(own == room_ and (module.startswith(edge) or edge.startswith(module)) for room_, edge in CROSS_EDGES)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    assert {module for module in ours(path) if not allowed(path, module)} == set()


def test_no_files_import_each_other_in_a_circle() -> None:
    """Late imports count too. That a module's own package is imported with it does not."""
    modules = {name(path)[:-3].replace("/", ".").removesuffix(".__init__"): path for path in FILES}
    used = {module: ours(path) & modules.keys() for module, path in modules.items()}
    circles = TopologicalSorter({own: [one for one in used[own] if not own.startswith(f"{one}.")] for own in modules})
    circles.prepare()  # raises CycleError


@pytest.mark.parametrize("path", [path for path in FILES if not name(path).startswith("languages/")], ids=name)
def test_no_room_knows_a_language_but_by_its_tag(path: Path) -> None:
    """`languages.base` gives a language by its tag. No file outside languages/ imports the folder of a language."""
    folders = [file.parent.name for file in (ROOT / "languages").glob("*/words.yaml")]
    assert folders and not [
        module for module in ours(path) for tag in folders if f"{module}.".startswith(f"languages.{tag}.")
    ]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_module_says_first_what_it_turns_into_what(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not tree.body or ast.get_docstring(tree)


@pytest.mark.parametrize("path", [path for path in FILES if not name(path).startswith("bench/")], ids=name)
def test_a_late_import_has_its_figure_beside_it(path: Path) -> None:
    """A function with an import says in its own text how much time that saves, in ms or s. The benchmark is free to
    import late, because that is what it measures."""
    text = path.read_text()
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and any(imports(function)):
            said = ast.get_source_segment(text, function) or ""
            assert re.search(r"\d (ms|s)\b", said), f"{name(path)}:{function.lineno}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_catches_everything(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            assert caught not in ("", "Exception", "BaseException"), f"{name(path)}:{node.lineno}"


def test_rooms_are_nouns_of_the_trade() -> None:
    for path in FILES:
        assert not {"utils", "helpers", "common"} & set(path.with_suffix("").parts)
