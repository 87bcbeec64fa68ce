"""Turns a finished recording into the words that pocketsphinx hears in it. It knows the words of the document and
which follow which (a trigram model made here), but not what is said when."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

MODEL = Path("/usr/share/pocketsphinx/model/en-us")
RATE = 16_000
DISCOUNT = 0.5

# These take a third of the time for as many right words (623 of 626 on the seed page).
QUICK = {"fwdflat": "no", "bestpath": "no", "ds": 2}

# Words that the listener's American dictionary lacks, as flite's American voice says them.
SOUNDS = {
    "programme": "P R OW G R AE M",
    "programmes": "P R OW G R AE M Z",
    "practitioners": "P R AE K T IH SH AH N ER Z",
    "tors": "T AO R Z",
    "gov": "G AH V",
    "ay": "EY",
}


def present() -> bool:
    return bool(shutil.which("flite") and shutil.which("pocketsphinx_batch") and (MODEL / "en-us").is_dir())


def words_of(text: str) -> list[str]:
    """The words to be heard."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("-", " "))


def listen(takes: Sequence[np.ndarray], said: Sequence[list[str]], folder: Path) -> list[list[str]]:
    """The words that are heard in each of `takes` (16-bit samples at 16 kHz)."""
    names = [f"{number:03d}" for number in range(len(takes))]
    rest = np.zeros(RATE // 4, dtype=np.int16)
    for name, take in zip(names, takes, strict=True):
        (folder / f"{name}.raw").write_bytes(np.concatenate([rest, take, rest]).astype("<i2").tobytes())
    (folder / "names.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    (folder / "words.dict").write_text(_dictionary({word for line in said for word in line}), encoding="utf-8")
    (folder / "words.lm").write_text(_model(said), encoding="utf-8")
    options = {
        "hmm": MODEL / "en-us",
        "lm": folder / "words.lm",
        "dict": folder / "words.dict",
        "ctl": folder / "names.txt",
        "cepdir": folder,
        "cepext": ".raw",
        "adcin": "yes",
        "hyp": folder / "heard.txt",
        "logfn": folder / "log.txt",
        "remove_silence": "no",
        **QUICK,
    }
    command = ["pocketsphinx_batch", *(str(part) for name, value in options.items() for part in (f"-{name}", value))]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    heard = {}
    for line in (folder / "heard.txt").read_text(encoding="utf-8").splitlines():
        words, _, tail = line.rpartition("(")
        heard[tail.split()[0]] = words_of(words)
    return [heard.get(name, []) for name in names]


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """The number of words that must be added, removed or replaced to turn one list into the other."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        corner, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            corner, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, corner + (word != other))
    return row[-1]


def _dictionary(words: Iterable[str]) -> str:
    """The pronunciations of `words`. KeyError names a word without one."""
    sounds = defaultdict(list)
    for line in (MODEL / "cmudict-en-us.dict").read_text(encoding="utf-8").splitlines():
        word, _, spoken = line.partition(" ")
        sounds[re.sub(r"\(\d+\)$", "", word)].append(spoken)
    for word, spoken in SOUNDS.items():
        sounds[word].append(spoken)
    lines = []
    for word in sorted(words):
        spellings = sounds.get(word) or _compound(word, sounds)
        for number, spoken in enumerate(dict.fromkeys(spellings)):
            lines.append(f"{word}{f'({number + 1})' if number else ''} {spoken}")
    return "\n".join(lines) + "\n"


def _compound(word: str, sounds: Mapping[str, list[str]]) -> list[str]:
    """The pronunciation of a word made of two, such as "helpline"."""
    for cut in range(2, len(word) - 1):
        if word[:cut] in sounds and word[cut:] in sounds:
            return [f"{sounds[word[:cut]][0]} {sounds[word[cut:]][0]}"]
    raise KeyError(word)


def _model(said: Sequence[list[str]]) -> str:
    """An ARPA trigram model of the sentences, by absolute discounting."""
    lines = [["<s>", *line, "</s>"] for line in said]
    grams = [
        Counter(tuple(line[n : n + size]) for line in lines for n in range(len(line) - size + 1)) for size in (1, 2, 3)
    ]
    total = sum(grams[0].values())
    out = ["\\data\\", *(f"ngram {size}={len(counts)}" for size, counts in enumerate(grams, 1)), ""]
    follow = [Counter(gram[:-1] for gram in counts) for counts in grams]
    for size, counts in enumerate(grams, 1):
        out.append(f"\\{size}-grams:")
        for gram in sorted(counts):
            over = total if size == 1 else sum(n for g, n in counts.items() if g[:-1] == gram[:-1])
            chance = math.log10(max(counts[gram] - (DISCOUNT if size > 1 else 0), 1e-3) / over)
            weight = ""
            if size < 3:
                after = sum(n for g, n in grams[size].items() if g[:-1] == gram)
                weight = f" {math.log10(DISCOUNT * follow[size][gram] / after) if after else 0:.4f}"
            out.append(f"{-99 if gram == ('<s>',) else chance:.4f} {' '.join(gram)}{weight}")
        out.append("")
    return "\n".join([*out, "\\end\\", ""])
