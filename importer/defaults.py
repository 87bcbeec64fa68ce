"""Turns a draft into one that leaves out what the publisher.yaml above its source says already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from importer.draft import Draft, Remarked, Value
from reader.publisher import OF_THE_PAGE, publisher_of
from yaml_source.node import Node

OTHER: Final = "publisher.yaml says {name}. Delete these lines if that body publishes this page."


def without_defaults(draft: Draft, place: Path) -> Draft:
    """The draft without what the nearest publisher.yaml above `place` says."""
    publisher, _ = publisher_of(place)
    if publisher is None:
        return draft
    data = dict(draft.data)
    _body(data, publisher)
    for key in OF_THE_PAGE:
        if key in publisher and data.get(key) == publisher.word(key):
            del data[key]
    _terms(data, publisher)
    return replace(draft, data=data)


def _body(data: dict[str, Value], publisher: Node) -> None:
    """Removes the publisher if publisher.yaml names the same one. A remark marks a different one."""
    name = publisher.word("name")
    match data.get("publisher"):
        case {"name": Remarked()} if name:  # the page names nobody: this is the name of the web site, or a placeholder
            del data["publisher"]
        case {"name": str(own)} if own.casefold() == name.casefold():
            del data["publisher"]
        case Mapping() as own if name:
            data["publisher"] = Remarked(value=own, look=(OTHER.format(name=name),))


def _terms(data: dict[str, Value], publisher: Node) -> None:
    """Removes the terms that publisher.yaml explains in the same words."""
    known = publisher["terms"].entries if "terms" in publisher else {}
    match data.get("terms"):
        case Mapping() as terms:
            left = {word: said for word, said in terms.items() if not _same(said, known.get(word))}
            data.pop("terms")
            if left:
                data["terms"] = left


def _same(said: Value, known: Node | None) -> bool:
    if known is None or not isinstance(said, Mapping):
        return False
    return all(known.word(key) == value for key, value in said.items())
