"""Turns the arguments of `pipeline.py import` into source files, and reports on each."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from importer.checking import Inspect, checking
from importer.defaults import without_defaults
from importer.draft import Draft
from importer.faults import Refused, refuse
from importer.files import KINDS, read_file
from importer.page import LANGUAGE
from importer.unclear import with_unclear_said
from importer.write_yaml import count_looks, write
from model.counted import number_of
from model.diagnostics import Diagnostic, has_errors, show
from model.document import Document
from model.errors import OutputError, UsageError
from reader.ids import slug
from reader.read import read

MOST_LISTED: Final = 8
LONGEST_SAID: Final = 100
LONGEST_NAME: Final = 60
TRIAL: Final = ".import.yaml"
ADDRESSES: Final = ("http:/", "https:/", "www.")


def run_import(options: Namespace, home: Path, inspection: Callable[[], Inspect]) -> int:
    """Runs `import`: writes a source file for each page. Returns 0 if each page passes `check`, else 1."""
    into: Path = options.to or home / "source"
    pages = list(found(options.files))
    failed, made = 0, []
    with checking(None if options.no_check else inspection, len(pages)) as check:
        for path in pages:
            try:
                place, draft = import_file(path, into, options.language, home / "schema.yaml")
            except Refused as refused:
                sys.stderr.write(show(refused.diagnostic) + "\n")
                failed += 1
                continue
            made.append((path, place, draft, check(place)))
        for path, place, draft, waiting in made:
            faults = waiting()
            sys.stderr.writelines(show(fault) + "\n" for fault in faults)
            sys.stdout.write(report(path, place, draft, faults, checked=not options.no_check))
            failed += has_errors(faults)
    if made:
        sys.stdout.write(f"{number_of(len(made), 'page')} imported into {_named(into)}. Next: pipeline.py build\n")
    return 1 if failed else 0


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to import: those that are named, and in a folder all that can be imported. Raises UsageError for a
    folder without any."""
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
    """True if a file of a folder is a page: it is not hidden, and does not belong to what a browser saved with
    another page."""
    steps = file.relative_to(folder).parts
    beside = any(step.endswith("_files") for step in steps[:-1])
    return (
        file.suffix.lower() in KINDS
        and not beside
        and not any(step.startswith((".", "~$")) for step in steps)
        and file.is_file()
    )


def import_file(path: Path, into: Path, language: str | None, schema: Path) -> tuple[Path, Draft]:
    """Writes the source file and the images for the page at `path` below `into`. Returns the place of the source
    file, and the draft. Raises Refused for a page that cannot be imported, OutputError if a file cannot be written."""
    if str(path).lower().startswith(ADDRESSES):
        raise refuse(
            "web-address",
            str(path),
            "an address on the web cannot be imported",
            "Save the page in a browser (Save page as, Web page, complete) and name the file.",
        )
    draft = read_file(path, language)
    place = into / name_of(path) / f"{draft.language}.yaml"
    draft = without_defaults(draft, place)
    try:
        new = not place.exists()
        place.parent.mkdir(parents=True, exist_ok=True)
        if new:
            _write_images(draft, place.parent)
        draft = with_unclear_said(draft, _as_read(draft, place.parent))
        text = write(draft, path.name, os.path.relpath(schema, place.parent))
        if not new and place.read_text(encoding="utf-8") != text:
            raise refuse(
                "exists",
                str(path),
                f"there is a source at {_named(place)} already",
                "Delete it, or choose another folder with --to.",
            )
        if not new:
            _write_images(draft, place.parent)
        place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{_named(place)} cannot be written: {error.strerror}", "Choose another folder with --to."
        ) from None
    return place, draft


def _write_images(draft: Draft, folder: Path) -> None:
    for name, data in draft.images.items():
        (folder / "images").mkdir(exist_ok=True)
        (folder / "images" / name).write_bytes(data)


def _as_read(draft: Draft, folder: Path) -> Document | None:
    """The Document that a draft makes, beside its images; no source is there yet, or an earlier one stays."""
    trial = folder / TRIAL
    try:
        trial.write_text(write(draft, "", ""), encoding="utf-8")
        return read(trial).document
    finally:
        trial.unlink(missing_ok=True)


def name_of(path: Path) -> str:
    """The name of the publication: that of the file, or that of its folder if the file is called index. A folder
    that is called by a language passes the question on to the folder above it."""
    named = path.resolve()
    name = named.stem
    if name.lower() == "index":
        above = named.parent
        name = above.parent.name if LANGUAGE.fullmatch(above.name) and above.parent.name else above.name
    return slug(name)[:LONGEST_NAME].strip("-")


def report(path: Path, place: Path, draft: Draft, faults: Iterable[Diagnostic], *, checked: bool = True) -> str:
    """Says for a person what became of one page. `checked` is true if its editions were laid out."""
    looks = count_looks(draft.data) + len(draft.warnings)
    parts = [f"{number_of(looks, 'thing')} to look at (search for “look:”)"] * bool(looks)
    if images := len(draft.images):
        parts.append(number_of(images, "image"))
    errors = sum(fault.severity == "error" for fault in faults)
    parts.append(f"{number_of(errors, 'error')} to mend" if errors else "passes check" if checked else "can be read")
    lines = [f"{path} → {_named(place)}: {', '.join(parts)}."]
    lines += [f"    look: {text}" for text in draft.warnings]
    for left in draft.left_out[:MOST_LISTED]:
        words = left.words if len(left.words) <= LONGEST_SAID else f"{left.words[:LONGEST_SAID].rstrip()}…"
        lines.append(f"    left out: “{words}” – {left.reason}")
    if len(draft.left_out) > MOST_LISTED:
        lines.append(f"    … and {len(draft.left_out) - MOST_LISTED} more, listed at the head of the file")
    return "\n".join(lines) + "\n"


def _named(path: Path) -> str:
    """The path as people would type it in the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
