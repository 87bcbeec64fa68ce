"""Turns the bytes of a Markdown or govspeak file into elements: CommonMark with tables and footnotes, and the signs
of govspeak (github.com/alphagov/govspeak). These become the elements that GOV.UK publishes, so that a page and its
Markdown give the same source."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement

import tinyhtml5
import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from importer.govspeak import as_html, expansions
from importer.html import decoded
from importer.source import Source
from importer.tree import HEADINGS, classes, first, tag, walk, words

FRONT: Final = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
OWN_ID: Final = re.compile(r"\s*\{#([\w-]+)\}\s*\Z")
ROW: Final = re.compile(r"#\s+")


def parse(data: bytes, name: str) -> Source:
    """The elements of the Markdown in `data`. `name` is the name of the file, for messages. Raises Refused."""
    read = decoded(data, name)
    text = read.text.replace("\r\n", "\n").replace("\r", "\n")
    told, text = _front(text)
    known, text = expansions(text)
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    tree: Element = tinyhtml5.parse(f"<main>{markdown.render(as_html(text))}</main>", namespace_html_elements=False)
    for element in walk(tree):
        if tag(element) in HEADINGS:
            _named(element)
        elif tag(element) == "td" and ROW.match(element.text or ""):
            element.tag, element.text = "th", ROW.sub("", element.text or "", count=1)
    _told(tree, told)
    used = {word: long for word, long in known.items() if word in words(tree)}
    return Source(tree=tree, expansions=used, warnings=read.warnings)


def _front(text: str) -> tuple[dict[str, str], str]:
    """The facts between lines of dashes at the head of a text ("front matter"), and the text below them."""
    found = FRONT.match(text)
    if not found:
        return {}, text
    try:
        told = yaml.load(found[1], Loader=yaml.BaseLoader)  # noqa: S506 (texts only)
    except yaml.YAMLError:
        return {}, text
    if not isinstance(told, dict):
        return {}, text
    return {key.lower(): value for key, value in told.items() if isinstance(value, str)}, text[found.end() :]


def _told(tree: Element, told: dict[str, str]) -> None:
    """Writes the facts of the front matter where a web page has them."""
    head = first(tree, "head")
    if head is None:
        return
    if title := told.get("title"):
        SubElement(head, "title").text = title
        SubElement(head, "meta", {"name": "og:title", "content": title})
    names = {"description": "description", "summary": "description", "publisher": "og:site_name"}
    names |= {"organisation": "og:site_name", "date": "article:published_time", "published": "article:published_time"}
    for key, name in names.items():
        if key in told:
            SubElement(head, "meta", {"name": name, "content": told[key]})
    for address in [told[key] for key in ("url", "canonical", "permalink") if "://" in told.get(key, "")][:1]:
        SubElement(head, "link", {"rel": "canonical", "href": address})
    if language := told.get("language") or told.get("lang") or told.get("locale"):
        tree.set("lang", language)


def _named(heading: Element) -> None:
    """Gives a heading the id that links to it use: its own (`{#id}`), else its words in small letters with hyphens."""
    last = heading[-1] if len(heading) else None
    text = (last.tail if last is not None else heading.text) or ""
    if found := OWN_ID.search(text):
        text = text[: found.start()]
        heading.set("id", found[1])
        if last is not None:
            last.tail = text
        else:
            heading.text = text
        return
    marks = [inner for inner in walk(heading) if "footnote-ref" in classes(inner)]
    heading.set("id", re.sub(r"[^\w -]", "", words(heading, marks).lower()).replace(" ", "-"))
