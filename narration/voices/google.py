"""Turns words into sound by Google's speech service, with TLS verified, time-outs, retries, and strict reading.

An answer is whole or it is nothing. An answer that is empty, cut off, or too short for its words is asked for again,
and in the end is a VoiceError. It never becomes sound.
"""

from __future__ import annotations

import base64
import binascii
import functools
import io
import json
import math
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import av
import numpy as np
import numpy.typing as npt
import requests
from gtts import gTTS
from gtts.lang import tts_langs

from model.errors import VoiceError, VoiceUnreachable
from narration.voices.base import Sound, longest, shortest
from narration.voices.gtts import RATE

MOST_CHARACTERS: Final = gTTS.GOOGLE_TTS_MAX_CHARS
TIMEOUT: Final = (10.0, 30.0)
"""Seconds to connect, and seconds between bytes of an answer."""

WHOLE_ANSWER: Final = 60.0
"""Seconds for a whole answer, however slowly it comes."""

LARGEST_ANSWER: Final = 4_000_000
"""Bytes of an unpacked answer: ten times what the longest request can need."""

ENDING: Final = 0.03
QUIET: Final = 10 ** (-26.0 / 20)
"""The last 30 ms of a take must be quieter than this part of its peak. Else it was cut off."""

LIKELY: Final = 0.055
"""Seconds of sound for each character, from the first sound to the last. Speech that is cut to three quarters has
less, and so has some that is quick."""

SLOWEST: Final = 0.11
START: Final = 0.6
"""Seconds of sound for each character, and once more, that no speech needs, except letters one by one. A piece that is
said twice lasts longer."""

HOLE: Final = 1.0
"""Seconds of silence within one answer. No clause has as much."""

ALIKE: Final = 0.03
"""The part by which the lengths of two answers with the same words may differ."""

TRIES: Final = 5
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
ADVICE: Final = "What is spoken already is kept: run again to go on from there, or choose --voice espeak-ng."
BLOCKED: Final = "Google wants a person to answer first; wait an hour, or choose --voice espeak-ng."
CLAUSE: Final = re.compile(r"[.,;:!?–](?=\s)")


class _Again(Exception):
    """An answer that may be better at the next try. `wait` is how many seconds the server asks for."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def speaks(language: str) -> bool:
    """True if Google has the language, by gTTS's own list."""
    return language in tts_langs() or language.partition("-")[0] in tts_langs()


def speak(words: str, language: str, tld: str) -> Sound:
    """The sound of `words`. Raises VoiceUnreachable if Google does not answer, VoiceError if it refuses or answers
    without sound."""
    return Sound(pcm=b"".join(_piece(piece, language, tld) for piece in pieces(words)), rate=RATE)


def pieces(words: str, most: int = MOST_CHARACTERS) -> tuple[str, ...]:
    """`words` in pieces that fit into one request: cut after clauses, else between words, never within a word."""
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


def _piece(text: str, language: str, tld: str, wait: Callable[[float], None] | None = None) -> bytes:
    """The samples of one request. It is tried up to five times, with growing pauses. An answer that may lack or repeat
    a part is believed if another one lasts as long."""
    wait = wait or time.sleep
    doubted: list[int] = []
    for attempt in range(TRIES):
        try:
            samples = _sound(_audio(_send(_request(text, language, tld))), text)
            if _likely(samples, text) or any(abs(len(samples) / had - 1) < ALIKE for had in doubted):
                return samples.tobytes()
            doubted.append(len(samples))
            raise _Again(
                f"its sound seems to lack a part or to repeat one: {len(samples) / RATE:.1f} seconds for "
                f"{len(text)} characters"
            )
        except _Again as fault:
            pause = max(fault.wait, FIRST_WAIT * 2**attempt * random.uniform(1.0, 1.5))  # noqa: S311 (jitter, no secret)
            if attempt + 1 == TRIES or pause > LONGEST_WAIT:
                raise VoiceUnreachable(f"Google's voice cannot be had: {fault}{_later(fault.wait)}", ADVICE) from fault
        wait(pause)
    raise AssertionError("the last try returns or raises")


def _later(seconds: float) -> str:
    """When to come back, in words: how long the server asks for, and the time of day here."""
    if seconds <= 0:
        return ""
    if seconds > 48 * 3600:
        return "; it asks to be left alone for more than two days"
    minutes = math.ceil(seconds / 60)
    long = "a minute" if minutes == 1 else f"{minutes} minutes" if minutes < 120 else f"{math.ceil(minutes / 60)} hours"
    back = datetime.fromtimestamp(time.time() + seconds).astimezone()
    return f"; it asks to be left alone for {long}, until {back:%H:%M} ({back:%d/%m/%Y})"


def _request(text: str, language: str, tld: str) -> requests.PreparedRequest:
    """The request as gTTS builds it, with gTTS's changes to the text switched off."""
    lang = language if language in tts_langs() else language.partition("-")[0]
    (request,) = gTTS(text, lang=lang, tld=tld, lang_check=False, pre_processor_funcs=[])._prepare_requests()
    return request  # type: ignore[no-any-return]


@functools.cache
def _session() -> requests.Session:
    """One session for the whole run, so that its connection stays open between requests."""
    return requests.Session()


def _send(request: requests.PreparedRequest) -> str:
    """The body of Google's answer. Raises for anything that is not an answer with status 200."""
    session = _session()
    settings = session.merge_environment_settings(str(request.url), {}, None, None, None)
    try:
        answer = _in_time(
            lambda: session.send(request, timeout=TIMEOUT, allow_redirects=False, **settings | {"stream": True})
        )
    except requests.exceptions.SSLError as fault:
        raise VoiceUnreachable(f"whoever answers for Google cannot prove to be Google: {fault}", ADVICE) from fault
    except (requests.RequestException, TimeoutError) as fault:
        raise _Again(f"no answer ({type(fault).__name__})") from fault
    status = answer.status_code
    if status in (408, 429) or status >= 500:
        raise _Again(f"it answers {status}", _retry_after(answer))
    if 300 <= status < 400:
        raise VoiceUnreachable(f"Google sends us to {answer.headers.get('Location', 'another page')[:80]}", BLOCKED)
    if status != 200:
        raise VoiceError(f"Google refuses the request with {status}", ADVICE)
    if "html" in answer.headers.get("Content-Type", "").lower():
        raise VoiceUnreachable("Google answers with a web page and not with sound", BLOCKED)
    return "".join(_body(answer))


def _in_time(send: Callable[[], requests.Response]) -> requests.Response:
    """The answer of `send`. Raises TimeoutError if its head does not come within WHOLE_ANSWER: a head that drips keeps
    every other limit. A thread waits for it, which ends with the process at the latest."""
    found: Future[requests.Response] = Future()

    def ask() -> None:
        try:
            found.set_result(send())
        except (requests.RequestException, OSError, ValueError) as fault:
            found.set_exception(fault)

    threading.Thread(target=ask, daemon=True).start()
    return found.result(timeout=WHOLE_ANSWER)


def _body(answer: requests.Response) -> Iterator[str]:
    """The text of an answer. Raises _Again if it comes too slowly or is too large."""
    until, size = time.monotonic() + WHOLE_ANSWER, 0
    try:
        for part in answer.iter_content(65536):
            size += len(part)
            if size > LARGEST_ANSWER:
                raise _Again(f"its answer is larger than {LARGEST_ANSWER // 1_000_000} MB")
            if time.monotonic() > until:
                raise _Again(f"its answer took more than {WHOLE_ANSWER:.0f} seconds")
            yield part.decode("utf-8", "replace")
    except requests.RequestException as fault:
        raise _Again(f"its answer broke off ({type(fault).__name__})") from fault
    finally:
        answer.close()


def _retry_after(answer: requests.Response) -> float:
    """Seconds to wait by the Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3)."""
    header = answer.headers.get("Retry-After", "").strip()
    try:
        if header.isascii() and header.isdigit():
            return float(header)
        until = parsedate_to_datetime(header)
        return max(0.0, (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - time.time())
    except (ValueError, OverflowError, OSError):
        return 0.0


def _audio(body: str) -> bytes:
    """The MP3 in an answer. The answer is lines of JSON after `)]}'`; one of them holds base64 in JSON in JSON."""
    for line in body.splitlines():
        if gTTS.GOOGLE_TTS_RPC not in line:
            continue
        try:
            entries: Any = json.loads(line)
            payload = next(entry[2] for entry in entries if entry[:2] == ["wrb.fr", gTTS.GOOGLE_TTS_RPC])
            if payload is None:
                raise VoiceError("Google answers without sound", ADVICE)
            audio = base64.b64decode(json.loads(payload)[0], validate=True)
        except (ValueError, TypeError, LookupError, StopIteration, RecursionError, binascii.Error) as fault:
            raise _Again("its answer is cut off or damaged") from fault
        if audio and (audio + audio).find(audio, 1) < len(audio):  # it is some part, several times
            raise _Again("its sound is one part several times")
        if audio:
            return audio
        break
    raise VoiceError("Google answers without sound", ADVICE)


def _sound(mp3: bytes, text: str) -> npt.NDArray[np.int16]:
    """The samples of an MP3 at RATE. They must be as long as `text` needs and quiet at the end; else raises _Again."""
    most = round(longest(text) * RATE)
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    heard: list[npt.NDArray[np.int16]] = []

    def hear(frame: av.AudioFrame | None) -> None:
        heard.extend(part.to_ndarray().reshape(-1).astype(np.int16) for part in resampler.resample(frame))

    try:
        with av.open(io.BytesIO(mp3), "r", format="mp3") as container:
            for frame in container.decode(container.streams.audio[0]):
                hear(frame)
                if sum(map(len, heard)) > most:
                    break
            if heard:
                hear(None)
    except (av.FFmpegError, IndexError, ValueError) as fault:  # ValueError: the rate or layout changes in the middle
        raise _Again("its sound is damaged") from fault
    samples = np.concatenate(heard) if heard else np.zeros(0, dtype=np.int16)
    seconds = samples.size / RATE
    if not shortest(text) <= seconds <= longest(text):
        raise _Again(f"{seconds:.1f} seconds of sound for {len(text)} characters")
    loud = _loud(samples)
    if not loud.size:
        raise _Again("its sound is silence")
    if loud[-1] >= samples.size - round(ENDING * RATE):
        raise _Again("its sound breaks off in the middle")
    return samples.astype("<i2")


def _loud(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.intp]:
    """The places of the samples that are not silence."""
    heights = np.abs(samples.astype(np.int32))
    return np.flatnonzero(heights > QUIET * heights.max())


def _likely(samples: npt.NDArray[np.int16], text: str) -> bool:
    """True if the sound is as long as `text` usually takes, and has no hole: it may have been cut where a word ends, or
    be said twice."""
    loud = _loud(samples)
    long, hole = int(loud[-1] - loud[0]), int(np.diff(loud, prepend=loud[0]).max())
    usual = LIKELY * len(text) <= long / RATE <= START + SLOWEST * len(text)
    return usual and hole <= HOLE * RATE
