"""Runs only the engines on prepared input, in a process of its own: `floor.py pdf|audio|both N`. This cost is the
floor.

It imports no module of the program. The settings of the encoder are those of the product: 64 kbit/s mono, LAME
quality 7.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any


def lay_out(pages: list[tuple[str, str, float]]) -> None:
    """Runs WeasyPrint on the final HTML of each file."""
    import weasyprint  # noqa: PLC0415 (the floor of audio does not pay for it)

    for html, css, size in pages:
        sheets = [weasyprint.CSS(string=css), weasyprint.CSS(string=f":root {{ font-size: {size}pt }}")]
        weasyprint.HTML(string=html, base_url="image:").write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")


def speak(words: str) -> None:
    """Runs espeak-ng on all the words in one process."""
    command = ["espeak-ng", "-v", "en-gb", "-s", "148", "--stdin", "--stdout"]
    subprocess.run(command, input=words.encode(), stdout=subprocess.PIPE, check=True)


def encode(sound: tuple[Any, int]) -> bytes:
    """Runs LAME on the samples of one section."""
    import lameenc  # noqa: PLC0415

    samples, rate = sound
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(7)
    encoder.silence()
    return bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush())


def record(prepared: dict[str, Any]) -> None:
    """Speaks and encodes, with two encoders side by side as in the product."""
    speak(prepared["words"])
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(encode, prepared["sounds"]))


def work(what: str, times: int, prepared: dict[str, Any]) -> None:
    for _ in range(times):
        if what in ("pdf", "both"):
            lay_out(prepared["pages"])
        if what in ("audio", "both"):
            record(prepared)


if __name__ == "__main__":
    os.environ.setdefault("FONTCONFIG_FILE", str(Path(sys.argv[4])))
    work(sys.argv[1], int(sys.argv[2]), pickle.loads(Path(sys.argv[3]).read_bytes()))  # noqa: S301 (made by prepare)
