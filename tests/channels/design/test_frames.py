"""Frames are compiled once, kept beside Python's own bytecode, and compiled again when they change."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, UndefinedError

from channels.design.frames import environment_of


@pytest.fixture(autouse=True)
def python_keeps_bytecode_beside_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def shown(folder: Path, **names: object) -> str:
    """What the frame shows in an environment that has not seen it before."""
    return environment_of(folder).get_template("frame.html").render(**names)


def test_a_frame_escapes_and_misses_no_name(tmp_path: Path) -> None:
    (tmp_path / "frame.html").write_text("<p>{{ words }}</p>")
    assert shown(tmp_path, words="a < b & c") == "<p>a &lt; b &amp; c</p>"
    with pytest.raises(UndefinedError):
        shown(tmp_path)


def test_a_frame_is_compiled_once_and_again_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile_ = Environment.compile

    def counted(*how: Any, **more: Any) -> Any:
        compiled.append(how)
        return compile_(*how, **more)

    monkeypatch.setattr(Environment, "compile", counted)
    (tmp_path / "frame.html").write_text("<p>{{ words }}</p>")
    assert [shown(tmp_path, words="one"), shown(tmp_path, words="two")] == ["<p>one</p>", "<p>two</p>"]
    assert len(compiled) == 1
    assert [path.parent.name for path in tmp_path.rglob("*.cache")] == ["__pycache__"]
    (tmp_path / "frame.html").write_text("<b>{{ words }}</b>")
    assert shown(tmp_path, words="three") == "<b>three</b>"
    for kept in tmp_path.rglob("*.cache"):
        kept.write_bytes(b"torn")
    assert shown(tmp_path, words="four") == "<b>four</b>"


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "frame.html").write_text("<p>{{ words }}</p>")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(tmp_path, words="one") == "<p>one</p>"
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "__pycache__").write_text("a file stands in the way")
    assert shown(tmp_path, words="two") == "<p>two</p>"
    assert {path.name for path in tmp_path.iterdir()} == {"frame.html", "__pycache__"}
