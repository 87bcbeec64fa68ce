"""The renderings of the other channels as what the page offers: downloads, and the recording with its parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from channels.base import File, Rendering
from languages.humanize import details_in_words, length_in_words
from model.document import Document, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that the reader may take. `details` say type, size and extent: "PDF, 120 KB, 2 pages"."""

    href: str
    title: str
    details: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the recording: where it begins, in seconds, and how long its track is, in words."""

    title: str
    begin: float
    href: str
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The whole of a page as sound. `timings` are (id, begin, end) in seconds, in the order they are read."""

    href: str
    seconds: float
    size: int
    download: Download
    transcript: Download | None
    parts: tuple[Part, ...]
    timings: tuple[tuple[str, float, float], ...]


def download(file: File, title: str, words: Words) -> Download:
    """A file with its type, size and extent."""
    details = details_in_words(file.media_type, len(file.data), file.pages, file.seconds, words)
    return Download(href=file.path, title=title, details=details, media_type=file.media_type)


def downloads(made: Mapping[str, Rendering], heard: Recording | None, words: Words) -> tuple[Download, ...]:
    """What every channel offers, as it made and named it; but for the transcript, which stands beside the player."""
    beside = heard.transcript.href if heard is not None and heard.transcript is not None else ""
    files = (file for rendering in made.values() for file in rendering.downloads())
    return tuple(download(file, file.title, words) for file in files if file.path != beside)


def spoken(made: Mapping[str, Rendering]) -> Rendering | None:
    """The rendering that says of each sentence where it is spoken."""
    return next((rendering for rendering in made.values() if rendering.clips), None)


def recording(document: Document, made: Mapping[str, Rendering]) -> Recording | None:
    """The recording of the whole page, or None where there is none: the one whose clips say where a sentence is."""
    rendering = spoken(made)
    if rendering is None:
        return None
    path = rendering.clips[0].file
    files = {file.path: file for file in rendering.files}
    whole = files.get(path)
    index = next((file for file in rendering.files if file.media_type == "application/json"), None)
    if whole is None or whole.seconds is None or index is None:
        return None
    clips = tuple(clip for clip in rendering.clips if clip.file == path)
    transcript = next((file for file in rendering.files if file.media_type == "text/plain"), None)
    words = document.words
    return Recording(
        href=path,
        seconds=whole.seconds,
        size=len(whole.data),
        download=download(whole, words["download"], words),
        transcript=download(transcript, words["transcript"], words) if transcript else None,
        parts=_parts(json.loads(index.data)["parts"], files, path, words),
        timings=tuple((clip.id, round(clip.begin, 3), round(clip.end, 3)) for clip in clips),
    )


def _parts(listed: Iterable[Mapping[str, Any]], files: Mapping[str, File], path: str, words: Words) -> tuple[Part, ...]:
    """The parts as the audio channel cut them, with what only the recording says; each as long as its own track."""
    return tuple(
        Part(
            title=track.title,
            begin=round(part["begin"], 3),
            href=f"{path}#t={part['begin']:.2f}",
            length=length_in_words(track.seconds or 0, words),
        )
        for part in listed
        for track in (files[f"{path.rpartition('/')[0]}/{part['file']}"],)
    )
