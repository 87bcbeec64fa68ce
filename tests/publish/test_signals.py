"""A request to stop is noted at any moment without raising there, and is over with the run."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from publish.signals import STOPS, asked_to_stop
from tests.conftest import ROOT

BLOCKED = """
import os
from publish import signals
signals.PATIENCE = 1
with signals.asked_to_stop():
    print("begun", flush=True)
    os.read(os.pipe()[0], 1)
"""


@pytest.mark.parametrize("sent", STOPS)
def test_a_signal_is_noted_where_an_exception_would_be_swallowed(sent: signal.Signals) -> None:
    class Leaving:
        def __del__(self) -> None:
            signal.raise_signal(sent)

    # Reset it first, because a signal that is ignored stays ignored.
    own = signal.signal(sent, signal.default_int_handler)
    try:
        with asked_to_stop() as stop:
            assert not stop()
            Leaving()
            assert stop()
        assert signal.getsignal(sent) is signal.default_int_handler
    finally:
        signal.signal(sent, own)


def test_a_run_that_waits_for_what_never_comes_is_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", BLOCKED], cwd=ROOT, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"begun\n"
        running.terminate()
        assert running.wait(20) == -signal.SIGALRM


def test_what_was_ignored_is_ignored() -> None:
    """Scripts ignore Ctrl-C for programs in the background."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with asked_to_stop() as stop:
            signal.raise_signal(signal.SIGINT)
            assert not stop()
    finally:
        signal.signal(signal.SIGINT, before)
