"""Turns plain data that departs from `schema.yaml` into faults, each with its place and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from languages.base import MESSAGES, language_of
from languages.fixed_words import read_words
from model.diagnostics import Diagnostic
from model.document import OWN_EDITIONS, EditionNames
from model.inlines import Date, Mark
from reader.schema import SCHEMA, rule_at, schema, shape_of, validator
from reader.sources import PUBLISHER
from reader.suggestions import Suggestions
from yaml_source.load import Loaded
from yaml_source.node import Keys, Node
from yaml_source.quoting import entry, how_to_quote

SAID: Final[dict[type, str]] = {
    **{str: "text", dict: "a mapping (key: value)", list: "a list (- item)"},
    **{bool: "true or false", type(None): "empty"},
}
"""How a value is named, by its type."""
NAMES = {"string": SAID[str], "object": SAID[dict], "array": SAID[list], "boolean": SAID[bool]}
SYNONYMS = {
    **{"telephone": "phone", "tel": "phone", "mail": "email", "web": "url", "website": "url", "link": "url"},
    **{"bullets": "list", "bullet": "list", "numbered": "steps", "image": "figure", "text": "paragraph"},
    **{"heading": "title", "header": "title", "name": "title", "alt": "alternative", "paragraphs": "blocks"},
    **{"expanded": "expansion", "meaning": "expansion", "lang": "language", "content": "blocks"},
}

OF_TEXTS = ("#/$defs/text", "#/$defs/block", "#/$defs/item")
EMPTY_CELL = (
    "If it is the same as the cell above, write ^. Else write what it means: none, not known, does not apply. "
    "Readers who listen hear no empty cell."
)
BRITISH = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})")
SLASHED = re.compile(r"(\d{4})[/.-](\d\d?)[/.-](\d\d?)")
EXAMPLE = date(2024, 3, 1)
ID_PATTERN: Final = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
ALIKE: Final = 0.6
LONGEST_EXAMPLE: Final = 60
YEARS: Final = "Years begin at 1. Write year-month-day, as in 2024-03-01."
BLOCKS = frozenset({"list", "steps", "numbered", "table", "definitions", "downloads", "address", "contact"})
"""What somebody may take for a key that a list or a mapping follows."""
KEYS_OF_BLOCKS = frozenset({"type", "id", "items", "text", "title", "name", "image", "caption", "entries", "value"})


def check_shape(loaded: Loaded, file: Path = SCHEMA, names: EditionNames = OWN_EDITIONS) -> tuple[Diagnostic, ...]:
    """A fault for every departure of `loaded` from the schema in `file`, in the order of the loaded file. `names` are
    the editions that a source may choose."""
    data = loaded.data
    if not isinstance(data, dict):
        what, hint = ("a page", "Start with `title:`; the README shows a whole example.")
        if file != SCHEMA:
            what, hint = ("a publisher", "Start with `name:`, the body's name.")
        held = SAID[type(data)] if data else "nothing"
        return (_fault("wrong-type", f"the file holds {held}, not {what}", loaded.root.mark, hint),)
    found: list[Diagnostic] = []
    suggestions = Suggestions(cutoff=ALIKE)
    errors = list(validator(file, names).iter_errors(data))
    misspelt = {missed for error in errors for missed in _misspelt(error, suggestions, file)}
    for error in errors:
        if not misspelt.intersection(_lacking(error, file)):
            found += _explain(error, loaded, suggestions, file)
    distinct = {(d.code, d.mark, d.message): d for d in found}
    return tuple(sorted(distinct.values(), key=lambda d: (d.mark.line, d.mark.column, d.code)))


def _misspelt(error: jsonschema_rs.ValidationError, suggestions: Suggestions, file: Path) -> Iterator[tuple[Keys, str]]:
    """The keys that unknown ones were meant to be, each with the place that it is missing from."""
    if error.kind.name == "additionalProperties":
        known = list(rule_at(error.schema_path[:-1], file).get("properties", {}))
        for key in error.kind.value:
            yield tuple(error.instance_path), close_to(known_key(str(key)), known, suggestions)


def is_misspelt(key: str, node: Node) -> bool:
    """True if an unknown key at the top of a source was most likely meant to be `key`."""
    known, suggestions = list(schema()["properties"]), Suggestions(cutoff=ALIKE)
    return any(close_to(known_key(own), known, suggestions) == key for own in node.entries if own not in known)


def _lacking(error: jsonschema_rs.ValidationError, file: Path) -> Iterator[tuple[Keys, str]]:
    """The keys of which an error says that one of them is missing, each with its place."""
    match error.kind.name:
        case "required":
            yield tuple(error.instance_path), str(error.kind.value)
        case "anyOf":
            for one in rule_at(error.schema_path[:-1], file)["anyOf"]:
                yield from ((tuple(error.instance_path), key) for key in one["required"])
        case _:
            pass


def _explain(
    error: jsonschema_rs.ValidationError, loaded: Loaded, suggestions: Suggestions, file: Path
) -> list[Diagnostic]:
    path: Keys = tuple(error.instance_path)
    kind: str = error.kind.name
    value: Any = error.kind.value
    instance: Any = error.instance
    if isinstance(instance, dict):
        instance = {key: instance[key] for key in loaded.root.at(path).entries}  # in the order of the file
    field = _field(path, file)
    at = loaded.mark(path)
    rule = rule_at(error.schema_path[:-1], file)
    described = str(rule.get("description", "")).rstrip(".")
    if (cut := cut_sentence(error, suggestions)) is not None:
        return [_colon(loaded, (*path, cut))]
    match kind:
        case "additionalProperties" | "required" if is_a_row(path, instance, suggestions):
            cells = ", ".join(map(_words, instance.values()))
            hint = f"Write its cells in order, after a dash and a space: `- [{cells}]`."
            return [_wrong_type(field, ["array"], instance, at, hint)]
        case "additionalProperties":
            known = list(rule.get("properties", {}))
            marks = {key: loaded.root.at((*path, key)).key_mark for key in value}
            return [_unknown(key, field, mark, known, suggestions) for key, mark in marks.items()]
        case "required":
            return [_missing(str(value), field, at, rule)]
        case "type":
            hint = _instead(path, value, instance, shape_of(rule, file), file) or described
            return [_wrong_type(field, value, instance, at, hint)]
        case "enum" if not isinstance(instance, str):
            hint = f"Write one of: {', '.join(map(str, value))}."
            return [_wrong_type(field, ["string"], instance, at, hint)]
        case "enum":
            return [_choice(field, instance, [str(option) for option in value], at, suggestions)]
        case "propertyNames":
            return _bad_names(path, loaded)
        case "anyOf":
            keys = " or ".join(f"`{key}:`" for one in rule["anyOf"] for key in one["required"])
            return [_fault("missing-key", f"{field} has nothing in it", at, f"Add {keys}.")]
        case "pattern" if rule.get("format") == "date":
            return [_bad_day(field, instance, at, YEARS)]
        case "format":
            return [_bad_day(field, instance, at, _day_instead(instance))]
        case "pattern":
            return [_empty(path, at) if not instance.strip() else _pattern(field, instance, str(value), at, described)]
        case _:
            code, message, hint = _limit(kind, value, instance)
            return [_fault(code, f"{field} {message or error.message}", at, hint or described)]


def _wrong_type(field: str, types: list[str], instance: Any, at: Mark, hint: str) -> Diagnostic:
    """The fault of a value of none of the `types` that the schema names. Without a hint, these are what to write."""
    wanted = " or ".join(NAMES.get(name, name) for name in types)
    hint = hint or f"Write {wanted} here, or delete the entry"
    return _fault("wrong-type", f"{field} must be {wanted}, and is {SAID[type(instance)]}", at, hint)


def _instead(path: Keys, wanted: list[str], instance: Any, rule: dict[str, Any], file: Path) -> str:
    """A hint for an empty value, for a text where a list or a mapping belongs, or a mapping where a list does. "" for
    other wrong types."""
    if instance is None:
        return EMPTY_CELL if _is_cell(path) else "Write it here, or delete the line."
    if isinstance(instance, str) and wanted == ["array"] and rule.get("items", {}).get("$ref") in OF_TEXTS:
        if instance.startswith("-"):
            return f"Write a space after the dash: `- {instance[1:].strip()}`."
        first = re.split(r",|\n", instance, maxsplit=1)[0].strip()
        return f"Write each entry in a line of its own, after a dash and a space: `- {first}`."
    if isinstance(instance, str) and wanted == ["object"]:
        key = next(iter(rule.get("required") or rule.get("properties", {})), "name")
        return f"Write in the next line, two spaces further in: `{key}: {instance}`."
    if isinstance(instance, dict) and instance and "array" in wanted:
        first = _first_entry(instance, shape_of(rule["items"], file))
        return f"Write each entry in lines of its own, the first after a dash and a space: `- {first}`."
    return ""


def _first_entry(instance: dict[str, Any], entry: dict[str, Any]) -> str:
    """How the first entry of a list is written, of which `entry` is the rule and `instance` stands in its place: an
    entry without its dash, or entries by their names."""
    key, value = next(iter(instance.items()))
    required, kinds = next(iter(entry.get("required", ())), ""), entry.get("type", "string")
    if required in instance or key in entry.get("properties", {}):
        return f"{key}: {_words(value)}".strip()
    if "string" in kinds:
        return _words(value) or key
    if "array" in kinds:
        return f"[{key}, {_words(value)}]"
    return f"{required}: {_words(value.get(required)) or key}" if isinstance(value, dict) else f"{required}: {key}"


def _words(value: Any) -> str:
    """A text of an example, not too long. "" for anything else."""
    return value if isinstance(value, str) and len(value) < LONGEST_EXAMPLE else ""


def is_a_row(path: Keys, instance: Any, suggestions: Suggestions) -> bool:
    """True if a mapping in the place of a row has its cells by the names of their columns, and is no heading."""
    headings = (key for key in instance if close_to(known_key(key), ["group"], suggestions))
    return path[-2:-1] == ("rows",) and len(instance) > 1 and not any(headings)


def _is_item(path: Keys) -> bool:
    return len(path) > 1 and path[-2] == "items"


def _is_cell(path: Keys) -> bool:
    return len(path) > 2 and path[-3] == "rows"


def _limit(kind: str, value: Any, instance: Any) -> tuple[str, str, str]:
    """Code, message and hint for a rule that can be explained without its surroundings. A text is "" where the
    schema's own words serve."""
    match kind:
        case "const":
            only = f"`{str(value).lower()}`"
            return "wrong-value", f"can only be {only}", f"Write {only}, or delete the line."
        case "minLength":
            return "too-short", f"has {len(instance)} characters; the least is {value}", ""
        case "maxLength":
            return "too-long", f"has {len(instance)} characters; the most is {value}", ""
        case "minItems" | "minProperties":
            return "empty", "is empty", "Write at least one entry, or delete the key."
        case "uniqueItems":
            return "repeated", "names the same thing twice", "Delete one of the two."
        case "not":
            pair = " and ".join(f"`{key}`" for key in value["required"])
            return "contradiction", f"has both {pair}", "Keep one of the two."
        case _:
            return "wrong-value", "", ""


def _bad_day(field: str, instance: str, at: Mark, hint: str) -> Diagnostic:
    return _fault("bad-date", f"{field} is not a day of the calendar: {_shown(instance)}", at, hint)


def _day_instead(text: str) -> str:
    """The day in the right form, read in British order first. An example if it cannot be read."""
    days = language_of(MESSAGES).recognise(text.strip())
    found = days[0].value if len(days) == 1 and isinstance(days[0], Date) else EXAMPLE
    order = (BRITISH.fullmatch(text), (3, 2, 1)), (SLASHED.fullmatch(text), (1, 2, 3))
    for match, (year, month, number) in order:
        with suppress(ValueError):  # there is no 30 February
            found = date(int(match[year]), int(match[month]), int(match[number])) if match else found
    months = read_words(MESSAGES)[0]["months"].split(", ")
    return f"Write year-month-day: `{found}` is {found.day} {months[found.month - 1]} {found.year}."


def cut_sentence(error: jsonschema_rs.ValidationError, suggestions: Suggestions) -> str | None:
    """The first part of a sentence with a colon, which YAML reads as a key, where the error is such a sentence. This is
    the commonest slip."""
    path, kind, found = tuple(error.instance_path), error.kind.name, error.instance
    if not (isinstance(found, dict) and len(found) == 1):
        return None
    of_item = _is_item(path) and kind in ("additionalProperties", "required")
    of_block = kind == "required" and error.kind.value == "type"
    if not (of_item or of_block or (kind == "type" and error.kind.value == ["string"])):
        return None
    key = str(next(iter(found)))
    is_block = key in BLOCKS and not isinstance(found[key], str)
    known = is_block or key in KEYS_OF_BLOCKS or close_to(key, sorted(KEYS_OF_BLOCKS), suggestions)
    return None if known else key


def _colon(loaded: Loaded, path: Keys) -> Diagnostic:
    at = loaded.root.at(path).key_mark
    lines = loaded.lines
    hint = how_to_quote(lines[at.line - 1][at.column - 1 :].rstrip(), goes_on=entry(lines, at.line).goes_on)
    return _fault("colon", "a text with a colon is read as a key", at, hint)


def _empty(path: Keys, at: Mark) -> Diagnostic:
    if _is_cell(path):
        return _fault("empty", "this cell is empty", at, EMPTY_CELL)
    return _fault("empty", f"{_field(path)} has no words", at, "Write the words, or delete the line.")


def _pattern(field: str, instance: str, pattern: str, at: Mark, described: str) -> Diagnostic:
    if pattern == ID_PATTERN:
        suggestion = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in instance.lower()).split())
        hint = f"Write `{suggestion}`?" if suggestion[:1].isalpha() else ""
        return _fault(
            "bad-id", f"{field} is not an id: {_shown(instance)}", at, " ".join((described + ".", hint)).strip()
        )
    return _fault("wrong-value", f"{field} is not as it must be: {_shown(instance)}", at, described)


def _bad_names(path: Keys, loaded: Loaded) -> list[Diagnostic]:
    node = loaded.root.at(path)
    described = "An id has small letters, digits and hyphens, and starts with a letter."
    of_terms = path == ("terms",)
    names = [key for key in node.entries if not key.strip() or (len(key) > 60 if of_terms else not _is_id(key))]
    return [_fault("bad-id", f"`{key}` in {_field(path)} is not an id", node[key].key_mark, described) for key in names]


def _is_id(text: str) -> bool:
    return jsonschema_rs.is_valid(schema()["$defs"]["id"], text)


def _unknown(key: str, field: str, at: Mark, known: list[str], suggestions: Suggestions) -> Diagnostic:
    close = close_to(known_key(key), known, suggestions)
    hint = f"did you mean `{close}`?" if close else f"The keys here are: {', '.join(known)}."
    return _fault("unknown-key", f"the key `{key}` is not known in {field}", at, hint)


def known_key(key: str) -> str:
    """A key in the spelling of this schema: small letters and underscores."""
    return key.lower().replace(" ", "_").replace("-", "_")


def close_to(word: str, known: list[str], suggestions: Suggestions) -> str:
    """The known word that was most likely meant. "" where none is similar."""
    if (synonym := SYNONYMS.get(word)) in known and synonym:
        return synonym
    return suggestions.near(word, known)


def _missing(key: str, field: str, at: Mark, around: dict[str, Any]) -> Diagnostic:
    described = ""
    rule = around.get("properties", {}).get(key)
    if isinstance(rule, dict):
        described = str(rule.get("description", "")).rstrip(".")
    hint = f"Add `{key}:`" + (f" – {described}." if described else ".")
    return _fault("missing-key", f"{field} has no `{key}`", at, hint)


def _choice(field: str, instance: Any, options: list[str], at: Mark, suggestions: Suggestions) -> Diagnostic:
    close = close_to(str(instance).lower(), options, suggestions)
    hint = f"did you mean `{close}`? " if close else ""
    return _fault(
        "wrong-value", f"{field} cannot be {_shown(instance)}", at, f"{hint}Write one of: {', '.join(options)}."
    )


def _field(path: Keys, file: Path = SCHEMA) -> str:
    """A path as people read it: `sections[2].title`, counted from 1. `file` is the schema that it belongs to."""
    if not path:
        return "the page" if file == SCHEMA else PUBLISHER
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return f"`{text.lstrip('.')}`"


def _shown(value: Any) -> str:
    text = str(value)
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def _fault(code: str, message: str, mark: Mark, hint: str) -> Diagnostic:
    if hint and hint[-1] not in ".?!\"'":
        hint += "."
    return Diagnostic(severity="error", code=code, message=message, mark=mark, hint=hint)
