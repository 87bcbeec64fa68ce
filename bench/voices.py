"""`python -m bench.voices [--takes FOLDER] [--hear] [--texts N] [VOICE …]` counts how well voices are understood, and
measures their cost and size.

Each voice speaks three publications whole. Whisper tiny.en, which also checks every take of Kokoro, listens to each
recording from its beginning to its end, as people do, and writes down what it hears. Its figures become words in the
same way as those of a publication. Counted are words that are lost, added or mistaken; words that sound the same are
the same. The recogniser's own mistakes count against every voice alike. The cost of a take is processor time, so that a
busy machine changes little.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import resource
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import hibari
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from bench import ROOT, SEED
from channels.base import Settings
from model.errors import PipelineError
from narration.script import script
from narration.sound import take
from narration.utterance import Utterance
from narration.voices import espeak, kokoro, kokoro_files, load_voice
from narration.voices.base import Sound
from narration.voices.heard_take import HEARS, Listener, resampled, said
from narration.voices.kokoro_model import Kokoro, Phonemes
from reader.read import read

HELP: Final = ROOT / "scaffold" / "files" / "source" / "getting-help" / "en.yaml"
TEXTS: Final = (SEED, ROOT / "tests" / "golden" / "naloxone" / "en.yaml", HELP)
UNITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS: Final = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
SAME: Final = (
    *((rf"\b{teen} hundred\b", f"one thousand {unit} hundred") for teen, unit in zip(TEENS, UNITS, strict=True)),
    *((r"\bcan't\b|\bcannot\b", "can not"), (r"\bwon't\b", "will not"), (r"n't\b", " not")),
    *((r"\boh (\w+) hundred\b", r"oh \1 oh oh"), (r"\bdouble (\w+)", r"\1 \1"), (r"\bzero\b", "oh")),
    *((r"'re\b", " are"), (r"'ve\b", " have"), (r"'ll\b", " will"), (r"'m\b", " am")),
)
"""What may be written, or said, in two ways, and means the same: "we're", "nineteen hundred", "double seven"."""
STRESS: Final = re.compile("[ˈˌː]")
USUAL: Final = ("espeak-ng", "kokoro", "hibari")
Speaks = Callable[[str], Sound]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A voice: its speech, whatever decides how that sounds, the size of its files in MB, and its licence."""

    speaks: Speaks
    identity: str
    megabytes: float
    licence: str


@dataclass(slots=True, kw_only=True)
class Figures:
    """The counts for one text that a voice spoke."""

    wrong: int = 0
    words: int = 0
    cost: float = 0.0
    seconds: float = 0.0
    doubted: int = 0
    checked: int = 0
    said: int = 0


class Takes:
    """What a voice has spoken, and what it cost; in `folder`, where there is one, so that it is spoken once. A
    voice that would sound otherwise has another identity, and speaks anew."""

    def __init__(self, one: Contestant, folder: Path | None) -> None:
        self.one, self.folder = one, folder

    def speak(self, words: str) -> tuple[Sound, float]:
        """The sound of `words`, and the seconds of processor time that it took."""
        key = hashlib.sha256(f"{self.one.identity}\n{words}".encode()).hexdigest()
        file = self.folder / f"{key}.pcm" if self.folder else None
        if file is not None and file.exists():
            rate, cost = struct.unpack("<Id", (data := file.read_bytes())[:12])
            return Sound(pcm=data[12:], rate=rate), cost
        began = time.process_time()
        sound = self.one.speaks(words)
        cost = time.process_time() - began
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(struct.pack("<Id", sound.rate, cost) + sound.pcm)
        return sound, cost


def words_in(text: str) -> list[str]:
    """The words without case and signs. Letters that are spoken one by one are one word, as the recogniser writes
    them."""
    joined = re.sub(r"\b(?:\w )+\w\b", lambda match: match[0].replace(" ", ""), text)
    plain = joined.lower().replace("’", "'").replace("-", " ")
    for short, whole in SAME:
        plain = re.sub(short, whole, plain)
    return re.findall(r"[a-z']+", plain)


def sounds_of(words: list[str], known: set[str], phonemes: Callable[[str], str]) -> list[str]:
    """Each word as its sounds, so that "organise" is "organize". Two that stand as one in `known` are one, and the
    other way round."""
    whole: list[str] = []
    for word in words:
        cut = next((at for at in range(2, len(word) - 1) if word not in known and {word[:at], word[at:]} <= known), 0)
        if whole and word not in known and f"{whole[-1]}{word}" in known:
            whole[-1] += word
        else:
            whole += [word[:cut], word[cut:]] if cut else [word]
    return [STRESS.sub("", phonemes(word)) or word for word in whole]


def contestant(name: str, phonemes: Phonemes) -> Contestant:
    """The voice of that name. Kokoro speaks here, and not in its own process, so that only speaking is counted."""
    match name.partition(":")[0]:
        case "kokoro":
            voice = kokoro.Kokoro(name, None)
            model, speed = Kokoro(voice.folder, voice.voice), float(voice.speed)
            size = sum(path.stat().st_size for path in kokoro_files.files_in(voice.folder, voice.voice))
            return Contestant(
                speaks=lambda w: model.speak(w, speed),
                identity=voice.identity(),
                megabytes=size / 1e6,
                licence="Apache-2.0",
            )
        case "hibari":
            # The package has one voice, American; it gets British phonemes.
            american = hibari.Hibari(g2p=phonemes.of_words)
            size = sum(path.stat().st_size for path in Path(hibari.__file__).parent.rglob("*") if path.is_file())
            return Contestant(
                speaks=lambda w: _hibari(american, w),
                identity=f"hibari {version('hibari-tts')} onnxruntime {version('onnxruntime')} {kokoro.processor()}",
                megabytes=size / 1e6,
                licence="Apache-2.0",
            )
        case _:
            own = load_voice(Settings(chosen={"voice": name}))
            megabytes, licence = (13, "GPL-3.0+") if own.name == "espeak-ng" else (0, "?")
            return Contestant(
                speaks=lambda w: own.speak(w, "en"), identity=own.identity(), megabytes=megabytes, licence=licence
            )


def _hibari(voice: hibari.Hibari, words: str) -> Sound:
    wave = voice(words, seed=1)
    return Sound(pcm=np.rint(np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes(), rate=hibari.SAMPLE_RATE)


def utterances(source: Path) -> tuple[Utterance, ...]:
    """All that a publication says."""
    document = read(source).document
    return tuple(script(document, Settings())) if document else ()


def measure(takes: Takes, text: tuple[Utterance, ...], listener: Listener, *, each: bool) -> Figures:
    """The figures of one text. Its takes are heard one by one, too, as in a build, where `each` says so."""
    figures = Figures()
    parts: list[npt.NDArray[np.float32]] = []
    for one in text:
        sound, cost = takes.speak(one.words)
        samples = take(sound, one.words)
        levelled = Sound(pcm=samples.tobytes(), rate=sound.rate)
        parts += [resampled(levelled), np.zeros(round(one.pause * HEARS), dtype=np.float32)]
        figures.cost += cost
        figures.seconds += len(samples) / sound.rate
        figures.said += len(one.words.split())
        figures.checked += each
        if each and not (verdict := listener.hear(sound, one.words)).right:
            figures.doubted += 1
            print(f"    doubted: “{one.words}” is heard as “{verdict.heard}”", file=sys.stderr)
    heard = written_down(np.concatenate(parts), listener)
    figures.wrong, figures.words = compared(" ".join(one.words for one in text), heard, listener)
    return figures


def written_down(wave: npt.NDArray[np.float32], listener: Listener) -> str:
    """What the recogniser writes down of a whole recording, in the words that the recording has for its figures."""
    segments, _ = listener.model.transcribe(
        wave, language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False
    )
    return said(" ".join(segment.text.strip() for segment in segments))


def compared(wanted: str, heard: str, listener: Listener) -> tuple[int, int]:
    """How many words are heard otherwise, and how many there are. What differs is shown."""
    due, found = words_in(wanted), words_in(heard)
    known = {*due}
    first, second = sounds_of(due, known, listener.phonemes), sounds_of(found, known, listener.phonemes)
    steps = [step for step in Levenshtein.opcodes(first, second) if step.tag != "equal"]
    for step in steps:
        missed, more = first[step.src_start : step.src_end], second[step.dest_start : step.dest_end]
        around = " ".join(first[max(0, step.src_start - 2) : step.src_end + 2])
        print(f"    {' '.join(missed) or '–'} → {' '.join(more) or '–'}    in: {around}", file=sys.stderr)
    return Levenshtein.distance(first, second), len(first)


def cost_of_espeak(texts: Iterable[tuple[Utterance, ...]]) -> float:
    """The processor seconds of espeak-ng as a program, started for each utterance. In this process it speaks in a
    fork, which takes less and does not show in the times."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for one in (one for text in texts for one in text):
        command = ["espeak-ng", "-v", "en-gb", "-s", str(espeak.RATE), "--stdout", "--stdin"]
        subprocess.run(command, input=one.words.encode(), capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def row(name: str, one: Contestant, figures: list[Figures], cost: float) -> str:
    """A row of the table in docs/audio.md."""
    parts = [f"{each.wrong / each.words:.1%}" for each in figures]
    wrong, words, seconds = (sum(getattr(f, key) for f in figures) for key in ("wrong", "words", "seconds"))
    doubted = f"{sum(f.doubted for f in figures)} of {sum(f.checked for f in figures)}"
    pace = ", ".join(f"{each.said * 60 / each.seconds:.0f}" for each in figures)
    cells = [f"`{name}`", f"{wrong / words:.1%}", *parts, doubted, f"{cost / seconds:.3f}", f"{one.megabytes:.0f} MB"]
    return f"| {' | '.join([*cells, one.licence, pace])} |"


def main() -> int:
    """Prints a row for each voice that is installed."""
    arguments = argparse.ArgumentParser(prog="bench.voices")
    arguments.add_argument("voices", nargs="*", default=USUAL, metavar="VOICE")
    arguments.add_argument(
        "--takes", type=Path, metavar="FOLDER", help="keep what is spoken there, for as long as a voice is the same"
    )
    arguments.add_argument("--hear", action="store_true", help="hear each take by itself, too, as a build does")
    arguments.add_argument("--texts", type=int, default=len(TEXTS), metavar="N", help="only the first N")
    options = arguments.parse_args()
    phonemes = Phonemes()
    listener = Listener(phonemes)
    texts = [utterances(text) for text in TEXTS[: options.texts]]
    titles = ("voice", "words wrong", *(text.parent.name for text in TEXTS[: options.texts]), "takes doubted")
    print("| " + " | ".join([*titles, "processor time a second", "size", "licence", "words a minute"]) + " |")
    for name in options.voices:
        try:
            one = contestant(name, phonemes)
            takes = Takes(one, options.takes)
            figures = [measure(takes, text, listener, each=options.hear) for text in texts]
        except PipelineError as fault:
            print(f"{name:20}{fault}")
            continue
        cost = cost_of_espeak(texts) if name == "espeak-ng" else sum(each.cost for each in figures)
        print(row(name, one, figures, cost), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
