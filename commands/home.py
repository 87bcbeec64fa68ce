"""Turns the arguments into the folder that a run works in.

It is the folder named with -C, else the current folder if that is a publisher's, else the program's own. This is
asked first of all, so the module uses builtins only.
"""

from __future__ import annotations

import errno
import os

MARK = "source/publisher.yaml"
"""The file that makes a folder a publisher's."""

LONGEST = 160
"""Signs of a name in a message."""


def shown(name: str) -> str:
    """A name in a message, in signs that a terminal shows. Of a very long one the middle is left out: its end says
    most."""
    short = name if len(name) <= LONGEST else f"{name[: LONGEST // 2]}…{name[-LONGEST // 2 :]}"
    return short if short.isprintable() else ascii(short)


def holds_unseen(name: str) -> bool:
    """True if a name has a line break, which comes from pasting, or another sign that nobody sees."""
    return any(ord(sign) < 32 or ord(sign) == 127 for sign in name)


def home_of(arguments: list[str], root: str) -> tuple[list[str], str]:
    """The arguments without -C, and the folder that has `source/`, `dist/` and the cache. After -C FOLDER the run
    changes into that folder. Raises OSError if it cannot."""
    if arguments[:1] == ["-C"] and len(arguments) > 1:
        try:
            if holds_unseen(arguments[1]):
                raise ValueError
            os.chdir(arguments[1])
        except ValueError:
            raise OSError(errno.EINVAL, "no folder can have that name", arguments[1]) from None
        return arguments[2:], os.getcwd()
    here = os.getcwd()
    return arguments, here if os.path.isfile(f"{here}/{MARK}") else root
