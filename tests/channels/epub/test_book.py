"""A talking book in EPUB has every sentence and row in its overlays, and each clip is at its exact place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from xml.etree import ElementTree

import pytest

from channels import CHANNELS
from channels.base import File, Rendering, Settings
from channels.elements.archive import contents, pack
from channels.elements.chapters import HEARD, SAID
from channels.elements.mp3 import mp3_of
from channels.epub.check import SMIL, faults_of
from channels.epub.package import identifier
from channels.epub.package import package as packaged
from model.blocks import Table
from model.document import Conformance
from model.traverse import blocks_of, sentences_of, text_of
from proof.prove import prove
from tests.channels.talking import as_heard, badly_cut, clips_due, document, made, timeline
from tests.narration.fakes import MemoryStore

ALL = pytest.mark.parametrize("name", ["seed", "everything", "blocks"])


def book(name: str) -> File:
    (file,) = made(name, "epub")["epub"].files
    return file


def pars(name: str) -> Iterator[tuple[str, str, float, float]]:
    """The pars of all overlays: element, track, start and end."""
    files = contents(book(name).data)
    for path in sorted(path for path in files if path.endswith(".smil")):
        for par in ElementTree.fromstring(files[path]).iter(f"{SMIL}par"):
            text, audio = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
            assert text is not None and audio is not None
            begin, end = (float(audio.attrib[key].removesuffix("s")) for key in ("clipBegin", "clipEnd"))
            yield text.attrib["src"].partition("#")[2], audio.attrib["src"], begin, end


@ALL
def test_every_sentence_and_row_is_in_the_overlays_once_and_in_order(name: str) -> None:
    due = as_heard(document(name))
    spoken = [own for own, *_ in pars(name) if not own.startswith((HEARD, SAID))]
    assert list(dict.fromkeys(spoken)) == [own for own, _ in groupby(spoken)] == due


@ALL
def test_everything_that_is_said_has_a_clip_where_the_timeline_has_it(name: str) -> None:
    names = {f"{track.name}.mp3": number for number, track in enumerate(timeline(name).tracks, 1)}
    found = [(names[track], begin, end) for _, track, begin, end in pars(name)]
    assert found == [pytest.approx(due, abs=0.001) for due in clips_due(name)]


@ALL
def test_a_clip_begins_and_ends_within_20_ms_of_its_sound_and_silence_is_before_it(name: str) -> None:
    files = contents(book(name).data)
    assert badly_cut((own, files[f"EPUB/{track}"], begin, end) for own, track, begin, end in pars(name)) == []


@ALL
def test_the_book_is_proved_as_every_edition_is(name: str) -> None:
    channel = CHANNELS["epub"].load(Settings(), MemoryStore())
    passages = list(channel.read_back(made(name, "epub")["epub"]))
    assert prove(document(name), passages, channel.departures(document(name)))[1] == ()


def test_a_chapter_that_lost_a_sentence_is_caught() -> None:
    channel = CHANNELS["epub"].load(Settings(), MemoryStore())
    lost = text_of(next(iter(sentences_of(document("seed")))).inlines)
    files = contents(book("seed").data)
    path = "EPUB/01-introduction.xhtml"
    files[path] = files[path].replace(f">{lost}</h1>".encode(), b"></h1>")
    damaged = Rendering(channel="epub", files=(replace(book("seed"), data=pack(files.items())),))
    assert {f.code for f in prove(document("seed"), channel.read_back(damaged), ())[1]} == {"sentence-differs"}


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("EPUB/01-introduction.smil", b"#summary", b"#nowhere"),
        ("EPUB/01-introduction.smil", b'clipBegin="0.250s"', b'clipBegin="90.000s"'),
        ("EPUB/06-other-formats.smil", b'clipEnd="1', b'clipEnd="999'),
        ("EPUB/02-tackling-drug-related-crime.smil", b"02-tackling-drug-related-crime.mp3", b"05-see-also.mp3"),
    ],
)
def test_an_overlay_that_leads_nowhere_or_beyond_the_sound_is_caught(path: str, before: bytes, after: bytes) -> None:
    files = contents(book("seed").data)
    assert list(faults_of(book("seed"))) == [] and before in files[path]
    files[path] = files[path].replace(before, after)
    faults = list(faults_of(replace(book("seed"), data=pack(files.items()))))
    assert faults and {fault.code for fault in faults} == {"epub-overlay"}


def test_a_clip_that_ends_just_after_its_track_is_caught() -> None:
    """The track has a tag with a cover, whose bytes are no sound."""
    files = contents(book("seed").data)
    path, track = "EPUB/06-other-formats.smil", files["EPUB/06-other-formats.mp3"]
    ends = re.findall(rb'clipEnd="([\d.]+)s"', files[path])
    for beyond, caught in ((-0.05, False), (0.05, True)):
        moved = f'clipEnd="{mp3_of(track).seconds + beyond:.3f}s"'.encode()
        changed = files | {path: files[path].replace(b'clipEnd="%bs"' % ends[-1], moved)}
        assert bool(list(faults_of(replace(book("seed"), data=pack(changed.items()))))) is caught


def test_navigation_is_as_deep_as_the_document() -> None:
    nav = contents(book("everything").data)["EPUB/nav.xhtml"].decode()
    assert '<a href="03-values.xhtml#savings">' in nav or "#savings" in nav
    assert nav.count("<ol>") >= 3


def test_the_first_file_is_the_media_type_as_it_is() -> None:
    with zipfile.ZipFile(BytesIO(book("seed").data)) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_metadata_claims_what_is_true_and_no_conformance() -> None:
    opf = contents(book("seed").data)["EPUB/package.opf"].decode()
    assert f"urn:uuid:{identifier(document('seed'))}" in opf
    assert "synchronizedAudioText" in opf and "conformsTo" not in opf
    assert "<dc:publisher>Home Office</dc:publisher>" in opf and "<dc:date>" not in opf


CLAIM = Conformance(
    standard="EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    certified_by="Borough & Sons",
    credential="Certified by Example",
    report="https://www.example.org/report?a=1&b=2",
)


def claimed(claim: Conformance | None) -> list[tuple[str, str, str]]:
    """What the seed's package says of conformance: the property, what it refines and its value."""
    package = packaged(replace(document("seed"), conformance=claim), (), (), pictured=False)
    every = ElementTree.fromstring(package.encode()).iter()
    own = [(each.get("property", each.get("rel", "")), each) for each in every]
    return [
        (name, each.get("refines", ""), each.get("href", each.text or ""))
        for name, each in own
        if name.startswith("a11y:") or name == "dcterms:conformsTo"
    ]


def test_conformance_is_claimed_where_the_publisher_does_and_by_whom_it_was_found() -> None:
    assert claimed(CLAIM) == [
        ("dcterms:conformsTo", "", CLAIM.standard),
        ("a11y:certifiedBy", "#conformance", CLAIM.certified_by),
        ("a11y:certifierCredential", "#certifier", CLAIM.credential),
        ("a11y:certifierReport", "#certifier", CLAIM.report),
    ]
    assert len(claimed(replace(CLAIM, credential=None, report=None))) == 2
    assert claimed(None) == []


def test_a_table_of_many_columns_scrolls_in_a_frame_that_the_keyboard_reaches() -> None:
    """On a telephone it would else lie over the next page. Fewer columns fit, and are no stop."""
    style = contents(book("blocks").data)["EPUB/book.css"].decode()
    assert ".table[tabindex] { overflow-x: auto; }" in style
    found = {}
    for name in ("everything", "blocks"):
        for block in blocks_of(document(name)):
            if isinstance(block, Table):
                text = "".join(d.decode() for path, d in contents(book(name).data).items() if path.endswith(".xhtml"))
                frame = re.search(rf'<div class="table"([^>]*)>\n<table id="{block.id}"', text)
                assert frame is not None
                found[len(block.headers)] = 'tabindex="0"' in frame[1] and "aria-label" in frame[1]
    assert found and {many for many, scrolls in found.items() if scrolls} == {many for many in found if many >= 4}
    assert set(found.values()) == {True, False}


def test_two_books_are_the_same_bytes() -> None:
    entry = CHANNELS["epub"]
    again = entry.load(Settings(), MemoryStore()).render(document("seed"), entry.quoted(made("seed"), CHANNELS))
    assert again.files == made("seed", "epub")["epub"].files


def test_without_a_recording_there_is_no_book_and_a_note() -> None:
    rendering = CHANNELS["epub"].load(Settings(), MemoryStore()).render(document("seed"), {})
    assert rendering.files == () and rendering.notes == ("none: it is made from the recording",)
