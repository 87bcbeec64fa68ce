"""What a run says of each unit: nothing of a channel of which nobody asks anything."""

from __future__ import annotations

import io

from commands.report import Plain
from publish.events import Begun, Rendered
from publish.results import Made


def test_a_channel_that_nobody_asks_is_counted_and_not_told() -> None:
    log = io.StringIO()
    report = Plain(io.StringIO(), log)
    report.tell(Begun(documents=1, units=2))
    idle = Made(channel="m4b", key=None, stored=False, seconds=0.01, idle=True)
    report.tell(Rendered(unit="guide/en m4b", made=idle))
    report.tell(Rendered(unit="guide/en audio", made=Made(channel="audio", key=None, stored=False, seconds=1.0)))
    assert log.getvalue() == "[2/2] guide/en audio: made in 1.0 s\n"
