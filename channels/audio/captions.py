"""A recording's places to the texts that go with it: captions, clips as data, transcript, playlist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from channels.base import File
from narration.timeline import Recording
from narration.utterance import BLOCK

STOPPED: Final = re.compile(r"""[.?!]["'”’)]*\Z""")


def captions(recording: Recording) -> str:
    """WebVTT, one cue an utterance; a cue's identifier is the sentence's id, and is absent where only the recording
    says it. The text is as written: figures are quicker to read than their words."""
    cues = ["WEBVTT\n"]
    for place in recording.places:
        own = f"{place.utterance.id}\n" if place.utterance.id else ""
        begin, end = _clock(place.begin / recording.rate), _clock(place.end / recording.rate)
        text = place.utterance.shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        cues.append(f"{own}{begin} --> {end}\n{text}\n")
    return "\n".join(cues)


def clips(recording: Recording, whole: str, names: Iterable[str]) -> str:
    """The places as JSON: seconds in the whole recording and in the track. `id` is null for what is only heard."""
    tracks = {track.part.id: (track, name) for track, name in zip(recording.tracks, names, strict=True)}
    entries = []
    for place in recording.places:
        track, name = tracks[place.utterance.section]
        entries.append(
            {
                "id": place.utterance.id or None,
                "section": place.utterance.section,
                "begin": seconds(place.begin, recording.rate),
                "end": seconds(place.end, recording.rate),
                "track": name,
                "track_begin": seconds(place.begin - track.begin, recording.rate),
                "track_end": seconds(place.end - track.begin, recording.rate),
                "text": place.utterance.words,
                "shown": place.utterance.shown,
            }
        )
    parts = [
        {
            "id": track.part.id,
            "title": track.part.title,
            "file": name,
            "begin": seconds(track.begin, recording.rate),
            "end": seconds(track.end, recording.rate),
        }
        for track, name in tracks.values()
    ]
    language = recording.places[0].utterance.language
    data = {
        "file": whole,
        "language": language,
        "seconds": round(recording.seconds, 3),
        "parts": parts,
        "clips": entries,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def transcript(recording: Recording) -> str:
    """What is said, as it is written, for whoever reads it: a paragraph for each stretch between longer pauses, in
    which sentences run on and what has no stop has a line; two blank lines between parts."""
    text, section, pause = "", "", 0.0
    for place in recording.places:
        utterance = place.utterance
        if section not in ("", utterance.section):
            text += "\n\n\n"
        elif pause >= BLOCK:
            text += "\n\n"
        elif text:
            text += " " if STOPPED.search(text) else "\n"
        text += utterance.shown
        section, pause = utterance.section, utterance.pause
    return f"{text}\n"


def playlist(tracks: Iterable[File], title: str) -> str:
    """An extended M3U in UTF-8, the tracks in order."""
    lines = ["#EXTM3U", f"#PLAYLIST:{title}"]
    for track in tracks:
        lines += [f"#EXTINF:{round(track.seconds or 0)},{track.title}", track.path.rpartition("/")[2]]
    return "\n".join(lines) + "\n"


def seconds(samples: int, rate: int) -> float:
    """Exact to the sample, so that a check can look for each at its very place."""
    return round(samples / rate, 5)


def _clock(moment: float) -> str:
    thousandths = round(moment * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
