"""The registry: turns a channel's name into its entry, the slowest channel first.

A new channel is a folder of its own and one line here. Nothing is imported until a worker loads an entry, so that a
run pays only for the engines it uses.
"""

from __future__ import annotations

import os

from channels.base import Entry, Option

# Set before numpy is imported, which whoever makes sound does later. Its BLAS would otherwise start a thread for each
# core, and these spin while they wait: 50 ms of processor time in each process. Also, a sum shared by several threads
# may differ in its last bit with their number.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

KOKORO = tuple(
    f"kokoro:{voice}"
    for voice in ("bf_alice", "bf_emma", "bf_isabella", "bf_lily", "bm_daniel", "bm_fable", "bm_george", "bm_lewis")
)
VOICE = Option(
    name="voice",
    help="who speaks",
    values=("espeak-ng", "kokoro", *KOKORO, "gtts", "piper"),
    requires={"piper": "voice-file"},
    sends_to={"gtts": "Google"},
    tried="narration.voices:fault_of",
)
RATE = Option(name="rate", metavar="WORDS", help="words a minute (default: 150)")
VOICE_FILE = Option(
    name="voice-file", metavar="FILE", help="a voice file for piper (.onnx), or a folder with the files of kokoro"
)
BRAILLE_GRADE = Option(name="braille-grade", help="contracted (2) or not (1)", values=("2", "1"))
BRAILLE_PAGE = Option(
    name="braille-page", help="cells in a line and lines on a page", values=("40x25", "32x25", "32x27", "28x26")
)
IVR_SOUND = Option(name="ivr-sound", help="the form of the samples in the ivr files", values=("linear", "mulaw"))

CHANNELS = {
    "pdf": Entry(path="channels.pdf.render:PdfChannel"),
    "narration": Entry(
        path="narration.render:Narration",
        publishes=False,
        options=(VOICE, VOICE_FILE, RATE),
    ),
    "audio": Entry(path="channels.audio.render:AudioChannel", needs=("narration",)),
    "braille": Entry(path="channels.braille.render:BrailleChannel", options=(BRAILLE_GRADE, BRAILLE_PAGE)),
    "epub": Entry(path="channels.epub.render:EpubChannel", needs=("narration", "audio"), brings=("audio",)),
    "daisy": Entry(path="channels.daisy.render:DaisyChannel", needs=("narration", "audio"), brings=("audio",)),
    "tracks": Entry(path="channels.sound_files.tracks:Tracks", needs=("narration", "audio"), brings=("audio",)),
    "m4b": Entry(path="channels.sound_files.on_wish:M4b", needs=("narration",)),
    "opus": Entry(path="channels.sound_files.on_wish:Opus", needs=("narration",)),
    "ivr": Entry(path="channels.sound_files.on_wish:Ivr", needs=("narration",), options=(IVR_SOUND,)),
    "podcast": Entry(path="channels.sound_files.podcast:Podcast", needs=("narration",)),
    "html": Entry(path="channels.html.render:HtmlChannel", needs=("audio",), quotes_downloads=True),
}
