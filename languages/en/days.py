"""Turns short names of days and months into whole ones: "Mon–Fri" into "Monday to Friday"."""

from __future__ import annotations

import re
from typing import Final

from languages.en.lexicon import Lexicon
from languages.en.patterns import either, later

WORD: Final = re.compile(r"\w+")
DASH: Final = re.compile("[ \u00a0]?[–—-][ \u00a0]?")
BESIDE: Final = re.compile("[ \u00a0]?(?:[,/&–—-]|to|and|or|until)?[ \u00a0]?")
PREPOSITION: Final = re.compile("(?<!\\w)(?:on|every|each|closed|until|from|in|not|since)[ \u00a0]\\Z", re.IGNORECASE)
HOLIDAYS: Final = re.compile("[ \u00a0](?:&|and)[ \u00a0](?:[Bb]ank|[Pp]ublic)[ \u00a0]")
NAME_AFTER: Final = re.compile("[ \u00a0][A-ZÀ-ÖØ-Þ]")


class Days:
    """The names of days and months in a lexicon, short and in full."""

    def __init__(self, lexicon: Lexicon) -> None:
        in_capitals = {name.upper(): whole for name, whole in lexicon.days_and_months.items()}
        self.short = {**in_capitals, **lexicon.days_and_months}
        self.words_too = lexicon.words_too
        self.capitals = in_capitals.keys()
        several = (f"{name}s" for name in self.short.values() if name.endswith("day"))
        names = {*self.short, *self.short.values(), *several}
        self.names = frozenset(names)
        self.pattern = later(rf"(?<![\w.'’])({either(names)})(?!\w)")

    def full(self, text: str, words: frozenset[str], figure_before: bool, figure_after: bool) -> str:
        """`text`, which has these `words`, with whole names. `figure_before` and `figure_after` say whether figures
        stand directly beside it."""
        if self.names.isdisjoint(words):
            return text
        found = list(self.pattern.finditer(text))
        whole, at = "", 0
        for place, match in enumerate(found):
            end = match.end() + (match[1] in self.short and match[1] not in self.short.values() and _stop(text, match))
            before = text[at : match.start()]
            beside = (place > 0 or figure_before) and BESIDE.fullmatch(before) is not None
            following = found[place + 1].start() if place + 1 < len(found) else len(text)
            beside_next = following < len(text) or figure_after
            beside = beside or (beside_next and BESIDE.fullmatch(text[end:following]) is not None)
            if match[1] in self.capitals and not self._named(text, match, found, place):
                continue
            if match[1] in self.words_too and not beside and not self._alone(text, match):
                continue
            if (place > 0 or figure_before) and DASH.fullmatch(before):
                before = " to "
            whole, at = whole + before + self.short.get(match[1], match[1]), end
        return whole + text[at:]

    def _named(self, text: str, match: re.Match[str], found: list[re.Match[str]], place: int) -> bool:
        """True if another name stands beside one in capitals. Such a name may be short for something else:
        "MON-FRI"."""
        after = place + 1 < len(found) and BESIDE.fullmatch(text[match.end() : found[place + 1].start()])
        return bool(after or (place > 0 and BESIDE.fullmatch(text[found[place - 1].end() : match.start()])))

    def _alone(self, text: str, match: re.Match[str]) -> bool:
        """True if a name that is also a word is surely a name: "Sun:", "closed Sun", a cell that holds only "Sat"."""
        if not text[: match.start()].strip() and text[match.end() :].strip() in ("", "."):
            return True
        if HOLIDAYS.match(text, match.end()):
            return True
        named = NAME_AFTER.match(text, match.end()) is not None
        return text[match.end() :].startswith(":") or (
            PREPOSITION.search(text[: match.start()]) is not None and not named
        )


def _stop(text: str, match: re.Match[str]) -> bool:
    return text.startswith(".", match.end())
