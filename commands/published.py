"""Turns an output folder into what stands in it: its editions, what departs from their manifests, what has no
source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from catalogue.entries import published_in
from catalogue.index import index_of
from commands.report import LISTED
from model.counted import number_of
from publish.edition import Edition
from publish.folder import STAGING
from publish.manifest import NAME, faults_in, read_manifest
from reader.ids import slug
from reader.sources import real_folder

STRAY = "no part of a publication"


def editions_in(place: Path) -> list[Path]:
    """The folders of editions in `place`, which is an edition, a publication's folder, or a whole output. A manifest
    that another program wrote does not count."""
    if read_manifest(place) is not None:
        return [place]
    found = [path.parent for pattern in ("*", "*/*") for path in place.glob(f"{pattern}/{NAME}")]
    return sorted(path for path in found if _stands_in(place, path) and read_manifest(path) is not None)


def _stands_in(place: Path, edition: Path) -> bool:
    """True if `edition` is a folder of `place` itself, neither one that is being written nor one that a link leads
    to."""
    parts = edition.relative_to(place).parts
    ways = (place.joinpath(*parts[:number]) for number in range(1, len(parts) + 1))
    return STAGING not in parts and not any(way.is_symlink() for way in ways)


def size_of(output: Path) -> int:
    """The number of bytes published in `output`, by the manifests."""
    sheets = (read_manifest(edition) or {"files": []} for edition in editions_in(output))
    return sum(file["size"] for sheet in sheets for file in sheet["files"])


def faults_of(place: Path) -> list[str]:
    """The differences between `place` and what a build would leave there, a line for each fault."""
    if any(place.glob(f"*/*/{NAME}")):
        return list(faults_in_output(place))
    if any(place.glob(f"*/{NAME}")):
        return list(_in_publication(place))
    return list(faults_in(place))


def faults_in_output(output: Path) -> Iterator[str]:
    """The same for an `output` folder: its publications, its list of them, and what belongs to neither."""
    index = index_of(published_in(output))
    for path in sorted(output.iterdir()):
        if path.is_dir() and path.name != STAGING:
            yield from _in_publication(path)
        elif path.name not in (*index, STAGING):
            yield f"{path}: {STRAY}"
    for name, data in sorted(index.items(), reverse=True):
        if not (output / name).is_file():
            yield f"{output / name}: missing"
        elif (output / name).read_bytes() != data:
            yield f"{output / name}: not the list of what is published"


def _in_publication(folder: Path) -> Iterator[str]:
    inner = sorted(folder.iterdir())
    if not inner:
        yield f"{folder}: {STRAY}"
    for path in inner:
        if path.is_dir():
            yield from faults_in(path)
        else:
            yield f"{path}: {STRAY}"


def withdrawn(output: Path, editions: Iterable[Edition], left_out: Iterable[Path]) -> list[str]:
    """The places in `output` that none of `editions` would fill; these must be all there are. A source that could
    not be read may belong to any language of its publication, and so may all in the folders that were `left_out`."""
    editions = list(editions)
    places = {edition.place for edition in editions if edition.place}
    unread = {slug(real_folder(edition.source).name) for edition in editions if not edition.place}
    unread |= {slug(folder.resolve().name) for folder in left_out}
    standing = [edition.relative_to(output) for edition in editions_in(output)] if output.is_dir() else []
    return [path.as_posix() for path in standing if path.as_posix() not in places and path.parts[0] not in unread]


def said_of(gone: list[str], where: str) -> str:
    """The words of a summary on the withdrawn places. `where` are the options that the command to remove them needs."""
    listed = ", ".join(gone[:LISTED]) + f" and {len(gone) - LISTED} more" * (len(gone) > LISTED)
    stand = number_of(len(gone), "publication stands", "publications stand")
    return f"{stand} there without a source: {listed}. To remove: pipeline.py clean --withdrawn{where}"
