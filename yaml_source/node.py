"""A value of a source file with its place. The loader turns YAML into a tree of these nodes, and the reader walks
it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from model.inlines import Mark

Value: TypeAlias = "str | bool | dict[str, Node] | list[Node] | None"
Keys: TypeAlias = tuple[str | int, ...]
"""The keys and positions (from 0) that lead to a value: ("sections", 1, "title")."""


@dataclass(slots=True, eq=False, kw_only=True)
class Node:
    """One value: a text, a flag, nothing, a mapping or a list of nodes.

    `mark` is where the value begins, `key` where its key begins. `comment` is where a comment begins that ends the
    line of an unquoted text. `last` is the last line of a text.
    """

    value: Value
    mark: Mark
    key: Mark | None = None
    comment: Mark | None = None
    last: int = 0

    @property
    def entries(self) -> dict[str, Node]:
        """The nodes within a mapping, by key; none for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The nodes within a list, in order; none for any other value."""
        return self.value if isinstance(self.value, list) else []

    @property
    def within(self) -> tuple[Node, ...]:
        """The nodes directly within this one, in the order of the file."""
        return tuple(self.entries.values()) if isinstance(self.value, dict) else tuple(self.items)

    @property
    def text(self) -> str:
        """The words of a text. Raises TypeError for any other value; the schema check has already made sure that it
        is a text."""
        if not isinstance(self.value, str):
            raise TypeError(f"{self.mark}: no text")
        return self.value

    def get(self, key: str) -> Node | None:
        """The node at `key` of a mapping, if it has one."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def word(self, key: str, otherwise: str = "") -> str:
        """The text at `key`, or `otherwise`."""
        found = self.get(key)
        return otherwise if found is None else found.text

    def flag(self, key: str) -> bool:
        """True if the value at `key` is true."""
        found = self.get(key)
        return found is not None and found.value is True

    def __getitem__(self, key: str) -> Node:
        if isinstance(self.value, dict):
            return self.value[key]
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def at(self, path: Keys) -> Node:
        """The node at `path`, or the nearest one around it."""
        node = self
        for step in path:
            inner = node.entries.get(step) if isinstance(step, str) else next(iter(node.items[step : step + 1]), None)
            if inner is None:
                break
            node = inner
        return node

    @property
    def key_mark(self) -> Mark:
        """The place where the value's key begins, or the value itself if it has no key."""
        return self.key or self.mark


def walk(node: Node) -> list[Node]:
    """A node, then all nodes within it, in the order of the file. Works without recursion."""
    found, waiting = [], [node]
    while waiting:
        node = waiting.pop()
        found.append(node)
        value = node.value
        if isinstance(value, str):
            continue
        if isinstance(value, dict):
            waiting += reversed(value.values())
        elif isinstance(value, list):
            waiting += reversed(value)
    return found


def plain(node: Node) -> Any:
    """A node as dicts, lists, texts, flags and None, without places."""
    match node.value:
        case dict():
            entries = node.value.items()
            return {key: inner.value if isinstance(inner.value, str) else plain(inner) for key, inner in entries}
        case list():
            return [inner.value if isinstance(inner.value, str) else plain(inner) for inner in node.value]
        case value:
            return value
