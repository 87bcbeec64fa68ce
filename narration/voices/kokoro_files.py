"""Turns the name of a Kokoro voice into its files, and proves that they are the files that were tried."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

from model.errors import ToolMissing, UsageError, VoiceError

MODEL: Final = "kokoro-82m-int8.onnx"
MODEL_DIGEST: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICE_DIGESTS: Final = {
    "bf_isabella": "3754352c4aaa46d17f27654ab7518d65b62ad6163a0f55a5f4330c2da2c4e94f",
    "bf_alice": "08afa6ba24da61ea5e8efa139e5aadc938d83f0a6da5a900adaf763ac1da5573",
    "bf_emma": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "bf_lily": "5e0ee32ebe64a467124976b14e69590746f1c4ce41a12b587a50c862edfea335",
    "bm_daniel": "6b3194bbceffb746733cbc22c8f593dd44e401a71d53895a2dca891bc595a1e8",
    "bm_fable": "f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
    "bm_lewis": "b8f671cef828c30e66fdf0b0756a76bba58f6bb3398cbbf27058642acbcedb97",
}
"""The British voices, with the SHA-256 of each array. The first is used where none is named."""

INSTALLED: Final = Path(sys.prefix) / "share" / "one-source" / "kokoro"
"""The folder into which `make voice` puts them."""

ADVICE: Final = "Type: make voice"


def voice_named(name: str) -> str:
    """The voice in `name`, "kokoro" or "kokoro:bm_george". Raises UsageError where there is none of that name."""
    voice = name.partition(":")[2] or next(iter(VOICE_DIGESTS))
    if voice not in VOICE_DIGESTS:
        raise UsageError(f"Kokoro has no British voice called {voice!r}", f"Voices: {', '.join(VOICE_DIGESTS)}")
    return voice


def files_in(folder: Path, voice: str) -> tuple[Path, Path]:
    """The paths of the model and the voice in `folder`."""
    return folder / MODEL, folder / f"{voice}.bin"


def require(folder: Path, voice: str) -> tuple[Path, Path]:
    """The paths of the model and the voice in `folder`. Raises ToolMissing where a file is missing."""
    files = files_in(folder, voice)
    for file in files:
        if file.is_file():
            continue
        if folder == INSTALLED:
            raise ToolMissing(f"the voice kokoro is not installed: there is no {file.name} in {folder}", ADVICE)
        needed = f"--voice-file names a folder that has {MODEL} and {voice}.bin."
        raise ToolMissing(f"there is no {file.name} in {folder}", f"{needed} Without it, the installed files are used.")
    return files


def prove(file: Path, digest: str) -> bytes:
    """The content of `file`. Raises VoiceError if its SHA-256 is not `digest`."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise VoiceError(
            f"{file} is not the file that was tried: its SHA-256 is another",
            ADVICE if file.parent == INSTALLED else "Copy it again, or leave out --voice-file.",
        )
    return data
