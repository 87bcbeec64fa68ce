"""What is read in the frames of an MP3 is what FFmpeg hears, and a file of several bit rates is none of one."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest

from channels.design.cover import cover_of
from channels.elements.mp3 import mp3_of, picture_in
from channels.sound_files import whole
from tests.channels.silent import FRAME
from tests.channels.talking import document, made


def encoded(rate: int, bits: int, layout: str = "mono", seconds: float = 1.0) -> bytes:
    """A tone as FFmpeg's encoder writes it, with its own Info frame."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate, layout=layout, format="s16p")
        stream.bit_rate = bits
        wave = (np.sin(np.arange(round(rate * seconds)) / 9) * 9000).astype(np.int16)
        shape = np.stack([wave] * (2 if layout == "stereo" else 1))
        frame = av.AudioFrame.from_ndarray(shape, format="s16p", layout=layout)
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def test_the_tracks_of_a_recording_have_one_bit_rate_and_last_as_long_as_they_are_heard() -> None:
    tracks = [file.data for file in made("seed")["audio"].files if file.role == "part"]
    assert len(tracks) > 3
    for data in tracks:
        found, heard = mp3_of(data), whole.hear(data)
        assert (found.bits_a_second, found.channels, found.rate) == (64_000, 1, heard.rate)
        assert found.seconds == pytest.approx(len(heard.wave) / heard.rate, abs=1 / heard.rate)


def test_the_picture_of_a_track_is_the_recordings_cover() -> None:
    tracks = [file.data for file in made("seed")["audio"].files if file.role == "part"]
    assert {picture_in(data) for data in tracks} == {cover_of(document("seed"))}
    assert picture_in(FRAME * 3) == b""


@pytest.mark.parametrize(
    ("rate", "bits", "layout"),
    [(44_100, 128_000, "mono"), (22_050, 64_000, "mono"), (24_000, 64_000, "stereo"), (48_000, 96_000, "mono")],
)
def test_any_file_of_one_bit_rate_is_read(rate: int, bits: int, layout: str) -> None:
    found = mp3_of(encoded(rate, bits, layout))
    assert (found.rate, found.bits_a_second, found.channels) == (rate, bits, 2 if layout == "stereo" else 1)
    assert found.seconds == pytest.approx(1.0, abs=0.001)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"RIFF" + bytes(400), "no frame of MPEG"),
        (FRAME * 3 + FRAME[:100], "not whole"),
        (FRAME * 3 + bytes(192), "no frame of MPEG"),
        (FRAME * 3 + b"\xff\xf3\x94\xc4" + bytes(236) + FRAME, "another bit rate"),
        (FRAME[:13] + b"Xing" + FRAME[17:] + FRAME * 3, "varies"),
        (b"", "no frame of MPEG"),
    ],
)
def test_anything_else_is_refused(data: bytes, why: str) -> None:
    assert mp3_of(FRAME * 50).seconds == pytest.approx(1.2)
    with pytest.raises(ValueError, match=why):
        mp3_of(data)
