"""Makes hostile sources: publications with wrong types, signs, YAML, markup, values, ids and sizes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import yaml

SIGNS = (
    *(
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u0301",
        "é",
        "ﬃ",
        "Ⅻ",
        "½",
        "²",
        "𝟙",
        "١٢",
        "中文",
        "עברית",
        "😀",
        "\u00ad",
        "\u2028",
        "ſ",
        "ı",
    ),
    *(
        "\x00",
        "\x07",
        "\ud7ff",
        "\ue000",
        "\U0010ffff",
        "`",
        "|",
        "\\",
        "{",
        "}",
        "<b>",
        "</p>",
        "&amp;",
        "<!--",
        "${x}",
    ),
)
MARKUP = (
    "**",
    "*",
    "[",
    "](",
    ")",
    "[x](#nowhere)",
    "[x][y]",
    "[](https://a.b)",
    "[a](javascript:1)",
    "![x](y)",
    "***a***",
    "- a\n- b",
)
VALUES = (
    *(
        "£1,2,3",
        "£9.999",
        "€1.5bn",
        "1/2/3",
        "31/02/2024",
        "0000-01-01",
        "25:99",
        "999999999999999999999",
        "1e400",
        "0800 77",
    ),
    *(
        "101 " * 20,
        "−5°C",
        "5'6\"",
        "10mg/1ml",
        "http://",
        "a@b",
        "@",
        "o'neill@example.com",
        "£m",
        "1990ſ",
        "5 mıllion",
        "24/7",
        "(a)(i)",
    ),
)
YAMLISH = (
    "no",
    "~",
    "0o17",
    "1_000",
    "2024-01-01",
    "!!python/object:os.system",
    "&a [*a]",
    "<<",
    "- - -",
    ": :",
    "? x",
    "%TAG",
    "---",
    "...",
)
IDS = ("main", "introduction", "s1", "A B", "-x", "ü", "x" * 300, "toc", "when-to-claim-2", "")
BLOCKS = (
    *("paragraph", "list", "steps", "numbered", "statistic", "table", "figure", "notice", "quotation", "address"),
    *("downloads", "definitions", "contact", "nonsense"),
)
KEYS = (
    *(
        "type",
        "id",
        "items",
        "text",
        "title",
        "name",
        "image",
        "caption",
        "entries",
        "value",
        "label",
        "headers",
        "rows",
    ),
    *(
        "kind",
        "phone",
        "email",
        "website",
        "hours",
        "source",
        "alternative",
        "start",
        "blocks",
        "sentences",
        "lines",
        "url",
    ),
)


def text(random: Random) -> str:
    """A text of ordinary and hostile words."""
    kinds: tuple[Callable[[], str], ...] = (
        lambda: random.choice(("word", "The", "DIP", "GCSEs", "don't", "Dr.", "e.g.", "St.", "No", "a–b", "x" * 60)),
        lambda: random.choice(SIGNS),
        lambda: random.choice(MARKUP),
        lambda: random.choice(VALUES),
        lambda: random.choice(YAMLISH),
        lambda: str(random.randint(-(10**6), 10**12)),
        lambda: chr(random.choice((random.randint(32, 0x2FFF), random.randint(0xE000, 0x1FFFF)))),
    )
    joint = random.choice((" ", " ", " ", "", ", ", ". ", "\n", "\u00a0"))
    return joint.join(random.choice(kinds)() for _ in range(random.choice((0, 1, 3, 8, 20))))


def value(random: Random, deep: int = 0) -> Any:
    """Any value of YAML, most often a text."""
    match random.randint(0, 9):
        case 0:
            return random.choice((None, True, False, 0, -1, 1.5, 10**30, float("inf"), ""))
        case 1 if deep < 4:
            return [value(random, deep + 1) for _ in range(random.randint(0, 3))]
        case 2 if deep < 4:
            return {random.choice(KEYS): value(random, deep + 1) for _ in range(random.randint(0, 3))}
        case _:
            return text(random)


def block(random: Random, deep: int = 0) -> Any:
    """A block of some kind, with right keys, wrong keys, or those of another kind."""
    if random.random() < 0.4:
        return value(random, deep)
    kind = random.choice(BLOCKS)
    made: dict[str, Any] = {"type": kind}
    for key in random.sample(KEYS, random.randint(1, 7)):
        made[key] = value(random, deep + 1)
    if kind in ("list", "steps", "numbered") and random.random() < 0.7:
        made["items"] = [value(random, deep + 1) for _ in range(random.randint(0, 4))]
    if kind == "table" and random.random() < 0.7:
        made |= {"caption": text(random), "headers": [text(random) for _ in range(2)]}
        made["rows"] = [[text(random) for _ in range(random.choice((2, 2, 3)))] for _ in range(3)]
    if kind == "notice" and deep < 3 and random.random() < 0.5:
        made["blocks"] = [block(random, deep + 1)]
    return made


def publication(random: Random) -> dict[str, Any]:
    """A publication in which a few things are wrong."""
    sections = [
        {
            "title": text(random) or "Title",
            "blocks": [block(random) for _ in range(random.randint(1, 3))],
            **({"id": random.choice(IDS)} if random.random() < 0.3 else {}),
        }
        for _ in range(random.randint(1, 2))
    ]
    made: dict[str, Any] = {
        "title": "A page about help",
        "summary": "Where to find help with drugs, for yourself or for someone you know, and whom to call.",
        "language": "en",
        "publisher": {"name": "Home Office"},
        "status": "current",
        "reviewed": "2024-03-01",
        "sections": sections,
    }
    for _ in range(random.choice((0, 0, 1, 2))):
        key = random.choice(
            (*made, "terms", "references", "url", "version", "rights", "editions", "notice", "as_of", "glossary")
        )
        made[key] = value(random)
    return made


def source(seed: int) -> bytes:
    """Source number `seed`. Most are written by libyaml, and some then have a few bytes changed."""
    random = Random(seed)
    width = random.choice((40, 100, 4000))
    dumped = yaml.dump(publication(random), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=width)
    data = dumped.encode("utf-8", "surrogatepass")
    if random.random() < 0.25:
        broken = bytearray(data)
        for _ in range(random.randint(1, 4)):
            at = random.randrange(len(broken))
            broken[at : at + random.randint(0, 2)] = bytes(
                random.choice((b":", b"\t", b"- ", b"\xff", b"[", b"'", b"", b"\n", b"#"))
            )
        data = bytes(broken)
    return data
