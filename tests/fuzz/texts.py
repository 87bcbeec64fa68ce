"""Writes odd texts from `words.yaml`: sentences and phrases with other scripts, values, long words and markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

WORDS: Final = Path(__file__).with_name("words.yaml")


@cache
def words() -> dict[str, list[str]]:
    """The words by the name of their group."""
    found: dict[str, list[str]] = yaml.load(WORDS.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


@dataclass(slots=True, kw_only=True)
class Texts:
    """Writes the texts of one publication. It has a few `groups` of odd words, so that each group meets each block
    without all others beside it. `odd` is their share."""

    random: Random
    groups: tuple[str, ...]
    odd: float
    notes: list[str] = field(default_factory=list)
    references: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)
    noted: bool = False
    """True where a footnote may be marked."""

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def pick(self, *of: str) -> str:
        return self.random.choice(of)

    def word(self) -> str:
        group = self.random.choice(self.groups) if self.chance(self.odd) else "ordinary"
        return self.random.choice(words()[group])

    def phrase(self, most: int = 6) -> str:
        """Some words without an end, as for a heading or a cell."""
        joined = " ".join(self.word() for _ in range(self.random.randint(1, most))).strip()
        return joined if any(sign.isalnum() for sign in joined) else f"{joined} help".strip()

    def short(self) -> str:
        """A phrase where no markup is understood."""
        return self.phrase(4)[:110].strip()

    def sentence(self) -> str:
        first = self.random.choice(("Ask", "The office", "You can get", "Call", "We", "It is", "In 2019"))
        length = self.random.choice((2, 3, 5, 7, 12, 20))
        body = " ".join(self.marked() if self.chance(0.06) else self.word() for _ in range(length))
        return f"{first} {body}{self.random.choice(('.', '.', '.', '.', '?', '!', '…', '.”', '.)', ':'))}"

    def marked(self) -> str:
        """A few words with markup around them."""
        inner = self.phrase(3).translate(str.maketrans("[]", "()", "*`\\")).strip()
        match self.random.randint(0, 6):
            case 0:
                return f"**{inner}**"
            case 1:
                return f"*{inner}*"
            case 2:
                return f"[{inner}](https://www.example.org/{self.random.randint(1, 99)})"
            case 3:
                name = f"ref-{len(self.references) + 1}"
                self.references[name] = self.random.choice(
                    ({"name": self.short()}, {"url": "https://example.org/a?b=c&d"}, {"name": "Us", "url": "tel:101"})
                )
                return f"[{inner}][{name}]"
            case 4 if self.sections:
                return f"[{inner}](#{self.random.choice(self.sections)})"
            case 5 if self.noted:
                name = f"n{len(self.notes) + 1}"
                self.notes.append(name)
                return f"{inner}[^{name}]"
            case _:
                name = f"ZX{'QWRTYPSDFG'[len(self.terms) % 10]}{'BCVN'[len(self.terms) // 10 % 4]}"
                self.terms[name] = self.random.choice(({"expansion": self.short()}, {"say": "zed ex"}))
                return name

    def text(self, most: int = 2) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(1, most)))

    def running(self) -> str:
        """A text that may have footnotes."""
        self.noted = True
        text = self.text()
        self.noted = False
        return text
