"""An output at an address has the same files as a folder, sent in an order in which no reader gets half an edition."""

from __future__ import annotations

import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from cluster.site import HALF_MADE, MARK, Site
from commands.at_address import SENT, looked_through
from commands.keep import run_verify
from model.errors import Interrupted, NotOurs, OutputError
from tests.cluster.conftest import S3
from tests.publish.conftest import FAKE_PIPELINE, Workshop, files_of

ADDRESS = "memory://site"
PLACE = "guide/en"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two outputs: a publication, and the same with other words."""
    workshop = Workshop(root=tmp_path_factory.mktemp("versions"))
    outputs = []
    for words in ("Goodbye.", "Farewell."):
        workshop.write(second=words)
        assert workshop.run("build").returncode == 0
        outputs.append(Path(shutil.copytree(workshop.output, workshop.root / words)))
    return outputs[0], outputs[1]


@pytest.fixture
def store() -> Iterator[MemoryFileSystem]:
    """An empty object store in this process."""
    MemoryFileSystem.store.clear()
    yield MemoryFileSystem()
    MemoryFileSystem.store.clear()


@pytest.fixture
def sent(store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The writes and deletions there, in order."""
    order: list[str] = []
    pipe, delete = MemoryFileSystem.pipe, MemoryFileSystem.rm_file

    def watched_pipe(system: Any, files: dict[str, bytes], **named: Any) -> None:
        order.extend(path.removeprefix("/site/") for path in files)
        pipe(system, files, **named)

    def watched_delete(system: Any, path: str) -> None:
        delete(system, path)
        order.append(f"-{path.removeprefix('/site/')}")

    monkeypatch.setattr(MemoryFileSystem, "pipe", watched_pipe)
    monkeypatch.setattr(MemoryFileSystem, "rm_file", watched_delete)
    return order


def send(mirror: Path, **named: Any) -> bool:
    site = Site(ADDRESS, mirror)
    site.fetch(SENT)
    return site.send(SENT, **named)


def there() -> dict[str, bytes]:
    return {path.removeprefix("/site/"): file.getvalue() for path, file in MemoryFileSystem.store.items()}


def test_what_others_name_comes_first_and_the_manifest_last(versions: tuple[Path, Path], sent: list[str]) -> None:
    assert send(versions[0])
    assert there() == files_of(versions[0])
    first, *edition = sent[: sent.index(f"{PLACE}/manifest.json") + 1]
    assert first == MARK
    names = [path.removeprefix(f"{PLACE}/") for path in edition]
    assert names[-2:] == ["index.html", "manifest.json"]
    assert names.index("page.css") < names.index("leaflet.pdf") < names.index("index.html")
    assert sent[-2:] == ["index.html", f"-{MARK}"]
    sent.clear()
    assert not send(versions[0])
    assert not sent


def test_of_a_change_only_what_differs_is_sent(versions: tuple[Path, Path], sent: list[str]) -> None:
    send(versions[0])
    sent.clear()
    assert send(versions[1])
    assert there() == files_of(versions[1])
    assert f"{PLACE}/page.css" not in sent
    assert f"{PLACE}/index.html" in sent


@pytest.mark.parametrize("after", [1, 4, 6])
def test_a_run_that_ends_halfway_is_told_and_the_next_one_mends_it(
    versions: tuple[Path, Path], sent: list[str], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    send(versions[0])
    sent.clear()
    with monkeypatch.context() as broken:
        pipe = MemoryFileSystem.pipe

        def full(system: Any, files: dict[str, bytes], **named: Any) -> None:
            if len(sent) >= after:
                raise OSError(28, "No space left on device")
            pipe(system, files, **named)

        broken.setattr(MemoryFileSystem, "pipe", full)
        with pytest.raises(OutputError, match=f"cannot write the output {ADDRESS}: the disk is full"):
            send(versions[1])
    assert f"{ADDRESS}/{PLACE}: {HALF_MADE}" in looked_through(ADDRESS)[1]
    assert send(versions[0])  # the source was put back: nothing of the other version stays
    assert there() == files_of(versions[0])
    assert looked_through(ADDRESS) == (1, [])


def test_ctrl_c_ends_between_two_editions(versions: tuple[Path, Path], sent: list[str]) -> None:
    with pytest.raises(Interrupted):
        send(versions[0], stop=lambda: True)
    assert sent == [MARK]
    assert send(versions[0])
    assert looked_through(ADDRESS) == (1, [])


def test_what_another_machine_has_published_is_listed_and_stays(
    versions: tuple[Path, Path], store: MemoryFileSystem, tmp_path: Path
) -> None:
    send(versions[0])
    other = tmp_path / "other"
    site = Site(ADDRESS, other)
    site.fetch(SENT)
    assert (other / PLACE / "manifest.json").read_bytes() == (versions[0] / PLACE / "manifest.json").read_bytes()
    for name in SENT:
        if (versions[0] / name).exists():
            shutil.copy(versions[0] / name, other)
    assert not site.send(SENT)
    shutil.rmtree(other / PLACE)  # as `clean --withdrawn` does
    assert site.send(SENT)
    assert not [path for path in there() if path.startswith(PLACE)]


def test_what_no_build_has_made_is_not_overwritten(versions: tuple[Path, Path], store: MemoryFileSystem) -> None:
    store.pipe(f"/site/{PLACE}/index.html", b"a page of somebody's")
    with pytest.raises(NotOurs, match=f"{ADDRESS}/{PLACE} holds what no build has made"):
        send(versions[0])
    assert there() == {f"{PLACE}/index.html": b"a page of somebody's"}


@pytest.mark.parametrize("part", ["", "/guide", "/guide/en"])
def test_a_site_and_any_part_of_it_is_verified(
    versions: tuple[Path, Path], store: MemoryFileSystem, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    send(versions[0])
    asked = Namespace(folders=[f"{ADDRESS}{part}"], output=versions[0])
    assert run_verify(asked) == 0
    assert capsys.readouterr().out == "1 folder verified: all as published.\n"
    store.pipe(f"/site/{PLACE}/page.css", b"half of")
    store.pipe(f"/site/{PLACE}/stray.css", b"")
    assert run_verify(asked) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in said] == [f"{ADDRESS}/{PLACE}/{name}.css" for name in ("page", "stray")]


def test_a_build_into_a_bucket(s3: S3, tmp_path: Path) -> None:
    """The whole command line, from two machines, with S3's own client."""
    s3.client.create_bucket(Bucket="site")
    one, other = Workshop(root=tmp_path / "one"), Workshop(root=tmp_path / "other")
    one.write()
    other.write("leaflet", title="Another guide")

    def run(machine: Workshop, *words: str, to: str = "s3://site/pages") -> subprocess.CompletedProcess[str]:
        line = [sys.executable, str(FAKE_PIPELINE), *words, "--output", to]
        return subprocess.run(line, cwd=machine.root, capture_output=True, text=True, timeout=120, check=False)

    done = run(one, "build", "source", "--cache", "kept")
    assert done.returncode == 0, done.stderr
    assert "in s3://site/pages" in done.stdout
    assert run(other, "build", "source", "--cache", "kept").returncode == 0
    page = s3.client.get_object(Bucket="site", Key="pages/guide/en/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    index = s3.client.get_object(Bucket="site", Key="pages/index.html")["Body"].read()
    assert b'href="guide/en/index.html"' in index and b'href="leaflet/en/index.html"' in index
    verified = run(one, "verify")
    assert (verified.returncode, verified.stdout) == (0, "2 folders verified: all as published.\n"), verified.stderr
    assert run(one, "build", "source", "--cache", "kept").stdout.startswith("Nothing to do")
    s3.client.put_object(Bucket="site", Key="pages/guide/en/page.css", Body=b"half of")
    assert "s3://site/pages/guide/en/page.css: " in run(one, "verify").stderr
    s3.client.put_object(Bucket="site", Key="other/index.html", Body=b"<p>a home page")
    refused = run(one, "build", "source", "--cache", "kept", to="s3://site/other")
    assert (refused.returncode, "s3://site/other/index.html is not a list" in refused.stderr) == (3, True)
    nowhere = run(one, "build", "source", "--cache", "kept", to="s3://nowhere/site")
    assert (nowhere.returncode, nowhere.stderr.startswith("error: cannot ")) == (3, True)
    assert "the output s3://nowhere/site" in nowhere.stderr
    assert run(one, "clean", "--cache", "kept").stdout.endswith("2 publications deleted from s3://site/pages.\n")
    assert s3.objects("site") == ["other/index.html"]
