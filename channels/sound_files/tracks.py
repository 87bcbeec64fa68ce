"""Turns the recording's tracks into one zip file with a folder to copy to a USB stick or to burn on a CD as it is.

File names have eight characters and three (ISO 9660), with the number of the track first. A label in plain text says
what is on it. It can be read on the screen, printed for the case, or sent to a braille display.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from channels.base import Channel, File, Rendering, Settings, Store
from channels.elements.archive import contents, folder_of, pack, plain
from channels.elements.chapters import tracks_of
from languages.humanize import date_in_words, length_in_words
from model.diagnostics import OURS, Diagnostic
from model.document import Document
from model.editions import is_wanted
from model.inlines import NOWHERE
from model.traverse import prose, text_of
from narration.timeline import timeline_of

MEDIA_TYPE: Final = "application/zip"
LABEL: Final = "label.txt"
PLAYLIST: Final = "tracks.m3u"
NAME: Final = re.compile(r"[a-z0-9_]{1,8}\.[a-z0-9]{1,3}")
MARK: Final = "\N{BYTE ORDER MARK}"
"""Shows programs of any age that the label is UTF-8."""


class Tracks(Channel):
    """All tracks in one zip file."""

    name = "tracks"
    edition = "recording"

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store

    def inputs(self, document: Document) -> tuple[()]:  # noqa: ARG002 (nothing beside the document)
        """No files: it is made from the tracks."""
        return ()

    def fingerprint(self) -> str:
        """The channel's name, since nothing else changes the bytes."""
        return self.name

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """`<publication>-tracks.zip`. Without files where there is no recording or the author wants none."""
        if not is_wanted(document, self.name):
            return Rendering(channel=self.name, files=(), notes=("none: the author does not ask for it",))
        tracks = tuple(tracks_of(timeline_of(made), made).values())
        if not tracks:
            return Rendering(channel=self.name, files=(), notes=("none: it is made from the recording",))
        data = pack(_files(document, tracks))
        file = File(
            path=f"{document.id}-tracks.zip",
            data=data,
            media_type=MEDIA_TYPE,
            role="download",
            title=document.words["tracks"],
            seconds=sum(track.seconds or 0 for track in tracks),
        )
        return Rendering(channel=self.name, files=(file,))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The faults of the archive: more than one folder, names that not every disc can hold, a label that does not
        fit the tracks."""
        return tuple(fault for file in rendering.files for fault in _faults(file))


def _files(document: Document, tracks: Sequence[File]) -> Iterator[tuple[str, bytes]]:
    folder = folder_of(document, "tracks")
    names = [_name(number, track.title, len(tracks)) for number, track in enumerate(tracks, 1)]
    yield f"{folder}/{LABEL}", _label(document, tracks, names).encode("utf-8", "replace")
    lines = [
        "#EXTM3U",
        *(f"#EXTINF:{round(t.seconds or 0)},{t.title}\r\n{n}" for t, n in zip(tracks, names, strict=True)),
    ]
    yield f"{folder}/{PLAYLIST}", ("\r\n".join(lines) + "\r\n").encode("utf-8", "replace")
    for name, track in zip(names, tracks, strict=True):
        yield f"{folder}/{name}", track.data


def _label(document: Document, tracks: Sequence[File], names: Sequence[str]) -> str:
    """Title, publisher, dates and length, then the tracks, each with its number, title, length and file."""
    words, dates = document.words, document.dates
    whole = length_in_words(sum(track.seconds or 0 for track in tracks), words)
    facts = [(words["publisher"], text_of(document.publisher.name.inlines))]
    facts += [(words["version"], document.version)] if document.version else []
    facts += [
        (words[key], date_in_words(day, words))
        for key, day in (("published", dates.published), ("reviewed", dates.reviewed))
        if day is not None
    ]
    facts += [(words["website"], document.url)] if document.url else []
    facts.append((words["recording"], whole))
    lines = [text_of(document.title.inlines), "", *(words["labelled"].format(kind=k, text=t) for k, t in facts), ""]
    if document.rights:
        lines += [prose(document.rights), ""]
    lines += [words["listen_parts"], ""]
    lines += [
        f"{number}. {track.title} ({length_in_words(track.seconds or 0, words)}, {name})"
        for number, (track, name) in enumerate(zip(tracks, names, strict=True), 1)
    ]
    return MARK + "\r\n".join(lines) + "\r\n"


def _name(number: int, title: str, count: int) -> str:
    """A track's file name, such as 01introd.mp3. Sorted by name, tracks are in order."""
    width = max(2, len(str(count)))
    return f"{number:0{width}d}{plain(title)}"[:8] + ".mp3"


def _faults(file: File) -> Iterator[Diagnostic]:
    packed = contents(file.data)
    folders = {path.partition("/")[0] for path in packed}
    names = [path.partition("/")[2] for path in packed]
    faults = [f"{name} is no name for a disc" for name in names if not NAME.fullmatch(name)]
    if len(folders) != 1 or names[:2] != [LABEL, PLAYLIST]:
        faults.append("it is not one folder with its label first")
    else:
        label = packed[f"{next(iter(folders))}/{LABEL}"].decode()
        faults += [f"the label does not name {name}" for name in names[2:] if f", {name})" not in label]
        faults += ["its tracks are not in the order of their names"] if names[2:] != sorted(names[2:]) else []
    for message in faults:
        yield Diagnostic(
            severity="error", code="tracks-zip", message=f"{file.path}: {message}", mark=NOWHERE, hint=OURS
        )
