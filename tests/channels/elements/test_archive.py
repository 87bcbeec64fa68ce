"""The folders in zip files stand side by side on one card."""

from __future__ import annotations

import re
from dataclasses import replace

from channels.elements.archive import folder_of
from tests.channels.talking import document


def test_each_publication_language_and_kind_has_a_folder_of_its_own_that_any_disc_can_hold() -> None:
    seed = document("seed")
    ids = ("drug-related-crime", "drug-related-help", "d", "44-steps", "\N{GREEK SMALL LETTER OMEGA}")
    made = [replace(seed, id=own, language=language) for own in ids for language in ("en", "cy")]
    folders = [folder_of(one, kind) for one in made for kind in ("daisy", "tracks")]
    assert len(set(folders)) == len(folders) == 20
    assert all(re.fullmatch("[a-z0-9]{4,8}", folder) for folder in folders)
    assert folders[0].startswith("drug") and folder_of(seed, "daisy") == folder_of(seed, "daisy")


def test_hundreds_of_publications_that_begin_alike_do_not_meet() -> None:
    seed = document("seed")
    assert len({folder_of(replace(seed, id=f"guide-{number}"), "daisy") for number in range(300)}) == 300
