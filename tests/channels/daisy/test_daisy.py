"""A DAISY 2.02 book has every sentence in its text and in its SMIL files, each with its sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest

from channels import CHANNELS
from channels.base import File, Rendering, Settings
from channels.daisy.check import faults_of
from channels.daisy.rules.of_files import NAMES
from channels.daisy.rules.parsed import XHTML
from channels.daisy.text import named, own_of
from channels.elements.archive import contents, folder_of, pack
from channels.elements.chapters import HEARD, SAID
from proof.prove import prove
from tests.channels.talking import as_heard, badly_cut, clips_due, document, made
from tests.narration.fakes import MemoryStore

ALL = pytest.mark.parametrize("name", ["seed", "everything", "blocks"])


def book(name: str) -> File:
    (file,) = made(name, "daisy")["daisy"].files
    return file


def files(name: str) -> dict[str, bytes]:
    return {PurePosixPath(path).name: data for path, data in contents(book(name).data).items()}


def clips(name: str) -> Iterator[tuple[str, str, float, float]]:
    """Every clip of the book in order: the element that it speaks, its track, its beginning and its end."""
    packed = files(name)
    for path in sorted(path for path in packed if re.fullmatch(r"s\d+\.smil", path)):
        for par in ElementTree.fromstring(packed[path]).iter("par"):
            text = par.find("text")
            assert text is not None
            for audio in par.iter("audio"):
                begin, end = (float(audio.attrib[key][4:-1]) for key in ("clip-begin", "clip-end"))
                yield text.attrib["src"].partition("#")[2], audio.attrib["src"], begin, end


@ALL
def test_no_rule_is_broken(name: str) -> None:
    assert [fault.message for fault in faults_of("book", contents(book(name).data))] == []


@ALL
def test_every_sentence_and_row_is_heard_once_and_in_order(name: str) -> None:
    heard = [own for own, _ in groupby(own for own, *_ in clips(name))]
    assert [own for own in heard if not own.startswith((HEARD, SAID))] == as_heard(document(name))


@ALL
def test_everything_that_is_said_has_a_clip_where_the_timeline_has_it(name: str) -> None:
    found = [(int(track[1:5]), begin, end) for _, track, begin, end in clips(name)]
    assert found == [pytest.approx(due, abs=0.001) for due in clips_due(name)]


@ALL
def test_a_clip_begins_and_ends_within_20_ms_of_its_sound_and_silence_is_before_it(name: str) -> None:
    packed = files(name)
    assert badly_cut((own, packed[track], begin, end) for own, track, begin, end in clips(name)) == []


def test_a_clip_that_is_late_or_beyond_the_end_is_noticed() -> None:
    packed = files("seed")
    own, track, begin, end = next(clips("seed"))
    assert badly_cut([(own, packed[track], begin, end)]) == []
    for late, longer in ((0.05, 0), (-0.05, 0), (0, 0.05), (0, 900)):
        assert badly_cut([(own, packed[track], begin + late, end + longer)])


@ALL
def test_the_text_is_proved_as_every_edition_is(name: str) -> None:
    channel = CHANNELS["daisy"].load(Settings(), MemoryStore())
    passages = list(channel.read_back(made(name, "daisy")["daisy"]))
    assert prove(document(name), passages, channel.departures(document(name)))[1] == ()


def test_headings_are_as_deep_as_the_document() -> None:
    ncc = files("everything")["ncc.html"].decode()
    assert re.findall(r"<(h\d)", ncc)[:4] == ["h1", "h1", "h2", "h3"]
    assert '<meta name="ncc:depth" content="3"/>' in ncc


def tables(markup: bytes) -> list[list[list[tuple[str | None, ...]]]]:
    """The tables of a text: rows of cells, each with its words, scope and spans."""
    kept = ("scope", "colspan", "rowspan")
    return [
        [
            [("".join(cell.itertext()), *(cell.get(name) for name in kept)) for cell in row]
            for row in table.iter(f"{XHTML}tr")
        ]
        for table in ElementTree.fromstring(markup).iter(f"{XHTML}table")
    ]


def test_a_table_has_the_cells_of_the_page_with_their_spans_and_its_foot_last() -> None:
    packed = contents(made("blocks", "epub")["epub"].files[0].data)
    due = [table for name in sorted(packed) if name.endswith(".xhtml") for table in tables(packed[name])]
    assert {key for table in due for row in table for cell in row for key in cell[2:]} - {None}, "some cells span"
    assert b"<tfoot" in b"".join(packed.values())
    assert tables(files("blocks")["text.html"]) == due


def test_a_drawing_is_a_picture_of_pixels_which_every_player_knows() -> None:
    packed = files("blocks")
    images = re.findall(r'src="([^"]+)"', packed["text.html"].decode())
    assert len(images) >= 2 and all(packed[name].startswith(b"\x89PNG") for name in images)
    assert [name for name in packed if name.endswith(".svg")] == []


def test_an_id_that_begins_with_a_digit_gets_a_letter_that_no_other_id_has() -> None:
    assert [named(own) for own in ("help", "12-steps", "Heard-1")] == ["help", "N12-steps", "Heard-1"]
    assert [own_of(name) for name in ("help", "N12-steps", "Heard-1")] == ["help", "12-steps", "Heard-1"]


def test_the_folder_can_be_copied_to_a_disc() -> None:
    paths = list(contents(book("seed").data))
    folder = folder_of(document("seed"), "daisy")
    assert {path.partition("/")[0] for path in paths} == {folder}
    assert all(NAMES.fullmatch(path.partition("/")[2]) for path in paths)
    assert paths[0] == f"{folder}/ncc.html"


def test_the_tracks_are_those_of_the_recording() -> None:
    parts = [file.data for file in made("seed")["audio"].files if file.role == "part"]
    assert [data for path, data in files("seed").items() if path.endswith(".mp3")] == parts


def test_two_books_are_the_same_bytes() -> None:
    entry = CHANNELS["daisy"]
    again = entry.load(Settings(), MemoryStore()).render(document("seed"), entry.quoted(made("seed"), CHANNELS))
    assert again.files == made("seed", "daisy")["daisy"].files
    damaged = replace(again.files[0], data=pack([("book/ncc.html", b"")]))
    loaded = entry.load(Settings(), MemoryStore())
    assert loaded.check(Rendering(channel="daisy", files=(damaged,)))
