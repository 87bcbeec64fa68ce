"""Turns a Document into a draft of one printed edition, by the recipe of the last one: one layout, and a plain PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from channels.base import Draft, File
from channels.pdf import leaflet, pages, single_sheet
from channels.pdf.recipe import Recipe, Sketch
from model.document import Document
from model.editions import chooses_print, printed_editions
from model.parting import for_edition

Sketcher: TypeAlias = Callable[[Document, Recipe], Sketch]
SKETCHERS: Mapping[str, tuple[Sketcher, str]] = {
    "leaflet": (leaflet.sketch, "leaflet"),
    "factsheet": (partial(pages.sketch, style=pages.FACTSHEET), "factsheet"),
    "flyer": (partial(single_sheet.sketch, style=single_sheet.FLYER), "flyer"),
    "poster": (partial(single_sheet.sketch, style=single_sheet.POSTER), "poster"),
    "booklet": (partial(pages.sketch, style=pages.BOOKLET), "booklet"),
    "large-print": (partial(pages.sketch, style=pages.LARGE_PRINT), "large_print"),
}
"""For each edition, who lays it out by a recipe, and the key of readers' name for it."""


def draft(document: Document, path: str, recipe: str) -> Draft | None:
    """A draft of the file `path`. None if `document` does not have this edition."""
    name, found = path.removesuffix(".pdf"), Recipe.read(recipe)
    printed = set(printed_editions(document))
    if "leaflet" in printed and not chooses_print(document):
        printed.add("factsheet")  # in its place, if the text was too long
    if name not in printed:
        return None
    sketcher, title = SKETCHERS[name]
    sketch = sketcher(for_edition(document, name), found)
    data, count = sketch.typesetter.draw_plainly(sketch.laid_out), len(sketch.laid_out.pages)
    file = File(path=path, data=data, media_type="application/pdf", title=document.words[title], pages=count)
    amiss = f": {sketch.amiss}" if sketch.amiss else ""
    return Draft(
        file=file, note=f"set at {found.size:g} pt, as the last edition was{amiss}. The right size is being found"
    )
