"""Turns the bytes of a saved web page into elements, as browsers do (the WHATWG's HTML standard)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement

import tinyhtml5

from importer.faults import refuse
from importer.source import Source
from importer.tree import HEADINGS, tag, walk, words

DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
LOOKED_AT: Final = 4096
ELEMENT: Final = re.compile(r"<(?:!doctype|html|head|body|main|article|div|p|h[1-6]|ul|ol|table)\b", re.IGNORECASE)
SAVE: Final = "Save it again as UTF-8 (in a browser: Save page as, Web page, complete)."
UTF8: Final = frozenset({"utf-8", "utf8"})
LEVEL: Final = re.compile(r"mso-list:[^;]*\blevel(\d)")
SIGN: Final = re.compile(r"[^\s\d]")
"""Matches the bullet before an entry of a list, for which Word has letters too. Numbers and letters with a stop stay
among the words."""
OLD: Final = "windows-1252"
STRAY: Final = (
    "the file says that it is UTF-8 and has {bytes} not, {line}: read as Windows-1252, {make} {signs}. Compare this "
    "with the page."
)
ESCAPED: Final = re.compile("[\udc80-\udcff]")
"""Python's sign for a byte that is not UTF-8 (PEP 383)."""
NEW_LINE: Final = "\n"
MOST_SHOWN: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and `warnings` about its bytes for a person."""

    text: str
    warnings: tuple[str, ...] = ()


def parse(data: bytes, name: str) -> Source:
    """The elements of the page in `data`. `name` is the name of the file, for messages. Raises Refused."""
    read = decoded(data, name)
    if not ELEMENT.search(read.text):
        raise refuse(
            "not-a-page", name, "this is not a web page", "Save the page in a browser, or rename the file: .md or .txt."
        )
    tree: Element = tinyhtml5.parse(read.text, namespace_html_elements=False)
    _open(tree)
    for parent in list(walk(tree)):
        _list_of_word(parent)
    return Source(tree=tree, warnings=read.warnings)


def _list_of_word(parent: Element) -> None:
    """Makes lists of the paragraphs that Word saves as entries of lists with bullets: each has a level, and its bullet
    as words in a span of its own."""
    kept: list[Element] = []
    open_: list[tuple[int, Element]] = []
    for child in parent:
        level = LEVEL.search(child.get("style", "")) if tag(child) == "p" else None
        sign = next((inner for inner in child if tag(inner)), None) if level else None
        if level is None or sign is None or not _is_bullet(child, sign):
            open_.clear()
            kept.append(child)
            continue
        depth = int(level[1])
        while open_ and open_[-1][0] > depth:
            open_.pop()
        if not open_ or open_[-1][0] < depth:
            made = Element("ul")
            if open_:
                open_[-1][1][-1].append(made)
            else:
                kept.append(made)
            open_.append((depth, made))
        child.remove(sign)
        child.text = sign.tail
        SubElement(open_[-1][1], "li").append(child)
    parent[:] = kept


def _is_bullet(paragraph: Element, first: Element) -> bool:
    """True if the first element of a paragraph is the bullet before its words."""
    before = paragraph.text or ""
    return tag(first) == "span" and not before.strip() and SIGN.fullmatch(words(first)) is not None


def _open(tree: Element) -> None:
    """Opens what the page's own buttons open, such as the parts of an accordion. A button in a heading becomes its
    words; one that says what it opens becomes the summary of that."""
    controlled: set[str] = set()
    for parent in walk(tree):
        opens = False
        for child in parent:
            if tag(child) in HEADINGS or tag(child) == "button":
                buttons = [inner for inner in walk(child) if tag(inner) == "button"]
                buttons = [button for button in buttons if button.get("aria-expanded") or tag(child) in HEADINGS]
                controlled.update(name for button in buttons for name in button.get("aria-controls", "").split())
                opens = bool(buttons)
                for button in buttons:
                    button.tag = "span" if tag(child) in HEADINGS else "summary"
            elif child.get("hidden") is not None:
                if opens or child.get("hidden") == "until-found":
                    del child.attrib["hidden"]
                opens = False
    for element in walk(tree):
        if element.get("id") in controlled and element.get("hidden") is not None:
            del element.attrib["hidden"]


def decoded(data: bytes, name: str) -> Decoded:
    """The text of a file. Its byte order mark decides on the encoding, else what the page declares, else it is UTF-8
    or Windows-1252. A stray byte in UTF-8 is read as Windows-1252, with a warning. Raises Refused if the bytes fit no
    encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as(data, "utf-16", name)
    if data.startswith(b"\xef\xbb\xbf"):
        return _as(data[3:], "utf-8", name)
    declared = DECLARED.search(data[:LOOKED_AT])
    if declared:
        return _as(data, declared[1].decode("ascii"), name)
    try:
        return Decoded(text=data.decode())
    except UnicodeDecodeError:
        return Decoded(text=data.decode(OLD, "replace"))


def _as(data: bytes, encoding: str, name: str) -> Decoded:
    # To browsers, Latin-1 means Windows-1252 (the WHATWG's Encoding standard, 4.2).
    encoding = OLD if encoding.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii") else encoding
    try:
        return Decoded(text=data.decode(encoding))
    except LookupError:
        raise refuse("bad-encoding", name, f"the page is in an encoding that is not known: {encoding}", SAVE) from None
    except UnicodeDecodeError as error:
        if encoding.lower() in UTF8:
            return _with_stray_bytes(data)
        line = data[: error.start].count(b"\n") + 1
        message = (
            f"the page says that it is {encoding}, and line {line} has a byte that is not (0x{data[error.start]:02X})"
        )
        raise refuse("bad-encoding", name, message, SAVE) from None


def _with_stray_bytes(data: bytes) -> Decoded:
    """The text of a file in UTF-8 with bytes in it that are not. Some program wrote these as Windows-1252 (£, ’, é)."""
    text = data.decode(errors="surrogateescape")
    strays = list(ESCAPED.finditer(text))
    signs = list(dict.fromkeys(_old_sign(stray) for stray in strays))
    many = len(strays) > 1
    said = STRAY.format(
        bytes=f"{len(strays)} bytes that are" if many else "a byte that is",
        line=f"{'the first ' * many}in line {text.count(NEW_LINE, 0, strays[0].start()) + 1}",
        make="they make" if many else "it makes",
        signs=" ".join(signs[:MOST_SHOWN]) + " …" * (len(signs) > MOST_SHOWN),
    )
    return Decoded(text=ESCAPED.sub(_old_sign, text), warnings=(said,))


def _old_sign(stray: re.Match[str]) -> str:
    return stray[0].encode(errors="surrogateescape").decode(OLD, "replace")
