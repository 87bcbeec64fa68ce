"""A DAISY 2.02 book has every sentence in its SMIL files. For each rule of the format there is a mutation that
breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest

from channels import CHANNELS
from channels.base import File, Rendering, Settings
from channels.daisy.check import NAMES, XHTML, faults_of
from channels.daisy.text import named, own_of
from channels.elements.archive import contents, pack
from channels.elements.chapters import HEARD, SAID
from publish.proof import prove
from tests.channels.talking import as_heard, document, made, timeline
from tests.narration.fakes import MemoryStore

ALL = pytest.mark.parametrize("name", ["seed", "everything", "blocks"])


def book(name: str) -> File:
    (file,) = made(name, "daisy")["daisy"].files
    return file


def files(name: str) -> dict[str, bytes]:
    return {PurePosixPath(path).name: data for path, data in contents(book(name).data).items()}


def pars(name: str) -> Iterator[tuple[str, str, float, float]]:
    """Every par of the book in order: element, track, start and end."""
    packed = files(name)
    for path in sorted(path for path in packed if re.fullmatch(r"s\d+\.smil", path)):
        for par in ElementTree.fromstring(packed[path]).iter("par"):
            text, audio = par.find("text"), par.find("seq/audio")
            assert text is not None and audio is not None
            begin, end = (float(audio.attrib[key][4:-1]) for key in ("clip-begin", "clip-end"))
            yield text.attrib["src"].partition("#")[2], audio.attrib["src"], begin, end


@ALL
def test_no_rule_is_broken(name: str) -> None:
    assert [fault.message for fault in faults_of("book", contents(book(name).data))] == []


@ALL
def test_every_sentence_and_row_is_heard_once_and_in_order(name: str) -> None:
    due = as_heard(document(name))
    assert [own for own, *_ in pars(name) if not own.startswith((HEARD, SAID))] == due


@ALL
def test_every_clip_is_where_the_timeline_has_it(name: str) -> None:
    found = {own: (track, begin, end) for own, track, begin, end in pars(name)}
    for number, (track, places) in enumerate(timeline(name).divided(), 1):
        for place in places:
            if place.utterance.id:
                file, begin, end = found[place.utterance.id]
                assert file == f"a{number:04d}.mp3"
                assert begin == pytest.approx(timeline(name).seconds(place.begin - track.begin), abs=0.001)
                assert end == pytest.approx(timeline(name).seconds(place.end - track.begin), abs=0.001)


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
    assert {path.partition("/")[0] for path in paths} == {"drugrela"}
    assert all(NAMES.fullmatch(path.partition("/")[2]) for path in paths)
    assert paths[0] == "drugrela/ncc.html"


def test_the_tracks_are_those_of_the_recording() -> None:
    parts = [file.data for file in made("seed")["audio"].files if file.role == "part"]
    assert [data for path, data in files("seed").items() if path.endswith(".mp3")] == parts


MUTATIONS = {
    "a required tag is gone": ("ncc.html", rb'<meta name="dc:language"[^>]*>', b""),
    "the title is no title": ("ncc.html", b'class="title"', b'class="section"'),
    "a level is left out": ("ncc.html", rb"<h1( class=.section. id=.n2.*)</h1>", rb"<h3\1</h3>"),
    "the depth is wrong": ("ncc.html", rb'(name="ncc:depth" content=")\d', rb"\g<1>6"),
    "the number of files is wrong": ("ncc.html", rb'(name="ncc:files" content=")\d+', rb"\g<1>99"),
    "the number of items is wrong": ("ncc.html", rb'(name="ncc:tocItems" content=")\d+', rb"\g<1>99"),
    "the size is wrong": ("ncc.html", rb'(name="ncc:kByteSize" content=")\d+', rb"\g<1>1"),
    "the time is wrong": ("ncc.html", rb'(name="ncc:totalTime" content=")[\d:]+', rb"\g<1>9:00:00"),
    "a heading leads nowhere": ("ncc.html", b"s0002.smil#p2_1", b"s0002.smil#nowhere"),
    "a heading leads to another file": ("ncc.html", b"s0002.smil#p2_1", b"s0003.smil#p3_1"),
    "the master leaves a file out": ("master.smil", rb"<ref [^>]*s0002[^>]*>", b""),
    "a sentence leads nowhere": ("s0001.smil", b"text.html#summary", b"text.html#nowhere"),
    "a clip begins after its end": ("s0001.smil", b"npt=0.250s", b"npt=90.000s"),
    "a clip ends after its file": ("s0005.smil", rb'(clip-end="npt=)\d', rb"\g<1>999"),
    "a track is not there": ("s0002.smil", b"a0002.mp3", b"a0099.mp3"),
    "a file takes another time": ("s0002.smil", rb'(timeInThisSmil" content=")[\d:]+', rb"\g<1>0:09:09"),
    "a file comes at another time": ("s0002.smil", rb'(totalElapsedTime" content=")[\d:]+', rb"\g<1>0:09:09"),
    "a par has no sound": ("s0001.smil", rb"<audio[^>]*>", b""),
    "the text has an element of HTML 5": ("text.html", b"<div", b"<section"),
    "the text has an attribute of HTML 5": ("text.html", b'<h1 class="s"', b'<h1 role="note" class="s"'),
    "an id stands twice": ("text.html", b'id="summary"', b'id="title"'),
    "a link leads nowhere": ("text.html", b'id="summary"', b'id="summary"><a href="#nowhere">x</a></span><span id="y"'),
    "a file is no XML": ("text.html", b"</body>", b""),
    "the master is gone": ("master.smil", rb"(?s).*", b""),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_rule_that_is_broken_is_caught(mutation: str) -> None:
    name, before, after = MUTATIONS[mutation]
    packed = contents(book("seed").data)
    path = f"drugrela/{name}"
    pattern = before if b"\\" in before or b"[" in before or b"(" in before else re.escape(before)
    changed, count = re.subn(pattern, after, packed[path], count=1)
    if b"<section" in after:
        changed = re.sub(rb"</div>(?!.*</div>)", b"</section>", changed, flags=re.DOTALL)
    assert count, mutation
    assert list(faults_of("book", packed | {path: changed}))


def test_a_name_that_no_disc_holds_and_a_second_folder_are_caught() -> None:
    packed = contents(book("seed").data)
    assert list(faults_of("book", packed | {"drugrela/Much Too Long.mp3": b""}))
    assert list(faults_of("book", packed | {"other/a.mp3": b""}))


def test_two_books_are_the_same_bytes() -> None:
    entry = CHANNELS["daisy"]
    again = entry.load(Settings(), MemoryStore()).render(document("seed"), entry.quoted(made("seed"), CHANNELS))
    assert again.files == made("seed", "daisy")["daisy"].files
    damaged = replace(again.files[0], data=pack([("drugrela/ncc.html", b"")]))
    loaded = entry.load(Settings(), MemoryStore())
    assert loaded.check(Rendering(channel="daisy", files=(damaged,)))
