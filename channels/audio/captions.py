"""Turns a timeline into the texts that go with it: captions, clips as data, transcript, playlist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from channels.audio.cues import Cue, cues
from channels.base import File
from narration.headings import Heading
from narration.timeline import Timeline, Track
from narration.utterance import BLOCK

STOPPED: Final = re.compile(r"""[.?!]["'”’)]*\Z""")


def captions(timeline: Timeline) -> str:
    """The captions as WebVTT. A cue's identifier is the sentence's id; it is absent where only the recording says
    the words. A long sentence has several cues with the same id. The text is as written, since figures are quicker
    to read than their words."""
    blocks = ["WEBVTT\n"]
    for place in timeline.places:
        said, begin, end = place.utterance, place.begin / timeline.rate, place.end / timeline.rate
        for cue in cues(said.id, said.shown, begin, end):
            own = f"{cue.id}\n" if cue.id else ""
            text = "\n".join(cue.lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            blocks.append(f"{own}{_clock(cue.begin)} --> {_clock(cue.end)}\n{text}\n")
    return "\n".join(blocks)


def read_captions(text: str) -> Iterator[Cue]:
    """The cues of a WebVTT file that `captions` made, as a player shows them. Raises ValueError for anything else."""
    for block in text.strip().split("\n\n")[1:]:
        own, timing, *lines = block.split("\n") if " --> " not in block.split("\n")[0] else ("", *block.split("\n"))
        begin, _, end = timing.partition(" --> ")
        shown = tuple(line.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&") for line in lines)
        yield Cue(id=own, begin=_seconds(begin), end=_seconds(end), lines=shown)


def clips(timeline: Timeline, headings: Iterable[Heading], whole: str) -> str:
    """The places of the timeline as JSON, in seconds of the whole recording and of the track. `id` is null for what
    is only heard."""
    data: dict[str, object] = {
        "file": whole,
        "language": timeline.language,
        "seconds": round(timeline.length / timeline.rate, 3),
        "parts": [_part(track, timeline) for track in timeline.tracks],
        "headings": [_heading(heading, timeline) for heading in headings],
        "clips": list(_clips(timeline)),
    }
    if timeline.sounds:
        data["sounds"] = dict(timeline.sounds)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _part(track: Track, timeline: Timeline) -> dict[str, object]:
    return {
        "id": track.part.id,
        "title": track.part.title,
        "file": f"{track.name}.mp3",
        "begin": timeline.seconds(track.begin),
        "end": timeline.seconds(track.end),
    }


def _heading(heading: Heading, timeline: Timeline) -> dict[str, object]:
    return {
        "id": heading.id,
        "title": heading.title,
        "level": heading.level,
        "begin": timeline.seconds(heading.begin),
        "end": timeline.seconds(heading.end),
    }


def _clips(timeline: Timeline) -> Iterator[dict[str, object]]:
    tracks = {track.part.id: track for track in timeline.tracks}
    for place in timeline.places:
        track = tracks[place.utterance.section]
        yield {
            "id": place.utterance.id or None,
            "section": place.utterance.section,
            "begin": timeline.seconds(place.begin),
            "end": timeline.seconds(place.end),
            "track": f"{track.name}.mp3",
            "track_begin": timeline.seconds(place.begin - track.begin),
            "track_end": timeline.seconds(place.end - track.begin),
            "text": place.utterance.words,
            "shown": place.utterance.shown,
        }


def transcript(timeline: Timeline) -> str:
    """The recording as text for readers, in written form. There is a paragraph for each stretch between longer
    pauses. In it sentences follow one another, and words without a stop have a line of their own. Two blank lines
    stand between parts."""
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


def read_transcript(text: str, cues: Iterable[Cue]) -> Iterator[Cue]:
    """The cues whose words are found one after the other in a transcript; then, once more, those whose words stand
    there again. White space does not count, since a caption breaks its lines in places of its own."""
    whole, at, between = unspaced(text), 0, []
    said = [(cue, unspaced("".join(cue.lines))) for cue in cues]
    for cue, words in said:
        place = whole.find(words, at)
        if place >= 0 and not (place > at and words[:1].isdigit() and whole[place - 1].isdigit()):  # 725 is no 25
            between.append(whole[at:place])
            yield cue
            at = place + len(words)
    rest = "\n".join((*between, whole[at:])).strip()
    yield from (cue for cue, words in said if rest and words in rest)


def unspaced(text: str) -> str:
    """`text` without its white space, which captions and transcript have in places of their own."""
    return "".join(text.split())


def playlist(tracks: Iterable[File], title: str) -> str:
    """The tracks in order as an extended M3U in UTF-8."""
    lines = ["#EXTM3U", f"#PLAYLIST:{title}"]
    for track in tracks:
        lines += [f"#EXTINF:{round(track.seconds or 0)},{track.title}", track.path.rpartition("/")[2]]
    return "\n".join(lines) + "\n"


def _seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def _clock(moment: float) -> str:
    thousandths = round(moment * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
