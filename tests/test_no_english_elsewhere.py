"""English stands only in languages/en/: no other room has a month, a day, a plural or a list of words.

Messages to authors, editors and engineers are in English. One file by its name, MESSAGES, makes their plurals.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from model.counted import number_of
from tests.conftest import ROOMS, ROOT

FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "languages/en/" not in path.as_posix())
MONTHS = re.compile(r"\b(?:January|February|April|June|July|August|September|October|November|December)\b")
DAYS = re.compile(r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
UNITS = re.compile(r"\b(?:kilometres?|milligrams?|litres?|kilograms?|mmol|mph|stone)\b")
MESSAGES = ROOT / "model" / "counted.py"
VERBS = {frozenset(pair) for pair in (("is", "are"), ("was", "were"), ("has", "have"), ("it", "them"))}
MOST_WORDS = 2
"""Words of a list of languages/en that may stand in one collection or pattern elsewhere: `and`, `or`."""

POSTCODE = re.compile(r"\[A-Z\]\{1,2\}\\d")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


Nodes = Sequence[ast.AST]


def nodes_of(code: str) -> Nodes:
    """Every node of some code. All rules look at the same list, since walking takes longer than they do."""
    return list(ast.walk(ast.parse(code)))


def texts(nodes: Nodes) -> Iterator[tuple[int, str]]:
    """The strings of a module without its docstrings."""
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def months_and_units(nodes: Nodes) -> Iterator[tuple[int, str]]:
    """The strings with several months, days or units, or with a pattern of postcodes."""
    for line, text in texts(nodes):
        for pattern in (MONTHS, DAYS, UNITS, POSTCODE):
            if len(set(pattern.findall(text))) > 1 or (pattern is POSTCODE and pattern.search(text)):
                yield line, text


def test_the_pattern_finds_what_it_is_for() -> None:
    lists = [path for path in (ROOT / "languages" / "en").rglob("*.yaml") if MONTHS.search(path.read_text())]
    assert lists


def said(node: ast.AST) -> str:
    """The text of a string in code. "" for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def is_plural(one: str, other: str) -> bool:
    """True if one of two texts is the plural of the other: an ending (s), a noun (entry, entries) or a verb."""
    short, long = sorted((one, other), key=len)
    stem = short.removesuffix("y")
    return long != short and (long in (f"{short}s", f"{short}es", f"{stem}ies") or frozenset((one, other)) in VERBS)


def plurals(nodes: Nodes) -> Iterator[int]:
    """The lines in which code makes a plural: an s that is added or multiplied, one of two forms that is chosen, an s
    behind a name in a text. Behind a number in a form of its own (`{seconds:.1f}s`), an s is a unit."""
    for node in nodes:
        match node:
            case ast.BinOp(op=ast.Add() | ast.Mult(), left=left, right=right) if {said(left), said(right)} & {
                "s",
                "es",
            }:
                yield node.lineno
            case ast.IfExp(body=one, orelse=other) if is_plural(said(one), said(other)):
                yield node.lineno
            case ast.JoinedStr(values=parts):
                for name, text in pairwise(parts):
                    if (
                        isinstance(name, ast.FormattedValue)
                        and name.format_spec is None
                        and re.match(r"e?s\b", said(text))
                    ):
                        yield node.lineno


def test_a_plural_is_found_in_each_form_in_which_code_makes_one() -> None:
    made = (
        "'day' + 's' * (n != 1)",
        "f'{n} {what}s ago'",
        "'entry' if n == 1 else 'entries'",
        "'are' if n else 'is'",
        "what + 's'",
    )
    assert [len(list(plurals(nodes_of(code)))) > 0 for code in made] == [True] * len(made)
    assert list(plurals(nodes_of("f'{seconds:.3f}s'; f'{a}seen'; 'made' if x else 'kept'; 'a' + 'b'"))) == []
    assert list(plurals(nodes_of(MESSAGES.read_text(encoding="utf-8"))))
    assert (number_of(1, "error"), number_of(0, "error"), number_of(2, "entry", "entries")) == (
        "1 error",
        "0 errors",
        "2 entries",
    )


@functools.cache
def words_of_lists() -> frozenset[str]:
    """The words in the lists of languages/en, without capitals."""
    text = (ROOT / "languages" / "en" / "lists.yaml").read_text(encoding="utf-8")
    lines = (line.partition(" #")[0] for line in text.splitlines() if not line.lstrip().startswith("#"))
    return frozenset(re.findall(r"\b[a-z]{2,}\b", "\n".join(re.sub(r"^\w+:", "", line) for line in lines).lower()))


def word_lists(nodes: Nodes) -> Iterator[tuple[int, list[str]]]:
    """The collections and patterns of words that are mostly words of the lists, with their lines."""
    for node in nodes:
        found: list[list[str]] = []
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            found = [[said(part) for part in node.elts if re.fullmatch(r"[A-Za-z]{2,}", said(part))]]
        elif "|" in said(node):
            found = [
                [word for word in group.split("|") if len(word) > 1] for group in re.split(r"[^A-Za-z|]+", said(node))
            ]
        for words in found:
            known = [word for word in words if word.lower() in words_of_lists()]
            if len(known) > MOST_WORDS and len(known) * 5 >= len(words) * 4:
                yield getattr(node, "lineno", 0), words


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_english_month_unit_plural_or_word_list(path: Path) -> None:
    nodes = nodes_of(path.read_text(encoding="utf-8"))
    assert list(months_and_units(nodes)) == []
    assert path == MESSAGES or list(plurals(nodes)) == []
    assert list(word_lists(nodes)) == []


def test_a_list_of_words_is_found_as_a_collection_and_as_a_pattern() -> None:
    for code in ("x = ('the', 'this', 'every')", "re.compile(r'\\b(?:Annex|Band|Class|Grade) \\d')"):
        assert list(word_lists(nodes_of(code))), code
    assert list(word_lists(nodes_of("x = ('page', 'print', 'braille')"))) == []
