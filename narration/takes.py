"""Turns a script into takes: speaks every utterance once, and takes it from the store where it was spoken before.

The takes of the latest document stay in memory with their store, since the channels that quote its timeline come
next. Unpacking all of them again would take 0.2 s for five minutes of speech.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from channels.base import Store, Told, untold
from model.errors import VoiceError
from model.frozen import dataclass
from narration.sound import Samples, flac_length, from_flac, to_flac
from narration.sound import take as trimmed
from narration.timeline import Timeline
from narration.utterance import Utterance
from narration.voices.base import NO_SOUNDS, Voice
from narration.voices.phonemes import alphabets, heard_in

MAKE: Final = "1"
"""Change this when the same sound would be made into another take."""

FRESH: Final = 10 * 60
"""Seconds of new sound that are kept as samples, too. Unpacking five minutes costs 0.2 s; hours would fill
the memory."""

Said = tuple[str, str]
"""The words of an utterance, and their language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """The sound of one utterance. `key` is its place in the store. `digest` is that of the sound itself, since a
    network voice may say the same words otherwise another time. `length` is in samples. The FLAC is unpacked only
    where samples are wanted; a section that has not changed never needs them."""

    key: str
    length: int
    rate: int
    flac: bytes
    digest: str
    fresh: Samples | None = None

    def samples(self) -> Samples:
        """The samples. Raises VoiceError if the store returns damaged data."""
        if self.fresh is not None:
            return self.fresh
        kept = from_flac(self.flac)
        if kept is None or len(kept[0]) != self.length:
            raise VoiceError("a take in the store is damaged", "Run again after: pipeline.py cache --prune 0")
        return kept[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """The takes of everything that is said. `spoken` counts those that were not in the store."""

    by_words: Mapping[Said, Take]
    rate: int
    spoken: int

    def of(self, utterance: Utterance) -> Take:
        return self.by_words[utterance.words, utterance.language]


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
    latest = _LATEST.get(store, {})
    keys = {said: key(said, voice, sounds) for said in wanted}
    had = {said: latest.get(own) or _kept(own, store) for said, own in keys.items()}
    found = {said: take for said, take in had.items() if take is not None}
    missing = {said: own for said, own in keys.items() if said not in found}
    found |= _speak(missing, voice, store, told, sounds)
    rates = {take.rate for take in found.values()}
    if len(rates) > 1:
        raise VoiceError(f"the voice {voice.name} answered at different sample rates: {sorted(rates)}")
    _LATEST[store] = {take.key: take for take in found.values()}
    return Takes(by_words={said: found[said] for said in wanted}, rate=rates.pop(), spoken=len(missing))


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
    """The take at a key of the store. None if there is none, or if it is not FLAC."""
    flac = store.get(own)
    length = flac_length(flac) if flac is not None else None
    if flac is None or length is None:
        return None
    return Take(key=own, length=length[0], rate=length[1], flac=flac, digest=_digest(flac))


def _digest(flac: bytes) -> str:
    return hashlib.sha256(flac).hexdigest()


def _speak(
    missing: Mapping[Said, str], voice: Voice, store: Store, told: Told, sounds: Mapping[str, str]
) -> dict[Said, Take]:
    fresh, done, counting = 0.0, 0, Lock()

    def one(said: Said) -> Take:
        nonlocal fresh, done
        sound = voice.speak(*said, _heard(said[0], voice, sounds))
        samples = trimmed(sound, said[0])
        flac = to_flac(samples, sound.rate)
        with counting:
            fresh += len(samples) / sound.rate
            keeps = fresh <= FRESH
        made = Take(
            key=missing[said],
            length=len(samples),
            rate=sound.rate,
            flac=flac,
            digest=_digest(flac),
            fresh=samples if keeps else None,
        )
        store.put(made.key, made.flac)
        with counting:
            done += 1
            told(done, len(missing))
        return made

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
