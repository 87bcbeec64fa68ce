"""A page of 1 MB that is dense with one thing, read and put into words, or refused: `dense.py PLACE ROUNDS`.

Prints the processor seconds of each kind, the slowest first, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from channels.base import Settings
from narration.script import script
from reader.read import read

SIZE: Final = 980_000
HEAD: Final = """title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Home Office }
status: current
terms:
  DIP: { expansion: Drug Interventions Programme }
references: { guide: { name: the guide, url: "https://example.org/guide" } }
"""
FRAME: Final = (
    HEAD
    + """sections:
  - title: One
    blocks:
"""
)
Files = dict[str, str]
"""The text of each file by its path: the source, and an image beside it."""


def page(piece: str, size: int = SIZE) -> str:
    """A page of about `size` bytes whose paragraphs repeat a piece for two thousand characters, the last one for what
    is left. With whole ones alone a page of four times the size would have five and a half times the paragraphs."""
    most = 2000 // len(piece)
    pieces = (size - len(FRAME)) * most // len(_paragraph(piece * most).encode())
    return FRAME + "".join(_paragraph(piece * min(most, pieces - at)) for at in range(0, pieces, most))


def _paragraph(words: str) -> str:
    return f"      - >-\n        {words}\n"


def paragraphs(piece: str) -> Callable[[int], Files]:
    """Makes a page whose paragraphs repeat a piece."""
    return lambda size: {"en.yaml": page(piece, size)}


def blocks(piece: str) -> Callable[[int], Files]:
    """Makes a page that repeats lines below `blocks:`. `{n}` in them is their number."""

    def made(size: int) -> Files:
        count = size // (len(piece) + 2)
        return {"en.yaml": FRAME + "".join(piece.replace("{n}", str(n)) for n in range(count))}

    return made


def in_line(before: str, item: str, after: str) -> Callable[[int], Files]:
    """Makes a page with one list in one line."""
    return lambda size: {"en.yaml": FRAME + before + ", ".join([item] * (size // (len(item) + 2))) + after}


def _explained(size: int) -> Files:
    """A page that explains very many words in its `terms:`, and uses each once."""
    names = [f"T{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676)}" for n in range(min(size // 80, 4000))]
    known = "".join(f"  {name}: {{ expansion: body number {n} }}\n" for n, name in enumerate(names))
    texts = [f"      - Body number {n}. {name} here.\n" for n, name in enumerate(names)]
    head = FRAME.replace("terms:\n", f"terms:\n{known}")
    return {"en.yaml": head + "".join(texts * max(1, size // (80 * len(names) or 1)))}


def _unknown(size: int) -> Files:
    return {"en.yaml": FRAME + "      - Words.\n" + "".join(f"unknown{n}: x\n" for n in range(size // 17))}


def _columns(size: int) -> Files:
    headers, cells = (", ".join([word] * (size // 10)) for word in ("one", "two"))
    table = f"      - type: table\n        caption: Wide\n        headers: [{headers}]\n        rows: [[{cells}]]\n"
    return {"en.yaml": FRAME + table}


def _drawing(size: int) -> Files:
    deep = size // 7
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{"<g>" * deep}{"</g>" * deep}</svg>'
    return {
        "en.yaml": f"{FRAME}      - {{ type: figure, image: images/deep.svg, alternative: A drawing of it. }}\n",
        "images/deep.svg": drawing,
    }


KINDS: Final[dict[str, Callable[[int], Files]]] = {
    "strong words": paragraphs("**strong** "),
    "links": paragraphs("[words of it](https://example.org/a) "),
    "references": paragraphs("[the words][guide] "),
    "addresses": paragraphs("www.example.org/help jo@example.org "),
    "explanations": paragraphs("Full Name Body (FNB) "),
    "terms": paragraphs("DIP "),
    "explained words": _explained,
    "figures": paragraphs("12 people. "),
    "sentences": paragraphs("Ask them now. "),
    "brackets that close nothing": paragraphs("[a]["),
    "marks that begin nothing": paragraphs("_a __b "),
    "markers of footnotes that are not there": paragraphs("a[^x] "),
    "sentences with strong words": paragraphs("Ask **them** now. "),
    "short numbers to call": paragraphs("101 "),
    "capitals with soft hyphens": paragraphs("NHS\u00adWALES "),
    "titles of people": paragraphs("Dr "),
    "one text": lambda size: {"en.yaml": f"{FRAME}      - Words. {'101 ' * (size // 4)}\n"},
    "a list in one line": in_line("      - { type: list, items: [", "one more item", "] }\n"),
    "columns": _columns,
    "unknown keys": _unknown,
    "unknown keys in blocks": blocks("      - { type: list, items: [one], nothing{n}: two }\n"),
    "references that are not there": blocks("      - See [the guide][nowhere{n}] now.\n"),
    "links to sections that are not there": blocks("      - See [the guide](#nowhere{n}) now.\n"),
    "a drawing of nested groups": _drawing,
}
"""Each by what there is much of."""


def write(kind: str, place: Path, size: int = SIZE) -> Path:
    """Writes a page of a kind into the folder `place`, and returns its path."""
    for name, text in KINDS[kind](size).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place / "en.yaml"


def seconds(path: Path) -> float:
    """Processor seconds for the page at `path`."""
    begin = time.process_time()
    document = read(path).document
    if document is not None:
        script(document, Settings())
    return time.process_time() - begin


def main(place: Path, rounds: int) -> None:
    found = {}
    for kind in KINDS:
        path = write(kind, place / kind.replace(" ", "-"))
        found[kind] = min(seconds(path) for _ in range(rounds))
    print(json.dumps(dict(sorted(found.items(), key=lambda item: -item[1]))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
