"""Turns a rendered page into the faults that its files show."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from channels.base import File, Rendering
from model.diagnostics import OURS, Diagnostic
from model.inlines import NOWHERE

LARGEST_PAGE = 40_000
LARGEST_FONTS = 60_000
SHORTER = "Nothing need be done; two shorter pages are there sooner for readers with a slow connection."
# Other hosts, other languages, and what other channels make.
ELSEWHERE = re.compile(r"^[a-z]+:|^\.\./")


# A tag as this channel writes it: small letters, values in double quotes. It writes tags in no other way.
TAG = re.compile(r'<(?:/[a-z0-9]+|!DOCTYPE html|([a-z][a-z0-9]*)((?:\s[a-zA-Z-]+(?:="[^"]*")?)*)/?)>')
# The attributes that name something. None can stand within a value, since quotes in values are escaped.
ATTRIBUTE = re.compile(r'\s(id|href|src|aria-labelledby|aria-describedby)="([^"]*)"')
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Outline:
    """The outline of a page: its ids, its addresses, its headings. `unread` counts the `<` that begin no tag of this
    channel."""

    ids: Counter[str] = field(default_factory=Counter)
    targets: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    unread: int = 0


def outline_of(html: str) -> Outline:
    """The outline of a page that this channel wrote. A parser for all HTML silently mends what it does not
    understand, and takes five times as long (1.9 ms, as much as the rendering). This one reads every `<` or says
    that it could not."""
    tags = TAG.findall(html)
    outline = Outline(unread=html.count("<") - len(tags))
    outline.levels += [int(tag[1]) for tag, _ in tags if tag in HEADINGS]
    ids: list[str] = []
    for name, written in ATTRIBUTE.findall("".join([attributes for _, attributes in tags])):
        value = unescape(written) if "&" in written else written
        if name == "id":
            ids.append(value)
        elif name not in ("href", "src"):
            outline.targets += value.split()
        elif value.startswith("#"):
            outline.targets.append(value[1:])
        else:
            outline.addresses.append(value)
    outline.ids.update(ids)
    return outline


def check(rendering: Rendering, beside: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """The faults of a page: duplicate ids, links to nowhere, missing files, skipped headings, words that became
    markup, too many bytes. `beside` are the paths that other channels put into the same folder."""
    files = {file.path: file for file in rendering.files}
    outline = outline_of(files["index.html"].data.decode())
    found = [_error("duplicate-id", f"the id {id} stands {n} times") for id, n in outline.ids.items() if n > 1]
    for target in outline.targets:
        if target not in outline.ids:
            found.append(_error("dangling-anchor", f"nothing on the page has the id {target}"))
    for address in outline.addresses:
        path = unquote(re.split("[?#]", address, maxsplit=1)[0])
        if not ELSEWHERE.search(address) and path not in files and path not in beside:
            found.append(_error("missing-file", f"the page names {address}, which is not beside it"))
    if outline.unread:
        found.append(_error("loose-markup", f"{outline.unread} times a < begins no tag that this channel writes"))
    found += _levels(outline.levels)
    found += _weight(rendering.files)
    return tuple(found)


def _levels(levels: list[int]) -> list[Diagnostic]:
    """Faults of headings: not exactly one of level 1, or one that skips a level."""
    found = []
    if levels.count(1) != 1:
        found.append(_error("main-heading", f"the page has {levels.count(1)} headings of level 1"))
    for before, after in pairwise(levels):
        if after > before + 1:
            found.append(_error("skipped-heading", f"a heading of level {after} follows one of level {before}"))
    return found


def _weight(files: tuple[File, ...]) -> list[Diagnostic]:
    """Warnings where the page or its fonts have more bytes, as they travel, than a slow connection can bear."""
    own = [file for file in files if file.media_type in ("text/html", "text/css", "text/javascript")]
    own_type = [
        file for file in files if file.path.startswith("fonts/own-")
    ]  # the house's fonts then come for a letter alone
    fonts = sum(len(file.data) for file in own_type or files if file.media_type == "font/woff2")
    found = []
    if sum(len(file.data) for file in own) > LARGEST_PAGE:
        weights = {file.path: len(zlib.compress(file.data, 6)) for file in own}
        page = sum(weights.values())
        if page > LARGEST_PAGE:
            each = ", ".join(f"{path} {weight:,}" for path, weight in sorted(weights.items(), key=lambda one: -one[1]))
            message = f"page, style and script weigh {page:,} bytes as they travel, over {LARGEST_PAGE:,}: {each}"
            found.append(_warning("heavy-page", message + _heaviest(own), SHORTER))
    if fonts > LARGEST_FONTS:
        found.append(_warning("heavy-fonts", f"the fonts weigh {fonts:,} bytes, over {LARGEST_FONTS:,}", OURS))
    return found


def _heaviest(files: list[File]) -> str:
    """The largest section, and its share of the page."""
    html = next(file.data for file in files if file.media_type == "text/html")
    _, *sections = html.split(b'<section id="')
    if not sections:
        return ""
    largest = max(sections, key=len)
    name = largest.partition(b'"')[0].decode()
    return f"; the section {name} is {len(largest) / len(html):.0%} of the page"


def _error(code: str, message: str) -> Diagnostic:
    return Diagnostic(severity="error", code=code, message=message, mark=NOWHERE, hint=OURS)


def _warning(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(severity="warning", code=code, message=message, mark=NOWHERE, hint=hint)
