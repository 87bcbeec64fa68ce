"""All sound files agree: each has every heading at its place and lasts as long as the timeline says, and every list of
their parts has the titles in order: the page's, the podcast's, those of the talking books."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import mutagen.id3
import pytest
from lxml import etree

from channels import CHANNELS
from channels.elements.archive import contents
from channels.sound_files import telephone, whole
from model.blocks import Section
from model.traverse import sentences_of, text_of
from proof.prove import prove
from tests.channels.sound_files import asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A heading of the recording, and between which moments its chapter begins, in seconds: after all that is said
    before it, and before it is said itself."""

    title: str
    level: int
    earliest: float
    latest: float


def headings_due() -> list[Due]:
    """Each heading of the short publication, from the Document and the places of its sentences."""
    made, timeline = asked.short(), asked.timeline()

    def listed(sections: Iterable[Section], level: int) -> Iterator[tuple[str, int, str]]:
        for section in sections:
            yield text_of(section.title.inlines), level, section.title.id
            yield from listed(section.sections, level + 1)

    said = [place.utterance.id for place in timeline.places]
    last = next(n for n, place in enumerate(timeline.places) if place.begin >= timeline.tracks[-1].begin)
    places = [(title, level, said.index(own)) for title, level, own in listed(made.all_sections, 1)]
    every = [(made.words["introduction"], 1, 0), *places, (made.words["other_formats"], 1, last)]
    ends = [0, *(place.end for place in timeline.places)]
    return [
        Due(
            title=title,
            level=level,
            earliest=timeline.seconds(ends[at]),
            latest=timeline.seconds(timeline.places[at].begin),
        )
        for title, level, at in every
    ]


def chapters_in(name: str) -> list[tuple[str, float]]:
    """The chapters of a format, by somebody else's reader: mutagen for MP3, FFmpeg for the others."""
    if name == "page":
        return [(title, begin) for title, begin, _ in parts_of_the_page()]
    if name == "podcast":
        files = CHANNELS[name].load(asked.settings(name), asked.STORE).render(asked.short(), asked.narrated()).files
        (chapters,) = (json.loads(file.data) for file in files if file.path.endswith(".json"))
        return [(one["title"], one["startTime"]) for one in chapters["chapters"]]
    if name == "mp3":
        tags: Any = mutagen.id3.ID3(io.BytesIO(whole_recording()))  # type: ignore[no-untyped-call]
        found = [(str(one.sub_frames["TIT2"]), one.start_time / 1000) for one in tags.getall("CHAP")]
        return sorted(found, key=lambda chapter: chapter[1])
    return list(whole.hear(asked.file_of(name).data).chapters)


@cache
def parts_of_the_page() -> list[tuple[str, float, int]]:
    """The parts beside the page's player, with their beginnings and how deep they are listed."""
    entry = CHANNELS["html"]
    loaded = entry.load(asked.settings("html"), asked.STORE)
    (page,) = (
        file
        for file in loaded.render(asked.short(), entry.quoted(asked.recorded(), CHANNELS)).files
        if file.path == "index.html"
    )
    root = etree.fromstring(page.data, etree.HTMLParser(encoding="utf-8"))
    return [
        (link.text.strip(), float(link.get("data-begin")), int(link.xpath("count(ancestor::ol)")))
        for link in root.xpath("//details[@class='parts']//a")
    ]


def test_the_parts_beside_the_player_are_nested_like_the_headings() -> None:
    assert [(title, level) for title, _, level in parts_of_the_page()] == [(d.title, d.level) for d in headings_due()]


def whole_recording() -> bytes:
    return next(file.data for file in asked.recorded()["audio"].downloads() if file.media_type == "audio/mpeg")


@pytest.mark.parametrize("name", ["mp3", "m4b", "opus", "podcast", "page"])
def test_every_heading_is_a_chapter_of_every_sound_file_at_its_place(name: str) -> None:
    found, due = chapters_in(name), headings_due()
    assert [title for title, _ in found] == [one.title for one in due]
    assert {one.level for one in due} == {1, 2}
    faults = [
        (title, begin)
        for (title, begin), one in zip(found, due, strict=True)
        if not one.earliest - 0.002 <= begin <= one.latest + 0.002
    ]
    assert faults == []


@pytest.mark.parametrize("name", ["mp3", "m4b", "opus"])
def test_every_sound_file_lasts_as_long_as_the_timeline(name: str) -> None:
    data = whole_recording() if name == "mp3" else asked.file_of(name).data
    heard = whole.hear(data)
    assert len(heard.wave) / heard.rate == pytest.approx(asked.timeline().seconds(asked.timeline().length), abs=0.05)


def test_every_track_lasts_as_long_as_its_part_in_every_archive() -> None:
    """In the zip file, in EPUB and in DAISY a track ends with its last word. A telephone's file has a tenth of a second
    around its words."""
    timeline = asked.timeline()
    lengths = [timeline.seconds(track.end - track.begin) for track in timeline.tracks]
    for name in ("tracks", "epub", "daisy"):
        packed = contents(asked.recorded()[name].files[0].data)
        heard = [whole.hear(data) for path, data in sorted(packed.items()) if path.endswith(".mp3")]
        assert [len(one.wave) / one.rate for one in heard] == pytest.approx(lengths, abs=0.06), name
    spoken = [timeline.seconds(places[-1].end - places[0].begin) for _, places in timeline.divided()]
    waves = [len(wave) / telephone.RATE for _, wave in telephone.hear(asked.file_of("ivr").data)]
    assert waves == pytest.approx([length + 2 * telephone.EDGE for length in spoken], abs=0.01)


def test_titles_stand_in_order_in_every_list() -> None:
    """In the label and the playlist of the zip file, the names of a telephone's files, the navigation of EPUB, and
    DAISY's."""
    due = headings_due()
    tracks = [one.title for one in due if one.level == 1]
    packed = {path.rpartition("/")[2]: data for path, data in tracks_zip().items()}
    label = packed["label.txt"].decode("utf-8-sig")
    assert re.findall(r"(?m)^\d+\. (.*) \(.*, (.*)\)\r$", label) == list(zip(tracks, list(packed)[2:], strict=True))
    assert re.findall(r"(?m)^#EXTINF:\d+,(.*)\r\n(.*)\r$", packed["tracks.m3u"].decode()) == list(
        zip(tracks, list(packed)[2:], strict=True)
    )
    names = [track.name for track in asked.timeline().tracks]
    assert list(contents(asked.file_of("ivr").data)) == [f"{name}.wav" for name in names]
    book = contents(asked.recorded()["epub"].files[0].data)["EPUB/nav.xhtml"].decode()
    title = text_of(asked.short().title.inlines)
    entries = [title, *(one.title for one in due[1:])]  # a book's front is named after the book
    assert [html.unescape(words) for words in re.findall("<a [^>]*>([^<]*)</a>", book)] == entries
    daisy = {PurePosixPath(path).name: data for path, data in contents(asked.recorded()["daisy"].files[0].data).items()}
    heads = re.findall("<h[1-6][^>]*>(.*?)</h[1-6]>", daisy["ncc.html"].decode(), re.DOTALL)
    assert [html.unescape(re.sub("<[^>]*>", "", words)).strip() for words in heads] == entries


def tracks_zip() -> dict[str, bytes]:
    return contents(asked.recorded()["tracks"].files[0].data)


def test_the_transcripts_of_the_sound_files_have_every_sentence_in_order() -> None:
    """The captions, which the podcast links to, and the transcript beside the recording."""
    loaded = CHANNELS["audio"].load(asked.settings("audio"), asked.STORE)
    made = asked.short()
    proof, faults = prove(made, loaded.read_back(asked.recorded()["audio"]), ())
    assert faults == ()
    assert [PurePosixPath(file).suffix for file, _ in proof] == [".vtt", ".txt"]
    assert all({s.id for s in sentences_of(made)} <= set(ids) for _, ids in proof)
