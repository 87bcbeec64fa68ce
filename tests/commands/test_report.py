"""A run reports each unit, but not a channel that nobody asks about."""

from __future__ import annotations

import io
import json

from commands.report import Json, Plain
from commands.terminal import Terminal
from publish.events import Begun, Progressed, Rendered, Started
from publish.results import Made, Progress


def test_a_channel_that_nobody_asks_is_counted_and_not_told() -> None:
    log = io.StringIO()
    report = Plain(io.StringIO(), log)
    report.tell(Begun(documents=1, units=2))
    idle = Made(channel="m4b", key=None, stored=False, seconds=0.01, idle=True)
    report.tell(Rendered(unit="guide/en m4b", made=idle))
    report.tell(Rendered(unit="guide/en audio", made=Made(channel="audio", key=None, stored=False, seconds=1.0)))
    assert log.getvalue() == "[2/2] guide/en audio: made in 1.0 s\n"


def so_far(done: int, seconds: float) -> Progressed:
    return Progressed(unit="guide/en narration", progress=Progress(done=done, of=60, seconds=seconds))


def test_a_recording_that_takes_long_tells_its_pace_and_the_time_left() -> None:
    log, machine = io.StringIO(), io.StringIO()
    report = Plain(io.StringIO(), log)
    for done, seconds in ((5, 10.0), (10, 20.0), (12, 24.0), (50, 100.0), (51, 1020.0)):
        report.tell(so_far(done, seconds))
    Json(machine).tell(so_far(5, 10.04))
    assert log.getvalue() == (
        "guide/en narration: 10 of 60 sentences spoken, 0.5 a second, about 1 min 40 s left\n"
        "guide/en narration: 50 of 60 sentences spoken, 0.5 a second, about 20 s left\n"
        "guide/en narration: 51 of 60 sentences spoken, 3.0 a minute, about 3 min 0 s left\n"
    )
    assert json.loads(machine.getvalue()) == {
        "event": "progress",
        "unit": "guide/en narration",
        "done": 5,
        "of": 60,
        "seconds": 10.0,
    }


def test_a_terminal_shows_the_pace_beside_what_is_being_made() -> None:
    terminal = Terminal()
    terminal.tell(Started(unit="guide/en narration"))
    terminal.tell(so_far(10, 20.0))
    assert "narration (10 of 60 sentences spoken, 0.5 a second, about 1 min 40 s left)" in str(
        terminal.progress.tasks[0].description
    )
    made = Made(channel="narration", key=None, stored=True, seconds=1.0)
    terminal.tell(Rendered(unit="guide/en narration", made=made))
    assert terminal.progress.tasks[0].description == ""
