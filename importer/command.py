"""The words of `pipeline.py import` to source files, and to a report of each."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from importer.draft import Draft
from importer.faults import Refused, refuse
from importer.files import KINDS, read_file
from importer.page import LANGUAGE
from importer.write_yaml import count_looks, write
from model.diagnostics import Diagnostic, has_errors, show
from model.document import Document
from model.errors import OutputError, UsageError
from reader.ids import slug
from reader.read import read

MOST_LISTED: Final = 8
LONGEST_SAID: Final = 100
LONGEST_NAME: Final = 60
ADDRESSES: Final = ("http:/", "https:/", "www.")

Inspect = Callable[[Document], Iterable[Diagnostic]]
"""What `check` looks at beyond the source file itself."""


def run_import(options: Namespace, home: Path, inspect: Inspect) -> int:
    """`import`: a source file for each page. 0 when each passes `check`, 1 when one cannot be read or does not."""
    into: Path = options.to or home / "source"
    failed = made = 0
    for path in found(options.files):
        try:
            place, draft = import_file(path, into, options.language, home / "schema.yaml")
        except Refused as refused:
            sys.stderr.write(show(refused.diagnostic) + "\n")
            failed += 1
            continue
        faults = checked(place, inspect)
        sys.stderr.writelines(show(fault) + "\n" for fault in faults)
        sys.stdout.write(report(path, place, draft, faults))
        failed += has_errors(faults)
        made += 1
    if made:
        sys.stdout.write(f"{_count(made, 'page')} imported into {_named(into)}. Next: pipeline.py build\n")
    return 1 if failed else 0


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are meant: those named, and in folders all that can be imported."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inner = [file for file in sorted(path.rglob("*")) if _is_page(file, path)]
        if not inner:
            raise UsageError(
                f"there is nothing to import in {path}", f"Files that can be imported end in {', '.join(KINDS)}."
            )
        yield from inner


def _is_page(file: Path, folder: Path) -> bool:
    """Whether a file of a folder is a page: not hidden, and no part of what a browser saved with another page."""
    steps = file.relative_to(folder).parts
    beside = any(step.endswith("_files") for step in steps[:-1])
    return (
        file.suffix.lower() in KINDS
        and not beside
        and not any(step.startswith((".", "~$")) for step in steps)
        and file.is_file()
    )


def import_file(path: Path, into: Path, language: str | None, schema: Path) -> tuple[Path, Draft]:
    """Write the source file for the page at `path` below `into`, with its images. Its place, and what was found."""
    if str(path).lower().startswith(ADDRESSES):
        raise refuse(
            "web-address",
            str(path),
            "an address on the web cannot be imported",
            "Save the page in a browser (Save page as, Web page, complete) and name the file.",
        )
    draft = read_file(path, language)
    place = into / name_of(path) / f"{draft.language}.yaml"
    text = write(draft, path.name, os.path.relpath(schema, place.parent))
    if place.exists() and place.read_text(encoding="utf-8") != text:
        raise refuse(
            "exists",
            str(path),
            f"there is a source at {_named(place)} already",
            "Delete it, or choose another folder with --to.",
        )
    try:
        for name, data in draft.images.items():
            (place.parent / "images").mkdir(parents=True, exist_ok=True)
            (place.parent / "images" / name).write_bytes(data)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{_named(place)} cannot be written: {error.strerror}", "Choose another folder with --to."
        ) from None
    return place, draft


def name_of(path: Path) -> str:
    """The publication's name: the file's, or its folder's where the file is called index; a folder may be called by a
    language."""
    named = path.resolve()
    name = named.stem
    if name.lower() == "index":
        above = named.parent
        name = above.parent.name if LANGUAGE.fullmatch(above.name) and above.parent.name else above.name
    return slug(name)[:LONGEST_NAME].strip("-")


def checked(place: Path, inspect: Inspect) -> tuple[Diagnostic, ...]:
    """What `check` finds in the source file at `place`."""
    result = read(place)
    return (*result.diagnostics, *(inspect(result.document) if result.document is not None else ()))


def report(path: Path, place: Path, draft: Draft, faults: Iterable[Diagnostic]) -> str:
    """What became of one page, for a person."""
    looks = count_looks(draft.data)
    parts = [f"{_count(looks, 'thing')} to look at (search for “look:”)"] * bool(looks)
    if images := len(draft.images):
        parts.append(_count(images, "image"))
    errors = sum(fault.severity == "error" for fault in faults)
    parts.append(f"{_count(errors, 'error')} to mend" if errors else "passes check")
    lines = [f"{path} → {_named(place)}: {', '.join(parts)}."]
    for left in draft.left_out[:MOST_LISTED]:
        words = left.words if len(left.words) <= LONGEST_SAID else f"{left.words[:LONGEST_SAID].rstrip()}…"
        lines.append(f"    left out: “{words}” – {left.reason}")
    if len(draft.left_out) > MOST_LISTED:
        lines.append(f"    … and {len(draft.left_out) - MOST_LISTED} more, listed at the head of the file")
    return "\n".join(lines) + "\n"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


def _named(path: Path) -> str:
    """A path as people would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
