"""M4B, Opus and a telephone's WAV files are made if somebody asks for them, and are heard where the timeline says."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import mutagen.flac
import mutagen.id3
import mutagen.mp4
import mutagen.oggopus
import numpy as np
import pytest
import soundfile
from PIL import Image

from channels import CHANNELS
from channels.base import Rendering, Settings
from channels.design.cover import cover_of
from channels.elements.archive import contents, pack
from channels.sound_files import telephone, whole
from languages.tags import three_letters
from model.document import Document
from model.traverse import prose
from narration.headings import headings_of
from tests.channels.sound_files.asked import STORE, file_of, narrated, recorded, rendering, settings, short, timeline
from tests.conftest import demand
from tests.narration.conftest import VOICE

NAMES = ("m4b", "opus", "ivr")
EACH = pytest.mark.parametrize("name", NAMES)
DAY = "2024-03-01"


def faults(name: str, data: bytes) -> str:
    damaged = replace(rendering(name), files=(replace(file_of(name), data=data),))
    found = CHANNELS[name].load(settings(name), STORE).check(damaged)
    assert {fault.code for fault in found} <= {"sound-file"}
    return "\n".join(fault.message for fault in found)


@EACH
def test_nobody_asks_and_nothing_is_made(name: str) -> None:
    assert CHANNELS[name].load(Settings(), STORE).render(short(), narrated()) == Rendering(channel=name, files=())


@EACH
def test_the_publication_may_ask_for_it(name: str) -> None:
    asked = replace(short(), editions=(name,))
    (file,) = CHANNELS[name].load(Settings(chosen={"voice": VOICE}), STORE).render(asked, narrated()).files
    assert (file.data, file.role, file.title) == (file_of(name).data, "download", short().words[name])


@EACH
def test_it_is_another_rendering_where_the_command_line_asks(name: str) -> None:
    asked, not_asked = (CHANNELS[name].load(one, STORE).fingerprint() for one in (settings(name), Settings()))
    assert asked != not_asked and name in asked.split()


@EACH
def test_every_utterance_is_heard_where_it_should_be(name: str) -> None:
    assert faults(name, file_of(name).data) == ""
    assert len(rendering(name).clips) == len(timeline().places)


@EACH
def test_what_is_no_sound_is_a_fault(name: str) -> None:
    assert "cannot be decoded" in faults(name, b"no sound at all")


def written(samples: np.ndarray[Any, Any], form: whole.Form = whole.M4B) -> bytes:
    about = whole.About(language="en", tags={}, headings=headings_of(short(), timeline()), cover=cover())
    return whole.write(form, samples, timeline().rate, about)


def cover() -> bytes:
    from channels.design.cover import cover as drawn  # noqa: PLC0415 (Pillow: 40 ms)

    return drawn("Title", "Publisher")


def test_a_sentence_silenced_or_late_and_a_noise_are_caught() -> None:
    heard = whole.hear(file_of("m4b").data)
    samples = np.rint(heard.wave * 32767).astype(np.int16)
    place = timeline().places[3]
    silent = samples.copy()
    silent[place.begin : place.end] = 0
    assert "is not heard" in faults("m4b", written(silent))
    late = np.concatenate([np.zeros(heard.rate // 15, dtype=np.int16), samples[: -heard.rate // 15]])
    assert "is not heard" in faults("m4b", written(late)) and "in the pause" in faults("m4b", written(late))
    assert "lasts" in faults("m4b", written(samples[: len(samples) // 2]))


def test_a_section_that_is_lost_is_caught() -> None:
    packed = contents(file_of("ivr").data)
    first = next(iter(packed))
    del packed[first]
    assert f"has no {first}" in faults("ivr", pack(packed.items()))


def ffprobed(name: str, suffix: str, folder: Path) -> dict[str, Any]:
    demand(shutil.which("ffprobe"), "ffprobe is not installed")
    path = folder / f"sound{suffix}"
    path.write_bytes(file_of(name).data)
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-show_streams", "-of", "json", str(path)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


@pytest.mark.parametrize(("name", "suffix", "codec"), [("m4b", ".m4b", "aac"), ("opus", ".opus", "opus")])
def test_chapters_tags_and_cover_as_ffprobe_reads_them(name: str, suffix: str, codec: str, tmp_path: Path) -> None:
    found = ffprobed(name, suffix, tmp_path)
    due = [(heading.title, heading.begin / timeline().rate) for heading in headings_of(short(), timeline())]
    chapters = [(chapter["tags"]["title"], float(chapter["start_time"])) for chapter in found["chapters"]]
    assert [title for title, _ in chapters] == [title for title, _ in due] and len(due) == 5
    assert [begin for _, begin in chapters] == pytest.approx([begin for _, begin in due], abs=0.002)
    sound, *others = found["streams"]
    assert (sound["codec_name"], sound["channels"]) == (codec, 1)
    assert any(other["disposition"]["attached_pic"] for other in others)
    tags = {key.lower(): value for key, value in {**found["format"].get("tags", {}), **sound.get("tags", {})}.items()}
    assert (tags["title"], tags["artist"]) == ("Drug-related crime", "Home Office")
    assert (tags["date"], tags["copyright"]) == (DAY, prose(short().rights))
    assert tags["language"] in ("eng", "en")
    assert float(found["format"]["duration"]) == pytest.approx(file_of(name).seconds or 0, abs=0.05)


@EACH
def test_the_same_words_give_the_same_bytes(name: str) -> None:
    again = CHANNELS[name].load(settings(name), STORE).render(short(), narrated())
    assert again.files == rendering(name).files


@pytest.mark.parametrize(("kind", "subtype"), [("linear", "PCM_16"), ("mulaw", "ULAW")])
def test_a_telephone_line_gets_8_khz_mono(kind: str, subtype: str) -> None:
    made = CHANNELS["ivr"].load(settings("ivr", **{"ivr-sound": kind}), STORE).render(short(), narrated())
    packed = contents(made.files[0].data)
    assert list(packed) == [f"{track.name}.wav" for track in timeline().tracks]
    assert made.files[0].seconds == pytest.approx(
        sum(len(w) for _, w in telephone.hear(made.files[0].data)) / 8000, 0.01
    )
    for data in packed.values():
        with soundfile.SoundFile(io.BytesIO(data)) as sound:
            assert (sound.samplerate, sound.channels, sound.subtype, sound.format) == (8000, 1, subtype, "WAV")
    assert CHANNELS["ivr"].load(settings("ivr"), STORE).check(made) == ()


def podcast(asked: Document, *named: str) -> Rendering:
    return CHANNELS["podcast"].load(Settings(named=frozenset(named)), STORE).render(asked, narrated())


def test_a_podcast_has_a_chapter_for_each_heading_and_pictures_of_its_size() -> None:
    asked = replace(short(), editions=("podcast",), url="https://a.example/drug-related-crime/en/")
    files = {file.path: file.data for file in podcast(asked).files}
    chapters = json.loads(files["podcast/chapters.json"])
    assert chapters["version"] == "1.2.0"
    assert [(one["title"], one["startTime"]) for one in chapters["chapters"]] == [
        (heading.title, pytest.approx(heading.begin / timeline().rate, abs=0.001))
        for heading in headings_of(asked, timeline())
    ]
    for name in ("episode", "podcast"):
        assert Image.open(io.BytesIO(files[f"podcast/{name}.png"])).size == (1800, 1800)
    assert podcast(asked).diagnostics == ()


def test_a_podcast_that_nobody_could_fetch_is_warned_of() -> None:
    asked = podcast(short(), "podcast")
    assert [(found.severity, found.code) for found in asked.diagnostics] == [("warning", "podcast-address")]
    assert podcast(short()) == Rendering(channel="podcast", files=())


def sounds() -> Iterator[tuple[str, bytes]]:
    """Every MP3 that is published, alone or in an archive, by its name."""
    for each in recorded().values():
        for file in each.files:
            if file.media_type == "audio/mpeg":
                yield file.path, file.data
            elif file.role == "download" and file.data.startswith(b"PK"):
                packed = contents(file.data).items()
                yield from ((f"{file.path}: {path}", data) for path, data in packed if path.endswith(".mp3"))


def test_every_track_has_its_day_its_rights_its_language_and_the_cover() -> None:
    """So has each track in the zip file, in the EPUB and in the DAISY book, and the whole, which the podcast offers."""
    pictured = cover_of(short())
    found = dict(sounds())
    assert len(found) == 1 + 4 * len(timeline().tracks)
    for name, data in found.items():
        tags: Any = mutagen.id3.ID3(io.BytesIO(data), translate=False)  # type: ignore[no-untyped-call]
        said = {key: str(tags[key]) for key in ("TYER", "TDAT", "TCOP", "TLAN", "TALB", "TPE1")}
        rights = f"2024 {prose(short().rights)}"
        due = ("2024", "0103", rights, "eng", "Drug-related crime", "Home Office")
        assert tuple(said.values()) == due, name
        assert [picture.data for picture in tags.getall("APIC")] == [pictured], name


def test_files_for_phones_say_the_same_as_the_tracks() -> None:
    book: Any = mutagen.mp4.MP4(io.BytesIO(file_of("m4b").data))  # type: ignore[no-untyped-call]
    opus: Any = mutagen.oggopus.OggOpus(io.BytesIO(file_of("opus").data))  # type: ignore[no-untyped-call]
    due = ("Drug-related crime", "Home Office", DAY, prose(short().rights))
    assert tuple(book.tags[key][0] for key in ("\xa9nam", "\xa9ART", "\xa9day", "cprt")) == due
    assert tuple(opus.tags[key][0] for key in ("title", "artist", "date", "copyright")) == due
    picture = mutagen.flac.Picture(base64.b64decode(opus.tags["metadata_block_picture"][0]))  # type: ignore[no-untyped-call]
    assert bytes(book.tags["covr"][0]) == picture.data == cover_of(short())


@pytest.mark.parametrize(
    ("language", "code"), [("en", "eng"), ("cy", "cym"), ("en-GB", "eng"), ("pa", "pan"), ("xx", "und")]
)
def test_a_language_has_the_code_that_sound_files_know(language: str, code: str) -> None:
    assert three_letters(language) == code
