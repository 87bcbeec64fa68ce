"""Turns lines of cells into pages, and pages into files: BRF for embossers and displays, PEF for programs that read
XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from channels.braille.lines import Line

ASCII: Final = " a1b'k2l@cif/msp\"e3h9o6r^djg>ntq,*5<-u8v.%[$+x!&;:4\\0z7(_?w]#y)="
"""Braille ASCII in the order of the 64 cells of six dots (North American Braille Computer Code)."""

CELLS: Final = {sign: chr(0x2800 + number) for number, sign in enumerate(ASCII)}
CLEAR: Final = 2
"""Blank cells between the running head and the number of the page."""

NAMESPACE: Final = "http://www.daisy.org/ns/2008/pef"


def pages_of(lines: Sequence[Line], height: int) -> list[list[str]]:
    """`lines` on pages of `height` lines, of which the first is left for the page number. A line stays with the lines
    that it must keep."""
    room = height - 1
    pages: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        together = 1 + min(line.keep, len(lines) - number - 1, room - 1)
        if pages[-1] and len(pages[-1]) + together > room:
            pages.append([])
        if line.text or pages[-1]:
            pages[-1].append(line.text)
    return pages


def numbered(pages: Sequence[list[str]], titles: Sequence[str], numbers: Sequence[str], width: int) -> list[list[str]]:
    """Pages with their first line, the page information line (B004, 6 and 7). The number of the page stands at its
    right end, where fingers look for it. From the second page on, the running head is centred: the first of `titles`
    that leaves two blank cells before the number, or none."""
    found: list[list[str]] = []
    for page, number in zip(pages, numbers, strict=True):
        line = ""
        for title in titles if found else ():
            indent = (width - len(title)) // 2
            if indent >= 0 and indent + len(title) + CLEAR + len(number) <= width:
                line = " " * indent + title
                break
        found.append([line + number.rjust(width - len(line)), *page])
    return found


def brf(pages: Sequence[list[str]]) -> bytes:
    """Braille ASCII in capitals. Lines end in CR LF, pages in a form feed."""
    return "".join("\r\n".join(page).upper() + "\r\n\f" for page in pages).encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The metadata of a PEF file, and the size of its pages in cells and lines."""

    title: str
    identifier: str
    language: str
    width: int
    height: int


def pef(pages: Sequence[list[str]], about: About) -> bytes:
    """Pages in Portable Embosser Format 1.0 (2008-1)."""
    rows = "".join(f"<page>{''.join(_rows(page))}</page>\n" for page in pages)
    identifier, title, language = (
        escape(said, quote=False) for said in (about.identifier, about.title, about.language)
    )
    meta = (
        "<dc:format>application/x-pef+xml</dc:format>\n"
        f"<dc:identifier>{identifier}</dc:identifier>\n"
        f"<dc:title>{title}</dc:title>\n<dc:language>{language}</dc:language>\n"
    )
    size = f'cols="{about.width}" rows="{about.height}" rowgap="0" duplex="true"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<pef version="2008-1" xmlns="{NAMESPACE}">\n'
        f'<head>\n<meta xmlns:dc="http://purl.org/dc/elements/1.1/">\n{meta}</meta>\n</head>\n'
        f"<body>\n<volume {size}>\n<section>\n{rows}</section>\n</volume>\n</body>\n</pef>\n"
    ).encode()


def _rows(page: list[str]) -> Iterator[str]:
    return (f"<row>{''.join(CELLS[sign] for sign in line.rstrip())}</row>" for line in page)
