"""Turns the renderings of other channels into what the page offers: downloads, and the recording with its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from channels.base import File, Rendering
from channels.html.assets import versioned
from languages.humanize import details_in_words, label_in_words, length_in_words
from model.document import Document, Words
from narration.headings import Heading, headings_of
from narration.timeline import Timeline, timeline_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that the reader may take. `details` are type, size and extent: "PDF, 120 KB, 2 pages"."""

    href: str
    title: str
    details: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the recording. `begin` is in seconds, `length` is in words. `within` are the parts that its headings
    begin."""

    title: str
    begin: float
    href: str
    length: str
    within: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The whole page as sound. `timings` are (id, begin, end) in seconds, in the order in which they are read."""

    href: str
    length: str
    seconds: float
    size: int
    download: Download
    transcript: Download | None
    parts: tuple[Part, ...]
    timings: tuple[tuple[str, float, float], ...]


def download(file: File, title: str, words: Words) -> Download:
    """A file with its type, size and extent."""
    details = details_in_words(file.media_type, len(file.data), file.pages, file.seconds, words)
    title, details = label_in_words(title, details)
    return Download(href=versioned(file), title=title, details=details, media_type=file.media_type)


def downloads(made: Mapping[str, Rendering], heard: Recording | None, words: Words) -> tuple[Download, ...]:
    """The downloads of every channel, as it named them, except the transcript, which stands beside the player."""
    beside = heard.transcript.href if heard is not None and heard.transcript is not None else ""
    files = (file for rendering in made.values() for file in rendering.downloads())
    return tuple(download(file, file.title, words) for file in files if versioned(file) != beside)


def spoken(made: Mapping[str, Rendering], timeline: Timeline) -> tuple[Rendering, tuple[File, ...]] | None:
    """The rendering that has every track of the timeline as a file, and these files. None where there is none."""
    names = [track.name for track in timeline.tracks]
    for rendering in made.values():
        files = {PurePosixPath(file.path).stem: file for file in rendering.files if file.role == "part"}
        if files.keys() >= set(names):
            return rendering, tuple(files[name] for name in names)
    return None


def recording(document: Document, made: Mapping[str, Rendering]) -> Recording | None:
    """The recording of the whole page: the one that has the tracks of the timeline. None where there is none."""
    timeline = timeline_of(made)
    found = spoken(made, timeline) if timeline is not None else None
    if timeline is None or found is None:
        return None
    rendering, tracks = found
    whole = next((file for file in rendering.downloads() if file.media_type.startswith("audio/")), None)
    if whole is None or whole.seconds is None:
        return None
    transcript = next((file for file in rendering.files if file.media_type == "text/plain"), None)
    words = document.words
    return Recording(
        href=versioned(whole),
        length=length_in_words(whole.seconds, words),
        seconds=whole.seconds,
        size=len(whole.data),
        download=download(whole, words["download"], words),
        transcript=download(transcript, words["transcript"], words) if transcript else None,
        parts=_parts(document, timeline, tracks, versioned(whole)),
        timings=tuple(_timings(timeline)),
    )


def _timings(timeline: Timeline) -> Iterator[tuple[str, float, float]]:
    """The moments of the sentences. What only the recording says has no place on the page."""
    for place in timeline.places:
        if place.utterance.id:
            begin, end = (round(timeline.seconds(moment), 3) for moment in (place.begin, place.end))
            yield place.utterance.id, begin, end


def _parts(document: Document, timeline: Timeline, files: Iterable[File], address: str) -> tuple[Part, ...]:
    """The parts of the recording, one for each track, with what only the recording says. `length` is that of the
    track."""
    headings = headings_of(document, timeline)
    parts = []
    for track, file in zip(timeline.tracks, files, strict=True):
        within = [heading for heading in headings if track.begin < heading.begin < track.until]
        length = length_in_words(file.seconds or 0, document.words)
        inner = _nested(within, timeline, address, document.words)
        parts.append(_part(file.title, timeline.seconds(track.begin), length, address, inner))
    return tuple(parts)


def _nested(headings: Sequence[Heading], timeline: Timeline, address: str, words: Words) -> tuple[Part, ...]:
    """The parts that `headings` begin, nested like the headings. The length of each includes all that lies within
    it."""
    found = []
    at = 0
    while at < len(headings):
        first = headings[at]
        until = next((n for n in range(at + 1, len(headings)) if headings[n].level <= first.level), len(headings))
        length = length_in_words(timeline.seconds(headings[until - 1].end - first.begin), words)
        inner = _nested(headings[at + 1 : until], timeline, address, words)
        found.append(_part(first.title, timeline.seconds(first.begin), length, address, inner))
        at = until
    return tuple(found)


def _part(title: str, begin: float, length: str, address: str, within: tuple[Part, ...]) -> Part:
    return Part(title=title, begin=round(begin, 3), href=f"{address}#t={begin:.2f}", length=length, within=within)
