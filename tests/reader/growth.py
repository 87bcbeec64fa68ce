"""Makes sources that grow in one way each, such as a hundred kilobytes of one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

FRAME: Final = """title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Home Office }
status: current
"""


def page(blocks: str, before: str = "") -> str:
    """A page of these blocks, each on one line or several of its own."""
    return f"{FRAME}{before}sections:\n  - id: one\n    title: One\n    blocks:\n{blocks}"


def texts(piece: str) -> Callable[[int], str]:
    """Makes one text that repeats a piece."""
    return lambda size: page("      - >-\n        " + piece * (size // len(piece)) + "\n")


def blocks(piece: str) -> Callable[[int], str]:
    """Makes blocks that repeat a piece. `{n}` in it is its number."""
    return lambda size: page("".join(piece.replace("{n}", str(n)) for n in range(size // len(piece))))


KINDS: Final[dict[str, Callable[[int], str]]] = {
    "a list in one line": lambda size: page(
        "      - { type: list, items: [" + ", ".join(["one more item"] * (size // 15)) + "] }\n"
    ),
    "texts of one line": blocks("      - A sentence of words. And one more.\n"),
    "sentences with strong words": texts("Ask **them** now. "),
    "sentences with links": texts("Ask [the office](https://example.org/a) now. "),
    "sentences with addresses": texts("See www.example.org/a now. "),
    "sentences": texts("Ask them now. "),
    "strong words": texts("**a** b "),
    "unknown keys": lambda size: page("      - Words.\n") + "".join(f"unknown{n}: x\n" for n in range(size // 14)),
    "entries that are taken out": lambda size: page(
        "      - Words.\n", "editions:\n" + "".join(f"  - nowhere{n}\n" for n in range(size // 14))
    ),
    "unknown keys in blocks": blocks("      - { type: list, items: [one], nothing{n}: two }\n"),
    "references that are not there": blocks("      - See [the guide][nowhere{n}] now.\n"),
    "links to sections that are not there": blocks("      - See [the guide](#nowhere{n}) now.\n"),
    "references": lambda size: page(
        "".join(f"      - See [the guide][guide{n}] now.\n" for n in range(size // 90)),
        "references:\n" + "".join(f'  guide{n}: {{ url: "https://example.org/{n}" }}\n' for n in range(size // 90)),
    ),
    "colons": blocks("      - An office: open now\n"),
    "columns": lambda size: page(
        f"      - type: table\n        caption: Wide\n        headers: [{', '.join(['one'] * (size // 10))}]\n"
        f"        rows:\n          - [{', '.join(['two'] * (size // 10))}]\n"
    ),
    "rows of a wrong length": lambda size: page(
        "      - type: table\n        caption: Long\n        headers: [One, Two]\n        rows:\n"
        + "          - [one]\n" * (size // 18)
    ),
    "the same id": blocks("      - { type: paragraph, id: same, text: One. }\n"),
    "the same title": lambda size: f"{FRAME}sections:\n" + "  - { title: One, blocks: [Two.] }\n" * (size // 35),
    "commas in figures": lambda size: page(
        "      - { type: list, items: [" + ", ".join(["£1,000"] * (size // 8)) + "] }\n"
    ),
    "comments": blocks("      - Words of a text #tag\n"),
    "stars": texts("*a "),
    "brackets": texts("[a "),
    "opened links": texts("[a]("),
}
