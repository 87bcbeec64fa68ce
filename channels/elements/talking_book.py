"""Turns a Document, its narration and its recording into one file, a talking book: the steps that all formats share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from channels.base import Channel, File, Rendering, Settings, Store
from channels.elements.book_images import BookImage, image_faults, images_of, read_images
from channels.elements.chapters import tracks_of
from model.diagnostics import Diagnostic, has_errors
from model.document import Document
from model.editions import is_wanted
from narration.timeline import Timeline, timeline_of


class TalkingBook(Channel, Protocol):
    """A channel whose only file is a book. Its file's name is the publication's with `ending`. `undated` is the note
    where the source names no date."""

    edition: str = "recording"
    ending: str
    media_type: str
    undated: str

    def __init__(self, settings: Settings, store: Store) -> None:  # noqa: ARG002, as the registry makes every channel
        """A book has no settings, and keeps nothing."""
        return

    def image_name(self, number: int, image: str) -> str:
        """The name in the book of the author's image with a path. `number` counts its images from 1."""
        ...

    def images(self, document: Document) -> Mapping[str, tuple[str, Path]]:
        """Each image that the author names, with its name in the book and its file."""
        return images_of(document, self.image_name)

    def pictures(self, document: Document) -> Mapping[str, BookImage]:
        """The author's images as the book shows them, by the author's paths."""
        return read_images(document, self.images(document))

    def book(
        self, document: Document, timeline: Timeline, tracks: Mapping[str, File], pictures: Mapping[str, BookImage]
    ) -> bytes:
        """The book as the bytes of its file. `pictures` are its images, by the author's paths."""
        ...

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """The book. Without files where there is no recording."""
        if not is_wanted(document, self.name):
            return Rendering(channel=self.name, files=(), notes=("none: the author does not ask for it",))
        timeline = timeline_of(made)
        tracks = tracks_of(timeline, made)
        if timeline is None or not tracks:
            return Rendering(channel=self.name, files=(), notes=("none: it is made from the recording",))
        pictures = self.pictures(document)
        found = image_faults(document, pictures)
        if has_errors(found):
            return Rendering(channel=self.name, files=(), diagnostics=found)
        file = File(
            path=f"{document.id}{self.ending}",
            data=self.book(document, timeline, tracks, pictures),
            media_type=self.media_type,
            role="download",
            title=document.words[self.name],
            seconds=timeline.seconds(timeline.length),
        )
        notes = () if document.newest_day else (self.undated,)
        return Rendering(channel=self.name, files=(file,), diagnostics=found, notes=notes)

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """What is damaged in its images, and what is removed from them."""
        return image_faults(document, self.pictures(document)) if is_wanted(document, self.name) else ()
