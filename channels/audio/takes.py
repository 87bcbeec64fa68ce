"""A script to takes: every utterance spoken once, from the store where it has been spoken before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Final

from channels.audio.script import Utterance
from channels.audio.sound import Samples, pack, unpack
from channels.audio.sound import take as trimmed
from channels.audio.voices.base import Voice
from channels.base import Store
from document.errors import VoiceError

MAKE: Final = "2"
"""Changed when the same sound would be made into another take."""

Said = tuple[str, str]
"""Words and their language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """The sound of one utterance. `key` is its place in the store."""

    key: str
    samples: Samples
    rate: int

    @property
    def length(self) -> int:
        return self.samples.size

    @property
    def digest(self) -> str:
        """Of the sound itself: a voice from the network may say the same words otherwise another time."""
        return hashlib.sha256(self.samples.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """The takes of everything that is said. `spoken` counts those that were not in the store."""

    by_words: Mapping[Said, Take]
    rate: int
    spoken: int

    def of(self, utterance: Utterance) -> Take:
        return self.by_words[utterance.words, utterance.language]


def key(said: Said, voice: Voice) -> str:
    """The place of a take in the store: words, language, voice, and how takes are made."""
    words, language = said
    made_from = json.dumps([MAKE, voice.identity(), language, words])
    return hashlib.sha256(made_from.encode()).hexdigest()


def record(utterances: Iterable[Utterance], voice: Voice, store: Store) -> Takes:
    """The takes of `utterances`. What is spoken goes into the store at once, so a run that fails at the network has
    lost nothing. Raises VoiceError."""
    wanted = {said: key(said, voice) for said in ((utterance.words, utterance.language) for utterance in utterances)}
    found: dict[Said, Take] = {}
    for said, own in wanted.items():
        kept = unpack(store.get(own) or b"")
        if kept is not None:
            found[said] = Take(key=own, samples=kept[0], rate=kept[1])
    missing = [said for said in wanted if said not in found]
    found |= _speak(missing, voice, store)
    rates = {take.rate for take in found.values()}
    if len(rates) > 1:
        raise VoiceError(f"the voice {voice.name} answered at different sample rates: {sorted(rates)}")
    return Takes(by_words={said: found[said] for said in wanted}, rate=rates.pop(), spoken=len(missing))


def _speak(missing: list[Said], voice: Voice, store: Store) -> dict[Said, Take]:
    def one(said: Said) -> Take:
        sound = voice.speak(*said)
        made = Take(key=key(said, voice), samples=trimmed(sound, said[0]), rate=sound.rate)
        store.put(made.key, pack(made.samples, made.rate))
        return made

    if not missing:
        return {}
    with ThreadPoolExecutor(max_workers=voice.at_once) as pool:
        futures: dict[Said, Future[Take]] = {said: pool.submit(one, said) for said in missing}
        try:
            wait(futures.values(), return_when=FIRST_EXCEPTION)
        finally:  # a fault, or Ctrl-C: what has not begun never does
            pool.shutdown(cancel_futures=True)
    for future in futures.values():
        if not future.cancelled():
            future.result()
    return {said: future.result() for said, future in futures.items()}
