"""A build, as a process of its own with fake channels: what it makes, what it does not make, and what it reports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from commands import build
from commands.published import withdrawn
from publish import store
from publish.edition import Edition
from publish.manifest import faults_in
from tests.publish.conftest import LIST, Workshop, config_for

EDITIONS = ["leaflet.pdf", "large-print.pdf", "audio/guide.mp3", "index.html"]


def events(workshop: Workshop, *arguments: str) -> list[dict[str, object]]:
    done = workshop.run("build", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def made(workshop: Workshop, *arguments: str) -> list[str]:
    """The units of the channels that really rendered something."""
    return sorted(str(e["unit"]) for e in events(workshop, *arguments) if e["event"] == "made" and not e["stored"])


def test_publishes_every_edition_with_a_manifest_and_an_index(workshop: Workshop) -> None:
    done = workshop.run("build")
    assert done.returncode == 0, done.stderr
    assert "1 publication made in" in done.stdout
    for name in EDITIONS:
        assert f"guide/en/{name}" in done.stdout
    folder = workshop.output / "guide" / "en"
    assert faults_in(folder) == ()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [line["path"] for line in manifest["files"] if "title" in line] == EDITIONS
    assert manifest["made_with"] == {
        "audio": "fake voice espeak-ng",
        "html": "fake html 1.0",
        "pdf": "fake pdf 1.0",
    }
    index = (workshop.output / "index.html").read_text()
    digests = {line["path"]: line["sha256"] for line in manifest["files"]}
    assert 'href="guide/en/index.html"' in index
    for name in EDITIONS[:-1]:  # by its digest, so that no cache gives a reader the last one
        assert f'href="guide/en/{name}?v={digests[name][:8]}"' in index


def test_does_nothing_the_second_time_and_says_so(workshop: Workshop) -> None:
    workshop.run("build")
    before = workshop.published()
    times = {path: path.stat().st_mtime_ns for path in workshop.output.rglob("*")}
    for _ in range(2):
        done = workshop.run("build")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"Nothing to do: 1 publication in {workshop.output.name} is up to date.\n"
    assert workshop.published() == before
    assert {path: path.stat().st_mtime_ns for path in workshop.output.rglob("*")} == times


def test_a_touched_file_and_a_moved_comment_make_nothing(workshop: Workshop) -> None:
    workshop.run("build")
    source = workshop.root / "source" / "guide" / "en.yaml"
    os.utime(source)
    assert made(workshop) == []
    source.write_text("# a comment\n\n\n" + source.read_text())
    assert made(workshop) == []


def test_a_word_makes_every_edition_and_a_word_back_makes_none(workshop: Workshop) -> None:
    workshop.run("build")
    first = workshop.published()
    workshop.write(second="Farewell.")
    assert made(workshop) == ["guide/en audio", "guide/en html", "guide/en pdf"]
    assert workshop.published() != first
    workshop.write()
    assert made(workshop) == []
    assert workshop.published() == first


def install(workshop: Workshop, version: str) -> dict[str, str]:
    """Installs another version of a program, and of the fake that uses it."""
    program = workshop.root / "bin" / "espeak-ng"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\necho {version}\n")
    return {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "FAKE_VERSION": version}


def test_a_tool_a_setting_and_an_input_make_what_depends_on_them(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = workshop.root / "logo.png"
    extra.write_bytes(b"1")
    monkeypatch.setenv("FAKE_INPUT", str(extra))
    assert len(made(workshop)) == 3
    assert made(workshop, "--voice", "flite") == ["guide/en audio", "guide/en html"]
    extra.write_bytes(b"2")
    assert made(workshop) == ["guide/en html", "guide/en pdf"]
    assert made(workshop) == []
    for name, value in install(workshop, "2.0").items():
        monkeypatch.setenv(name, value)
    assert made(workshop) == ["guide/en pdf"]
    assert made(workshop) == []


def test_of_many_sources_only_the_one_that_changed_is_looked_at(workshop: Workshop) -> None:
    for number in range(5):
        workshop.write(f"guide-{number}", title=f"Guide {number}")
    workshop.run("build")
    workshop.write("guide-3", title="Guide 3", second="Farewell.")
    found = events(workshop)
    assert found[0] == {"event": "begin", "documents": 1, "units": 3}
    assert found[-1]["documents"] == 6
    assert found[-1]["changed"] == 1
    assert b"Farewell" in workshop.published()["guide-3/en/index.html"]
    (workshop.output / "guide-1" / "en" / "leaflet.pdf").unlink()
    assert events(workshop)[0]["documents"] == 1
    done = workshop.run("build", str(workshop.write("new", title="New")))
    assert "made in" in done.stdout
    assert events(workshop)[-1]["documents"] == 7


@pytest.mark.parametrize("stray", [".DS_Store", "audio/Thumbs.db", "@eaDir/page.jpg", "empty/"])
def test_what_a_system_left_there_is_no_part_of_what_is_up_to_date(workshop: Workshop, stray: str) -> None:
    workshop.write("other", title="Another guide")
    workshop.run("build")
    before = workshop.published()
    path = workshop.output / "guide" / "en" / stray
    for arguments in [(), ("--quiet",)]:  # the same command as before, and one that looks at each source
        if stray.endswith("/"):
            path.mkdir()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text("stray")
        assert faults_in(workshop.output / "guide" / "en")
        assert workshop.run("build", *arguments).returncode == 0
        assert not path.exists()
        assert workshop.published() == before
    assert "up to date" in workshop.run("build").stdout


@pytest.mark.parametrize("damage", ["delete", "truncate", "change", "add", "index"])
def test_damage_to_what_is_published_is_mended_from_the_store(workshop: Workshop, damage: str) -> None:
    workshop.run("build")
    before = workshop.published()
    page = workshop.output / "guide" / "en" / "index.html"
    match damage:
        case "delete":
            page.unlink()
        case "truncate":
            page.write_bytes(b"")
        case "change":
            page.write_bytes(b"!" + page.read_bytes()[1:])
        case "add":
            (page.parent / "leaflet.pdf").unlink()
            (page.parent / ".DS_Store").write_text("stray")
        case _:
            (workshop.output / "index.html").unlink()
    assert made(workshop) == []
    assert workshop.published() == before


def test_a_damaged_store_is_made_good(workshop: Workshop) -> None:
    workshop.run("build")
    before = workshop.published()
    for path in (workshop.cache / "store").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"!")
    shutil.rmtree(workshop.output)
    assert len(made(workshop)) == 3
    assert workshop.published() == before


def test_the_store_is_never_kept_smaller_than_what_is_published_needs(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.run("build")
    config = config_for(workshop)
    editions = workshop.output.glob("guide/**/*")  # without the list of publications, which is written each time
    listed = [path for path in editions if path.is_file() and path.name != "manifest.json"]
    published = sum(path.stat().st_size for path in listed)
    asked: list[int] = []
    monkeypatch.setattr(store, "looks_larger", lambda *_: True)
    monkeypatch.setattr(store, "prune", lambda _, limit: asked.append(limit))
    for least, limit in ((10, None), (10**9, None), (10**9, 0)):
        monkeypatch.setattr(store, "LIMIT", least)
        build.clean_up(config, limit)
    assert asked == [3 * published, 10**9, 0]


def test_explains(workshop: Workshop) -> None:
    workshop.run("build")
    workshop.write(second="Farewell.")
    explained = workshop.run("build", "--explain").stdout.splitlines()
    for name in EDITIONS:
        assert f"guide/en/{name}: section ‘Breaking the chain’ changed" in explained
    again = workshop.run("build", "--explain").stdout.splitlines()
    assert [line for line in again if not line.startswith("Nothing")] == [
        f"guide/en/{name}: unchanged" for name in EDITIONS
    ]
    flite = workshop.run("build", "--explain", "--voice", "flite").stdout.splitlines()
    assert "guide/en/audio/guide.mp3: settings or tools changed (fake voice espeak-ng → fake voice flite)" in flite
    assert "guide/en/leaflet.pdf: unchanged" in flite


def test_a_fault_in_one_source_leaves_its_old_output_and_makes_the_others(workshop: Workshop) -> None:
    workshop.write("other", title="Another guide")
    workshop.run("build")
    old = {name: data for name, data in workshop.published().items() if name.startswith("guide/")}
    source = workshop.write(second="Farewell.")
    source.write_text(source.read_text().replace("sections:", "sectoins:"))
    workshop.write("other", title="Another guide", second="Farewell.")
    done = workshop.run("build")
    assert done.returncode == 1
    assert "did you mean" in done.stderr.lower()
    assert "source/guide/en.yaml:" in done.stderr
    assert "Traceback" not in done.stderr
    new = workshop.published()
    assert {name: data for name, data in new.items() if name.startswith("guide/")} == old
    assert b"Farewell" in new["other/en/index.html"]


def test_faults_of_several_sources_come_together(workshop: Workshop) -> None:
    for name in ("one", "two"):
        source = workshop.write(name)
        source.write_text(source.read_text().replace("title:", "titel:", 1))
    done = workshop.run("build")
    assert done.returncode == 1
    assert "one/en.yaml:1:1: error" in done.stderr
    assert "two/en.yaml:1:1: error" in done.stderr
    assert (workshop.output / "guide" / "en" / "index.html").exists()


def test_two_sources_for_one_place_are_a_fault(workshop: Workshop) -> None:
    copy = workshop.root / "source" / "guide" / "copy.yaml"
    copy.write_text((workshop.root / "source" / "guide" / "en.yaml").read_text())
    done = workshop.run("build")
    assert done.returncode == 1
    assert "same-place" in done.stderr


def test_a_warning_is_shown_where_its_words_stand_now_even_when_nothing_is_made(workshop: Workshop) -> None:
    source = workshop.write(second="You said please-warn here.")
    line = source.read_text().splitlines().index("      - You said please-warn here.") + 1
    assert f"en.yaml:{line}:9: warning asked" in workshop.run("build").stderr
    again = workshop.run("build")
    assert again.stdout.startswith("Nothing to do")
    assert f"en.yaml:{line}:9: warning asked" in again.stderr
    source.write_text("\n\n" + source.read_text())
    assert f"en.yaml:{line + 2}:9: warning asked" in workshop.run("build").stderr


def test_a_worker_that_dies_takes_its_document_and_no_other(workshop: Workshop) -> None:
    workshop.write("deadly", second="Now please-die of it.")
    workshop.write("other", title="Another guide")
    done = workshop.run("build")
    assert done.returncode == 3
    assert "deadly/en pdf" in done.stderr
    assert "signal 9" in done.stderr
    assert done.stderr.count("trying once more") == 1
    assert workshop.standing() == {"guide", "other", *LIST}


def test_an_engine_that_fails_fails_its_document_and_no_other(workshop: Workshop) -> None:
    workshop.write("faulty", second="Now please-fail at it.")
    done = workshop.run("build")
    assert done.returncode == 3
    assert "error: the fake engine was asked to fail" in done.stderr
    assert (workshop.output / "guide" / "en" / "index.html").exists()
    assert not (workshop.output / "faulty").exists()


def test_a_missing_tool_stops_the_run_with_what_to_do(workshop: Workshop) -> None:
    workshop.write("voiceless", second="There is no-voice for it.")
    done = workshop.run("build")
    assert done.returncode == 3
    assert done.stderr.endswith("error: espeak-ng is not installed\n    Run `make`.\n")
    assert "Traceback" not in done.stderr


def test_channels_are_chosen(workshop: Workshop) -> None:
    assert workshop.run("build", "--channel", "html").returncode == 0
    edition = {"guide/en/index.html", "guide/en/page.css", "guide/en/manifest.json"}
    assert set(workshop.published()) == {*edition, *LIST}
    workshop.run("build", "--channel", "html", "--channel", "pdf")
    assert b"leaflet.pdf" in workshop.published()["guide/en/index.html"]
    assert not any("audio" in name for name in workshop.published())


def test_publications_are_listed_by_title_and_a_language_without_words_is_a_fault(workshop: Workshop) -> None:
    workshop.write("zebra", title="Zebras & others")
    source = workshop.write("guide-2", title="A guide")
    source.with_name("gd.yaml").write_text(source.read_text().replace("language: en", "language: gd"))
    done = workshop.run("build")
    assert done.returncode == 1
    assert "guide-2/gd.yaml" in done.stderr
    index = (workshop.output / "index.html").read_text()
    assert index.index("A guide") < index.index("Zebras &amp; others")


def test_a_folder_that_was_renamed_and_a_file_that_was_moved_are_noticed(workshop: Workshop) -> None:
    images = workshop.write().parent / "images"
    images.mkdir()
    (images / "a.txt").write_text("beside the source")
    for moved in (lambda: (images / "a.txt").rename(images.parent / "a.txt"), lambda: None):
        workshop.run("build")
        assert workshop.run("build").stdout.startswith("Nothing to do")
        moved()
    (workshop.root / "source" / "guide").rename(workshop.root / "source" / "handbook")
    workshop.run("build")
    assert (workshop.output / "handbook" / "en" / "index.html").exists()


def test_same_source_same_bytes(workshop: Workshop, tmp_path: Path) -> None:
    """Whatever the folder, time zone, locale, hash seed, number of workers and order, the bytes are the same."""
    workshop.write("other", title="Another guide")
    workshop.run("build", "--jobs", "1", env={"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"})
    second = Workshop(root=tmp_path / "elsewhere" / "deeper")
    second.write()
    second.write("other", title="Another guide")
    sources = [str(second.root / "source" / name / "en.yaml") for name in ("other", "guide")]
    env = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "tr_TR"}
    done = second.run("build", "--jobs", "4", *sources, env=env)
    assert done.returncode == 0, done.stderr
    assert second.published() == workshop.published()


def test_a_source_saved_during_a_build_is_built_next_time(workshop: Workshop) -> None:
    slow = {**os.environ, "FAKE_SLOW": "0.8"}
    with subprocess.Popen(workshop.command("build"), env=slow, cwd=workshop.root, stderr=subprocess.DEVNULL) as running:
        time.sleep(0.6)
        workshop.write(second="Saved meanwhile.")
    assert running.returncode == 0
    workshop.run("build")
    assert b"Saved meanwhile" in workshop.published()["guide/en/index.html"]


def test_a_name_too_long_for_a_file_is_a_fault_of_its_publication_alone(workshop: Workshop) -> None:
    workshop.write("x" * 253, title="A guide with a long name")
    done = workshop.run("build")
    assert done.returncode == 3
    assert f"/en: no file may have a name as long as '{'x' * 253}.mp3'" in done.stderr
    assert "a shorter name" in done.stderr
    assert (workshop.output / "guide" / "en" / "index.html").exists()


def test_a_source_that_became_a_link_to_itself_is_an_error_and_keeps_its_edition(workshop: Workshop) -> None:
    workshop.write("gone")
    assert workshop.run("build").returncode == 0
    shutil.rmtree(workshop.root / "source" / "gone")
    loop = workshop.root / "source" / "guide" / "en.yaml"
    loop.unlink()
    loop.symlink_to(loop.name)
    done = workshop.run("build")
    assert done.returncode == 1
    assert done.stderr.startswith("source/guide/en.yaml:1:1: error no-such-file: ")
    assert withdrawn(workshop.output, [Edition(source=loop)], ()) == ["gone/en"]
