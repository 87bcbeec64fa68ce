"""Files of frames: byte for byte what FFmpeg writes, read back whole, and damage that is an error."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction

import av
import numpy as np
import pytest
from av.stream import Disposition

from channels.audio.cover import cover
from channels.audio.encode import decode, encode
from channels.audio.mp3 import BLOCK, Chapter, Frames, chapters_of, check_sum, frame_size, sound_of, split, write

TAGS = {
    "title": "What we’re doing",
    "album": "Plain words",
    "artist": "Home Office",
    "publisher": "",
    "track": "2/6",
    "genre": "Speech",
    "language": "eng",
    "date": "2024",
}


def noise(seconds: float, rate: int) -> Frames:
    samples = (np.random.default_rng(7).standard_normal(round(seconds * rate)) * 3000).astype(np.int16)
    samples[:2000] = 0
    return encode(samples, rate)


def written_by_ffmpeg(
    frames: Sequence[bytes], rate: int, tags: Mapping[str, str], chapters: Sequence[Chapter], picture: bytes
) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp3", options={"id3v2_version": "3"}) as container:
        container.flags |= 0x400  # AVFMT_FLAG_BITEXACT: no name of the writing program
        stream = container.add_stream("libmp3lame", rate=rate, layout="mono", format="s16p")
        stream.bit_rate = 64_000
        container.metadata.update({name: value for name, value in tags.items() if value})
        container.set_chapters(
            [
                {
                    "id": number,
                    "start": round(chapter.begin * 1000 / rate),
                    "end": round(chapter.end * 1000 / rate),
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": chapter.title},
                }
                for number, chapter in enumerate(chapters)
            ]
        )
        if picture:
            with av.open(io.BytesIO(picture), "r") as image:
                source = image.streams.video[0]
                attached = container.add_stream_from_template(source)
                attached.disposition = Disposition.attached_pic
                attached.metadata.update({"title": "Cover", "comment": "Cover (front)"})
                container.start_encoding()
                for packet in image.demux(source):
                    if packet.size:
                        packet.stream = attached
                        container.mux(packet)
        for number, frame in enumerate(frames):
            sound = av.Packet(frame)
            sound.stream = stream
            sound.pts = sound.dts = number * frame_size(rate)
            container.mux_one(sound)
    return file.getvalue()


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
@pytest.mark.parametrize("seconds", [1, 10.4, 12, 60])
def test_a_file_is_what_ffmpeg_writes(rate: int, seconds: float) -> None:
    frames = noise(seconds, rate)
    chapters = (
        Chapter(title="Introduction", begin=0, end=rate // 2),
        Chapter(title="Where it’s going", begin=rate // 2, end=round(rate * seconds)),
    )
    picture = cover("A title", "Somebody")
    assert write(frames, rate, TAGS) == written_by_ffmpeg(frames, rate, TAGS, (), b"")
    whole = write(frames, rate, TAGS, chapters, picture)
    assert whole == written_by_ffmpeg(frames, rate, TAGS, chapters, picture)
    assert split(sound_of(whole)) == frames and chapters_of(whole, rate) == chapters


def test_a_long_recording_with_many_chapters_is_what_ffmpeg_writes() -> None:
    frames = noise(20, 22_050) * 180
    chapters = tuple(Chapter(title=f"Part {n}", begin=n * 22_050, end=(n + 1) * 22_050) for n in range(255))
    made = write(frames, 22_050, {}, chapters)
    assert made == written_by_ffmpeg(frames, 22_050, {}, chapters, b"")
    assert chapters_of(made, 22_050) == chapters


def test_more_chapters_than_a_table_of_contents_can_count_are_all_there() -> None:
    chapters = tuple(Chapter(title=f"Part {n}", begin=n * 8000, end=(n + 1) * 8000) for n in range(300))
    made = write(noise(1, 16_000), 16_000, {}, chapters)
    assert chapters_of(made, 16_000) == chapters == decode(made).chapters


def test_no_frames_are_a_file_too() -> None:
    assert sound_of(write((), 22_050, {})) == b""


@pytest.mark.parametrize("size", [0, 1, 190, BLOCK - 1, BLOCK, BLOCK + 1, 5000])
def test_a_check_sum_is_that_of_its_polynomial(size: int) -> None:
    data = np.random.default_rng(size).bytes(size)
    expected = 0
    for byte in data:
        expected ^= byte
        for _ in range(8):
            expected = expected >> 1 ^ (0xA001 if expected & 1 else 0)
    assert check_sum([data[:7], data[7:]]) == expected
    assert check_sum([b"123456789"]) == 0xBB3D, "the check value of CRC-16/ARC"


@pytest.mark.parametrize("gone", [1, 5, 25, 60])
def test_a_damaged_tag_is_an_error(gone: int) -> None:
    chapters = (Chapter(title="One", begin=0, end=8000), Chapter(title="Two", begin=8000, end=16_000))
    made = write(noise(1, 16_000), 16_000, {}, chapters)
    with pytest.raises(ValueError, match="its tag is damaged"):
        chapters_of(made[:30] + made[30 + gone :], 16_000)


def test_what_has_no_tag_has_no_chapters() -> None:
    assert chapters_of(b"", 16_000) == chapters_of(b"no tag at all", 16_000) == ()
