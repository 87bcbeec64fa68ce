"""The faults of WeasyPrint's own output that this channel works round. If one of these tests fails, WeasyPrint has
mended that fault: see whether the code that works round it can go."""

from __future__ import annotations

from collections import Counter

import pikepdf
import pytest

from channels.pdf.engine import Typesetter
from channels.pdf.reading import Tag, surfaces, tags
from channels.pdf.weasyprint_parts import TracedPage
from tests.channels.pdf.made import opened

CSS = """
@page { size: 60mm 60mm; margin: 8mm; @bottom-left { content: counter(page) } }
html { font-family: "Atkinson Hyperlegible Next" }
"""
PAGE = '<html lang="en"><title>Test</title><body>{}'
LONG = "These words go on for so long that they fill many a line of a narrow page, and then some more. "


def raw(body: str, css: str = "") -> pikepdf.Pdf:
    """WeasyPrint's PDF as it is."""
    laid_out = Typesetter(PAGE.format(body), CSS + css, {}).lay_out(12)
    pages = [TracedPage(page) for page in laid_out.pages]
    return opened(laid_out.copy(pages).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True))


def types(pdf: pikepdf.Pdf) -> Counter[str]:
    return Counter(tag.type for tag in tags(pdf).walk())


def every(pdf: pikepdf.Pdf, kind: str) -> list[Tag]:
    return [tag for tag in tags(pdf).walk() if tag.type == kind]


def test_the_space_at_the_end_of_a_line_is_lost() -> None:
    """Worked round in markup.Print."""
    pdf = raw(f"<p>{LONG}</p>")
    pages = surfaces(pdf)
    text = "".join(pages[page].runs[mcid].text for page, mcid in tags(pdf).words())
    assert LONG.strip() not in text
    assert LONG.replace(" ", "").strip() in text.replace(" ", "")


@pytest.mark.parametrize(("element", "kind"), [("p", "P"), ("section", "Sect"), ("ul", "L")])
def test_what_a_page_break_cuts_becomes_two_elements(element: str, kind: str) -> None:
    """Mended in tagging: one node for each element."""
    body = {"p": f"<p>{LONG * 6}</p>", "section": f"<section>{f'<p>{LONG}</p>' * 6}</section>"}
    pdf = raw(body.get(element, f"<ul>{f'<li>{LONG}</li>' * 6}</ul>"))
    assert types(pdf)[kind] >= 2


def test_a_wrapped_link_becomes_two_links() -> None:
    """Mended in tagging: one node for each element."""
    assert types(raw(f'<p><a href="https://example.org">{LONG}</a></p>'))["Link"] >= 2


def test_page_numbers_and_decoration_are_not_artifacts() -> None:
    """Mended in impose: content outside the tree is marked as an artifact."""
    pdf = raw('<p>words</p><svg width="9" height="9"><rect width="9" height="9"/></svg>')
    held = set(tags(pdf).words())
    loose = [run.text for run in surfaces(pdf)[0].runs.values() if (0, run.mcid) not in held]
    assert "1" in loose
    assert types(pdf)["Figure"] == 1


def test_a_figures_box_is_in_pixels_from_the_top() -> None:
    """Mended in tagging: the box is in points from the bottom."""
    pdf = raw('<svg width="40" height="40"><rect width="9" height="9"/></svg>')
    [figure] = every(pdf, "Figure")
    left, top, right, _ = (float(edge) for edge in figure.element.A.BBox)
    assert right - left == pytest.approx(40)
    assert top < 60, "a point from the bottom would be far up the page"


def test_a_link_is_described_by_its_address() -> None:
    """Mended in structure: the link is described by its words."""
    pdf = raw('<p><a href="https://example.org/x">the guide</a></p>')
    [link] = every(pdf, "Link")
    assert link.annotations[0].Contents == "https://example.org/x"


def test_a_paragraph_in_a_list_item_has_no_body() -> None:
    """Mended in tagging: every item has a label and a body."""
    item = every(raw("<ul><li><p>words</p></li></ul>"), "LI")[0]
    assert "P" in [kid.type for kid in item.kids if isinstance(kid, Tag)]


def test_languages_and_expansions_of_words_are_dropped() -> None:
    """Mended in tagging: spans with Lang and E."""
    pdf = raw('<p><span lang="cy">Croeso</span> to the <abbr title="National Health Service">NHS</abbr></p>')
    assert not [tag for tag in tags(pdf).walk() if "/Lang" in tag.element or "/E" in tag.element]


def test_headers_of_tables_have_no_scope_and_nothing_is_found_by_its_id() -> None:
    """Mended in tagging and structure."""
    pdf = raw('<table><tr><th scope="col">Age</th></tr><tr><td>18</td></tr></table><p id="there">words</p>')
    assert "/Scope" not in every(pdf, "TH")[0].element.get("/A", {})
    assert "/IDTree" not in pdf.Root.StructTreeRoot
    assert not [tag for tag in tags(pdf).walk() if tag.type == "P" and "/ID" in tag.element]


def test_markup_inside_a_link_doubles_its_annotation() -> None:
    """Avoided by the model: links hold plain words."""
    pdf = raw('<p><a href="https://example.org">the <strong>guide</strong></a></p>')
    assert len(list(pdf.pages[0].obj.Annots)) == 2


def test_a_space_that_is_kept_by_css_breaks_lines_too_early() -> None:
    """This is why a zero width space keeps spaces, and not `white-space: pre-wrap`."""
    words = "The <abbr>DIP</abbr> targets the areas with the greatest need – the areas of the country."
    early = False
    for width in range(40, 120):
        size = f"@page {{ size: {width}mm 60mm; margin: 8mm }}"
        kept, plain = (
            len({run.y for run in surfaces(raw(f"<p>{words}</p>", size + css))[0].runs.values() if run.text})
            for css in ("p { white-space: pre-wrap }", "")
        )
        early = early or kept > plain
        if early:
            break
    assert early
