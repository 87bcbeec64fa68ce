"""The preview hears of what is saved: if the system watches no more files, and in a folder that was made again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import watchfiles

from preview import watching
from preview.builder import Builder
from tests.preview.conftest import apart


def test_without_inotify_the_sources_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    real = watchfiles.awatch

    async def exhausted(*places: Path, **options: Any) -> AsyncIterator[Any]:
        if not options["force_polling"]:
            raise OSError(28, "inotify watch limit reached")
        async for found in real(*places, **options):
            yield found

    monkeypatch.setattr(watchfiles, "awatch", exhausted)
    builder = cast(Builder, SimpleNamespace(home=tmp_path, typed=(source,)))

    async def saved() -> set[Path]:
        async def save() -> None:
            for number in range(100):
                await asyncio.sleep(0.2)
                (source / "en.yaml").write_text(f"title: {number}\n", encoding="utf-8")

        saving = asyncio.create_task(save())
        try:
            async for changed in watching.saved(builder):
                return changed
        finally:
            saving.cancel()
        return set()

    assert source / "en.yaml" in apart(asyncio.wait_for(saved(), 30))
    assert "the system cannot watch the sources" in capsys.readouterr().err


def test_a_folder_that_was_deleted_and_made_again_is_watched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As another branch of a repository may do."""
    monkeypatch.setattr(watching, "LOOK_MS", 50)
    source = tmp_path / "source"
    source.mkdir()
    builder = cast(Builder, SimpleNamespace(home=tmp_path, typed=(source,)))

    async def saved() -> None:
        async def save() -> None:
            await asyncio.sleep(0.2)
            source.rmdir()
            await asyncio.sleep(0.2)
            source.mkdir()
            for number in range(300):
                await asyncio.sleep(0.1)
                (source / "en.yaml").write_text(f"title: {number}\n", encoding="utf-8")

        saving = asyncio.create_task(save())
        told = watching.saved(builder)
        while source / "en.yaml" not in await anext(told):
            pass
        saving.cancel()
        await told.aclose()

    apart(asyncio.wait_for(saved(), 30))
