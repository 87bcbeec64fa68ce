"""Turns words that are wider than their page into words that are parted with a hyphen where a line ends.

Words with figures are no such words: half of a number would be another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from channels.pdf.weasyprint_parts import boxes, page_box

LONG: Final = re.compile(r"[^\W\d_]{13,}")
"""Matches a word that may be too wide for a page: on a cover the type is large."""
LETTERS: Final = re.compile(r"[^\W\d_]+")
FIGURE: Final = re.compile(r"\d")
SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
PARTED: Final = f"{SOFT_HYPHEN}-"
"""The end of a line within a word, as `hyphenate-character` of print.css has it. Nobody writes this."""
BY_SYLLABLES: Final = "hyphens: auto; hyphenate-limit-chars: 13 3 3; hyphenate-limit-zone: 100%"
"""Only a word that is wider than a whole line is parted so, if the engine knows the syllables of its language."""
FREE: Final = "; white-space: normal"
SLACK: Final = 0.5  # px


def too_wide_words(pages: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    """Each word without figures that runs past the edge of its page, with the element that it stands in."""
    for page in pages:
        sheet = page_box(page)
        left, right = sheet.content_box_x(), sheet.content_box_x() + sheet.width
        for box in boxes(page):
            text = getattr(box, "text", None) or ""
            found = None if FIGURE.search(text) else LONG.search(text)
            if found and (box.position_x < left - SLACK or box.position_x + box.width > right + SLACK):
                yield box.element, found[0]


def part(root: Any, wide: Sequence[tuple[Any, str]]) -> None:
    """Lets each word be parted in its element: after a syllable, and where that was not enough, after any of its
    letters except the first and last two."""
    tried = {element: BY_SYLLABLES in element.get("style", "") for element, _ in wide}
    for element, word in wide:
        if tried[element]:
            _part_anywhere(element, word)
    around = {child: parent for parent in root.iter() for child in parent}
    for element in (element for element, was_tried in tried.items() if not was_tried):
        _part_by_syllables(element, around)


def _part_anywhere(element: Any, word: str) -> None:
    anywhere = word[:2] + SOFT_HYPHEN.join(["", *word[2:-2], word[-2:]])
    element.text = (element.text or "").replace(word, anywhere)
    for child in element:
        child.tail = (child.tail or "").replace(word, anywhere)


def _part_by_syllables(element: Any, around: Mapping[Any, Any]) -> None:
    element.set("style", f"{element.get('style', '')}; {BY_SYLLABLES}{FREE}")
    while (element := around.get(element)) is not None and element.tag == "span":
        element.set("style", element.get("style", "") + FREE)
