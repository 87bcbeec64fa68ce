"""A language's tag to what is known of it: its folder, how text is read and cut, how it is said where it can be.

A language is a folder `languages/<tag>/`. It must hold `words.yaml`, the fixed words. It may hold `lexicon.yaml` (how
words are said), `ties.yaml` (what stays on a line with the figure beside it) and `language.py`, a module that may
define any of these:

    recognise(text, before, after, about)    text to typed inlines, by what stands around it and the header above it
    dialled(text)               a whole text to a telephone number, or None
    sentence_ends(text)         the places where sentences end
    verbalise(lexicon)          the path of a lexicon to a Speech, which says typed inlines in words
    plural_category(number)     the CLDR category of a number of things: one, few, many, other …
    inflected(word, say)        the other forms of a word as written, each with how it is said
    vague_links()               words of a link that do not say where it leads
    files()                     files outside its folder that it reads
    figure_hint(text)           what to type instead of a figure that cannot be drawn
    contact_hint(key, text)     what to type instead of a contact's number that is none

What a language does not define is done by the rules that all languages share (`languages/plain.py`). There is no such
rule for `verbalise`: a language without it has a page and print, and no recording.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol

from languages import plain
from model.diagnostics import Diagnostic
from model.inlines import Ambiguous, Inline, Mark, Phone

FOLDER: Final = Path(__file__).parent
MESSAGES: Final = "en"
"""The language of the program's own messages to authors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is said otherwise than its author may think: `code` of the warning, the words as `written`, as `said`."""

    code: str
    written: str
    said: str


class Recognise(Protocol):
    """A text to plain words and typed values, whose texts together are the text. `before` and `after` stand around it,
    `about` is the header of the cell that it stands in."""

    def __call__(self, text: str, before: str = "", after: str = "", about: str = "") -> tuple[Inline, ...]: ...


class Speech(Protocol):
    """How a language is said: the same words for every voice, with nothing left that a voice would have to guess."""

    diagnostics: tuple[Diagnostic, ...]
    """Faults of the lexicon."""

    def words(self, inlines: tuple[Inline, ...]) -> str:
        """The words of one sentence."""
        ...

    def address(self, text: str) -> str:
        """A web or e-mail address in words."""
        ...

    def count(self, number: int) -> str:
        """How many, in words."""
        ...

    def day(self, day: date) -> str:
        """A date in words."""
        ...

    def finish(self, said: str) -> str:
        """Words put together from several, as a voice gets them: plain punctuation, a stop at the end."""
        ...

    def is_silent(self, words: str) -> bool:
        """Whether a listener would hear nothing of `words`."""
        ...

    def faults(self, words: str, mark: Mark, shown: str, unclear: tuple[Ambiguous, ...] = ()) -> tuple[Diagnostic, ...]:
        """What in `words` no voice may be given; `shown` is how it is written, `unclear` its figures that only their
        author knows."""
        ...

    def remarks(self, inlines: tuple[Inline, ...]) -> tuple[Remark, ...]:
        """What is said in a way that its author should know of."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is known of the language `tag`. `verbalise` is None where nothing makes words for speech of it."""

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
    """The languages that have fixed words, by tag."""
    return _languages(FOLDER, FOLDER.stat().st_mtime_ns)


@functools.cache
def _languages(folder: Path, _changed_ns: int) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in folder.glob("*/words.yaml")))


def has_words(tag: str) -> bool:
    """Whether the editions have fixed words in a language: its own, or those of the language without its country."""
    return folder_of(tag).name in languages()


def folder_of(tag: str) -> Path:
    """The folder of a language: its own, or that of the language without its country ("en-GB" is in "en")."""
    own = FOLDER / tag
    return own if own.is_dir() else FOLDER / tag.partition("-")[0]


def lexicon_of(tag: str) -> Path:
    """Where the lexicon of a language stands, if it has one."""
    return folder_of(tag) / "lexicon.yaml"


def files_of(tag: str) -> tuple[Path, ...]:
    """Every file that decides how the language is read and said: of its folder, and what its module names beyond it.
    Its module is found by its tag, so that no import tells whoever keeps what was made."""
    language = language_of(tag)
    own = (path for path in language.folder.rglob("*") if path.suffix in (".py", ".yaml"))
    return tuple(sorted({*own, *(path for path in language.files() if path.is_file())}))


@functools.cache
def language_of(tag: str) -> Language:
    """What is known of the language `tag`, which need not have a folder."""
    folder = folder_of(tag)
    module = import_module(f"languages.{folder.name}.language") if (folder / "language.py").is_file() else None
    return Language(
        tag=tag,
        folder=folder,
        recognise=getattr(module, "recognise", plain.recognise),
        dialled=getattr(module, "dialled", plain.dialled),
        sentence_ends=getattr(module, "sentence_ends", functools.partial(plain.sentence_ends, tag.partition("-")[0])),
        verbalise=getattr(module, "verbalise", None),
        plural_category=getattr(module, "plural_category", functools.partial(plain.plural_category, tag)),
        inflected=getattr(module, "inflected", plain.inflected),
        vague_links=getattr(module, "vague_links", frozenset),
        files=getattr(module, "files", tuple),
        figure_hint=getattr(module, "figure_hint", plain.figure_hint),
        contact_hint=getattr(module, "contact_hint", plain.contact_hint),
    )
