"""Keeps finished work in an object store that many machines share (S3, GCS …), by fsspec.

An entry is one object with the same content as a file of the DiskStore. It is made where it is absent and never
changed, so any number of machines share a store without locks. Its digest is checked when it is read. Nothing is
ever listed. A rule of the object store itself removes what was not used for long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from model.errors import OutputError, ToolMissing
from publish.faults import output_error
from publish.store import RENDERINGS, digest_of_entry, place_of_entry

PATIENCE = {"connect_timeout": 10, "read_timeout": 20, "retries": {"mode": "standard", "total_max_attempts": 3}}
"""The settings of the client of S3: the seconds that it waits for a connection and for an answer, and how often it
asks. As it is set otherwise, an endpoint that hangs takes seven minutes."""
TRIES = 2
"""How often a read is begun whose answer breaks off."""
HINT = "Is the address right, the bucket there, and may this account read and write it?"


class Address:
    """A place in an object store ("s3://bucket/cache"). `what` is the option that names it: "cache" or "output"."""

    def __init__(self, address: str, what: str) -> None:
        self.name, self._what = address.rstrip("/"), what

    @cached_property
    def opened(self) -> tuple[Any, str]:
        """The file system and the path in it. The imports are late since they take 0.4 s, which a run with a folder
        does not need."""
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415

            patient = {"config_kwargs": PATIENCE} if self.name.startswith(("s3://", "s3a://")) else {}
            system, root = url_to_fs(self.name, use_listings_cache=False, **patient)
            if patient:
                system.retries = TRIES
        except (ImportError, ValueError) as error:
            said = f"--{self._what} {self.name}: {error}"
            raise ToolMissing(said, "Run `make cluster`, or name a folder.") from error
        return system, root

    @contextmanager
    def faults(self, doing: str) -> Iterator[None]:
        """Turns errors of the store's client into an OutputError."""
        system, _ = self.opened
        try:
            yield
        except _raised_by(system) as error:
            said = f"cannot {doing} the {self._what} {self.name}"
            if isinstance(error, OSError) and error.errno:
                raise output_error(error, said, f"--{self._what}") from error
            raise OutputError(f"{said}: {error}", HINT) from error


class SharedStore:
    """A `channels.base.Store` at an address."""

    def __init__(self, address: str) -> None:
        self._address = Address(address, "cache")

    def get(self, key: str) -> bytes | None:
        """The data kept under `key`, or None. Raises OutputError if the store cannot be read."""
        system, path = self._place(key)
        with self._address.faults("read"):
            try:
                entry: bytes = system.cat_file(path)
            except FileNotFoundError:
                return None
            if entry[:32] == digest_of_entry(key, entry[32:]):
                return entry[32:]
            system.rm_file(path)
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keeps `data` under `key`, unless it is there. Raises OutputError if the store cannot be written."""
        system, path = self._place(key)
        with self._address.faults("write"):
            try:
                system.pipe_file(path, digest_of_entry(key, data) + data, mode="create")
            except FileExistsError:
                return

    def _place(self, key: str) -> tuple[Any, str]:
        system, root = self._address.opened
        return system, f"{root}/{RENDERINGS}/{place_of_entry(key)}"


def _raised_by(system: Any) -> tuple[type[Exception], ...]:
    """The exceptions that a file system raises: OSError, and for S3 also what its client raises before it has asked
    anybody (ValueError for an endpoint that is no address). That import is done already and takes 0 ms."""
    if "s3" not in system.protocol:
        return (OSError,)
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415

    return (OSError, ValueError, BotoCoreError)
