"""Who may import whom, read from the imports themselves; and what no file may have in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("document", "channels", "publish", "bench")
FILES = [*sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")), ROOT / "pipeline.py"]

# The few edges across channels, each with its reason.
CROSS_EDGES = {
    (
        "channels/pdf",
        "channels.html.markup",
    ): "a PDF is HTML laid out on paper: the same blocks become the same elements",
    ("channels/pdf", "channels.html.picture"): "statistics are drawn to the same scale on paper and on screen",
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
    return {
        module for module in imports(ast.parse(path.read_text())) if module.split(".", 1)[0] in {*ROOMS, "pipeline"}
    }


def allowed(path: Path, module: str) -> bool:
    room = name(path).split("/", 1)[0]
    head = module.split(".", 1)[0]
    if room == "pipeline.py" or head == room == "bench":
        return head != "pipeline"
    if room == "bench":
        return True
    if head == "document":
        return True
    if room == "document" or head in ("pipeline", "bench"):
        return False
    if room == "publish":
        return head == "publish" or module == "channels" or module.startswith("channels.base")
    own = "/".join(name(path).split("/")[:2])
    if own == "channels/__init__.py":
        return module.startswith("channels.base") or module == "channels"
    if module.startswith(("channels.base", own.replace("/", "."))) or module == "channels":
        return True
    return any(own == room_ and (module.startswith(edge) or edge.startswith(module)) for room_, edge in CROSS_EDGES)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    assert {module for module in ours(path) if not allowed(path, module)} == set()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_module_says_first_what_it_turns_into_what(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not tree.body or ast.get_docstring(tree)


@pytest.mark.parametrize("path", [path for path in FILES if not name(path).startswith("bench/")], ids=name)
def test_a_late_import_has_its_figure_beside_it(path: Path) -> None:
    """A function that imports says in its own text what time that saves, in ms or s. What the benchmark imports late is
    what it measures."""
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
