"""Turns words into samples by the model Kokoro: phonemes, their tokens, a style chosen by their number, then sound."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import hibari
import numpy as np
import numpy.typing as npt
import onnxruntime
import yaml
from hibari.g2p import G2P

from narration.voices.base import NO_SOUNDS, Sound
from narration.voices.kokoro_files import MODEL_DIGEST, VOICE_DIGESTS, prove, require
from narration.voices.last_consonant import LENGTHS, with_lengths, without_vowel
from narration.voices.phonemes import for_kokoro

RATE: Final = 24_000
MOST_TOKENS: Final = 400
"""The most phonemes that are spoken in one go; the model takes 510. Longer words are cut at clauses."""

BETWEEN: Final = 0.15
"""Seconds of silence between the parts of an utterance that is cut."""

OWN_SOUNDS: Final = {"ay": "ˈA", "en": "ˈɛn"}
"""Sounds that the phonemiser would misread, as the verbaliser writes them, with their phonemes: the letter A, the
letter N."""

OWN: Final = re.compile(rf"\[[^\]]*\]\([^)]*\)|(?<![\w'’-])({'|'.join(OWN_SOUNDS)})(['’]s)?(?![\w'’-])", re.IGNORECASE)
WORDS: Final = Path(__file__).parent / "kokoro_words.yaml"
"""Words that the phonemiser says wrong, with their sounds in IPA."""

CLAUSE: Final = re.compile(r"(?<=[,;:.!?—–])\s+")


class Kokoro:
    """The model and one of its voices, in memory: 0.35 GB."""

    def __init__(self, folder: Path, voice: str, threads: int = 1) -> None:
        model, array = require(folder, voice)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        data = prove(model, MODEL_DIGEST)
        self.session = onnxruntime.InferenceSession(with_lengths(data), options, providers=["CPUExecutionProvider"])
        self.styles = np.frombuffer(prove(array, VOICE_DIGESTS[voice]), dtype="<f4").reshape(-1, 1, 256)
        self.phonemes = Phonemes()

    def speak(self, words: str, speed: float, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:
        """The sound of `words`. `speed` is a fraction of the model's own pace."""
        pause = np.zeros(round(BETWEEN * RATE), dtype=np.float32)
        waves: list[npt.NDArray[np.float32]] = []
        for tokens in self.phonemes.tokens(words, sounds):
            style = self.styles[min(len(tokens), len(self.styles)) - 1]
            inputs = {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": style,
                "speed": np.array([speed], dtype=np.float32),
            }
            wave, lengths = self.session.run(["audio", LENGTHS], inputs)
            wave = without_vowel(wave, self.phonemes.sounds(tokens), lengths.reshape(-1), RATE)
            waves += [pause, wave] if waves else [wave]
        wave = np.concatenate(waves) if waves else np.zeros(0, dtype=np.float32)
        return Sound(pcm=np.rint(np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes(), rate=RATE)


class Phonemes:
    """Turns British words into phonemes of Kokoro's alphabet, and these into the model's tokens."""

    def __init__(self) -> None:
        self.of_words = G2P(british=True)
        vocabulary = Path(hibari.__file__).parent / "assets" / "vocab.json"
        self.ids: dict[str, int] = json.loads(vocabulary.read_text(encoding="utf-8"))
        self.of_ids = {number: sound for sound, number in self.ids.items()}
        self.own: dict[str, str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))

    def __call__(self, words: str, sounds: Mapping[str, str] = NO_SOUNDS) -> str:
        """The phonemes of `words`. Brackets in them could name phonemes, so they are read as spaces. The brackets
        added here hold the known sounds."""
        plain = words.translate({ord("["): " ", ord("]"): " "})
        known = self.own | {said.lower(): ipa for said, ipa in sounds.items()}
        return str(self.of_words(OWN.sub(_own, for_kokoro(plain, known))))

    def tokens(self, words: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Iterator[list[int]]:
        """The tokens of `words`, in parts that the model takes in one go."""
        part = ""
        for clause in _clauses(words):
            longer = f"{part} {clause}".strip()
            if part and len(self(longer, sounds)) > MOST_TOKENS:
                yield self._ids(self(part, sounds))
                longer = clause
            part = longer
        if part:
            yield self._ids(self(part, sounds))

    def sounds(self, tokens: Sequence[int]) -> list[str]:
        """The phonemes of `tokens`."""
        return [self.of_ids[token] for token in tokens]

    def _ids(self, phonemes: str) -> list[int]:
        return [self.ids[sound] for sound in phonemes if sound in self.ids][:509]


def _own(match: re.Match[str]) -> str:
    """The replacement of a match: a sound that the verbaliser writes in its own way gets its phonemes, and words
    with known sounds stay."""
    if not match[1]:
        return match[0]
    return f"[{match[0]}](/{OWN_SOUNDS[match[1].lower()]}{'z' if match[2] else ''}/)"


def _clauses(words: str) -> Iterator[str]:
    """`words` cut after clauses, and every twenty words where a clause has more than forty."""
    for clause in CLAUSE.split(words):
        single = clause.split()
        size = 20 if len(single) > 40 else len(single) or 1
        for at in range(0, len(single), size):
            yield " ".join(single[at : at + size])
