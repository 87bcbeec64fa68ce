"""What is installed is what the lists, the locked files and the page on dependencies say."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions, version
from itertools import combinations
from pathlib import Path

import pytest
from packaging.markers import Marker

from tests.conftest import ROOMS, ROOT

LISTS = {
    "run": "requirements.txt",
    "voice": "requirements-voice.txt",
    "cluster": "requirements-cluster.txt",
    "develop": "requirements-test.txt",
}
APART = {"moto": "requirements-moto.txt", "peers": "requirements-peers.txt", "piper": "requirements-piper.txt"}
"""Lists for environments of their own, and of what nobody gets who does not ask for it."""
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(?: ; (.+?))?(?: \\)?$", re.MULTILINE)


def name(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def pinned(file: Path) -> dict[str, str]:
    return {name(found[1]): found[2] for found in PINNED.finditer(file.read_text(encoding="utf-8"))}


def locked(kind: str) -> dict[str, str]:
    return pinned(ROOT / "setup" / "locked" / f"{kind}.txt")


@pytest.mark.parametrize("kind", [*LISTS, *APART])
def test_what_a_list_asks_for_is_locked_at_its_version(kind: str) -> None:
    asked = pinned(ROOT / {**LISTS, **APART}[kind])
    assert asked and asked.items() <= locked(kind).items()


@pytest.mark.parametrize("kind", [*LISTS, *APART, "pip"])
def test_a_locked_file_has_a_digest_for_each_package_and_no_address(kind: str) -> None:
    text = (ROOT / "setup" / "locked" / f"{kind}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text and "--index" not in text


def test_no_two_locked_files_differ_about_a_package() -> None:
    for one, other in combinations(map(locked, LISTS), 2):
        assert {
            package: (one[package], other[package]) for package in one.keys() & other if one[package] != other[package]
        } == {}


@pytest.mark.parametrize("kind", LISTS)
def test_what_is_installed_is_what_is_locked(kind: str) -> None:
    text = (ROOT / "setup" / "locked" / f"{kind}.txt").read_text(encoding="utf-8")
    here = {found[1]: found[2] for found in PINNED.finditer(text) if Marker(found[3] or "os_name != ''").evaluate()}
    assert {package: version(package) for package in here} == here


IMPORTED = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)


@pytest.mark.parametrize(
    ("folders", "kinds"), [(ROOMS, ("run", "voice", "cluster")), (("tests", "bench", "setup"), tuple(LISTS))]
)
def test_what_is_imported_is_locked(folders: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    """A package that is here by chance would be missing where `make` installs."""
    files = [*(path for folder in folders for path in (ROOT / folder).rglob("*.py")), ROOT / "pipeline.py"]
    names = {found for path in files for found in IMPORTED.findall(path.read_text(encoding="utf-8"))}
    installed = {package for kind in kinds for package in locked(kind)}
    brought = {module: set(map(name, packages)) for module, packages in packages_distributions().items()}
    assert {found: brought[found] for found in names & brought.keys() if not brought[found] & installed} == {}


def test_the_checkers_of_the_page_are_locked_without_addresses() -> None:
    lock = json.loads((ROOT / "tests" / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((ROOT / "tests" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {path.removeprefix("node_modules/"): entry for path, entry in lock["packages"].items() if path}
    assert all(packages[package]["version"] == wanted for package, wanted in asked.items())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert "://" not in json.dumps(lock)


@pytest.mark.parametrize("kind", [*LISTS, *APART, "pip"])
def test_the_page_on_dependencies_names_every_package(kind: str) -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    named = {name(word) for bold in re.findall(r"\*\*(.+?)\*\*", page) for word in bold.split()}
    assert locked(kind).keys() - named == set()


LICENCES = ("LGPL", "GPL", "MIT", "BSD", "Apache", "MPL", "PSF", "CC0")
LONG = {
    "Mozilla Public License": "MPL",
    "GNU Lesser General Public License": "LGPL",
    "GNU Library or Lesser General Public License": "LGPL",
    "GNU General Public License": "GPL",
    "Python Software Foundation": "PSF",
}


def licences(text: str) -> set[str]:
    """The families of licences that a text names."""
    for long, short in LONG.items():
        text = text.replace(long, short)
    return set(re.findall("|".join(LICENCES), text))


def told_on_the_page() -> dict[str, set[str]]:
    """The licences that the page gives each package: those in the brackets after its name, or after the last name of
    a list."""
    page = re.sub(r"\s+", " ", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"))
    told: dict[str, set[str]] = {}
    waiting: list[str] = []
    _, *parts = re.split(r"\*\*([^*]+)\*\*", page)
    for words, after in zip(parts[::2], parts[1::2], strict=True):
        waiting += map(name, words.split())
        if brackets := re.match(r" \(([^()]*)\)", after):
            told |= {package: licences(brackets[1]) for package in waiting if package not in told}
        if brackets or not re.fullmatch(r",? (?:and )?", after):
            waiting = []
    return told


def test_the_licences_on_the_page_are_those_that_packages_declare() -> None:
    wrong = {}
    for package, told in told_on_the_page().items():
        try:
            about = metadata(package).json
        except PackageNotFoundError:
            continue  # a system package, a file, or one of an environment of its own
        classifiers = [line for line in about.get("classifier", []) if line.startswith("License")]
        declared = licences(
            " ".join((str(about.get("license_expression", "")), str(about.get("license", ""))[:200], *classifiers))
        )
        if declared and not declared & told:
            wrong[package] = (told, declared)
    assert len(told_on_the_page()) > 150 and wrong == {}
