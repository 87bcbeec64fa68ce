"""A source file to a Document: load, check the shape, build, check the meaning. All faults come back together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.diagnostics import Diagnostic, has_errors
from model.document import Document
from reader.build import Builder
from reader.checks import check_document, check_source
from reader.schema_errors import check_shape, stand_in
from yaml_source.flow_commas import check_commas
from yaml_source.load import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A document, or None where a diagnostic is an error; warnings may stand beside a document."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]


def read(path: Path) -> Result:
    """Read the publication at `path`."""
    loaded = load(path)
    if loaded.diagnostics:
        return Result(document=None, diagnostics=tuple(loaded.diagnostics))
    cut = tuple(check_commas(loaded))
    lines = {diagnostic.mark.line for diagnostic in cut}
    of_shape = (*cut, *(fault for fault in check_shape(loaded) if fault.mark.line not in lines))
    if of_shape and (cut or not stand_in(loaded)):
        return Result(document=None, diagnostics=of_shape)
    builder = Builder(path, loaded)
    found = list(check_source(path, loaded))
    document = builder.document() if not has_errors(found) else None
    found += builder.diagnostics
    if document is not None:
        found += check_document(document, loaded)
    if of_shape:  # a warning may be of what is missing only because a block at fault is not read
        found = [*of_shape, *(fault for fault in found if fault.severity == "error")]
    found.sort(key=lambda diagnostic: (diagnostic.mark.line, diagnostic.mark.column))
    unique = tuple(dict.fromkeys(found))
    return Result(document=None if has_errors(unique) else document, diagnostics=unique)
