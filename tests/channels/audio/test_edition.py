"""The files of the audio edition, read with other people's tools and players."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import mutagen.id3
import numpy as np
import pyloudnorm
import pytest
import soundfile
from PIL import Image

from channels.audio.captions import read_captions
from channels.audio.check import check_edition
from channels.audio.edition import copyright_of
from channels.audio.id3 import Chapter, tag
from channels.audio.render import AudioChannel
from channels.base import File, Rendering, Settings
from model.document import Document
from model.inlines import Text
from model.traverse import sentences_of, text_of
from narration.render import Narration
from narration.script import script
from narration.timeline import NAME
from narration.utterance import parts
from narration.voices import load_voice
from tests.conftest import demand
from tests.narration.conftest import recorded
from tests.narration.fakes import MemoryStore

WHOLE = "audio/drug-related-crime.mp3"


def named(rendering: Rendering, path: str) -> File:
    (found,) = [file for file in rendering.files if file.path == path]
    return found


def clips(rendering: Rendering) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(named(rendering, "audio/clips.json").data)
    return data


def sounds(rendering: Rendering) -> list[File]:
    return [file for file in rendering.files if file.media_type == "audio/mpeg"]


def id3(file: File) -> Any:
    """The ID3 tag of a file, as mutagen reads it."""
    return mutagen.id3.ID3(io.BytesIO(file.data))  # type: ignore[no-untyped-call]


def test_the_files_are_those_that_are_promised(recording: Rendering) -> None:
    assert [file.path for file in recording.files] == [
        WHOLE,
        "audio/01-introduction.mp3",
        "audio/02-tackling-drug-related-crime.mp3",
        "audio/03-drug-interventions-programme.mp3",
        "audio/04-breaking-the-chain.mp3",
        "audio/05-see-also.mp3",
        "audio/06-other-formats.mp3",
        "audio/drug-related-crime.m3u8",
        "audio/drug-related-crime.vtt",
        "audio/transcript.txt",
        "audio/clips.json",
    ]
    assert recording.diagnostics == ()


def test_every_sentence_has_a_clip(recording: Rendering, seed: Document) -> None:
    made = [clip for clip in clips(recording)["clips"] if clip["id"]]
    assert [clip["id"] for clip in made] == [sentence.id for sentence in sentences_of(seed)]
    ends = [0.0, *(clip["end"] for clip in made)]
    assert all(before < clip["begin"] < clip["end"] for before, clip in zip(ends, made, strict=False))


def test_loudness_and_peaks_are_as_promised(recording: Rendering) -> None:
    for file in sounds(recording):
        wave, rate = soundfile.read(io.BytesIO(file.data))
        assert pyloudnorm.Meter(rate).integrated_loudness(wave) == pytest.approx(-19, abs=1), file.path
        assert np.abs(wave).max() <= 10 ** (-3 / 20), file.path
        assert file.seconds == pytest.approx(len(wave) / rate, abs=0.06)


def test_speech_is_at_a_pace_that_can_be_followed(recording: Rendering) -> None:
    said = clips(recording)["clips"]
    minutes = sum(clip["end"] - clip["begin"] for clip in said) / 60
    assert sum(len(clip["text"].split()) for clip in said) / minutes == pytest.approx(150, abs=8)


def test_the_announced_length_is_the_true_one(recording: Rendering) -> None:
    seconds = named(recording, WHOLE).seconds
    assert seconds is not None
    assert f"lasts about {round(seconds / 60)} minutes" in named(recording, "audio/transcript.txt").data.decode()


def test_tags_say_what_it_is(recording: Rendering, seed: Document) -> None:
    tags = id3(named(recording, "audio/02-tackling-drug-related-crime.mp3"))
    assert str(tags["TIT2"]) == "What we’re doing to tackle drug-related crime"
    assert str(tags["TALB"]) == "Drug-related crime"
    assert str(tags["TRCK"]) == "2/6"
    assert str(tags["TLAN"]) == "eng"
    assert str(tags["TPUB"]) == "Home Office"
    assert "TDRC" not in tags, "a year that the source does not give"
    assert "TCOP" not in tags, "rights that the source does not claim"


def test_date_and_copyright_are_those_of_the_document(
    seed: Document, everything: Document, channel: AudioChannel
) -> None:
    dated = replace(seed, dates=everything.dates, rights=everything.rights, sections=(), related=None)
    for file in sounds(recorded(channel, dated)):
        tags = id3(file)
        assert str(tags["TDRC"]) == "2024-03-01"
        assert str(tags["TCOP"]).startswith("2024 © Crown copyright 2024. You may use it")
    assert copyright_of("Borough of Anywhere.", date(2026, 1, 2)) == "2026 Borough of Anywhere."
    assert copyright_of("Borough of Anywhere.", None) == "", "a year is what the tag begins with"


def test_every_track_has_the_cover_a_square_picture(recording: Rendering) -> None:
    for file in sounds(recording):
        (picture,) = id3(file).getall("APIC")
        assert picture.mime == "image/png" and picture.type == mutagen.id3.PictureType.COVER_FRONT
    assert Image.open(io.BytesIO(picture.data)).size == (600, 600)


def ffprobed(file: File, folder: Path) -> list[dict[str, Any]]:
    """The chapters of a file, as ffprobe reads them."""
    demand(shutil.which("ffprobe"), "ffprobe is not installed")
    path = folder / "sound.mp3"
    path.write_bytes(file.data)
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)]
    found: list[dict[str, Any]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)[
        "chapters"
    ]
    return found


def test_chapters_are_the_headings_as_ffprobe_reads_them(recording: Rendering, seed: Document, tmp_path: Path) -> None:
    found = ffprobed(named(recording, WHOLE), tmp_path)
    titles = [part.title for part in parts(seed)]
    assert [chapter["tags"]["title"] for chapter in found] == [*titles[:-1], "Other Home Office sites", titles[-1]]
    begins = [float(chapter["start_time"]) for chapter in found]
    assert begins == sorted(begins)
    assert begins == pytest.approx([heading["begin"] for heading in clips(recording)["headings"]], abs=0.01)


@pytest.fixture(scope="session")
def every(channel: AudioChannel, everything: Document) -> Rendering:
    """The audio edition of the page with every block."""
    return recorded(channel, everything)


def test_chapters_lie_within_one_another_as_the_headings_do(every: Rendering) -> None:
    tags = id3(every.files[0])
    titles = {frame.element_id: str(frame.sub_frames["TIT2"]) for frame in tags.getall("CHAP")}
    lists = {frame.element_id: frame for frame in tags.getall("CTOC")}

    def tree(own: str) -> list[Any]:
        return [tree(child) if child in lists else titles[child] for child in lists[own].child_element_ids]

    within = ["What it costs", ["What it saves"]]
    assert tree("toc")[:4] == ["Introduction", "Values in the text", within, "What to do"]
    assert [own for own, frame in lists.items() if frame.flags & mutagen.id3.CTOCFlags.TOP_LEVEL] == ["toc"]
    assert str(lists["toc1"].sub_frames["TIT2"]) == "Values in the text"


def test_a_track_with_headings_within_has_chapters_of_its_own(every: Rendering) -> None:
    tags = id3(named(every, "audio/02-values.mp3"))
    assert [str(f.sub_frames["TIT2"]) for f in tags.getall("CHAP")] == [
        "Values in the text",
        "What it costs",
        "What it saves",
    ]


def test_more_chapters_than_a_list_can_hold_are_in_the_file() -> None:
    many = [Chapter(title=str(n), begin=n * 100, end=n * 100 + 100) for n in range(300)]
    read: Any = mutagen.id3.ID3(io.BytesIO(tag({}, many, 100, b"")))  # type: ignore[no-untyped-call]
    assert len(read.getall("CHAP")) == 300 and len(read.getall("CTOC")[0].child_element_ids) == 255


def test_captions_have_a_cue_for_each_sentence_as_it_is_written(recording: Rendering, seed: Document) -> None:
    text = named(recording, "audio/drug-related-crime.vtt").data.decode()
    assert text.startswith("WEBVTT\n\n")
    timing = r"^(?:(\S+)\n)?(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})\n((?:.+\n)+)"
    cues = re.findall(timing, text, re.MULTILINE)
    assert list(dict.fromkeys(own for own, *_ in cues if own)) == [sentence.id for sentence in sentences_of(seed)]
    moments = [moment for _, begin, end, _ in cues for moment in (begin, end)]
    assert moments == sorted(moments)
    shown: dict[str, list[str]] = {}
    for own, _, _, words in cues:
        shown.setdefault(own, []).extend(words.split())
    for sentence in sentences_of(seed):
        assert text_of(sentence.inlines) in " ".join(shown[sentence.id])


def test_captions_fit_the_screen_and_can_be_read_in_time(recording: Rendering) -> None:
    for cue in read_captions(named(recording, "audio/drug-related-crime.vtt").data.decode()):
        assert len(cue.lines) <= 2 and max(map(len, cue.lines)) <= 42 and cue.end - cue.begin <= 7.001


def test_the_playlist_names_the_tracks_in_order(recording: Rendering) -> None:
    lines = named(recording, "audio/drug-related-crime.m3u8").data.decode().splitlines()
    assert lines[:2] == ["#EXTM3U", "#PLAYLIST:Drug-related crime"]
    assert [line for line in lines if not line.startswith("#")] == [
        file.path.removeprefix("audio/") for file in sounds(recording)[1:]
    ]


def test_a_track_is_as_long_everywhere(recording: Rendering) -> None:
    lines = named(recording, "audio/drug-related-crime.m3u8").data.decode().splitlines()
    lengths = [int(line.removeprefix("#EXTINF:").partition(",")[0]) for line in lines if line.startswith("#EXTINF")]
    assert lengths == [round(file.seconds or 0) for file in sounds(recording)[1:]]


def test_the_transcript_is_what_is_said_as_it_is_written(recording: Rendering) -> None:
    transcript = named(recording, "audio/transcript.txt").data.decode()
    text = " ".join(transcript.split())
    assert text == " ".join(clip["shown"] for clip in clips(recording)["clips"])
    assert "at least £9.50 is saved" in text and "(Source: NTORS at two year: " in text and "0800 77 66 00" in text
    assert "\n\nThis recording lasts about 5 minutes and has 6 parts.\n\n" in transcript
    assert "\nreducing the supply of illegal drugs\n" in transcript, "a line for what has no stop"
    assert "\n\n\nBreaking the chain\n\n" in transcript


def test_what_only_the_recording_says_is_written_for_the_eye_too(everything: Document) -> None:
    shown = [utterance.shown for utterance in script(everything, Settings())]
    assert {"Version 2.1.", "Published: 28 February 2022.", "It has 3 columns and 3 rows."} < set(shown)
    assert {"2 items:", "Step 2: Wait for your turn."} < set(shown)
    assert "18–24. Each visit: £5. Share of people: 10%." in shown
    assert "You can find this publication at https://www.example.gov.uk/everything." in shown
    assert any("write to the formats team (formats@example.gov.uk) or call" in line for line in shown)


def test_two_clean_builds_are_identical(recording: Rendering, seed: Document, espeak: str) -> None:
    again = recorded(AudioChannel(Settings(chosen={"voice": espeak}), MemoryStore()), seed)
    assert [file.path for file in recording.files if file not in again.files] == []


def test_a_page_with_every_block_makes_a_sound_edition(channel: AudioChannel, every: Rendering) -> None:
    assert every.diagnostics == ()
    assert channel.check(every) == ()


def test_a_fault_of_content_makes_no_files(channel: AudioChannel, seed: Document) -> None:
    broken = replace(seed, title=replace(seed.title, inlines=(Text(text="a" * 100),)))
    narration = Narration(channel.settings, channel.store).render(broken, {})
    assert narration.files == () and {fault.code for fault in narration.diagnostics} == {"unspoken-word"}
    rendering = channel.render(broken, {NAME: narration})
    assert rendering.files == ()
    assert check_edition(rendering, load_voice(Settings()), MemoryStore()) == ()


def test_a_changed_section_is_the_only_one_encoded(seed: Document, espeak: str) -> None:
    store = MemoryStore()
    channel = AudioChannel(Settings(chosen={"voice": espeak}), store)
    first = {file.path: file.data for file in recorded(channel, seed).files}
    kept = set(store.kept)
    first_section, *others = seed.sections
    changed = replace(seed, sections=(replace(first_section, blocks=first_section.blocks[:1]), *others))
    second = {file.path: file.data for file in recorded(channel, changed).files}
    assert len(set(store.kept) - kept) <= 3, "one section, and at most a new length in the opening"
    same = [path for path in first if path.endswith(".mp3") and first[path] == second[path]]
    assert "audio/03-drug-interventions-programme.mp3" in same and "audio/04-breaking-the-chain.mp3" in same
    assert channel.check(recorded(channel, changed)) == ()
