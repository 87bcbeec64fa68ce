"""What is published without a source is told from what has one that cannot be read."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest

from commands.keep import run_clean
from commands.published import withdrawn
from tests.catalogue.listed import publish


def test_what_has_a_source_in_a_folder_that_cannot_be_read_is_not_withdrawn(tmp_path: Path) -> None:
    for name in ("a-guide", "gone"):
        publish(tmp_path, name)
    assert withdrawn(tmp_path, [], [Path("source/A guide")]) == ["gone/en"]
    assert withdrawn(tmp_path, [], []) == ["a-guide/en", "gone/en"]
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "A guide")
    assert withdrawn(tmp_path, [], [tmp_path / "link"]) == ["gone/en"], "a publication is named by its real folder"


def test_clean_names_the_folder_that_cannot_be_read_and_deletes_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output, denied = tmp_path / "source", tmp_path / "dist", tmp_path / "source" / "guide"
    for folder in (denied, source / "other"):
        folder.mkdir(parents=True)
    (source / "other" / "en.yaml").touch()
    publish(output, "guide")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != denied and access(path, mode))
    options = argparse.Namespace(output=output, cache=tmp_path / "cache", withdrawn=True, all=False)
    assert run_clean(options, {}, tmp_path) == 0
    said = capsys.readouterr()
    assert said.out.startswith("0 publications deleted") and (output / "guide" / "en" / "manifest.json").exists()
    assert said.err == f"note: {denied} cannot be read, and is left out\n"
