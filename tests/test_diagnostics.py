"""The page on diagnostics explains every code of the program, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from setup.diagnostics import DOCS, explained, page
from tests.conftest import GOLDEN, ROOMS, ROOT

REPORTS = {"report", "fault", "refuse", "_error", "_fault", "_refuse", "_refused", "_report", "_warning"}
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
LONG_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
SEVERITIES = {"error", "warning"}


def codes_in(tree: ast.AST) -> Iterator[str]:
    """The codes that a file gives: as `code=`, as an argument of a report, as the first of three texts that a function
    returns or yields, or as the key of a kind of remark."""
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                yield from _codes_of_call(node)
            case ast.Return(value=ast.Tuple(elts=[first, _, _])) | ast.Yield(value=ast.Tuple(elts=[first, _, _])):
                yield from (text for text in _texts([first]) if LONG_CODE.fullmatch(text))
            case ast.Dict(keys=keys, values=[ast.Call(func=ast.Name(id="Kind")), *_]):
                yield from _texts(keys)
            case _:
                pass


def _codes_of_call(call: ast.Call) -> Iterator[str]:
    yield from (text for text in _texts(word.value for word in call.keywords if word.arg == "code"))
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in REPORTS:
        given = [
            each.value.elts[0] if isinstance(each, ast.Starred) and isinstance(each.value, ast.Tuple) else each
            for each in call.args
        ]
        yield from [text for text in _texts(given[:2]) if text not in SEVERITIES][:1]


def _texts(nodes: Iterable[ast.AST | None]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


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
