"""Turns a publisher's own style sheet into its faults, as far as they can be proved before anything is laid out.

Colours are proved by their tokens, like the scheme's. A style sheet may not hide words, add words, fetch anything or
cut off what does not fit: then not all editions would say the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import tinycss2
from tinycss2.ast import Declaration, Node

from channels.design.theme_files import Medium, theme_file
from channels.design.theme_layout import is_for_wide_windows, what_would_not_fit
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Mark

Scheme = Literal["light", "dark"]
WORDS: Final = ("--ink", "--ink-soft", "--accent", "--accent-strong", "--visited")
GROUNDS: Final = ("--paper", "--paper-tint", "--accent-tint")
PAIRS: Final = (
    *((words, ground, 7.0) for words in WORDS for ground in GROUNDS),
    ("--on-signal", "--signal", 7.0),
    ("--on-head", "--head", 7.0),
    ("--rule", "--paper", 3.0),
)
LEAST: Final = 4.5
"""The contrast below which nobody should have to read (WCAG 2.2, 1.4.3)."""

GROUPS: Final = ("media", "layer", "supports", "container", "scope", "starting-style")
HIDING: Final = {
    "display": {"none"},
    "visibility": {"hidden", "collapse"},
    "content-visibility": {"hidden"},
    "color": {"transparent"},
}
COLOURS: Final = ("color", "background", "background-color", "border-color", "outline-color", "fill")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault at a line and column of a style sheet, and what to do about it."""

    severity: Literal["error", "warning"]
    code: str
    line: int
    column: int
    said: str
    hint: str


Token = tuple[str, int, int]
"""The value of a token, with its line and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The declarations of a rule. `wide` is true if it applies only to wide windows."""

    selector: str
    declared: tuple[Declaration, ...]
    wide: bool


@dataclass(slots=True, kw_only=True)
class Sheet:
    """The content of a style sheet: tokens by scheme, all other declarations by rule, and what cannot be read."""

    tokens: dict[Scheme, dict[str, Token]] = field(default_factory=lambda: {"light": {}, "dark": {}})
    rules: list[Rule] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def theme_faults(document: Document, medium: Medium, before: str) -> tuple[Diagnostic, ...]:
    """The faults of the publisher's style sheet for `medium`, read after the style sheet `before`, at their places in
    the style sheet."""
    file = theme_file(document, medium)
    if file is None:
        return ()
    sheet = read_sheet(file.read_text(encoding="utf-8"))
    found = list(sheet.faults)
    schemes: tuple[Scheme, ...] = ("light", "dark") if medium == "page" else ("light",)
    house = read_sheet(before)
    found += [fault for scheme in schemes for fault in _of_tokens(sheet, house, scheme)]
    for rule in sheet.rules:
        found += _of_rule(rule, medium)
    name = os.path.normpath(file)
    return tuple(
        Diagnostic(
            severity=fault.severity,
            code=fault.code,
            message=fault.said,
            mark=Mark(file=name, line=fault.line, column=fault.column),
            hint=fault.hint,
        )
        for fault in dict.fromkeys(found)
    )


def for_paper(css: str) -> str:
    """A style sheet without its rules for screens and their schemes, which paper does not have."""
    nodes = tinycss2.parse_stylesheet(css)
    kept = [node for node in nodes if not (node.type == "at-rule" and node.at_keyword == "media" and _of_screens(node))]
    return str(tinycss2.serialize(kept))


def _of_screens(node: Node) -> bool:
    query = tinycss2.serialize(node.prelude)
    return "(" in query or "screen" in query


def read_sheet(css: str) -> Sheet:
    """The declarations of a style sheet. A query for the dark scheme counts as the dark scheme."""
    sheet = Sheet()
    _read(_rules_in(css), Within(schemes=("light", "dark")), sheet)
    return sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The surroundings of a rule: its schemes, whether it applies only to wide windows, and the selector that it is
    nested in."""

    schemes: tuple[Scheme, ...]
    wide: bool = False
    selector: str = ""


def _rules_in(css: str | list[Node]) -> list[Node]:
    if isinstance(css, str):
        return list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    return list(tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True))


def _read(nodes: Iterable[Node], within: Within, sheet: Sheet) -> None:
    for node in nodes:
        if node.type == "error":
            sheet.faults.append(_broken(node, f"it cannot be read: {node.message}"))
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            sheet.faults.append(_broken(node, "@import fetches another file"))
        elif node.type == "at-rule" and node.lower_at_keyword == "font-face":
            hint = "Give the font files to publisher.yaml: `type:`."
            sheet.faults.append(_fault(node, "error", "theme-fetches", "@font-face fetches a file", hint))
        elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword in GROUPS:
            query = tinycss2.serialize(node.prelude)
            if "print" not in query and "forced-colors" not in query:
                _read(_rules_in(node.content), _in_group(query, within), sheet)
        elif node.type == "qualified-rule":
            _read_rule(node, within, sheet)
    own = tuple(node for node in nodes if node.type == "declaration")
    if own:  # in a group that is nested in a rule
        sheet.rules.append(Rule(selector=within.selector, declared=own, wide=within.wide))


def _in_group(query: str, within: Within) -> Within:
    dark, light = "dark" in query, ": light" in query
    schemes: tuple[Scheme, ...] = ("dark",) if dark else ("light",) if light else within.schemes
    return replace(within, schemes=schemes, wide=within.wide or is_for_wide_windows(query))


def _read_rule(node: Node, within: Within, sheet: Sheet) -> None:
    selector = f"{within.selector} {tinycss2.serialize(node.prelude).strip()}".strip()
    parts = _rules_in(node.content)
    declared = [part for part in parts if part.type == "declaration"]
    for part in declared:
        if selector == ":root" and part.name.startswith("--"):
            for scheme in within.schemes:
                value = tinycss2.serialize(part.value).strip()
                sheet.tokens[scheme][part.name] = (value, part.source_line, part.source_column)
    sheet.rules.append(Rule(selector=selector, declared=tuple(declared), wide=within.wide))
    nested = [part for part in parts if part.type != "declaration"]
    _read(nested, replace(within, selector=selector), sheet)


def _fault(node: Node, severity: Literal["error", "warning"], code: str, said: str, hint: str) -> Fault:
    line, column = node.source_line, node.source_column
    return Fault(severity=severity, code=code, line=line, column=column, said=said, hint=hint)


def _broken(node: Node, said: str) -> Fault:
    return _fault(node, "error", "theme-broken", said, "The rest of the rule would be left out.")


def _of_tokens(sheet: Sheet, before: Sheet, scheme: Scheme) -> Iterator[Fault]:
    """Each pair of tokens whose contrast the style sheet makes too low, in one scheme."""
    own = sheet.tokens[scheme]
    tokens = {name: value for name, (value, *_) in (before.tokens[scheme] | own).items()}
    for words, ground, wanted in PAIRS:
        if not {words, ground} & own.keys() or not {words, ground} <= tokens.keys():
            continue
        line, column = max(own[name][1:] for name in (words, ground) if name in own)
        ratio = _contrast(_resolved(tokens[words], tokens), _resolved(tokens[ground], tokens))
        if ratio is None:
            said = f"{words} on {ground} is no colour that can be proved"
            yield Fault(severity="warning", code="theme-unproved", line=line, column=column, said=said, hint=HOW)
        elif ratio < wanted:
            severity: Literal["error", "warning"] = "error" if ratio < min(wanted, LEAST) else "warning"
            said = f"{words} on {ground} has a contrast of {ratio:.1f}, and {wanted:g} is needed ({scheme} scheme)"
            hint = "Choose a colour that is further from its ground."
            yield Fault(severity=severity, code="theme-contrast", line=line, column=column, said=said, hint=hint)


HOW: Final = "Write it as # and six figures, in a token of :root."


def _resolved(value: str, tokens: dict[str, str], depth: int = 8) -> str:
    """The value of a token, with references to other tokens replaced."""
    if value.startswith("var(") and depth:
        return _resolved(tokens.get(value[4:].rstrip(") ").strip(), ""), tokens, depth - 1)
    return value


def _contrast(one: str, other: str) -> float | None:
    from channels.design.scheme import contrast  # noqa: PLC0415 (100 ms of colour spaces, for a theme alone)

    try:
        return contrast(one, other)
    except ValueError:
        return None


def _of_rule(rule: Rule, medium: Medium) -> Iterator[Fault]:
    """The faults of one rule: what no edition may do, what cannot be proved, and what would not fit."""
    for part in rule.declared:
        value = tinycss2.serialize(part.value).strip()
        said = f"`{rule.selector} {{ {part.name}: {value} }}`"
        if any(token.type == "url" or getattr(token, "lower_name", "") == "url" for token in part.value):
            hint = "An edition is whole without any other."
            yield _fault(part, "error", "theme-fetches", f"{said} fetches a file", hint)
        elif part.name.startswith("--"):
            continue
        elif part.lower_name == "content" and value not in ("none", "normal", '""', "''"):
            hint = "Write words in the source: all editions have them."
            yield _fault(part, "error", "theme-words", f"{said} adds words", hint)
        elif _hides(part):
            hint = "Take the words out of the source instead."
            yield _fault(part, "error", "theme-hides", f"{said} hides words", hint)
        elif part.lower_name in COLOURS and any(map(_is_colour, part.value)):
            hint = "Use a token: var(--ink)."
            yield _fault(part, "warning", "theme-unproved", f"{said} has a colour that nothing proves", hint)
        elif medium == "page":
            for code, wrong, hint in what_would_not_fit(rule.selector, part, wide=rule.wide):
                yield _fault(part, "warning", code, f"{said} {wrong}", hint)


def _hides(part: Declaration) -> bool:
    """True if words cannot be seen, or stand nowhere."""
    name, tokens = part.lower_name, [token for token in part.value if token.type != "whitespace"]
    words = {token.lower_value for token in tokens if token.type == "ident"}
    if words & HIDING.get(name, set()):
        return True
    return name in ("opacity", "font-size") and [getattr(token, "value", None) for token in tokens] == [0]


def _is_colour(token: Node) -> bool:
    """True if a part of a value is a colour itself and not a token."""
    if token.type == "function":
        return token.lower_name in ("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color")
    plain = ("inherit", "currentcolor", "transparent", "none", "initial", "unset", "revert", "canvas", "canvastext")
    if token.type == "ident" and token.lower_value not in plain:
        return _contrast(token.lower_value, "#ffffff") is not None
    return bool(token.type == "hash")
