"""Turns a script into takes: speaks every utterance once, and takes it from the store where it was spoken before.

The takes of the latest document stay in memory with their store, since the channels that quote its timeline come
next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from channels.base import Store, Told, untold
from model.errors import VoiceError
from narration.sound import Samples, from_bytes, to_bytes
from narration.sound import take as trimmed
from narration.timeline import Timeline
from narration.utterance import Utterance
from narration.voices.base import NO_SOUNDS, Voice
from narration.voices.phonemes import alphabets, heard_in

MAKE: Final = "2"
"""Change this when the same sound would be made into another take."""

AT_HAND: Final = 10 * 60
"""Seconds of sound that are kept in memory. Those of a longer document are read from the store where they are needed:
hours would fill the memory."""

Said = tuple[str, str]
"""The words of an utterance, and their language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """The sound of one utterance. `key` is its place in the store. `digest` is that of the sound itself, since a
    network voice may say the same words otherwise another time. `length` is in samples. `data` is the sound as the
    store has it, None where it is only there."""

    key: str
    length: int
    rate: int
    digest: str
    data: bytes | None

    @property
    def seconds(self) -> float:
        return self.length / self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """The takes of everything that is said, which are in `store`. `spoken` counts those that were not there before."""

    by_words: Mapping[Said, Take]
    rate: int
    spoken: int
    store: Store

    def of(self, utterance: Utterance) -> Take:
        return self.by_words[utterance.words, utterance.language]

    def samples(self, said: Said) -> Samples:
        """The samples of a take. Raises VoiceError if the store has lost or changed it meanwhile."""
        take = self.by_words[said]
        data = take.data
        if data is None:
            data = self.store.get(take.key) or b""
            data = data if _digest(data) == take.digest else b""
        found = from_bytes(data)
        if found is None:
            _LATEST.pop(self.store, None)  # so that a process that stays, as the preview's, has it spoken again
            raise VoiceError("a take in the store is damaged or gone", "Run again after: pipeline.py cache --prune 0")
        return found[0]


class _AtHand:
    """Keeps the sound of AT_HAND seconds in memory, and puts what is new into the store. Several threads may use it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._left, self._door = float(AT_HAND), Lock()

    def new(self, take: Take, data: bytes) -> Take:
        """A take that was made now."""
        self.store.put(take.key, data)
        return self.of(take)

    def of(self, take: Take) -> Take:
        """The take with its sound if there is room, else without."""
        with self._door:
            self._left -= take.seconds if take.data is not None else 0
            return take if self._left >= 0 else replace(take, data=None)


def key(said: Said, voice: Voice, sounds: Mapping[str, str] = NO_SOUNDS) -> str:
    """The place of a take in the store: a digest of the words, the language, the voice, and of how takes are made.
    If the voice takes sounds for some of the words, the digest includes these."""
    words, language = said
    heard = sorted(_heard(words, voice, sounds).items())
    made_from = json.dumps([MAKE, voice.identity(), language, words, *([heard, alphabets()] if heard else [])])
    return hashlib.sha256(made_from.encode()).hexdigest()


_LATEST: Final[WeakKeyDictionary[Store, Mapping[str, Take]]] = WeakKeyDictionary()
"""For each store, the takes that were asked for last, by key."""


def _heard(words: str, voice: Voice, sounds: Mapping[str, str]) -> dict[str, str]:
    """The sounds that the voice gets for some of the words."""
    return heard_in(words, sounds) if sounds and voice.takes_sounds else {}


def record(
    utterances: Iterable[Utterance],
    voice: Voice,
    store: Store,
    told: Told = untold,
    sounds: Mapping[str, str] = NO_SOUNDS,
) -> Takes:
    """The takes of `utterances`. What is spoken goes into the store at once, so that a run that fails at the network
    loses nothing; `told` hears how many sentences are spoken. `sounds` are pronunciations in IPA, by the words as they
    are said. Raises VoiceError."""
    wanted = tuple(dict.fromkeys((utterance.words, utterance.language) for utterance in utterances))
    latest, at_hand = _LATEST.get(store, {}), _AtHand(store)
    keys = {said: key(said, voice, sounds) for said in wanted}
    had = ((said, latest.get(own) or _kept(own, store)) for said, own in keys.items())
    found = {said: at_hand.of(take) for said, take in had if take is not None}
    missing = {said: own for said, own in keys.items() if said not in found}
    found |= _speak(missing, voice, at_hand, told, sounds)
    rates = {take.rate for take in found.values()}
    if len(rates) > 1:
        raise VoiceError(f"the voice {voice.name} answered at different sample rates: {sorted(rates)}")
    _LATEST[store] = {take.key: take for take in found.values()}
    by_words = {said: found[said] for said in wanted}
    return Takes(by_words=by_words, rate=rates.pop(), spoken=len(missing), store=store)


def takes_of(timeline: Timeline, voice: Voice, store: Store) -> Takes:
    """The takes that a timeline was made from. What the store has lost is spoken again. Raises VoiceError if the
    voice now says it in another way, since the timeline's places would then be wrong."""
    said = (place.utterance for place in timeline.places)
    takes = record(said, voice, store, sounds=dict(timeline.sounds))
    for place in timeline.places:
        if takes.of(place.utterance).digest != place.sound:
            raise VoiceError(
                f"the voice {voice.name} no longer says “{place.utterance.words[:60]}” as it did for the timeline",
                "Run again after: pipeline.py cache --prune 0",
            )
    return takes


def _kept(own: str, store: Store) -> Take | None:
    """The take at a key of the store. None if there is none."""
    data = store.get(own)
    found = from_bytes(data) if data is not None else None
    if data is None or found is None:
        return None
    return Take(key=own, length=len(found[0]), rate=found[1], digest=_digest(data), data=data)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _speak(
    missing: Mapping[Said, str], voice: Voice, at_hand: _AtHand, told: Told, sounds: Mapping[str, str]
) -> dict[Said, Take]:
    done, counting = 0, Lock()

    def one(said: Said) -> Take:
        nonlocal done
        sound = voice.speak(*said, _heard(said[0], voice, sounds))
        samples = trimmed(sound, said[0])
        data = to_bytes(samples, sound.rate)
        made = Take(key=missing[said], length=len(samples), rate=sound.rate, digest=_digest(data), data=data)
        kept = at_hand.new(made, data)
        with counting:
            done += 1
            told(done, len(missing))
        return kept

    if not missing:
        return {}
    with ThreadPoolExecutor(max_workers=voice.at_once) as pool:
        futures: dict[Said, Future[Take]] = {said: pool.submit(one, said) for said in missing}
        try:
            wait(futures.values(), return_when=FIRST_EXCEPTION)
        finally:  # after a fault or Ctrl-C, utterances that have not begun are dropped
            pool.shutdown(cancel_futures=True)
    for future in futures.values():
        if not future.cancelled():
            future.result()
    return {said: future.result() for said, future in futures.items()}
