"""The zip file of tracks: one folder that any disc can hold, and a label that says what is on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels import CHANNELS
from channels.base import File, Rendering, Settings
from channels.elements.archive import contents, folder_of, pack
from channels.sound_files.tracks import NAME
from languages.humanize import length_in_words
from tests.channels.talking import document, made, timeline
from tests.narration.fakes import MemoryStore

FOLDER = folder_of(document("seed"), "tracks")


def archive(name: str) -> File:
    (file,) = made(name, "tracks")["tracks"].files
    return file


def label(name: str) -> list[str]:
    packed = contents(archive(name).data)
    return packed[next(path for path in packed if path.endswith("label.txt"))].decode("utf-8-sig").split("\r\n")


def faults(packed: dict[str, bytes]) -> set[str]:
    damaged = replace(archive("seed"), data=pack(packed.items()))
    found = CHANNELS["tracks"].load(Settings(), MemoryStore()).check(Rendering(channel="tracks", files=(damaged,)))
    return {fault.code for fault in found}


def test_it_is_a_download_that_says_how_long_it_is() -> None:
    file = archive("seed")
    assert (file.role, file.title) == ("download", "Recording in tracks, for a CD or USB stick")
    assert file.seconds == pytest.approx(timeline("seed").seconds(timeline("seed").length), abs=3)


def test_one_folder_with_names_for_any_disc_that_play_in_order() -> None:
    paths = list(contents(archive("seed").data))
    names = [path.removeprefix(f"{FOLDER}/") for path in paths]
    assert all(NAME.fullmatch(name) for name in names) and names[:2] == ["label.txt", "tracks.m3u"]
    assert names[2:] == sorted(names[2:])
    assert names[2:4] == ["01introd.mp3", "02whatwe.mp3"]


def test_the_tracks_are_those_of_the_recording_byte_for_byte() -> None:
    parts = [file.data for file in made("seed")["audio"].files if file.role == "part"]
    assert [data for path, data in contents(archive("seed").data).items() if path.endswith(".mp3")] == parts


def test_the_label_says_what_is_on_the_disc() -> None:
    lines = label("everything")
    assert lines[0] == "Everything a page can hold"
    assert "Publisher: Department for Examples" in lines and "Published: 28 February 2022" in lines
    words, tracks = document("everything").words, [f for f in made("everything")["audio"].files if f.role == "part"]
    lengths = [length_in_words(track.seconds or 0, words) for track in tracks]
    assert f"Recording: {length_in_words(archive('everything').seconds or 0, words)}" in lines
    assert [line for line in lines if line.startswith(("1.", "7."))] == [
        f"1. Introduction ({lengths[0]}, 01introd.mp3)",
        f"7. Other formats ({lengths[6]}, 07otherf.mp3)",
    ]


def test_what_is_wrong_with_it_is_found() -> None:
    packed = contents(archive("seed").data)
    assert faults(packed) == set()
    first = next(path for path in packed if path.endswith(".mp3"))
    assert faults(packed | {f"{FOLDER}/Much too long.mp3": b""}) == {"tracks-zip"}
    assert faults({path: data for path, data in packed.items() if "label" not in path}) == {"tracks-zip"}
    assert faults({path: data for path, data in packed.items() if path != first} | {first: b""}) == {"tracks-zip"}


def test_the_same_recording_gives_the_same_bytes() -> None:
    entry = CHANNELS["tracks"]
    again = entry.load(Settings(), MemoryStore()).render(document("seed"), entry.quoted(made("seed"), CHANNELS))
    assert again.files == made("seed", "tracks")["tracks"].files


def test_whoever_wants_none_gets_none() -> None:
    entry = CHANNELS["tracks"]
    unwanted = replace(document("seed"), without=("tracks",))
    rendering = entry.load(Settings(), MemoryStore()).render(unwanted, entry.quoted(made("seed"), CHANNELS))
    assert rendering.files == () and rendering.notes == ("none: the author does not ask for it",)
