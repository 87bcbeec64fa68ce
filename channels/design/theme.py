"""Turns a publisher's own style sheet into its faults, as far as they can be proved before anything is laid out.

Colours are proved by their tokens, like the scheme's. A style sheet may not hide words, add words, fetch anything or
cut off what does not fit: then not all editions would say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

import tinycss2
from tinycss2.ast import Declaration, Node

from channels.design.brand import Medium, theme_file
from model.diagnostics import Diagnostic
from model.document import Document

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

NARROW: Final = 288
"""The pixels for text in a window that is 320 pixels wide."""

WIDTHS: Final = ("width", "min-width", "inline-size", "min-inline-size")
COLOURS: Final = ("color", "background", "background-color", "border-color", "outline-color", "fill")


@dataclass(slots=True, kw_only=True)
class Sheet:
    """What a style sheet declares: tokens by scheme with their lines, and all other declarations by selector."""

    tokens: dict[Scheme, dict[str, tuple[str, int]]] = field(default_factory=lambda: {"light": {}, "dark": {}})
    others: list[tuple[str, list[Declaration]]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def theme_faults(document: Document, medium: Medium, before: str) -> tuple[Diagnostic, ...]:
    """The faults of the publisher's style sheet for `medium`, read after the style sheet `before`."""
    file, styles = theme_file(document, medium), document.publisher.styles
    if file is None or styles is None:
        return ()
    sheet = read_sheet(file.read_text(encoding="utf-8"))
    found = [
        ("error", "theme-broken", line, said, "The rest of the rule would be left out.") for line, said in sheet.faults
    ]
    schemes: tuple[Scheme, ...] = ("light", "dark") if medium == "page" else ("light",)
    found += [fault for scheme in schemes for fault in _of_tokens(sheet, read_sheet(before), scheme)]
    for selector, declared in sheet.others:
        found += _of_rule(selector, declared)
    return tuple(
        Diagnostic(
            severity="error" if severity == "error" else "warning",
            code=code,
            message=f"{file.name}, line {line}: {said}",
            mark=styles.mark,
            hint=hint,
        )
        for severity, code, line, said, hint in dict.fromkeys(found)
    )


def for_paper(css: str) -> str:
    """A style sheet without its rules for screens and their schemes, which paper does not have."""
    nodes = tinycss2.parse_stylesheet(css)
    kept = [node for node in nodes if not (node.type == "at-rule" and node.at_keyword == "media" and _of_screens(node))]
    return str(tinycss2.serialize(kept))


def _of_screens(node: Node) -> bool:
    query = tinycss2.serialize(node.prelude)
    return "(" in query or "screen" in query


Fault = tuple[str, str, int, str, str]
"""Severity, code, line, what is wrong, what to do."""


def read_sheet(css: str) -> Sheet:
    """The declarations of a style sheet. Layers are read in their order. What stands in a query for the dark scheme
    belongs to the dark scheme."""
    sheet = Sheet()
    _read(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ("light", "dark"), sheet)
    return sheet


def _read(nodes: Iterable[Node], schemes: tuple[Scheme, ...], sheet: Sheet) -> None:
    for node in nodes:
        if node.type == "error":
            sheet.faults.append((node.source_line, f"it cannot be read: {node.message}"))
        elif node.type == "at-rule" and node.at_keyword == "import":
            sheet.faults.append((node.source_line, "@import fetches another file"))
        elif node.type == "at-rule" and node.content is not None and node.at_keyword in ("media", "layer", "supports"):
            query = tinycss2.serialize(node.prelude)
            inner: tuple[Scheme, ...] = ("dark",) if "dark" in query else ("light",) if ": light" in query else schemes
            if "print" not in query and "forced-colors" not in query:
                _read(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), inner, sheet)
        elif node.type == "qualified-rule":
            _read_rule(node, schemes, sheet)


def _read_rule(node: Node, schemes: tuple[Scheme, ...], sheet: Sheet) -> None:
    selector = tinycss2.serialize(node.prelude).strip()
    parts = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    sheet.faults += [(part.source_line, f"it cannot be read: {part.message}") for part in parts if part.type == "error"]
    declared = [part for part in parts if part.type == "declaration"]
    for part in declared:
        if selector == ":root" and part.name.startswith("--"):
            for scheme in schemes:
                sheet.tokens[scheme][part.name] = (tinycss2.serialize(part.value).strip(), part.source_line)
    sheet.others.append((selector, [part for part in declared if not part.name.startswith("--")]))


def _of_tokens(sheet: Sheet, before: Sheet, scheme: Scheme) -> Iterator[Fault]:
    """Each pair of tokens whose contrast the style sheet makes too low, in one scheme."""
    own = sheet.tokens[scheme]
    tokens = {name: value for name, (value, _) in (before.tokens[scheme] | own).items()}
    for words, ground, wanted in PAIRS:
        if not {words, ground} & own.keys() or not {words, ground} <= tokens.keys():
            continue
        line = max(own[name][1] for name in (words, ground) if name in own)
        ratio = _contrast(_resolved(tokens[words], tokens), _resolved(tokens[ground], tokens))
        if ratio is None:
            yield "warning", "theme-unproved", line, f"{words} on {ground} is no colour that can be proved", HOW
        elif ratio < wanted:
            severity = "error" if ratio < min(wanted, LEAST) else "warning"
            said = f"{words} on {ground} has a contrast of {ratio:.1f}, and {wanted:g} is needed ({scheme} scheme)"
            yield severity, "theme-contrast", line, said, "Choose a colour that is further from its ground."


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


def _of_rule(selector: str, declared: list[Declaration]) -> Iterator[Fault]:
    """What one rule does that no edition may do, or that cannot be proved."""
    for part in declared:
        value, line, name = tinycss2.serialize(part.value).strip(), part.source_line, part.lower_name
        said = f"`{selector} {{ {name}: {value} }}`"
        if any(token.type == "url" or getattr(token, "lower_name", "") == "url" for token in part.value):
            yield "error", "theme-fetches", line, f"{said} fetches a file", "An edition is whole without any other."
        elif name == "content" and value not in ("none", "normal", '""', "''"):
            yield (
                "error",
                "theme-words",
                line,
                f"{said} adds words",
                "Write words in the source: all editions have them.",
            )
        elif (name, value) in (("display", "none"), ("visibility", "hidden"), ("opacity", "0")):
            yield "error", "theme-hides", line, f"{said} hides words", "Take the words out of the source instead."
        elif name.startswith("overflow") and value in ("hidden", "clip"):
            yield "warning", "theme-cuts", line, f"{said} cuts off what does not fit when letters are large", ""
        elif name in WIDTHS and any(_pixels(token) > NARROW for token in part.value):
            yield "warning", "theme-width", line, f"{said} is wider than a narrow window", "Use max-width, or %."
        elif name in COLOURS and any(map(_is_colour, part.value)):
            yield (
                "warning",
                "theme-unproved",
                line,
                f"{said} has a colour that nothing proves",
                "Use a token: var(--ink).",
            )


def _pixels(token: Node) -> float:
    return float(token.value) if token.type == "dimension" and token.lower_unit == "px" else 0.0


def _is_colour(token: Node) -> bool:
    """True if a part of a value is a colour itself and not a token."""
    if token.type == "function":
        return token.lower_name in ("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color")
    plain = ("inherit", "currentcolor", "transparent", "none", "initial", "unset", "revert", "canvas", "canvastext")
    if token.type == "ident" and token.lower_value not in plain:
        return _contrast(token.lower_value, "#ffffff") is not None
    return bool(token.type == "hash")
