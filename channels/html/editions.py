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
    as_format: Download
    transcript: Download | None
    parts: tuple[Part, ...]
    timings: tuple[tuple[str, float, float], ...]


def download(file: File, title: str, words: Words) -> Download:
    """A file with its type, size and extent."""
    details = details_in_words(file.media_type, len(file.data), file.pages, file.seconds, words)
    return Download(href=file.path, title=title, details=details, media_type=file.media_type)


def printed(made: Mapping[str, Rendering], words: Words) -> tuple[Download, ...]:
    """The editions to print, as the channel made and named them."""
    rendering = made.get("pdf")
    if rendering is None:
        return ()
    return tuple(download(file, file.title, words) for file in rendering.files if file.title)


def recording(document: Document, made: Mapping[str, Rendering]) -> Recording | None:
    """The recording of the whole page, or None where the audio channel was not asked for."""
    rendering = made.get("audio")
    if rendering is None:
        return None
    path = f"audio/{document.id}.mp3"
    files = {file.path: file for file in rendering.files}
    whole, index = files.get(path), files.get("audio/clips.json")
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
        as_format=download(whole, words["recording"], words),
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
        for track in (files[f"audio/{part['file']}"],)
    )
