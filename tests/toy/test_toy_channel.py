"""A new channel is a folder and one entry in the registry. This one has both, beside the real channels."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from channels.base import Settings
from publish.store import Nothing
from tests.publish.conftest import GUIDE
from tests.toy.render import ToyChannel

PIPELINE = Path(__file__).parent / "toy_pipeline.py"

PAGE_AND_TOY = ("--output", "dist", "--cache", "cache", "--channel", "html", "--channel", "toy")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A folder with one source, and the command line beside it."""

    root: Path

    def write(self, lines: str = "", first: str = "Hello.", second: str = "Goodbye.") -> None:
        path = self.root / "source" / "guide" / "en.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{lines}\n" * bool(lines) + GUIDE.format(title="A guide", first=first, second=second))

    def run(self, *arguments: str, toy: str = "") -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}"}
        program = self.root / "bin" / "toy-counter"
        if toy:
            program.parent.mkdir(exist_ok=True)
            program.write_text(f"#!/bin/sh\necho {toy}\n")
            program.chmod(0o755)
        command = [sys.executable, str(PIPELINE), *arguments]
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True, check=False, timeout=120)

    def build(self, *arguments: str, toy: str = "") -> list[str]:
        """The channels that rendered something."""
        places = ("source", "--output", "dist", "--cache", "cache", "--json")
        chosen = ("--channel", "html", "--channel", "pdf", "--channel", "toy")
        done = self.run("build", *places, *chosen, *arguments, toy=toy)
        assert done.returncode == 0, done.stderr
        events = [json.loads(line) for line in done.stdout.splitlines()]
        return sorted(one["unit"].split()[-1] for one in events if one["event"] == "made" and not one["stored"])

    def published(self, name: str) -> str:
        return (self.root / "dist" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    made = House(root=tmp_path_factory.mktemp("house"))
    made.write()
    assert made.build() == ["html", "pdf", "toy"]
    return made


def test_it_quotes_the_channel_that_it_needs_although_it_stands_before_it(house: House) -> None:
    pages = [
        file["pages"] for file in json.loads(house.published("guide/en/manifest.json"))["files"] if "pages" in file
    ]
    assert house.published("guide/en/words.txt").startswith(f"{sum(pages)} pages are printed")


def test_the_page_and_the_list_of_publications_offer_its_download_by_its_title(house: House) -> None:
    assert 'href="words.txt' in house.published("guide/en/index.html")
    assert "Word list" in house.published("guide/en/index.html")
    assert 'href="guide/en/words.txt' in house.published("index.html")


def test_its_option_is_shown_and_makes_anew_what_depends_on_it(house: House) -> None:
    assert "--line-ends {unix,windows}" in house.run("build", "--help").stdout
    assert house.build() == []
    assert house.build("--line-ends", "windows") == ["html", "toy"]
    assert b"are printed\r\n" in (house.root / "dist" / "guide" / "en" / "words.txt").read_bytes()
    assert house.build() == []


def test_its_program_is_part_of_whether_anything_has_changed(house: House) -> None:
    assert house.build() == []
    assert house.build(toy="2.0") == ["toy"]
    assert house.build(toy="2.0") == []


def test_check_says_what_it_refuses_and_build_refuses_it(house: House, tmp_path: Path) -> None:
    other = House(root=tmp_path)
    other.write(second="Say xyzzy.")
    for arguments in (("check", "source"), ("build", "source", "--output", "d", "--cache", "c", "--channel", "toy")):
        done = other.run(*arguments)
        assert done.returncode == 1
        assert "source/guide/en.yaml:18:9: error toy-word: a word list may not have “xyzzy”" in done.stderr
    assert not (tmp_path / "d" / "guide").exists()


@pytest.mark.parametrize(
    ("lines", "made"), [("editions: [page, toy]", True), ("without: [toy]", False), ("editions: [page]", False)]
)
def test_authors_choose_its_edition_by_its_name(tmp_path: Path, lines: str, made: bool) -> None:
    other = House(root=tmp_path)
    other.write(lines=lines)
    assert other.run("build", "source", *PAGE_AND_TOY).returncode == 0
    assert (tmp_path / "dist/guide/en/words.txt").exists() is made


def test_authors_give_it_parts_by_its_name_and_readers_hear_what_it_is_called(tmp_path: Path) -> None:
    other = House(root=tmp_path)
    other.write(
        first="{ type: paragraph, text: Words for others., not: [toy] }",
        second="{ type: paragraph, text: Words for the list., only: [toy] }",
    )
    assert other.run("build", "source", *PAGE_AND_TOY).returncode == 0
    words, page = other.published("guide/en/words.txt"), other.published("guide/en/index.html")
    assert "Words for the list." in words and "Words for others." not in words
    assert "Words for others." in page and "Words for the list." not in page
    assert "You find it in the edition that is a list of words." in page
    assert "braille, a list of words" in other.run("script", "source").stdout


def test_a_wrong_name_is_a_fault_that_suggests_it(tmp_path: Path) -> None:
    other = House(root=tmp_path)
    other.write(lines="editions: [toi]")
    done = other.run("check", "source")
    assert done.returncode == 1
    assert "source/guide/en.yaml:1:12: error wrong-value: `editions[1]` cannot be “toi”" in done.stderr
    assert "did you mean `toy`? Write one of: page, recording, epub" in done.stderr


def test_what_it_needs_is_absent_where_it_was_not_asked_for(house: House, tmp_path: Path) -> None:
    places = ("--output", str(tmp_path / "dist"), "--cache", str(tmp_path / "cache"))
    assert house.run("build", "source", "--channel", "toy", *places).returncode == 0
    assert (tmp_path / "dist/guide/en/words.txt").read_text().startswith("0 pages are printed")


def test_it_inherits_what_it_does_not_say() -> None:
    channel = ToyChannel(Settings(), Nothing())
    assert channel.programs() == ("toy-counter",)
    assert isinstance(channel.name, str)
