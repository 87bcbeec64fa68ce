"""A script to takes: every utterance spoken once, from the store where it has been spoken before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Final

from channels.audio.script import Utterance
from channels.audio.sound import Samples, from_flac, take, to_flac
from channels.audio.voices.base import Voice
from channels.base import Store
from document.errors import VoiceError

MAKE: Final = "1"
"""Changed when the same sound would be made into another take."""

Said = tuple[str, str]
"""Words and their language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """The samples of everything that is said. `spoken` counts those that were not in the store."""

    samples: Mapping[Said, Samples]
    rate: int
    spoken: int


def key(said: Said, voice: Voice) -> str:
    """The place of a take in the store: words, language, voice, and how takes are made."""
    words, language = said
    made_from = json.dumps([MAKE, voice.identity(), language, words])
    return hashlib.sha256(made_from.encode()).hexdigest()


def record(utterances: Iterable[Utterance], voice: Voice, store: Store) -> Takes:
    """The takes of `utterances`. What is spoken goes into the store at once, so a run that fails at the network has
    lost nothing. Raises VoiceError."""
    wanted = list(dict.fromkeys((utterance.words, utterance.language) for utterance in utterances))
    found: dict[Said, tuple[Samples, int]] = {}
    for said in wanted:
        data = store.get(key(said, voice))
        kept = from_flac(data) if data is not None else None
        if kept is not None:
            found[said] = kept
    missing = [said for said in wanted if said not in found]
    found |= _speak(missing, voice, store)
    rates = {rate for _, rate in found.values()}
    if len(rates) > 1:
        raise VoiceError(f"the voice {voice.name} answered at different sample rates: {sorted(rates)}")
    return Takes(samples={said: found[said][0] for said in wanted}, rate=rates.pop(), spoken=len(missing))


def _speak(missing: list[Said], voice: Voice, store: Store) -> dict[Said, tuple[Samples, int]]:
    def one(said: Said) -> tuple[Samples, int]:
        sound = voice.speak(*said)
        samples = take(sound, said[0])
        store.put(key(said, voice), to_flac(samples, sound.rate))
        return samples, sound.rate

    if not missing:
        return {}
    with ThreadPoolExecutor(max_workers=voice.at_once) as pool:
        futures: dict[Said, Future[tuple[Samples, int]]] = {said: pool.submit(one, said) for said in missing}
        wait(futures.values(), return_when=FIRST_EXCEPTION)
        pool.shutdown(cancel_futures=True)
    for future in futures.values():
        if not future.cancelled():
            future.result()
    return {said: future.result() for said, future in futures.items()}
