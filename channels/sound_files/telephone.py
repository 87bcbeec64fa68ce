"""Turns the recording's sections into sound for a telephone line: a zip of WAV files, 8 kHz mono, for IVR systems.

The samples are linear in 16 bits or µ-law (ITU-T G.711), as the user chooses. Each section begins and ends with a
tenth of a second of silence, since the system that plays them makes the pauses.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, cast

import av
import numpy as np
import soundfile

from channels.elements.archive import contents, pack
from narration.assemble import samples_of
from narration.sound import Reals, Samples
from narration.takes import Takes
from narration.timeline import Timeline

RATE: Final = 8000
EDGE: Final = 0.1
SUBTYPES: Final = {"linear": "PCM_16", "mulaw": "ULAW"}


def write(timeline: Timeline, takes: Takes, kind: str) -> bytes:
    """The zip file. `kind` is a key of SUBTYPES."""
    return pack(_files(timeline, takes, SUBTYPES[kind]))


def _files(timeline: Timeline, takes: Takes, subtype: str) -> Iterator[tuple[str, bytes]]:
    edge = round(EDGE * timeline.rate)
    for track, places in timeline.divided():
        begin, end = (places[0].begin - track.begin - edge, places[-1].end - track.begin + edge)
        wave = io.BytesIO()
        samples = samples_of(track, places, takes)[max(0, begin) : end]
        soundfile.write(wave, _at_telephone_rate(samples, timeline.rate), RATE, format="WAV", subtype=subtype)
        yield f"{track.name}.wav", wave.getvalue()


def seconds_of(timeline: Timeline) -> float:
    """How long the files last together, which is less than the recording: the pauses between sections are left out."""
    return sum(timeline.seconds(places[-1].end - places[0].begin) + 2 * EDGE for _, places in timeline.divided())


def _at_telephone_rate(samples: Samples, rate: int) -> Samples:
    """The same sound at 8,000 samples a second, without anything above 4 kHz."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
    parts = [part.to_ndarray().reshape(-1) for given in (frame, None) for part in resampler.resample(given)]
    return cast(Samples, np.concatenate(parts))


def hear(data: bytes) -> tuple[tuple[str, Reals], ...]:
    """The waves in a zip file, with their names. Raises ValueError for one that is unfit for a telephone line."""
    found = []
    try:
        for name, file in contents(data).items():
            with soundfile.SoundFile(io.BytesIO(file)) as sound:
                if (sound.samplerate, sound.channels, sound.format) != (RATE, 1, "WAV"):
                    raise ValueError(f"{name} has {sound.channels} channels at {sound.samplerate} Hz")
                found.append((name, sound.read(dtype="float32")))
    except (soundfile.LibsndfileError, zipfile.BadZipFile) as fault:
        raise ValueError(str(fault)) from fault
    return tuple(found)
