"""Turns a tree of tags and the places of its words into the structure tree inside a PDF (ISO 32000-1, 14.7)."""

from __future__ import annotations

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from channels.pdf.impose import Imposition
from channels.pdf.tagging import ROLES, Annotation, Node, Piece


def write_structure(pdf: Pdf, root: Node, imposed: Imposition, language: str) -> None:
    """Replaces the structure of `pdf` by `root`, with its parent tree and its tree of ids."""
    writer = _Writer(pdf, imposed)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree.K = writer.element(root, tree)
    tree.RoleMap = Dictionary({f"/{ours}": Name(f"/{standard}") for ours, standard in ROLES.items()})
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=writer.parents()))
    tree.ParentTreeNextKey = len(imposed.sheets) + len(writer.annotations)
    if writer.ids:
        names = [item for key in sorted(writer.ids) for item in (String(key), writer.ids[key])]
        tree.IDTree = pdf.make_indirect(Dictionary(Names=Array(names), Limits=Array([names[0], names[-2]])))
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Lang = String(language)


@dataclass(slots=True)
class _Writer:
    pdf: Pdf
    imposed: Imposition
    owners: dict[tuple[int, int], Object] = field(default_factory=dict)
    annotations: list[Object] = field(default_factory=list)
    ids: dict[str, Object] = field(default_factory=dict)

    def element(self, node: Node, parent: Object) -> Object:
        """`node` and all below it as structure elements."""
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.type}"), P=parent))
        page = self.page_of(node)
        if page is not None:
            element.Pg = self.imposed.sheets[page]
        kids: list[Object | int] = []
        for kid in node.kids:
            match kid:
                case Node():
                    kids.append(self.element(kid, element))
                case Piece():
                    kids.append(self.marked(kid, element, page))
                case Annotation():
                    kids.append(self.annotation(kid, node, element))
        element.K = Array(kids)
        self.describe(node, element)
        return element

    def page_of(self, node: Node) -> int | None:
        """The sheet of the first words that `node` itself holds."""
        pieces = (kid for kid in node.kids if isinstance(kid, Piece))
        return next((self.imposed.marked[piece.page, piece.mcid][0] for piece in pieces), None)

    def marked(self, piece: Piece, element: Object, page: int | None) -> int | Dictionary:
        sheet, mcid = self.imposed.marked[piece.page, piece.mcid]
        self.owners[sheet, mcid] = element
        if sheet == page:
            return mcid
        return Dictionary(Type=Name.MCR, Pg=self.imposed.sheets[sheet], MCID=mcid)

    def annotation(self, kid: Annotation, node: Node, element: Object) -> Dictionary:
        """A reference to a link's annotation. The annotation gets its description in words (ISO 14289-1, 7.18.5)."""
        annotation = self.pdf.get_object(kid.number, 0)
        annotation.Contents = String(node.contents)
        annotation.StructParent = len(self.imposed.sheets) + len(self.annotations)
        self.annotations.append(element)
        sheet, _, _ = self.imposed.origins[kid.page]
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.imposed.sheets[sheet])

    def describe(self, node: Node, element: Object) -> None:
        """Writes the properties and attributes of an element."""
        if node.alternative:
            element.Alt = String(node.alternative)
        if node.expansion:
            element.E = String(node.expansion)
        if node.language:
            element.Lang = String(node.language)
        if node.id and node.id not in self.ids:
            element.ID = String(node.id)
            self.ids[node.id] = element
        if node.numbering:
            element.A = Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering}"))
        if node.scope or node.spans != (1, 1):
            element.A = _of_cell(node)
        if node.boxes:
            element.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=self.box(node))

    def box(self, node: Node) -> Array:
        """The place of a figure on its sheet: the area that all its boxes there cover together."""
        first, _, _ = self.imposed.origins[node.boxes[0][0]]
        edges = []
        for page, left, bottom, right, top in node.boxes:
            sheet, x, y = self.imposed.origins[page]
            if sheet == first:
                edges.append((left + x, bottom + y, right + x, top + y))
        pick = (min, min, max, max)
        return Array([round(choose(edge), 4) for choose, edge in zip(pick, zip(*edges, strict=True), strict=True)])

    def parents(self) -> Array:
        """The elements of each sheet and annotation, as the parent tree has them (14.7.4.4)."""
        numbers: list[int | Array | Object] = []
        for sheet in range(len(self.imposed.sheets)):
            count = sum(1 for other, _ in self.owners if other == sheet)
            numbers += [sheet, Array([self.owners[sheet, mcid] for mcid in range(count)])]
        for key, element in enumerate(self.annotations, len(self.imposed.sheets)):
            numbers += [key, element]
        return Array(numbers)


def _of_cell(node: Node) -> Dictionary:
    """The scope of a header cell, and the number of columns and rows that a cell spans (ISO 32000-1, table 349)."""
    made = Dictionary(O=Name.Table)
    if node.scope:
        made.Scope = Name(f"/{node.scope}")
    columns, rows = node.spans
    if columns > 1:
        made.ColSpan = columns
    if rows > 1:
        made.RowSpan = rows
    return made
