"""The rules for the files of a book: which there are, their names, what kind of document each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from channels.daisy.about import SMIL_DOCTYPE, XHTML_DOCTYPE
from channels.daisy.rules.parsed import MASTER, NCC, TEXT, XHTML, Book, Rule, target_of

NAMES: Final = re.compile(r"[a-z0-9_-]{1,8}\.(?:html|smil|mp3|png|jpg)")
"""Letters, digits, hyphens and underscores. Eight are ours: the specification sets no length (3.4)."""

CHARSET: Final = "utf-8"


def _folder(book: Book) -> Iterator[str]:
    if len(book.folders) != 1 or "" in book.folders:
        yield f"the archive has the folders {sorted(book.folders)}, not one"


def _xml(book: Book) -> Iterator[str]:
    yield from (f"{name} is no XML: {fault}" for name, fault in book.unreadable.items())


def _present(book: Book) -> Iterator[str]:
    yield from (f"{name} is missing" for name in (NCC, TEXT, MASTER) if name not in book.files)
    if not any(name.endswith(".smil") and name != MASTER for name in book.files):
        yield "there is no SMIL file"


def _names(book: Book) -> Iterator[str]:
    yield from (f"{name} is no name that every disc can hold" for name in book.files if not NAMES.fullmatch(name))


def _doctypes(book: Book) -> Iterator[str]:
    for name in book.trees:
        due = SMIL_DOCTYPE if name.endswith(".smil") else XHTML_DOCTYPE
        if not book.files[name].partition(b"\n")[2].startswith(due.encode()):
            yield f"{name} does not begin with the document type {due.split(chr(34))[1]}"


def _encoding(book: Book) -> Iterator[str]:
    for name in book.trees:
        if f'encoding="{CHARSET}"'.encode() not in book.files[name].partition(b"?>")[0]:
            yield f"{name} does not say that it is {CHARSET}"
    if (told := book.facts[NCC].get("ncc:charset")) and told != [CHARSET]:
        yield f"ncc:charset is {told[0]}, not {CHARSET}"
    for name in (NCC, TEXT):
        said = [node.get("content") for node in book.trees[name].iter(f"{XHTML}meta") if node.get("http-equiv")]
        if said != [f"text/html; charset={CHARSET}"]:
            yield f"{name} has the content type {said}"


def _referenced(book: Book) -> Iterator[str]:
    """ncc:files: the files of the book are those that it refers to."""
    named = {NCC, MASTER, TEXT, *(target_of(entry)[0] for entry in book.entries)}
    named |= {ref.get("src", "") for ref in book.trees[MASTER].iter("ref")}
    named |= {clip.track for smil in book.smils for par in smil.pars for clip in par.clips}
    named |= {image.get("src", "") for image in book.text.iter(f"{XHTML}img")}
    yield from (f"{name} is referred to and not there" for name in sorted(named - {""} - book.files.keys()))
    yield from (f"nothing refers to {name}" for name in sorted(book.files.keys() - named))


def _counted(book: Book) -> Iterator[str]:
    yield from (
        f"ncc:files is {told}, not {len(book.files)}"
        for told in book.facts[NCC].get("ncc:files", ())
        if told != str(len(book.files))
    )


def _size(book: Book) -> Iterator[str]:
    size = sum(map(len, book.files.values())) / 1024
    for told in book.facts[NCC].get("ncc:kByteSize", ()):
        if not told.isdigit() or abs(int(told) - size) > 1:
            yield f"ncc:kByteSize is {told}, not {size:.0f}"


WHOLE: Final = (
    Rule(name="folder", clause="3.1", broken=_folder),
    Rule(name="xml", clause="appendix 3", broken=_xml),
    Rule(name="present", clause="2", broken=_present),
)
"""Without these, there is no book to look at."""

RULES: Final = (
    Rule(name="names", clause="2.3.6, 2.3.7, 2.5.3, 3.4", broken=_names),
    Rule(name="doctypes", clause="2.1, 2.2, 2.3, 2.4", broken=_doctypes),
    Rule(name="encoding", clause="2.1.3 ncc:charset", broken=_encoding),
    Rule(name="referenced", clause="2.1.3 ncc:files", broken=_referenced),
    Rule(name="counted", clause="2.1.3 ncc:files", broken=_counted),
    Rule(name="size", clause="2.1.3 ncc:kByteSize", broken=_size),
)
