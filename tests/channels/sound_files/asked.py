"""A short publication with every sound file that somebody may ask for, made once for all tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from channels import CHANNELS
from channels.base import File, Rendering, Settings
from model.document import Document
from narration.timeline import Timeline, timeline_of
from tests.channels.talking import document
from tests.narration.conftest import VOICE
from tests.narration.fakes import MemoryStore

STORE = MemoryStore()


@cache
def short() -> Document:
    """A minute and a half of the seed page, with a section within another, a day and somebody's rights."""
    seed, other = document("seed"), document("everything")
    return replace(seed, introduction=(), sections=seed.sections[:1], dates=other.dates, rights=other.rights)


@cache
def narrated() -> dict[str, Rendering]:
    return {"narration": CHANNELS["narration"].load(settings("narration"), STORE).render(short(), {})}


def timeline() -> Timeline:
    found = timeline_of(narrated())
    assert found is not None
    return found


def settings(name: str, **chosen: str) -> Settings:
    return Settings(named=frozenset({name}), chosen={"voice": VOICE, **chosen})


@cache
def rendering(name: str) -> Rendering:
    return CHANNELS[name].load(settings(name), STORE).render(short(), narrated())


def file_of(name: str) -> File:
    (file,) = rendering(name).files
    return file


@cache
def recorded() -> dict[str, Rendering]:
    """The narration, the recording, and what is made of its tracks."""
    made = dict(narrated())
    for name in ("audio", "tracks", "epub", "daisy"):
        entry = CHANNELS[name]
        made[name] = entry.load(settings(name), STORE).render(short(), entry.quoted(made, CHANNELS))
    return made
