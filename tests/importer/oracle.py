"""What a page says, and what an import of it kept: an oracle of its own, which shares nothing with the importer.

The page is read by html5lib; its main part falls into the runs of words between its blocks and line breaks. The source
is read by PyYAML; its texts follow each other in the order of the file. Each run must stand in the source, word by word
and behind the run before it, or on the list of what was left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import yaml

INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
        *("font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"),
        *("sub", "time", "tt", "u", "var", "wbr"),
    }
)
UNREAD = frozenset({"script", "style", "template", "title"})
REACH = 4000
"""The most characters by which a run may stand further on. Much may lie between two runs that follow each other on
the page if a span is written out."""
BACK = 600
"""How many characters back the second row of a table's headers may stand."""
WORD = re.compile(r"\w+")
TARGET = re.compile(r"(?<!\\)\]\(\S*?\)(?=\W|\Z|\w)")


def runs_of_page(data: bytes) -> list[str]:
    """The runs of words in a page's main part, or in its body if it has none."""
    tree = html5lib.parse(data, treebuilder="etree", namespaceHTMLElements=False, transport_encoding=None)
    main = next(tree.iter("main"), None)
    text = "".join(_texts(main if main is not None else next(tree.iter("body"))))
    return [words for run in text.split("\n") if (words := words_of(run))]


def _texts(element: Element, *, row: bool = False) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in UNREAD:
        return
    label = element.get("class") == "type"  # hCard: a label may touch its number
    apart = " " if row or label or element.tag == "sup" else "" if element.tag in INLINE else "\n"
    if element.tag == "tr":  # a row of figures is one run, because single figures would be found anywhere
        row = any(True for _ in element.iter("td"))
    yield apart + re.sub(r"\s+", " ", element.text or "")
    for child in element:
        yield from _texts(child, row=row)
        yield re.sub(r"\s+", " ", child.tail or "")
    yield apart


def words_of(text: str) -> str:
    """The words of a text, with a space before, between and after them, so that two texts agree if these do."""
    text = re.sub("([⁰¹²³⁴-⁹]+)", r" \1", text)  # a raised figure is a word of its own, as in `<sup>`
    found = WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", ""))
    return f" {' '.join(found)} " if found else ""


def words_of_source(text: str) -> str:
    """The words of a source file in the order of its values."""
    loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (texts only)
    values = " \n ".join(_values(loaded))
    return words_of(TARGET.sub("] ", values).replace("\\", ""))


def _values(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            for value in data.values():
                yield from _values(value)
        case list():
            for value in data:
                yield from _values(value)


def said_to_be_left_out(text: str) -> str:
    """The words of the comments of a source file."""
    return words_of(" ".join(line.strip().lstrip("# ") for line in text.splitlines() if line.strip().startswith("#")))


def lost(page: bytes, source: str) -> list[str]:
    """The runs of words of a page that its source neither holds in their place nor lists. A run may begin with a
    word that is listed, such as the label of a telephone number, which the editions write."""
    kept, listed = words_of_source(source), said_to_be_left_out(source)
    found, at = [], 0
    for run in runs_of_page(page):
        for part in (run, _without_label(run, listed)):
            place = kept.find(part, at, at + len(part) + REACH)
            # The headers of a table in several rows stand together, column by column, so some stand a little further
            # back.
            back = kept.rfind(part, max(0, at - BACK), at + 1)
            if back >= 0 and (place < 0 or at - back < place - at):
                break
            if place >= 0:
                at = place + len(part) - 1
                break
        else:
            if run not in listed:
                found.append(run.strip())
    return found


def _without_label(run: str, listed: str) -> str:
    label, _, rest = run.strip().partition(" ")
    return f" {rest} " if rest and f" {label} " in listed else run
