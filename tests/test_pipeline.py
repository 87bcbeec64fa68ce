"""The promises of the command line to people and machines, with real channels where they matter and fakes elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.publish.conftest import files_of

SOURCE = ROOT / "source" / "drug-related-crime" / "en.yaml"
HEAVY = {
    *("argparse", "json", "hashlib", "pathlib", "dataclasses", "re", "multiprocessing", "rich"),
    *("yaml", "jinja2", "weasyprint", "gtts", "requests", "numpy", "starlette"),
}


def pipeline(*arguments: str | Path, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "pipeline.py"), *map(str, arguments)],
        env={**os.environ, **env},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def build(place: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    places = ("--output", place / "dist", "--cache", place / "cache")
    return pipeline("build", SOURCE, *places, *arguments, cwd=ROOT, **env)


def published(place: Path) -> dict[str, bytes]:
    return files_of(place / "dist")


def test_builds_every_edition_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Both builds are cold, with another folder, time zone, locale, hash seed and number of workers."""
    first, second = tmp_path / "first", tmp_path / "second" / "deeper"
    done = build(first, "--jobs", "1", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    made = published(first)
    here = "drug-related-crime/en/"
    expected = {
        "index.html",
        "leaflet.pdf",
        "leaflet-office.pdf",
        "leaflet-print.pdf",
        "large-print.pdf",
        "manifest.json",
    }
    expected |= {
        f"audio/{name}" for name in ("drug-related-crime.mp3", "drug-related-crime.vtt", "clips.json", "transcript.txt")
    }
    assert {here + name for name in expected} | {"index.html"} <= set(made)
    assert here + "leaflet.pdf" in done.stdout
    assert "2 pages" in done.stdout
    done = build(second, "--jobs", "2", TZ="Asia/Kathmandu", LC_ALL="C.UTF-8", PYTHONHASHSEED="2")
    assert done.returncode == 0, done.stderr
    other = published(second)
    assert sorted(made) == sorted(other)
    assert [name for name in made if made[name] != other[name]] == []
    assert pipeline("verify", "--output", first / "dist").stdout == "1 folder verified: all as published.\n"


def test_nothing_to_do_is_said_at_once(tmp_path: Path) -> None:
    build(tmp_path, "--channel", "html")
    done = build(tmp_path, "--channel", "html", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing to do: 1 publication in ")
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "publish" in imported
    assert not HEAVY & imported


def test_a_run_that_finds_everything_as_it_was_imports_no_engine(tmp_path: Path) -> None:
    build(tmp_path)
    done = build(tmp_path, "--explain", PYTHONPROFILEIMPORTTIME="1")
    assert "leaflet.pdf: unchanged" in done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not {"weasyprint", "gtts", "requests", "numpy", "rich"} & imported


def test_help_explains_itself() -> None:
    done = pipeline("--help")
    assert done.returncode == 0
    for word in ("build", "check", "script", "preview", "verify", "cache", "clean", "Exit codes: 0 success, 1 faults"):
        assert word in done.stdout
    for command in ("build", "check", "script", "preview", "verify", "cache", "clean"):
        assert pipeline(command, "--help").returncode == 0
    assert "--explain" in pipeline("build", "--help").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("publish",),
        ("build", "--channel", "fax"),
        ("build", "--voice", "hal"),
        ("build", "--voice", "piper"),
        ("build", "--jobs", "0"),
        ("build", "--jobs", "many"),
        ("build", "--json", "--quiet"),
        ("build", "nowhere.yaml"),
        ("build", "tests/channels"),
        ("cache", "--prune", "a lot"),
        ("verify", "nowhere"),
        ("verify", "--output", "nowhere"),
        ("preview", "nowhere"),
    ],
    ids=" ".join,
)
def test_a_command_line_without_sense_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = pipeline(*arguments)
    assert done.returncode == 2
    assert "error:" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_says_what_is_wrong_and_makes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "guide" / "en.yaml"
    source.parent.mkdir()
    source.write_text(SOURCE.read_text().replace("sections:", "sectoins:"))
    done = pipeline("check", source)
    assert done.returncode == 1
    assert f"{source}:" in done.stderr
    assert "did you mean `sections`?" in done.stderr
    assert "1 publication checked: " in done.stdout
    events = [json.loads(line) for line in pipeline("check", "--json", source, SOURCE).stdout.splitlines()]
    assert [event["failed"] for event in events] == [True, False]
    assert events[0]["diagnostics"][0]["line"] > 1
    assert sorted(tmp_path.iterdir()) == [source.parent]
    done = pipeline("check", SOURCE)
    said = "1 publication checked: no faults. The printed editions were laid out; "
    said += "how loud and fast a recording is, a build finds.\n"
    assert (done.returncode, done.stdout) == (0, said)
    assert pipeline("check", "--quiet", SOURCE).stdout == ""


def test_a_logo_that_is_not_there_is_shown_at_its_line(tmp_path: Path) -> None:
    """And every other fault of the source with it."""
    source = tmp_path / "guide" / "en.yaml"
    source.parent.mkdir()
    source.write_text(SOURCE.read_text().replace("publisher:", "publisher: { name: Home Office }\npublished_by:", 1))
    (tmp_path / "publisher.yaml").write_text("name: Anywhere\nlogo: { image: gone.svg, alternative: Anywhere }\n")
    done = pipeline("check", source)
    assert done.returncode == 1
    assert f"{tmp_path / 'publisher.yaml'}:2:16: error no-such-image: there is no image gone.svg" in done.stderr
    assert "`published_by`" in done.stderr


def test_check_refuses_what_build_refuses(tmp_path: Path) -> None:
    """It reports a character without a typeface, a text that no voice can speak, and two sources for one place
    before anything is made."""
    source = tmp_path / "guide" / "en.yaml"
    source.parent.mkdir()
    source.write_text(SOURCE.read_text().replace("title: Breaking the chain", "title: Breaking the 🐝 chain"))
    done = pipeline("check", source)
    assert done.returncode == 0
    assert "warning no-glyph: the typefaces of the PDF have no “🐝”" in done.stderr
    assert (
        "warning sign-left-out: a sign that has no words is left out of the recording\n    “🐝” (line " in done.stderr
    )
    assert "1 publication checked: 0 errors, 3 warnings." in done.stdout
    source.write_text(SOURCE.read_text())
    (source.parent / "copy.yaml").write_text(SOURCE.read_text())
    done = pipeline("check", source.parent)
    assert done.returncode == 1
    assert "same-place" in done.stderr


def test_strict_takes_every_warning_for_an_error(tmp_path: Path) -> None:
    source = tmp_path / "guide" / "en.yaml"
    source.parent.mkdir()
    source.write_text(SOURCE.read_text().replace("title: Breaking the chain", "title: Breaking the XQZ chain"))
    done = pipeline("check", source)
    assert done.returncode == 0 and "warning spelt-out: " in done.stderr
    done = pipeline("check", "--strict", source)
    assert done.returncode == 1 and "error spelt-out: " in done.stderr
    places = ("--output", tmp_path / "dist", "--cache", tmp_path / "cache", "--channel", "audio")
    assert pipeline("build", source, *places).returncode == 0
    done = pipeline("build", "--strict", source, *places)
    assert done.returncode == 1 and "error spelt-out: " in done.stderr


def test_events_are_one_a_line(tmp_path: Path) -> None:
    done = build(tmp_path, "--channel", "html", "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["begin", "started", "made", "finished", "done"]
    assert events[3]["files"][0]["path"].startswith("drug-related-crime/en/")
    again = [json.loads(line) for line in build(tmp_path, "--channel", "html", "--json").stdout.splitlines()]
    assert again[-1] | {"seconds": 0} == {"event": "done", "documents": 1, "changed": 0, "failed": 0, "seconds": 0}


def test_quiet_says_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        done = build(tmp_path, "--channel", "html", "--quiet")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_verify_finds_what_is_wrong(tmp_path: Path) -> None:
    build(tmp_path, "--channel", "html")
    folder = tmp_path / "dist" / "drug-related-crime" / "en"
    (folder / "index.html").write_bytes(b"!" + (folder / "index.html").read_bytes()[1:])
    (style,) = folder.glob("page.*.css")
    style.unlink()
    (folder / "stray.txt").write_text("stray")
    done = pipeline("verify", folder)
    assert done.returncode == 1
    assert "index.html: its content is not what the manifest says" in done.stderr
    assert f"{style.name}: missing" in done.stderr
    assert "stray.txt: not in the manifest" in done.stderr


def test_verify_looks_at_all_that_stands_in_the_output(tmp_path: Path) -> None:
    """It finds a folder without a manifest, another list of publications, and files that nobody published."""
    build(tmp_path, "--channel", "html")
    output = tmp_path / "dist"
    assert pipeline("verify", output).stdout == "1 folder verified: all as published.\n"
    (output / "index.html").write_text("<p>Hello")
    (output / "drug-related-crime" / "cy").mkdir()
    (output / "drug-related-crime" / "en" / "empty").mkdir()
    (output / "notes.txt").write_text("mine")
    (output / "old").mkdir()
    done = pipeline("verify", "--output", output)
    assert done.returncode == 1
    assert done.stderr.replace(f"{output}/", "").splitlines() == [
        "drug-related-crime/cy/manifest.json: no manifest",
        "drug-related-crime/en/empty: not in the manifest",
        "notes.txt: no part of a publication",
        "old: no part of a publication",
        "index.html: not the list of what is published",
    ]
    assert done.stdout == "1 folder verified: 5 faults.\n"
    (output / "drug-related-crime" / "en" / "manifest.json").unlink()
    assert "en/manifest.json: no manifest" in pipeline("verify", "--output", output).stderr


def test_clean_deletes_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    build(tmp_path, "--channel", "html")
    mine = tmp_path / "dist" / "mine.txt"
    mine.write_text("mine")
    places = ("--output", str(tmp_path / "dist"), "--cache", str(tmp_path / "cache"))
    done = pipeline("clean", *places)
    assert done.returncode == 0
    assert done.stdout.endswith(f"drug-related-crime/en\n1 publication deleted from {tmp_path / 'dist'}.\n")
    assert list(published(tmp_path)) == ["mine.txt"]
    assert (tmp_path / "cache" / "store").exists()
    mine.unlink()
    done = build(tmp_path, "--channel", "html", "--json")
    assert '"stored": true' in done.stdout
    assert f"and what was kept of earlier runs in {tmp_path / 'cache'}." in pipeline("clean", "--all", *places).stdout
    assert not (tmp_path / "dist").exists()
    assert not (tmp_path / "cache").exists()
    assert pipeline("clean", "--all", *places).returncode == 0


def test_what_has_no_source_any_more_is_named_and_deleted_only_when_asked(tmp_path: Path) -> None:
    output = tmp_path / "dist"
    places = ("--output", output, "--cache", tmp_path / "cache")
    build(tmp_path, "--channel", "html")
    before = published(tmp_path)
    shutil.copytree(output / "drug-related-crime", output / "old-guide")
    said = (
        "1 publication stands there without a source: old-guide/en. "
        f"To remove: pipeline.py clean --withdrawn --output {output}\n"
    )
    for _ in range(3):  # the third finds nothing to do at once
        assert pipeline("build", "--channel", "html", *places).stdout.endswith(said)
    assert "old-guide/en" in pipeline("build", "--channel", "html", "--json", *places).stdout
    assert pipeline("build", "--channel", "html", "--quiet", *places).stdout == ""
    assert "old-guide" not in pipeline("build", SOURCE, "--channel", "html", *places).stdout
    done = pipeline("clean", "--withdrawn", *places)
    assert done.stdout == f"{output}/old-guide/en\n1 publication deleted from {output}.\n"
    assert published(tmp_path) == before
    assert "old-guide" not in pipeline("build", "--channel", "html", *places).stdout


def test_clean_touches_nothing_that_others_made(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "app").mkdir(parents=True)
    (site / "app" / "manifest.json").write_text('{"name": "a web app"}')
    (site / "index.html").write_text("a home page")
    done = pipeline("clean", "--output", site, "--cache", tmp_path / "cache")
    assert done.stdout.startswith("0 publications deleted")
    assert (site / "app" / "manifest.json").exists()
    assert (site / "index.html").read_text() == "a home page"


def test_an_output_among_the_sources_is_refused() -> None:
    for option in ("--output", "--cache"):
        done = pipeline("build", option, "source/dist")
        assert done.returncode == 2
        assert done.stderr.startswith(f"error: {option} source/dist lies among the sources\n")
    assert not (ROOT / "source" / "dist").exists()


def test_cache_shows_and_prunes(tmp_path: Path) -> None:
    build(tmp_path, "--channel", "html")
    assert "renderings        1 entry " in pipeline("cache", "--cache", tmp_path / "cache").stdout
    done = pipeline("cache", "--cache", tmp_path / "cache", "--prune", "0")
    assert done.stdout.startswith("1 entry thrown away")
    assert "renderings        0 entries" in done.stdout


def test_the_cache_may_be_moved_by_the_environment(tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    arguments = ("build", SOURCE, "--output", tmp_path / "dist", "--channel", "html")
    assert pipeline(*arguments, ONE_SOURCE_CACHE=str(place)).returncode == 0
    assert (place / "store" / "renderings").is_dir()


def test_whoever_reads_may_go_away() -> None:
    command = f"{sys.executable} pipeline.py script {SOURCE} | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_terminal_without_unicode_is_no_fault(tmp_path: Path) -> None:
    done = build(tmp_path, "--channel", "html", "--explain", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert build(tmp_path, "--channel", "html", "--explain", PYTHONIOENCODING="ascii").returncode == 0


def test_script_prints_what_is_said() -> None:
    done = pipeline("script", SOURCE)
    assert done.returncode == 0, done.stderr
    assert "nine pounds fifty" in done.stdout
    assert "Breaking the chain" in done.stdout
    assert "£" not in done.stdout


def test_runs_where_python_leaves_its_folder_out_of_the_path(tmp_path: Path) -> None:
    done = build(tmp_path, "--channel", "html", PYTHONSAFEPATH="1")
    assert done.returncode == 0, done.stderr
