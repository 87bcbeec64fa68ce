"""Author's texts to sentences with ids and places, and an explanation after the first use of each abbreviation."""

from __future__ import annotations

import re
from typing import Any, Literal

from model.diagnostics import Diagnostic
from model.document import Abbreviation, Inline, Mark, Sentence, Text, Words
from model.traverse import text_of
from reader import inline
from reader.ids import slug
from yaml_source.load import Keys, Loaded
from yaml_source.source_map import Places

WARNINGS = frozenset({"markup", "vague-link", "lines"})


class Prose:
    """Reads the texts of one file in their logical order, which decides what is a first use."""

    def __init__(self, loaded: Loaded, known: inline.Known, words: Words, language: str) -> None:
        self.loaded = loaded
        self.known = known
        self.words = words
        self.language = language
        self.diagnostics: list[Diagnostic] = []
        self.places = Places(loaded.text)
        self.explained: set[str] = set()
        self.said = ""
        self.owed: list[Abbreviation] = []

    def line(self, path: Keys, own: str) -> Sentence:
        """A text that is one sentence whatever its punctuation: a heading, a label, a cell."""
        found = self.inlines(path)
        self.heard(found)
        return Sentence(id=own, inlines=found, mark=self.places.find(text_of(found), self.loaded.mark(path)))

    def lines(self, path: Keys, own: str) -> tuple[Sentence, ...]:
        """A list of such texts."""
        data = self.at(path) or ()
        return tuple(self.line((*path, n), f"{own}-{n + 1}") for n in range(len(data)))

    def sentences(self, path: Keys, own: str) -> tuple[Sentence, ...]:
        """A text cut into sentences, and after them what its abbreviations stand for where that is not said yet."""
        if self.at(path) is None:
            return ()
        found: list[Sentence] = []
        mark = self.loaded.mark(path)
        for n, piece in enumerate(inline.sentences(self.inlines(path), self.language), 1):
            mark = self.places.find(text_of(piece), mark, beyond=n > 1)
            found.append(Sentence(id=f"{own}-s{n}", inlines=piece, mark=mark))
            self.heard(piece)
        return (*found, *self.explanations(own))

    def inlines(self, path: Keys) -> tuple[Inline, ...]:
        """A text that becomes a part of a sentence."""
        return inline.inlines(self.at(path), self.known, self.report_at(path))

    def heard(self, found: tuple[Inline, ...]) -> None:
        """Take note of what readers have met: words said in full, and abbreviations that are still owed a word."""
        abbreviations = _abbreviations(found)
        self.said += " " + " ".join(text_of(found).lower().split())
        for abbreviation in abbreviations:
            if abbreviation.text in self.explained:
                continue
            self.explained.add(abbreviation.text)
            if not re.search(rf"\b{re.escape(abbreviation.expansion.lower())}\b", self.said):
                self.owed.append(abbreviation)

    def explanations(self, own: str) -> tuple[Sentence, ...]:
        """One sentence for each abbreviation that was met without its words ("NTORS stands for …")."""
        owed, self.owed = self.owed, []
        return tuple(self._explanation(abbreviation, own) for abbreviation in owed)

    def _explanation(self, abbreviation: Abbreviation, own: str) -> Sentence:
        pieces: list[Inline] = []
        before, _, rest = self.words["stands_for"].partition("{short}")
        middle, _, after = rest.partition("{long}")
        for piece in (before, abbreviation, middle, abbreviation.expansion, after):
            if piece:
                pieces += [Text(text=piece)] if isinstance(piece, str) else [piece]
        mark = self.loaded.mark(("terms", abbreviation.text))
        return Sentence(id=f"{own}-{slug(abbreviation.text)}-stands-for", inlines=tuple(pieces), mark=mark)

    def at(self, path: Keys) -> Any:
        """The value at `path`; None where there is none."""
        value: Any = self.loaded.data
        for step in path:
            if isinstance(step, str) and step not in value:
                return None
            value = value[step]
        return value

    def report_at(self, path: Keys) -> inline.Report:
        """What takes a fault in the value at `path`, and finds the place of the words at fault within it."""
        mark = self.loaded.mark(path)

        def report(code: str, message: str, hint: str, words: str) -> None:
            place: Mark = self.places.find(words, mark) if words else mark
            severity: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
            self.diagnostics.append(Diagnostic(severity=severity, code=code, message=message, mark=place, hint=hint))

        return report


def _abbreviations(found: tuple[Inline, ...]) -> list[Abbreviation]:
    abbreviations: list[Abbreviation] = []
    for inline_ in found:
        if isinstance(inline_, Abbreviation):
            abbreviations.append(inline_)
        abbreviations += _abbreviations(getattr(inline_, "children", ()))
    return abbreviations
