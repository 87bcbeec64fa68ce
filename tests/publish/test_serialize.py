"""A rendering comes back from the store unchanged, with its diagnostics at the lines where their words stand now."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from channels.base import Clip, File, Rendering
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import NOWHERE, Mark
from model.traverse import sentences_of
from publish.serialize import deserialize, serialize
from reader.read import read
from tests.conftest import ROOT

SOURCE = ROOT / "tests" / "golden" / "everything" / "source.yaml"


def document_of(path: Path) -> Document:
    found = read(path).document
    assert found is not None
    return found


def rendering(document: Document) -> Rendering:
    marks = [sentence.mark for sentence in sentences_of(document)]
    return Rendering(
        channel="pdf",
        files=(
            File(path="a.pdf", data=bytes(range(256)) * 3, media_type="application/pdf", title="A – “ä”", pages=2),
            File(path="b/empty", data=b"", media_type="text/plain"),
            File(path="c.mp3", data=b"\0", media_type="audio/mpeg", seconds=1.25),
        ),
        diagnostics=(
            Diagnostic(severity="warning", code="one", message="m\n“\udc80”", mark=marks[3], hint="do"),
            Diagnostic(severity="warning", code="two", message="nowhere", mark=NOWHERE, hint="do"),
        ),
        clips=(Clip(id="s1", file="c.mp3", begin=0.1, end=1 / 3, section="one", text="words"),),
        notes=("set at 13.25 pt",),
    )


def test_comes_back_the_same() -> None:
    document = document_of(SOURCE)
    made = rendering(document)
    assert deserialize(serialize(made, document), document) == made
    bare = Rendering(channel="html", files=())
    assert deserialize(serialize(bare, document), document) == bare


def test_marks_move_with_the_words(tmp_path: Path) -> None:
    document = document_of(SOURCE)
    moved = tmp_path / SOURCE.parent.name / "source.yaml"
    shutil.copytree(SOURCE.parent, moved.parent)
    moved.write_text("# moved\n\n\n" + SOURCE.read_text(encoding="utf-8"), encoding="utf-8")
    later = document_of(moved)
    assert later == document
    kept = deserialize(serialize(rendering(document), document), later)
    before = rendering(document).diagnostics[0].mark
    assert kept.diagnostics[0].mark == replace(before, file=str(moved), line=before.line + 3)
    assert kept.diagnostics[1].mark == NOWHERE


def test_a_place_in_a_file_beside_the_source_comes_back_and_moves_with_it(tmp_path: Path) -> None:
    document = document_of(SOURCE)
    theme = Mark(file=str(SOURCE.parent / "themes" / "own.css"), line=4, column=2)
    fault = Diagnostic(severity="warning", code="theme-width", message="wide", mark=theme, hint="Use max-width.")
    made = replace(rendering(document), diagnostics=(fault,))
    assert deserialize(serialize(made, document), document).diagnostics == (fault,)
    moved = tmp_path / "source.yaml"
    shutil.copytree(SOURCE.parent, tmp_path, dirs_exist_ok=True)
    (kept,) = deserialize(serialize(made, document), document_of(moved)).diagnostics
    assert kept.mark == replace(theme, file=str(tmp_path / "themes" / "own.css"))
