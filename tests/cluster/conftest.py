"""An S3 of our own for the tests of what many machines share (moto on 127.0.0.1, in an environment of its own), and
a cluster on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import botocore.session
import psutil
import pytest

from tests.conftest import ROOT, demand

MOTO = ROOT / ".tools" / "moto" / "bin" / "moto_server"
ACCOUNT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class S3:
    """The address at which it listens, and the environment in which programs find it."""

    endpoint: str

    @property
    def environment(self) -> dict[str, str]:
        return {**ACCOUNT, "AWS_ENDPOINT_URL": self.endpoint}

    @property
    def client(self) -> Any:
        """The client that botocore gives. It has no types and, unlike fsspec, no thread."""
        names = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        return botocore.session.get_session().create_client("s3", endpoint_url=self.endpoint, **names)

    def make_bucket(self, name: str) -> str:
        self.client.create_bucket(Bucket=name)
        return f"s3://{name}/cache"

    def objects(self, bucket: str) -> list[str]:
        return [found["Key"] for found in self.client.list_objects_v2(Bucket=bucket).get("Contents", [])]


CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=int(sys.argv[1]),
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A scheduler, and the process that holds its workers."""

    address: str
    pid: int

    def worker(self) -> psutil.Process:
        """One of its workers."""
        processes = psutil.Process(self.pid).children(recursive=True)
        return next(process for process in processes if "spawn_main" in " ".join(process.cmdline()))

    def kill(self) -> None:
        """Ends the scheduler, and then its workers, which would look for it for a while."""
        running = psutil.Process(self.pid)
        workers = running.children(recursive=True)
        running.kill()
        for worker in workers:
            with suppress(psutil.NoSuchProcess):
                worker.kill()


@contextmanager
def started_cluster(folder: Path, environment: Mapping[str, str], workers: int = 2) -> Iterator[Cluster]:
    """A cluster on this machine that works in `folder`."""
    (folder / "workers.py").write_text(CLUSTER)
    with ExitStack() as ended:
        running = subprocess.Popen(
            [sys.executable, "workers.py", str(workers)],
            cwd=folder,
            env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        ended.callback(running.wait, 30)
        assert running.stdin is not None and running.stdout is not None
        ended.callback(running.stdin.close)
        address = running.stdout.readline().strip()
        assert address.startswith("tcp://")
        yield Cluster(address=address, pid=running.pid)


class _Filling(BaseHTTPRequestHandler):
    """The part of S3 that a cache needs, with room for a few objects."""

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]
    room: int

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if len(self.objects) < self.room:
            self.objects[self.path] = data
            self._answer(200, b"")
        else:
            self._fault(403, "QuotaExceeded", "the bucket is full")

    def do_GET(self) -> None:
        if self.path in self.objects:
            self._answer(200, self.objects[self.path])
        else:
            self._fault(404, "NoSuchKey", "there is no such object")

    def do_HEAD(self) -> None:
        self.send_response(200 if self.path in self.objects else 404)
        self.send_header("Content-Length", str(len(self.objects.get(self.path, b""))))
        self.end_headers()

    def _fault(self, status: int, code: str, said: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code><Message>{said}</Message></Error>".encode())

    def _answer(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Logs nothing."""


@contextmanager
def filling_store(room: int) -> Iterator[str]:
    """The address of an S3 in this process with room for `room` objects."""
    handler = type("Filling", (_Filling,), {"objects": {}, "room": room})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


@pytest.fixture(scope="session")
def server() -> Iterator[S3]:
    demand(MOTO.exists(), "moto: run `make test`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    s3 = S3(endpoint=f"http://127.0.0.1:{port}")
    with ExitStack() as ended:
        moto = subprocess.Popen(
            [MOTO, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        ended.callback(moto.wait, 20)
        ended.callback(moto.terminate)
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield s3


@pytest.fixture
def s3(server: S3, monkeypatch: pytest.MonkeyPatch) -> S3:
    """The same server, found by this process and those that it starts."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server
