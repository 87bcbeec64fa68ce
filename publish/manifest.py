"""Turns a published edition into `manifest.json`, which says what it holds and was made from. Checks a folder
against it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from channels.base import File, Rendering
from model.document import Change, Document
from model.inlines import Sentence
from model.traverse import text_of
from proof import proof_file
from publish.faults import output_error
from publish.own_json import read_json

NAME = "manifest.json"
AS_WRITTEN = json.JSONEncoder(ensure_ascii=False)
LARGEST = 256 * 1024
"""The most bytes of a file whose entry is remembered."""
FORMAT = 1
LEFT_BY_SYSTEMS: Final = frozenset({".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", "@eaDir"})
LEFT_BEGIN: Final = ("._", ".nfs", ".fuse_hidden")
"""Names, and beginnings of names, of what file managers and file systems put into any folder. Nobody misses it."""


def manifest_of(
    document: Document, digest: str, renderings: Iterable[Rendering], made_with: Mapping[str, str]
) -> bytes:
    """The manifest of an edition, as the bytes of its file. `digest` is the document's. `made_with` is the
    fingerprint of each channel: its settings and its tools' versions."""
    content = {
        "format": FORMAT,
        "publication": document.id,
        "language": document.language,
        "title": text_of(document.title.inlines),
        "summary": text_of(document.summary.inlines),
        "publisher": text_of(document.publisher.name.inlines),
        "status": document.status,
        **_for_lists(document),
        "source_digest": digest,
        "made_with": dict(sorted(made_with.items())),
    }
    lines = [_line(file, rendering.channel) for rendering in renderings for file in rendering.files]
    files = f"[{','.join(lines)}\n ]" if lines else "[]"
    return f'{{{_entries(content, " ")},\n "files": {files}\n}}\n'.encode("utf-8", "surrogatepass")


def _entries(content: Mapping[str, object], margin: str) -> str:
    """The keys and values of a mapping as `json.dumps` writes them with an indent, but ten times as quickly: with one
    it writes each sign by itself."""
    return ",".join([f'\n{margin}"{key}": {_value(value, margin)}' for key, value in content.items()])


def _value(value: object, margin: str) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", f"\n{margin}")
    return AS_WRITTEN.encode(value)


def _for_lists(document: Document) -> dict[str, object]:
    """The facts for lists of publications, if the source gives them: dates, changes, subjects, address, brand."""
    postal = document.publisher.address
    logo, colours, dates = document.publisher.logo, document.publisher.colours, document.dates
    known = {
        "url": document.url,
        "accessibility": document.accessibility,
        "privacy": document.privacy,
        "feedback": " ".join(text_of(sentence.inlines) for sentence in document.feedback),
        "address": [text_of(line.inlines) for line in postal.lines] if postal else None,
        "published": dates.published and dates.published.isoformat(),
        "reviewed": dates.reviewed and dates.reviewed.isoformat(),
        "tags": list(document.tags),
        "changes": [{"day": change.day.isoformat(), "text": _text(change)} for change in document.changes],
        "logo": logo and {"alternative": logo.alternative, "width": logo.width, "height": logo.height},
        "colours": colours and {"brand": colours.brand, "accent": colours.accent},
    }
    return {key: value for key, value in known.items() if value}


def _text(change: Change) -> str:
    """The words of a change, without the day that it begins with."""
    first, *rest = change.sentences
    own = Sentence(id=first.id, inlines=first.inlines[2:])
    return " ".join(text_of(sentence.inlines) for sentence in (own, *rest))


def _line(file: File, channel: str) -> str:
    """The entry of a file as it stands in the list. That of a small asset is remembered, since editions share fonts,
    styles and scripts."""
    shared = file.role == "asset" and len(file.data) <= LARGEST
    return _remembered(file, channel) if shared else _written(file, channel)


def _written(file: File, channel: str) -> str:
    line: dict[str, object] = {
        "path": file.path,
        "channel": channel,
        "media_type": file.media_type,
        "role": file.role,
        "size": len(file.data),
        "sha256": hashlib.sha256(file.data).hexdigest(),
    }
    if file.title:
        line["title"] = file.title
    if file.pages is not None:
        line["pages"] = file.pages
    if file.seconds is not None:
        line["seconds"] = round(file.seconds, 3)
    return f"\n  {{{_entries(line, '   ')}\n  }}"


_remembered = lru_cache(maxsize=32)(_written)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest in `folder`. None if there is none, or if this program did not write it."""
    try:
        return read_manifest_in((folder / NAME).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise output_error(error, f"cannot read {folder / NAME}") from error


def read_manifest_in(data: bytes) -> dict[str, Any] | None:
    """The same of what a file holds."""
    return read_json(data, lambda content: content if _is_ours(content) else None)


def foreign_in(folder: Path) -> tuple[Path, ...]:
    """What somebody else has put into `folder`: the folder itself if no build has made it, else all files and links
    that its manifest does not list. What systems leave in any folder does not count. Empty folders do not, either."""
    manifest = read_manifest(folder)
    if manifest is None:
        return (folder,)
    listed = {NAME, *(line["path"] for line in manifest["files"])}
    found: list[Path] = []
    unread: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unread.append):
        inner = Path(place)
        links = [name for name in folders if (inner / name).is_symlink()]
        folders[:] = [name for name in folders if name not in LEFT_BY_SYSTEMS]
        paths = (inner / name for name in (*files, *links) if not _is_left_by_systems(name))
        found += (path for path in paths if path.relative_to(folder).as_posix() not in listed)
    return tuple(sorted((*found, *(Path(error.filename) for error in unread))))


def _is_left_by_systems(name: str) -> bool:
    return name in LEFT_BY_SYSTEMS or name.startswith(LEFT_BEGIN)


def _is_ours(content: Any) -> bool:
    """True if `content` has everything that a manifest of this program has, each of the right type. Other programs
    also write files named manifest.json."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return False
    said = ("publication", "language", "title", "summary", "publisher", "status")
    files = content.get("files")
    return (
        all(isinstance(content.get(key), str) for key in said) and isinstance(files, list) and all(map(_is_line, files))
    )


def _is_line(line: Any) -> bool:
    if not isinstance(line, dict) or not isinstance(line.get("size"), int):
        return False
    if not all(isinstance(line.get(key), str) for key in ("path", "media_type", "sha256")):
        return False
    path = PurePosixPath(line["path"])
    return not path.is_absolute() and ".." not in path.parts and "\0" not in line["path"]


def faults_in(folder: Path) -> tuple[str, ...]:
    """The differences between a published folder and its manifest, a line for each. Empty if they agree. If a build
    exchanges the folder meanwhile, it is read again, since half of one edition and half of the next prove nothing."""
    while True:
        before = _identity(folder)
        faults = _faults_now(folder)
        if _identity(folder) == before:
            return faults


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _faults_now(folder: Path) -> tuple[str, ...]:
    manifest = read_manifest(folder)
    if manifest is None:
        return (f"{folder / NAME}: no manifest",)
    faults = []
    listed = {NAME, *(line["path"] for line in manifest["files"])}
    folders = {parent.as_posix() for path in listed for parent in PurePosixPath(path).parents}
    for line in manifest["files"]:
        fault = _fault(folder / line["path"], line)
        if fault:
            faults.append(f"{folder / line['path']}: {fault}")
    if proof_file.NAME in listed and not faults:
        found = faults_in_proof((folder / proof_file.NAME).read_bytes(), listed)
        faults += [f"{folder / proof_file.NAME}: {fault}" for fault in found]
    for path in sorted(folder.rglob("*")):
        if path.relative_to(folder).as_posix() not in (folders if path.is_dir() else listed):
            faults.append(f"{path}: not in the manifest")
    return tuple(faults)


def faults_in_proof(data: bytes, listed: Set[str]) -> list[str]:
    """The faults of a published proof, a line for each. `listed` are the files of the edition."""
    found = read_json(data, lambda content: list(proof_file.faults_in(content, listed)))
    return ["it is no proof"] if found is None else found


def _fault(path: Path, line: Mapping[str, Any]) -> str:
    """The fault of one file; "" if there is none."""
    try:
        if path.stat().st_size != line["size"]:
            return f"{path.stat().st_size} bytes, where the manifest says {line['size']}"
        if hashlib.sha256(path.read_bytes()).hexdigest() != line["sha256"]:
            return "its content is not what the manifest says"
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return ""
