"""The product's own YAML files give the same values as with PyYAML, in half the time."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from yaml_source.own_files import read_data, read_texts

ROOT = Path(__file__).parents[2]
TEXTS = sorted(ROOT.glob("languages/en/*.yaml"))
DATA = [ROOT / "schema.yaml", ROOT / "publisher-schema.yaml"]


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_lists_are_texts(file: Path) -> None:
    assert read_texts(file) == yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 (texts only)


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.name)
def test_schemas_have_numbers_and_flags(file: Path) -> None:
    assert read_data(file) == yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


@pytest.mark.parametrize(("text", "why"), [("a: &one [x]\nb: *one\n", "repeats"), ("a: x\nb: y\na: z\n", "twice")])
def test_what_would_hide_a_part_is_refused(text: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "lists.yaml"
    file.write_text(text)
    with pytest.raises(ValueError, match=why):
        read_texts(file)
