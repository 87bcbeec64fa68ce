"""Turns tags, chapters and a cover into an ID3v2.3 tag, with chapters nested as deep as headings.

FFmpeg also writes such tags, but with chapters of one level only. The form is that of id3.org's "ID3 tag version
2.3.0" and "ID3v2 Chapter Frame Addendum 1.0". Text is in UTF-16, the only encoding of that version with all letters.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

TOP: Final = 2
ORDERED: Final = 1
"""Flags of a list of chapters: it is the top list; its entries are in order."""

NOWHERE: Final = 0xFFFFFFFF
"""Stands for a byte offset, since only the times are used."""

MOST: Final = 255
"""The most entries of one list, since their number has one byte. Further chapters are in no list, but still in the
file."""

FRONT_COVER: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter, in samples from the beginning of the file. A chapter of `level` 2 lies within the last one of level
    1 before it."""

    title: str
    begin: int
    end: int
    level: int = 1


def tag(texts: Mapping[str, str], chapters: Sequence[Chapter], rate: int, cover: bytes) -> bytes:
    """The tag. `texts` are by the names of their frames ("TIT2"); empty ones are left out. `cover` is a PNG."""
    body = b"".join(_frame(name, _text(text)) for name, text in texts.items() if text)
    body += b"".join(_chapters(chapters, rate))
    if cover:
        body += _frame("APIC", b"\0image/png\0" + bytes([FRONT_COVER]) + b"\0" + cover)
    if not body:
        return b""
    size = len(body)
    # Seven bits a byte, so that no byte looks like the start of a frame.
    sizes = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + sizes + body


def _frame(name: str, data: bytes) -> bytes:
    return name.encode("ascii") + struct.pack(">IH", len(data), 0) + data


def _text(text: str) -> bytes:
    """A text in UTF-16 after its byte order mark."""
    return b"\x01\xff\xfe" + text.encode("utf-16-le", "replace")


def _chapters(chapters: Sequence[Chapter], rate: int) -> Iterable[bytes]:
    """A frame for each chapter, and the lists of them: one top list, and one for the chapters within another. A
    player that knows one level only finds all chapters in the order of time, none within another."""
    for number, chapter in enumerate(chapters):
        times = (round(moment * 1000 / rate) for moment in (chapter.begin, chapter.end))
        data = _name(number) + struct.pack(">IIII", *times, NOWHERE, NOWHERE)
        yield _frame("CHAP", data + _frame("TIT2", _text(chapter.title)))
    if chapters:
        yield from _lists(chapters, "toc", "", range(len(chapters)), TOP)


def _lists(chapters: Sequence[Chapter], own: str, title: str, numbers: Sequence[int], flags: int) -> Iterable[bytes]:
    """The list of the chapters `numbers`, then the lists within it. Chapters of the lowest level among them belong
    to the list itself."""
    least = min(chapters[number].level for number in numbers)
    entries: list[bytes] = []
    inner: list[tuple[str, str, list[int]]] = []
    for number in numbers:
        if chapters[number].level == least:
            entries.append(_name(number))
        elif inner and entries[-1] == f"{inner[-1][0]}\0".encode():
            inner[-1][2].append(number)
        else:
            name = f"toc{number - 1}"
            entries.append(f"{name}\0".encode())
            inner.append((name, chapters[number - 1].title, [number]))
    data = f"{own}\0".encode() + bytes([flags | ORDERED, len(entries[:MOST])]) + b"".join(entries[:MOST])
    yield _frame("CTOC", data + (_frame("TIT2", _text(title)) if title else b""))
    for name, words, within in inner:
        yield from _lists(chapters, name, words, within, 0)


def _name(number: int) -> bytes:
    return f"ch{number}\0".encode()
