"""Turns the options of a command into the report that tells what its run does: for people, a terminal or a machine."""

from __future__ import annotations

import sys
from argparse import Namespace

from commands.report import Json, Plain, Quiet, Report


def report_of(options: Namespace) -> Report:
    """The report that the options ask for."""
    explain = options.command == "build" and options.explain
    if options.json:
        return Json()
    if options.quiet:
        return Quiet()
    if sys.stderr.isatty():
        from commands.terminal import Terminal  # noqa: PLC0415 (rich: 60 ms of a second, for nobody in a log)

        return Terminal(explain=explain)
    return Plain(explain=explain)
