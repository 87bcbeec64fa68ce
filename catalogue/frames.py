"""Turns the name of a template of this room into the template."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from languages.humanize import details_in_words, label_in_words
from languages.tags import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from jinja2 import Environment, Template

    from model.document import Words

TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def template(name: str) -> Template:
    """The template with this name."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    """The environment of the templates: autoescape is on, and a missing name is an error. The import is late since
    it takes 30 ms."""
    from channels.design.frames import environment_of  # noqa: PLC0415 (Jinja: 30 ms, not for every run)

    made = environment_of(TEMPLATES)
    made.filters |= {"label": label_of, "language": name_of}
    return made


def label_of(file: Mapping[str, Any], words: Words) -> tuple[str, str]:
    """The title of a file and the details that help readers to decide on it, in the same words as on the page."""
    details = details_in_words(file["media_type"], file["size"], file.get("pages"), file.get("seconds"), words)
    return label_in_words(file["title"], details)
