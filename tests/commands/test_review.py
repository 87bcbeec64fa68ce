"""`review` lists what is due by a given day. Only the command line reads the clock."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from channels import CHANNELS
from commands.arguments import parser
from commands.review import run_review

TODAY = date(2026, 3, 1)
SOURCE = """\
title: {title}
summary: What it is about, in a few words.
language: en
publisher: {{ name: Test House }}
status: current
{dates}
sections:
  - title: One
    blocks: [A sentence.]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name, dates in (
        ("late", "review_by: 2025-12-31"),
        ("today", "review_by: 2026-03-01"),
        ("soon", "review_by: 2026-03-31"),
        ("undated", ""),
    ):
        folder = tmp_path / "source" / name
        folder.mkdir(parents=True)
        (folder / "en.yaml").write_text(SOURCE.format(title=f"About {name}", dates=dates))
    return tmp_path


def review(home: Path, *arguments: str) -> int:
    options = parser({}, home / "dist", home / ".cache").parse_args(["review", *arguments])
    return run_review(options, CHANNELS, home, TODAY)


def test_lists_what_is_due_the_earliest_first(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    assert review(home) == 0
    assert capsys.readouterr().out == (
        "2025-12-31  60 days ago     late/en  About late (source/late/en.yaml)\n"
        "2026-03-01  today           today/en  About today (source/today/en.yaml)\n"
        "4 publications in force: 2 to be reviewed by today; 1 without a `review_by:`.\n"
    )


def test_fails_for_ci_only_where_one_is_due(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert review(home, "--fail-when-due") == 1
    soon = str(home / "source" / "soon")
    capsys.readouterr()
    assert review(home, soon, "--within", "30", "--fail-when-due") == 0
    assert "in 30 days" in capsys.readouterr().out


def test_machines_are_told_in_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(home, "--json", "--within", "30")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["event"], one["publication"], one["days"]) for one in told] == [
        ("due", "late", -60),
        ("due", "today", 0),
        ("soon", "soon", 30),
    ]


def test_a_source_at_fault_is_told_and_the_rest_is_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "source" / "undated" / "en.yaml").write_text("title: Nothing else\n")
    assert review(home) == 1
    told = capsys.readouterr()
    assert "missing-key" in told.err
    assert "late/en" in told.out


def test_what_is_archived_needs_no_review(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "source" / "late" / "en.yaml"
    notice = "status: archived\nas_of: In 2020\nnotice: { title: Old, text: This is kept as a record. }"
    file.write_text(file.read_text().replace("status: current", notice))
    assert review(home, str(file), "--fail-when-due") == 0
    assert "none to be reviewed" in capsys.readouterr().out
