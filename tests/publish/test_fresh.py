"""The quick answer is given if nothing has changed, and never if something has."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish import fresh
from publish.cache_key import ROOT
from tests.publish.conftest import Workshop


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """Two publications, made by one worker, that share a style sheet. One has a folder that lies elsewhere. Every
    test leaves it as it was."""
    workshop = Workshop(root=tmp_path_factory.mktemp("built"))
    workshop.write()
    workshop.write("other", title="Another guide")
    elsewhere = workshop.root / "pictures"
    elsewhere.mkdir()
    (elsewhere / "plan.txt").write_text("the first plan")
    (workshop.root / "source" / "guide" / "images").symlink_to(elsewhere)
    time.sleep(0.1)  # a file that was written just now is looked at again
    with contextlib.chdir(workshop.root):
        assert workshop.run("build", "--jobs", "1").returncode == 0
        assert said(workshop)
        yield workshop


def said(workshop: Workshop) -> str:
    """The quick answer of a run; "" if the run has to look closely."""
    _, _, *arguments = workshop.command("build", "--jobs", "1")
    answer = fresh.answer(arguments, str(ROOT))
    return answer[1] if answer else ""


def put_back(path: Path, was: os.stat_result) -> None:
    """Gives `path` its former times, as unpacking an archive does."""
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (was.st_size, was.st_mtime_ns)


def test_a_change_is_seen_although_size_and_time_were_put_back(built: Workshop) -> None:
    source = built.root / "source" / "guide" / "en.yaml"
    was, text = source.stat(), source.read_text()
    source.write_text(text.replace("Goodbye", "Welcome"))
    put_back(source, was)
    assert not said(built)
    source.write_text(text)
    assert said(built)


def test_a_change_behind_a_link_is_seen(built: Workshop) -> None:
    plan = built.root / "pictures" / "plan.txt"
    was = plan.stat()
    plan.write_text("the other plan")
    put_back(plan, was)
    assert not said(built)
    plan.write_text("the first plan")
    assert said(built)


def test_what_is_touched_moved_or_not_read_is_the_same(built: Workshop) -> None:
    source = built.root / "source" / "guide" / "en.yaml"
    os.utime(source)
    assert said(built)
    aside = source.with_suffix(".aside")
    aside.write_bytes(source.read_bytes())
    aside.replace(source)
    source.with_name(".en.yaml.swp").write_text("an editor's own")
    source.with_name("en.yaml~").write_text("an editor's copy")
    assert said(built)
    added = source.with_name("cy.yaml")
    added.write_text("another source")
    assert not said(built)
    added.unlink()
    assert said(built)


def test_a_shared_file_is_seen_to_change_in_every_edition(built: Workshop) -> None:
    styles = [built.output / name / "en" / "page.css" for name in ("guide", "other")]
    assert styles[0].samefile(styles[1])
    for style in styles:
        was, data = style.stat(), style.read_bytes()
        style.write_bytes(data + b"\n")
        assert not said(built)
        style.write_bytes(data)
        put_back(style, was)
        assert said(built)
    for style in styles:
        style.unlink()
        style.write_bytes(data)
        put_back(style, was)  # another file under the same name
        assert not said(built)
        built.run("build", "--jobs", "1")
        assert said(built)


def test_a_pipe_among_the_sources_holds_nothing_up(tmp_path: Path) -> None:
    before = fresh.digest_of([str(tmp_path)], [], [])
    os.mkfifo(tmp_path / "pipe")
    assert fresh.digest_of([str(tmp_path)], [], []) not in ("", before)
