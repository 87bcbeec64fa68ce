"""Each broken source gives an error with a place, a code and a hint, as kept beside it, and never a traceback."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from model.diagnostics import show
from reader.read import read
from tests.conftest import GOLDEN

ERRORS = GOLDEN / "errors"
BROKEN = sorted(ERRORS.rglob("*.yaml"))


def test_there_are_a_hundred_broken_sources() -> None:
    assert len(BROKEN) >= 100


@pytest.mark.parametrize("source", BROKEN, ids=lambda path: str(path.relative_to(ERRORS).with_suffix("")))
def test_a_broken_source_says_where_what_and_what_instead(source: Path, golden: Callable[[str, Path], None]) -> None:
    result = read(source)
    errors = [diagnostic for diagnostic in result.diagnostics if diagnostic.severity == "error"]
    assert result.document is None
    assert source.parent.name in {error.code for error in errors}
    lines = source.read_bytes().count(b"\n") + 1
    for error in errors:
        assert error.mark.file == str(source)
        assert 1 <= error.mark.line <= lines
        assert error.mark.column >= 1
        assert error.message and error.hint
    shown = "\n".join(map(show, result.diagnostics)) + "\n"
    golden(shown.replace(str(source), source.name), source.with_suffix(".txt"))


def the_error(path: Path) -> str:
    (error,) = read(path).diagnostics
    assert error.hint
    assert show(error).startswith(f"{path}:1:1: error {error.code}: ")
    return error.code


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert the_error(tmp_path) == "not-a-file"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert the_error(tmp_path / "en.yaml") == "no-such-file"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "en.yaml")
    assert the_error(tmp_path / "en.yaml") == "not-a-file"


def test_a_file_of_100_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert the_error(path) == "too-large"


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "en.yaml"
    path.write_text("title: x\n")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything, so the system's answer to a user is imitated

        def refused(self: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "read_bytes", refused)
    assert the_error(path) == "cannot-read"
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_a_file_with_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    path.write_text("a: [" + "x," * 60_000 + "]")
    assert [error.code for error in read(path).diagnostics] == ["too-large"]


def test_an_image_that_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    (folder / "images").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"\x89PNG")
    (folder / "images" / "a.png").symlink_to(tmp_path / "secret.png")
    text = (ERRORS / "no-such-image" / "missing.yaml").read_text()
    (folder / "page.yaml").write_text(text)
    assert [error.code for error in read(folder / "page.yaml").diagnostics] == ["no-such-image"]
