"""A publisher's own folder is made without a question, and built from anywhere, with the program elsewhere and
read-only."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import main
from reader.read import read
from scaffold.new import files
from tests.conftest import ROOT, plainly

HEAVY = {"argparse", "fsspec", "hashlib", "jinja2", "json", "pathlib", "yaml"}
"""What a run with nothing to do must not import. Each takes longer than the whole answer, or nearly so."""


def imported(*arguments: str | Path, at: Path) -> set[str]:
    """The modules that a run of the program imports."""
    environment = {name: value for name, value in os.environ.items() if name != "ONE_SOURCE_CACHE"}
    command = [sys.executable, "-X", "importtime", str(ROOT / "pipeline.py"), *map(str, arguments)]
    done = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, timeout=120, check=True)
    found = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "publish.fresh" in found
    return found


def pipeline(*arguments: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    """Runs the program in the folder `at`."""
    environment = {name: value for name, value in os.environ.items() if name != "ONE_SOURCE_CACHE"}
    command = [sys.executable, str(ROOT / "pipeline.py"), *map(str, arguments)]
    return subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("somewhere") / "publications"
    assert main(["new", str(made)]) == 0
    return made


def test_a_new_folder_has_what_a_publisher_starts_with(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {name for name, _ in files()}
    assert {"source/publisher.yaml", "source/getting-help/en.yaml", ".gitignore", "README.md", "Containerfile"} <= names
    assert ".github/workflows/publish.yaml" in names
    assert "program/.venv" in (folder / ".dockerignore").read_text(), "an image makes its own"


def test_its_container_names_what_there_is(folder: Path) -> None:
    """Checks each target of make, and each folder that is copied from beside it."""
    text = (folder / "Containerfile").read_text()
    targets = re.findall(r"make -C /program (\S+)", text)
    makefile = (ROOT / "Makefile").read_text()
    assert targets and all(f"\n{target}:" in makefile for target in targets)
    copied = re.findall(r"^COPY (\S+)", text, re.MULTILINE)
    assert copied == ["program", "source"] and (folder / "source").is_dir()


def test_its_first_publication_has_no_fault(folder: Path) -> None:
    result = read(folder / "source" / "getting-help" / "en.yaml")
    assert result.diagnostics == () and result.document is not None


def test_a_folder_that_holds_something_is_left_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "README.md").read_bytes()
    assert main(["new", str(folder)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert (folder / "README.md").read_bytes() == before


def test_a_file_of_that_name_is_told_and_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes").write_text("mine")
    assert main(["new", str(tmp_path / "notes")]) == 2
    assert "notes is a file" in capsys.readouterr().err
    assert (tmp_path / "notes").read_text() == "mine"


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path)]) == 0
    assert (tmp_path / "source" / "publisher.yaml").is_file()


def test_where_nobody_may_write_the_place_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    command = [*plainly(), sys.executable, str(ROOT / "pipeline.py"), "new", str(tmp_path / "closed" / "mine")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3 and "Traceback" not in done.stderr
    assert f"cannot write {tmp_path}/closed/mine: permission denied" in done.stderr
    assert "choose another with pipeline.py new" in done.stderr
    assert list((tmp_path / "closed").iterdir()) == []


def test_an_odd_name_is_made_and_the_command_that_is_told_can_be_pasted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / 'it\'s "ours" & ø $HOME'
    assert main(["new", str(odd)]) == 0
    *_, told = capsys.readouterr().out.strip().split("\n")
    words = shlex.split(told)
    assert words[1:] == [f"{ROOT}/pipeline.py", "-C", str(odd), "build"]
    monkeypatch.chdir(tmp_path)  # -C leaves the process in that folder
    assert main([*words[2:4], "review"]) == 0
    assert "1 publication in force" in capsys.readouterr().out


@pytest.mark.parametrize("typed_in", ["there", "elsewhere"])
def test_it_is_built_with_its_own_cache_and_output(folder: Path, typed_in: str, tmp_path: Path) -> None:
    before = set(ROOT.iterdir())
    where = (folder, ()) if typed_in == "there" else (tmp_path, ("-C", folder))
    first = pipeline(*where[1], "build", "--channel", "html", "--channel", "audio", at=where[0])
    assert first.returncode == 0 and "warning" not in first.stderr, first.stderr
    assert (folder / "dist" / "getting-help" / "en" / "index.html").is_file() and (folder / ".cache").is_dir()
    again = pipeline(*where[1], "build", "--channel", "html", "--channel", "audio", at=where[0])
    assert again.returncode == 0 and again.stderr == "", again.stderr
    assert again.stdout.startswith("Nothing to do")
    assert not HEAVY & imported(*where[1], "build", "--channel", "html", "--channel", "audio", at=where[0])
    assert set(ROOT.iterdir()) == before and list(tmp_path.iterdir()) == []
    assert pipeline(*where[1], "verify", at=where[0]).returncode == 0


def test_what_the_publisher_says_is_noticed(folder: Path) -> None:
    assert pipeline("build", "--channel", "html", at=folder).returncode == 0
    publisher = folder / "source" / "publisher.yaml"
    publisher.write_text(publisher.read_text().replace("Your organisation", "Borough of Anywhere", 1))
    assert pipeline("build", "--channel", "html", "source/getting-help", at=folder).returncode == 0
    page = folder / "dist" / "getting-help" / "en" / "index.html"
    assert "Borough of Anywhere" in page.read_text()
    publisher.write_text(publisher.read_text().replace("Borough of Anywhere", "Museum", 1))
    assert pipeline("build", "--channel", "html", "source/getting-help", at=folder).returncode == 0
    assert "Museum" in page.read_text()


def test_a_folder_that_is_none_is_an_error_that_names_it(tmp_path: Path) -> None:
    done = pipeline("-C", tmp_path / "nowhere", "build", at=tmp_path)
    assert done.returncode == 2 and "nowhere" in done.stderr and "Traceback" not in done.stderr


def test_its_first_check_finds_nothing_on_paper_either(folder: Path) -> None:
    done = pipeline("check", "source/getting-help", at=folder)
    assert (done.returncode, done.stderr) == (0, "") and "no faults" in done.stdout


def test_a_python_that_is_not_the_programs_is_told_which_is(folder: Path) -> None:
    """As when somebody types python3, which has none of the packages."""
    command = [sys.executable, "-S", "-E", str(ROOT / "pipeline.py"), "check"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3 and "Traceback" not in done.stderr
    assert "has no package" in done.stderr and f"{ROOT}/.venv/bin/python" in done.stderr
