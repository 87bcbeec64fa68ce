"""Makes publications that are valid in form and hostile in text: odd letters, other scripts, long words, values, units,
deep lists, wide tables, and every block. `words.yaml` has the words."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import yaml
from PIL import Image

from tests.fuzz.texts import Texts, words

PRINTED: Final = ("factsheet", "booklet", "large-print")
SMALL: Final = ("leaflet", "flyer", "poster")
"""Editions with little room."""
SHORT: Final = 1500
"""Characters of a source that fits on them."""
ON_WISH: Final = ("m4b", "opus", "ivr", "podcast")
KINDS: Final = ("information", "warning", "call-to-action", "example", "non-urgent", "urgent", "immediate")
STATISTICS: Final = ("55%", "£9.50", "1,900", "6.7 million", "£1.2bn", "0.4%", "3", "12.5%", "100%", "2.5 million")
DAYS: Final = ("Monday to Friday", "Saturday", "Sunday", "Bank holidays", "Mon–Wed")
SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}"><title>é 中 &amp; &lt;</title>'
    '<rect width="{w}" height="{h}" fill="#8ab"/><circle cx="9" cy="9" r="7"/><text x="3" y="9">A &amp; é</text></svg>'
)


@dataclass(slots=True, kw_only=True)
class Writer(Texts):
    """Writes one publication."""

    images: dict[str, bytes] = field(default_factory=dict)
    contacts: int = 0
    deep: int = 0

    # ------------------------------------------------------------------------------------------------ blocks

    def blocks(self, most: int) -> list[Any]:
        return [self.block() for _ in range(self.random.randint(1, most))]

    def block(self) -> Any:
        kinds: tuple[Callable[[], Any], ...] = (
            *(self.running, self.running, self.running),
            *(self.points, self.steps, self.numbered, self.statistic, self.table),
            *(self.figure, self.notice, self.quotation, self.address, self.downloads, self.definitions, self.contact),
        )
        return self.random.choice(kinds)()

    def items(self, deep: int = 0) -> list[Any]:
        found: list[Any] = []
        for _ in range(self.random.choice((1, 2, 3, 5) if deep == 0 else (1, 2))):
            item: dict[str, Any] = {"text": self.random.choice((self.phrase, self.running))()}
            if deep < 6 and self.chance(0.25):
                item["items"] = self.items(deep + 1)
            if deep < 2 and self.chance(0.08):
                item["blocks"] = [self.block()]
            found.append(item if len(item) > 1 else item["text"])
        return found

    def points(self) -> dict[str, Any]:
        return {"type": "list", "items": self.items()} | self.maybe(0.2, "kind", lambda: self.pick("do", "dont"))

    def steps(self) -> dict[str, Any]:
        return {"type": "steps", "items": self.items()} | self.maybe(0.3, "start", lambda: self.pick("2", "99", "999"))

    def numbered(self) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "numbered", "items": self.items()}
        made |= self.maybe(0.5, "style", lambda: self.pick("numbers", "letters"))
        return made | self.maybe(0.3, "start", lambda: self.pick("2", "9"))

    def statistic(self) -> dict[str, Any]:
        value = self.pick(*STATISTICS)
        made: dict[str, Any] = {
            "type": "statistic",
            "text": f"{self.sentence()} In all {value} of {self.phrase(3)} is so.",
            "value": value,
            "label": self.short(),
            "alternative": f"A bar for {value} and nothing else.",
        }
        if "%" in value:
            made["direction"] = self.pick("down", "up", "share")
        made |= self.maybe(0.4, "period", lambda: self.pick("2019 to 2024", "1997–98", "a year"))
        return made | ({"source": self.phrase()} if self.chance(0.6) else {"unsourced": True})

    def table(self) -> dict[str, Any]:
        columns, rows = self.random.choice((1, 2, 3, 3, 4, 6, 9)), self.random.choice((1, 2, 3, 7))
        long = self.running if columns < 5 else lambda: self.phrase(1)
        cell: Callable[[], str] = self.random.choice((lambda: self.phrase(2), lambda: self.phrase(6), long))
        made: dict[str, Any] = {
            "type": "table",
            "caption": self.phrase(),
            "headers": [f"{self.phrase(3)} {n}" for n in range(columns)],
            "row_headers": self.chance(0.5),
            "rows": [[cell() or "x" for _ in range(columns)] for _ in range(rows)],
        }
        for n, row in enumerate(made["rows"]):
            for at in range(1, columns):
                if n not in (0, 2) and self.chance(0.05):  # a group may come before row 2
                    row[at] = "^"
                elif at > 1 and self.chance(0.04):
                    row[at] = "<"
        if columns > 2 and self.chance(0.3):
            made["column_groups"] = [{"columns": "1"}, {"title": self.phrase(3), "columns": str(columns - 1)}]
        if rows > 4 and self.chance(0.3):
            made["rows"].insert(2, {"group": self.phrase(3)})
        made |= self.maybe(0.3, "footer", lambda: [[self.phrase(2) for _ in range(columns)]])
        return made | self.maybe(0.3, "notes", lambda: self.text(2))

    def figure(self) -> dict[str, Any]:
        name = f"images/p_{len(self.images)}.{self.pick('png', 'jpg', 'svg')}"
        self.images[name] = picture(self.random, name)
        made: dict[str, Any] = {"type": "figure", "image": name}
        made |= {"alternative": self.text(1)} if self.chance(0.8) else {"decorative": True}
        if "alternative" in made:
            made |= self.maybe(0.5, "caption", self.phrase)
        made |= self.maybe(0.3, "text", lambda: self.text(1))
        return made | self.maybe(0.4, "size", lambda: self.pick("small", "medium", "large"))

    def notice(self) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "notice", "text": self.text(2)} | self.maybe(0.7, "title", self.phrase)
        if self.deep < 2 and self.chance(0.4):
            self.deep += 1
            made["blocks"] = self.blocks(2)
            self.deep -= 1
        return made | self.maybe(0.7, "kind", lambda: self.pick(*KINDS))

    def quotation(self) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "quotation", "text": self.text(2)} | self.maybe(0.6, "speaker", self.phrase)
        return made | (self.maybe(0.5, "role", self.phrase) if "speaker" in made else {})

    def address(self) -> dict[str, Any]:
        return {"type": "address", "lines": [self.phrase(4) for _ in range(self.random.choice((1, 3, 7)))]}

    def downloads(self) -> dict[str, Any]:
        def item() -> dict[str, Any]:
            made: dict[str, Any] = {"title": self.phrase(), "url": "https://example.org/a%20b.pdf?x=1&y=é"}
            made |= self.maybe(0.5, "format", lambda: self.pick("PDF", "ODS", "Word"))
            made |= self.maybe(0.5, "size", lambda: self.pick("230 KB", "1.4 MB", "1 bytes"))
            return made | self.maybe(0.5, "pages", lambda: self.pick("1", "400"))

        return {"type": "downloads", "items": [item() for _ in range(self.random.randint(1, 4))]}

    def definitions(self) -> dict[str, Any]:
        return {"type": "definitions", "entries": self.entries()}

    def entries(self) -> list[dict[str, str]]:
        return [{"term": self.phrase(3), "text": self.text(2)} for _ in range(self.random.randint(1, 3))]

    def contact(self) -> dict[str, Any]:
        self.contacts += 1
        made: dict[str, Any] = {"type": "contact", "name": f"{self.phrase(3)} {self.contacts}"}
        made |= self.maybe(0.6, "about", lambda: self.text(1))
        made |= self.maybe(0.6, "phone", lambda: self.pick("0800 77 66 00", "020 7946 0958", "+44 20 7946 0000", "101"))
        made |= self.maybe(0.3, "textphone", lambda: "18001 0800 77 66 00")
        made |= self.maybe(0.5, "email", lambda: "first.last+tag@a-very-long-name.example.gov.uk")
        made |= self.maybe(0.5, "website", lambda: self.pick("example.gov.uk", "https://example.org/help?a=b&c=d#e"))
        made |= self.maybe(0.4, "address", lambda: [self.phrase(3) for _ in range(4)])
        times = {"times": self.pick("9am to 5pm", "closed", "24 hours", "9.30am–12 noon")}
        made |= self.maybe(0.4, "hours", lambda: [{"days": day} | times for day in DAYS[: self.random.randint(1, 5)]])
        made |= self.maybe(0.3, "cost", lambda: self.text(1))
        if self.chance(0.3):
            number = {"number": "0300 123 1234", "for": self.phrase(3), "kind": self.pick("phone", "textphone", "text")}
            made["numbers"] = [number | self.maybe(0.5, "note", lambda: self.phrase(3))]
        return made

    def maybe(self, chance: float, key: str, make: Callable[[], Any]) -> dict[str, Any]:
        return {key: make()} if self.chance(chance) else {}

    # ------------------------------------------------------------------------------------------------ the whole

    def section(self, deep: int = 0) -> dict[str, Any]:
        made: dict[str, Any] = {"title": self.phrase()}
        if self.chance(0.5):
            made["id"] = f"part-{len(self.sections) + 1}"
        made["blocks"] = self.blocks(2)
        if "id" in made:
            self.sections.append(made["id"])
        if deep < 3 and self.chance(0.2):
            made["sections"] = [self.section(deep + 1) for _ in range(self.random.randint(1, 2))]
        return made

    def publication(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            "title": f"{self.phrase()} and help",
            "summary": f"{self.sentence()} Where to find help, and whom to call.",
            "language": "en",
            "publisher": {"name": self.short()},
            "status": "current",
            "reviewed": "2024-03-01",
        }
        made |= self.maybe(0.15, "breadcrumb", lambda: [self.phrase(3), self.phrase(3)])
        made |= self.maybe(0.15, "notice", lambda: {"title": self.phrase(), "text": self.text(2), "kind": "warning"})
        made |= self.maybe(0.3, "url", lambda: "https://www.example.org/some-page")
        made |= self.maybe(0.3, "version", lambda: self.pick("2.0", "1.10", "March 2024", "v3-β"))
        made |= self.maybe(0.2, "introduction", lambda: self.blocks(1))
        made["sections"] = [self.section() for _ in range(self.random.choice((1, 1, 1, 2)))]
        made |= self.maybe(0.15, "related", lambda: {"title": self.phrase(), "blocks": [self.points()]})
        made |= self.maybe(0.15, "glossary", self.entries)
        for key in ("other_formats", "feedback", "rights"):
            made |= self.maybe(0.15, key, lambda: self.text(1))
        made |= self.maybe(0.2, "changes", lambda: [{"day": "2024-02-29", "text": self.text(1)}])
        marked = [name for name in self.notes if f"[^{name}]" in str(made)]  # a cell may have become ^
        made |= {"footnotes": {name: self.text(1) for name in marked}} if marked else {}
        made |= {key: own for key in ("references", "terms") if (own := getattr(self, key))}
        printed = SMALL if len(str(made)) < SHORT else PRINTED
        return made | self.maybe(0.9, "editions", lambda: self.editions(printed))

    def editions(self, printed: tuple[str, ...]) -> list[str]:
        return [
            *self.random.sample(printed, self.random.choice((1, 1, 2))),
            *self.random.sample(ON_WISH, self.random.choice((0, 0, 1))),
        ]


def picture(random: Random, name: str) -> bytes:
    """A small image of the kind that the name says, of an odd mode and size."""
    size = random.choice(((1, 1), (40, 30), (3, 400), (900, 20), (300, 300)))
    if name.endswith("svg"):
        return SVG.format(w=size[0], h=size[1]).encode()
    jpeg = name.endswith("jpg")
    mode = random.choice(("RGB", "L", "CMYK") if jpeg else ("RGB", "RGBA", "LA", "P", "1", "I;16"))
    held = io.BytesIO()
    colour = random.randint(0, 200) if mode in ("L", "P", "1", "I;16") else 0
    Image.new(mode, size, colour).save(held, "JPEG" if jpeg else "PNG")
    return held.getvalue()


def publication(seed: int) -> tuple[bytes, dict[str, bytes]]:
    """The source of publication number `seed`, and its images by path."""
    random = Random(seed)
    odd = [name for name in words() if name != "ordinary"]
    groups = tuple(random.sample(odd, random.choice((1, 2, 3, len(odd)))))
    writer = Writer(random=random, groups=groups, odd=random.choice((0.1, 0.3, 0.6)))
    made = writer.publication()
    width = random.choice((40, 100, 4000))
    text = yaml.dump(made, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=width)
    return text.encode(), writer.images
