"""Turns the proofs of an edition's renderings into a file that is published with it, and that file into its faults."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from typing import Any, Final

from channels.base import Departure, File, Rendering
from model.document import Document
from model.traverse import sentences_of
from proof.pictures import statistics_of

NAME: Final = "proof.json"
FORMAT: Final = 1


def proof_of(
    document: Document, renderings: Iterable[Rendering], departures: Iterable[Departure]
) -> tuple[Rendering, ...]:
    """The proof of a whole edition as its file: which sentence stands in which files. Empty if nothing was read
    back."""
    files = {file: ids for rendering in renderings for file, ids in rendering.proof}
    if not files:
        return ()
    within = {file: frozenset(ids) for file, ids in files.items()}
    order = [sentence.id for sentence in sentences_of(document)]
    pictured = [statistic.id for statistic in statistics_of(document)]
    content = {
        "format": FORMAT,
        "files": list(files),
        "sentences": {own: [n for n, file in enumerate(files) if own in within[file]] for own in order},
        "pictures": {own: [n for n, file in enumerate(files) if own in within[file]] for own in pictured},
        "on_purpose": [
            {"file": d.file, "sentences": list(d.ids), "stands_elsewhere": d.stands, "why": d.why}
            for d in departures
            if d.file in files and d.ids
        ],
    }
    data = (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "surrogatepass")
    return (Rendering(channel="proof", files=(File(path=NAME, data=data, media_type="application/json"),)),)


def faults_in(content: Any, listed: Set[str]) -> Iterator[str]:
    """The faults of the `content` of a published proof, a line for each. `listed` are the files of the edition. Raises
    one of the errors that a wrong shape causes."""
    files, sentences, purpose = content["files"], content["sentences"], content["on_purpose"]
    absent = {(d["file"], own) for d in purpose if not d["stands_elsewhere"] for own in d["sentences"]}
    missing = [(own, file) for own, found in sentences.items() for n, file in enumerate(files) if n not in found]
    yield from (f"it speaks of {file}, which is not there" for file in sorted({*files} - listed))
    yield from (f"{own} was not found in {file}" for own, file in missing if (file, own) not in absent)
