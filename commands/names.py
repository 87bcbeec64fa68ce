"""Turns a file or a folder that somebody typed into a path, or says what is wrong with its name.

Every argument and option that names a path goes through here. So no command meets a name that the system cannot even
ask for: one that is empty, too long, or a link that leads to itself.
"""

from __future__ import annotations

import argparse
import errno
import os
from pathlib import Path

from commands.home import holds_unseen, shown
from publish.fresh import ADDRESS

NEVER = {errno.ENAMETOOLONG: "it is too long", errno.ELOOP: "a link in it leads to itself"}
"""What no file or folder of that name can be, whatever stands there."""


def path(text: str) -> Path:
    """A file or a folder. Raises ArgumentTypeError where the name cannot be one."""
    return Path(checked(text))


def place(text: str) -> Path:
    """A folder, which is no address."""
    if ADDRESS in text:
        raise argparse.ArgumentTypeError(f"{text} is an address, where a folder is meant")
    return path(text)


def place_or_address(text: str) -> Path | str:
    """A folder, or an address as it is."""
    return text if ADDRESS in text else place(text)


def scheduler(text: str) -> str:
    """The address of a scheduler as it is: a host and a port, by tcp or tls."""
    scheme, _, place = text.rpartition("://")
    host, _, port = place.rpartition(":")
    numbered = port.isascii() and port.isdigit() and len(port) <= len("65535") and 0 < int(port) <= 65535
    if scheme not in ("", "tcp", "tls") or not host or not numbered:
        said = f"“{shown(text)}” is no address of a scheduler; write it like tcp://scheduler:8786"
        raise argparse.ArgumentTypeError(said)
    return text


def checked(text: str) -> str:
    """The name itself. An empty one, which a shell makes of a variable that is not set, would mean the current
    folder. A space at an end comes from pasting."""
    if not text.strip():
        raise argparse.ArgumentTypeError("an empty name is no folder and no file; write . for the folder you are in")
    if holds_unseen(text):
        raise argparse.ArgumentTypeError(f"“{shown(text)}” has a line break or another sign that nobody sees")
    try:
        Path(text).stat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{shown(text)}” has signs that no name can have") from None
    except OSError as error:
        if error.errno in NEVER:
            raise argparse.ArgumentTypeError(f"“{shown(text)}” cannot be a name: {NEVER[error.errno]}") from None
        if text != text.strip() and not os.path.lexists(text):
            raise argparse.ArgumentTypeError(f"“{shown(text)}” begins or ends with a space") from None
    return text
