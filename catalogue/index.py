"""Turns what is published in an output folder into the list of it: `index.html`, its style and script, and feeds."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from catalogue.entries import Publication, published_in
from catalogue.feed import feed_of
from catalogue.generator import BEGINNING, GENERATOR, names_us
from catalogue.page import HEAD, STYLE_NAME, page_of, versioned
from catalogue.podcast import NAME as PODCAST
from catalogue.podcast import podcast_of
from catalogue.statement import statement_of
from model.errors import NotOurs
from publish.faults import writing
from publish.folder import replace_file

DESIGN: Final = Path(__file__).parent.parent / "channels" / "design"
LOOK: Final = ("tokens.css", "stand-in.css")
PAGE: Final = "index.html"
FEED: Final = "feed.xml"
STATEMENT: Final = "accessibility-draft.html"
NAMES: Final = (PAGE, "index.css", "index.js", FEED, PODCAST, STATEMENT)
"""The files that a list may consist of. There are feeds if there is something to tell, and a statement if one body
signs it."""


def write_index(output: Path, *, flush: bool = True, cache: Path | None = None) -> bool:
    """Brings the list of `output` up to date. Returns False if it already was. What was read is kept in `cache`."""
    refuse_foreign_list(output)
    made = index_of(published_in(output, cache))
    stale = [name for name, data in made.items() if _read(output / name) != data]
    for name in sorted(stale, key=lambda name: name == PAGE):  # style and script before the page that names them
        replace_file(output, name, made[name], flush=flush)
    gone = [name for name in NAMES if name not in made and (output / name).exists()]
    for name in gone:
        with writing(output / name):
            (output / name).unlink()
    return bool(stale or gone)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def refuse_foreign_list(output: Path) -> None:
    """Raises NotOurs if something other than a list made by a build stands in the place of the list of publications."""
    for path in (output / name for name in NAMES):
        if path.is_symlink() or path.is_dir() or (path.exists() and not is_ours(path)):
            raise foreign(path)


def foreign(path: object) -> NotOurs:
    """The error for a file of somebody else at `path`, if a file of the list belongs there."""
    hint = "Move it away, or choose another place with --output."
    return NotOurs(f"{path} is not a list of publications that a build has made", hint)


def is_ours(path: Path) -> bool:
    """True if the file at `path` says that it belongs to a list that a build has made."""
    with writing(path), path.open("rb") as file:
        return names_us(file.read(BEGINNING))


def index_of(publications: list[Publication]) -> dict[str, bytes]:
    """The files of the list of `publications`, by name. Style and script are files of their own, since a server's
    policy for all pages forbids them in the page."""
    feed = feed_of(publications, GENERATOR)
    podcast = podcast_of(publications, GENERATOR)
    feeds = {name: data for name, data in ((FEED, feed), (PODCAST, podcast)) if data}
    tokens = "".join((DESIGN / name).read_text(encoding="utf-8") for name in LOOK)
    files = page_of(publications, GENERATOR, tokens, tuple(feeds)) | feeds
    statement = statement_of(publications, GENERATOR, versioned(STYLE_NAME, files[STYLE_NAME]), HEAD)
    return files | ({STATEMENT: statement} if statement else {})
