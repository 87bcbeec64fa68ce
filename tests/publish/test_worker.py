"""What one worker does, without a process: no edition shows two versions of a picture, no recipe another's bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from channels.base import Entry, Rendering
from model.document import Document
from model.errors import RenderError, ToolMissing
from publish.worker import Failed, Finish, Made, Make, Outcome, Published, Read, Readout, Worker
from tests.publish.conftest import Workshop, config_for
from tests.publish.fakes import REGISTRY, FakePdf


@pytest.fixture
def picture(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What leaflet and page show."""
    path = workshop.root / "source" / "guide" / "picture.svg"
    path.write_text("red")
    monkeypatch.setenv("FAKE_INPUT", str(path))
    return path


@pytest.fixture
def worker(workshop: Workshop) -> Worker:
    return Worker(config_for(workshop))


def make(worker: Worker, source: Path) -> tuple[Readout, dict[str, Outcome]]:
    read = worker.do(Read(source=source))
    assert isinstance(read, Readout)
    assert read.document is not None
    tasks = [Make(source=source, document=read.document, digest=read.digest, channel=name) for name in ("pdf", "audio")]
    return read, {task.channel: worker.do(task) for task in tasks}


def finish(worker: Worker, source: Path, read: Readout, made: Mapping[str, Outcome]) -> Outcome:
    assert read.document is not None
    recipes = tuple(
        (name, one.recipe) for name, one in made.items() if isinstance(one, Made) and one.recipe is not None
    )
    return worker.do(Finish(source=source, document=read.document, digest=read.digest, recipes=recipes))


def test_a_picture_saved_between_two_editions_is_the_same_in_both(
    workshop: Workshop, worker: Worker, picture: Path
) -> None:
    source = workshop.write()
    read, made = make(worker, source)
    picture.write_text("blue")
    outcome = finish(worker, source, read, made)
    assert isinstance(outcome, Published)
    assert [one.channel for one in outcome.made] == ["html"]
    published = workshop.published()
    for name in ("guide/en/index.html", "guide/en/leaflet.pdf"):
        assert b"blue" in published[name]
        assert b"red" not in published[name]


def test_a_picture_saved_while_it_is_drawn_is_kept_under_no_other_pictures_recipe(
    workshop: Workshop, worker: Worker, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = workshop.write()
    render = FakePdf.render

    def late(channel: FakePdf, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        picture.write_text("blue")
        return render(channel, document, made)

    with monkeypatch.context() as patched:
        patched.setattr(FakePdf, "render", late)
        read, made = make(worker, source)
    picture.write_text("red")
    finish(worker, source, read, made)
    assert b"red" in workshop.published()["guide/en/leaflet.pdf"]


def test_a_picture_that_is_gone_is_named(workshop: Workshop, worker: Worker, picture: Path) -> None:
    source = workshop.write()
    picture.unlink()
    _, made = make(worker, source)
    outcome = made["pdf"]
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, RenderError)
    assert str(picture) in str(outcome.error)


def test_a_package_that_is_missing_is_a_missing_tool(workshop: Workshop) -> None:
    channels = {**REGISTRY, "pdf": Entry(path="no_such_package.engine:Channel")}
    config = config_for(workshop, channels)
    _, made = make(Worker(config), workshop.write())
    outcome = made["pdf"]
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, ToolMissing)
    assert "no_such_package" in str(outcome.error)
