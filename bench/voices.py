"""`python -m bench.voices [VOICE …]`: how often a recogniser takes a word for another, how long a voice takes to speak.

Each voice speaks the words of three publications. Whisper tiny.en, which hears every take of Kokoro as well, writes
down what it hears, without figures. Counted are words that are lost, invented or taken for others. The recogniser's own
mistakes count against every voice alike.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench import SEED
from channels.base import Settings
from model.errors import PipelineError
from narration.script import script
from narration.voices import load_voice
from narration.voices.heard_take import Listener
from narration.voices.kokoro_model import Phonemes
from reader.read import read

GOLDEN = Path(__file__).parent.parent / "tests" / "golden"
TEXTS = (SEED, GOLDEN / "everything" / "source.yaml", GOLDEN / "naloxone" / "en.yaml")
USUAL = ("espeak-ng", "kokoro", "kokoro:bm_george")
MOST = 60
"""Utterances of each text: enough to tell voices apart within a coffee."""


def words_in(text: str) -> list[str]:
    """Words without case and signs; letters that are said one by one are one word, as the recogniser writes them."""
    joined = re.sub(r"\b(?:\w )+\w\b", lambda match: match[0].replace(" ", ""), text)
    return re.findall(r"[a-z']+", joined.lower().replace("’", "'").replace("-", " "))


def measure(name: str, texts: Iterable[Path], listener: Listener) -> tuple[float, float]:
    """Words taken wrong, as a part of all, and the seconds that a second of speech takes."""
    voice = load_voice(Settings(chosen={"voice": name}))
    wrong = count = 0
    took = lasted = 0.0
    for source in texts:
        document = read(source).document
        for utterance in script(document, Settings())[:MOST] if document else ():
            began = time.perf_counter()
            sound = voice.speak(utterance.words, utterance.language)
            took += time.perf_counter() - began
            lasted += sound.seconds
            wanted, heard = words_in(utterance.words), words_in(listener.hear(sound, utterance.words).heard)
            wrong += Levenshtein.distance(wanted, heard)
            count += len(wanted)
    return wrong / count, took / lasted


def main(names: list[str]) -> int:
    """A line for each voice that is installed."""
    listener = Listener(Phonemes())
    texts = [text for text in TEXTS if text.is_file()]
    print(f"{'voice':20}{'words wrong':>12}{'seconds a second':>18}")
    for name in names or USUAL:
        try:
            wrong, cost = measure(name, texts, listener)
        except PipelineError as fault:
            print(f"{name:20}{fault}")
            continue
        print(f"{name:20}{wrong:>11.1%}{cost:>18.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
