"""English stands only in languages/en/: no other room has a month, a day, a plural or a list of words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOMS, ROOT

FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "languages/en/" not in path.as_posix())
MONTHS = re.compile(r"\b(?:January|February|April|June|July|August|September|October|November|December)\b")
DAYS = re.compile(r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
UNITS = re.compile(r"\b(?:kilometres?|milligrams?|litres?|kilograms?|mmol|mph|stone)\b")
POSTCODE = re.compile(r"\[A-Z\]\{1,2\}\\d")


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_english_word_list_month_or_unit(path: Path) -> None:
    found = [
        (line, text)
        for line, text in texts(path)
        for pattern in (MONTHS, DAYS, UNITS, POSTCODE)
        if len(set(pattern.findall(text))) > 1 or (pattern is POSTCODE and pattern.search(text))
    ]
    assert found == []


def test_the_pattern_finds_what_it_is_for() -> None:
    lists = [path for path in (ROOT / "languages" / "en").rglob("*.yaml") if MONTHS.search(path.read_text())]
    assert lists
