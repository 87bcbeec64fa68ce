"""A recording that is checked block by block gives the same result as in one piece, with little of it in memory."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from channels.audio.alignment import Placed, Presence, presence
from narration.sound import Reals, to_bytes
from narration.takes import Take, Takes
from tests.narration.fakes import RATE, MemoryStore

WORDS = tuple(f"word {number}" for number in range(12))
SOUNDS = {
    (word, "en"): np.random.default_rng(number).integers(-9000, 9000, RATE + 400 * number, dtype=np.int16)
    for number, word in enumerate(WORDS)
}
TAKES = Takes(
    by_words={
        said: Take(key=said[0], length=sound.size, rate=RATE, digest=said[0], data=to_bytes(sound, RATE))
        for said, sound in SOUNDS.items()
    },
    rate=RATE,
    spoken=0,
    store=MemoryStore(),
)
BEGINS = 4 * RATE


def a_recording() -> tuple[Reals, tuple[Placed, ...]]:
    """Twelve takes with pauses between, as a file has them from BEGINS samples on."""
    parts, placed, at = [np.zeros(RATE // 4)], [], RATE // 4
    for said, sound in SOUNDS.items():
        placed.append(Placed(said=said, begin=(BEGINS + at) / RATE, end=(BEGINS + at + sound.size) / RATE))
        parts += [sound / 32768, np.zeros(RATE // 2)]
        at += sound.size + RATE // 2
    return np.concatenate(parts).astype(np.float32), tuple(placed)


def damaged(heard: Reals, placed: tuple[Placed, ...]) -> Reals:
    """One take is silent, one half as loud, one late, one cut off at the end; a pause is noisy; another take peaks."""
    heard = heard.copy()
    at = [(round(place.begin * RATE) - BEGINS, round(place.end * RATE) - BEGINS) for place in placed]
    heard[slice(*at[1])] = 0
    heard[slice(*at[3])] *= 0.5
    late = heard[slice(*at[5])].copy()
    heard[slice(*at[5])] = 0
    heard[at[5][0] + 4000 : at[5][1] + 4000] = late
    heard[at[7][1] + 3000 : at[7][1] + 3100] = 0.2
    heard[at[8][0] + 10] = 0.9
    return heard[: at[-1][1] - 2000]


@pytest.mark.parametrize("size", [700, RATE, 40 * RATE])
def test_blocks_show_what_one_piece_shows(size: int) -> None:
    sound, placed = a_recording()
    for heard in (sound, damaged(sound, placed)):
        listener = Presence("a.mp3", placed, TAKES, BEGINS)
        bounds = pairwise([*range(0, heard.size, size), heard.size])
        found = [fault for begin, end in bounds for fault in listener.hear(heard[begin:end])]
        found += listener.end()
        whole = Presence("a.mp3", placed, TAKES, BEGINS)
        assert found == [*whole.hear(heard), *whole.end()]
    assert [fault.code for fault in found] == [
        *("audio-missing", "audio-level", "audio-offset", "audio-noise", "audio-noise"),
        *("audio-missing", "audio-peak"),
    ]


def test_little_of_an_hour_is_kept() -> None:
    sound, placed = a_recording()
    listener, most = Presence("a.mp3", placed, TAKES, BEGINS), 0
    for begin in range(0, sound.size, RATE):
        assert list(listener.hear(sound[begin : begin + RATE])) == []
        most = max(most, listener.kept)
    assert list(listener.end()) == []
    assert most < 5 * RATE < sound.size


def test_a_whole_file_is_one_block() -> None:
    sound, placed = a_recording()
    moved = tuple(
        Placed(said=place.said, begin=place.begin - BEGINS / RATE, end=place.end - BEGINS / RATE) for place in placed
    )
    assert list(presence("a.mp3", sound, moved, TAKES)) == []
