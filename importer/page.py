"""Turns the elements of a page into a draft of its source file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from importer import blocks
from importer.archive import take_banner
from importer.draft import Draft, Heading, Remarked, Value, is_on
from importer.footnotes import take_footnotes
from importer.main_part import About, about, leave_out_around, main_part
from importer.outline import outline
from importer.own import is_own, read_own
from importer.reading import Reading
from importer.runs import LINKED, NOTE, escaped, nodes_of
from importer.source import Source
from importer.tree import HEADINGS, tag, walk
from languages.base import languages
from languages.fixed_words import read_words

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
URL: Final = re.compile(r"https://[^\s/?#]+\.[^\s]+")
ENGLISH: Final = "en"
UNNAMED: Final = "Publisher not named"
NO_PUBLISHER: Final = "the page does not say who publishes it. Write the body's name."
GUESSED_PUBLISHER: Final = (
    "this is the name of the web site. Write the body that publishes the page, if it is another one."
)
LONGEST_PUBLISHER: Final = 120
LONG_PUBLISHER: Final = "the page names {name}. Write the first of these bodies."
NO_TIME: Final = "the page does not say what time it describes; these are the words of its notice."
NO_SUMMARY: Final = (
    "the page has no description; this is its first sentence. Say in one sentence what the page is about."
)
NO_LANGUAGE: Final = "the page does not say its language; it is taken for English."
UPDATED: Final = (
    "if this is the day of first publication, write `published: {day}` instead; if of a review, `reviewed:`."
)
FIRST_SENTENCE: Final = re.compile(r".{20,}?[.!?](?=\s|\Z)|.+")
SENTENCE: Final = re.compile(r".{20,}?[.!?](?=\s|\Z)")
LINK: Final = re.compile(rf"{LINKED}\([^)\s]*\)")


def draft(source: Source, stem: str, image: Callable[[str], bytes | None], language: str | None) -> Draft:
    """The draft for a page. `stem` is the name of its file without the ending. `language` is used if the page states
    none."""
    tree, main = source.tree, main_part(source.tree)
    told = about(tree, main)
    said = told.language if LANGUAGE.fullmatch(told.language) else language
    spoken = said or ENGLISH
    reading = Reading(language=spoken, base=told.address, image=image)
    if is_own(tree):
        data = read_own(tree, reading)
        return _made(data, reading, source)
    for word, expansion in source.expansions.items():
        reading.term(word, expansion=expansion)
    leave_out_around(tree, main, reading)
    banner = take_banner(tree, reading)
    reading.numbers, reading.places = _places(main)
    notes = take_footnotes(main, reading)
    parts = blocks.read(nodes_of(main), reading)
    footnotes, rest = _footnotes(notes, parts, reading)
    parts += rest
    parts = list(_without_byline(parts, told, reading))
    title, parts = _title(parts, told, stem)
    introduction, sections, footnotes = outline(parts, footnotes, reading)
    if not sections:
        kept = introduction if any(map(is_on, introduction)) else (title, *introduction)
        introduction, sections = (), ({"title": title, "blocks": kept},)
    data = {"title": title, "summary": _summary(told, (*introduction, *sections), title)}
    data["language"] = said or _remark(spoken, NO_LANGUAGE)
    data["publisher"] = _publisher(told)
    if told.breadcrumb:
        data["breadcrumb"] = tuple(map(escaped, told.breadcrumb))
    data |= _status(told, spoken, banner)
    if reading.terms:
        data["terms"] = dict(sorted(reading.terms.items()))
    if introduction:
        data["introduction"] = introduction
    data["sections"] = sections
    if footnotes:
        data["footnotes"] = footnotes
    return _made(data, reading, source)


def _made(data: Mapping[str, Value], reading: Reading, source: Source) -> Draft:
    return Draft(
        data=data,
        language=reading.language,
        images=reading.images,
        left_out=tuple(reading.left_out),
        warnings=source.warnings,
    )


def _footnotes(
    notes: Mapping[str, Element], parts: list[blocks.Part], reading: Reading
) -> tuple[dict[str, Value], list[Value]]:
    """The notes that the text marks, by name, and the blocks that cannot be notes: a note whose marker was left out,
    or a table or figure inside a note."""
    marked = set(NOTE.findall(repr(parts)))
    found: dict[str, Value] = {}
    rest: list[Value] = []
    for name, element in notes.items():
        text, more = blocks.note_text(element, reading)
        if f"[^{name}]" in marked and text:
            found[name] = text
        elif text:
            rest.append(text)
        rest += more
    return found, rest


def _places(main: Element) -> tuple[dict[Element, int], dict[str, int]]:
    """The number of each heading, and for each id of the page the number of the heading above it."""
    numbers: dict[Element, int] = {}
    places: dict[str, int] = {}
    for element in walk(main):
        if tag(element) in HEADINGS:
            numbers[element] = len(numbers) + 1
        for name in (element.get("id"), element.get("name") if tag(element) == "a" else None):
            if name:
                places.setdefault(name, len(numbers))
    # An id on a section belongs to the first heading inside the section.
    for element in walk(main):
        own = element.get("id")
        heading = next((inner for inner in walk(element) if tag(inner) in HEADINGS), None)
        if own and heading is not None and tag(element) in ("section", "div", "article"):
            places[own] = numbers[heading]
    return numbers, places


def _without_byline(parts: list[blocks.Part], told: About, reading: Reading) -> Iterator[blocks.Part]:
    for part in parts:
        if told.byline and part == escaped(told.byline):
            reading.leave_out(told.byline, "is now `publisher:` and `as_of:`")
        else:
            yield part


def _title(parts: list[blocks.Part], told: About, stem: str) -> tuple[str, list[blocks.Part]]:
    """The title, and the parts without its heading. The title is the first heading of level 1, else the title in the
    page's head, else the first heading."""
    headings = [part for part in parts if isinstance(part, Heading)]
    top = [heading for heading in headings if heading.level == 1][:1]
    if not top and not told.title and headings and parts[0] is headings[0]:
        top = headings[:1]
    if top:
        return LINK.sub(r"\1", top[0].title), [part for part in parts if part is not top[0]]
    return escaped(told.title) or stem, parts


def _summary(told: About, parts: tuple[Value, ...], title: str) -> Value:
    if told.summary:
        return escaped(told.summary)
    texts = list(_paragraphs(parts))
    whole = (text for text in texts if SENTENCE.match(LINK.sub(r"\1", text)))
    said = NOTE.sub("", next(whole, next(iter(texts), title)))
    found = FIRST_SENTENCE.match(LINK.sub(r"\1", said).replace("**", ""))
    return _remark(found[0] if found else title, NO_SUMMARY)


def _paragraphs(value: Value) -> Iterator[str]:
    """The paragraphs among some blocks and sections."""
    match value:
        case tuple():
            for inner in value:
                if isinstance(inner, str):
                    yield inner
                else:
                    yield from _paragraphs(inner)
        case Mapping() if "title" in value and "type" not in value:
            yield from _paragraphs(tuple(inner for inner in value.values() if isinstance(inner, tuple)))
        case _:
            pass


def _publisher(told: About) -> Value:
    if len(told.publisher) > LONGEST_PUBLISHER:
        name = textwrap.shorten(told.publisher, LONGEST_PUBLISHER, placeholder="…")
        return {"name": _remark(escaped(name), LONG_PUBLISHER.format(name=told.publisher))}
    if told.publisher:
        url = told.publisher_address
        return {"name": escaped(told.publisher), **({"url": url} if URL.fullmatch(url) else {})}
    if told.site:
        return {"name": _remark(escaped(told.site), GUESSED_PUBLISHER)}
    return {"name": _remark(UNNAMED, NO_PUBLISHER)}


def _status(told: About, language: str, banner: tuple[str, str] | None) -> dict[str, Value]:
    """The status, the dates and the address of a page. A page with a banner that calls it a record is archived, and
    the banner becomes its notice."""
    found: dict[str, Value] = {"status": "archived" if banner else "current"}
    if told.published:
        found["published"] = told.published
    if told.reviewed:
        found["reviewed"] = told.reviewed
    if told.updated and told.updated not in (told.published, told.reviewed):
        day = _day_in_words(told.updated, language)
        found["as_of"] = _remark(f"{told.updated_label} {day}", UPDATED.format(day=told.updated))
    if banner is not None:
        words = read_words(language if language in languages() else ENGLISH)[0]
        title, text = banner[0] or words["archived"], banner[1]
        if not {"published", "reviewed", "as_of"} & set(found):
            found["as_of"] = _remark(banner[0] or text, NO_TIME)
        found["notice"] = {"title": title, "text": text}
    if URL.fullmatch(told.address):
        found["url"] = told.address
    return found


def _day_in_words(day: str, language: str) -> str:
    """A day as the language writes it, or unchanged if the language has no fixed words."""
    if language not in languages():
        return day
    words = read_words(language)[0]
    year, month, number = map(int, day.split("-"))
    return words["date"].format(day=number, month=words["months"].split(", ")[month - 1], year=year)


def _remark(value: Value, *look: str) -> Remarked:
    return Remarked(value=value, look=look)
