"""A language is a folder. With only its fixed words it has a page and print, and nothing else changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from channels.pdf.frames import codes
from languages.base import files_of, language_of
from languages.fixed_words import read_words
from model.editions import editions_of
from model.inlines import Money, Number, Percentage, Phone, Text, WebAddress
from reader.read import read
from tests.conftest import ROOMS, ROOT

LEFT_OUT = shutil.ignore_patterns("__pycache__")
PAGE = """\
title: Cael cymorth
summary: Tudalen fer am gael cymorth gan eich cyngor lleol, gyda digon o eiriau i fod yn grynodeb.
language: {language}
publisher: {{ name: Cyngor Enghraifft }}
status: current
reviewed: 2024-03-01
editions: [leaflet]
sections:
  - id: cymorth
    title: Sut i gael cymorth
    blocks:
      - Ffoniwch 0800 77 66 00 neu ewch i gov.uk. Mae 55% o bobl yn talu £9.50.
      - type: contact
        name: Y Cyngor
        phone: 0800 77 66 00
        website: gov.uk
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, an English publication and a Welsh one. Welsh has only its fixed words and ties."""
    home = tmp_path_factory.mktemp("program")
    for room in ROOMS:
        shutil.copytree(ROOT / room, home / room, ignore=LEFT_OUT)
    for file in (ROOT / "pipeline.py", *ROOT.glob("*.yaml")):
        shutil.copy(file, home)
    for name, language in (("help", "en"), ("cymorth", "cy")):
        (home / "source" / name).mkdir(parents=True)
        (home / "source" / name / f"{language}.yaml").write_text(PAGE.format(language=language))
    return home


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "pipeline.py", *arguments]
    return subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=120, check=False)


def test_fixed_words_make_a_page_and_print_and_leave_english_alone(program: Path) -> None:
    shutil.rmtree(program / "languages" / "cy")
    alone = run(program, "build", "source/help", "--output", "alone", "--cache", "cache")
    assert alone.returncode == 0, alone.stderr
    shutil.copytree(ROOT / "languages" / "cy", program / "languages" / "cy")
    done = run(program, "build", "--output", "dist", "--cache", "cache")
    assert done.returncode == 0, done.stderr
    welsh = program / "dist" / "cymorth" / "cy"
    page = (welsh / "index.html").read_text(encoding="utf-8")
    assert 'lang="cy"' in page and "Ffôn" in page and "<audio" not in page
    assert (welsh / "leaflet.pdf").stat().st_size > 1000
    assert not (welsh / "audio").exists()
    assert "nothing makes words for speech in “cy” yet" in done.stdout + done.stderr
    sheets = [(program / place / "help" / "en" / "manifest.json").read_text() for place in ("alone", "dist")]
    files = [{file["path"]: file["sha256"] for file in json.loads(sheet)["files"]} for sheet in sheets]
    assert files[0] == files[1] and any(path.endswith(".mp3") for path in files[0])


def test_no_edition_promises_a_recording_that_nobody_can_make(program: Path) -> None:
    document = read(program / "source" / "cymorth" / "cy.yaml").document
    assert document is not None and not document.spoken
    assert editions_of(document) == ("page", "braille", "leaflet")
    placed = replace(document, url="https://www.example.gov.uk/cymorth/")
    assert [code.key for code in codes(placed)] == ["read_online"]
    assert [code.key for code in codes(replace(placed, spoken=True))] == ["read_online", "listen_online"]
    assert [code.key for code in codes(replace(placed, spoken=True, without=("recording",)))] == ["read_online"]


@pytest.mark.parametrize(
    ("key", "number", "said"),
    [
        ("pages", 1, "1 dudalen"),
        ("pages", 3, "3 tudalen"),
        ("pages", 6, "6 thudalen"),
        ("pages", 12, "12 tudalen"),
        ("audio_rows", 2, "2 res"),
        ("audio_steps", 3, "3 cham:"),
    ],
)
def test_welsh_mutates_the_noun_after_a_number(key: str, number: int, said: str) -> None:
    words, faults = read_words("cy")
    assert faults == ()
    category = language_of("cy").plural_category(number)
    form = dict(words.entries).get(f"{key}.{category}") or words[f"{key}.other"]
    assert form.format(number=number, count=number) == said


def test_a_recording_alone_is_a_fault_at_the_language_and_the_other_source_is_made(program: Path) -> None:
    done = run(program, "build", "--channel", "audio", "--output", "sound", "--cache", "cache")
    assert done.returncode == 1
    assert "source/cymorth/cy.yaml:3:11: error nothing-made: " in done.stderr
    assert (program / "sound" / "help" / "en" / "audio" / "help.mp3").exists()
    assert not (program / "sound" / "cymorth").exists()


def test_check_and_script_go_on(program: Path) -> None:
    checked = run(program, "check")
    assert checked.returncode == 0, checked.stderr
    said = run(program, "script")
    assert said.returncode == 0
    assert "cymorth/cy: nothing makes words for speech in “cy” yet" in said.stderr
    assert "oh eight hundred, double seven, double six, double oh" in said.stdout


def test_what_every_language_writes_alike_is_recognised() -> None:
    text = "Ffoniwch 0800 77 66 00, gov.uk neu jo@gov.uk: £9.50, 55% o 1,900 ar 3 Mai 2024–25."
    found = language_of("cy").recognise(text)
    assert [type(node) for node in found if not isinstance(node, Text)] == [
        *(Phone, WebAddress, WebAddress, Money, Percentage, Number, Number)
    ]
    assert "".join(getattr(node, "text", "") for node in found) == text
    assert language_of("cy").verbalise is None
    assert language_of("cy").sentence_ends("Mae hi yma. Dyma ni.") == [11]


def test_what_is_made_depends_on_every_file_of_the_language() -> None:
    names = {path.name for path in files_of("en")}
    assert {"verbalise.py", "lexicon.yaml", "lists.yaml", "names.yaml", "words.yaml", "british-english"} <= names


def test_english_of_a_country_is_english() -> None:
    assert language_of("en-GB").verbalise is not None
    assert language_of("en-GB").folder.name == "en"
