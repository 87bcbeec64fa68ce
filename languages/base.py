"""Turns a language's tag into its folder and its functions: how its text is read and cut, and how it is spoken.

A language is a folder `languages/<tag>/`. It must hold `words.yaml`, the fixed words. It may hold `lexicon.yaml`
(how words are said), `ties.yaml` (what stays on one line with the figure beside it) and `language.py`, a module that
may define any of these:

    recognise(text, before, after, about)    text to typed inlines; what stands around it and the header above it help
    dialled(text)               a whole text to a telephone number, or None
    sentence_ends(text)         the places where sentences end
    verbalise(lexicon)          the path of a lexicon to a Speech, which says typed inlines in words
    plural_category(number)     the CLDR category of a number of things: one, few, many, other …
    inflected(word, say)        the other forms of a word as written, each with how it is said
    vague_links()               words of a link that do not say where it leads
    files()                     files outside its folder that it reads
    figure_hint(text)           what to type instead of a figure that cannot be drawn
    contact_hint(key, text)     what to type where a contact's number is not a telephone number

Where a language does not define one of these, the rules that all languages share apply (`languages/plain.py`). For
`verbalise` there is no shared rule: a language without it has a page and print, and no recording.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

from languages import plain
from model.diagnostics import Diagnostic
from model.inlines import NOWHERE, Ambiguous, Inline, Mark, Phone

FOLDER: Final = Path(__file__).parent
MESSAGES: Final = "en"
"""The language of the program's own messages to authors."""
REMEMBERED: Final = 1024
SHORT: Final = 1000
"""How many texts are remembered with the values and the sentence ends in them, and their most characters."""


Where: TypeAlias = Callable[[str], Mark]
"""Tells where some words of a text stand in the source; where the text itself stands, of "" and of other words."""


def nowhere(_words: str) -> Mark:
    """Where words stand that are in no file."""
    return NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A word that is said in another way than its author may expect: the `code` of the warning, the word as
    `written`, and as `said`."""

    code: str
    written: str
    said: str


class Recognise(Protocol):
    """Turns a text into plain words and typed values; their texts put together are the text. `before` and `after`
    are what stands around it in its sentence, `about` the header of the table cell that it stands in."""

    def __call__(self, text: str, before: str = "", after: str = "", about: str = "") -> tuple[Inline, ...]: ...


class Speech(Protocol):
    """The speech of a language. Every voice gets the same words, and no voice has to guess anything."""

    diagnostics: tuple[Diagnostic, ...]
    """Faults of the lexicon."""
    sounds: Mapping[str, str]
    """Pronunciations in IPA, by the words as they are spoken."""

    def words(self, inlines: tuple[Inline, ...]) -> str:
        """The words of one sentence."""
        ...

    def address(self, text: str) -> str:
        """A web or e-mail address in words."""
        ...

    def count(self, number: int) -> str:
        """A number of things, in words."""
        ...

    def day(self, day: date) -> str:
        """A date in words."""
        ...

    def finish(self, said: str) -> str:
        """Puts words from several sources into the form that a voice gets: plain punctuation, a stop at the end."""
        ...

    def is_silent(self, words: str) -> bool:
        """True if a listener would hear nothing of `words`."""
        ...

    def faults(
        self, words: str, where: Where, shown: str, unclear: tuple[Ambiguous, ...] = ()
    ) -> tuple[Diagnostic, ...]:
        """The faults of words that must not reach a voice. `shown` is how they are written in the source, and `where`
        tells where some of that stands; `unclear` are its figures that only the author understands."""
        ...

    def remarks(self, inlines: tuple[Inline, ...]) -> tuple[Remark, ...]:
        """The words that are said in a way that the author should know of."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The functions of the language `tag`. `verbalise` is None if the language cannot be spoken."""

    tag: str
    folder: Path
    recognise: Recognise
    dialled: Callable[[str], Phone | None]
    sentence_ends: Callable[[str], list[int]]
    verbalise: Callable[[Path], Speech] | None
    plural_category: Callable[[int], str]
    inflected: Callable[[str, str | None], tuple[tuple[str, str | None], ...]]
    vague_links: Callable[[], frozenset[str]]
    files: Callable[[], tuple[Path, ...]]
    figure_hint: Callable[[str], str]
    contact_hint: Callable[[str, str], str]


def languages() -> tuple[str, ...]:
    """The tags of the languages that have fixed words, sorted."""
    return _languages(FOLDER, FOLDER.stat().st_mtime_ns)


@functools.cache
def _languages(folder: Path, _changed_ns: int) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in folder.glob("*/words.yaml")))


def has_words(tag: str) -> bool:
    """True if there are fixed words for a language: its own, or those of the language without its country."""
    return folder_of(tag).name in languages()


def folder_of(tag: str) -> Path:
    """The folder of a language: its own, or that of the language without its country ("en-GB" is in "en")."""
    own = FOLDER / tag
    return own if own.is_dir() else FOLDER / tag.partition("-")[0]


def lexicon_of(tag: str) -> Path:
    """The path of a language's lexicon, which need not exist."""
    return folder_of(tag) / "lexicon.yaml"


def files_of(tag: str) -> tuple[Path, ...]:
    """Every file that decides how the language is read and said: those of its folder, and those that its module
    names. The cache needs this list because a language's module is loaded by its tag, so no import statement shows
    it."""
    language = language_of(tag)
    own = (path for path in language.folder.rglob("*") if path.suffix in (".py", ".yaml"))
    return tuple(sorted({*own, *(path for path in language.files() if path.is_file())}))


def _remembering(ask: Callable[..., Any]) -> Any:
    """`ask` with its latest answers, which say nothing of a place: the pages of a publisher repeat contacts, headings
    and whole paragraphs. Long texts are not remembered, since few stand twice and they would take much memory."""
    remembered = functools.lru_cache(REMEMBERED)(ask)
    return lambda text, *around, **named: (remembered if len(text) <= SHORT else ask)(text, *around, **named)


@functools.cache
def language_of(tag: str) -> Language:
    """The functions of the language `tag`, which need not have a folder."""
    folder = folder_of(tag)
    module = import_module(f"languages.{folder.name}.language") if (folder / "language.py").is_file() else None
    return Language(
        tag=tag,
        folder=folder,
        recognise=_remembering(getattr(module, "recognise", plain.recognise)),
        dialled=getattr(module, "dialled", plain.dialled),
        sentence_ends=_remembering(
            getattr(module, "sentence_ends", functools.partial(plain.sentence_ends, tag.partition("-")[0]))
        ),
        verbalise=getattr(module, "verbalise", None),
        plural_category=getattr(module, "plural_category", functools.partial(plain.plural_category, tag)),
        inflected=getattr(module, "inflected", plain.inflected),
        vague_links=getattr(module, "vague_links", frozenset),
        files=getattr(module, "files", tuple),
        figure_hint=getattr(module, "figure_hint", plain.figure_hint),
        contact_hint=getattr(module, "contact_hint", plain.contact_hint),
    )
