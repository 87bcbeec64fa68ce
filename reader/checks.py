"""Turns a source and its Document into the faults that a schema cannot see: dead references, dates out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from itertools import pairwise
from pathlib import Path
from typing import Final

from languages.ipa import CONSONANTS, HOW_TO_WRITE, VOWELS, strange_signs
from languages.tags import direction_of
from model.blocks import Contact, Section
from model.diagnostics import Diagnostic
from model.document import Document, EditionNames
from model.editions import USUAL_PRINT, printed_editions
from model.inlines import Abbreviation, Foreign, Link, Mark, Term
from model.traverse import blocks_of, is_text, sentences_of, walk
from reader.assumptions import check_dates, check_letters
from reader.comments import check_comments
from reader.inline import SAFER, fold
from reader.restrictions import check_restrictions
from reader.suggestions import Suggestions
from yaml_source.load import Loaded
from yaml_source.node import Node
from yaml_source.source_map import Places

DEEPEST: Final = 5
ADVISED: Final = {
    "title": (0, 70, "It is kept as it is. Search engines cut it, and covers have little room: can it be shorter?"),
    "summary": (50, 160, "It is kept as it is. Search engines show 50 to 160 characters of it."),
}
HEADING: Final = (
    0,
    120,
    "It is kept as it is. Lists of contents and the tracks of a recording show it: can it be shorter?",
)
MOST_NAMES: Final = 30
USED: Final = re.compile(r"\[([^\[\]]+)\]")
"""Matches the name of a reference where a text uses it."""
IPA: Final = f"{HOW_TO_WRITE} Vowels: {' '.join(VOWELS)}. Consonants: {' '.join(CONSONANTS)}."


def _fault(code: str, message: str, node: Node, hint: str) -> Diagnostic:
    return Diagnostic(severity="error", code=code, message=message, mark=node.mark, hint=hint)


def check_source(path: Path, loaded: Loaded, names: EditionNames) -> Iterator[Diagnostic]:
    """Faults of the source itself, which may choose from the editions in `names`. An error among them stops the
    building of the document."""
    node = loaded.root["language"]
    language = node.text
    if re.fullmatch("[a-z]{2}(-[A-Z]{2})?", path.stem) and path.stem != language:
        message = f"the file is called {path.name} and its language is “{language}”"
        yield _fault("language-mismatch", message, node, f"Write `{path.stem}`, or rename the file.")
    yield from _lengths(loaded.root)
    yield from _pronunciations(_entries(loaded.root, "terms"))
    yield from _insecure(_entries(loaded.root, "references"))
    yield from check_comments(loaded)
    yield from check_letters(loaded)
    yield from _dates(loaded.root)
    yield from _changes(loaded.root)
    yield from _archive(loaded.root)
    yield from _editions(loaded.root, names)


def _pronunciations(terms: Mapping[str, Node]) -> Iterator[Diagnostic]:
    """Errors for signs in sounds that no voice knows."""
    for node in terms.values():
        if "ipa" not in node:
            continue
        ipa = node["ipa"]
        if strange := strange_signs(ipa.text):
            signs = ", ".join(f"“{sign}”" for sign in strange)
            yield _fault("bad-ipa", f"{signs} in “{ipa.text}” stands for no sound", ipa, IPA)


def _lengths(root: Node) -> Iterator[Diagnostic]:
    """Warnings for a title or summary that search engines and lists will cut, or that is too short to choose a page
    by."""
    advised = [(key, root[key], advice) for key, advice in ADVISED.items()]
    advised += [("title", node["title"], HEADING) for node in _section_nodes(root) if "title" in node]
    for key, node, (least, most, why) in advised:
        size = len(fold(node.text))
        if not least <= size <= most:
            code, limit = ("too-long", f"best up to {most}") if size > most else ("too-short", f"best from {least}")
            message = f"`{key}` has {size} characters, {limit}"
            yield Diagnostic(severity="warning", code=code, message=message, mark=node.mark, hint=why)


def _section_nodes(node: Node) -> Iterator[Node]:
    """The nodes of all sections of a page, also those within sections."""
    for section in (*node.at(("sections",)).items, *([node["related"]] if "related" in node else [])):
        yield section
        yield from _section_nodes(section)


def _insecure(references: dict[str, Node]) -> Iterator[Diagnostic]:
    for node in references.values():
        if node.word("url").startswith("http:"):
            message = f"“{node.word('url')[:60]}” is not a safe address"
            yield Diagnostic(
                severity="warning", code="insecure-link", message=message, mark=node["url"].mark, hint=SAFER
            )


def _editions(root: Node, names: EditionNames) -> Iterator[Diagnostic]:
    """Faults of `without`: it contradicts `editions`, or it leaves no edition to make."""
    if "without" not in root:
        return
    named = {node.text for node in root["editions"].items} if "editions" in root else set()
    without = root["without"]
    for node in without.items:
        if node.text in named:
            message = f"`{node.text}` stands in `editions` and in `without`"
            yield _fault("contradiction", message, node, "Keep one of the two.")
        elif node.text == "recording" and (spoken := sorted(named & {*names.spoken, *names.on_wish})):
            message = f"`{spoken[0]}` is made from the recording, which `without` takes away"
            yield _fault("contradiction", message, node, "Keep one of the two.")
    if not named and {*names.usual, *USUAL_PRINT} <= {node.text for node in without.items}:
        yield _fault("no-edition", "no edition is left to make", without, "Take one out of the list.")


def _dates(root: Node) -> Iterator[Diagnostic]:
    order = [key for key in ("published", "reviewed", "review_by") if key in root]
    for first, then in pairwise(order):
        if root[then].text < root[first].text:
            message = f"`{then}` is before `{first}` ({root[first].text})"
            yield _fault("date-order", message, root[then], "Check which of the two days is wrong.")


def _changes(root: Node) -> Iterator[Diagnostic]:
    """Faults of changes that are dated before the page was published."""
    for change in root["changes"].items if "changes" in root else ():
        if "published" in root and change["day"].text < root["published"].text:
            message = f"the change is before `published` ({root['published'].text})"
            yield _fault("date-order", message, change["day"], "Check which of the two days is wrong.")


def _archive(root: Node) -> Iterator[Diagnostic]:
    status = root["status"]
    if status.value != "archived":
        return
    if "notice" not in root:
        message = "an archived page must say so in every edition, and there is no `notice`"
        yield _fault("no-notice", message, status, "Add `notice:` with `title:` and `text:`.")
    if not {"as_of", "published", "reviewed"} & set(root.entries):
        message = "an archived page does not say what time it describes"
        yield _fault("no-date", message, status, "Add `as_of:` in words, or `published:` or `reviewed:`.")


def check_document(
    document: Document, loaded: Loaded, places: Places, renamed: Set[str], base: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Faults of a document that was built. `places` finds words in its file; `renamed` are section ids that the
    source has under other names; `base` is the entry under `terms:` of each form of a word."""
    sections = dict(_sections(document))
    references = _entries(loaded.root, "references")
    named = {node.word("section") for node in references.values() if "section" in node}
    yield from _links(document, Suggestions(set(sections) | named), places)
    yield from _reference_targets(references, Suggestions(set(sections) | renamed))
    yield from check_dates(document, places)
    yield from _unused(document, loaded, base)
    yield from _mains(document)
    yield from check_restrictions(document)
    yield from _written_leftwards(document)
    for section, depth in sections.values():
        if depth > DEEPEST:
            message = f"“{section.id}” is {depth} sections deep; a page has at most {DEEPEST} levels under its title"
            yield Diagnostic(
                severity="error", code="too-deep", message=message, mark=section.mark, hint="Move it one level up."
            )


def _written_leftwards(document: Document) -> Iterator[Diagnostic]:
    """An error for print in a script that is written from right to left, whose words it would put in a wrong order."""
    if direction_of(document.language) == "rtl" and (printed := printed_editions(document)):
        message = f"“{document.language}” is written from right to left, which print cannot set ({', '.join(printed)})"
        hint = "Write `editions: [page]`: the page can be read by everybody, and has a layout of its own for paper."
        yield Diagnostic(
            severity="error", code="right-to-left", message=message, mark=document.language_mark, hint=hint
        )


def _sections(document: Document) -> Iterator[tuple[str, tuple[Section, int]]]:
    def walk(section: Section, depth: int) -> Iterator[tuple[str, tuple[Section, int]]]:
        yield section.id, (section, depth)
        for inner in section.sections:
            yield from walk(inner, depth + 1)

    for section in document.all_sections:
        yield from walk(section, 1)


def _mains(document: Document) -> Iterator[Diagnostic]:
    """Faults of main contacts: there is more than one, or the one has no telephone number for the head of the page."""
    mains = [block for block in blocks_of(document) if isinstance(block, Contact) and block.main]
    for contact in mains:
        hint = "Leave out `main: true` here."
        if contact is not mains[0]:
            message = f"line {mains[0].mark.line} has the main contact already"
            yield Diagnostic(severity="error", code="repeated", message=message, mark=contact.mark, hint=hint)
        elif contact.phone is None and not any(one.kind == "phone" for one in contact.numbers):
            message = "the main contact has no telephone number for the head of the page"
            yield Diagnostic(severity="error", code="bad-contact", message=message, mark=contact.mark, hint=hint)


def _links(document: Document, sections: Suggestions, places: Places) -> Iterator[Diagnostic]:
    known = set(sections.known)
    for sentence in (*sentences_of(document), *document.breadcrumb, document.publisher.name):
        for node in () if is_text(sentence.inlines) else walk(sentence.inlines):
            if isinstance(node, Link) and node.target and node.target[0] == "#" and node.target[1:] not in known:
                yield _nowhere(node.target[1:], sections, places.find(f"({node.target})", sentence.mark))


def _nowhere(name: str, sections: Suggestions, mark: Mark) -> Diagnostic:
    close = sections.near(name)
    hint = f"did you mean `{close}`?" if close else f"The sections are: {_listed(sections.known)}."
    message = f"no section has the id `{name}`"
    return Diagnostic(severity="error", code="bad-reference", message=message, mark=mark, hint=hint)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")


def _reference_targets(references: dict[str, Node], sections: Suggestions) -> Iterator[Diagnostic]:
    known = set(sections.known)
    for node in references.values():
        if "section" in node and (name := node["section"].text) not in known:
            yield _nowhere(name, sections, node["section"].mark)


def _unused(document: Document, loaded: Loaded, base: Mapping[str, str]) -> Iterator[Diagnostic]:
    written = {name.lower() for name in USED.findall(loaded.text)}
    for name, node in _entries(loaded.root, "references").items():
        if name.lower() not in written:
            yield _warning("unused", f"the reference `{name}` is used nowhere", node)
    texts = [
        *(sentence.inlines for sentence in (*sentences_of(document), *document.breadcrumb)),
        document.version_inlines,
    ]
    texts = [inlines for inlines in texts if not is_text(inlines)]
    found = (node for inlines in texts for node in walk(inlines) if isinstance(node, Abbreviation | Term | Foreign))
    used = {base.get(node.text, node.text) for node in found}
    for word, node in _entries(loaded.root, "terms").items():
        if word not in used and node.mark.file == loaded.root.mark.file:  # a publisher's lexicon is for all pages
            yield _warning("unused", f"the term `{word}` stands nowhere in the text", node)


def _entries(root: Node, key: str) -> dict[str, Node]:
    node = root.get(key)
    return node.entries if node else {}


def _warning(code: str, message: str, node: Node) -> Diagnostic:
    hint = "Delete it, or check its spelling in the text."
    return Diagnostic(severity="warning", code=code, message=message, mark=node.key_mark, hint=hint)
