"""Turns a tree that departs from the schema into the tree that was most likely meant, so that the rest can be read.

Each departure has been reported before. Nothing is published from a mended tree.
"""

from __future__ import annotations

from typing import Any, Final

import jsonschema_rs

from model.inlines import Mark
from reader.ids import slug
from reader.schema_errors import ALIKE, ID_PATTERN, close_to, is_a_row, known_key, rule_at, validator
from reader.suggestions import Suggestions
from yaml_source.load import Loaded
from yaml_source.node import Keys, Node

MOST_ROUNDS: Final = 8
DOTS: Final = "…"
BLOCK_LISTS: Final = frozenset({"blocks", "introduction"})
LENGTHS: Final = frozenset({"minLength", "maxLength", "propertyNames"})
"""Rules that may be broken without hindering the reading."""
FRAME: Final[dict[str, Any]] = {
    "language": "en",
    "publisher": {"name": DOTS},
    "status": "current",
    "sections": [{"title": DOTS, "blocks": [DOTS]}],
}
"""The replacement for a missing part that every page must have."""


def mend(loaded: Loaded) -> frozenset[Mark] | None:
    """Mends what the schema refuses. Returns the marks of what was changed and of what is directly in it; None where
    the result still cannot be built."""
    changed: set[Mark] = set()
    suggestions = Suggestions(cutoff=ALIKE)
    for _ in range(MOST_ROUNDS):
        errors = [error for error in validator().iter_errors(loaded.data) if error.kind.name not in LENGTHS]
        if not errors:
            return frozenset(changed)
        for error in errors:
            node = _mend(error, loaded.root, suggestions)
            changed |= {node.mark, *(inner.mark for inner in node.within)}
    return None


def _mend(error: jsonschema_rs.ValidationError, root: Node, suggestions: Suggestions) -> Node:
    """Mends one departure and returns the node that changed. An earlier one may have changed the same place."""
    path: Keys = tuple(error.instance_path)
    node = root.at(path)
    match error.kind.name:
        case "additionalProperties" | "required" if is_a_row(path, error.instance, suggestions):
            node.value = list(node.within)
            return node
        case "additionalProperties":
            known = list(rule_at(error.schema_path[:-1]).get("properties", {}))
            for key in error.kind.value:
                _rename(node, str(key), known, suggestions)
            return node
        case "required":
            return _fill(root, path, str(error.kind.value), rule_at(error.schema_path[:-1]))
        case "anyOf":
            node.entries["blocks"] = _made([DOTS], node.mark)
            return node
        case "not":
            node.entries.pop(error.kind.value["required"][-1], None)
            return node
        case _:
            return _replace(root, path, error)


def _rename(node: Node, key: str, known: list[str], suggestions: Suggestions) -> None:
    """Gives an entry the key that was most likely meant, or takes the entry out."""
    inner = node.entries.pop(key, None)
    meant = close_to(known_key(key), known, suggestions)
    if inner is not None and meant and meant not in node:
        node.entries[meant] = inner


def _fill(root: Node, path: Keys, key: str, rule: dict[str, Any]) -> Node:
    """Fills a missing text with three dots. If anything else is missing in a block, three dots replace the block."""
    node = root.at(path)
    if not path:
        node.entries[key] = _made(FRAME.get(key, DOTS), node.mark)
    elif rule.get("properties", {}).get(key, {}).get("$ref") in ("#/$defs/text", "#/$defs/short") and key != "value":
        node.entries[key] = _made(DOTS, node.mark)
    else:
        return _stand_in(root, path)
    return node


def _stand_in(root: Node, path: Keys) -> Node:
    """Replaces the innermost block around `path` by three dots. Without such a block, takes out what is at `path`."""
    steps = [n for n in range(1, len(path)) if path[n - 1] in BLOCK_LISTS and isinstance(path[n], int)]
    if not steps:
        return _take_out(root, path)
    node = root.at(path[: steps[-1] + 1])
    node.value = DOTS
    return node


def _replace(root: Node, path: Keys, error: jsonschema_rs.ValidationError) -> Node:
    """Replaces a value that cannot be read by one that can, or takes it out."""
    node, kind, value = root.at(path), error.kind.name, error.kind.value
    if kind == "pattern" and value == ID_PATTERN:
        node.value = slug(str(node.value))
    elif (kind == "type" and "string" in value) or (kind == "pattern" and value == r"\S"):
        node.value = DOTS
    else:
        return _take_out(root, path)
    return node


def _take_out(root: Node, path: Keys) -> Node:
    """Takes out what is at `path`. Returns the node that it was in."""
    parent, last = root.at(path[:-1]), path[-1] if path else None
    if isinstance(last, str):
        parent.entries.pop(last, None)
    elif last is not None:
        del parent.items[last : last + 1]
    return parent


def _made(value: Any, mark: Mark) -> Node:
    """Plain data as a node. All of it has the same mark."""
    match value:
        case dict():
            return Node(value={key: _made(inner, mark) for key, inner in value.items()}, mark=mark)
        case list():
            return Node(value=[_made(inner, mark) for inner in value], mark=mark)
        case _:
            return Node(value=value, mark=mark)
