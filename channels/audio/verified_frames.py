"""Turns a recording's frames into the faults of their sound. Frames that were proved before are not decoded again.

A section's frames begin anew and need none before them, so they sound the same wherever they stand. Once they are
compared with their takes and no fault is found, the store remembers that, under a digest of everything in the proof:
these bytes, the takes' own sound and their places, the code of this folder, the decoder's version. Nothing else
could change the result. Frames with a fault are never remembered.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

from channels.audio.alignment import Placed, Presence, fault
from channels.audio.encode import begins_anew, hear
from channels.base import Store
from model.diagnostics import Diagnostic
from narration.sound import integrated, powers
from narration.takes import Takes
from narration.timeline import frame_size

LOUDNESS: Final = (-20.0, -18.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A section of the recording: its frames from `begin` to `end`, and what should be heard in them."""

    begin: int
    end: int
    placed: tuple[Placed, ...]


def prove(
    name: str, frames: Sequence[bytes], stretches: Sequence[Stretch], takes: Takes, store: Store
) -> Iterator[Diagnostic]:
    """The faults of the sound of `frames`, which `stretches` divide. Raises ValueError if they cannot be decoded."""
    if not all(begins_anew(frame) for stretch in stretches for frame in frames[stretch.begin : stretch.begin + 1]):
        placed = tuple(place for stretch in stretches for place in stretch.placed)
        stretches = (Stretch(begin=0, end=len(frames), placed=placed),)
    power = b""
    for stretch in stretches:
        # The last samples of a section are late: they come with the first frame of the next section.
        own = frames[stretch.begin : stretch.end + 1]
        key = _key(stretch, own, takes)
        kept = store.get(key)
        if kept is None:
            found, kept = _heard(name, own, stretch, takes)
            yield from found
            if not found:
                store.put(key, kept)
        power += kept
    loudness = integrated(np.frombuffer(power, dtype=np.float32))
    if not LOUDNESS[0] <= loudness <= LOUDNESS[1]:
        yield fault("audio-loudness", f"{name} is at {loudness:.1f} LUFS, not {LOUDNESS[0]:g} to {LOUDNESS[1]:g}")


def _heard(name: str, frames: Sequence[bytes], stretch: Stretch, takes: Takes) -> tuple[tuple[Diagnostic, ...], bytes]:
    """The faults of the sound of a section, and the power of its tenths of a second. It is heard block by block,
    since a section may be hours long."""
    size = frame_size(takes.rate)
    left = (stretch.end - stretch.begin) * size
    presence = Presence(name, stretch.placed, takes, stretch.begin * size)
    found: list[Diagnostic] = []
    power: list[bytes] = []
    for block in hear(frames, takes.rate):
        own = block[:left]
        left -= own.size
        if own.size:
            found += presence.hear(own)
            power.append(powers(own, takes.rate).tobytes())
    found += presence.end()
    return tuple(found), b"".join(power)


def _key(stretch: Stretch, frames: Sequence[bytes], takes: Takes) -> str:
    """The place of the proof of `frames` in the store: a digest of everything that it is made from."""
    state = hashlib.sha256(_prover())
    begin = stretch.begin * frame_size(takes.rate)
    for place in stretch.placed:
        bounds = (round(moment * takes.rate) - begin for moment in (place.begin, place.end))
        state.update(f"{tuple(bounds)} at {takes.rate} {takes.by_words[place.said].digest}\n".encode())
    state.update(b"".join(frames))
    return state.hexdigest()


@functools.cache
def _prover() -> bytes:
    """A digest of what makes the proof: the code of this folder, and the libraries that it uses."""
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    engines = f"{soundfile.__version__} {soundfile.__libsndfile_version__} {np.__version__}"
    return hashlib.sha256(b"".join([*code, engines.encode()])).digest()
