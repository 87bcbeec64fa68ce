"""Which files are meant, and what is reported if they cannot be looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import pipeline
from model.errors import UsageError
from reader.sources import find_sources, real_folder, unreadable


def project(tmp_path: Path) -> Path:
    for name in ("guide", "lost+found"):
        (tmp_path / "source" / name).mkdir(parents=True)
    (tmp_path / "source" / "guide" / "en.yaml").touch()
    return tmp_path


def deny(monkeypatch: pytest.MonkeyPatch, denied: Path) -> None:
    """Makes access to one folder fail. Tests may run as root, whom no permission stops."""
    access, iterdir = os.access, Path.iterdir

    def answered(path: Path, mode: int) -> bool:
        return path != denied and access(path, mode)

    def listed(path: Path) -> object:
        if path == denied:
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(os, "access", answered)
    monkeypatch.setattr(Path, "iterdir", listed)


def test_a_folder_that_cannot_be_looked_into_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = project(tmp_path)
    denied = home / "source" / "lost+found"
    deny(monkeypatch, denied)
    assert find_sources([], home) == (home / "source" / "guide" / "en.yaml",)
    assert find_sources([home / "source"], home) == (home / "source" / "guide" / "en.yaml",)
    assert unreadable(home) == (denied,)


def test_one_that_was_asked_for_by_name_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = project(tmp_path)
    deny(monkeypatch, home / "source" / "guide")
    with pytest.raises(UsageError, match="guide cannot be read: Permission denied"):
        find_sources([home / "source" / "guide"], home)


def test_so_is_one_in_a_folder_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = project(tmp_path)
    (home / "source" / "secret").mkdir()
    deny(monkeypatch, home / "source" / "secret")
    with pytest.raises(UsageError, match="secret cannot be read: Permission denied"):
        find_sources([home / "source"], home)


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_name_too_long_is_said(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert pipeline.main([command, "x" * 300]) == 2
    assert "cannot be a name: it is too long" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--output", "--cache"])
def test_so_is_that_of_a_folder(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = ["--output", str(tmp_path / "d"), "--cache", str(tmp_path / "c"), option, str(tmp_path / ("x" * 300))]
    assert pipeline.main(["build", "--channel", "html", *places]) == 2
    assert "cannot be a name: it is too long" in capsys.readouterr().err


def test_a_link_to_itself_lies_where_it_is(tmp_path: Path) -> None:
    loop = tmp_path / "guide" / "en.yaml"
    loop.parent.mkdir()
    loop.symlink_to(loop.name)
    assert real_folder(loop) == loop.parent.resolve()
    (tmp_path / "linked").symlink_to(tmp_path / "guide")
    assert real_folder(tmp_path / "linked" / "de.yaml") == loop.parent.resolve()
