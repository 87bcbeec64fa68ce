"""Where words stand in the source: from a value's mark to the line and column of some words within it."""

from __future__ import annotations

import re

from document.model import Mark


class Places:
    """Finds words in the text of one file. YAML folds lines, so words may be broken by a line end and indentation."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def find(self, words: str, after: Mark, *, beyond: bool = False, within: int = 60) -> Mark:
        """The place of `words` at `after` or, with `beyond`, later, at most `within` lines on; `after` itself where
        they are not found: a quoted text may spell them with escapes."""
        for size in (6, 3, 2, 1):
            wanted = words.split(" ")[:size]
            if not wanted or not wanted[0]:
                return after
            place = self._first(" ".join(wanted), after, beyond, within)
            if place is not None:
                return place
        return after

    def _first(self, words: str, after: Mark, beyond: bool, within: int) -> Mark | None:
        window = self._lines[after.line - 1 : after.line - 1 + within]
        text = "\n".join(window)
        pattern = r"\s+".join(map(re.escape, words.split(" ")))
        found = re.compile(pattern).search(text, after.column - 1 + beyond)
        if found is None:
            return None
        before = text[: found.start()]
        return Mark(
            file=after.file, line=after.line + before.count("\n"), column=found.start() - (before.rfind("\n") + 1) + 1
        )
