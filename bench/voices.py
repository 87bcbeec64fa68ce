"""`python -m bench.voices [--utterances N] [VOICE …]` counts how well voices are understood, and measures their cost
and size.

Each voice speaks the words of three publications. Whisper tiny.en, which also checks every take of Kokoro, writes
down what it hears. Its figures become words in the same way as those of a publication. Counted are words that are
lost, added or mistaken. The recogniser's own mistakes count against every voice alike. The cost of a take is
processor time, so that a busy machine changes little.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import hibari
import numpy as np
from rapidfuzz.distance import Levenshtein

from bench import SEED
from channels.base import Settings
from model.errors import PipelineError
from narration.script import script
from narration.sound import take
from narration.voices import espeak, kokoro, kokoro_files, load_voice
from narration.voices.base import Sound
from narration.voices.heard_take import Listener, resampled, said
from narration.voices.kokoro_model import Kokoro, Phonemes
from reader.read import read

GOLDEN: Final = Path(__file__).parent.parent / "tests" / "golden"
TEXTS: Final = (SEED, GOLDEN / "everything" / "source.yaml", GOLDEN / "naloxone" / "en.yaml")
USUAL: Final = ("espeak-ng", "kokoro", "hibari")
MOST: Final = 20
"""The most utterances of each text, spread over it. They are enough to tell voices apart."""

Speaks = Callable[[str], Sound]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A voice: its speech, the size of its files in MB, and its licence."""

    speaks: Speaks
    megabytes: float
    licence: str


@dataclass(slots=True, kw_only=True)
class Figures:
    """The counts for the text that a voice spoke."""

    wrong: int = 0
    words: int = 0
    cost: float = 0.0
    seconds: float = 0.0
    doubted: int = 0
    takes: int = 0
    said: int = 0


def words_in(text: str) -> list[str]:
    """The words without case and signs. Letters that are spoken one by one are one word, as the recogniser writes
    them."""
    joined = re.sub(r"\b(?:\w )+\w\b", lambda match: match[0].replace(" ", ""), text)
    return re.findall(r"[a-z']+", joined.lower().replace("’", "'").replace("-", " "))


def contestant(name: str, phonemes: Phonemes) -> Contestant:
    """The voice of that name. Kokoro speaks here, and not in its own process, so that only speaking is counted."""
    match name.partition(":")[0]:
        case "kokoro":
            voice = kokoro_files.voice_named(name)
            model = Kokoro(kokoro_files.INSTALLED, voice)
            size = sum(path.stat().st_size for path in kokoro_files.files_in(kokoro_files.INSTALLED, voice))
            speed = kokoro.SPEED[voice]
            return Contestant(speaks=lambda w: model.speak(w, speed), megabytes=size / 1e6, licence="Apache-2.0")
        case "hibari":
            # The package has one voice, American; it gets British phonemes.
            american = hibari.Hibari(g2p=phonemes.of_words)
            size = sum(path.stat().st_size for path in Path(hibari.__file__).parent.rglob("*") if path.is_file())
            return Contestant(speaks=lambda w: _hibari(american, w), megabytes=size / 1e6, licence="Apache-2.0")
        case "espeak-ng":
            return Contestant(speaks=lambda w: load_voice(Settings()).speak(w, "en"), megabytes=13, licence="GPL-3.0+")
        case _:
            own = load_voice(Settings(chosen={"voice": name}))
            return Contestant(speaks=lambda w: own.speak(w, "en"), megabytes=0, licence="?")


def _hibari(voice: hibari.Hibari, words: str) -> Sound:
    wave = voice(words, seed=1)
    return Sound(pcm=np.rint(np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes(), rate=hibari.SAMPLE_RATE)


def utterances(source: Path, most: int) -> list[str]:
    """At most `most` utterances of a publication, spread from its beginning to its end."""
    document = read(source).document
    said = list(dict.fromkeys(one.words for one in script(document, Settings()))) if document else []
    return said[:: max(1, len(said) // most)][:most]


def measure(one: Contestant, texts: Iterable[list[str]], listener: Listener) -> list[Figures]:
    """The figures for each text."""
    found = []
    for text in texts:
        figures = Figures()
        for words in text:
            began = time.process_time()
            sound = one.speaks(words)
            figures.cost += time.process_time() - began
            figures.seconds += len(take(sound, words)) / sound.rate
            verdict = listener.hear(sound, words)
            if not verdict.right:
                print(f"    doubted: “{words}” is heard as “{verdict.heard}”", file=sys.stderr)
            wanted, heard = words_in(words), words_in(said(listener.written(resampled(sound), figures=True)))
            if wanted != heard:
                print(f"    {' '.join(wanted)}\n    → {' '.join(heard)}", file=sys.stderr)
            figures.wrong += Levenshtein.distance(wanted, heard)
            figures.words += len(wanted)
            figures.doubted += not verdict.right
            figures.takes += 1
            figures.said += len(words.split())
        found.append(figures)
    return found


def cost_of_espeak(texts: Iterable[list[str]]) -> float:
    """The processor seconds of espeak-ng as a program, started for each utterance. In this process it speaks in a
    fork, which takes less and does not show in the times."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for words in (words for text in texts for words in text):
        command = ["espeak-ng", "-v", "en-gb", "-s", str(espeak.RATE), "--stdout", "--stdin"]
        subprocess.run(command, input=words.encode(), capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def row(name: str, one: Contestant, figures: list[Figures], cost: float) -> str:
    """A row of the table in docs/audio.md."""
    parts = [f"{each.wrong / each.words:.1%}" for each in figures]
    wrong, words, seconds = (sum(getattr(f, key) for f in figures) for key in ("wrong", "words", "seconds"))
    doubted = f"{sum(f.doubted for f in figures)} of {sum(f.takes for f in figures)}"
    pace = " ".join(f"{each.said * 60 / each.seconds:.0f}" for each in figures)
    cells = [f"`{name}`", f"{wrong / words:.1%}", *parts, doubted, f"{cost / seconds:.3f}", f"{one.megabytes:.0f} MB"]
    return f"| {' | '.join([*cells, one.licence, pace])} |"


def main() -> int:
    """Prints a row for each voice that is installed."""
    arguments = argparse.ArgumentParser(prog="bench.voices")
    arguments.add_argument("voices", nargs="*", default=USUAL, metavar="VOICE")
    arguments.add_argument("--utterances", type=int, default=MOST, metavar="N", help="of each text")
    options = arguments.parse_args()
    phonemes = Phonemes()
    listener = Listener(phonemes)
    texts = [utterances(text, options.utterances) for text in TEXTS]
    titles = ("voice", "words wrong", *(text.parent.name for text in TEXTS), "takes doubted")
    print("| " + " | ".join([*titles, "processor time a second", "size", "licence", "words a minute"]) + " |")
    for name in options.voices:
        try:
            one = contestant(name, phonemes)
            figures = measure(one, texts, listener)
        except PipelineError as fault:
            print(f"{name:20}{fault}")
            continue
        cost = cost_of_espeak(texts) if name == "espeak-ng" else sum(each.cost for each in figures)
        print(row(name, one, figures, cost), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
