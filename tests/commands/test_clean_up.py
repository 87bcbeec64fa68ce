"""A run deletes from the store only what is beyond the renderings and takes of all that is published."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from commands.build import clean_up
from publish import store
from publish.config import BuildConfig
from tests.catalogue.listed import publish

PUBLISHED, KEPT = 12_000, 25_000
"""What a page with all editions takes, and what is kept of its making, in kilobytes. Here they are bytes."""


def test_what_is_kept_of_a_published_page_fits_into_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LIMIT", 1000)
    page = {"path": "index.html", "media_type": "text/html", "sha256": "", "size": PUBLISHED}
    publish(tmp_path / "dist", "guide", files=[page])
    config = cast(BuildConfig, SimpleNamespace(cache=tmp_path, output=tmp_path / "dist"))
    kept = store.DiskStore(tmp_path / "store" / "renderings")
    monkeypatch.setattr(store, "looks_larger", lambda *_: True)

    def usage() -> int:
        return store.usage_of(kept.folder).size

    for key in map(str, range(25)):
        kept.put(key, b"x" * (KEPT // 25 - 32))
    clean_up(config, None)
    assert usage() == KEPT
    for key in map(str, range(25, 50)):
        kept.put(key, b"x" * (KEPT // 25 - 32))
    clean_up(config, None)
    assert PUBLISHED < usage() <= 3 * PUBLISHED
    clean_up(config, PUBLISHED)
    assert usage() <= PUBLISHED
