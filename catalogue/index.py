"""`index.html` of the output folder, and its style: every publication, its languages and its editions, read from their
manifests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from languages.fixed_words import read_words
from languages.humanize import details_in_words
from languages.plurals import counted
from languages.tags import direction_of, name_of
from model.document import Words
from model.errors import NotOurs
from publish.faults import writing
from publish.folder import STAGING, replace_file
from publish.manifest import read_manifest

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATES = Path(__file__).parent / "templates"
TOKENS = Path(__file__).parent.parent / "channels" / "design" / "tokens.css"
NAME = "index.html"
STYLE = "index.css"
LANGUAGE = "en"
GENERATOR = "One source, every reader"
MARKS = ('<meta name="generator" content="{}">', "/* {}: the list of publications */")
"""By this a list of publications, and its style, are known as ours."""
FONT = re.compile(r"fonts/latin-(\d+)-normal(?:\.[0-9a-f]+)?\.woff2")
ICON = re.compile(r"icon(?:\.[0-9a-f]+)?\.svg")


def write_index(output: Path, *, flush: bool = True) -> bool:
    """Bring the index of `output` up to date; False where it already was."""
    refuse_foreign_list(output)
    stale = {
        name: data
        for name, data in index_of(published_in(output)).items()
        if not (output / name).is_file() or (output / name).read_bytes() != data
    }
    for name in sorted(stale):  # the style before the page that names it
        replace_file(output, name, stale[name], flush=flush)
    return bool(stale)


def refuse_foreign_list(output: Path) -> None:
    """Raise NotOurs where something else than a list of ours stands in the place of the list of publications."""
    for path in (output / NAME, output / STYLE):
        if path.is_symlink() or path.is_dir() or (path.exists() and not is_ours(path)):
            hint = "Move it away, or choose another folder with --output."
            raise NotOurs(f"{path} is not a list of publications that a build has made", hint)


def is_ours(path: Path) -> bool:
    """Whether the page or style at `path` says that it is of a list that a build has made."""
    with writing(path), path.open("rb") as file:
        begin = file.read(2048)
    return any(mark.format(GENERATOR).encode() in begin for mark in MARKS)


def index_of(publications: list[list[dict[str, Any]]]) -> dict[str, bytes]:
    """The page that lists `publications` (their manifests, one list for each publication) and its style, by name. No
    style stands in the page: a server's policy for all pages forbids it."""
    words, _ = read_words(LANGUAGE)
    style = (
        template("index.css.j2")
        .render(generator=GENERATOR, fonts=fonts_of(publications), tokens=TOKENS.read_text(encoding="utf-8"))
        .encode("utf-8", "replace")
    )
    page = template("index.html.j2").render(
        publications=publications,
        count=counted(words, "index_count", len(publications)).format(count=len(publications)),
        generator=GENERATOR,
        style=f"{STYLE}?v={hashlib.sha256(style).hexdigest()[:8]}",
        icon=icon_of(publications),
        words=words,
        language=LANGUAGE,
    )
    return {STYLE: style, NAME: page.encode("utf-8", "replace")}


def published_in(output: Path) -> list[list[dict[str, Any]]]:
    """The manifests found in `output`, in the order of their titles, the languages of one publication together."""
    found: dict[str, list[dict[str, Any]]] = {}
    for folder in sorted(output.glob("*/*/")):
        manifest = read_manifest(folder) if folder.parent.name != STAGING else None
        if manifest is not None:
            found.setdefault(folder.parent.name, []).append(_listed(manifest, folder.relative_to(output).as_posix()))
    for languages in found.values():
        languages.sort(key=lambda one: (one["language"] != LANGUAGE, one["language"]))
    return sorted(found.values(), key=lambda languages: (languages[0]["title"].casefold(), languages[0]["place"]))


def _listed(manifest: dict[str, Any], place: str) -> dict[str, Any]:
    """A manifest with what the page says of it: its folder, its direction, the page, the editions to fetch, and what
    is a part of one of them (the tracks of a recording)."""
    files = manifest["files"]
    return manifest | {
        "place": place,
        "direction": direction_of(manifest["language"]),
        "page": next((file["path"] for file in files if file.get("role") == "page"), None),
        "editions": [file for file in files if file.get("role") == "download"],
        "parts": [file for file in files if file.get("role") == "part"],
    }


def details_of(file: Mapping[str, Any], words: Words) -> str:
    """What a reader wants to know before fetching a file, as the page says it."""
    return details_in_words(file["media_type"], file["size"], file.get("pages"), file.get("seconds"), words)


def icon_of(publications: list[list[dict[str, Any]]]) -> str:
    """The icon of the first page that brings one; nothing where none does."""
    for one in (one for languages in publications for one in languages):
        for file in one["files"]:
            if ICON.fullmatch(file["path"]):
                return f"{one['place']}/{file['path']}"
    return ""


def fonts_of(publications: list[list[dict[str, Any]]]) -> dict[str, str]:
    """The letters of the first page that brings some: their weights, each with its file."""
    for one in (one for languages in publications for one in languages):
        found = {m[1]: f"{one['place']}/{file['path']}" for file in one["files"] if (m := FONT.fullmatch(file["path"]))}
        if found:
            return found
    return {}


@cache
def environment() -> Environment:
    """The templates of this room: autoescape on, a name that is not given is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (30 ms, not for every run)

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"details": details_of, "language": name_of}
    return made


def template(name: str) -> Template:
    """A template of this room."""
    return environment().get_template(name)
