"""Turns a Document and its narration into sound files that somebody asks for: M4B, Opus, a telephone's WAV files."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from channels.base import Channel, Clip, File, Rendering, Settings, Store, version_of
from channels.design.brand import files_of_cover
from model.diagnostics import Diagnostic
from model.document import Document
from model.editions import is_wanted
from model.traverse import prose, text_of
from narration.headings import headings_of
from narration.timeline import Timeline, timeline_of
from narration.voices import load_voice

if TYPE_CHECKING:
    from channels.sound_files.whole import Form
    from narration.takes import Takes

ENGINES: Final = ("av", "numpy", "soundfile", "pillow", "resvg_py")
IVR_SOUND: Final = "ivr-sound"


class OnWish(Channel):
    """A channel that uses the recording's timeline, if `editions:` or --channel names it."""

    name: str
    edition = "recording"

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store

    def asked(self, document: Document) -> bool:
        """True if the command line or the publication names it."""
        return self.name in self.settings.named or is_wanted(document, self.name)

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """The files. None where nobody asks for them or there is no recording."""
        if not self.asked(document):
            return Rendering(channel=self.name, files=())
        timeline = timeline_of(made)
        if timeline is None:
            return Rendering(channel=self.name, files=(), notes=("none: it is made from the recording",))
        return self.told(document, timeline)

    @abstractmethod
    def told(self, document: Document, timeline: Timeline) -> Rendering:
        """The files, made from the timeline."""


class Sound(OnWish):
    """A file made of the narration's takes."""

    def programs(self) -> tuple[str, ...]:
        """The programs of the voice, which may have to speak again what the store has lost."""
        return load_voice(self.settings).programs

    def inputs(self, document: Document) -> tuple[Path, ...]:  # noqa: ARG002 (as far as takes go)
        """No files: it is made from the document and its takes."""
        return ()

    def fingerprint(self) -> str:
        """The channel's name, whether the command line names it, the voice, and the versions of the libraries that
        write the file."""
        engines = ", ".join(f"{name} {version_of(name)}" for name in ENGINES)
        return f"{self.name} {self.name in self.settings.named}; {load_voice(self.settings).identity()}; {engines}"

    def told(self, document: Document, timeline: Timeline) -> Rendering:
        """The file, and the place of each utterance in it. The import is late since it takes 120 ms."""
        from narration.takes import takes_of  # noqa: PLC0415 (mostly numpy: 120 ms)

        takes = takes_of(timeline, load_voice(self.settings), self.store)
        file = self.file(document, timeline, takes)
        return Rendering(channel=self.name, files=(file,), clips=tuple(self.clips(timeline, file)))

    def clips(self, timeline: Timeline, file: File) -> Iterator[Clip]:
        """The place of each utterance in the file, where the check looks for it."""
        for place in timeline.places:
            begin, end = timeline.seconds(place.begin), timeline.seconds(place.end)
            said = place.utterance
            yield Clip(id=said.id, file=file.path, begin=begin, end=end, section=said.section, text=said.words)

    @abstractmethod
    def file(self, document: Document, timeline: Timeline, takes: Takes) -> File:
        """The file that is made."""

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The faults of the file: an utterance is not heard from its beginning to its end, or the pauses are not
        silent."""
        if not rendering.files:
            return ()
        from channels.sound_files.check import faults_of  # noqa: PLC0415 (numpy and PyAV: 120 ms)

        return tuple(faults_of(rendering))


class Whole(Sound):
    """The whole recording as one file."""

    form: ClassVar[str]
    suffix: ClassVar[str]
    media_type: ClassVar[str]

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The fonts and the logo of the cover."""
        return files_of_cover(document) if self.asked(document) else ()

    def file(self, document: Document, timeline: Timeline, takes: Takes) -> File:
        # Imported here since PyAV and Pillow take 120 ms, which a run in which nobody asks does not spend.
        from channels.design.cover import cover_of  # noqa: PLC0415
        from channels.sound_files import whole  # noqa: PLC0415

        title, publisher = (text_of(sentence.inlines) for sentence in (document.title, document.publisher.name))
        form: Form = getattr(whole, self.form)
        about = whole.About(
            language=document.language,
            tags=_tags(document, title, publisher),
            headings=headings_of(document, timeline),
            cover=cover_of(document),
        )
        data = whole.write(form, whole.samples_of_all(timeline, takes), timeline.rate, about)
        return File(
            path=f"audio/{document.id}{self.suffix}",
            data=data,
            media_type=self.media_type,
            role="download",
            title=document.words[self.name],
            seconds=timeline.seconds(timeline.length),
        )


class M4b(Whole):
    """An audio book for phones and audio book players."""

    name = "m4b"
    form, suffix, media_type = "M4B", ".m4b", "audio/mp4"


class Opus(Whole):
    """The smallest file, for phones and slow connections."""

    name = "opus"
    form, suffix, media_type = "OPUS", ".opus", "audio/ogg"


class Ivr(Sound):
    """A WAV file for each section, for a telephone line."""

    name = "ivr"

    def fingerprint(self) -> str:
        return f"{super().fingerprint()}; {self.kind}"

    @property
    def kind(self) -> str:
        """The form of the samples: linear or mulaw."""
        return self.settings.chosen.get(IVR_SOUND, "linear")

    def file(self, document: Document, timeline: Timeline, takes: Takes) -> File:
        from channels.sound_files import telephone  # noqa: PLC0415 (PyAV: 60 ms)

        return File(
            path=f"{document.id}-ivr.zip",
            data=telephone.write(timeline, takes, self.kind),
            media_type="application/zip",
            role="download",
            title=document.words["ivr"],
            seconds=telephone.seconds_of(timeline),
        )

    def clips(self, timeline: Timeline, file: File) -> Iterator[Clip]:  # noqa: ARG002 (the archive has files of its own)
        """The place of each utterance in the file of its section."""
        from channels.sound_files.telephone import EDGE  # noqa: PLC0415 (60 ms, as above)

        for track, places in timeline.divided():
            first = timeline.seconds(places[0].begin) - EDGE
            for place in places:
                said = place.utterance
                begin, end = (timeline.seconds(moment) - first for moment in (place.begin, place.end))
                name = f"{track.name}.wav"
                yield Clip(id=said.id, file=name, begin=begin, end=end, section=said.section, text=said.words)


def _tags(document: Document, title: str, publisher: str) -> dict[str, str]:
    """The tags, by FFmpeg's names. The date is empty unless the document has one."""
    day = document.newest_day
    return {
        "title": title,
        "album": title,
        "artist": publisher,
        "genre": "Speech",
        "date": day.isoformat() if day else "",
        "copyright": prose(document.rights),
        "comment": text_of(document.summary.inlines),
    }
