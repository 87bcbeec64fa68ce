"""The preview shows a draft and its edition in the right order, whichever comes first."""

from __future__ import annotations

from model.diagnostics import Diagnostic
from model.inlines import Mark
from preview.builder import Builder
from publish.edition import Edition
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
