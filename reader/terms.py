"""Turns the words that a source explains into terms: its `terms:`, and names with initials in its text, "Full Name
(FN)".

A name that the text gives in full beside its initials is known everywhere in the source and needs no second
explanation. What the author says under `terms:` wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from languages.base import Language
from languages.ipa import respelt, with_s
from model.inlines import Abbreviation, Foreign, Term
from yaml_source.node import Node

Known: TypeAlias = "Abbreviation | Term | Foreign"

SHORT: Final = r"[A-Z][A-Za-z&]{0,8}[A-Z]"
LONG_THEN_SHORT: Final = re.compile(rf"\s[(“\"]{{1,2}}({SHORT})s?[)”\"]{{1,2}}")
SHORT_THEN_LONG: Final = re.compile(rf"(?<![\w&])({SHORT})s? \(([A-Za-z][^()\[\]*]{{5,100}})\)")
WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?|&")
STOP: Final = re.compile(r"[.;:!?()\[\]*“”\"]")
FARTHEST: Final = 160
"""The name of initials may begin at most this many characters before them."""
SMALL: Final = 3
"""The longest small word that initials leave out, in letters: of, and, the, for."""
NO_TEXT: Final = frozenset({"terms", "references", "url", "image", "id", "language", "email", "say"})
"""Keys below which there is no text of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The explained words of a source, by the word as written. `base` is the entry that each word is a form of
    ("GCSEs": "GCSE"). `explained` are the entries that the text itself explains."""

    known: Mapping[str, Known]
    base: Mapping[str, str]
    explained: frozenset[str]


NONE: Final = Terms(known={}, base={}, explained=frozenset())


def terms_of(root: Node, language: Language) -> Terms:
    """The terms of a source, and their plurals."""
    own = _authors(root)
    introduced = {short: node for short, node in _introduced(root) if short not in own}
    return with_forms({**introduced, **own}, language, frozenset(introduced))


def with_forms(words: Mapping[str, Known], language: Language, explained: frozenset[str] = frozenset()) -> Terms:
    """The words, and their other forms."""
    known, base = dict(words), {word: word for word in words}
    for word, node in words.items():
        for written, said in language.inflected(word, node.say):
            if written not in known:
                known[written], base[written] = _form(node, written, said), word
    return Terms(known=known, base=base, explained=explained)


def _form(node: Known, written: str, said: str | None) -> Known:
    ipa = with_s(node.ipa) if node.ipa and said else None
    match node:
        case Term():
            return Term(text=written, say=said or written, ipa=ipa, mark=node.mark)
        case _:
            return replace(node, text=written, say=said, ipa=ipa)


def _authors(root: Node) -> dict[str, Known]:
    terms: dict[str, Known] = {}
    known = root.get("terms")
    for word, node in known.entries.items() if known else ():
        ipa = node.word("ipa") or None
        say = node.word("say") or (respelt(ipa) if ipa else None)
        mark = node["say"].mark if "say" in node else node.mark
        if "expansion" in node:
            terms[word] = Abbreviation(text=word, expansion=node["expansion"].text, say=say, ipa=ipa, mark=mark)
        elif "language" in node:
            terms[word] = Foreign(text=word, language=node["language"].text, say=say, ipa=ipa, mark=mark)
        else:
            terms[word] = Term(text=word, say=say or word, ipa=ipa, mark=mark)
    return terms


def _introduced(root: Node) -> Iterator[tuple[str, Abbreviation]]:
    """The initials that a text gives beside their name, each with its first name."""
    found: dict[str, Abbreviation] = {}
    for text in _texts(root):
        if "(" not in text:
            continue
        for short, long in _pairs(text):
            found.setdefault(short, Abbreviation(text=short, expansion=long))
    yield from found.items()


def _texts(node: Node) -> Iterator[str]:
    """Every text of a source that a reader meets, in the order of the file. Works without recursion at any depth."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one.value, str):
            yield one.value
        elif isinstance(one.value, dict):
            waiting += [inner for key, inner in reversed(one.entries.items()) if key not in NO_TEXT]
        elif isinstance(one.value, list):
            waiting += reversed(one.items)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for match in LONG_THEN_SHORT.finditer(text):
        if long := name_before(text[max(0, match.start() - FARTHEST) : match.start()], match[1]):
            yield match[1], long
    for match in SHORT_THEN_LONG.finditer(text):
        if name_before(match[2], match[1]) == match[2]:
            yield match[1], match[2]


def name_before(text: str, short: str) -> str | None:
    """The words at the end of `text` for which `short` are the initials. Each letter must begin a word; small words
    and one other word may be left out; no stop may stand between. None where there are no such words."""
    words = list(WORD.finditer(text[_after_last_stop(text) :]))
    base = _after_last_stop(text)
    letters = short.replace("&", "").lower()
    at, left_out = len(letters) - 1, 0
    for number, word in enumerate(reversed(words)):
        if word[0][0].lower() == letters[at]:
            at -= 1
            if at < 0:
                return " ".join(text[base + word.start() :].split())
        elif number == 0:
            return None
        elif len(word[0]) > SMALL or not word[0].islower():
            left_out += word[0] != "&"
            if left_out > 1:
                return None
    return None


def _after_last_stop(text: str) -> int:
    """The place after the last stop in `text`."""
    return max((match.end() for match in STOP.finditer(text)), default=0)
