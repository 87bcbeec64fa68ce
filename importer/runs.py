"""Turns inline elements (strong, em, a, abbr) into the limited Markdown that authors write, with signs escaped.
Markup that this Markdown cannot hold is dropped, strong and emphasis before links. Words are never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal
from xml.etree.ElementTree import Element

from importer.phrases import PHRASES, one_of
from importer.reading import Reading
from importer.tree import classes, folded, tag, walk, words
from languages.base import MESSAGES, language_of
from model.inlines import Phone, WebAddress
from model.traverse import text_of
from reader import inline
from reader.terms import NONE

STRONG: Final = ("strong", "b")
BACK: Final = frozenset({"reversefootnote", "footnote-backref"})
EMPHASIS: Final = ("em", "i", "cite", "dfn", "var")
BREAK: Final = "\N{LINE SEPARATOR}"
GAP: Final = "\N{PARAGRAPH SEPARATOR}"
"""Stands where something was left out between two words."""
ZERO_WIDTH: Final = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
SUPERSCRIPT: Final = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
EXPONENT: Final = re.compile(rf"(?:(?<![\d.,£€$])\d{{1,2}}|\b(?:{one_of(PHRASES['raised'])}|[a-z]))\Z")
NOTE: Final = re.compile(r"\[\^[\w.-]+\]")
"""The marker of a footnote."""
LINKED: Final = r"(?<!\\)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
"""A pattern of the words of a link, in which pairs of brackets may stand."""
BRACKETS: Final = re.compile(rf"{NOTE.pattern}|(?<!\\)[\[\]]")
ESCAPED: Final = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|[*`]|(?<![^\W_])_|_(?![^\W_])|<(?=[/!a-zA-Z])|&(?=[a-z]{2,8};)"
    r"|\{(?=\s*say\b)|(?<=\])\{|(?<=\] )\{"
)
HARMLESS: Final = frozenset({"vague-link", "insecure-link", "no-footnotes"})
"""Codes of faults that do not matter here: the words and the address of the link are read as they are meant, and the
note of a marker is not known yet."""
WHOLLY_STRONG: Final = re.compile(r"\*\*([^*]+)\*\*")
MARKS: Final = re.compile(r"[\w*†‡§]{1,3}(?:\s*[,–-]\s*[\w*†‡§]{1,3})+")
"""The marks of several notes: 1,2."""
LETTER: Final = re.compile(r"[a-h]")
WORD_END: Final = re.compile(r"(?:\d|[^\W\d_]{2}|[).,%])\Z")
ENDED: Final = re.compile(r"[.,;:!?–—-]\W*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The style of a run of words, and the address that it links to."""

    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    text: str
    style: Style


def lines(nodes: Iterable[str | Element], reading: Reading, style: Style | None = None) -> tuple[str, ...]:
    """The texts of some inline nodes, one for each line as broken on the page."""
    runs = _even_links(list(_parted(_runs(nodes, reading, style or Style()))))
    parted: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split(BREAK)
        parted[-1].append(replace(run, text=first))
        for text in rest:
            parted.append([replace(run, text=text)])
    return tuple(text for text in map(_text, parted) if text)


def line(nodes: Iterable[str | Element], reading: Reading) -> str:
    """The text of some inline nodes as one line."""
    return joined(lines(nodes, reading))


def joined(texts: Sequence[str]) -> str:
    """Joins lines into one. If a line ends without a stop, a semicolon follows, so that `10mg` and `3ml` do not run
    together."""
    made = ""
    for text in texts:
        made += ("" if not made else " " if ENDED.search(made) else "; ") + text
    return made


def without_strong(text: str) -> str:
    """A text without the signs that make the whole of it strong."""
    found = WHOLLY_STRONG.fullmatch(text)
    return found[1] if found else text


def escaped(text: str) -> str:
    """Plain words with a backslash before each sign that Markdown would read as markup."""
    said = _signs_escaped(text)
    return said if _says(said, text) else _brackets_escaped(said)


def _signs_escaped(text: str) -> str:
    return ESCAPED.sub(lambda found: f"\\{found[0]}", text)


def _brackets_escaped(text: str) -> str:
    return BRACKETS.sub(lambda found: found[0] if NOTE.fullmatch(found[0]) else f"\\{found[0]}", text)


def nodes_of(element: Element) -> Iterator[str | Element]:
    """The texts and elements in an element, in order."""
    if element.text:
        yield element.text
    for child in element:
        if tag(child):
            yield child
        if child.tail:
            yield child.tail


def _runs(nodes: Iterable[str | Element], reading: Reading, style: Style) -> Iterator[Run]:
    before = ""
    for node in nodes:
        if isinstance(node, str):
            before = CONTROL.sub("", ZERO_WIDTH.sub("", re.sub("[ \t\r\n\f\u0085\u2028\u2029]+", " ", node)))
            yield Run(text=before, style=style)
            continue
        if reason := reading.reason_to_drop(node):
            reading.drop(node, reason)
            if words(node):
                yield Run(text=GAP, style=style)
            continue
        for run in _element(node, reading, style, before):
            before = run.text or before
            yield run
        if "type" in classes(node):  # a label (hCard) and its number may touch in the page's text
            yield Run(text=GAP, style=style)


def _parted(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, with a space for a gap where words would touch that are two."""
    before, gap = "", False
    for run in runs:
        if run.text == GAP:
            gap = True
        elif run.text:
            yield replace(run, text=f" {run.text}") if gap and before.isalnum() and run.text[0].isalnum() else run
            before, gap = run.text[-1], False


def _element(node: Element, reading: Reading, style: Style, before: str) -> Iterator[Run]:
    said, name = words(node), tag(node)
    language = node.get("lang") or reading.language
    if language.split("-")[0].lower() != reading.language.split("-")[0] and re.fullmatch("[a-zA-Z-]{2,12}", language):
        reading.term(said, language=language.split("-")[0].lower())
    match name:
        case "br":
            yield Run(text=BREAK, style=style)
            return
        case "img":
            return
        case "abbr" | "acronym" if (title := folded(node.get("title") or "")) and title != said:
            reading.term(said, expansion=title)
        case "a" if node in reading.markers:
            yield Run(text=f"[^{reading.markers[node]}]", style=replace(style, href=""))
            return
        case "a" if _leads_back(node, said):
            if any(map(str.isalnum, said)):
                reading.leave_out(said, "a way back to the text, which each edition makes itself")
            return
        case "sup" if marks := [inner for inner in walk(node) if inner in reading.markers]:
            for mark in marks:
                yield from _element(mark, reading, style, before)
            return
        case "sup":
            note = any(tag(inner) == "a" for inner in node)
            yield Run(text=_note(said) if note else _raised(said, before), style=style)
            return
        case "q":
            yield Run(text="“", style=style)
        case "a" if _is_its_address(node.get("href") or "", said, reading):
            pass
        case "a" if said and (href := reading.target(node.get("href") or "", said)):
            style = replace(style, href=href)
        case _ if name in STRONG:
            style = replace(style, strong=True)
        case _ if name in EMPHASIS:
            style = replace(style, emphasis=True)
    yield from _runs(nodes_of(node), reading, style)
    if name == "q":
        yield Run(text="”", style=style)


def _leads_back(node: Element, said: str) -> bool:
    """True if a link leads from a note back to its marker: its class or role says so, or it is a mere arrow. Each
    edition makes such links itself."""
    named = BACK & classes(node) or node.get("role") == "doc-backlink"
    return bool(named) or ((node.get("href") or "").startswith("#") and not any(map(str.isalnum, said)) and said != "")


def _is_its_address(href: str, said: str, reading: Reading) -> bool:
    """True if the words of a link are the number or the address that it leads to. A source has these as plain words."""
    match language_of(reading.language).recognise(said):
        case (Phone() as phone,):
            dialled = re.sub(r"[^\d+]", "", href)
            return href.startswith("tel:") and _at_home(dialled) == _at_home(phone.number)
        case (WebAddress() as address,):
            return href == address.target
        case _:
            return False


def _at_home(number: str) -> str:
    """A number as it is dialled in the United Kingdom: +44 and 0044 are 0 there."""
    return re.sub(r"\A(?:\+|00)44(?:0(?=\d))?", "0", number)


def _raised(said: str, before: str) -> str:
    """A raised number: a power after a figure or a unit, else the number of a note, in brackets. A raised letter
    behind a word or a figure is the letter of a note, too."""
    if said.startswith("(") or (LETTER.fullmatch(said) and WORD_END.search(before)):
        return _note(said)
    if MARKS.fullmatch(said) and not said.isdigit():
        return f" [{said}]"
    if not re.fullmatch(r"[\d+−-]+", said):
        return said
    if EXPONENT.search(before) or not said[0].isdigit():
        return said.translate(SUPERSCRIPT)
    return _note(said)


def _note(said: str) -> str:
    """The number of a note in brackets, so that it does not run into the word or figure before it."""
    return f" [{said}]" if re.fullmatch(r"[\w*†‡]+", said) else f" {said}"


def _even_links(runs: list[Run]) -> list[Run]:
    """The runs with each link strong or emphasised as a whole or not at all. Inside a link, Markdown has plain words
    only."""
    made: list[Run] = []
    for href, group in groupby(runs, key=lambda run: run.style.href):
        link = list(group)
        if href:
            worded = [run for run in link if run.text.strip()]
            strong = bool(worded) and all(run.style.strong for run in worded)
            emphasis = bool(worded) and all(run.style.emphasis for run in worded)
            style = Style(strong=strong, emphasis=emphasis, href=href)
            link = [Run(text="".join(run.text for run in link), style=style)]
        made += link
    return made


def _text(runs: list[Run]) -> str:
    """One line of runs as Markdown. Markup is dropped if the text would otherwise be read back as different words."""
    plain = folded("".join(run.text for run in runs))
    if not plain:
        return ""
    bare = [replace(run, style=Style(href=run.style.href)) for run in runs]
    for attempt in (runs, bare):
        for brackets in (False, True):
            text = folded(_strong(attempt, brackets=brackets))
            if _says(text, plain):
                return text
    return escaped(plain)


def _says(text: str, plain: str) -> bool:
    """True if a text is read back as the words `plain` without a fault."""
    if not inline.MARKUP.search(text):
        return text == plain
    faults: list[str] = []
    known = inline.Known.of(language_of(MESSAGES), NONE, {})
    found = inline.inlines(text, known, lambda code, *_: faults.append(code) if code not in HARMLESS else None)
    return not faults and text_of(found) == plain


def _strong(runs: Iterable[Run], *, brackets: bool) -> str:
    made = ""
    for strong, group in groupby(_without_bare_signs(runs, "strong"), key=lambda run: run.style.strong):
        made += _wrapped(_emphasis(group, brackets=brackets), "**" if strong else "")
    return made


def _emphasis(runs: Iterable[Run], *, brackets: bool) -> str:
    made = ""
    for emphasis, group in groupby(_without_bare_signs(runs, "emphasis"), key=lambda run: run.style.emphasis):
        made += _wrapped(_links(group, brackets=brackets), "*" if emphasis else "")
    return made


def _without_bare_signs(runs: Iterable[Run], name: Literal["strong", "emphasis"]) -> list[Run]:
    """The runs, in which space and punctuation keep a style only between two runs that have it."""
    found = [run for run in runs if run.text]
    for at, run in enumerate(found):
        if not any(sign.isalnum() for sign in run.text):
            beside = [found[n] for n in (at - 1, at + 1) if 0 <= n < len(found)]
            whole = len(beside) == 2 and all(getattr(other.style, name) for other in (run, *beside))
            style = replace(run.style, strong=whole) if name == "strong" else replace(run.style, emphasis=whole)
            found[at] = replace(run, style=style)
    return found


def _links(runs: Iterable[Run], *, brackets: bool) -> str:
    made = ""
    for href, group in groupby(runs, key=lambda run: run.style.href):
        text = _signs_escaped("".join(run.text for run in group))
        text = _brackets_escaped(text) if brackets else text
        inner = text.strip(" ")
        made += text.replace(inner, f"[{inner}]({href})", 1) if href and inner else text
    return made


def _wrapped(text: str, sign: str) -> str:
    """The text between signs. Spaces at its ends stay outside."""
    inner = text.strip(" ")
    if not sign or not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{sign}{inner}{sign}{text[start + len(inner) :]}"
