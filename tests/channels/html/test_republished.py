"""A page is published again, and a browser has kept everything of the old one that the documentation permits."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser

from model.blocks import Paragraph
from model.document import Document
from model.inlines import Sentence, Text
from tests.channels.html.folders import document, made_for, publish
from tests.channels.html.recordings import clips_of
from tests.channels.html.serving import serving
from tests.channels.html.test_read_along import marks_at
from tests.channels.html.tools import Visit

KEPT = "performance.getEntriesByType('resource').filter(e => e.transferSize === 0).map(e => e.name)"


def with_one_more_sentence(page: Document) -> Document:
    """The same page, with something new at its beginning."""
    sentence = Sentence(id="new-1", inlines=(Text(text="There is something new."),))
    return replace(page, introduction=(Paragraph(id="new", sentences=(sentence,)), *page.introduction))


def test_the_old_recording_is_not_played_to_new_cues(browser: Browser, tmp_path: Path) -> None:
    """Each sentence is marked where the new recording says it. Unchanged files are not loaded again."""
    old, new = document("seed"), with_one_more_sentence(document("seed"))
    opened = browser.new_context()
    with serving(tmp_path) as address:
        visit = Visit(page=opened.new_page())
        lengths = []
        for page in (old, new):
            shutil.rmtree(tmp_path / "page", ignore_errors=True)
            publish(tmp_path / "page", page, made_for(page))
            visit.page.goto(f"{address}/page/index.html")
            visit.page.evaluate("document.fonts.ready")
            clips = clips_of(page)[:6]
            wanted = [clip.id for clip in clips]
            assert marks_at(visit, [clip.begin + 0.1 for clip in clips], [*wanted]) == wanted
            lengths.append(visit.page.evaluate("document.querySelector('audio').duration"))
        assert lengths[1] > lengths[0] + 0.4
        kept = " ".join(visit.page.evaluate(KEPT))
        assert "latin-400-normal" in kept and "/page." in kept
        assert "read-along" not in kept
    opened.close()


def test_with_names_that_stay_it_would_be(browser: Browser, tmp_path: Path) -> None:
    """The test above can fail: with addresses without digests it does."""
    old, new = document("seed"), with_one_more_sentence(document("seed"))
    opened = browser.new_context()
    lengths = []
    with serving(tmp_path) as address:
        tab = opened.new_page()
        for page in (old, new):
            publish(tmp_path / "page", page, made_for(page))
            tab.goto(f"{address}/page/index.html")
            lengths.append(
                tab.evaluate(f"fetch('audio/{page.id}.mp3').then(found => found.arrayBuffer()).then(b => b.byteLength)")
            )
    assert lengths[0] == lengths[1]
    opened.close()
