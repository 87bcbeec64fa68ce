"""Turns an author's texts into sentences with ids and places. Adds an explanation after an abbreviation's first use."""

from __future__ import annotations

import re
from typing import Final, Literal

from model.diagnostics import Diagnostic
from model.document import Words
from model.inlines import Abbreviation, Inline, Mark, Sentence
from model.traverse import count, text_of, walk
from reader import inline
from reader.footnotes import Footnotes
from reader.ids import Ids, slug
from reader.met import Met
from yaml_source.load import Loaded
from yaml_source.node import Node
from yaml_source.source_map import Places

MOST_SIGNS: Final = 50_000
"""Characters of one text: eight thousand words without a paragraph are a mistake, and would take long to read."""
MOST_OF_HEADING: Final = 1_000
"""Characters of a heading: one of three thousand takes a quarter of a minute to lay out."""
MOST_PARTS: Final = 40_000
"""Texts, the words, figures, links and terms that they are made of (or the marks in them that may begin some, if these
are more), those that the reader adds to explain terms, and the terms themselves twice. A page with more would take
longer than two seconds to read, and a day to listen to."""
MOST_ERRORS: Final = 1_000
"""Errors in texts after which the rest of a page is not read: fewer than these are shown."""
MANY: Final = "Mend those first: many may have one cause."
STOPPED: Final = re.compile(r"[.!?…。؟۔।][)\]”’\"']*\Z")
"""Matches the end of a text that ends as sentences do."""
WARNINGS = frozenset({"markup", "vague-link", "lines", "insecure-link", "no-footnotes"})


class TooMuch(Exception):
    """A page that holds more than is read. `diagnostic` stands at the text that is too much."""

    def __init__(self, code: str, message: str, hint: str, mark: Mark) -> None:
        self.diagnostic = Diagnostic(severity="error", code=code, message=message, mark=mark, hint=hint)


class Prose:
    """Reads the texts of one file in their logical order, which decides what is a first use."""

    def __init__(self, loaded: Loaded, known: inline.Known, words: Words, ids: Ids) -> None:
        self.known = known
        self.words = words
        self.ids = ids
        self.diagnostics: list[Diagnostic] = []
        self.footnotes = Footnotes(loaded.root, words, ids)
        self.places = Places(loaded.lines, loaded.root.mark.file)
        self.terms = loaded.root.get("terms") or loaded.root
        self.explained = set(known.terms.explained)
        self.met = Met(term.expansion for term in known.terms.known.values() if isinstance(term, Abbreviation))
        self.owed: list[Abbreviation] = []
        self.followed = False
        """True while blocks are read, which give explanations a paragraph of their own where a text has no stop."""
        self.parts = 2 * len(known.terms.known)
        self.errors = 0

    def heading(self, node: Node, own: str) -> Sentence:
        """A title, read as `line` reads it. Raises TooMuch where it is a whole text."""
        if len(node.text) > MOST_OF_HEADING:
            message = f"a heading has {len(node.text):,} characters; the most is {MOST_OF_HEADING:,}"
            raise TooMuch("too-long", message, "Give it a short heading, and write the rest as paragraphs.", node.mark)
        return self.line(node, own)

    def line(self, node: Node, own: str, about: str = "") -> Sentence:
        """A text that is one sentence whatever its punctuation: a heading, a label, or a cell under the header
        `about`."""
        found = self.inlines(node, about)
        self.heard(found)
        return Sentence(id=self.ids.place(own), inlines=found, mark=self.places.find(text_of(found), node.mark))

    def optional(self, node: Node | None, own: str) -> Sentence | None:
        """Like `line`; None where there is no text."""
        return None if node is None else self.line(node, own)

    def lines(self, node: Node | None, own: str) -> tuple[Sentence, ...]:
        """A list of texts, each read as `line` reads it."""
        return tuple(self.line(inner, f"{own}-{n}") for n, inner in enumerate(node.items if node else (), 1))

    def sentences(self, node: Node | None, own: str) -> tuple[Sentence, ...]:
        """A text cut into sentences, followed by explanations of its abbreviations that are not explained yet. After
        words without a stop these would seem to go on, and so they come after the block."""
        if node is None:
            return ()
        found: list[Sentence] = []
        mark = node.mark
        whole = self._read(node)
        for n, plain in enumerate(inline.sentences(whole, self.known.language), 1):
            piece = self.footnotes.numbered(plain, self.report_at(node))
            mark = self.places.find(text_of(plain), mark, beyond=n > 1)
            found.append(Sentence(id=self.ids.place(f"{own}-s{n}"), inlines=piece, mark=mark))
            self.heard(piece)
        if self.followed and found and not STOPPED.search(text_of(found[-1].inlines)):
            return tuple(found)
        return (*found, *self.explanations(own))

    def inlines(self, node: Node, about: str = "") -> tuple[Inline, ...]:
        """The inlines of a text that becomes a part of a sentence."""
        return self.footnotes.numbered(self._read(node, about), self.report_at(node))

    def _read(self, node: Node, about: str = "") -> tuple[Inline, ...]:
        """The inlines of a text. Raises TooMuch where it is too long, or the page has too many of them."""
        if len(node.text) > MOST_SIGNS:
            message = f"one text has {len(node.text):,} characters; the most is {MOST_SIGNS:,}"
            raise TooMuch("too-long", message, "Write it as several paragraphs.", node.mark)
        found = inline.inlines(node.text, self.known, self.report_at(node), about)
        self._count(found, node.mark, inline.marks(node.text))
        return found

    def _count(self, found: tuple[Inline, ...], mark: Mark, marks: int = 0) -> None:
        """Counts the parts of a text at `mark`, or its `marks`, if more. Raises TooMuch where they are too many."""
        self.parts += 1 + max(count(found), marks)
        if self.parts > MOST_PARTS:
            message = f"the page has more than {MOST_PARTS:,} figures, links and other parts up to here"
            raise TooMuch("too-many", message, "Split it into several publications.", mark)

    def recognised(self, text: str) -> tuple[Inline, ...]:
        """The inlines of one of the program's own texts."""
        return inline.recognised(text, self.known)

    def heard(self, found: tuple[Inline, ...]) -> None:
        """Remembers what readers have met: the words, and the abbreviations that still need an explanation."""
        self.met.add(text_of(found))
        for abbreviation in walk(found):
            if not isinstance(abbreviation, Abbreviation):
                continue
            entry = self.known.terms.base.get(abbreviation.text, abbreviation.text)
            if entry in self.explained:
                continue
            self.explained.add(entry)
            if not self.met.has(abbreviation.expansion):
                self.owed.append(self._as_entered(abbreviation, entry))

    def _as_entered(self, abbreviation: Abbreviation, entry: str) -> Abbreviation:
        """The abbreviation in the form under which it was entered, where the text has another form ("GCSEs")."""
        known = self.known.terms.known.get(entry)
        return known if isinstance(known, Abbreviation) else abbreviation

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
                pieces += self.known.language.recognise(piece) if isinstance(piece, str) else [piece]
        mark = (self.terms.get(abbreviation.text) or self.terms).mark
        self._count(tuple(pieces), mark)
        own = self.ids.place(f"{own}-{slug(abbreviation.text)}-stands-for")
        return Sentence(id=own, inlines=tuple(pieces), mark=mark)

    def report_at(self, node: Node) -> inline.Report:
        """A function that reports a fault in a text, at the place of the words at fault."""

        def report(code: str, message: str, hint: str, words: str) -> None:
            place: Mark = self.places.find(words, node.mark) if words else node.mark
            severity: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
            self.diagnostics.append(Diagnostic(severity=severity, code=code, message=message, mark=place, hint=hint))
            self.errors += severity == "error"
            if self.errors > MOST_ERRORS:
                message = f"more than {MOST_ERRORS:,} faults up to here; what follows was not read"
                raise TooMuch("too-many", message, MANY, place)

        return report
