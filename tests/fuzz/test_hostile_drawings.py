"""A hostile drawing is refused at its place, or it is laid out, drawn and read back without a fault of the program."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from channels.pdf.check import faults_of
from channels.pdf.drawings import faults
from channels.pdf.pages import factsheet
from reader.read import read
from tests.fuzz.drawings import drawing

CHUNKS = 4
EACH = int(os.environ.get("FUZZ", "10000")) // 400
FIRST = int(os.environ.get("FUZZ_SEED", "0"))
SOURCE = """\
title: Getting help
summary: A page whose drawings are not what they should be, of fifty characters or more.
language: en
publisher: { name: Tests }
status: current
sections:
  - id: help
    title: Help
    blocks:
"""
FIGURE = "      - {{ type: figure, image: images/{seed}.svg, alternative: Number {seed}. }}\n"


def told(folder: Path, seeds: list[int]) -> dict[int, str]:
    """The first error of each drawing, by its number."""
    (folder / "en.yaml").write_text(SOURCE + "".join(FIGURE.format(seed=seed) for seed in seeds), encoding="utf-8")
    result = read(folder / "en.yaml")
    found = [*result.diagnostics, *(faults(result.document) if result.document else ())]
    first = SOURCE.count("\n") + 1
    return {seeds[fault.mark.line - first]: fault.code for fault in found if fault.severity == "error"}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_hostile_drawing_is_refused_or_printed(chunk: int, tmp_path: Path) -> None:
    seeds = list(range(FIRST + chunk * EACH, FIRST + (chunk + 1) * EACH))
    (tmp_path / "images").mkdir()
    for seed in seeds:
        (tmp_path / "images" / f"{seed}.svg").write_bytes(drawing(seed))
    refused: dict[int, str] = {}
    while new := told(tmp_path, [seed for seed in seeds if seed not in refused]):
        refused |= new
    assert {*refused.values()} <= {"bad-image", "no-glyph"}
    assert len(refused) < 0.9 * len(seeds)
    document = read(tmp_path / "en.yaml").document
    assert document is not None
    [file] = factsheet(replace(document, editions=("factsheet",))).made().files
    assert list(faults_of(file.data, file.path)) == []
