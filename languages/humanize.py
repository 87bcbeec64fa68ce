"""Turns numbers into words of a language: the size of a file, its length in time, its pages. All editions use them."""

from __future__ import annotations

from datetime import date
from typing import Final

from languages.plurals import counted
from model.document import Words

KINDS: Final = {
    "application/pdf": "PDF",
    "audio/mpeg": "MP3",
    "audio/mp4": "M4B",
    "audio/ogg": "Opus",
    "text/plain": "TXT",
    "text/vtt": "VTT",
    "application/epub+zip": "EPUB",
    "application/zip": "ZIP",
}
NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


def size_in_words(size: int, words: Words) -> str:
    """Bytes as people say them, in units of a thousand: "1.4 KB", "12 KB", "1.4 MB". At most a tenth off the true
    size."""
    key, number = ("kilobytes", size / 1000) if size < 999_500 else ("megabytes", size / 1_000_000)
    return words[key].format(number=f"{number:.0f}" if number >= 9.95 else f"{number:.1f}".removesuffix(".0"))


def length_in_words(seconds: float, words: Words) -> str:
    """A length of time as people say it: to the second, and from an hour on to the minute."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return words["duration_hours"].format(hours=minutes // 60, minutes=minutes % 60)
    if minutes:
        return words["duration_minutes"].format(minutes=minutes, seconds=rest)
    return counted(words, "duration_seconds", rest).format(seconds=rest)


def details_in_words(media_type: str, size: int, pages: int | None, seconds: float | None, words: Words) -> str:
    """The details of a file that help readers to decide on a download: "PDF, 84 KB, 2 pages". A line never breaks
    within a detail."""
    details = [KINDS[media_type]] if media_type in KINDS else []
    details.append(size_in_words(size, words))
    if pages is not None:
        details.append(pages_in_words(pages, words))
    if seconds is not None:
        details.append(length_in_words(seconds, words))
    return ", ".join(detail.replace(" ", NO_BREAK_SPACE) for detail in details)


def label_in_words(title: str, details: str) -> tuple[str, str]:
    """The title and the details of a download. What a title says in brackets at its end is a detail, and its type is
    said once: "Braille (PEF)" becomes "Braille" and "PEF, 11 KB, 5 pages"."""
    if not (title.endswith(")") and " (" in title):
        return title, details
    title, _, kind = title.removesuffix(")").rpartition(" (")
    return title, details if details.startswith(f"{kind},") else f"{kind}, {details}"


def date_in_words(day: date, words: Words) -> str:
    """A day as the language writes it: "1 March 2024"."""
    month = words["months"].split(", ")[day.month - 1]
    return words["date"].format(day=day.day, month=month, year=day.year)


def pages_in_words(pages: int, words: Words) -> str:
    """ "1 page", "6 pages"."""
    return counted(words, "pages", pages).format(number=pages)
