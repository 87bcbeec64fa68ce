"""Turns traced pages into the tree of tags that a screen reader walks, one element for each element of the source.

WeasyPrint tags boxes. A paragraph over two panels becomes two paragraphs, a wrapped link two links, and the words of
margin boxes and decorations belong to nothing. To mend that tree one would have to guess which boxes belong
together. But every box of the pages points at its HTML element. So this tree is built anew from the boxes, in the
order of the HTML, and WeasyPrint's own is left out. Each rule below names the clause of ISO 32000-1 or ISO 14289-1
that it keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from channels.pdf.engine import name_of
from channels.pdf.markup import seen
from channels.pdf.weasyprint_parts import in_margin, link_of, page_box, real
from model.errors import RenderError

# HTML element → structure type (ISO 32000-1, 14.8.4). Any other element is transparent: its content belongs to its
# parent.
TYPES = {
    "section": "Sect",
    "aside": "Sect",
    "p": "P",
    "blockquote": "BlockQuote",
    "figcaption": "P",  # a Caption is not read where its figure has a description
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "strong": "Strong",
    "em": "Em",
    "img": "Figure",
}
ROLES = {"Strong": "Span", "Em": "Span"}  # types of this program → standard ones (14.8.4.1)
# Types that hold elements and never words.
GROUPS = {"Document", "Sect", "BlockQuote", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR"}
NUMBERING = {"ul": "Disc", "ol": "Decimal", "dl": "None"}
PT_PER_PX = 0.75
Corner = tuple[int, float, float]  # a laid-out page from 0; left and top in points from its lower left corner


@dataclass(frozen=True, slots=True)
class Piece:
    """Marked content `mcid` of laid-out page `page`, both counted from 0."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """The annotation of a link, by its object number in the drawn PDF."""

    page: int
    number: int


@dataclass(slots=True)
class Node:
    """An element of the tree. `boxes` are the places of a figure: page, then left, bottom, right, top in points."""

    type: str
    kids: list[Node | Piece | Annotation] = field(default_factory=list)
    id: str = ""
    alternative: str = ""
    expansion: str = ""
    language: str = ""
    contents: str = ""
    numbering: str = ""
    scope: str = ""
    spans: tuple[int, int] = (1, 1)
    boxes: list[tuple[int, float, float, float, float]] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def pieces(self) -> Iterator[Piece]:
        """All marked content of this node and below it, in reading order."""
        for node in self.walk():
            yield from (kid for kid in node.kids if isinstance(kid, Piece))


@dataclass(frozen=True, slots=True)
class Traced:
    """The tree of tags, the places where named elements begin, and the object numbers of links outside the tree:
    those in a header that a table repeats on a later page."""

    root: Node
    corners: dict[str, Corner]
    repeated_links: frozenset[int]


def trace(pages: Sequence[Any]) -> Traced:
    """The traced content of `pages` (of an engine.Drawing). Raises RenderError for words outside any element."""
    tracer = _Tracer(Node("Document"))
    for number, page in enumerate(pages):
        tracer.page, tracer.drawn = number, page.drawn
        tracer.width, tracer.height = page.width, page.height
        tracer.walk(page_box(page), tracer.root)
    return Traced(tracer.root, tracer.corners, frozenset(tracer.repeated_links))


def unlink(root: Node) -> None:
    """Takes the links out of a tree and leaves their words."""
    for node in root.walk():
        if node.type == "Link":
            node.type = "Span"
            node.kids = [kid for kid in node.kids if not isinstance(kid, Annotation)]


@dataclass(slots=True)
class _Tracer:
    root: Node
    nodes: dict[Any, Node] = field(default_factory=dict)
    page: int = 0
    width: float = 0
    height: float = 0
    drawn: dict[Any, int] = field(default_factory=dict)
    first_page: dict[Any, int] = field(default_factory=dict)
    corners: dict[str, Corner] = field(default_factory=dict)
    repeated_links: set[int] = field(default_factory=set)

    def walk(self, box: Any, parent: Node) -> None:
        """Adds what `box` draws to `parent`, or to the node of the box's own element below it."""
        box = real(box)
        name, element = box.element_tag, box.element
        if in_margin(box):
            return  # a margin box: running heads and page numbers are artifacts (ISO 14289-1, 7.8)
        if element is not None and (element.get("aria-hidden") or self.repeated(element)):
            self.repeated_links |= set(_links(box))
            return  # decoration, or a table's header repeated on a later page: artifacts too (7.1)
        if element is not None and (named := name_of(element)) and named not in self.corners:
            self.corners[named] = self.corner(box)
        node = parent if element is None else self.node(element, name, parent)
        if box in self.drawn and (getattr(box, "text", None) is None or box.text.strip()):
            if node.type in GROUPS:
                raise RenderError(f"words stand in <{name}> outside any paragraph: {getattr(box, 'text', '')!r}")
            node.kids.append(Piece(self.page, self.drawn[box]))
        if (link := link_of(box)) is not None:
            if node.type == "Link":
                node.kids.append(Annotation(self.page, link))
            else:  # an abbreviation within a link has its own area, which the link's area covers
                self.repeated_links.add(link)
        if node.type == "Figure" and node is not parent:
            node.boxes.append(self.place(box))
        for child in getattr(box, "children", ()):
            self.walk(child, node)

    def repeated(self, element: Any) -> bool:
        """True if `element` is a table's header that an earlier page has shown."""
        return element.tag == "thead" and self.first_page.setdefault(element, self.page) != self.page

    def corner(self, box: Any) -> Corner:
        """The page of `box`, and the left and top edge of its clickable area, in points."""
        left, top, _, _ = box.hit_area()
        return self.page, left * PT_PER_PX, (self.height - top) * PT_PER_PX

    def place(self, box: Any) -> tuple[int, float, float, float, float]:
        """The page of `box`, and its edges in points from the page's lower left corner, as far as the page goes: what
        runs over its edge is cut off."""
        left, top = box.border_box_x(), box.border_box_y()
        right, bottom = left + box.border_width(), top + box.border_height()
        edges = max(left, 0), min(bottom, self.height), min(right, self.width), max(top, 0)
        left, bottom, right, top = (edge * PT_PER_PX for edge in edges)
        return self.page, left, self.height * PT_PER_PX - bottom, right, self.height * PT_PER_PX - top

    def node(self, element: Any, name: str, parent: Node) -> Node:
        """The node for the content of `element`. It is the same one however many boxes the element fills."""
        if name == "li::marker":
            return self.label(element)
        if element not in self.nodes:
            self.nodes[element] = self.new(element, parent)
        return self.nodes[element]

    def label(self, item: Any) -> Node:
        """The Lbl of a list item, before its LBody (14.8.4.3.3)."""
        if ("label", item) not in self.nodes:
            self.nodes["label", item] = Node("Lbl")
            self.nodes["item", item].kids.insert(0, self.nodes["label", item])
        return self.nodes["label", item]

    def new(self, element: Any, parent: Node) -> Node:
        """A node for `element` if it has a meaning of its own, else the parent's node."""
        if parent.type == "Figure" or element.tag in ("html", "body"):
            return parent
        if element.get("role") == "img":
            return _hang(parent, Node("Figure", id=name_of(element), alternative=element.get("aria-label", "")))
        if element.tag == "div" and parent.type == "L":
            return _hang(parent, Node("LI"))  # a pair of a definition list
        if element.get("class") == "footnote":
            return _hang(parent, Node("Note", id=name_of(element)))  # stands where its call stands (ISO 14289-1, 7.9)
        if element.tag in ("abbr", "span", "bdi"):
            return self.span(element, parent)
        if element.tag not in TYPES:
            return parent
        if element.tag in ("strong", "em", "a") and parent.type in GROUPS:
            parent = _hang(parent, Node("P"))  # running text needs a paragraph (14.8.4.2)
        node = _hang(parent, Node(TYPES[element.tag], id=name_of(element), language=element.get("lang", "")))
        match element.tag:
            case "li":
                self.nodes["item", element] = node
                return _hang(node, Node("LBody"))
            case "ul" | "ol" | "dl":
                node.numbering = "LowerAlpha" if element.get("type") == "a" else NUMBERING[element.tag]
            case "th":
                node.scope = "Row" if element.get("scope") in ("row", "rowgroup") else "Column"
                node.spans = _spans(element)
            case "td":
                node.spans = _spans(element)
            case "a":
                words = seen("".join(element.itertext())).removeprefix("https://").removeprefix("http://")
                node.contents = element.get("aria-label") or words
            case "img":
                node.alternative = element.get("alt", "")
        return node

    def span(self, element: Any, parent: Node) -> Node:
        """A Span if words have a language of their own (14.9.2) or an expansion (14.9.5)."""
        if element.get("lang") or element.tag == "abbr":
            expansion = element.get("title", "") if element.tag == "abbr" else ""
            return _hang(parent, Node("Span", language=element.get("lang", ""), expansion=expansion))
        return parent


def _spans(element: Any) -> tuple[int, int]:
    """The number of columns and rows that a cell spans."""
    return int(element.get("colspan", "1")), int(element.get("rowspan", "1"))


def _links(box: Any) -> Iterator[int]:
    """The object numbers of the link annotations in `box`."""
    box = real(box)
    if (link := link_of(box)) is not None:
        yield link
    for child in getattr(box, "children", ()):
        yield from _links(child)


def _hang(parent: Node, node: Node) -> Node:
    parent.kids.append(node)
    return node
