"""Turns the styles of a drawing into the same styles without what they fetch from elsewhere, movement and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

NESTING: Final = frozenset({"function", "() block", "[] block", "{} block"})
DEEPEST: Final = 40
"""Brackets in brackets. Styles have five."""
FETCHING: Final = frozenset(
    ["src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "expression"]
)
MOVING: Final = frozenset(["keyframes", "-webkit-keyframes", "-moz-keyframes", "-o-keyframes", "starting-style"])
"""The rules without which no style moves by itself."""
EMBEDDED: Final = (
    *("data:image/png;base64,", "data:image/jpeg;base64,"),
    *("data:font/", "data:application/font-", "data:application/x-font-", "data:application/vnd.ms-fontobject"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """CSS that may be published. `fetched` is true if something was removed that would have been fetched, `moved` if
    something that moves was, `noted` if a comment was."""

    text: str
    fetched: bool = False
    moved: bool = False
    noted: bool = False


@lru_cache(maxsize=1024)
def harmless(css: str) -> Styles:
    """`css` with `none` in place of what stands elsewhere, since a browser that shows a drawing on a page fetches
    nothing and draws the same. The same text where there is nothing to remove."""
    if not any(sign in css for sign in ("(", "@", "/*")):  # no address, no rule and no comment can be without them
        return Styles(text=css)
    import tinycss2  # noqa: PLC0415 (10 ms, for styles that may hold something)

    sieve = _Sieve(none=tinycss2.parse_one_component_value("none"))
    kept = sieve.sifted(tinycss2.parse_component_value_list(css), 0)
    if not (sieve.fetched or sieve.moved or sieve.noted):
        return Styles(text=css)
    return Styles(text=tinycss2.serialize(kept), fetched=sieve.fetched, moved=sieve.moved, noted=sieve.noted)


class _Sieve:
    """Goes through the tokens of CSS, so that no way of writing one hides it. Notes what it has removed."""

    def __init__(self, none: object) -> None:
        self.none = none
        self.fetched = self.moved = self.noted = False

    def sifted(self, tokens: Sequence[Any], depth: int) -> list[Any]:
        """The tokens that may stay."""
        kept: list[Any] = []
        rest = iter(tokens)
        for token in rest:
            rule = token.lower_value if token.type == "at-keyword" else ""
            if rule == "import" or rule in MOVING:
                self.fetched |= rule == "import"
                self.moved |= rule in MOVING
                list(_rest_of_rule(rest))
            elif rule == "font-face":
                kept += self._typeface(token, rest, depth)
            elif rule == "namespace":  # its address is a name
                kept += (token, *_rest_of_rule(rest))
            elif token.type == "comment":
                self.noted = True
            elif _fetches(token) or (depth >= DEEPEST and token.type in NESTING):
                self.fetched = True
                kept.append(self.none)
            else:
                self._go_into(token, depth)
                kept.append(token)
        return kept

    def _typeface(self, token: Any, rest: Iterator[Any], depth: int) -> list[Any]:
        """The rule of a typeface. Without its file it is no rule, and some programs complain of it."""
        before, self.fetched = self.fetched, False
        rule = [token, *self.sifted(list(_rest_of_rule(rest)), depth)]
        kept = [] if self.fetched else rule
        self.fetched |= before
        return kept

    def _go_into(self, token: Any, depth: int) -> None:
        if token.type == "function":
            token.arguments = self.sifted(token.arguments, depth + 1)
        elif token.type in NESTING:
            token.content = self.sifted(token.content, depth + 1)


def _fetches(token: Any) -> bool:
    match token.type:
        case "url":
            return not _may_stand(token.value)
        case "function" if token.lower_name == "url":
            return not all(_may_stand(part.value) for part in token.arguments if part.type == "string")
        case "function":
            return token.lower_name in FETCHING
        case "error":
            return token.kind in ("bad-url", "bad-string")
    return False


def _may_stand(address: str) -> bool:
    return address.strip()[:1] in ("", "#") or address.startswith(EMBEDDED)


def _rest_of_rule(tokens: Iterator[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        if token.type == "{} block" or token == ";":  # noqa: S105, a sign
            return
