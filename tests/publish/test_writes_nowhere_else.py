"""A whole build, with every channel, writes only into its output and its cache, and calls nobody: seen by its system
calls, in every process that it starts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import ROOT, demand

SOURCE = """\
title: A guide
summary: A guide that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Tests }
status: current
sections:
  - { id: help, title: Help, blocks: [Words to read and to hear.] }
"""
CALLS = (
    *("openat", "open", "creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir"),
    *("symlink", "symlinkat", "link", "linkat", "truncate", "chmod", "fchmodat", "utimensat", "connect", "bind"),
    *("sendto", "sendmsg", "sendmmsg"),
)
CALLING: Final = ("connect", "bind", "send")
"""How the names of the calls to somebody begin."""
LOOKS = re.compile(r"^open(?:at)?\((?!.*(?:O_WRONLY|O_RDWR|O_CREAT))")
"""A file that is opened to be read."""
VAIN = re.compile(rf"^(?!{'|'.join(CALLING)}).*= -1 E|^(\+\+\+|---)")
"""A call that failed, unless it was to somebody."""
NAMED = re.compile(r'(?:<([^>]*)>, )?"([^"]*)"')
NOBODY = "/dev/null/none"
"""Where espeak-ng looks for a sound server: nowhere."""


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder of a build, and the system calls of all its processes that did something."""
    demand(shutil.which("strace"), "strace is not installed")
    demand(shutil.which("espeak-ng"), "espeak-ng is not installed")
    place = tmp_path_factory.mktemp("whole")
    for name in ("guide", "traces", "home"):
        (place / name).mkdir()
    (place / "guide" / "en.yaml").write_text(SOURCE)
    watched = ["strace", "-ff", "-y", "-qq", "--seccomp-bpf", "-o", str(place / "traces" / "of")]
    build = [sys.executable, "-B", str(ROOT / "pipeline.py"), "build", str(place / "guide"), "--quiet"]
    where = ["--output", str(place / "out"), "--cache", str(place / "cache")]
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    subprocess.run(
        [*watched, "-e", f"trace={','.join(CALLS)}", *build, *where],
        env={**kept, "HOME": str(place / "home")},
        cwd=place / "home",
        check=True,
        capture_output=True,
        timeout=300,
    )
    lines = (line for file in (place / "traces").iterdir() for line in file.read_text(errors="replace").splitlines())
    return place, [line for line in lines if not VAIN.search(line)]


def written(calls: list[str]) -> Iterator[str]:
    """Each path that was written, made, moved or deleted."""
    for call in calls:
        if not LOOKS.match(call) and not call.startswith(CALLING):
            yield from (name if name.startswith("/") else f"{at}/{name}" for at, name in NAMED.findall(call))


def test_nothing_is_written_but_output_and_cache(calls: tuple[Path, list[str]]) -> None:
    place, done = calls
    paths = set(written(done))
    ours = (f"{place}/out", f"{place}/cache")
    assert any("leaflet.pdf" in path for path in paths) and any(path.endswith(".epub") for path in paths)
    assert {path for path in paths if not path.startswith((*ours, "/dev/null"))} == set()
    assert list((place / "home").iterdir()) == []


def test_no_socket_is_connected_and_nothing_is_sent_to_an_address(calls: tuple[Path, list[str]]) -> None:
    """A datagram needs no connection, but an address."""
    said = [call for call in calls[1] if call.startswith(CALLING) and "sa_family=" in call]
    assert [call for call in said if NOBODY not in call] == []
