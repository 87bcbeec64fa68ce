"""Files that several editions share are written once, and never taken from one that somebody has changed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from publish import folder
from publish.links import LARGEST, MOST, Links

FONT = b"letters" * 100


def published(output: Path, known: Links, name: str, font: bytes = FONT) -> Path:
    """Publishes an edition with a page of its own and a font."""
    folder.publish(output, name, [("index.html", name.encode()), ("fonts/a.woff2", font)], links=known)
    assert (output / name / "index.html").read_bytes() == name.encode()
    assert (output / name / "fonts" / "a.woff2").read_bytes() == font
    return output / name / "fonts" / "a.woff2"


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_the_second_edition_has_a_link_to_what_the_first_has(tmp_path: Path) -> None:
    known = Links()
    first, second = published(tmp_path, known, "one"), published(tmp_path, known, "two")
    assert first.samefile(second)
    other = published(tmp_path, known, "three", font=b"other letters")
    assert not other.samefile(first)


def test_a_file_that_was_changed_or_deleted_is_linked_no_more(tmp_path: Path) -> None:
    known = Links()
    first = published(tmp_path, known, "one")
    first.write_bytes(FONT.upper())
    second = published(tmp_path, known, "two")
    assert not second.samefile(first)
    first.unlink()
    second.unlink()
    third = published(tmp_path, known, "three")
    assert third.stat().st_nlink == 1
    assert published(tmp_path, known, "four").samefile(third)


def test_few_small_files_are_kept_open(tmp_path: Path) -> None:
    known, before = Links(), open_files()
    for number in range(MOST * 2):
        published(tmp_path, known, f"page-{number}", font=b"%d" % number)
    assert open_files() - before == MOST
    large = b"." * (LARGEST + 1)
    assert not published(tmp_path, known, "a", large).samefile(published(tmp_path, known, "b", large))


def test_where_there_are_no_links_all_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    known = Links()
    first = published(tmp_path, known, "one")
    monkeypatch.setattr(os, "link", refused)
    assert not published(tmp_path, known, "two").samefile(first)
