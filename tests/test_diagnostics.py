"""The page on diagnostics has every code that there is, and none that there is not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from setup.diagnostics import DOCS, explained, page
from tests.conftest import GOLDEN, ROOMS, ROOT

REPORTS = {"report", "fault", "_fault", "_error", "_warning"}
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def codes_in(tree: ast.AST) -> Iterator[str]:
    """What is given as `code=`, and the first word that a report of a fault is given."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        named = [word.value for word in call.keywords if word.arg == "code"]
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        first = call.args[0] if call.args and name in REPORTS else None
        if isinstance(first, ast.Starred) and isinstance(first.value, ast.Tuple):
            first = first.value.elts[0]
        for value in (*named, *([first] if first is not None else [])):
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value):
                yield value.value


def in_the_program() -> set[str]:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    found = {code for path in files for code in codes_in(ast.parse(path.read_text(encoding="utf-8")))}
    return found | {path.name for path in (GOLDEN / "errors").iterdir()}


def explained_codes() -> list[str]:
    return [code for codes in explained().values() for code in codes]


def test_every_code_is_explained() -> None:
    assert in_the_program() - set(explained_codes()) == set()


def test_every_code_that_is_explained_is_there() -> None:
    text = "".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    assert [code for code in explained_codes() if f'"{code}"' not in text] == []
    assert len(explained_codes()) == len(set(explained_codes()))


def test_the_page_is_what_its_list_makes() -> None:
    assert (DOCS / "diagnostics.md").read_text(encoding="utf-8") == page(explained())
