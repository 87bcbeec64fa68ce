"""`python -m bench.corpus_report FOLDER` puts real pages through `import` and `check`, and counts how many pass.

Each page (.html, .docx, .md, .txt) is imported into a folder of its own and checked without an edit. Printed are the
pages that pass, the errors by code, and the warnings by code and per page; with --list CODE also every fault with
that code.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import ROOT
from channels import CHANNELS
from commands.check import inspection
from importer.checking import checked
from importer.command import found, import_file
from importer.faults import Refused
from model.diagnostics import Diagnostic, has_errors, show


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, and the faults in the source that was made of it."""

    name: str
    faults: tuple[Diagnostic, ...]

    @property
    def passes(self) -> bool:
        return not has_errors(self.faults)


def pages_of(folder: Path, into: Path) -> Iterator[Page]:
    """Imports every page of `folder` below `into`, and checks it."""
    inspect = inspection(CHANNELS)
    for number, path in enumerate(found([folder])):
        try:
            place, _ = import_file(path, into / str(number), "en", ROOT / "schema.yaml")
        except Refused as refused:
            yield Page(name=path.name, faults=(refused.diagnostic,))
            continue
        yield Page(name=path.name, faults=tuple(dict.fromkeys(checked(place, inspect))))


def report(pages: list[Page]) -> str:
    """The figures as text."""
    errors = Counter(fault.code for page in pages for fault in page.faults if fault.severity == "error")
    warnings = Counter(fault.code for page in pages for fault in page.faults if fault.severity == "warning")
    passing = sum(page.passes for page in pages)
    lines = [f"{passing} of {len(pages)} pages pass check with no edit."]
    lines += [f"stopped: {page.name}" for page in pages if not page.passes]
    lines += [f"errors: {', '.join(f'{code} {count}' for code, count in errors.most_common()) or 'none'}"]
    lines += [f"warnings: {', '.join(f'{code} {count}' for code, count in warnings.most_common()) or 'none'}"]
    return "\n".join([*lines, f"{sum(warnings.values()) / max(1, len(pages)):.1f} warnings a page"]) + "\n"


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench.corpus_report", description=__doc__)
    options.add_argument("folder", type=Path, help="pages as they were published")
    options.add_argument("--list", metavar="CODE", action="append", default=[], help="show every fault of this code")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="corpus-") as place:
        pages = list(pages_of(chosen.folder, Path(place)))
        shown = (fault for page in pages for fault in page.faults if {fault.code, "all"} & set(chosen.list))
        sys.stdout.writelines(f"{show(fault)}\n" for fault in shown)
    sys.stdout.write(report(pages))
    return 0 if all(page.passes for page in pages) else 1


if __name__ == "__main__":
    sys.exit(main())
