"""Turns the registry's entries into the order in which they can be made, or into the fault that forbids it."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from channels.base import Entry
from model.errors import RegistryError


def in_order(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """`entries` ordered so that each stands after all that it quotes; otherwise their order is kept. Raises
    RegistryError for a need that is not registered, and for channels that quote each other in a circle."""
    quoted = {name: _quoted(name, entry, entries) for name, entry in entries.items()}
    try:
        return {name: entries[name] for name in TopologicalSorter(quoted).static_order()}
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise RegistryError(f"channels quote each other in a circle: {circle}", "Remove one of these needs.") from error


def _quoted(name: str, entry: Entry, entries: Mapping[str, Entry]) -> list[str]:
    """The names that must be made before `name`."""
    for need in entry.needs:
        if need not in entries:
            hint = f"Registered: {', '.join(entries)}."
            raise RegistryError(f"the channel {name!r} needs {need!r}, which is not registered", hint)
    others = (other for other, its in entries.items() if entry.quotes_downloads and not its.quotes_downloads)
    return list(dict.fromkeys((*entry.needs, *others)))
