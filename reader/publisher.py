"""Turns the publisher.yaml nearest to a source into defaults for what the source does not say itself.

The source wins: a value of its own replaces the publisher's, and terms are merged by word. What comes from
publisher.yaml keeps its marks, so that a fault in it is shown there.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from languages.fixed_words import fault_of, flat, is_fixed, needed
from model.diagnostics import Diagnostic, has_errors
from model.document import Colours, Conformance, Styles
from model.inlines import Mark
from reader.beside import file_beside, from_source
from reader.comments import check_comments
from reader.schema import PUBLISHER_SCHEMA
from reader.schema_errors import check_shape, is_misspelt
from reader.sources import PUBLISHER, short
from yaml_source.load import Loaded, load
from yaml_source.node import Node, plain

LEVELS: Final = 4
"""How many folders may hold the file: the publication's, and those above it. Several publishers may share a tree."""

OF_THE_BODY: Final = ("name", "url", "address", "government", "logo", "cover", "colours", "type", "styles")
"""Keys that a publication has under `publisher:`."""

OF_THE_PAGE: Final = (
    "rights",
    "feedback",
    "other_formats",
    "exit_page",
    "editions",
    "without",
    "accessibility",
    "privacy",
    "conformance",
    "voice",
    "rate",
)
MISSING: Final = "Add `publisher:` – The body that publishes the page."
ACCENT: Final = "#ffc845"
"""The accent colour for a publisher that names none."""

MOST_INK: Final = 300
"""Per cent of all four inks together."""


def nearest(source: Path) -> Path | None:
    """The publisher.yaml that applies to `source`, None where there is none. It may be one that cannot be read."""
    folder = str(source.absolute().parent)
    for _ in range(LEVELS):  # paths as texts, since a page has few other paths
        file = os.path.join(folder, PUBLISHER)  # noqa: PTH118
        if os.path.lexists(file):
            return Path(file)
        folder = os.path.dirname(folder)  # noqa: PTH120
    return None


def publisher_of(source: Path) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of the publisher.yaml nearest to `source`, and its faults. The tree is None where there is no file or
    an error in it; with a tree there are only warnings."""
    file = nearest(source)
    if file is None:
        return None, ()
    try:
        state = file.stat()
    except OSError:  # a link to nowhere or to itself, which reading it tells
        return _read(short(file), 0, 0)
    return _read(short(file), state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=16)
def _read(file: Path, _changed_ns: int, _size: int) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    loaded = load(file)
    found = tuple(loaded.diagnostics) or check_shape(loaded, PUBLISHER_SCHEMA) or tuple(_bad_words(loaded.root))
    return (None, found) if has_errors(found) else (loaded.root, (*found, *check_comments(loaded)))


def _bad_words(publisher: Node) -> Iterator[Diagnostic]:
    """Faults of the publisher's own fixed words: no edition has such words, or what is filled into them is wrong."""
    words = publisher.get("words")
    for key, node in (pair for own in (words.within if words else ()) for pair in _flat_nodes(own)):
        code, message, hint = "unknown-key", f"no fixed word is called `{key}`", "languages/en/words.yaml has them all."
        if is_fixed(key):
            fault = fault_of(key, node.text)
            if fault is None:
                continue
            code, message, hint = fault
        yield Diagnostic(severity="error", code=code, message=message, mark=node.key_mark, hint=hint)


def _flat_nodes(words: Node) -> Iterator[tuple[str, Node]]:
    """The nodes of some words by key. A form that goes with a number is at `key.category`."""
    for key, node in words.entries.items():
        if isinstance(node.value, dict):
            yield from ((f"{key}.{category}", form) for category, form in node.entries.items())
        else:
            yield key, node


def fill(loaded: Loaded, publisher: Node | None) -> Diagnostic | None:
    """Adds to a source what it does not say and `publisher` does. Returns a fault if neither names a body."""
    root = loaded.root
    if not isinstance(root.value, dict):
        return None
    if publisher is not None:
        _fill_body(root, publisher)
        for key in OF_THE_PAGE:
            if key in publisher:
                root.value.setdefault(key, publisher[key])
        _fill_terms(root, publisher)
    if "publisher" in root:
        return None
    stand_in(root)
    if is_misspelt("publisher", root):  # told as an unknown key
        return None
    message = "the page has no `publisher`"
    return Diagnostic(severity="error", code="missing-key", message=message, mark=root.mark, hint=MISSING)


def stand_in(root: Node) -> None:
    """Adds a body without a name where a source names none, so that the rest of the source can be read."""
    root.entries.setdefault("publisher", Node(value={"name": Node(value="…", mark=root.mark)}, mark=root.mark))


def _fill_body(root: Node, publisher: Node) -> None:
    own = {key: publisher[key] for key in OF_THE_BODY if key in publisher}
    said = root.get("publisher")
    if said is None:
        root.entries["publisher"] = Node(value=own, mark=publisher.mark)
    elif isinstance(said.value, dict):
        for key, node in own.items():
            said.value.setdefault(key, node)


def _fill_terms(root: Node, publisher: Node) -> None:
    lexicon = publisher.get("lexicon")
    if lexicon is None:
        return
    terms = root.entries.setdefault("terms", Node(value={}, mark=lexicon.mark))
    for word, said in lexicon.entries.items():
        if word not in terms:
            value = said.value if isinstance(said.value, dict) else {"say": said}
            terms.entries[word] = Node(value=value, mark=said.mark, key=said.key)


def address_of(publisher: Node | None, place: str) -> str | None:
    """The address of the page that is published at `place`, below the publisher's base address if it has one."""
    base = publisher.get("base_url") if publisher is not None else None
    return None if base is None else f"{base.text.rstrip('/')}/{place}/"


def taken_for_errors(found: Iterable[Diagnostic], publisher: Node | None) -> Iterator[Diagnostic]:
    """The diagnostics. Warnings that the publisher lists under `errors` become errors."""
    listed = publisher.get("errors") if publisher is not None else None
    codes = {node.value for node in listed.items} if listed is not None else set()
    for fault in found:
        yield replace(fault, severity="error") if fault.code in codes else fault


def words_of(publisher: Node | None, language: str) -> dict[str, str]:
    """The publisher's own fixed words of `language`."""
    words = publisher.get("words") if publisher is not None else None
    own = words.get(language) if words is not None else None
    return {key: str(said) for key, said in flat(plain(own)).items()} if own is not None else {}


def languages_of(publisher: Node | None) -> frozenset[str]:
    """The languages for which the publisher has all fixed words."""
    words = publisher.get("words") if publisher is not None else None
    named = words.entries if words is not None else ()
    return frozenset(language for language in named if needed() <= words_of(publisher, language).keys())


def conformance_of(root: Node) -> Conformance | None:
    """What the source or its publisher claims of the EPUB. None if neither does, or if the source says `none`."""
    node = root.get("conformance")
    if node is None or not isinstance(node.value, dict):
        return None
    return Conformance(
        standard=node["standard"].text,
        certified_by=node["certified_by"].text,
        credential=node.word("credential") or None,
        report=node.word("report") or None,
    )


def colours_of(body: Node, diagnostics: list[Diagnostic]) -> Colours | None:
    """The colours under `publisher:`. Faults go to `diagnostics`."""
    node = body.get("colours")
    if node is None:
        return None
    mark: Mark = node["brand"].mark
    inks = {
        key: _inks(key, said, diagnostics) for key, said in (node["cmyk"].entries if "cmyk" in node else {}).items()
    }
    return Colours(
        brand=node["brand"].text.lower(),
        accent=node.word("accent", ACCENT).lower(),
        brand_inks=inks.get("brand"),
        accent_inks=inks.get("accent"),
        mark=mark,
    )


def styles_of(body: Node, source: Path, diagnostics: list[Diagnostic]) -> Styles | None:
    """The style sheets under `publisher:`. They lie beside the file that names them. Faults go to `diagnostics`."""
    node = body.get("styles")
    if node is None:
        return None
    digest, paths = hashlib.sha256(), {}
    for key, file in node.entries.items():
        try:
            text = file_beside(file).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            message = f"the style sheet {file.text} cannot be read"
            hint = "Put the file beside publisher.yaml, in UTF-8."
            diagnostics.append(
                Diagnostic(severity="error", code="no-such-style", message=message, mark=file.mark, hint=hint)
            )
            return None
        digest.update(f"{key}\0{text}\0".encode())
        paths[key] = from_source(file, source)
    return Styles(page=paths.get("page"), print=paths.get("print"), digest=digest.hexdigest(), mark=node.mark)


def _inks(key: str, node: Node, diagnostics: list[Diagnostic]) -> tuple[int, ...]:
    """The four inks of a colour, in per cent. Warns if they come to more than dries."""
    inks = tuple(int(part) for part in node.text.split())
    if sum(inks) > MOST_INK:
        message = f"the inks of {key} come to {sum(inks)} %, and no more than {MOST_INK} % dry"
        hint = "cyan, magenta and yellow are printed lighter. Ask for a separation that has more black in their place."
        diagnostics.append(Diagnostic(severity="warning", code="much-ink", message=message, mark=node.mark, hint=hint))
    return inks
