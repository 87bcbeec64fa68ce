"""Turns a tree that departs from the schema into the tree that was most likely meant, so that the rest can be read.

Nothing is published from a mended tree. What the mending adds stands nowhere (its mark has no line), so that a fault of
it is known to follow from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import jsonschema_rs

from model.diagnostics import Diagnostic
from model.document import EditionNames
from model.inlines import Mark
from reader.ids import slug
from reader.schema import rule_at, validator
from reader.schema_errors import ALIKE, ID_PATTERN, check_shape, close_to, cut_sentence, is_a_row, known_key
from reader.suggestions import Suggestions
from yaml_source.load import Loaded
from yaml_source.node import Keys, Node, walk

MOST_ROUNDS: Final = 8
DOTS: Final = "…"
BLOCK_LISTS: Final = frozenset({"blocks", "introduction"})
LISTS_OF_TEXTS: Final = frozenset({*BLOCK_LISTS, "items"})
LENGTHS: Final = frozenset({"minLength", "maxLength", "propertyNames"})
"""Rules that may be broken without hindering the reading."""
FRAME: Final[dict[str, Any]] = {
    "language": "en",
    "publisher": {"name": DOTS},
    "status": "current",
    "sections": [{"title": DOTS, "blocks": [DOTS]}],
}
"""The replacement for a missing part that every page must have."""

ABSENT: Final[Mapping[str, frozenset[str]]] = {
    "no-source": frozenset({"source", "unsourced"}),
    "no-alternative": frozenset({"alternative", "decorative"}),
    "no-direction": frozenset({"direction"}),
    "no-notice": frozenset({"notice"}),
    "no-date": frozenset({"as_of", "published", "reviewed"}),
    "row-length": frozenset({"rows"}),
}
"""Faults of something missing, and the keys whose loss they may follow from."""
UNKNOWN: Final = ""
"""Stands for the key that an unknown one was meant to be, where that cannot be guessed."""
TEXTS: Final = ("#/$defs/text", "#/$defs/short")


@dataclass(slots=True, kw_only=True)
class Mending:
    """The mending of one tree. `faults` are the departures that show only when others are mended. `lost` are the keys
    and entries that were taken out, by the mark of where they stood. `beside` has the same sets by the marks of what
    else stands there."""

    faults: list[Diagnostic] = field(default_factory=list)
    lost: dict[Mark, set[str | int]] = field(default_factory=dict)
    beside: dict[Mark, set[str | int]] = field(default_factory=dict)

    def explains(self, fault: Diagnostic) -> bool:
        """True if a fault follows from the mending: it stands nowhere, or says that something is missing that may
        have been taken out."""
        here, near = self.lost.get(fault.mark, set()), self.beside.get(fault.mark, set())
        if not fault.mark.line:
            return True
        if fault.code in ("missing-key", "empty"):
            return bool(here)
        return fault.code in ABSENT and bool((here | near) & {UNKNOWN, *ABSENT[fault.code]})


def mend(loaded: Loaded, names: EditionNames, told: Iterable[Diagnostic]) -> Mending | None:
    """Mends what the schema refuses; `told` are its faults. Returns None where the result still cannot be built."""
    mending = Mending()
    suggestions = Suggestions(cutoff=ALIKE)
    known = {(fault.code, fault.mark) for fault in told}
    for turn in range(MOST_ROUNDS):
        errors = [error for error in validator(names=names).iter_errors(loaded.data) if error.kind.name not in LENGTHS]
        if not errors:
            return mending
        if turn:
            found = [fault for fault in check_shape(loaded, names=names) if (fault.code, fault.mark) not in known]
            known |= {(fault.code, fault.mark) for fault in found}
            mending.faults += [fault for fault in found if not mending.explains(fault)]
        mender = _Mender(loaded.root, mending, suggestions)
        for error in sorted(errors, key=lambda error: error.kind.name != "additionalProperties"):
            mender.mend(error)
        mender.end()
    return None


class _Mender:
    """Mends the departures that one look at a tree has found. One may have changed the place of the next already."""

    def __init__(self, root: Node, mending: Mending, suggestions: Suggestions) -> None:
        self.root = root
        self.mending = mending
        self.suggestions = suggestions
        self.nowhere = Mark(file=root.mark.file, line=0, column=0)
        self.out: set[Node] = set()
        """Entries of lists that are taken out at the end, since the paths to others count them."""

    def mend(self, error: jsonschema_rs.ValidationError) -> None:
        """Mends one departure."""
        path: Keys = tuple(error.instance_path)
        node, kind, value = self.root.at(path), error.kind.name, error.kind.value
        rule = rule_at(error.schema_path[:-1])
        if (cut := cut_sentence(error, self.suggestions)) is not None:
            self._join(node, cut)
            return
        match kind:
            case "additionalProperties" | "required" if is_a_row(path, error.instance, self.suggestions):
                node.value = list(node.within)
            case "additionalProperties":
                known = list(rule.get("properties", {}))
                meant = [self._rename(node, str(key), known) for key in value]
                if not all(meant):
                    self._note_lost(node, UNKNOWN)
            case "required":
                self._fill(path, str(value), rule)
            case "anyOf":
                node.entries.setdefault("blocks", self._made([DOTS]))
            case "minProperties" if "properties" in rule:
                node.entries[next(iter(rule["properties"]))] = self._made(DOTS)
            case "not":
                node.entries.pop(value["required"][-1], None)
            case _:
                self._replace(path, kind, value)

    def end(self) -> None:
        """Takes out the entries of lists that nothing can stand in for."""
        for parent in walk(self.root) if self.out else ():
            if isinstance(parent.value, list):
                parent.value = [entry for entry in parent.value if entry not in self.out]

    def _join(self, node: Node, cut: str) -> None:
        """Joins the parts of a sentence that YAML took for a key and its value."""
        rest = node.get(cut)
        if rest is None:
            return
        if isinstance(rest.value, str):
            node.value, node.last = f"{cut}: {rest.value}", rest.last
        else:
            self._stand_in_text(node)

    def _rename(self, node: Node, key: str, known: list[str]) -> bool:
        """Gives an entry the key that was most likely meant, or takes the entry out. True if its meaning was found."""
        inner = node.entries.pop(key, None)
        meant = close_to(known_key(key), known, self.suggestions)
        if inner is not None and meant and meant not in node:
            node.entries[meant] = inner
        return bool(meant)

    def _fill(self, path: Keys, key: str, rule: dict[str, Any]) -> None:
        """Fills a missing text with three dots, and missing headers with as many as the rows have cells. If anything
        else is missing in a block, three dots replace the block."""
        node = self.root.at(path)
        if key in node:
            return
        if not path:
            node.entries[key] = self._made(FRAME.get(key, DOTS))
        elif rule.get("properties", {}).get(key, {}).get("$ref") in TEXTS:
            node.entries[key] = self._made(DOTS)
        elif key == "headers" and "rows" in node:
            node.entries[key] = self._made([DOTS] * max((1, *(len(row.items) for row in node["rows"].within))))
        else:
            self._stand_in(path)

    def _stand_in(self, path: Keys) -> None:
        """Replaces the innermost block around `path` by three dots. Without such a block, takes out what is at
        `path`."""
        steps = [n for n in range(1, len(path)) if path[n - 1] in BLOCK_LISTS and isinstance(path[n], int)]
        if steps:
            self._stand_in_text(self.root.at(path[: steps[-1] + 1]))
        else:
            self._take_out(path)

    def _replace(self, path: Keys, kind: str, value: Any) -> None:
        """Replaces a value that cannot be read by one that can, or takes it out."""
        node = self.root.at(path)
        if kind == "pattern" and value == ID_PATTERN:
            node.value = slug(str(node.value))
        elif kind == "enum" and (meant := close_to(str(node.value).lower(), [str(v) for v in value], self.suggestions)):
            node.value = meant
        elif kind == "type" and "array" in value and isinstance(node.value, str) and path[-1] in LISTS_OF_TEXTS:
            node.value = [Node(value=node.value, mark=node.mark, last=node.last)]
        elif kind == "type" and value == ["object"]:
            node.value, node.mark = {}, self.nowhere
        elif (kind == "type" and "string" in value) or (kind == "pattern" and value == r"\S"):
            self._stand_in_text(node, FRAME.get(str(path[-1]), DOTS) if len(path) == 1 else DOTS)
        else:
            self._take_out(path)

    def _stand_in_text(self, node: Node, words: str = DOTS) -> None:
        node.value, node.mark, node.last = words, self.nowhere, 0

    def _take_out(self, path: Keys) -> None:
        """Takes out what is at `path`."""
        parent, last = self.root.at(path[:-1]), path[-1] if path else None
        if isinstance(last, str):
            parent.entries.pop(last, None)
            self._note_lost(parent, last)
        elif last is not None:
            self.out.update(parent.items[last : last + 1])
            self._note_lost(parent, last)

    def _note_lost(self, node: Node, key: str | int) -> None:
        if node.mark not in self.mending.lost:
            lost: set[str | int] = set()
            self.mending.lost[node.mark] = lost
            self.mending.beside |= dict.fromkeys((one.mark for one in node.within), lost)
        self.mending.lost[node.mark].add(key)

    def _made(self, value: Any) -> Node:
        """Plain data as a node. All of it stands nowhere."""
        match value:
            case dict():
                return Node(value={key: self._made(inner) for key, inner in value.items()}, mark=self.nowhere)
            case list():
                return Node(value=[self._made(inner) for inner in value], mark=self.nowhere)
            case _:
                return Node(value=value, mark=self.nowhere)
