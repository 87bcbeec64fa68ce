"""A timeline to the texts that go with it: captions, clips as data, transcript, playlist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from channels.base import File
from narration.timeline import Timeline
from narration.utterance import BLOCK

STOPPED: Final = re.compile(r"""[.?!]["'”’)]*\Z""")


def captions(timeline: Timeline) -> str:
    """WebVTT, one cue an utterance; a cue's identifier is the sentence's id, and is absent where only the recording
    says it. The text is as written: figures are quicker to read than their words."""
    cues = ["WEBVTT\n"]
    for place in timeline.places:
        own = f"{place.utterance.id}\n" if place.utterance.id else ""
        begin, end = _clock(place.begin / timeline.rate), _clock(place.end / timeline.rate)
        text = place.utterance.shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        cues.append(f"{own}{begin} --> {end}\n{text}\n")
    return "\n".join(cues)


def clips(timeline: Timeline, whole: str) -> str:
    """The places as JSON: seconds in the whole recording and in the track. `id` is null for what is only heard."""
    tracks = {track.part.id: (track, f"{track.name}.mp3") for track in timeline.tracks}
    entries = []
    for place in timeline.places:
        track, name = tracks[place.utterance.section]
        entries.append(
            {
                "id": place.utterance.id or None,
                "section": place.utterance.section,
                "begin": timeline.seconds(place.begin),
                "end": timeline.seconds(place.end),
                "track": name,
                "track_begin": timeline.seconds(place.begin - track.begin),
                "track_end": timeline.seconds(place.end - track.begin),
                "text": place.utterance.words,
                "shown": place.utterance.shown,
            }
        )
    parts = [
        {
            "id": track.part.id,
            "title": track.part.title,
            "file": name,
            "begin": timeline.seconds(track.begin),
            "end": timeline.seconds(track.end),
        }
        for track, name in tracks.values()
    ]
    data = {
        "file": whole,
        "language": timeline.language,
        "seconds": round(timeline.length / timeline.rate, 3),
        "parts": parts,
        "clips": entries,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def transcript(timeline: Timeline) -> str:
    """What is said, as it is written, for whoever reads it: a paragraph for each stretch between longer pauses, in
    which sentences run on and what has no stop has a line; two blank lines between parts."""
    text, section, pause = "", "", 0.0
    for place in timeline.places:
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


def _clock(moment: float) -> str:
    thousandths = round(moment * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
