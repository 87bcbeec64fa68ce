"""Turns a table into elements: the head, groups of rows, cells that stand for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Final, TypeAlias

from markupsafe import Markup

from channels.elements.dialect import Context
from channels.elements.escape import NOTHING, fill, join
from channels.elements.inlines import element, sentences
from model.blocks import Row, Table
from model.inlines import Sentence
from model.traverse import header_rows, text_of

MOST_BRIEF: Final = 12
"""Characters. About as many go into the least width of a column of row headers, 8 em."""
Looks: TypeAlias = Mapping[str, Markup]  # the attributes of cells, by the cells' ids
MANY: Final = 4
"""Columns that may be too wide for a telephone."""


def table(node: Table, context: Context) -> Markup:
    """A table. Where the medium scrolls, it stands in a frame that scrolls by itself, says so, and takes the focus, so
    that the page never scrolls sideways. There the caption is heard as the table's name, and not a second
    time as its first line; what has links in it must be reached, so it is heard twice."""
    region = named = hidden = NOTHING
    caption = element("caption", node.caption, context)
    if context.dialect.scrolls:
        region = fill(' role="group" aria-label="{}" tabindex="0"', context.words["table_wide"])
        if "<a " not in caption:
            named = fill(' aria-labelledby="{}"', node.caption.id)
            hidden = Markup(' aria-hidden="true"')
    elif context.dialect.frames and len(node.headers) >= MANY:
        region = fill(' role="group" aria-label="{}" tabindex="0"', context.words["table_wide"])
    looks = context.dialect.looks(node)
    foot = fill("\n<tfoot>\n{}\n</tfoot>", _rows(node.footer, node, looks, context)) if node.footer else NOTHING
    notes = fill('\n<p class="source">{}</p>', sentences(node.notes, context)) if node.notes else NOTHING
    return fill(
        '<{tag} class="{kind}"{region}>\n<table id="{id}"{named}>\n{caption}\n<thead>\n{head}\n</thead>\n{bodies}{foot}'
        "\n</table>{notes}\n</{tag}>",
        tag="section"
        if context.dialect.scrolls
        else "div",  # a part of the page may take the focus, a mere box may not
        kind="table brief" if context.dialect.scrolls and _is_brief(node) else "table",
        region=region,
        id=node.id,
        named=named,
        caption=element("caption", node.caption, context, spans=hidden) if hidden else caption,
        head=_head(node, context),
        bodies=join("\n", (_body(rows, node, looks, context) for rows in _groups(node.rows))),
        foot=foot,
        notes=notes,
    )


def _is_brief(node: Table) -> bool:
    """True if all headers of rows are short, so that their column needs no least width."""
    rows = (*node.rows, *node.footer) if node.row_headers else ()
    return max((len(text_of(row.cells[0].inlines)) for row in rows), default=MOST_BRIEF) < MOST_BRIEF


def _head(node: Table, context: Context) -> Markup:
    """The headers of the columns, below those of groups of columns if there are any."""
    rows = []
    for row in header_rows(node):
        cells = (
            element("th", cell, context, scope="colgroup" if columns > 1 else "col", spans=_spans(columns, down))
            for cell, columns, down in row
        )
        rows.append(fill("<tr>{}</tr>", join("", cells)))
    return join("\n", rows)


def _spans(columns: int, rows: int) -> Markup:
    """The attributes of a cell that spans several columns or rows."""
    across = fill(' colspan="{}"', columns) if columns > 1 else NOTHING
    return across + fill(' rowspan="{}"', rows) if rows > 1 else across


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows in their groups. A new group begins with each row that has a group heading."""
    groups: list[list[Row]] = []
    for row in rows:
        if row.group is not None or not groups:
            groups.append([])
        groups[-1].append(row)
    return groups


def _body(rows: list[Row], table: Table, looks: Looks, context: Context) -> Markup:
    heading = NOTHING
    if (group := rows[0].group) is not None:
        over = _spans(len(table.headers), 1)
        heading = fill("<tr>{}</tr>\n", element("th", group, context, scope="rowgroup", spans=over))
    return fill("<tbody>\n{}{}\n</tbody>", heading, _rows(rows, table, looks, context))


def _rows(rows: Sequence[Row], table: Table, looks: Looks, context: Context) -> Markup:
    """Rows. Their cells have ids if the medium uses them, or if a cell belongs to more than one row."""
    ids = [cell.id for row in rows for cell in row.cells]
    named = context.dialect.names_cells or len(set(ids)) < len(ids)
    return join("\n", (_row(rows, n, table, looks, context, named) for n in range(len(rows))))


def _row(  # noqa: PLR0913, PLR0917 (what a row depends on)
    rows: Sequence[Row], place: int, table: Table, looks: Looks, context: Context, named: bool
) -> Markup:
    """A row, which is read as one. A cell stands for all equal cells below it and after it."""
    row, above = rows[place], rows[place - 1] if place else None
    cells = []
    for number, cell in enumerate(row.cells):
        same_as_above = above is not None and above.cells[number].id == cell.id
        if same_as_above or (number and row.cells[number - 1].id == cell.id):
            continue
        across = _run(cell, row.cells[number:])
        down = _run(cell, (rows[n] for n in range(place, len(rows))), number)
        spans = _spans(across, down) + looks.get(cell.id, NOTHING)
        held = number == 0 and context.dialect.holds(table, cell)
        if table.row_headers and number == 0:
            cells.append(element("th", cell, context, scope="row", held=held, named=named, spans=spans))
        else:
            cells.append(element("td", cell, context, held=held, named=named, spans=spans))
    return fill('<tr id="{}">{}</tr>', row.id, join("", cells))


def _run(cell: Sentence, places: Iterable[Sentence | Row], column: int = 0) -> int:
    """How many of the first `places` hold `cell`. A place that is a row is looked at in `column`."""
    found = (place.cells[column] if isinstance(place, Row) else place for place in places)
    return sum(1 for _ in takewhile(lambda other: other.id == cell.id, found))
