"""Capital letters to letters said one by one: "DIP" to "D I P"."""

from __future__ import annotations


def spell(word: str) -> str:
    """The letters of `word`, said singly. A is written "ay", since voices read a lone A as the article; a plural's s
    follows an apostrophe ("MPs": "M P's"), since without one voices read "Ps" as two letters more."""
    plural = len(word) > 2 and word.endswith("s") and word[:-1].isupper()
    spelt = " ".join("ay" if letter in "Aa" else letter.upper() for letter in (word[:-1] if plural else word))
    return f"{spelt}'s" if plural else spelt
