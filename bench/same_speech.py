"""`python -m bench.same_speech [--minutes M]` checks that Kokoro speaks the same bytes with one thread, with two
utterances side by side, and with two threads of its model.

The seed page is spoken until there are M minutes. The exit code is 1 if a sample differs.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from bench import SEED
from bench.voices import utterances
from narration.voices import kokoro, kokoro_files
from narration.voices.base import USUAL_RATE
from narration.voices.kokoro_model import Kokoro

VOICE = next(iter(kokoro_files.VOICE_DIGESTS))


def digest(words: list[str], side_by_side: int, threads: int) -> str:
    """The SHA-256 of all samples, with `side_by_side` utterances at once and `threads` of the model for each."""
    model = Kokoro(kokoro_files.INSTALLED, VOICE, threads)
    state = hashlib.sha256()
    with ThreadPoolExecutor(side_by_side) as pool:
        for sound in pool.map(lambda said: model.speak(said, kokoro.SPEED[VOICE]), words):
            state.update(sound.pcm)
    return state.hexdigest()


def main() -> int:
    arguments = argparse.ArgumentParser(prog="bench.same_speech")
    arguments.add_argument("--minutes", type=float, default=10.0, help="of speech (default: 10)")
    wanted = arguments.parse_args().minutes * USUAL_RATE
    words: list[str] = []
    for said in cycle(dict.fromkeys(one.words for one in utterances(SEED))):
        words.append(said)
        if sum(len(one.split()) for one in words) >= wanted:
            break
    found = {}
    for side_by_side, threads in ((1, 1), (2, 1), (1, 2)):
        found[side_by_side, threads] = digest(words, side_by_side, threads)
        print(f"{side_by_side} side by side, {threads} threads each: {found[side_by_side, threads][:16]}", flush=True)
    return int(len(set(found.values())) > 1)


if __name__ == "__main__":
    sys.exit(main())
