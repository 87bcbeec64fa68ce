"""A speech recogniser hears in the finished MP3 the words of the document, word for word and sentence for sentence."""

from __future__ import annotations

import json
from pathlib import Path

from channels.audio.encode import decode
from channels.audio.render import AudioChannel
from channels.base import Settings
from model.document import Document
from tests.channels.audio.listener import errors, listen, present, words_of
from tests.conftest import demand
from tests.narration.conftest import recorded
from tests.narration.fakes import MemoryStore


def test_what_is_heard_is_what_was_written(seed: Document, tmp_path: Path) -> None:
    demand(present(), "flite, pocketsphinx or pocketsphinx-en-us is not installed")
    rendering = recorded(AudioChannel(Settings(chosen={"voice": "flite"}), MemoryStore()), seed)
    heard_file = decode(rendering.files[0].data)
    clips = json.loads(next(file.data for file in rendering.files if file.path == "audio/clips.json"))["clips"]
    takes = [heard_file.samples[round(c["begin"] * heard_file.rate) : round(c["end"] * heard_file.rate)] for c in clips]
    said = [words_of(clip["text"]) for clip in clips]
    heard = listen(takes, said, tmp_path)
    wrong = [errors(*pair) for pair in zip(said, heard, strict=True)]
    misheard = [f"{n}/{len(s)}: {' '.join(s)} | {' '.join(h)}" for n, s, h in zip(wrong, said, heard, strict=True) if n]
    assert sum(wrong) <= 0.05 * sum(map(len, said)), misheard
    for number, words in enumerate(heard):
        nearest = min(range(len(said)), key=lambda other: (errors(said[other], words), other != number))
        assert nearest == number or said[nearest] == said[number], (said[number], words)
