"""Before Dask is asked, it is certain that a Dask server listens at an address."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest

from cluster.reach import HEAD, reach
from model.errors import ClusterError


@contextmanager
def listening(said: bytes | None) -> Iterator[str]:
    """The address of a server that says something to whoever connects, and ends. One that says None keeps silent."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        silent = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    asked, _ = server.accept()
                    if said is None:
                        silent.append(asked)
                    else:
                        asked.sendall(said)
                        asked.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("said", [None, b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff" * 100, HEAD.pack(0)])
def test_what_is_no_scheduler_is_told_in_time(said: bytes | None) -> None:
    begin = time.monotonic()
    with listening(said) as address, pytest.raises(ClusterError, match=f"what listens at {address} is no scheduler"):
        reach(address, 0.5)
    assert time.monotonic() - begin < 10


def test_one_that_greets_is_reached() -> None:
    with listening(HEAD.pack(200) + b"greeting") as address:
        reach(address, 5)
        reach(address.replace("tcp://", ""), 5)


def test_where_no_connection_comes_about_nobody_is_said_to_listen() -> None:
    """As behind a firewall, which answers nothing. Here the queue of those who wait for a connection is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as waiting:
        for _ in range(4):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        with pytest.raises(ClusterError, match="no scheduler answers at"):
            reach(f"tcp://127.0.0.1:{server.getsockname()[1]}", 0.3)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tcp://nowhere.invalid:8786", f"{'x' * 70}:1"])
def test_where_nobody_listens_that_is_told(address: str) -> None:
    with pytest.raises(ClusterError, match="no scheduler answers at"):
        reach(address, 0.3)
