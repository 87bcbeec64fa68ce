"""The store gives back what was put in, to anybody, whatever happens to the files meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from model.errors import OutputError
from publish.store import DiskStore, looks_larger, prune, usage_of


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_gives_back_what_was_put(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "grain")
    assert store.get("key") is None
    store.put("key", b"data")
    store.put("empty", b"")
    assert DiskStore(tmp_path / "grain").get("key") == b"data"
    assert store.get("empty") == b""
    store.put("key", b"other")
    assert store.get("key") == b"other"


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 31, b"x" * 32, b"x" * 100, None])
def test_throws_a_damaged_entry_away_and_takes_a_new_one(tmp_path: Path, damage: bytes | None) -> None:
    store = DiskStore(tmp_path / "grain")
    store.put("key", b"data" * 100)
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"!" if damage is None else damage)
    assert store.get("key") is None
    assert not entries(tmp_path)
    store.put("key", b"data" * 100)
    assert store.get("key") == b"data" * 100


def test_an_entry_under_another_name_is_damaged(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "grain")
    store.put("one", b"1")
    (path,) = entries(tmp_path)
    store.put("two", b"2")
    (other,) = set(entries(tmp_path)) - {path}
    other.write_bytes(path.read_bytes())
    assert store.get("two") is None


def put_many(folder: Path, begin: Barrier) -> None:
    store = DiskStore(folder)
    begin.wait()
    for number in range(300):
        store.put(f"key {number % 7}", bytes([number % 7]) * 50_000)
        kept = store.get(f"key {(number + 3) % 7}")
        assert kept is None or kept == bytes([(number + 3) % 7]) * 50_000


def test_processes_share_it(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("spawn")  # a fork of a process that has threads may wait for ever
    begin = processes.Barrier(4)
    workers = [processes.Process(target=put_many, args=(tmp_path / "grain", begin)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert usage_of(tmp_path / "grain").entries == 7
    assert len(entries(tmp_path)) == 7


def test_goes_on_after_it_was_thrown_away_by_others(tmp_path: Path) -> None:
    """Thrown away by `clean --all` beside a preview."""
    store = DiskStore(tmp_path / "grain")
    store.put("one", b"1")
    shutil.rmtree(tmp_path / "grain")
    for name in ("one", "two"):
        store.put(name, b"2")
        assert store.get(name) == b"2"


def test_prunes_what_was_not_used_for_longest(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "grain")
    for number in range(10):
        store.put(str(number), b"x" * 968)
        for path in entries(tmp_path):
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 4000))
    assert store.get("0") == b"x" * 968
    gone = prune(tmp_path, 5000)
    assert (gone.entries, gone.size) == (6, 6000)
    assert [number for number in range(10) if store.get(str(number))] == [0, 7, 8, 9]
    assert prune(tmp_path, 5000).entries == 0


def test_prunes_what_killed_writers_left(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "grain")
    store.put("key", b"x")
    old, new = (entries(tmp_path)[0].with_name(name) for name in ("1-1.tmp", "1-2.tmp"))
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, 0))
    prune(tmp_path, 10**9)
    assert not old.exists()
    assert new.exists()
    assert usage_of(tmp_path / "grain").entries == 1


def test_knows_from_a_sample_that_it_has_grown(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "grain")
    for number in range(2000):
        store.put(str(number), b"x" * 68)
    assert not looks_larger(tmp_path, 10**6)
    assert looks_larger(tmp_path, 2000 * 10)


def test_says_when_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write the store"):
        DiskStore(tmp_path / "file").put("key", b"data")


@pytest.mark.parametrize("kind", ["folder", "link to itself"])
def test_what_is_no_entry_is_made_anew(tmp_path: Path, kind: str) -> None:
    kept = DiskStore(tmp_path)
    kept.put("a", b"one")
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.unlink()
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(path.name)
    assert kept.get("a") is None
    prune(tmp_path.parent, 10**9)
    kept.put("a", b"one")
    assert kept.get("a") == b"one"


def test_a_folder_with_something_in_it_stands_and_is_named(tmp_path: Path) -> None:
    kept = DiskStore(tmp_path)
    kept.put("a", b"one")
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.unlink()
    path.mkdir()
    (path / "thesis.txt").write_text("years of work")
    assert kept.get("a") is None
    with pytest.raises(OutputError, match="cannot write the store"):
        kept.put("a", b"one")
    assert (path / "thesis.txt").exists()
