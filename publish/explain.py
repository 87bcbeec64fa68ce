"""Turns two ledgers of an edition, of then and now, into reasons why it was made or not, in an editor's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from channels.base import File, Rendering
from publish.ledger import Ledger

Digests = Mapping[str, str]
NEW = "not made before"


def reasons_for(
    before: Ledger | None,
    now: Ledger,
    renderings: Mapping[str, Rendering],
    target: Path,
    code: Callable[[str], Digests],
) -> tuple[str, ...]:
    """A line for each file that people take away: "large-print.pdf: section ‘Breaking the chain’ changed". `code`
    gives the files of code for their common digest."""
    lines = []
    for name, rendering in renderings.items():
        why = _why(before, now, name, code) if before is not None and name in before.keys else NEW
        for file in rendering.files:
            if file.title or file.pages is not None:
                lines.append(f"{file.path}: {_of_file(file, why, target)}")
    return tuple(lines)


def _of_file(file: File, why: str, target: Path) -> str:
    """Why one file is made, or why it is the same although its channel had to look."""
    try:
        same = (target / file.path).read_bytes() == file.data
    except OSError:
        return why or "not there"
    if same:
        return f"the same although {why}" if why and why != NEW else "unchanged"
    return why or "not as it was published"


def _why(before: Ledger, now: Ledger, channel: str, code: Callable[[str], Digests]) -> str:
    """The reason why one channel makes its rendering again; "" if nothing changed."""
    old, new = before.keys[channel], now.keys[channel]
    changes = _differences(before.parts, now.parts)
    if old.fingerprint != new.fingerprint:
        changes.append(f"settings or tools changed ({old.fingerprint} → {new.fingerprint})")
    changes += _differences(dict(old.inputs), dict(new.inputs))
    if old.code != new.code:
        changes += _differences(code(old.code), code(new.code)) or ["the program changed"]
    if not changes:
        quoted = _differences(dict(old.needs), dict(new.needs))
        changes = [f"the {change.replace(' ', ' edition that it quotes ', 1)}" for change in quoted]
    return ", ".join(dict.fromkeys(changes))


def _differences(before: Digests, now: Digests) -> list[str]:
    """The names whose digests differ, in the order of `now`, then those that are gone, each with what became of it."""
    new_or_changed = [
        f"{name} {'changed' if name in before else 'is new'}" for name in now if before.get(name) != now[name]
    ]
    return new_or_changed + [f"{name} is gone" for name in before if name not in now]
