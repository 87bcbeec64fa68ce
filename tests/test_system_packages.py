"""`make` installs Debian packages also on a machine that has just started, which holds apt's locks for minutes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

BUSY = "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 77 (unattended-upgr)"
APT = """\
#!/bin/sh
echo "$*" >> {calls}
[ "$1" = install ] || exit 0
if [ "$(grep -c install {calls})" -le {busy} ]; then echo "{says}" >&2; exit 100; fi
"""


def install(folder: Path, busy: int, says: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """What `setup/system-packages bench` says, and apt's calls, on a machine that has nothing installed and whose apt
    fails `busy` times."""
    calls = folder / "calls"
    for name, script in {
        "apt-get": APT.format(calls=calls, busy=busy, says=says),
        "dpkg-query": "#!/bin/sh\nexit 1\n",
        "sudo": '#!/bin/sh\nexec "$@"\n',
    }.items():
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    done = subprocess.run(
        ["sh", "setup/system-packages", "bench"],
        cwd=ROOT,
        env=os.environ | {"PATH": f"{folder}:{os.environ['PATH']}", "APT_WAIT": "0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done, calls.read_text().splitlines()


@pytest.mark.parametrize("busy", [0, 3])
def test_it_waits_until_apt_is_free(tmp_path: Path, busy: int) -> None:
    done, calls = install(tmp_path, busy, BUSY)
    assert done.returncode == 0, done.stderr
    assert sum(call.startswith("install") for call in calls) == busy + 1
    assert all("DPkg::Lock::Timeout=300" in call for call in calls)
    assert done.stdout.count("apt is busy with something else") == min(busy, 1)


def test_it_does_not_wait_for_what_never_comes(tmp_path: Path) -> None:
    done, calls = install(tmp_path, 999, "E: Unable to locate package hugo")
    assert done.returncode == 3 and len(calls) == 2
    assert "Unable to locate package hugo" in done.stderr and "apt could not install: hugo pandoc lame" in done.stderr


def test_it_does_not_wait_for_ever(tmp_path: Path) -> None:
    done, calls = install(tmp_path, 999, BUSY)
    assert done.returncode == 3 and sum(call.startswith("install") for call in calls) == 60
    assert "Could not get lock" in done.stderr
