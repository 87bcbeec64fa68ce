"""Fixed words and a number to the form that goes with it: "1 page", "6 pages", by the plural categories of CLDR.

`words.yaml` writes such words as a mapping of categories: zero, one, two, few, many, other. Of these a language needs
`other`, which stands for each that it leaves out, as in ICU's messages.
"""

from __future__ import annotations

from typing import Final

from languages.base import language_of
from model.document import Words

CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")


def counted(words: Words, key: str, number: int) -> str:
    """The words for `key` that go with `number`, which is not filled in yet."""
    category = language_of(words.language).plural_category(number)
    found = {name: form for name, form in words.entries if name in (f"{key}.{category}", f"{key}.other")}
    return found.get(f"{key}.{category}", found[f"{key}.other"])
