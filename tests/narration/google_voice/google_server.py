"""Stands in for Google's speech service: a proxy on this machine that takes CONNECT, then TLS, then answers in the
protocol of gTTS. Nothing leaves 127.0.0.1: it answers for any host."""

from __future__ import annotations

import base64
import functools
import io
import json
import re
import socket
import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import numpy as np

from channels.audio.encode import encode, write

HOST = "translate.google.co.uk"
RATE = 24_000


@dataclass(slots=True, kw_only=True)
class Request:
    """The content of one request."""

    host: str
    path: str
    headers: dict[str, str]
    text: str
    language: str


Answer = Callable[[Request, ssl.SSLSocket], None]
"""Answers a request on its connection."""


@dataclass(slots=True, kw_only=True)
class Google:
    """The server's memory. `plan` holds the answers for the next requests. After these, every request is answered
    with speech."""

    plan: list[Answer] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    connections: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@functools.cache
def mp3(text: str, seconds: float | None = None, rate: int = RATE) -> bytes:
    """Sound of a plausible length for `text`, with a quiet end like Google's."""
    length = round(rate * (seconds if seconds is not None else 0.3 + 0.06 * len(text)))
    wave = 8000 * np.sin(np.arange(length) * 0.05)
    wave[-round(0.1 * rate) :] = 0
    return write(encode([wave.astype(np.int16)], rate), rate, {})


def body_of(audio: bytes | None, cut: int | None = None) -> bytes:
    """An answer in the form of batchexecute. `cut` characters are left out at its end."""
    payload = None if audio is None else json.dumps([base64.b64encode(audio).decode()])
    line = json.dumps([["wrb.fr", "jQ1olc", payload, None, None, None, "generic"], ["di", 42], ["af.httprm", 42]])
    text = f")]}}'\n\n{len(line)}\n{line}\n25\n" + json.dumps([["e", 4, None, None, len(line)]])
    return text.encode()[: None if cut is None else len(line) - cut]


def http(status: str, body: bytes = b"", **headers: str) -> bytes:
    named = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body)), **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in named.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def spoken(request: Request, connection: ssl.SSLSocket) -> None:
    connection.sendall(http("200 OK", body_of(mp3(request.text))))


def always(answer: bytes) -> Answer:
    """Gives the same answer to every request."""
    return lambda _, connection: connection.sendall(answer)


def dripping(_: Request, connection: ssl.SSLSocket) -> None:
    """Sends an answer byte by byte, each in time, which would take an hour."""
    connection.sendall(http("200 OK", b"", Content_Length="100000"))
    with suppress(OSError):
        for _byte in range(200):
            connection.sendall(b" ")
            time.sleep(0.02)


def dripping_head(_: Request, connection: ssl.SSLSocket) -> None:
    """Never comes to its body."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Header: ")
    with suppress(OSError):
        for _byte in range(200):
            connection.sendall(b"x")
            time.sleep(0.02)


def reset(_: Request, connection: ssl.SSLSocket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def silence(_: Request, connection: ssl.SSLSocket) -> None:
    """Gives no answer for longer than a test waits."""
    time.sleep(1.5)


@contextmanager
def serve(context: ssl.SSLContext, google: Google) -> Iterator[str]:
    """The address of the proxy while it runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def accept() -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            google.connections += 1
            threads.append(threading.Thread(target=_converse, args=(connection, context, google), daemon=True))
            threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        accepting.join()
        listener.close()


def _converse(plain: socket.socket, context: ssl.SSLContext, google: Google) -> None:
    """Handles CONNECT, TLS, then requests until the other side ends."""
    plain.settimeout(5)
    try:
        asked = _head(plain)
        host = re.match(r"CONNECT (\S+):443 ", asked)
        assert host is not None, asked
        plain.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with context.wrap_socket(plain, server_side=True) as connection:
            while head := _head(connection):
                _answer(connection, host[1], head, google)
    except (OSError, ValueError):
        plain.close()


def _answer(connection: ssl.SSLSocket, host: str, head: str, google: Google) -> None:
    lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    body = b""
    while len(body) < int(headers["content-length"]):
        part = connection.recv(65536)
        if not part:
            raise ConnectionError("the request was cut off")
        body += part
    rpc = json.loads(urllib.parse.unquote(body.decode().removeprefix("f.req=").removesuffix("&")))
    text, language, *_ = json.loads(rpc[0][0][1])
    request = Request(host=host, path=lines[0].split()[1], headers=headers, text=text, language=language)
    with google.lock:
        google.requests.append(request)
        google.moments.append(time.monotonic())
        google.in_flight += 1
        google.most_in_flight = max(google.most_in_flight, google.in_flight)
        answer = google.plan.pop(0) if google.plan else spoken
    try:
        answer(request, connection)
    finally:
        with google.lock:
            google.in_flight -= 1


def _head(connection: socket.socket) -> str:
    """The head of a request, read byte by byte, so that nothing of the body is taken."""
    data = io.BytesIO()
    while not data.getvalue().endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            return ""
        data.write(byte)
    return data.getvalue().decode("latin-1").strip()
