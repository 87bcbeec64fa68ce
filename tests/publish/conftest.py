"""Fixtures for tests of publishing: a small publication, and a process that builds it with fake channels."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from channels.base import Entry, Settings
from commands.build import reading, write_list
from publish.config import BuildConfig
from tests.publish.fakes import REGISTRY

FAKE_PIPELINE = Path(__file__).parent / "fake_pipeline.py"
LIST = ("accessibility-draft.html", "index.css", "index.html", "index.js")
"""The files of the list of publications, as the workshop's builds write it."""

GUIDE = """\
title: {title}
summary: A short guide that tests publish, long enough to be a summary of something.
language: en
publisher: {{ name: Test House }}
status: archived
as_of: Describes the guide of 2007
notice: {{ title: This is an archived page, text: It has changed since then. }}
introduction:
  - {first}
sections:
  - id: one
    title: Section one
    blocks:
      - The first section says something.
  - id: two
    title: Breaking the chain
    blocks:
      - {second}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """A folder with sources, an output and a cache, and the command line as a process of its own."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "dist"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def write(
        self, name: str = "guide", title: str = "A guide", first: str = "Hello.", second: str = "Goodbye."
    ) -> Path:
        """Writes a source file with these words."""
        path = self.root / "source" / name / "en.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GUIDE.format(title=title, first=first, second=second), encoding="utf-8")
        return path

    def command(self, *arguments: str) -> list[str]:
        """A command line with fake channels. `build` without sources builds the workshop's."""
        words = list(arguments)
        places = {"build": ["--output", str(self.output), "--cache", str(self.cache)], "verify": [], "check": []}
        if words[0] == "build" and len([word for word in words[1:] if word.endswith(".yaml")]) == 0:
            words.append(str(self.root / "source"))
        places["clean"] = places["build"]
        places["cache"] = ["--cache", str(self.cache)]
        return [sys.executable, str(FAKE_PIPELINE), *words, *places[words[0]]]

    def run(
        self, *arguments: str, env: Mapping[str, str] | None = None, through: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Runs the command line to its end, `through` another program if one is named."""
        return subprocess.run(
            [*through, *self.command(*arguments)],
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=self.root,
        )

    def published(self) -> dict[str, bytes]:
        """Every file in the output, by its path there."""
        return files_of(self.output)

    def standing(self) -> set[str]:
        """The names of all files and folders at the top of the output, also of what a build has left half done."""
        return {path.name for path in self.output.iterdir()}


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file in `folder`, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(root=tmp_path)
    made.write()
    return made


def config_for(workshop: Workshop, channels: Mapping[str, Entry] | None = None) -> BuildConfig:
    """The configuration of a run of the workshop, with the fake channels or others."""
    return BuildConfig(
        channels=channels or REGISTRY,
        settings=Settings(),
        output=workshop.output,
        cache=workshop.cache,
        read=reading(channels or REGISTRY),
        at_end=write_list,
    )
