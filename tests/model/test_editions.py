"""The editions that an author's lists choose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import pipeline
from model.digest import digest
from model.document import OWN_EDITIONS
from model.editions import PRINTED, editions_of, is_wanted, printed_editions
from reader.read import read
from tests.conftest import ROOT

SEED = ROOT / "source" / "drug-related-crime" / "en.yaml"


def chosen(editions: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> tuple[str, ...]:
    document = read(SEED).document
    assert document is not None
    return editions_of(replace(document, editions=editions, without=without))


def test_without_a_list_page_recording_braille_leaflet_and_large_print_are_made() -> None:
    assert chosen() == ("page", "recording", "braille", "leaflet", "large-print")


def test_a_list_of_printed_editions_says_nothing_of_the_others() -> None:
    assert chosen(("booklet", "large-print")) == ("page", "recording", "braille", "booklet", "large-print")


def test_a_list_with_one_that_is_not_printed_is_the_whole_list() -> None:
    assert chosen(("page", "flyer")) == ("page", "flyer")
    assert chosen(("recording",)) == ("recording",)


def test_without_takes_away() -> None:
    assert chosen(without=("recording", "leaflet")) == ("page", "braille", "large-print")
    assert chosen(("leaflet",), without=("recording", "braille")) == ("page", "leaflet")


def wanted(editions: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> set[str]:
    document = read(SEED).document
    assert document is not None
    chosen = replace(document, editions=editions, without=without)
    return {
        name
        for name in ("recording", "epub", "daisy", "tracks", "m4b", "opus", "ivr", "podcast")
        if is_wanted(chosen, name)
    }


def test_talking_books_and_tracks_come_with_the_recording_and_files_for_phones_on_wish() -> None:
    usual = {"recording", "epub", "daisy", "tracks"}
    assert wanted() == wanted(("leaflet",)) == usual
    assert wanted(("m4b",)) == usual | {"m4b"} and chosen(("m4b",)) == chosen()
    assert wanted(("leaflet", "ivr")) == usual | {"ivr"} and chosen(("leaflet", "ivr"))[-1] == "leaflet"
    assert wanted(("page", "recording")) == {"recording"}
    assert wanted(("page", "epub")) == {"recording", "epub"}, "it is made from the recording"
    assert wanted(without=("recording",)) == set() and wanted(without=("daisy",)) == usual - {"daisy"}


def test_the_schema_names_the_editions_that_there_are() -> None:
    schema = yaml.safe_load((ROOT / "schema.yaml").read_text())
    names = OWN_EDITIONS
    assert sorted(schema["$defs"]["edition"]["examples"]) == sorted(
        (*names.usual, *names.spoken, *names.on_wish, *PRINTED)
    )
    assert sorted(schema["$defs"]["edition_with_parts"]["examples"]) == sorted((*names.usual, *PRINTED))


def test_names_that_channels_add_decide_which_editions_there_are_and_so_count_for_the_digest() -> None:
    document = read(SEED).document
    assert document is not None
    more = replace(OWN_EDITIONS, usual=(*OWN_EDITIONS.usual, "toy"))
    assert digest(replace(document, edition_names=replace(OWN_EDITIONS))) == digest(document)
    assert digest(replace(document, edition_names=more)) != digest(document)
    assert editions_of(replace(document, edition_names=more)) == (*more.usual, "leaflet", "large-print")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("editions: [leaflet]\nwithout: [recording, leaflet]", "contradiction"),
        ("editions: [page, epub]\nwithout: [recording]", "contradiction"),
        ("without: [page, recording, braille, leaflet, large-print]", "no-edition"),
    ],
)
def test_lists_that_leave_nothing_or_contradict_are_faults(tmp_path: Path, lines: str, code: str) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(f"{lines}\n{SEED.read_text()}")
    [found] = read(path).diagnostics
    assert (found.code, found.mark.line, found.severity) == (code, lines.count("\n") + 1, "error")


def test_the_order_of_printed_editions_is_the_authors() -> None:
    document = read(SEED).document
    assert document is not None
    assert printed_editions(replace(document, editions=("poster", "leaflet"))) == ("poster", "leaflet")


def test_what_the_author_leaves_out_is_not_made_and_not_missed(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "en.yaml").write_text(f"editions: [page]\n{SEED.read_text()}")
    output = tmp_path / "out"
    assert pipeline.main(["build", "--output", str(output), "--cache", str(tmp_path / "cache"), str(folder)]) == 0
    made = {
        path.name for path in (output / "page" / "en").rglob("*") if path.suffix in (".html", ".pdf", ".mp3", ".vtt")
    }
    assert made == {"index.html"}
