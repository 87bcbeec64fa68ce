"""A footnote stands once, at the foot of the sheet, wherever its marker is. A link on a dark ground can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from channels.pdf.check import faults_of
from channels.pdf.choose import plans
from model.document import Document
from proof.prove import prove
from tests.channels.pdf.made import channel, from_text, lines

PAGE = """title: Drug offences
summary: What a court can give at most, in a page for tests. In danger, call 999, and wait until help comes.
language: en
publisher: {{ name: Home Office }}
status: current
reviewed: 2024-03-01
editions: [{edition}]
footnotes:
  law: Section 5(2) of the Act.
  all: For adults alone.
sections:
  - title: Penalties
    blocks:
      - type: contact
        name: Example helpline
        phone: 0800 77 66 00
      - type: table
        caption: Penalties by class[^all]
        row_headers: true
        headers: [Class, Drugs that are of this class, "Possession of it[^law]", Supply and production]
        rows:
          - [Class A, "crack cocaine, heroin", Up to 7 years in prison or an unlimited fine, Up to life in prison]
          - [Class B, "amphetamines, ketamine", Up to 5 years in prison or an unlimited fine, Up to 14 years]
  - title: Other
    blocks: [Words.]
"""


def document(folder: Path, edition: str) -> Document:
    return from_text(folder, PAGE.format(edition=edition))


@pytest.mark.parametrize("edition", ["large-print", "leaflet", "poster"])
def test_a_note_stands_once_at_the_foot_also_of_a_table_that_is_stacked(tmp_path: Path, edition: str) -> None:
    made = channel().render(document(tmp_path, edition), {})
    assert made.files, made.diagnostics
    assert [fault for file in made.files for fault in faults_of(file.data, file.path)] == []
    words = "".join(said for _, said in lines(made.files[0].data))
    assert words.count("Section 5(2) of the Act.") == (0 if edition == "poster" else 1)
    source = document(tmp_path, edition)
    assert prove(source, channel().read_back(made), channel().departures(source))[1] == ()


def test_a_number_on_a_dark_cover_has_the_colour_of_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plan,) = plans(document(tmp_path, "leaflet"))
    assert plan.fits
    for edition in ("leaflet", "flyer", "poster"):
        colours = dict(_colours(document(tmp_path, edition), monkeypatch))
        assert colours["999"] == next(colour for text, colour in colours.items() if "What a court" in text), edition


def _colours(source: Document, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Any]]:
    """The colour of each text of a first page, by its words."""
    from channels.pdf import engine  # noqa: PLC0415 (the engine is watched while it lays out)

    seen: list[Any] = []
    kept = engine.Typesetter._kept_headers

    def watch(typesetter: engine.Typesetter, size: float) -> Any:
        seen.append(kept(typesetter, size))
        return seen[-1]

    with monkeypatch.context() as watching:
        watching.setattr(engine.Typesetter, "_kept_headers", watch)
        list(plans(source))
    for page in seen[-1].pages:
        for box in page._page_box.descendants():
            if text := (getattr(box, "text", None) or "").replace("\u200b", "").strip():
                yield text, tuple(box.style["color"].coordinates)
