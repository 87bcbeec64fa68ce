"""Turns a number and a thing into words of a message: "1 error", "2 errors".

Messages to authors, editors and engineers are in English. This is the one file outside languages/en that knows how its
plurals are made; what readers are told comes from the fixed words of their language.
"""

from __future__ import annotations


def number_of(number: int, what: str, several: str = "") -> str:
    """A number of `what`. `several` is the plural where an s at the end is not enough."""
    return f"{number} {what if number == 1 else several or what + 's'}"
