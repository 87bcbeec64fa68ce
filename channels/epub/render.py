"""Turns a Document, its narration and its recording into an EPUB 3.3 with Media Overlays for every sentence and row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from channels.base import File, Passage, Rendering, version_of
from channels.design.brand import files_of_cover
from channels.design.typeface import typeface_files
from channels.elements.archive import pack
from channels.elements.book_images import BookImage
from channels.elements.chapters import Chapter, chapters
from channels.elements.dialect import Context
from channels.elements.mp3 import picture_in
from channels.elements.read_back import passages
from channels.elements.talking_book import TalkingBook
from channels.epub import package
from channels.epub.package import Item
from channels.epub.text import BookDialect, chapters_by_id, file_of, untold, xhtml
from channels.epub.typeface import own_type
from model.blocks import Figure, Statistic
from model.diagnostics import Diagnostic
from model.document import Document
from model.traverse import blocks_of
from narration.timeline import Timeline

HERE: Final = Path(__file__).parent
MEDIA_TYPE: Final = "application/epub+zip"
UNDATED_NOTE: Final = (
    f"without a date, and last changed on {package.UNDATED}: the format demands a day, the source names none"
)
IMAGES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


class EpubChannel(TalkingBook):
    """A talking book for reading apps. It reads well without its sound too."""

    name = "epub"
    ending = ".epub"
    media_type = MEDIA_TYPE
    undated = UNDATED_NOTE
    draws = True

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The document's images, the fonts and the logo of the cover, and the publisher's typeface."""
        images = (source for _, source in self.images(document).values())
        return (*images, *files_of_cover(document), *typeface_files(document))

    def fingerprint(self) -> str:
        """The versions of the libraries that write it."""
        tools = ("markupsafe", "pillow", "resvg_py", "fonttools", "tinycss2")
        return f"epub {' '.join(f'{tool}={version_of(tool)}' for tool in tools)}"

    def image_name(self, number: int, image: str) -> str:
        """A name of the book's own."""
        return f"image-{number}{PurePosixPath(image).suffix.lower()}"

    def book(
        self, document: Document, timeline: Timeline, tracks: Mapping[str, File], pictures: Mapping[str, BookImage]
    ) -> bytes:
        """The EPUB."""
        made = chapters(document, timeline)
        images = self.images(document)
        dialect = BookDialect(chapter_of=chapters_by_id(made))
        notes = {note.id: untold(note) for note in document.footnotes}
        shown = {image: picture.shown for image, picture in pictures.items()}
        context = Context(words=document.words, language=document.language, images=shown, notes=notes, dialect=dialect)
        of_notes = frozenset(sentence.id for note in document.footnotes for sentence in note.sentences)
        texts = {chapter.track.name: xhtml(chapter, document, context) for chapter in made}
        own = own_type(document, texts.values())
        pictured = any(isinstance(block, Figure | Statistic) for block in blocks_of(document))
        files: dict[str, bytes] = {
            "nav.xhtml": package.navigation(made, document).encode(),
            "book.css": (HERE / "styles" / "book.css").read_bytes() + own.css.encode(),
            "cover.png": _cover(document, tracks),
        }
        for chapter in made:
            files[file_of(chapter)] = texts[chapter.track.name].encode()
            files[f"{chapter.track.name}.smil"] = package.overlay(chapter, of_notes).encode()
        files |= {picture.shown.source: picture.data for picture in pictures.values()}
        files |= {f"{chapter.track.name}.mp3": tracks[chapter.track.name].data for chapter in made}
        files |= own.files
        items = (*_items(made, texts, images), *own.items())
        opf = package.package(document, made, items, pictured=pictured)
        return pack(
            [
                ("mimetype", MEDIA_TYPE.encode()),
                ("META-INF/container.xml", package.CONTAINER.encode()),
                ("EPUB/package.opf", opf.encode()),
                *((f"EPUB/{name}", data) for name, data in files.items()),
            ]
        )

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The faults of every overlay, compared with its text and its track."""
        from channels.epub.check import faults_of  # noqa: PLC0415 (XML's parser: 10 ms)

        return tuple(fault for file in rendering.files for fault in faults_of(file))

    def read_back(self, rendering: Rendering) -> Iterator[Passage]:
        """The chapters, in the order of the spine."""
        from channels.epub.check import texts_of  # noqa: PLC0415 (XML's parser: 10 ms)

        for file in rendering.files:
            for root in texts_of(file.data):
                yield from passages(file.path, root)


def _cover(document: Document, tracks: Mapping[str, File]) -> bytes:
    """The cover of the recording, which its tracks hold already. It is drawn where they do not."""
    if picture := next((picture_in(track.data) for track in tracks.values()), b""):
        return picture
    from channels.design.cover import cover_of  # noqa: PLC0415 (Pillow: 40 ms, and the drawing as much)

    return cover_of(document)


def _items(
    made: tuple[Chapter, ...], texts: Mapping[str, str], images: Mapping[str, tuple[str, Path]]
) -> Iterator[Item]:
    yield Item(id="nav", href="nav.xhtml", media_type="application/xhtml+xml", properties="nav")
    yield Item(id="css", href="book.css", media_type="text/css")
    yield Item(id="cover", href="cover.png", media_type="image/png", properties="cover-image")
    for chapter in made:
        name = chapter.track.name
        yield Item(
            id=package.text_id(chapter),
            href=file_of(chapter),
            media_type="application/xhtml+xml",
            properties="svg" if "<svg" in texts[name] else "",
            overlay=package.overlay_id(chapter),
        )
        yield Item(id=package.overlay_id(chapter), href=f"{name}.smil", media_type="application/smil+xml")
        yield Item(id=f"audio-{name}", href=f"{name}.mp3", media_type="audio/mpeg")
    for number, (name, source) in enumerate(images.values(), 1):
        yield Item(id=f"image-{number}", href=name, media_type=IMAGES[source.suffix.lower()])
