"""The preview shows a draft and its edition in the right order, whichever comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from model.diagnostics import Diagnostic
from model.errors import OutputError
from model.inlines import Mark
from preview.builder import Builder
from preview.server import Pages
from publish.edition import Edition
from publish.events import Event, Started
from tests.preview.conftest import apart
from tests.publish.conftest import Workshop, config_for


def test_a_draft_that_comes_after_its_edition_is_not_shown(workshop: Workshop) -> None:
    source = workshop.root / "source" / "guide" / "en.yaml"
    builder = Builder(config_for(workshop), [source], workshop.root, 1)
    edition = Edition(source=source, place="guide/en", title="A guide", changed=True)
    builder._take_draft(edition, 1)
    assert "guide/en" in builder.shown.drafts
    builder.begun_after = 2
    builder._take(edition)
    assert builder.shown.drafts == {}
    builder._take_draft(edition, 2)
    assert builder.shown.drafts == {}
    builder._take_draft(edition, 3)
    assert "guide/en" in builder.shown.drafts


def test_faults_that_a_draft_found_late_do_not_outlive_the_mended_edition(workshop: Workshop) -> None:
    source = workshop.root / "source" / "guide" / "en.yaml"
    builder = Builder(config_for(workshop), [source], workshop.root, 1)
    mark = Mark(file=str(source), line=1, column=1)
    fault = Diagnostic(severity="error", code="unknown-key", message="no such key", mark=mark, hint="Mend it.")
    unread = Edition(source=source, diagnostics=[fault])
    builder._take_draft(unread, 1)
    assert "no such key" in builder.shown.said()["faults"]
    builder.begun_after = 2
    builder._take(Edition(source=source, place="guide/en", changed=True))
    assert builder.shown.said()["faults"] == ""
    builder._take_draft(unread, 1)
    assert builder.shown.said()["faults"] == ""


def test_drafts_leave_nothing_behind_but_their_renderings(workshop: Workshop) -> None:
    source = workshop.root / "source" / "guide" / "en.yaml"
    builder = Builder(config_for(workshop), [source], workshop.root, 1)
    with builder.working():
        builder.draft([source])
        assert "guide/en" in builder.shown.drafts
        assert (workshop.cache / "preview" / "drafts" / "guide" / "en" / "index.html").exists()
    assert [path.name for path in workshop.cache.iterdir()] == ["store"]


@pytest.fixture
def editing(workshop: Workshop) -> Iterator[Builder]:
    """A preview of the guide, whose first edition is made."""
    source = workshop.root / "source" / "guide" / "en.yaml"
    builder = Builder(config_for(workshop), [source], workshop.root, 1)
    with builder.working():
        builder.build()
        yield builder


def save(builder: Builder, words: str) -> list[Path]:
    """Writes other words into the guide."""
    (source,) = builder.typed
    source.write_text(re.sub("Goodbye.*", words, source.read_text()))
    builder.saves += 1
    return [source]


def shown(builder: Builder) -> str:
    """The page of the preview."""
    request = Request({"type": "http", "query_string": b"place=guide/en", "headers": []})
    return bytes(apart(Pages(builder).page(request)).body).decode()


def test_a_leaflet_is_shown_as_a_draft_that_says_so_until_its_edition_is_made(editing: Builder) -> None:
    published = editing.config.output / "guide" / "en" / "leaflet.pdf"
    assert "Draft" not in shown(editing)
    saved = save(editing, "Goodbye to you.")
    editing.draft_files(saved)
    page = shown(editing)
    assert page.count("Draft, in two panels.") == 1
    assert page.count('alt="Draft of Leaflet, panel') == 2
    (address,) = re.findall(r'href="/file/(guide/en/leaflet.pdf)\?', page)
    assert b"Goodbye to you." in (editing.aside / "files" / address).read_bytes()
    assert b"Goodbye to you." not in published.read_bytes()
    editing.build(saved)
    assert "Draft" not in shown(editing)
    assert b"Goodbye to you." in published.read_bytes()


def test_a_draft_of_a_leaflet_that_comes_after_it_is_not_shown(editing: Builder) -> None:
    saved = save(editing, "Goodbye to you.")
    editing.build(saved)
    editing.draft_files(saved)
    assert "Draft" not in shown(editing)


@pytest.mark.parametrize("first", ["Goodbye to you.", "Goodbye, please-fail."])
def test_drafts_of_a_later_save_stay_when_the_edition_of_an_earlier_one_is_over(
    editing: Builder, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    saved, follow, saves = save(editing, first), editing._follow, editing.saves

    def save_meanwhile(event: Event) -> None:
        if isinstance(event, Started) and event.unit == "guide/en pdf" and editing.saves == saves:
            save(editing, "Goodbye again.")
            editing.draft(saved)
            editing.draft_files(saved)
        follow(event)

    monkeypatch.setattr(editing, "_follow", save_meanwhile)
    editing.build(saved)
    assert editing.saves == saves + 1
    page = shown(editing)
    assert "Draft, in two panels." in page and "/draft/guide/en/index.html" in page
    editing.build(saved)
    page = shown(editing)
    assert "Draft" not in page and "/draft/" not in page


def test_a_draft_of_a_leaflet_gives_way_to_the_last_good_one_if_no_edition_can_be_made(editing: Builder) -> None:
    saved = save(editing, "Goodbye, please-fail.")
    editing.draft_files(saved)
    assert "Draft, in two panels" in shown(editing)
    editing.build(saved)
    page = shown(editing)
    assert "Draft" not in page
    assert "/dist/guide/en/leaflet.pdf" in page
    editing.draft_files(saved)
    assert "Draft" not in shown(editing)


def test_a_draft_of_a_leaflet_that_comes_after_a_run_has_failed_is_not_shown(
    editing: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Iterator[None]:
        raise OutputError("the disk is full", "")
        yield

    saved = save(editing, "Goodbye to you.")
    with monkeypatch.context() as patched:
        patched.setattr("preview.builder.build", full)
        editing.build(saved)
    editing.draft_files(saved)
    assert "Draft" not in shown(editing)
    editing.draft_files(save(editing, "Goodbye again."))
    assert "Draft, in two panels" in shown(editing)


def test_a_source_at_fault_has_no_draft_of_its_leaflet(editing: Builder) -> None:
    (source,) = saved = save(editing, "Goodbye to you.")
    source.write_text(source.read_text().replace("sections:", "sectoins:"))
    editing.draft_files(saved)
    assert "Draft" not in shown(editing)


def test_workers_that_warm_up_show_nothing(editing: Builder) -> None:
    before = editing.shown.revision
    editing.draft_files([])
    assert editing.shown.revision == before
    assert editing.drafter.pool.workers[0].loaded == {"leaflet.pdf"}


def test_a_source_that_is_a_link_to_itself_is_a_source_like_any_other(workshop: Workshop) -> None:
    source = workshop.root / "source" / "guide" / "en.yaml"
    builder = Builder(config_for(workshop), [source.parent], workshop.root, 1)
    source.unlink()
    source.symlink_to(source.name)
    assert builder.concerned([source]) == ((source,), [source])
    assert Builder(config_for(workshop), [source.parent], workshop.root, 1).shown.editions == {}


def test_the_edition_of_a_folder_that_was_renamed_is_shown_no_more(workshop: Workshop) -> None:
    builder = Builder(config_for(workshop), [workshop.root / "source"], workshop.root, 1)
    with builder.working():
        builder.build()
        (workshop.root / "source" / "guide").rename(workshop.root / "source" / "manual")
        builder.build()
    assert [edition.place for edition in builder.shown.editions.values()] == ["manual/en"]
    assert (workshop.output / "guide" / "en" / "index.html").exists()  # until `clean --withdrawn`
    assert builder.shown.parts.keys() == {"manual/en"}
