"""If output cannot be written, the work is done all the same, and the exit code differs from that for a fault in
content."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.publish.conftest import Workshop


def shell(workshop: Workshop, redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return workshop.run(*arguments, through=["sh", "-c", f'"$@" {redirection}', "sh"])


def whole(workshop: Workshop) -> bool:
    return (workshop.output / "guide" / "en" / "index.html").exists() and (workshop.output / "index.html").exists()


@pytest.mark.parametrize("arguments", [(), ("--json",)])
@pytest.mark.parametrize("redirection", [">&-", "> /dev/full", ">&- 2>&- <&-", "> /dev/full 2> /dev/full"])
def test_what_was_asked_for_is_done_and_the_exit_code_is_3(
    workshop: Workshop, redirection: str, arguments: tuple[str, ...]
) -> None:
    for _ in range(2):  # first something to do, then nothing
        done = shell(workshop, redirection, "build", *arguments)
        assert done.returncode == 3
        assert "Traceback" not in done.stderr
        assert whole(workshop)
    if "2>" not in redirection:
        reason = "it is closed" if "&-" in redirection else "No space left on device"
        assert done.stderr == f"error: standard output cannot be written: {reason}; what was asked for is done\n"


def test_who_says_nothing_needs_no_output(workshop: Workshop) -> None:
    for _ in range(2):
        assert shell(workshop, ">&- 2>&- <&-", "build", "--quiet").returncode == 0
    assert whole(workshop)


@pytest.mark.parametrize("redirection", [">&-", "> /dev/full"])
def test_a_fault_of_content_stays_one(workshop: Workshop, redirection: str) -> None:
    source = workshop.write()
    source.write_text(source.read_text().replace("title:", "titel:", 1))
    for command in ("build", "check"):
        assert shell(workshop, redirection, command, str(source)).returncode == 1


def test_nobody_reading_is_a_broken_pipe_and_the_build_is_done(workshop: Workshop) -> None:
    for _ in range(2):
        python, *rest = workshop.command("build", "--json")
        with subprocess.Popen([python, *rest], cwd=workshop.root, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            running.stdout.close()
        assert running.returncode == 141
        assert whole(workshop)


def test_help_is_output_like_any_other(workshop: Workshop) -> None:
    done = shell(workshop, "> /dev/full", "check", "--help")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_no_file_takes_the_place_of_a_closed_output(workshop: Workshop) -> None:
    """If standard output was closed, a file may get its number, and must not receive what a library prints."""
    code = (
        "import os, sys; from pathlib import Path; from commands.outlet import open_outlets\n"
        "open_outlets()\n"
        f"file = open({str(workshop.root / 'precious')!r}, 'w')\n"
        "os.write(1, b'noise'); os.write(2, b'noise'); print('words', file=sys.stdout)\n"
    )
    root = Path(__file__).parent.parent.parent
    command = ["sh", "-c", '"$@" >&- 2>&-', "sh", sys.executable, "-c", code]
    assert subprocess.run(command, cwd=root, check=False).returncode == 0
    assert (workshop.root / "precious").read_text() == ""
