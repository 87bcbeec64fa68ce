"""Turns schema.yaml and publisher-schema.yaml into their rules, each by its path, and into validators."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from model.document import OWN_EDITIONS, EditionNames
from yaml_source.own_files import read_data

ROOT: Final = Path(__file__).parent.parent
SCHEMA: Final = ROOT / "schema.yaml"
PUBLISHER_SCHEMA: Final = ROOT / "publisher-schema.yaml"


@functools.cache
def schema(file: Path = SCHEMA) -> dict[str, Any]:
    """The schema in `file` as plain data."""
    loaded: dict[str, Any] = read_data(file)
    return loaded


@functools.cache
def validator(file: Path = SCHEMA, names: EditionNames = OWN_EDITIONS) -> jsonschema_rs.Draft202012Validator:
    """The validator of the schema in `file`, compiled once. The names of editions, for which the schema has only
    examples, are those that it names and the others in `names`."""
    rules = schema(file)
    named = {"edition": (*names.usual, *names.spoken, *names.on_wish), "edition_with_parts": names.usual}
    for key in named.keys() & rules["$defs"].keys():
        known = dict.fromkeys((*rules["$defs"][key]["examples"], *named[key]))
        rules = {**rules, "$defs": {**rules["$defs"], key: {"enum": list(known)}}}
    return jsonschema_rs.Draft202012Validator(rules, validate_formats=True)


def rule_at(schema_path: list[str | int], file: Path = SCHEMA) -> dict[str, Any]:
    """The part of a schema at a path. The path may pass through references."""
    node: Any = schema(file)
    for step in schema_path:
        if step == "$ref":
            node = _referred(node, file)
        elif isinstance(node, dict | list):
            node = node[step]  # type: ignore[index]
    return node if isinstance(node, dict) else {}


def shape_of(rule: dict[str, Any], file: Path) -> dict[str, Any]:
    """A rule itself where it refers to another, and where a text may stand in its place, the rule without that."""
    while "$ref" in rule:
        rule = _referred(rule, file)
    return {**rule, **rule.get("else", {})}


def _referred(rule: dict[str, Any], file: Path) -> dict[str, Any]:
    """The rule that another one refers to."""
    return rule_at(rule["$ref"].removeprefix("#/").split("/"), file)
