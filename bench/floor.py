"""The floor: the engines on prepared input, and nothing else. Run as a process of its own: `floor.py pdf|audio|both N`.

Imports nothing of ours. Encoder settings are the product's: 64 kbit/s mono, LAME quality 7, no reservoir.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

BLOCK = 1 << 16
OPTIONS = {"compression_level": "7", "reservoir": "0"}


def lay_out(pages: list[tuple[str, str, float]]) -> None:
    """WeasyPrint on the final HTML of each file."""
    import weasyprint  # noqa: PLC0415 (the floor of audio does not pay for it)

    for html, css, size in pages:
        sheets = [weasyprint.CSS(string=css), weasyprint.CSS(string=f":root {{ font-size: {size}pt }}")]
        weasyprint.HTML(string=html, base_url="image:").write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")


def speak(words: str) -> None:
    """espeak-ng on all the words, in one process."""
    command = ["espeak-ng", "-v", "en-gb", "-s", "148", "--stdin", "--stdout"]
    subprocess.run(command, input=words.encode(), stdout=subprocess.PIPE, check=True)


def encode(sound: tuple[Any, int]) -> bytes:
    """LAME on the samples of one file."""
    import av  # noqa: PLC0415

    samples, rate = sound
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream: Any = container.add_stream("libmp3lame", rate=rate, layout="mono", format="s16p", options=OPTIONS)
        stream.bit_rate = 64_000
        for begin in range(0, len(samples), BLOCK):
            frame = av.AudioFrame.from_ndarray(samples[begin : begin + BLOCK].reshape(1, -1), "s16p", "mono")
            frame.sample_rate, frame.pts = rate, begin
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def record(prepared: dict[str, Any]) -> None:
    """Speech and its files, two encoders side by side as in the product."""
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
