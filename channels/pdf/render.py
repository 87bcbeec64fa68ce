"""A Document → leaflets and booklets as tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.base import File, Rendering, Settings, Store
from channels.html.markup import Image, Page
from channels.pdf import leaflet, markup
from channels.pdf.impose import Sheet, impose
from channels.pdf.structure import write_structure
from channels.pdf.tagging import trace
from document.diagnostics import Diagnostic
from document.model import Document, text_of

HERE = Path(__file__).parent
DESIGN = HERE.parent / "design"


class PdfChannel:
    name = "pdf"
    needs = ()

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings

    def inputs(self, document: Document) -> tuple[Path, ...]:
        fixed = [*(HERE / "templates").iterdir(), *(HERE / "styles").iterdir(), *(DESIGN / "fonts").iterdir()]
        return tuple(sorted([*fixed, DESIGN / "tokens.css"]))

    def fingerprint(self) -> str:
        return "pdf"

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        from channels.pdf.engine import Press

        tokens = dict(re.findall(r"--([\w-]+):\s*([^;]+);", (DESIGN / "tokens.css").read_text()))
        paper = markup.Paper(page=Page(words=document.words, language=document.language), tokens=tokens)
        env = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
        env.filters = env.filters
        html = env.get_template("leaflet.html").render(
            document=document,
            title=text_of(document.title.inlines),
            summary=text_of(document.summary.inlines),
            publisher=text_of(document.publisher.name.inlines),
            published="",
            gathered=markup.gather(document),
            tokens=tokens,
            codes=(),
            lines=(),
            sentence=lambda n: markup.sentence(n, paper),
            sentences=lambda n: markup.sentences(n, paper),
            section=lambda n, d: markup.section(n, d, paper),
            block=lambda n, d: markup.block(n, d, paper),
            blocks=lambda n, d: markup.blocks(n, d, paper),
        )
        css = "".join((p).read_text() for p in (DESIGN / "tokens.css", HERE / "styles/print.css", HERE / "styles/leaflet.css"))
        press = Press(css, {})
        laid = press.lay_out(html, 12.0)
        names = [page._page_box.page_type.name for page in laid.pages]

        drawing = press.draw(laid)
        tree = trace(drawing.pages)
        flow = iter(leaflet.FLOW)
        panels = [n if n in ("cover", "back") else next(flow) for n in names]
        out = []
        for f, marks in (("leaflet.pdf", False), ("leaflet-print.pdf", True)):
            with pikepdf.open(io.BytesIO(drawing.data)) as pdf:
                imposed = impose(pdf, leaflet.sheets(panels, marks=marks), {(p.page, p.mcid) for p in tree.pieces()})
                write_structure(pdf, tree, imposed, document.language)
                b = io.BytesIO()
                pdf.save(b, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
                out.append(File(path=f, data=b.getvalue(), media_type="application/pdf", title="Leaflet", pages=2))
        return Rendering(channel="pdf", files=tuple(out))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        return ()
