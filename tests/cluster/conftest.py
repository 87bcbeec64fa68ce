"""An S3 of our own for the tests of what many machines share: moto on 127.0.0.1, in an environment of its own."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

import botocore.session
import pytest

from tests.conftest import ROOT, demand

MOTO = ROOT / ".tools" / "moto" / "bin" / "moto_server"
ACCOUNT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class S3:
    """Where it listens, and the environment in which programs find it."""

    endpoint: str

    @property
    def environment(self) -> dict[str, str]:
        return {**ACCOUNT, "AWS_ENDPOINT_URL": self.endpoint}

    @property
    def client(self) -> Any:
        """What botocore gives; it has no types and, unlike fsspec, no thread."""
        names = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        return botocore.session.get_session().create_client("s3", endpoint_url=self.endpoint, **names)

    def make_bucket(self, name: str) -> str:
        self.client.create_bucket(Bucket=name)
        return f"s3://{name}/cache"

    def objects(self, bucket: str) -> list[str]:
        return [found["Key"] for found in self.client.list_objects_v2(Bucket=bucket).get("Contents", [])]


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
    """The same, found by this process and those that it starts."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server
