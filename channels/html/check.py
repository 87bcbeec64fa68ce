"""A rendered page as diagnostics: what can be seen to be wrong in the files themselves."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

from channels.base import File, Rendering
from document.diagnostics import Diagnostic
from document.model import NOWHERE

LARGEST_PAGE = 40_000
LARGEST_FONTS = 60_000
# Other hosts, other languages, and what other channels make.
OF_OTHERS = re.compile(r"^[a-z]+:|^\.\./|^audio/|\.pdf$")


class Outline(HTMLParser):
    """What a page names: its ids, its addresses, its headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: Counter[str] = Counter()
        self.targets: list[str] = []
        self.addresses: list[str] = []
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what this tag names."""
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids[values["id"]] += 1
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        for name in ("aria-labelledby", "aria-describedby"):
            self.targets += values.get(name, "").split()
        for name in ("href", "src"):
            if values.get(name, "").startswith("#"):
                self.targets.append(values[name][1:])
            elif name in values:
                self.addresses.append(values[name])


def check(rendering: Rendering) -> tuple[Diagnostic, ...]:
    """Ids twice, links to nowhere, files missing from the folder, headings that skip, too much weight."""
    files = {file.path: file for file in rendering.files}
    outline = Outline()
    outline.feed(files["index.html"].data.decode())
    outline.close()
    found = [_error("duplicate-id", f"the id {id} stands {n} times") for id, n in outline.ids.items() if n > 1]
    for target in outline.targets:
        if target not in outline.ids:
            found.append(_error("dangling-anchor", f"nothing on the page has the id {target}"))
    for address in outline.addresses:
        if not OF_OTHERS.search(address) and address not in files:
            found.append(_error("missing-file", f"the page names {address}, which is not beside it"))
    found += _levels(outline.levels)
    found += _weight(rendering.files)
    return tuple(found)


def _levels(levels: list[int]) -> list[Diagnostic]:
    """One heading of the first level, and none that skips a level on the way down."""
    found = []
    if levels.count(1) != 1:
        found.append(_error("main-heading", f"the page has {levels.count(1)} headings of level 1"))
    for before, after in pairwise(levels):
        if after > before + 1:
            found.append(_error("skipped-heading", f"a heading of level {after} follows one of level {before}"))
    return found


def _weight(files: tuple[File, ...]) -> list[Diagnostic]:
    """The page's own weight and its fonts', against what a slow telephone line bears."""
    page = sum(len(file.data) for file in files if file.media_type in ("text/html", "text/css", "text/javascript"))
    fonts = sum(len(file.data) for file in files if file.media_type == "font/woff2")
    found = []
    if page > LARGEST_PAGE:
        found.append(_warning("heavy-page", f"page, style and script weigh {page:,} bytes, over {LARGEST_PAGE:,}"))
    if fonts > LARGEST_FONTS:
        found.append(_warning("heavy-fonts", f"the fonts weigh {fonts:,} bytes, over {LARGEST_FONTS:,}"))
    return found


def _error(code: str, message: str) -> Diagnostic:
    return Diagnostic(severity="error", code=code, message=message, mark=NOWHERE)


def _warning(code: str, message: str) -> Diagnostic:
    return Diagnostic(severity="warning", code=code, message=message, mark=NOWHERE)
