"""Turns whole numbers into English words: "one hundred and five", "twenty-first", and years.

Written here, since a package that counts in every language takes 60 ms to import. The tests compare it with such a
package.
"""

from __future__ import annotations

from typing import Final

SMALL: Final = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LARGE: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
ORDINALS: Final = {
    **{"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"},
    **{"twelve": "twelfth", "nought": "zeroth"},
}


def cardinal(count: int) -> str:
    """A whole number from 0 to below a thousand trillion, in words without commas, since voices would pause at them."""
    if count < 20:
        return SMALL[count]
    if count < 100:
        tens, ones = divmod(count, 10)
        return f"{TENS[tens]}-{SMALL[ones]}" if ones else TENS[tens]
    size, name = next((size, name) for size, name in LARGE if count >= size)
    many, rest = divmod(count, size)
    words = f"{cardinal(many)} {name}"
    if not rest:
        return words
    return f"{words} {'and ' if rest < 100 else ''}{cardinal(rest)}"


def ordinal(count: int) -> str:
    """A place in an order: "twenty-first", "one hundredth"."""
    words = cardinal(count)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in ORDINALS:
        return words[:cut] + ORDINALS[last]
    return f"{words[:-1]}ieth" if last.endswith("y") else f"{words}th"


def year(number: int) -> str:
    """ "nineteen ninety-seven", "nineteen oh five", "two thousand and seven"."""
    century, rest = divmod(number, 100)
    if not 0 < century < 100 or (century % 10 == 0 and rest < 10):
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"
