"""Which sources stand as published, and nothing they depend on has changed: of a thousand, all but the one just saved.

The same comparison as in `fresh`, source by source. A source that was warned about is never passed over: what is said
of it must be said again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from publish import fresh
from publish.edition import Edition
from publish.faults import writing
from publish.state import common_roots, newest, programs_of
from publish.worker import BuildConfig, Output


def standing(config: BuildConfig, sources: Sequence[Path]) -> dict[Path, Edition]:
    """The editions of those `sources` that need no look: their files are as they were put there."""
    known = _known(config)
    if not known or known["common"] != _common(known["far"], known["programs"]):
        return {}
    found = {}
    digests: dict[str, str] = {}
    for source in sources:
        entry = known["sources"].get(_name(source))
        if (
            entry is not None
            and entry["digest"] == _digest(source, digests)
            and _stands(config.output, entry["outputs"])
        ):
            found[source] = _edition(source, entry)
    return found


def remember(config: BuildConfig, editions: Iterable[Edition], began_ns: int) -> None:
    """Note what stands now. Left out: what was at fault or warned about, and what changed while this run went on."""
    editions = [edition for edition in editions if not edition.failed and not edition.diagnostics]
    far = sorted({path for edition in editions for path in edition.far})
    programs = list(programs_of(editions))
    common, known = _common(far, programs), _known(config)
    if newest([*common_roots(), *far]) > began_ns:  # after the digest: what changes in between is noticed
        return
    entries: dict[str, Any] = {}
    if known and (known["common"], known["far"], known["programs"]) == (common, far, programs):
        entries = known["sources"]
    digests: dict[str, str] = {}
    for edition in editions:
        digest = _digest(edition.source, digests)
        if newest([str(edition.source.parent)]) <= began_ns:
            entries[_name(edition.source)] = {
                "digest": digest,
                "place": edition.place,
                "title": edition.title,
                "far": edition.far,
                "programs": edition.programs,
                "outputs": [_listed(output) for output in edition.outputs],
                "named": [reason.rpartition(": ")[0] for reason in edition.reasons],
            }
    path = _path(config)
    with writing(path, "--cache"):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        temporary.write_text(json.dumps({"common": common, "far": far, "programs": programs, "sources": entries}))
        temporary.replace(path)


def _known(config: BuildConfig) -> dict[str, Any]:
    try:
        content = json.loads(_path(config).read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _path(config: BuildConfig) -> Path:
    """One record for each output and choice of channels and settings."""
    choice = repr((str(config.output.absolute()), list(config.channels), config.settings))
    return (
        config.cache / "state" / f"sources-{hashlib.sha256(choice.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"
    )


def _common(far: Sequence[str], programs: Sequence[str]) -> str:
    try:
        return fresh.digest_of([*common_roots(), *far], fresh.witnesses(tuple(programs)), [])
    except OSError:
        return ""


def _digest(source: Path, digests: dict[str, str]) -> str:
    """A digest of all that lies beside `source`, taken once for each folder."""
    folder = os.path.abspath(source.parent)  # noqa: PTH100
    if folder not in digests:
        try:
            digests[folder] = fresh.digest_of([folder], [], [])
        except OSError:
            digests[folder] = ""
    return digests[folder]


def _name(source: Path) -> str:
    return os.path.abspath(source)  # noqa: PTH100


def _stands(output: Path, outputs: Iterable[Sequence[Any]]) -> bool:
    for path, size, changed, *_ in outputs:
        try:
            look = os.stat(f"{output}/{path}")  # noqa: PTH116 (a thousand publications have twenty thousand files)
        except OSError:
            return False
        if (look.st_size, look.st_mtime_ns) != (size, changed):
            return False
    return True


def _listed(output: Output) -> tuple[object, ...]:
    look = (output.path, output.size, output.changed)
    return (*look, output.role, output.media_type, output.title, output.pages, output.seconds)


def _edition(source: Path, entry: dict[str, Any]) -> Edition:
    outputs = tuple(
        Output(
            path=path,
            size=size,
            changed=changed,
            role=role,
            media_type=media_type,
            title=title,
            pages=pages,
            seconds=seconds,
        )
        for path, size, changed, role, media_type, title, pages, seconds in entry["outputs"]
    )
    reasons = tuple(f"{name}: unchanged" for name in entry["named"])
    return Edition(
        source=source,
        place=entry["place"],
        title=entry["title"],
        outputs=outputs,
        reasons=reasons,
        far=tuple(entry["far"]),
        programs=tuple(entry["programs"]),
    )
