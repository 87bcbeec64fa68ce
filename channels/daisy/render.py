"""Turns a Document, its narration and its recording into a DAISY 2.02 book in a zip file: full text, full audio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree

from channels.base import File, Passage, Rendering, version_of
from channels.daisy.book import files_of
from channels.daisy.stretches import track_name
from channels.daisy.text import own_of
from channels.design import fonts_of_cover
from channels.elements.archive import contents, folder_of, pack
from channels.elements.book_images import BookImage
from channels.elements.chapters import chapters
from channels.elements.dialect import Context, Xhtml
from channels.elements.read_back import passages
from channels.elements.talking_book import TalkingBook
from model.diagnostics import Diagnostic
from model.document import Document
from narration.timeline import Timeline

MEDIA_TYPE: Final = "application/zip"
UNDATED_NOTE: Final = "without a date, which the format demands: the source names none"
SVG: Final = ".svg"
TALL: Final = 800
"""The greatest height of a drawing, in CSS pixels, and that of one that does not say how high it is."""


class DaisyChannel(TalkingBook):
    """A talking book for DAISY players."""

    name = "daisy"
    ending = "-daisy.zip"
    media_type = MEDIA_TYPE
    undated = UNDATED_NOTE

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The document's images, and the fonts in which drawings are drawn."""
        images = tuple(source for _, source in self.images(document).values())
        return (*images, *fonts_of_cover()) if any(image.suffix.lower() == SVG for image in images) else images

    def fingerprint(self) -> str:
        """The versions of the libraries that write the markup, turn photographs and draw drawings."""
        tools = ("markupsafe", "pillow", "resvg_py", "tinycss2")
        return f"daisy {' '.join(f'{tool}={version_of(tool)}' for tool in tools)}"

    def image_name(self, number: int, image: str) -> str:
        """A name that old players read."""
        return f"i{number:04d}{_suffix(image)}"

    def book(
        self, document: Document, timeline: Timeline, tracks: Mapping[str, File], pictures: Mapping[str, BookImage]
    ) -> bytes:
        """The zip file, with one folder whose name any disc can hold."""
        made = chapters(document, timeline)
        drawings = {name: _drawn(image) for name, image in pictures.items()}
        notes = {note.id: note for note in document.footnotes}
        shown = {name: image.shown for name, image in drawings.items()}
        context = Context(words=document.words, language=document.language, images=shown, notes=notes, dialect=Xhtml())
        sound = {track_name(number): tracks[chapter.track.name].data for number, chapter in enumerate(made, 1)}
        images = {image.shown.source: image.data for image in drawings.values()}
        folder = folder_of(document, "daisy")
        return pack((f"{folder}/{name}", data) for name, data in files_of(document, made, context, sound, images))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The rules of the format that the book breaks."""
        from channels.daisy.check import faults_of  # noqa: PLC0415 (XML's parser: 10 ms)

        return tuple(fault for file in rendering.files for fault in faults_of(file.path, contents(file.data)))

    def read_back(self, rendering: Rendering) -> Iterator[Passage]:
        """The text, from beginning to end."""
        for file in rendering.files:
            (text,) = contents(file.data, "/text.html").values()
            for passage in passages(file.path, ElementTree.fromstring(text)):  # noqa: S314 (of our own making)
                yield replace(passage, id=own_of(passage.id))


def _suffix(image: str) -> str:
    """The ending of an image's file in the book. Players and DAISY's own validator know JPEG and PNG, not SVG."""
    suffix = PurePosixPath(image).suffix.lower()
    return {".jpeg": ".jpg", SVG: ".png"}.get(suffix, suffix)


def _drawn(image: BookImage) -> BookImage:
    """An image whose file is a picture of pixels: a drawing at twice its size, so that it can be enlarged."""
    if not image.data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return image
    from channels.design.pixels import drawn  # noqa: PLC0415 (Pillow, for its fonts: 40 ms, for drawings alone)

    height = 2 * min(image.shown.height or TALL, TALL)
    return replace(image, data=drawn(image.data, image.shown.source, height))
