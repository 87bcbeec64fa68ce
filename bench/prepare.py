"""Turns a source into the final input of each engine: HTML and CSS, words, samples."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import Any

import numpy as np

from channels.audio import edition
from channels.base import Rendering, Settings
from channels.pdf.engine import Typesetter
from narration.script import script
from publish.store import DiskStore
from reader.read import read


def prepare(source: Path, store: Path) -> dict[str, Any]:
    """The final input of every engine for the document at `source`, recorded while the channels make it."""
    document = read(source).document
    if document is None:
        raise SystemExit(f"{source} is at fault")
    pages: list[tuple[str, str, float]] = []
    sounds: list[tuple[Any, int]] = []
    sizes: dict[int, float] = {}
    lay_out, draw, encode = Typesetter.lay_out, Typesetter.draw, vars(edition)["encode"]

    def watched_lay_out(typesetter: Typesetter, size: float) -> Any:
        laid_out = lay_out(typesetter, size)
        sizes[id(laid_out)] = size
        return laid_out

    def watched_draw(typesetter: Typesetter, laid_out: Any) -> Any:
        pages.append((typesetter.html, typesetter.css, sizes[id(laid_out)]))
        return draw(typesetter, laid_out)

    def watched_encode(blocks: Any, rate: int, *rest: Any, **named: Any) -> bytes:
        blocks = list(blocks)
        sounds.append((np.concatenate(blocks), rate))
        made: bytes = encode(blocks, rate, *rest, **named)
        return made

    for place, name, watched in (
        (Typesetter, "lay_out", watched_lay_out),
        (Typesetter, "draw", watched_draw),
        (edition, "encode", watched_encode),
    ):
        setattr(place, name, watched)
    from channels import CHANNELS  # noqa: PLC0415 (after the engines are watched)

    made: dict[str, Rendering] = {}
    for name in ("pdf", "narration", "audio"):
        entry = CHANNELS[name]
        made[name] = entry.load(Settings(), DiskStore(store)).render(document, entry.quoted(made, CHANNELS))
    words = "\n".join(utterance.words for utterance in script(document, Settings()))
    return {"pages": pages, "sounds": sounds, "words": words}


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(pickle.dumps(prepare(Path(sys.argv[1]), Path(sys.argv[3]))))
