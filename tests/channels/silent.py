"""Turns a Document into its recording without a voice: the real script at made-up moments, and tracks of silence.

The books are then made as always. So many pages can be bound in a second, none of which is spoken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from channels import CHANNELS
from channels.base import File, Rendering, Settings
from model.document import Document
from narration.script import script
from narration.timeline import NAME, PATH, Place, Timeline, Track, frame_size, write
from narration.utterance import parts
from tests.narration.fakes import MemoryStore

RATE: Final = 24_000
FRAME: Final = bytes((0xFF, 0xF3, 0x84, 0xC4)) + bytes(188)
"""A frame of silence: MPEG-2 Layer III, 64 kbit/s, 24 kHz, mono."""


def recording(document: Document) -> dict[str, Rendering]:
    """The renderings that a book is made from. Each utterance lasts a tenth of a second for each five letters."""
    frame, at = frame_size(RATE), 0
    places, tracks = [], []
    said = script(document, Settings())
    for number, part in enumerate(parts(document), 1):
        begin = at
        at += RATE // 4
        for utterance in (one for one in said if one.section == part.id):
            end = at + RATE // 10 * (1 + len(utterance.shown) // 5)
            places.append(Place(utterance=utterance, begin=at, end=end, sound=""))
            at = end + round(utterance.pause * RATE)
        end = at = -(-at // frame) * frame
        tracks.append(Track(part=part, name=f"{number:02d}-{part.id}", begin=begin, end=end, until=end))
    made = Timeline(language=document.language, rate=RATE, length=at, places=tuple(places), tracks=tuple(tracks))
    files = tuple(
        File(
            path=f"audio/{track.name}.mp3",
            data=FRAME * ((track.end - track.begin) // frame),
            media_type="audio/mpeg",
            role="part",
            title=track.part.title,
            seconds=(track.end - track.begin) / RATE,
        )
        for track in tracks
    )
    return {
        NAME: Rendering(channel=NAME, files=(File(path=PATH, data=write(made), media_type="application/json"),)),
        "audio": Rendering(channel="audio", files=files),
    }


def bound(document: Document, channel: str, recorded: Mapping[str, Rendering] | None = None) -> File:
    """The book of a document in one of the formats."""
    rendering = CHANNELS[channel].load(Settings(), MemoryStore()).render(document, recorded or recording(document))
    (file,) = rendering.files
    return file
