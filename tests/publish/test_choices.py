"""A publisher or a source chooses a voice: what overrides what, and that a voice which is missing is reported where
it was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels import CHANNELS
from channels.base import Settings
from model.diagnostics import Diagnostic
from model.document import Document
from narration.voices import load_voice
from pipeline import main
from publish.choices import faults_of_choices
from reader.read import read

SOURCE = """\
title: About bees
summary: What bees do all day, and whom to call when they have moved in.
language: en
status: current
{own}
sections:
  - title: One
    blocks: [A sentence.]
"""


def document(folder: Path, publisher: str = "", own: str = "") -> Document:
    (folder / "bees").mkdir(exist_ok=True)
    (folder / "publisher.yaml").write_text(f"name: Test House\n{publisher}\n")
    (folder / "bees" / "en.yaml").write_text(SOURCE.format(own=own))
    result = read(folder / "bees" / "en.yaml")
    assert result.document is not None, result.diagnostics
    return result.document


def faults(document: Document, **chosen: str) -> list[Diagnostic]:
    return list(faults_of_choices(document, CHANNELS, Settings(chosen=chosen)))


def test_the_command_line_wins_over_the_source_and_the_source_over_its_publisher(tmp_path: Path) -> None:
    asked = "voice: kokoro:bm_george\nrate: 140"
    assert Settings().of(document(tmp_path, asked)).chosen == {"voice": "kokoro:bm_george", "rate": "140"}
    assert Settings().of(document(tmp_path, asked, "rate: 120")).chosen["rate"] == "120"
    typed = Settings(chosen={"voice": "espeak-ng"}).of(document(tmp_path, asked, "rate: 120"))
    assert typed.chosen == {"voice": "espeak-ng", "rate": "120"}
    assert Settings().of(document(tmp_path)).chosen == {}


def test_a_rate_is_the_rate_that_is_spoken(tmp_path: Path) -> None:
    slow = Settings().of(document(tmp_path, "rate: 100"))
    assert load_voice(slow).identity() != load_voice(Settings()).identity()


def test_a_choice_is_no_part_of_what_is_said(tmp_path: Path) -> None:
    assert document(tmp_path, "rate: 100") == document(tmp_path)


@pytest.mark.parametrize(
    ("voice", "code", "hint"),
    [
        ("gtts", "wrong-value", "--voice gtts"),
        ("piper", "wrong-value", "--voice-file FILE"),
        ("kokoro:nobody", "wrong-value", "kokoro:bm_george"),
    ],
)
def test_what_cannot_be_chosen_here_is_told_at_its_line(tmp_path: Path, voice: str, code: str, hint: str) -> None:
    (found,) = faults(document(tmp_path, f"voice: {voice}"))
    assert (found.code, found.mark.line) == (code, 2)
    assert found.mark.file.endswith("publisher.yaml")
    assert hint in found.hint
    assert faults(document(tmp_path, f"voice: {voice}"), voice="espeak-ng") == []


def test_a_voice_that_is_not_installed_is_told_at_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> None:
        from model.errors import ToolMissing  # noqa: PLC0415

        raise ToolMissing("the voice kokoro is not installed", "Run `make voice`.")

    monkeypatch.setattr("narration.voices.kokoro.kokoro_files.require", lambda *_: absent())
    (found,) = faults(document(tmp_path, own="voice: kokoro:bm_george"))
    assert (found.code, found.message, found.hint) == (
        "no-voice",
        "the voice kokoro is not installed",
        "Run `make voice`.",
    )
    assert found.mark.line == 5
    assert faults(document(tmp_path, own="voice: kokoro\nwithout: [recording]")) == []


def test_a_rate_that_nobody_follows_is_refused(tmp_path: Path) -> None:
    document(tmp_path)
    (tmp_path / "publisher.yaml").write_text("name: Test House\nrate: 500\n")
    (found,) = read(tmp_path / "bees" / "en.yaml").diagnostics
    assert found.mark.line == 2
    assert "80 to 300" in found.message + found.hint


def test_a_voice_that_is_no_text_is_one_fault_of_the_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document(tmp_path)
    source = tmp_path / "bees" / "en.yaml"
    source.write_text(SOURCE.format(own="voice: [espeak-ng]\nrate: [150]"))
    assert main(["check", str(source)]) == 1
    told = capsys.readouterr()
    found = [line for line in (told.out + told.err).splitlines() if ": error " in line]
    assert [line.split(":")[1] for line in found] == ["5", "6"], found
