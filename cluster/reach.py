"""Turns the address of a scheduler into the certainty that a Dask server listens there.

Dask itself would wait for minutes for what listens and never answers, and would take an answer of another protocol for
a length of exabytes.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Final

from model.errors import ClusterError

START_ONE: Final = "Start one: `dask scheduler`."
AGAIN: Final = 0.2  # seconds between two attempts
HEAD: Final = struct.Struct("<Q")
"""The length of what follows, with which a Dask server greets."""
LONGEST_GREETING: Final = 100_000  # bytes


def reach(address: str, patience: float) -> None:
    """Returns once a Dask server greets at `address`. Raises ClusterError if none has after `patience` seconds, or if
    another server answers."""
    scheme, _, place = address.rpartition("://")
    host, _, port = place.rpartition(":")
    until = time.monotonic() + patience
    while True:
        left = max(AGAIN, until - time.monotonic())
        try:
            with socket.create_connection((host.strip("[]"), int(port)), timeout=left) as server:
                if scheme == "tls" or _greets(server):  # by TLS, who asks speaks first
                    return
            raise ClusterError(f"what listens at {address} is no scheduler", START_ONE)
        except (OSError, UnicodeError) as error:  # UnicodeError: for a host that no name server can be asked for
            if left <= AGAIN:
                raise ClusterError(f"no scheduler answers at {address}", START_ONE) from error
            time.sleep(AGAIN)


def _greets(server: socket.socket) -> bool:
    """True if a Dask server's greeting comes in the time that the socket has."""
    said = b""
    while len(said) < HEAD.size:
        try:
            more = server.recv(HEAD.size - len(said))
        except TimeoutError:
            return False
        if not more:
            return False
        said += more
    length: int = HEAD.unpack(said)[0]
    return 0 < length < LONGEST_GREETING
