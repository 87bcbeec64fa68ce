"""Turns what a rendering is made from (document, fingerprint, inputs, code, what it quotes) into its key in the store.

A key does not say where a file lies or when it was written. So a touched file, a moved comment or another checkout
give the same key.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from channels.base import Channel, Rendering
from model.document import Document

ROOT = Path(__file__).parent.parent
PROGRAM, SOURCES = f"{ROOT}/", f"{ROOT}/source/"
OWN = rb"(?:channels|model|yaml_source|languages|reader|narration)"
OWN_IMPORT = re.compile(
    rb"^\s*(?:from|import)\s+(" + OWN + rb"[\w.]*)(?:\s+import\s+(?:\(([^)]*)\)|([\w, ]+)))?", re.MULTILINE
)
NAMES = re.compile(rb"\w+")
QUOTED = 2
"""How many renderings are remembered with their digests: the narration and the recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheKey:
    """Everything that decides the bytes of one rendering. `inputs` and `needs` are pairs of name and digest. `code`
    is one digest."""

    document: str
    fingerprint: str
    inputs: tuple[tuple[str, str], ...]
    code: str
    needs: tuple[tuple[str, str], ...]

    def name(self) -> str:
        """The key under which the store keeps the rendering."""
        return "rendering " + hashlib.sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()


class Hashes:
    """Digests of files. Each is taken once, and again only if the file's size, times or inode change."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, ...], str]] = {}
        self._code: dict[str, str] = {}
        self._quoted: deque[tuple[Rendering, str]] = deque(maxlen=QUOTED)

    def of(self, path: Path) -> str:
        """The SHA-256 of the file at `path`. "absent" where there is none."""
        try:
            state = os.stat(path)  # noqa: PTH116 (half the time of Path.stat, for a dozen files of each page)
            look = (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
            known = self._known.get(path)
            if known is not None and known[0] == look:
                return known[1]
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return "absent"
        self._known[path] = (look, digest)
        return digest

    def of_code(self, channel: Channel) -> str:
        """One digest of all files of `channel`'s code. Taken once, since a process keeps the code that it loaded,
        and looking at its hundred files takes as long as the digest of a document."""
        module = type(channel).__module__
        if module not in self._code:
            self._code[module] = digest_of_pairs(code_digests(channel, self).items())
        return self._code[module]

    def of_quoted(self, rendering: Rendering) -> str:
        """The digest of a rendering that channels quote. Taken once for the latest, which one channel after the other
        quotes: a recording takes 4 ms."""
        for known, digest in self._quoted:
            if known is rendering:
                return digest
        digest = digest_of(rendering)
        self._quoted.append((rendering, digest))
        return digest

    def forget(self, folder: Path) -> None:
        """Forgets the files in `folder`, which is deleted."""
        for path in [path for path in self._known if path.is_relative_to(folder)]:
            del self._known[path]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """The thing to publish: a document, its digest, those of its `parts`, and the source that it was read from."""

    document: Document
    digest: str
    source: Path
    parts: Mapping[str, str] = field(default_factory=dict)


def cache_key_of(channel: Channel, subject: SourceDocument, made: Mapping[str, Rendering], hashes: Hashes) -> CacheKey:
    """The key of `subject` in `channel`. `made` are the renderings that it quotes."""
    return CacheKey(
        document=subject.digest,
        fingerprint=channel.fingerprint(),
        inputs=inputs_of(channel, subject, hashes),
        code=hashes.of_code(channel),
        needs=tuple((name, hashes.of_quoted(rendering)) for name, rendering in sorted(made.items())),
    )


def code_digests(channel: Channel, hashes: Hashes) -> dict[str, str]:
    """The files of `channel`'s code, each with its digest now."""
    return {name: hashes.of(path) for name, path in code_of(type(channel).__module__)}


def digest_of_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """One digest for pairs of name and digest."""
    return hashlib.sha256(repr(sorted(pairs)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def inputs_of(channel: Channel, subject: SourceDocument, hashes: Hashes) -> tuple[tuple[str, str], ...]:
    """The files that `channel` reads for `subject`, each with its digest now."""
    beside = f"{os.path.abspath(subject.source.parent)}/"  # noqa: PTH100
    return tuple(sorted((_name(path, beside), hashes.of(path)) for path in channel.inputs(subject.document)))


def digest_of(rendering: Rendering) -> str:
    """The SHA-256 of what a rendering gives to the channels that quote it: files and clips. Notes are left out,
    since they tell how it was made."""
    state = hashlib.sha256()
    for file in rendering.files:
        look = (file.path, len(file.data), file.media_type, file.role, file.title, file.pages, file.seconds)
        state.update(repr(look).encode())
        state.update(file.data)
    state.update(repr(rendering.clips).encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def _name(path: Path, beside: str) -> str:
    """The name of an input in a key: its place in the folder `beside` the source or in the program, independent of this
    machine."""
    absolute = os.path.abspath(path)  # noqa: PTH100 (resolve would follow links out of the project)
    if absolute.startswith(beside):
        return absolute.removeprefix(beside)
    own = absolute.startswith(PROGRAM) and not absolute.startswith(SOURCES)
    return absolute.removeprefix(PROGRAM) if own else path.name


@cache
def code_of(module: str) -> tuple[tuple[str, Path], ...]:
    """The files of a channel's `module` and folder, and of every module of this program that it imports, directly or
    not, each with its place in the project. They are found by reading the sources, since what happens to be imported
    proves nothing. Found once, since a process keeps the code that it loaded."""
    seen: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in seen and (found := _file_of(name)) is not None:
            seen[name] = found
            waiting += _imported_by(found)
    return tuple((str(path.relative_to(ROOT)), path) for path in sorted({*seen.values(), *_folder_of(module)}))


def _folder_of(module: str) -> list[Path]:
    """All files in a channel's own folder, since templates and fonts count as its code."""
    if not module.startswith("channels."):
        return []
    folder = ROOT / "channels" / module.split(".")[1]
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


@cache
def _imported_by(file: Path) -> tuple[str, ...]:
    """The names of the modules of this program that `file` imports. Found once, for all channels that lead to it:
    a dozen channels would take 0.2 s otherwise."""
    names: dict[str, None] = {}
    for match in OWN_IMPORT.finditer(file.read_bytes()):
        package = match[1].decode()
        names[package] = None
        found = _file_of(package)
        if found is not None and found.name == "__init__.py":  # what is imported from a module is no module
            names |= dict.fromkeys(f"{package}.{name.decode()}" for name in NAMES.findall(match[2] or match[3] or b""))
    return tuple(names)


@cache
def _file_of(module: str) -> Path | None:
    """The file of a module of this program. None for a name that is not a module."""
    base = f"{ROOT}/{module.replace('.', '/')}"
    return next((Path(path) for path in (f"{base}.py", f"{base}/__init__.py") if os.path.isfile(path)), None)  # noqa: PTH113 (for every import)
