"""Turns nodes of tables into Tables: headers, groups, cells that repeat others, totals and notes."""

from __future__ import annotations

import re
from itertools import repeat
from typing import Final

from model.blocks import ColumnGroup, Row, Table
from model.counted import number_of
from model.inlines import Sentence
from model.traverse import text_of
from reader.prose import Prose
from yaml_source.node import Node

LOSS: Final = re.compile(r"\(\d{1,3}(?:,\d{3})+\)")
"""Less than nothing, as accounts write it."""
ABOVE: Final = "^"
BEFORE: Final = "<"


class Tables:
    """Builds the tables of one document. The schema check has made sure that the nodes have the right shape."""

    def __init__(self, text: Prose) -> None:
        self.text = text

    def table(self, node: Node, own: str) -> Table:
        """One table. Reports rows that are not as long as the headers."""
        caption = self.text.line(node["caption"], f"{own}-caption")
        groups = self._column_groups(node.get("column_groups"), own)
        headers = self.text.lines(node["headers"], f"{own}-header")
        if groups and (wide := sum(group.columns for group in groups)) != len(headers):
            columns, whole = number_of(wide, "column"), number_of(len(headers), "header")
            message = f"the groups have {columns} together and the table {whole}"
            hint = "Let them stand over every column, those without a group too: `- { columns: 1 }`."
            self.text.report_at(node["column_groups"])("row-length", message, hint, "")
            groups = ()
        return Table(
            id=own,
            caption=caption,
            headers=headers,
            rows=self._rows(node["rows"].items, f"{own}-row", headers),
            row_headers=node.flag("row_headers"),
            column_groups=groups,
            footer=self._rows(node["footer"].items if "footer" in node else [], f"{own}-footer", headers),
            notes=self.text.sentences(node.get("notes"), f"{own}-notes"),
            mark=node.mark,
        )

    def _column_groups(self, node: Node | None, own: str) -> tuple[ColumnGroup, ...]:
        groups = []
        for n, group in enumerate(node.items if node else (), 1):
            title = self.text.optional(group.get("title"), f"{own}-group-{n}")
            groups.append(ColumnGroup(title=title, columns=int(group["columns"].text)))
        return tuple(groups)

    def _rows(self, nodes: list[Node], own: str, headers: tuple[Sentence, ...]) -> tuple[Row, ...]:
        rows: list[Row] = []
        about = [f"{text_of(header.inlines)}{_loss(nodes, n)}" for n, header in enumerate(headers)]
        heading: Node | None = None
        for node in nodes:
            if "group" in node:
                if heading is not None:
                    self._report_empty(heading)
                heading = node
                continue
            place = self.text.ids.place(f"{own}-{len(rows) + 1}")
            group = self.text.line(heading["group"], f"{place}-group") if heading is not None else None
            above = rows[-1].cells if rows and heading is None else ()
            cells = self._cells(node, place, above, about)
            if len(cells) != len(headers):
                self._report_length(node, len(cells), len(headers))
                cells = (*cells, *repeat(cells[-1], len(headers)))[: len(headers)]  # so that the rest can be looked at
            rows.append(Row(id=place, cells=cells, group=group, mark=node.mark))
            heading = None
        if heading is not None:
            self._report_empty(heading)
        return tuple(rows)

    def _cells(self, row: Node, place: str, above: tuple[Sentence, ...], about: list[str]) -> tuple[Sentence, ...]:
        """The cells of a row. A cell that repeats another is the same Sentence object."""
        cells: list[Sentence] = []
        for n, node in enumerate(row.items):
            sign = node.text.strip()
            if sign == ABOVE and n < len(above):
                cells.append(above[n])
            elif sign == BEFORE and cells:
                cells.append(cells[-1])
            else:
                if sign in (ABOVE, BEFORE):
                    where = "above" if sign == ABOVE else "before"
                    message = f"there is no cell {where} this one that it could be the same as"
                    self.text.report_at(node)("wrong-value", message, "Write what the cell says.", "")
                cells.append(self.text.line(node, f"{place}-{n + 1}", about[n] if n < len(about) else ""))
        return tuple(cells)

    def _report_empty(self, heading: Node) -> None:
        hint = "Write the rows below it, or delete it."
        self.text.report_at(heading)("empty", "this group has no rows", hint, "")

    def _report_length(self, row: Node, cells: int, headers: int) -> None:
        message = f"this row has {number_of(cells, 'cell')} and the table {number_of(headers, 'header')}"
        hint = "Give every row a cell for each header. "
        if cells > headers:
            hint += "Within brackets, a text with a comma in it is written in quotes."
        else:
            hint += "An empty cell gets a word too, such as none; ^ stands for the same as above."
        self.text.report_at(row)("row-length", message, hint, "")


def _loss(rows: list[Node], column: int) -> str:
    """A large loss that stands in a column: it tells that a small one, "(21)", is one too."""
    cells = (row.items[column].text for row in rows if "group" not in row and column < len(row.items))
    return next((f" {cell}" for cell in cells if LOSS.fullmatch(cell)), "")
