"""Words to sound by Google's speech service: TLS verified, time-outs, patience where it helps, and strict reading.

An answer is whole or it is nothing: what is empty, cut off, or too short for its words is asked for again, and then is
a VoiceError; it never becomes sound.
"""

from __future__ import annotations

import base64
import binascii
import functools
import io
import json
import random
import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any, Final

import av
import numpy as np
import requests
from gtts import gTTS
from gtts.lang import tts_langs

from model.errors import VoiceError, VoiceUnreachable
from narration.voices.base import Sound, longest, shortest

MOST_CHARACTERS: Final = gTTS.GOOGLE_TTS_MAX_CHARS
TIMEOUT: Final = (10.0, 30.0)
"""Seconds to connect, and between bytes of an answer."""

TRIES: Final = 5
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
ADVICE: Final = "What is spoken already is kept: run again to go on from there, or choose --voice espeak-ng."
BLOCKED: Final = "Google wants a person to answer first; wait an hour, or choose --voice espeak-ng."
CLAUSE: Final = re.compile(r"[.,;:!?–](?=\s)")


class _Again(Exception):
    """An answer that a later try may better; `wait` is what the server asks for, in seconds."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def speaks(language: str) -> bool:
    """Whether Google has the language, by gTTS's own list."""
    return language in tts_langs() or language.partition("-")[0] in tts_langs()


def speak(words: str, language: str, tld: str) -> Sound:
    """The sound of `words`. VoiceUnreachable where Google does not answer, VoiceError where it answers nonsense."""
    sounds = [_piece(piece, language, tld) for piece in pieces(words)]
    rates = {sound.rate for sound in sounds}
    if len(rates) != 1:
        raise VoiceError(f"Google answered at different sample rates: {sorted(rates)}")
    return Sound(pcm=b"".join(sound.pcm for sound in sounds), rate=rates.pop())


def pieces(words: str, most: int = MOST_CHARACTERS) -> tuple[str, ...]:
    """`words` in pieces that one request may hold: cut after clauses, else between words, never inside one."""
    rest, found = words.strip(), []
    while len(rest) > most:
        window = rest[: most + 1]
        clauses = [match.end() for match in CLAUSE.finditer(window)]
        cut = clauses[-1] if clauses and clauses[-1] > most // 4 else window.rfind(" ")
        if cut <= 0:
            raise VoiceError(f"a word is too long for Google's voice: “{rest[:40]}…”")
        found.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return (*found, rest)


def _piece(text: str, language: str, tld: str, wait: Callable[[float], None] | None = None) -> Sound:
    """One request, tried up to five times with growing pauses."""
    wait = wait or time.sleep
    for attempt in range(TRIES):
        try:
            return _sound(_audio(_send(_request(text, language, tld))), text)
        except _Again as fault:
            pause = max(fault.wait, FIRST_WAIT * 2**attempt * random.uniform(1.0, 1.5))  # noqa: S311 (jitter, no secret)
            if attempt + 1 == TRIES or pause > LONGEST_WAIT:
                raise VoiceUnreachable(f"Google's voice cannot be had: {fault}", ADVICE) from fault
        wait(pause)
    raise AssertionError("the last try returns or raises")


def _request(text: str, language: str, tld: str) -> requests.PreparedRequest:
    """The request as gTTS builds it; its own changes to the text are switched off."""
    lang = language if language in tts_langs() else language.partition("-")[0]
    (request,) = gTTS(text, lang=lang, tld=tld, lang_check=False, pre_processor_funcs=[])._prepare_requests()
    return request  # type: ignore[no-any-return]


@functools.cache
def _session() -> requests.Session:
    """One session for the run: its connection stays open from request to request."""
    return requests.Session()


def _send(request: requests.PreparedRequest) -> str:
    """The body of Google's answer, where it is one."""
    session = _session()
    settings = session.merge_environment_settings(str(request.url), {}, None, None, None)
    try:
        answer = session.send(request, timeout=TIMEOUT, allow_redirects=False, **settings)
    except requests.exceptions.SSLError as fault:
        raise VoiceUnreachable(f"whoever answers for Google cannot prove to be Google: {fault}", ADVICE) from fault
    except requests.RequestException as fault:
        raise _Again(f"no answer ({type(fault).__name__})") from fault
    status = answer.status_code
    if status == 429 or status >= 500:
        raise _Again(f"it answers {status}", _retry_after(answer))
    if 300 <= status < 400:
        raise VoiceUnreachable(f"Google sends us to {answer.headers.get('Location', 'another page')[:80]}", BLOCKED)
    if status != 200:
        raise VoiceError(f"Google refuses the request with {status}", ADVICE)
    if "html" in answer.headers.get("Content-Type", ""):
        raise VoiceUnreachable("Google answers with a web page and not with sound", BLOCKED)
    return answer.text


def _retry_after(answer: requests.Response) -> float:
    """Seconds to wait by the Retry-After header, as seconds or a date (RFC 9110, 10.2.3)."""
    header = answer.headers.get("Retry-After", "").strip()
    if header.isdigit():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return 0.0


def _audio(body: str) -> bytes:
    """The MP3 in an answer: lines of JSON after `)]}'`, of which one holds base64 in JSON in JSON."""
    for line in body.splitlines():
        if gTTS.GOOGLE_TTS_RPC not in line:
            continue
        try:
            entries: Any = json.loads(line)
            payload = next(entry[2] for entry in entries if entry[:2] == ["wrb.fr", gTTS.GOOGLE_TTS_RPC])
            if payload is None:
                raise VoiceError("Google answers without sound", ADVICE)
            audio = base64.b64decode(json.loads(payload)[0], validate=True)
        except (ValueError, TypeError, IndexError, StopIteration, binascii.Error) as fault:
            raise _Again("its answer is cut off or damaged") from fault
        if audio:
            return audio
        break
    raise VoiceError("Google answers without sound", ADVICE)


def _sound(mp3: bytes, text: str) -> Sound:
    """The samples of an MP3, if they can be all of `text`."""
    try:
        with av.open(io.BytesIO(mp3), "r", format="mp3") as container:
            stream = container.streams.audio[0]
            heard = [frame.to_ndarray().mean(axis=0) for frame in container.decode(stream)]
            rate = stream.rate
    except (av.FFmpegError, IndexError) as fault:
        raise _Again("its sound is damaged") from fault
    wave = np.concatenate(heard) if heard else np.zeros(0, dtype=np.float32)
    sound = Sound(pcm=np.rint(np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes(), rate=rate)
    if not shortest(text) <= sound.seconds <= longest(text):
        raise _Again(f"{sound.seconds:.1f} seconds of sound for {len(text)} characters")
    return sound
