"""One worker, without a process: no edition shows two versions of a picture, and no key stands for other bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from channels.base import Entry, Rendering
from model.document import Document
from model.errors import OutputError, RenderError, ToolMissing
from publish.finish import finish
from publish.results import Made, Parsed, Published
from publish.worker import Worker, make, read, result_of
from tests.publish.conftest import Workshop, config_for
from tests.publish.fakes import REGISTRY, FakePdf


@pytest.fixture
def picture(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The picture that leaflet and page show."""
    path = workshop.root / "source" / "guide" / "picture.svg"
    path.write_text("red")
    monkeypatch.setenv("FAKE_INPUT", str(path))
    return path


@pytest.fixture
def worker(workshop: Workshop) -> Worker:
    return Worker(config_for(workshop))


def made_of(worker: Worker, source: Path) -> tuple[Parsed, list[Made]]:
    parsed = read(worker, source=source)
    return parsed, [make(worker, source=source, parsed=parsed, channel=name) for name in ("pdf", "audio")]


def finished(worker: Worker, source: Path, parsed: Parsed, made: list[Made]) -> Published:
    keys = tuple((one.channel, one.key) for one in made if one.key is not None)
    return finish(worker, source=source, parsed=parsed, keys=keys)


def test_a_picture_saved_between_two_editions_is_the_same_in_both(
    workshop: Workshop, worker: Worker, picture: Path
) -> None:
    source = workshop.write()
    parsed, made = made_of(worker, source)
    picture.write_text("blue")
    assert [one.channel for one in finished(worker, source, parsed, made).made] == ["html"]
    published = workshop.published()
    for name in ("guide/en/index.html", "guide/en/leaflet.pdf"):
        assert b"blue" in published[name]
        assert b"red" not in published[name]


def test_a_picture_saved_while_it_is_drawn_is_kept_under_no_other_pictures_key(
    workshop: Workshop, worker: Worker, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = workshop.write()
    render = FakePdf.render

    def late(channel: FakePdf, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        picture.write_text("blue")
        return render(channel, document, made)

    with monkeypatch.context() as patched:
        patched.setattr(FakePdf, "render", late)
        parsed, made = made_of(worker, source)
    picture.write_text("red")
    finished(worker, source, parsed, made)
    assert b"red" in workshop.published()["guide/en/leaflet.pdf"]


def test_a_worker_reads_nothing_from_the_store_that_it_has_just_put_there(workshop: Workshop) -> None:
    """The store is asked once for what each channel makes, which is not there yet: neither for the recording that
    others quote, nor in the last step."""
    books = {name: replace(REGISTRY[name], needs=("audio",)) for name in ("pdf", "html")}
    worker = Worker(config_for(workshop, {"audio": REGISTRY["audio"], **books}))
    source = workshop.write()
    parsed = read(worker, source=source)
    recording = make(worker, source=source, parsed=parsed, channel="audio")
    assert recording.key is not None
    store, asked = worker.renderings, list[bytes | None]()

    class Watched:
        def get(self, key: str) -> bytes | None:
            asked.append(store.get(key))
            return asked[-1]

        def put(self, key: str, data: bytes) -> None:
            store.put(key, data)

    worker.renderings = Watched()
    quoted = (("audio", recording.key),)
    made = [make(worker, source=source, parsed=parsed, channel=name, keys=quoted) for name in books]
    assert finished(worker, source, parsed, [recording, *made]).changed
    assert asked == [None, None]


def test_a_warning_names_the_line_where_its_words_stand_now(workshop: Workshop) -> None:
    """Moved words make nothing anew, also in a worker that remembers the leaflet for the page."""
    channels = {"pdf": REGISTRY["pdf"], "html": replace(REGISTRY["html"], needs=("pdf",))}
    worker = Worker(config_for(workshop, channels))
    source = workshop.write(first="please-warn")
    lines = []
    for _ in range(2):
        parsed = read(worker, source=source)
        made = make(worker, source=source, parsed=parsed, channel="pdf")
        lines += [found.mark.line for found in made.diagnostics if found.code == "asked"]
        source.write_text(f"# A comment\n{source.read_text(encoding='utf-8')}", encoding="utf-8")
    assert lines[1] == lines[0] + 1


def test_a_picture_that_is_gone_is_named(workshop: Workshop, worker: Worker, picture: Path) -> None:
    source = workshop.write()
    picture.unlink()
    fault = result_of(lambda worker: made_of(worker, source)[1][0], worker)
    assert isinstance(fault, RenderError)
    assert str(picture) in str(fault)


def test_a_file_that_cannot_be_used_is_named_and_is_no_fault_of_the_program(worker: Worker, tmp_path: Path) -> None:
    fault = result_of(lambda _: tmp_path.read_bytes(), worker)
    assert isinstance(fault, OutputError)
    assert str(fault) == f"cannot use {tmp_path}: a folder stands where a file must be"


def test_a_package_that_is_missing_is_a_missing_tool(workshop: Workshop) -> None:
    channels = {**REGISTRY, "pdf": Entry(path="no_such_package.engine:Channel")}
    source = workshop.write()
    fault = result_of(lambda worker: made_of(worker, source)[1][0], Worker(config_for(workshop, channels)))
    assert isinstance(fault, ToolMissing)
    assert "no_such_package" in str(fault)
