"""Where there is no room or no permission to write, the old stands whole, and the fault says what to do."""

from __future__ import annotations

import resource
import shutil
import subprocess
import time
from pathlib import Path

from tests.conftest import plainly
from tests.publish.conftest import LIST, Workshop
from tests.publish.test_interruptions import VERSIONS, whole


def small_files() -> None:
    """Allows no file larger than 2 kB: writes fail as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def can_mount(tmp_path: Path) -> bool:
    probe = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    return (
        shutil.which("unshare") is not None and subprocess.run(probe, capture_output=True, check=False).returncode == 0
    )


def confined(workshop: Workshop, prepare: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A build in a mount space of its own, after the shell command `prepare`."""
    return workshop.run(
        "build", *arguments, through=["unshare", "--mount", "sh", "-c", f'{prepare} && exec "$@"', "sh"]
    )


def test_no_room_leaves_the_old_and_says_what_to_do(workshop: Workshop) -> None:
    workshop.write(second=VERSIONS[0])
    workshop.run("build")
    before = workshop.published()
    workshop.write(second=VERSIONS[1])
    done = subprocess.run(
        workshop.command("build"),
        preexec_fn=small_files,
        capture_output=True,
        text=True,
        check=False,
        cwd=workshop.root,
    )
    assert done.returncode == 3
    assert "error: cannot write " in done.stderr
    assert "Traceback" not in done.stderr
    assert workshop.published() == before
    if can_mount(workshop.root):
        output = workshop.root / "dist"
        done = confined(workshop, f"mount -t tmpfs -o size=32k tmpfs {output}")
        assert done.returncode == 3
        assert "the disk is full\n    Free some space" in done.stderr
        done = confined(workshop, f"mount -t tmpfs -o size=16k tmpfs {workshop.cache}")
        assert done.returncode == 3
        assert "the disk is full" in done.stderr
    assert workshop.published() == before
    assert workshop.run("build").returncode == 0
    assert whole(workshop) == VERSIONS[1]
    assert workshop.standing() == {"guide", *LIST}


def test_no_permission_leaves_the_old_and_says_what_to_do(workshop: Workshop) -> None:
    workshop.write(second=VERSIONS[0])
    workshop.run("build")
    before = workshop.published()
    workshop.write(second=VERSIONS[1])
    done = read_only(workshop, workshop.output)
    assert done.returncode == 3
    assert "permission denied\n    Make the folder writable" in done.stderr
    if can_mount(workshop.root):
        done = confined(
            workshop, f"mount --bind {workshop.output} {workshop.output} && mount -o remount,bind,ro {workshop.output}"
        )
        assert done.returncode == 3
        assert "the file system is read-only\n    Choose another folder" in done.stderr
    assert workshop.published() == before
    in_the_way = workshop.root / "in-the-way"
    in_the_way.write_text("a file")
    for place in ("--output", "--cache"):
        done = subprocess.run(
            [*workshop.command("build"), place, str(in_the_way)],
            capture_output=True,
            text=True,
            check=False,
            cwd=workshop.root,
        )
        assert done.returncode == 3
        assert "Traceback" not in done.stderr
        assert "a file stands where a folder must be" in done.stderr
        assert f"choose another folder with {place}." in done.stderr
    assert in_the_way.read_text() == "a file"


def test_a_cache_that_may_only_be_read_is_enough_where_there_is_nothing_to_do(workshop: Workshop) -> None:
    """This also holds for another command than the one before, which has to look closely."""
    workshop.run("build")
    for arguments in ((), ("--quiet",), ("--explain",)):
        done = read_only(workshop, workshop.cache, *arguments)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        if arguments == ("--explain",):
            note = "note: the next run has to look again: cannot write"
            # Nothing is recorded just after the program itself has changed, as its bytecode has.
            end = time.monotonic() + 30
            while note not in done.stderr and time.monotonic() < end:
                time.sleep(0.2)
                done = read_only(workshop, workshop.cache, *arguments)
            assert note in done.stderr
            assert "guide/en/leaflet.pdf: unchanged" in done.stdout
    workshop.write(second="Something to do.")
    done = read_only(workshop, workshop.cache)
    assert done.returncode == 3
    assert "choose another" in done.stderr.lower()
    assert "--cache" in done.stderr


def read_only(workshop: Workshop, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A build that may not write in `folder`. Root may write anywhere, so it runs without the right to."""
    below = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in below:
        path.chmod(0o500)
    try:
        return workshop.run("build", *arguments, through=plainly())
    finally:
        for path in below:
            path.chmod(0o700)
