"""Names of files and folders that were mistyped, pasted with too much, or lead nowhere: each gets a plain answer."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels import CHANNELS
from commands import names
from commands.arguments import parser
from tests.commands import odd_names
from tests.conftest import ROOT, plainly

METAVARS = ("FOLDER", "FILE", "SOURCE")


def actions(of: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from actions(inner)
        else:
            yield action


def test_every_argument_that_is_a_path_is_looked_at_first() -> None:
    """So a new option cannot forget it."""
    found = [action for action in actions(parser(CHANNELS, Path("dist"), Path(".cache"))) if action.metavar in METAVARS]
    assert len(found) > 15
    assert {action.type for action in found} == {names.path, names.place, names.place_or_address, names.checked}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each command says to each odd name: its exit code and its words."""
    place = tmp_path_factory.mktemp("names")
    odd_names.folder(place)
    done = subprocess.run(
        [*plainly(), sys.executable, "-P", "-m", "tests.commands.odd_names"],
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    (place / "closed").chmod(0o700)
    assert done.returncode == 0, done.stderr
    found: dict[str, tuple[int, str]] = json.loads(done.stdout)
    assert len(found) > len(odd_names.COMMANDS) * len(odd_names.NEVER)
    return found


def test_no_name_is_a_traceback(answers: dict[str, tuple[int, str]]) -> None:
    assert {asked: said for asked, (_, said) in answers.items() if "Traceback" in said} == {}


def test_what_can_be_no_name_is_a_wrong_command_line(answers: dict[str, tuple[int, str]]) -> None:
    """The message is one line that a terminal can show."""
    for asked, (code, said) in answers.items():
        if asked.split(": ")[1] in odd_names.NEVER:
            (line,) = (line for line in said.splitlines() if "error: " in line)
            assert code == 2, asked
            assert line.isprintable() and len(line) < 250, asked


def test_a_file_for_a_folder_and_a_closed_folder_are_named_with_what_to_do(
    answers: dict[str, tuple[int, str]],
) -> None:
    for asked, (code, said) in answers.items():
        kind = asked.split(": ")[1]
        if kind in odd_names.WRONG:
            assert code in (1, 2, 3), asked
            assert "error" in said or "no manifest" in said, asked
            assert odd_names.WRONG[kind].split("/")[0] in said, asked


def test_a_folder_that_stands_may_have_a_space_at_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine ").mkdir()
    assert names.place("mine ") == Path("mine ")
    assert names.place("caf\udce9") == Path("caf\udce9")  # in letters of another encoding
    assert names.place_or_address("s3://a/b") == "s3://a/b"


@pytest.mark.parametrize("command", ["build", "preview", "verify", "clean"])
def test_the_folder_that_is_meant_where_none_is_named_is_looked_at_too(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dist").symlink_to("dist")
    with pytest.raises(SystemExit):
        parser(CHANNELS, tmp_path / "dist", tmp_path / ".cache").parse_args([command])
    assert "a link in it leads to itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "tcp://",
        "tcp://host",
        "tcp://:1",
        "tcp://host:0",
        "host:99999",
        "http://host:1",
        "inproc://host:1",
    ],
)
def test_what_is_no_address_of_a_scheduler_is_refused(address: str) -> None:
    """An empty one, of a variable that is not set, would build on this machine."""
    with pytest.raises(argparse.ArgumentTypeError, match="is no address of a scheduler; write it like tcp://scheduler"):
        names.scheduler(address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tls://one:1", "one:65535", "tcp://[::1]:8786"])
def test_an_address_of_a_scheduler_is_taken_as_it_is(address: str) -> None:
    assert names.scheduler(address) == address
