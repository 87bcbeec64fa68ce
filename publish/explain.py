"""Why an edition was made or not: its recipe beside the one of last time, in an editor's words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from channels.base import File, Rendering
from publish.cache_key import Recipe
from publish.faults import writing

Parts = Mapping[str, str]
NEW = "not made before"


class Records:
    """What each edition of an output folder was made from last time. Only explanations rest on it."""

    def __init__(self, folder: Path, output: Path) -> None:
        self._folder = folder
        self._output = str(output.absolute())

    def get(self, place: str) -> dict[str, Any] | None:
        """The record of `place`, None where there is none to be read."""
        try:
            content = json.loads(self._path(place).read_bytes())
        except (OSError, ValueError):
            return None
        return content if isinstance(content, dict) else None

    def put(self, place: str, parts: Parts, recipes: Mapping[str, Recipe]) -> None:
        """Remember what `place` is made from now."""
        content = {
            "parts": dict(parts),
            "channels": {
                name: {
                    "fingerprint": recipe.fingerprint,
                    "inputs": dict(recipe.inputs),
                    "code": dict(recipe.code),
                    "needs": dict(recipe.needs),
                }
                for name, recipe in recipes.items()
            },
        }
        data = json.dumps(content).encode("utf-8", "surrogatepass")
        path = self._path(place)
        if path.exists() and path.read_bytes() == data:
            return
        with writing(path, "--cache"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def _path(self, place: str) -> Path:
        name = hashlib.sha256(f"{self._output}\0{place}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
        return self._folder / f"{name}.json"


def reasons_for(
    record: Mapping[str, Any] | None,
    parts: Parts,
    recipes: Mapping[str, Recipe],
    renderings: Mapping[str, Rendering],
    target: Path,
) -> tuple[str, ...]:
    """A line for each edition: "large-print.pdf: section ‘Breaking the chain’ changed"."""
    lines = []
    for name, rendering in renderings.items():
        before = record["channels"].get(name) if record else None
        why = _why(record["parts"] if record else {}, parts, before, recipes[name])
        for file in rendering.files:
            if file.title or file.pages is not None:
                lines.append(f"{file.path}: {_of_file(file, why, target)}")
    return tuple(lines)


def _of_file(file: File, why: str, target: Path) -> str:
    """Why one file is made, or how it comes that it is the same although its channel had to look."""
    try:
        same = (target / file.path).read_bytes() == file.data
    except OSError:
        return why or "not there"
    if same:
        return f"the same although {why}" if why and why != NEW else "unchanged"
    return why or "not as it was published"


def _why(before_parts: Parts, parts: Parts, before: Mapping[str, Any] | None, recipe: Recipe) -> str:
    """What changed for one channel; nothing where nothing did."""
    if before is None:
        return NEW
    changes = [f"{name} {how}" for name, how in _differences(before_parts, parts)]
    if before["fingerprint"] != recipe.fingerprint:
        changes.append(f"settings or tools changed ({before['fingerprint']} → {recipe.fingerprint})")
    changes += [f"{name} {how}" for name, how in _differences(before["inputs"], dict(recipe.inputs))]
    changes += [f"{name} {how}" for name, how in _differences(before["code"], dict(recipe.code))]
    if not changes:
        changes = [
            f"the {name} edition that it quotes {how}"
            for name, how in _differences(before["needs"], dict(recipe.needs))
        ]
    return ", ".join(dict.fromkeys(changes))


def _differences(before: Parts, now: Parts) -> list[tuple[str, str]]:
    """Names whose digests differ, in the order of `now`, then those that are gone."""
    found = []
    for name, digest in now.items():
        if name not in before:
            found.append((name, "is new"))
        elif before[name] != digest:
            found.append((name, "changed"))
    return found + [(name, "is gone") for name in before if name not in now]
