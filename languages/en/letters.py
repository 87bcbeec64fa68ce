"""Turns capital letters into letters said one by one, "DIP" into "D I P", and what is said of one thing into its
plural."""

from __future__ import annotations

from typing import Final

NAMES: Final = {
    **{"A": "ay", "a": "ay", "&": "and"},
    **{"0": "nought", "1": "one", "2": "two", "3": "three", "4": "four"},
    **{"5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine"},
}


def spell(word: str) -> str:
    """The letters of `word`, said one by one. A is written "ay", since voices read a lone A as the article. The s of
    a plural follows an apostrophe ("MPs": "M P's"), since without it voices read "Ps" as two more letters."""
    plural = len(word) > 2 and word.endswith("s") and word[:-1].isupper()
    spelt = " ".join(NAMES.get(letter, letter.upper()) for letter in (word[:-1] if plural else word))
    return f"{spelt}'s" if plural else spelt


def plural(said: str) -> str:
    """The plural of what is said: letters take 's, words take an s."""
    if len(said.rsplit(maxsplit=1)[-1]) == 1 or said.endswith(" ay"):
        return f"{said}'s"
    return f"{said}es" if said.endswith(("s", "x", "z", "ch", "sh")) else f"{said}s"


def plural_category(number: int) -> str:
    """CLDR's plural category, as babel gives it. Written here, since babel takes 40 ms to load."""
    return "one" if number == 1 else "other"


def inflected(word: str, say: str | None) -> tuple[tuple[str, str | None], ...]:
    """The plural of a written word, with how it is said. Empty for a word that ends in an s or not in a letter."""
    if not word[-1:].isalpha() or word[-1] in "sS":
        return ()
    return ((f"{word}s", plural(say) if say else None),)
