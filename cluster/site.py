"""Sends an output folder to an address of an object store, in an order in which no reader meets half an edition.

A run builds into a folder of the cache, as it does into `dist/`, and then sends what differs. Of each edition it sends
first the files that only the page names (by their content), then the downloads, the page and the manifest. A mark at
the address lists the editions that are being sent. By it `verify` finds a run that was killed, and the next run sends
those editions whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from cluster.object_store import Address
from model.errors import Interrupted, NotOurs
from proof import proof_file
from publish import folder, manifest
from publish.manifest import NAME, read_manifest_in
from publish.own_json import read_json

MARK: Final = ".publishing"
"""The object that lists the editions that are being sent."""
ORDER: Final = ("asset", "part", "download", "page")
HALF_MADE: Final = "half-made: the run that began to publish it has not ended; build again"
TYPES: Final = {"s3": "ContentType", "gs": "content_type", "gcs": "content_type"}
"""The name by which each store's client takes the media type, which the store tells browsers."""
OF_NAMES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".xml": "application/xml",
    ".json": "application/json",
}


class Site:
    """The publications at `address`, and the folder `mirror`, which holds the same on this machine."""

    def __init__(self, address: str, mirror: Path) -> None:
        self._address, self._mirror = Address(address, "output"), mirror
        self._sheets: dict[str, bytes] = {}
        self._begun: set[str] = set()
        self.listed: dict[str, bytes] = {}
        """The files of the list of publications that stand there, by name."""

    def fetch(self, names: Iterable[str]) -> None:
        """Reads what stands at the address. `names` are the file names of the list of publications. Copies manifest
        and proof of each edition that another machine has made into the mirror, so that the list names it. Raises
        OutputError."""
        system, root = self._address.opened
        with self._address.faults("read"):
            there = [path.removeprefix(f"{root}/") for path in system.glob(f"{root}/*/*/{NAME}")]
            sheets = self._contents(there)
            self.listed = self._contents(names)
            begun = read_json(self._contents([MARK]).get(MARK, b"[]"), _places)
            self._sheets = {
                path.removesuffix(f"/{NAME}"): data for path, data in sheets.items() if read_manifest_in(data)
            }
            self._begun = set(self._sheets) if begun is None else begun
            new = [place for place in self._sheets if not (self._mirror / place).exists()]
            proofs = self._contents(f"{place}/{proof_file.NAME}" for place in new)
        for place in new:
            found = proofs.get(f"{place}/{proof_file.NAME}")
            files = [(NAME, self._sheets[place]), *([(proof_file.NAME, found)] if found else [])]
            folder.publish(self._mirror, place, files, foreign=manifest.foreign_in, flush=False)

    def send(self, names: Sequence[str], stop: Callable[[], bool] = lambda: False) -> bool:
        """Makes the address hold what the mirror holds. Returns False if it did already. `names` are the files of the
        list of publications, in the order in which they are sent. Raises OutputError, and Interrupted if `stop` says
        so: the mark then stays."""
        own = dict(_editions(self._mirror))
        changed = [place for place, data in own.items() if self._sheets.get(place) != data or place in self._begun]
        # If another machine has made an edition and begun to send it, only that machine has the files.
        changed = [place for place in changed if not manifest.faults_in(self._mirror / place)]
        gone = [place for place in self._sheets if not (self._mirror / place / NAME).exists()]
        listed = {name: (self._mirror / name).read_bytes() for name in names if (self._mirror / name).is_file()}
        if not changed and not gone and listed == self.listed:
            return False
        self._refuse_foreign(changed)
        with self._address.faults("write"):
            self._mark({*changed, *gone, *self._begun})
            for place in changed:
                if stop():
                    said = "stopped; what was sent of an edition is half of it until the next run"
                    raise Interrupted(said, "Run the same command again.")
                self._send_edition(place, own[place])
            for name, data in listed.items():
                self._put({name: data}, OF_NAMES.get(Path(name).suffix, ""))
            self._delete(name for name in self.listed if name not in listed)
            for place in gone:
                self._delete([*(f"{place}/{path}" for path in _digests(self._sheets[place])), f"{place}/{NAME}"])
            self._mark(self._begun.difference(changed, gone))
        return True

    def _send_edition(self, place: str, sheet: bytes) -> None:
        before = _digests(self._sheets.get(place, b""))
        known = {} if place in self._begun else before
        own = read_manifest_in(sheet)
        assert own is not None  # noqa: S101 (this run has written it)
        lines = [line for line in own["files"] if known.get(line["path"]) != line["sha256"]]
        lines.sort(key=_turn)
        for (_, media_type), group in groupby(lines, key=_turn):
            paths = [f"{place}/{line['path']}" for line in group]
            self._put({path: (self._mirror / path).read_bytes() for path in paths}, media_type)
        self._put({f"{place}/{NAME}": sheet}, OF_NAMES[".json"])
        self._delete(f"{place}/{path}" for path in before.keys() - _digests(sheet).keys())

    def _refuse_foreign(self, places: Iterable[str]) -> None:
        system, root = self._address.opened
        with self._address.faults("read"):
            for place in places:
                if place not in self._sheets and place not in self._begun and system.find(f"{root}/{place}"):
                    hint = "Move it away, or choose another address with --output."
                    raise NotOurs(f"{self._address.name}/{place} holds what no build has made", hint)

    # ------------------------------------------------------------------------------------------------ objects

    def _contents(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The contents of the objects that exist, by their paths at the address."""
        system, root = self._address.opened
        wanted = [f"{root}/{path}" for path in paths]
        found: Mapping[str, bytes | Exception] = system.cat(wanted, on_error="return") if wanted else {}
        contents = {}
        for path, data in found.items():
            if isinstance(data, bytes):
                contents[path.removeprefix(f"{root}/")] = data
            elif not isinstance(data, FileNotFoundError):
                raise data
        return contents

    def _put(self, files: Mapping[str, bytes], media_type: str) -> None:
        system, root = self._address.opened
        named = TYPES.get(system.protocol if isinstance(system.protocol, str) else system.protocol[0])
        said = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
        system.pipe({f"{root}/{path}": data for path, data in files.items()}, **({named: said} if named else {}))

    def _delete(self, paths: Iterable[str]) -> None:
        system, root = self._address.opened
        for path in paths:
            try:
                system.rm_file(f"{root}/{path}")
            except FileNotFoundError:
                continue

    def _mark(self, places: set[str]) -> None:
        """Writes the mark, which lists the editions that are being sent; removes it if there are none."""
        if places:
            self._put({MARK: json.dumps(sorted(places)).encode()}, OF_NAMES[".json"])
        else:
            self._delete([MARK])


def copy_of(address: str, to: Path) -> tuple[str, ...]:
    """Copies what stands at `address` into the folder `to`. Returns the editions that are half-made."""
    place = Address(address, "output")
    system, root = place.opened
    with place.faults("read"):
        if not system.find(root):
            return ()
        system.get(f"{root}/", str(to), recursive=True)
    mark = to / MARK
    begun = read_json(mark.read_bytes(), _places) if mark.exists() else set[str]()
    mark.unlink(missing_ok=True)
    return tuple(sorted({place for place, _ in _editions(to)} if begun is None else begun))


def _places(content: Any) -> set[str]:
    """The editions that a mark lists. A damaged mark may have meant any of them, and is answered with all."""
    if not isinstance(content, list) or not all(isinstance(place, str) for place in content):
        raise TypeError
    return set(content)


def _editions(output: Path) -> Iterable[tuple[str, bytes]]:
    """Yields the place of each edition in `output`, and its manifest."""
    for path in sorted(output.glob(f"*/*/{NAME}")):
        if folder.STAGING not in path.parts:
            yield path.parent.relative_to(output).as_posix(), path.read_bytes()


def _digests(sheet: bytes) -> dict[str, str]:
    """The digest of each file in a manifest, by its path."""
    content = read_manifest_in(sheet)
    return {line["path"]: line["sha256"] for line in content["files"]} if content else {}


def _turn(line: Mapping[str, Any]) -> tuple[int, str]:
    """The sort key of a file: when it is sent, and as which media type."""
    role = line.get("role", "asset")
    return ORDER.index(role) if role in ORDER else 0, line["media_type"]
