"""The folder that a run works in: the one named with -C, the one it is typed in where that is a publisher's, else the
program's own. Asked first of all, so this module uses builtins only."""

from __future__ import annotations

import os

MARK = "source/publisher.yaml"
"""What makes a folder a publisher's."""


def home_of(arguments: list[str], root: str) -> tuple[list[str], str]:
    """The arguments without -C, and the folder that has `source/`, `dist/` and the cache. After -C FOLDER the run
    stands in that folder. OSError where it cannot."""
    if arguments[:1] == ["-C"] and len(arguments) > 1:
        os.chdir(arguments[1])
        return arguments[2:], os.getcwd()
    here = os.getcwd()
    return arguments, here if os.path.isfile(f"{here}/{MARK}") else root
