"""Files of others stay as they were, wherever a build or a clean-up would write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model.errors import NotOurs
from publish.folder import publish, sweep
from publish.manifest import foreign_in
from tests.catalogue import listed
from tests.publish.conftest import Workshop


def foreign(folder: Path, name: str = "thesis.txt") -> Path:
    """Writes somebody's work into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("years of work")
    return folder / name


def stands(path: Path) -> bool:
    return path.read_text() == "years of work"


def a_folder(workshop: Workshop) -> Path:
    return foreign(workshop.output / "guide" / "en")


def a_manifest_of_others(workshop: Workshop) -> Path:
    mine = foreign(workshop.output / "guide" / "en")
    (mine.parent / "manifest.json").write_text(
        json.dumps({"name": "a web app", "format": 1, "files": [], "publication": "x"})
    )
    return mine


def a_manifest_too_deep(workshop: Workshop) -> Path:
    mine = foreign(workshop.output / "guide" / "en")
    (mine.parent / "manifest.json").write_text("[" * 100_000)
    return mine


def a_file(workshop: Workshop) -> Path:
    return foreign(workshop.output / "guide", "en")


def a_link_to_a_publication(workshop: Workshop) -> Path:
    mine = foreign(workshop.root / "elsewhere" / "en")
    workshop.output.mkdir()
    (workshop.output / "guide").symlink_to(mine.parent.parent)
    return mine


def a_link_to_an_edition(workshop: Workshop) -> Path:
    mine = foreign(workshop.root / "elsewhere")
    (workshop.output / "guide").mkdir(parents=True)
    (workshop.output / "guide" / "en").symlink_to(mine.parent)
    return mine


def a_link_to_nowhere(workshop: Workshop) -> Path:
    mine = foreign(workshop.output / "guide")
    (workshop.output / "guide" / "en").symlink_to(workshop.root / "nowhere")
    return mine


def a_link_to_a_staging_folder(workshop: Workshop) -> Path:
    mine = foreign(workshop.root / "elsewhere" / "0123456789abcdef" / "new")
    workshop.output.mkdir()
    (workshop.output / ".staging").symlink_to(workshop.root / "elsewhere")
    return mine


IN_THE_WAY = [
    a_folder,
    a_manifest_of_others,
    a_manifest_too_deep,
    a_file,
    a_link_to_a_publication,
    a_link_to_an_edition,
    a_link_to_nowhere,
    a_link_to_a_staging_folder,
]


@pytest.mark.parametrize("put", IN_THE_WAY)
def test_what_is_in_the_way_is_named_and_stays_and_the_rest_is_made(workshop: Workshop, put: object) -> None:
    assert callable(put)
    mine = put(workshop)
    workshop.write("other", title="Another guide")
    for command in ("build", "build", "clean"):
        done = workshop.run(command)
        assert "Traceback" not in done.stderr
        assert stands(mine)
        if command == "build":
            assert done.returncode == 3
            named = ".staging" if put is a_link_to_a_staging_folder else "guide"
            assert f"error: {workshop.output}/{named}" in done.stderr
            assert "Move it away, or choose another folder with --output." in done.stderr
            assert (workshop.output / "other" / "en" / "index.html").exists() == (named == "guide")
    assert workshop.run("build").returncode == 3
    assert stands(mine)


def test_what_somebody_puts_into_an_edition_stays_and_is_named(workshop: Workshop) -> None:
    workshop.write("other", title="Another guide")
    workshop.run("build")
    edition = workshop.output / "guide" / "en"
    mine = foreign(edition, "notes.txt")
    page = (edition / "index.html").read_bytes()
    source = workshop.write("guide", title="A newer guide")
    (edition / ".DS_Store").touch()
    for command in ("build", "clean"):
        done = workshop.run(command)
        assert done.returncode == 3
        assert f"error: {mine} is a file that no build has made\n    Move it away" in done.stderr
        assert stands(mine)
        assert (edition / "index.html").read_bytes() == page
    assert not (workshop.output / "other").exists()
    assert (workshop.output / "index.html").exists()
    mine.rename(workshop.root / "notes.txt")
    assert workshop.run("build", str(source)).returncode == 0
    assert (edition / "index.html").read_bytes() != page
    assert not (edition / ".DS_Store").exists()


def an_edition(tmp_path: Path) -> Path:
    """A folder with the manifest of a build, which lists a page and a recording."""
    paths = ("index.html", "audio/all.mp3")
    files = [{"path": path, "size": 0, "media_type": "", "sha256": ""} for path in paths]
    listed.publish(tmp_path, "guide", files=files)
    edition = tmp_path / "guide" / "en"
    (edition / "audio").mkdir()
    for path in paths:
        (edition / path).touch()
    return edition


def test_what_is_not_in_a_manifest_is_somebody_elses(tmp_path: Path) -> None:
    edition = an_edition(tmp_path)
    assert foreign_in(edition) == ()
    beside, deep = foreign(edition / "audio"), foreign(edition / "work" / "deep")
    foreign(tmp_path / "elsewhere")
    (edition / "far").symlink_to(tmp_path / "elsewhere")
    (edition / "empty").mkdir()
    (edition / ".DS_Store").touch()
    (edition / "audio" / "._all.mp3").touch()
    foreign(edition / "@eaDir", "index.html@SynoEAStream")
    assert foreign_in(edition) == (beside, edition / "far", deep)


def test_a_folder_in_the_place_of_a_file_of_ours_is_somebody_elses(tmp_path: Path) -> None:
    edition = an_edition(tmp_path)
    (edition / "index.html").unlink()
    mine = foreign(edition / "index.html")
    assert foreign_in(edition) == (mine,)


def test_a_folder_without_a_manifest_is_somebody_elses(tmp_path: Path) -> None:
    edition = an_edition(tmp_path)
    (edition / "manifest.json").unlink()
    assert foreign_in(edition) == (edition,)


def test_how_many_files_of_others_there_are_is_said(tmp_path: Path) -> None:
    edition = an_edition(tmp_path)
    for name in "cab":
        foreign(edition, name)
    with pytest.raises(NotOurs, match=r"guide/en/a is a file that no build has made \(and 2 more\)"):
        publish(tmp_path, "guide/en", [("index.html", b"")], foreign=foreign_in)
    assert (edition / "c").exists()


@pytest.mark.parametrize("kind", ["page", "link", "folder"])
def test_somebody_elses_index_is_named_before_anything_is_made_and_stays(workshop: Workshop, kind: str) -> None:
    mine = foreign(workshop.root / "site", "home.html")
    index = workshop.output / "index.html"
    workshop.output.mkdir()
    match kind:
        case "page":
            mine = foreign(workshop.output, "index.html")
        case "link":
            index.symlink_to(mine)
        case _:
            mine = foreign(index)
    for command in ("build", "clean"):
        done = workshop.run(command)
        assert stands(mine)
        if command == "build":
            assert done.returncode == 3
            assert f"error: {index} is not a list of publications that a build has made" in done.stderr
            assert not (workshop.output / "guide").exists()


def test_a_list_of_ours_is_known_by_its_mark_and_renewed(workshop: Workshop) -> None:
    workshop.run("build")
    index = workshop.output / "index.html"
    assert '<meta name="generator" content="One source, every reader">' in index.read_text()
    index.write_text(index.read_text().replace("A guide", "An old guide"))
    assert workshop.run("build").returncode == 0
    assert "An old guide" not in index.read_text()
    assert workshop.run("clean").returncode == 0
    assert not workshop.output.exists()


def test_a_clean_up_follows_no_link(workshop: Workshop) -> None:
    """It does not follow one even to another output of ours."""
    workshop.run("build")
    elsewhere = workshop.root / "elsewhere"
    workshop.output.rename(elsewhere)
    workshop.output.mkdir()
    (workshop.output / "guide").symlink_to(elsewhere / "guide")
    assert workshop.run("clean").returncode == 0
    assert (elsewhere / "guide" / "en" / "leaflet.pdf").exists()


def test_a_staging_folder_of_somebody_else_is_not_swept(tmp_path: Path) -> None:
    mine = [
        foreign(tmp_path / ".staging" / "my-site" / "new"),
        foreign(tmp_path / ".staging" / "0123456789abcdef"),
        foreign(tmp_path / ".staging", "0123456789abcde0"),
    ]
    ours = tmp_path / ".staging" / "fedcba9876543210" / "new"
    ours.mkdir(parents=True)
    sweep(tmp_path)
    assert all(map(stands, mine))
    assert not ours.exists()


def test_what_others_keep_in_the_cache_folder_stays(workshop: Workshop) -> None:
    """A folder that has a `store` of its own is named with --cache by mistake."""
    workshop.run("build")
    mine = [
        foreign(workshop.cache / "store"),
        foreign(workshop.cache / "store" / "fruit" / "ap"),
        foreign(workshop.cache / "store" / "renderings" / "00", "old.tmp"),
        foreign(workshop.cache / "ledger", "notes"),
        foreign(workshop.cache),
    ]
    for arguments in (("cache", "--prune", "0"), ("clean", "--all")):
        assert workshop.run(*arguments).returncode == 0
        assert all(map(stands, mine))
    left = [path for path in workshop.cache.rglob("*") if path.is_file()]
    assert sorted(left) == sorted(mine)


@pytest.mark.parametrize("option", ["--output", "--cache"])
def test_an_empty_name_is_no_folder(workshop: Workshop, option: str) -> None:
    for command in ("build", "clean"):
        done = workshop.run(command, option, "")
        assert done.returncode == 2
        assert "an empty name is no folder" in done.stderr
    assert not workshop.output.exists()
