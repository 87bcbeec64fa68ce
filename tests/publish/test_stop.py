"""Being asked to stop is noted wherever it strikes, raises nothing there, and is over with the run."""

from __future__ import annotations

import signal

import pytest

from publish.stop import STOPS, asked_to_stop


@pytest.mark.parametrize("sent", STOPS)
def test_a_signal_is_noted_where_an_exception_would_be_swallowed(sent: signal.Signals) -> None:
    class Leaving:
        def __del__(self) -> None:
            signal.raise_signal(sent)

    before = [signal.getsignal(number) for number in STOPS]
    with asked_to_stop() as stop:
        assert not stop()
        Leaving()
        assert stop()
    assert [signal.getsignal(number) for number in STOPS] == before
