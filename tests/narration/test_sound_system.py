"""Speaking into a file uses no sound system: it asks no server, sends no cookie, and writes nothing to a home
folder."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, demand

ALL_OF_IT = (
    "from narration.voices.espeak import Espeak, _files\n"
    "voice = Espeak()\n"
    "assert voice.identity() and _files() and voice.speak('Some words.', 'en').seconds > 0.3\n"
)


def environment(home: Path, server: str) -> dict[str, str]:
    """The environment of a user with a sound server at `server` and a cookie for it."""
    (home / ".config" / "pulse").mkdir(parents=True)
    (home / ".config" / "pulse" / "cookie").write_bytes(b"secret" * 43)
    return {"PATH": os.environ["PATH"], "HOME": str(home), "PULSE_SERVER": server, "PYTHONPATH": str(ROOT)}


@pytest.fixture(autouse=True)
def _espeak() -> None:
    demand(shutil.which("espeak-ng"), "espeak-ng is not installed")


def test_a_sound_server_that_the_environment_names_is_never_asked(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        server = f"tcp:127.0.0.1:{listener.getsockname()[1]}"
        subprocess.run([sys.executable, "-c", ALL_OF_IT], env=environment(tmp_path, server), check=True, timeout=60)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_nothing_is_written_and_nobody_is_called(tmp_path: Path) -> None:
    """Checked by the system calls of every process that is started."""
    demand(shutil.which("strace"), "strace is not installed")
    log = tmp_path / "log"
    home = tmp_path / "home"
    home.mkdir()
    watched = [
        "strace",
        "-f",
        "-qq",
        "-o",
        str(log),
        "-e",
        "trace=connect,mkdir,mkdirat,open,openat,creat,rename,unlink",
    ]
    command = [*watched, sys.executable, "-B", "-c", ALL_OF_IT]
    subprocess.run(command, env=environment(home, ""), check=True, timeout=60)
    calls = log.read_text(errors="replace").splitlines()
    assert any("libespeak-ng" in call for call in calls), "strace saw nothing of espeak-ng"
    written = [call for call in calls if re.search(r"O_WRONLY|O_RDWR|O_CREAT|mkdir|creat\(|rename|unlink", call)]
    harmless = re.compile(r"/dev/(null|tty|shm)|/proc/self|= -1 E(NOENT|NOTDIR)")
    assert [call for call in written if not harmless.search(call)] == []
    called = [call for call in calls if "connect(" in call and "/nscd/" not in call and "/dev/null/none" not in call]
    assert called == []
