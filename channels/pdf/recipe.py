"""Turns an edition that is laid out into a recipe, by which a later version of its text is laid out once, as a draft.

The recipe holds what the search for the best layout has found. A draft does not search.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from channels.pdf.engine import Typesetter, name_of
from channels.pdf.frames import USUAL, Arrangement
from channels.pdf.spread import ANEW

BODY, INSIDE = "html.body", "div.inside"  # no id has a full stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The way an edition is set: the type size in points, the places of its parts, the attributes that the search gave
    to elements, and all editions, of which it names the others. Each attribute is the name of the element, of the
    attribute, and its value."""

    size: float
    editions: tuple[str, ...] = ()
    how: Arrangement = USUAL
    given: tuple[tuple[str, str, str], ...] = ()

    def text(self) -> str:
        """The recipe as JSON."""
        return json.dumps(asdict(self), default=sorted, separators=(",", ":"))  # sorted: for the set `on_back`

    @classmethod
    def read(cls, text: str) -> Recipe:
        """The recipe that became `text`."""
        read = json.loads(text)
        how = read["how"]
        if how["on_back"] is not None:
            how["on_back"] = frozenset(how["on_back"])
        given = tuple((name, attribute, value) for name, attribute, value in read["given"])
        return cls(size=read["size"], editions=tuple(read["editions"]), how=Arrangement(**how), given=given)


@dataclass(frozen=True, slots=True)
class Sketch:
    """An edition, laid out once by a recipe. `amiss` says what is wrong with it in a few words. "" if nothing is."""

    typesetter: Typesetter
    laid_out: Any
    amiss: str = ""


def recipe_of(typesetter: Typesetter, size: float, editions: Sequence[str], how: Arrangement = USUAL) -> str:
    """The recipe of what `typesetter` has laid out last, as text."""
    given = []
    for name, element in _named(typesetter.root):
        if name in (BODY, INSIDE):
            given += [(name, attribute, element.get(attribute)) for attribute in ("class", "style")]
        elif element.get("style") == ANEW:
            given.append((name, "style", ANEW))
    kept = tuple((name, attribute, value) for name, attribute, value in given if value)
    return Recipe(size=size, editions=tuple(editions), how=how, given=kept).text()


def follow(recipe: Recipe, typesetter: Typesetter) -> None:
    """Gives the elements the attributes of the recipe. The text may have changed, and lack some elements."""
    named = dict(_named(typesetter.root))
    for name, attribute, value in recipe.given:
        if name in named:
            named[name].set(attribute, value)


def _named(root: Any) -> Iterator[tuple[str, Any]]:
    for element in root.iter():
        if element.tag == "body":
            yield BODY, element
        elif element.tag == "div" and element.get("class", "").startswith("inside"):
            yield INSIDE, element
        elif isinstance(element.tag, str) and (name := name_of(element)):
            yield name, element
