"""A published folder changes in one step: for readers, for killed runs, on old and new file systems."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from model.errors import OutputError
from publish import folder
from tests.publish.conftest import files_of

TARGET = "guide/en"


def edition(number: int) -> list[tuple[str, bytes]]:
    """Files that all hold the same number."""
    return [(f"file-{name}.txt", b"%d" % number) for name in range(5)] + [("audio/one.txt", b"%d" % number)]


def read(output: Path) -> dict[str, bytes]:
    return files_of(output / TARGET)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(opened: int, name: str) -> bytes:
    file = os.open(name, os.O_RDONLY, dir_fd=opened)
    try:
        return os.read(file, 9)
    finally:
        os.close(file)


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to replace a folder: the kernel's exchange, and renames where there is none."""
    if request.param == "two renames":
        monkeypatch.setattr(folder, "exchange", lambda _first, _second: False)
    return str(request.param)


def test_publishes_and_replaces(tmp_path: Path, way: str) -> None:
    folder.publish(tmp_path, TARGET, edition(1))
    assert read(tmp_path) == dict(edition(1))
    folder.publish(tmp_path, TARGET, [("only.txt", b"2")])
    assert read(tmp_path) == {"only.txt": b"2"}
    assert names_in(tmp_path) == ["guide"]


def test_leaves_the_old_one_where_the_new_one_cannot_be_written(tmp_path: Path, way: str) -> None:
    folder.publish(tmp_path, TARGET, edition(1))
    with pytest.raises(OutputError, match=r"cannot write .*guide/en"):
        folder.publish(tmp_path, TARGET, [*edition(2), ("file-1.txt/below", b"2")])
    assert read(tmp_path) == dict(edition(1))
    assert names_in(tmp_path) == ["guide"]


def test_a_reader_never_sees_half(tmp_path: Path) -> None:
    """A folder that was opened keeps its content. Opened again, it is always there and always complete."""
    folder.publish(tmp_path, TARGET, edition(0))
    over = threading.Event()

    def write() -> None:
        try:
            for number in range(1, 200):
                folder.publish(tmp_path, TARGET, edition(number), flush=False)
        finally:
            over.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not over.is_set():
        opened = os.open(tmp_path / TARGET, os.O_RDONLY)
        try:
            names = sorted(os.listdir(opened))  # noqa: PTH208 (a descriptor)
            found = {content(opened, name) for name in names if name != "audio"}
        except FileNotFoundError:
            continue  # the old folder is deleted file by file after the exchange, while a reader still holds it
        finally:
            os.close(opened)
        if len(names) == 6:
            assert len(found) == 1
            seen |= found
    writer.join()
    assert len(seen) > 1


def test_puts_right_a_swap_that_was_cut_between_two_renames(tmp_path: Path) -> None:
    stage = tmp_path / ".staging" / "0123456789abcdef"
    folder.publish(tmp_path, TARGET, edition(1))
    stage.mkdir(parents=True)
    (stage / "target").write_text(TARGET)
    folder.publish(stage, "new", edition(2))
    (tmp_path / TARGET).rename(stage / "old")
    folder.sweep(tmp_path)
    assert read(tmp_path) == dict(edition(2))
    assert names_in(tmp_path) == ["guide"]


def test_a_writer_killed_between_two_renames_has_left_word_of_what_was_to_be_done(tmp_path: Path) -> None:
    folder.publish(tmp_path, TARGET, edition(1))
    script = (
        "import os, signal; from pathlib import Path; from publish import folder\n"
        "folder.exchange = lambda first, second: False\n"
        "rename = Path.rename\n"
        "def killed(path, target):\n"
        "    rename(path, target)\n"
        "    if target.name == 'old':\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "Path.rename = killed\n"
        f"folder.publish(Path({str(tmp_path)!r}), {TARGET!r}, {edition(2)!r})\n"
    )
    root = Path(folder.__file__).parent.parent
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == -signal.SIGKILL
    assert not (tmp_path / TARGET).exists()
    folder.sweep(tmp_path)
    assert read(tmp_path) == dict(edition(2))
    assert names_in(tmp_path) == ["guide"]


def test_a_second_rename_that_fails_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.publish(tmp_path, TARGET, edition(1))
    monkeypatch.setattr(folder, "exchange", lambda _first, _second: False)
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == folder.NEW and not target.exists():
            raise OSError(errno.EIO, "the disk is at fault")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputError, match="the disk is at fault"):
        folder.publish(tmp_path, TARGET, edition(2))
    assert read(tmp_path) == dict(edition(1))
    assert names_in(tmp_path) == ["guide"]


def test_sweeps_what_was_left_and_not_what_is_alive(tmp_path: Path) -> None:
    (tmp_path / ".staging" / "fedcba9876543210" / "new").mkdir(parents=True)
    script = (
        "import sys, time; from pathlib import Path; from publish import folder\n"
        "def slow():\n"
        "    yield 'a.txt', b'1'\n"
        "    print('half', flush=True); sys.stdin.read(1)\n"
        "    yield 'b.txt', b'1'\n"
        f"folder.publish(Path({str(tmp_path)!r}), {TARGET!r}, slow())\n"
    )
    root = Path(folder.__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as alive:
        assert alive.stdin is not None
        assert alive.stdout is not None
        assert alive.stdout.readline() == b"half\n"
        folder.sweep(tmp_path)
        (stage,) = (tmp_path / ".staging").iterdir()
        assert (stage / "new" / "a.txt").exists()
        alive.stdin.write(b"!")
    assert alive.returncode == 0
    assert read(tmp_path) == {"a.txt": b"1", "b.txt": b"1"}
    assert names_in(tmp_path) == ["guide"]


def test_a_killed_writer_leaves_the_old_and_is_swept(tmp_path: Path) -> None:
    folder.publish(tmp_path, TARGET, edition(1))
    script = (
        "import os, signal; from pathlib import Path; from publish import folder\n"
        "def die():\n"
        "    yield 'a.txt', b'2'\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"folder.publish(Path({str(tmp_path)!r}), {TARGET!r}, die())\n"
    )
    root = Path(folder.__file__).parent.parent
    killed = subprocess.run([sys.executable, "-c", script], cwd=root, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert read(tmp_path) == dict(edition(1))
    assert (tmp_path / ".staging").exists()
    folder.sweep(tmp_path)
    assert names_in(tmp_path) == ["guide"]
    assert read(tmp_path) == dict(edition(1))


def test_removes_in_one_step(tmp_path: Path) -> None:
    folder.publish(tmp_path, TARGET, edition(1))
    folder.remove(tmp_path, TARGET)
    assert not (tmp_path / TARGET).exists()
    folder.remove(tmp_path, TARGET)


def write_many(output: Path, name: str) -> None:
    for number in range(400):
        folder.replace_file(output, f"{name}.txt", b"%d" % number, flush=False)


def test_many_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    """The last to leave deletes the staging folder while others are about to use it."""
    processes = multiprocessing.get_context("spawn")  # a fork of a process that has threads may wait for ever
    writers = [processes.Process(target=write_many, args=(tmp_path, str(number))) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert names_in(tmp_path) == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_a_staging_folder_that_another_run_drops_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder exists when it is made and is gone when it is used. The moment between is too short to be met by
    chance."""
    make = os.mkdir
    met: list[str] = []

    def too_late(path: str, *rest: Any, **named: Any) -> None:
        if str(path).endswith(".staging") and not met:
            met.append(path)
            raise FileExistsError(17, "File exists", str(path))
        make(path, *rest, **named)

    monkeypatch.setattr(os, "mkdir", too_late)
    folder.publish(tmp_path, TARGET, edition(1))
    assert met
    assert read(tmp_path) == dict(edition(1))
