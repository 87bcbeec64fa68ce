"""Shared by all tests: the publications, goldens, and `demand`, by which a missing tool is never skipped in silence."""

from __future__ import annotations

import fcntl
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
ROOMS = (
    *("model", "yaml_source", "languages", "reader", "narration", "channels"),
    *("importer", "scaffold", "proof", "publish", "cluster", "catalogue", "commands", "preview"),
)
SHARED = "TESTS_SHARED"
T = TypeVar("T")
GOLDEN = ROOT / "tests" / "golden"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--autoplay-policy=no-user-gesture-required", "--mute-audio"]


def pytest_configure(config: pytest.Config) -> None:
    """The processes of one run share a folder, which the first of them makes and deletes."""
    if SHARED not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="one-source-tests-")
        os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)


def made_once(name: str, make: Callable[[], T]) -> T:
    """What `make` returns, made by the first process of the run that asks for it, and read by the others."""
    place = Path(os.environ[SHARED]) / name
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            place.write_bytes(pickle.dumps(make()))
    made: T = pickle.loads(place.read_bytes())  # noqa: S301 (from our own process)
    return made


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-goldens", action="store_true", help="write what is made as the new expectation")


def demand(present: object, reason: str) -> None:
    """Goes on if `present`. Otherwise skips for `reason` on a developer's machine, and fails if CI=true."""
    if present:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing in CI: {reason}")
    pytest.skip(reason, allow_module_level=True)


def plainly() -> list[str]:
    """The words before a command that take from root the right to open what is closed. None for anybody else."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Compares a text with a golden file, or writes the file under --renew-goldens (then read the diff)."""

    def compare(made: str, path: Path) -> None:
        if request.config.getoption("--renew-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made, encoding="utf-8")
        assert made == path.read_text(encoding="utf-8"), f"{path} differs; read both, then renew it if the new is right"

    return compare


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a process: Playwright refuses a second driver beside the first."""
    demand(CHROMIUM.exists(), "Chromium is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()
