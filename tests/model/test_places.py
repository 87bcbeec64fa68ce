"""Every fault has a place: a document that was read knows where each of its parts was written, and who makes a fault
of a whole file says nothing of where, because the engine says it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from model.diagnostics import OURS, Diagnostic, place_of, placed, show
from model.document import Document
from model.inlines import NOWHERE, Mark
from reader.read import read
from tests.conftest import GOLDEN, ROOMS, ROOT

SOURCES = (
    ROOT / "source" / "drug-related-crime" / "en.yaml",
    GOLDEN / "everything" / "source.yaml",
    GOLDEN / "blocks" / "source.yaml",
    GOLDEN / "naloxone" / "en.yaml",
    GOLDEN / "brands" / "anywhere" / "getting-help" / "en.yaml",
    GOLDEN / "brands" / "fernhill" / "getting-help" / "en.yaml",
)

OF_A_WHOLE_FILE = {
    *(f"channels/{name}.py" for name in ("audio/alignment", "audio/check", "braille/render", "daisy/check")),
    *(f"channels/{name}.py" for name in ("epub/check", "html/check", "pdf/render")),
    *(f"channels/sound_files/{name}.py" for name in ("check", "tracks")),
    *("proof/prove.py", "publish/serialize.py"),
}
"""What makes a fault of a file that was made. `publish.worker` gives it the publication's place."""
OF_THE_MODEL = {"model/inlines.py", "model/document.py", "model/blocks.py", "narration/utterance.py"}
"""Where a mark that nobody gives is NOWHERE: for documents that are made without a file, as in tests."""
OF_ANOTHER_FILE = {"importer/unclear.py", "languages/base.py", "languages/en/lexicon.py"}
"""Ask whether there would be a fault, and show none, or answer those who ask."""
NO_PLACE = {"NOWHERE", "nowhere"}


def parts(node: object, where: str = "document") -> Iterator[tuple[str, Mark]]:
    """Each mark of a document, with the way to it."""
    if isinstance(node, tuple):
        for number, part in enumerate(node):
            yield from parts(part, f"{where}[{number}]")
    elif isinstance(node, Mark):
        yield where, node
    elif is_dataclass(node):
        for field in fields(node):
            yield from parts(getattr(node, field.name), f"{where}.{field.name}")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.parent.name}-{path.parent.name}")
def test_each_part_of_a_document_knows_where_it_was_written(source: Path) -> None:
    document = read(source).document
    assert isinstance(document, Document)
    marks = list(parts(document))
    assert len(marks) > 20
    assert [where for where, mark in marks if not (mark.file and mark.line >= 1 and mark.column >= 1)] == []


def test_only_who_makes_a_fault_of_a_whole_file_may_name_no_place() -> None:
    """A source's fault has none by no means: its makers cannot name NO_PLACE."""
    named = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and any(alias.name in NO_PLACE for alias in node.names):
                    named.add(path.relative_to(ROOT).as_posix())
    assert named | {"model/inlines.py"} == OF_A_WHOLE_FILE | OF_THE_MODEL | OF_ANOTHER_FILE


def test_a_fault_of_a_whole_file_gets_the_publications_place() -> None:
    here, there = Mark(file="en.yaml", line=1, column=1), Mark(file="en.yaml", line=7, column=3)
    bare = Diagnostic(severity="error", code="pdf-fault", message="leaflet.pdf: broken", mark=NOWHERE, hint=OURS)
    own = Diagnostic(severity="error", code="too-wide", message="a word", mark=there, hint="Use a shorter one.")
    assert [fault.mark for fault in placed((bare, own), here)] == [here, there]


@pytest.mark.parametrize("lacking", [{"hint": ""}, {"hint": " "}, {"message": ""}, {"code": ""}, {"code": "No Code"}])
def test_no_fault_can_be_made_without_code_message_and_hint(lacking: dict[str, str]) -> None:
    whole = {"code": "a-code", "message": "wrong", "hint": "Mend it."}
    with pytest.raises(ValueError, match="without code, message or hint"):
        Diagnostic(severity="error", mark=NOWHERE, **{**whole, **lacking})


@pytest.mark.parametrize("mark", [NOWHERE, Mark(file="a", line=0, column=1), Mark(file="a", line=1, column=0)])
def test_no_fault_can_be_shown_without_a_place(mark: Mark) -> None:
    """So a test that shows one fails, whatever it looks at."""
    fault = Diagnostic(severity="error", code="a-code", message="wrong", mark=mark, hint="Mend it.")
    for way in (show, place_of):
        with pytest.raises(ValueError, match="a fault is shown without a place"):
            way(fault)


def test_a_file_that_is_no_text_is_not_shown_as_text(tmp_path: Path) -> None:
    (tmp_path / "page.docx").write_bytes(b"PK\3\4 words")
    mark = Mark(file=str(tmp_path / "page.docx"), line=1, column=1)
    fault = Diagnostic(severity="error", code="not-a-page", message="wrong", mark=mark, hint="Save it again.")
    assert show(fault) == f"{mark.file}:1:1: error not-a-page: wrong\n    Save it again."
