"""The ledger of an edition: what was made from what, and how it looked when it was published.

The worker that publishes an edition writes its ledger, and the next run reads it. If source, program and files are
as they were, the edition is skipped. If it is made anew, the ledger tells what has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from publish import fresh
from publish.cache_key import ROOT, CacheKey
from publish.config import BuildConfig
from publish.edition import Edition
from publish.faults import writing
from publish.own_json import open_sealed, sealed
from publish.results import Output

T = TypeVar("T")
FORMAT = 2
FOLDER = "ledger"
LISTED = attrgetter(*Output.__slots__)
CODE = (
    *("pipeline.py", "schema.yaml", "publisher-schema.yaml"),
    *("model", "yaml_source", "languages", "reader", "narration", "channels", "proof"),
    *("publish", "cluster", "catalogue", "commands"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The record of an edition. `parts` are those of the document, each with its digest. `keys` are those of its
    renderings. `look` is a digest of everything that was read. It is "" if something changed while the edition was
    made, or if the edition has warnings, which must be shown again."""

    place: str
    title: str
    far: tuple[str, ...]
    programs: tuple[str, ...]
    outputs: tuple[Output, ...]
    parts: Mapping[str, str]
    keys: Mapping[str, CacheKey]
    look: str = ""


class Ledgers:
    """The ledgers of an output folder, one for each source."""

    def __init__(self, config: BuildConfig) -> None:
        self._config = config
        self._folder = config.cache / FOLDER
        self._output = config.output.absolute()
        self._kept: set[str] = set()
        self._digests: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}

    def get(self, source: Path) -> Ledger | None:
        """The ledger of what `source` was made into. None if there is none that can be read."""
        return kept_in(self._path(source), _ledger)

    def put(self, source: Path, ledger: Ledger) -> None:
        """Keeps `ledger`, if the run's editions are remembered. Raises OutputError."""
        if not self._config.remembered:
            return
        content = {"format": FORMAT, **_fields(ledger), "outputs": list(map(LISTED, ledger.outputs))}
        data = json.dumps(content, default=_fields).encode("utf-8", "surrogatepass")
        write_whole(self._path(source), sealed(data))

    def code(self, digest: str) -> Mapping[str, str]:
        """The files of code that have `digest` together, each with its own digest. Empty if they are not known."""
        found: dict[str, str] | None = kept_in(self._code_path(digest), dict)
        return found or {}

    def put_code(self, digest: str, code: Callable[[], Mapping[str, str]]) -> None:
        """Keeps the files of `code`. They are kept once, since many editions are made by the same code. Raises
        OutputError."""
        if self._config.remembered and digest not in self._kept and not self._code_path(digest).exists():
            data = json.dumps(dict(code())).encode("utf-8", "surrogatepass")
            write_whole(self._code_path(digest), sealed(data))
        self._kept.add(digest)

    def standing(self, sources: Iterable[Path]) -> dict[Path, Edition]:
        """The editions of those `sources` that are up to date: everything is as it was when they were published."""
        found = {}
        for source in sources:
            ledger = self.get(source)
            if ledger is None or not ledger.look or not as_published(self._config.output, ledger.outputs):
                continue
            if ledger.look == self.look(source, ledger.far, ledger.programs):
                found[source] = _edition(source, ledger)
        return found

    def look(self, source: Path, far: tuple[str, ...], programs: tuple[str, ...]) -> str:
        """A digest of everything that decides about an edition: what was chosen, the program when the run began,
        what lies beside `source`, the `far` files, and `programs` as they are installed. Each is looked at once in a
        run; a later change shows in the next run. "" if something cannot be read."""
        began = self._config.began
        if began is None or not began.program:
            return ""
        beside = self._digest((os.path.abspath(source.parent),), ())  # noqa: PTH100
        around = self._digest(far, programs)
        return _short(f"{self._config.choice}\0{began.program}\0{beside}\0{around}") if beside and around else ""

    def look_before(self, source: Path, far: tuple[str, ...], programs: tuple[str, ...]) -> str:
        """The same digest. It is "" if anything in it changed after the run began, since what was made may be older
        than that change."""
        look = self.look(source, far, programs)
        began = self._config.began
        if not look or began is None or _newest([os.path.abspath(source.parent), *far]) > began.at_ns:  # noqa: PTH100
            return ""
        return look

    def _digest(self, roots: tuple[str, ...], programs: tuple[str, ...]) -> str:
        if (roots, programs) not in self._digests:
            self._digests[roots, programs] = digest_now(roots, programs)
        return self._digests[roots, programs]

    def _path(self, source: Path) -> Path:
        return self._folder / _short(f"{self._output}\0{source.absolute()}")

    def _code_path(self, digest: str) -> Path:
        return self._folder / f"code-{digest}"


def digest_now(roots: Iterable[str], programs: tuple[str, ...] = ()) -> str:
    """A digest of what is under `roots` and of `programs` as they are installed. "" if something cannot be read."""
    try:
        return fresh.digest_of(list(roots), fresh.witnesses(programs) if programs else [], [])
    except OSError:
        return ""


def program_roots() -> list[str]:
    """The files that every edition depends on: the program, with the fixed words and lexicons of the languages."""
    return [str(ROOT / name) for name in CODE]


def as_published(output: Path, outputs: Iterable[Output]) -> bool:
    """True if everything in `output` is still as it was published."""
    for item in outputs:
        try:
            state = os.stat(f"{output}/{item.path}")  # noqa: PTH116 (a thousand publications have twenty thousand files)
        except OSError:
            return False
        if (state.st_size, state.st_mtime_ns) != (item.size, item.changed):
            return False
    return True


def write_whole(path: Path, data: bytes) -> None:
    """Makes the file at `path` in the cache hold `data`. The file is whole at every moment. Raises OutputError."""
    with writing(path, "--cache"):
        temporary = Path(f"{path}.{os.getpid()}")
        try:
            temporary.write_bytes(data)
        except FileNotFoundError:  # only the first time: to ask each time takes as long as to write
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        temporary.replace(path)


def kept_in(path: Path, into: Callable[[Any], T]) -> T | None:
    """What `into` makes of a sealed file in the cache. None if there is none that can be read."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return open_sealed(data, into)


def _newest(roots: list[str]) -> int:
    """When anything under `roots` last changed, in nanoseconds. Folders count too, since a file may be gone from
    them."""
    return fresh.looks_of(fresh.paths_under(roots))[1]


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _fields(node: Ledger | CacheKey) -> dict[str, object]:
    return {name: getattr(node, name) for name in node.__slots__}


def _ledger(content: dict[str, Any]) -> Ledger | None:
    """A ledger from its JSON, which has neither tuples nor dataclasses. None for one of another version."""
    if content.pop("format") != FORMAT:
        return None
    outputs = tuple(Output(**dict(zip(Output.__slots__, output, strict=True))) for output in content.pop("outputs"))
    keys = {name: CacheKey(**{**key, **_pairs(key)}) for name, key in content.pop("keys").items()}
    far, programs = tuple(content.pop("far")), tuple(content.pop("programs"))
    return Ledger(outputs=outputs, keys=keys, far=far, programs=programs, **content)


def _pairs(key: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple((one, digest) for one, digest in key[name]) for name in ("inputs", "needs")}


def _edition(source: Path, ledger: Ledger) -> Edition:
    titled = (item.path for item in ledger.outputs if item.title or item.pages is not None)
    return Edition(
        source=source,
        place=ledger.place,
        title=ledger.title,
        outputs=ledger.outputs,
        reasons=tuple(f"{path.removeprefix(ledger.place + '/')}: unchanged" for path in titled),
        far=ledger.far,
        programs=ledger.programs,
    )
