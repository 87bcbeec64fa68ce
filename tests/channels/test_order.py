"""The registry is put into an order in which it can be made, or the obstacle is named."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

import pipeline
from channels import CHANNELS
from channels.base import Entry, File, Rendering
from channels.order import in_order
from commands.arguments import chosen_of
from model.errors import RegistryError
from tests.conftest import ROOT


def entry(*needs: str, quotes: bool = False, publishes: bool = True) -> Entry:
    return Entry(path="nowhere:Nothing", needs=needs, quotes_downloads=quotes, publishes=publishes)


def test_what_is_quoted_comes_first_and_the_rest_stays_as_it_stood() -> None:
    assert list(
        in_order({"page": entry("sound", quotes=True), "sound": entry("words"), "print": entry()} | {"words": entry()})
    ) == [
        "print",
        "words",
        "sound",
        "page",
    ]
    assert list(in_order({"page": entry(quotes=True), "other": entry(quotes=True), "print": entry()})) == [
        "print",
        "page",
        "other",
    ]
    assert list(in_order(CHANNELS))[-1] == "html"


def test_a_need_that_is_not_registered_is_named_with_who_has_it() -> None:
    with pytest.raises(RegistryError, match="the channel 'page' needs 'sund', which is not registered"):
        in_order({"page": entry("sund"), "sound": entry()})


@pytest.mark.parametrize("page", [entry("print"), entry(quotes=True)])
def test_a_circle_is_named_whole(page: Entry) -> None:
    with pytest.raises(RegistryError, match=r"circle: (page → print → page|print → page → print)"):
        in_order({"page": page, "print": entry("page")})


def test_a_registry_at_fault_stops_every_command_before_it_begins(capsys: pytest.CaptureFixture[str]) -> None:
    assert pipeline.main(["check"], {"page": entry("sund")}) == 3
    assert capsys.readouterr().err == (
        "error: the channel 'page' needs 'sund', which is not registered\n    Registered: page.\n"
    )


def test_a_registry_without_options_has_a_command_line() -> None:
    """No channel has a voice, and no voice is asked for."""
    code = (
        "import pipeline, sys; from channels.base import Entry\n"
        "sys.exit(pipeline.main(['build', '--help'], {'print': Entry(path='a:B')}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--voice" not in done.stdout


def test_who_quotes_downloads_is_given_those_of_all_others_and_nothing_else_of_them() -> None:
    def file(path: str, *, taken: bool) -> File:
        return File(path=path, data=b"", media_type="", role="download" if taken else "asset")

    def rendering(name: str) -> Rendering:
        return Rendering(
            channel=name, files=(file(f"{name}.a", taken=True), file(f"{name}.b", taken=False)), notes=("n",)
        )

    entries = {
        "words": entry(publishes=False),
        "print": entry(),
        "sound": entry("words"),
        "page": entry("sound", quotes=True),
    }
    made = {name: rendering(name) for name in ("words", "print", "sound")}
    given = entries["page"].quoted(made, entries)
    assert given == {
        "words": made["words"],
        "print": Rendering(channel="print", files=(file("print.a", taken=True),)),
        "sound": made["sound"],
    }
    assert entries["sound"].quoted(made, entries) == {"words": made["words"]}


def test_what_a_channel_is_made_from_is_made_too_and_not_published() -> None:
    entries = in_order(
        {
            "words": entry(publishes=False),
            "sound": entry("words"),
            "book": replace(entry("words", "sound"), brings=("sound",)),
            "index": entry("sound"),
            "page": entry("sound", quotes=True),
        }
    )
    assert {name: chosen.publishes for name, chosen in chosen_of(entries, ["book"]).items()} == {
        "words": False,
        "sound": False,
        "book": True,
    }
    assert list(chosen_of(entries, ["page"])) == ["page"], "a page is made with what there is"
    assert list(chosen_of(entries, ["index"])) == ["index"], "what was not asked for is absent, where it is not brought"
    both = chosen_of(entries, ["page", "book"])
    made = {name: Rendering(channel=name, files=()) for name in ("words", "sound", "book")}
    assert both["page"].quoted(made, both).keys() == {"book"}, "a page leads to nothing that is not published"
    assert both["book"].quoted(made, both).keys() == {"words", "sound"}
