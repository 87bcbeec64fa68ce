"""Turns finished sound files into their faults: decodes them as a player does, and looks for each utterance at its
place.

A codec for phones keeps what is heard and not the samples. So the check looks for sound within the clip of each
utterance, up to both edges, and for silence between clips.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from channels.base import Clip, Rendering
from channels.sound_files import telephone, whole
from model.diagnostics import OURS, Diagnostic
from model.inlines import NOWHERE
from narration.sound import Reals

LOUD: Final = 10 ** (-40.0 / 20)
"""Above this level somebody speaks. Takes are at -18 LUFS, and a codec's echo is below -50 dBFS."""

EDGE: Final = 0.045
"""Seconds at each end of a clip in which its sound must begin and end: a pad of 20 ms, and the soft end of a word."""

EDGE_OF_CALL: Final = 0.15
"""The same for a telephone line, which hardly carries the first sound of "three"."""

BEFORE: Final = 0.02
"""Seconds around a clip in which a codec may smear its sound."""

LATE: Final = 0.1


def faults_of(rendering: Rendering) -> Iterator[Diagnostic]:
    """All faults of the one file of `rendering`."""
    (file,) = rendering.files
    clips = rendering.clips
    try:
        if file.media_type == "application/zip":
            heard = dict(telephone.hear(file.data))
            for name, own in groupby(clips, key=lambda clip: clip.file):
                if name in heard:
                    yield from _presence(name, heard[name], telephone.RATE, tuple(own), EDGE_OF_CALL)
                else:
                    yield _fault(f"{file.path} has no {name}")
        else:
            sound = whole.hear(file.data)
            if abs(len(sound.wave) / sound.rate - (file.seconds or 0)) > LATE:
                yield _fault(f"{file.path} lasts {len(sound.wave) / sound.rate:.2f} s, not {file.seconds:.2f} s")
            yield from _presence(file.path, sound.wave, sound.rate, clips)
            if not sound.chapters:
                yield _fault(f"{file.path} has no chapters")
    except ValueError as unreadable:
        yield _fault(f"{file.path} cannot be decoded: {unreadable}")


def _presence(name: str, wave: Reals, rate: int, clips: Sequence[Clip], soft: float = EDGE) -> Iterator[Diagnostic]:
    """The faults of the clips: one does not sound up to its edges, `soft` seconds long, or something sounds between
    them."""
    loud = np.abs(wave) > LOUD
    silent_from = 0
    for clip in clips:
        begin, end = round(clip.begin * rate), round(clip.end * rate)
        edge, around = round(soft * rate), round(BEFORE * rate)
        if not (loud[begin : begin + edge].any() and loud[max(begin, end - edge) : end].any()):
            yield _fault(f"{name}: “{clip.text[:60]}” is not heard from {clip.begin:.2f} to {clip.end:.2f} s")
        if loud[silent_from : max(silent_from, begin - around)].any():
            yield _fault(f"{name}: something is heard in the pause before {clip.begin:.2f} s")
        silent_from = end + around
    if loud[silent_from:].any():
        yield _fault(f"{name}: something is heard after the end")


def _fault(message: str) -> Diagnostic:
    return Diagnostic(severity="error", code="sound-file", message=message, mark=NOWHERE, hint=OURS)
