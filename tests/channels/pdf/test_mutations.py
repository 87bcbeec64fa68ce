"""A good PDF is broken in more than twenty ways. The build's own checks or the comparison with the source notice
each."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from channels.pdf.check import faults_of
from channels.pdf.reading import Tag, tags
from tests.channels.pdf.made import channel, data, expected, lines, opened, plain, publication, rendering

Break = Callable[[Pdf], None]
SPACE_AT_AN_END = rb"<00e7>[0-9. <>]*\] TJ(\s+ET\s+EMC)"


def first(pdf: Pdf, kind: str) -> Tag:
    return next(tag for tag in tags(pdf).walk() if tag.type == kind)


def edit(pdf: Pdf, pattern: bytes, replacement: bytes, page_number: int | None = None) -> None:
    """Replaces the first match of `pattern` in the content of one page, or of the first page that has one."""
    for page in pdf.pages if page_number is None else [pdf.pages[page_number]]:
        content = page.obj.Contents.read_bytes()
        changed = re.sub(pattern, replacement, content, count=1, flags=re.DOTALL)
        if changed != content:
            page.obj.Contents = pdf.make_stream(changed)
            return
    raise AssertionError(f"{pattern!r} is on no page")


def no_tags(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def not_marked(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def no_meaning_of_colours(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def links_for_a_shop(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFX


def no_title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = ""


def bookmark_with_an_unseen_space(pdf: Pdf) -> None:
    bookmark = pdf.Root.Outlines.First.First
    bookmark.Title = String(str(bookmark.Title) + "\u200b")


def title_with_an_unseen_joiner(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = String("Drug-\u2060related crime")


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def tabbed_by_rows(pdf: Pdf) -> None:
    pdf.pages[0].obj.Tabs = Name.R


def trim_past_bleed(pdf: Pdf) -> None:
    pdf.pages[0].obj.TrimBox = Array([0, 0, 2000, 595])


def font_not_embedded(pdf: Pdf) -> None:
    font = next(iter(dict(pdf.pages[0].Resources.Font).values()))
    del font.DescendantFonts[0].FontDescriptor.FontFile2


def glyphs_without_characters(pdf: Pdf) -> None:
    del next(iter(dict(pdf.pages[0].Resources.Font).values())).ToUnicode


def substitute_font(pdf: Pdf) -> None:
    next(iter(dict(pdf.pages[0].Resources.Font).values())).BaseFont = Name("/AAAAAA+DejaVu-Sans")


def tiny_type(pdf: Pdf) -> None:
    edit(pdf, rb"(/\w+) [\d.]+ Tf", rb"\1 8 Tf")


def words_outside_marks(pdf: Pdf) -> None:
    edit(pdf, rb"/Span <</MCID 3>> BDC(.*?)EMC", rb"\1")


def words_outside_the_tree(pdf: Pdf) -> None:
    first(pdf, "P").element.K = Array([])


def words_twice(pdf: Pdf) -> None:
    element = first(pdf, "P").element
    element.K.append(element.K[0])


def words_as_decoration(pdf: Pdf) -> None:
    edit(pdf, rb"/Span <</MCID 5>> BDC", rb"/Artifact BMC")


def wrong_parent_tree(pdf: Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    entry = list(numbers[1])
    numbers[1] = Array([entry[1], entry[0], *entry[2:]])


def skipped_heading(pdf: Pdf) -> None:
    first(pdf, "H2").element.S = Name.H4


def two_titles(pdf: Pdf) -> None:
    first(pdf, "H2").element.S = Name.H1


def figure_without_description(pdf: Pdf) -> None:
    del first(pdf, "Figure").element.Alt


def figure_off_the_page(pdf: Pdf) -> None:
    first(pdf, "Figure").element.A.BBox = Array([-100, -100, 5, 5])


def list_without_items(pdf: Pdf) -> None:
    first(pdf, "LI").element.S = Name.P


def item_without_body(pdf: Pdf) -> None:
    element = first(pdf, "LI").element
    element.K = Array([element.K[0]])


def link_described_by_its_address(pdf: Pdf) -> None:
    first(pdf, "Link").annotations[0].Contents = String("https://drugs.gov.uk")


def link_not_described(pdf: Pdf) -> None:
    del first(pdf, "Link").annotations[0].Contents


def link_not_in_the_tree(pdf: Pdf) -> None:
    element = first(pdf, "Link").element
    element.K = Array([kid for kid in element.K if isinstance(kid, int)])


def link_to_a_script(pdf: Pdf) -> None:
    first(pdf, "Link").annotations[0].A.URI = String("javascript:alert(1)")


def link_off_the_page(pdf: Pdf) -> None:
    first(pdf, "Link").annotations[0].Rect = Array([-50, 0, -10, 10])


def unlisted_identifier(pdf: Pdf) -> None:
    first(pdf, "H2").element.ID = String("no-such-place")


def lines_run_together(pdf: Pdf) -> None:
    """Removes the space glyph at the end of the first line that has one."""
    edit(pdf, SPACE_AT_AN_END + rb"(\s+/Span <</MCID \d+>> BDC\s+BT)", rb"] TJ\1\2")


def lines_run_together_in(kind: str) -> Break:
    """The same in the second line of the first element of that kind with three lines."""

    def breaking(pdf: Pdf) -> None:
        line = next(
            tag.own_pieces()[0] for tag in tags(pdf).walk() if tag.type == kind and len(tag.own_pieces()[0]) > 2
        )
        page, mcid = line[1]
        edit(pdf, rb"(/Span <</MCID %d>> BDC(?:(?!EMC).)*)" % mcid + SPACE_AT_AN_END, rb"\1] TJ\2", page)

    breaking.__name__ = f"lines_run_together_in_{kind}"
    return breaking


def panels_in_the_order_of_paper(pdf: Pdf) -> None:
    """The back is read before the inside, as on the sheets."""
    top = pdf.Root.StructTreeRoot.K
    top.K = Array([top.K[0], *list(top.K)[::-1][:-1]])


def paragraph_lost(pdf: Pdf) -> None:
    """The words of a paragraph become decoration and its element is removed. Formally the file has no fault."""
    tag = [tag for tag in tags(pdf).walk() if tag.type == "P"][4]
    parent = tag.element.P
    parent.K = Array([kid for kid in parent.K if kid.objgen != tag.element.objgen])
    for page, mcid in tag.words():
        edit(pdf, rb"/Span <</MCID %d>> BDC" % mcid, rb"/Artifact BMC", page)


BREAKS: tuple[Break, ...] = (
    *(
        no_tags,
        not_marked,
        no_language,
        no_meaning_of_colours,
        links_for_a_shop,
        no_title,
        bookmark_with_an_unseen_space,
        title_with_an_unseen_joiner,
    ),
    *(script, tabbed_by_rows, trim_past_bleed),
    *(font_not_embedded, glyphs_without_characters, substitute_font, tiny_type),
    *(words_outside_marks, words_outside_the_tree, words_twice, words_as_decoration, wrong_parent_tree),
    *(skipped_heading, two_titles, figure_without_description, figure_off_the_page),
    *(list_without_items, item_without_body, unlisted_identifier),
    *(link_described_by_its_address, link_not_described, link_not_in_the_tree, link_to_a_script, link_off_the_page),
    *(lines_run_together, lines_run_together_in("P"), lines_run_together_in("LBody")),
    *(panels_in_the_order_of_paper, paragraph_lost),
)
BY_COMPARISON = (panels_in_the_order_of_paper, paragraph_lost)


def agrees(content: bytes) -> bool:
    """True if the tagged words are those of the source, in its order."""
    text, at = "\n".join(words.replace("\u00a0", " ") for _, words in lines(content)), 0
    for sentence in expected(publication("seed"), leaflet=True):
        at = text.find(plain(sentence), at)
        if at < 0:
            return False
    return True


def test_the_good_leaflet_has_no_fault() -> None:
    content = data("seed", "leaflet.pdf")
    assert list(faults_of(content, "leaflet.pdf")) == []
    assert agrees(content)


@pytest.mark.parametrize("breaking", BREAKS, ids=lambda breaking: breaking.__name__)
def test_a_broken_leaflet_is_noticed(breaking: Break) -> None:
    broken = io.BytesIO()
    with opened(data("seed", "leaflet.pdf")) as pdf:
        breaking(pdf)
        pdf.save(broken, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    if breaking in BY_COMPARISON:
        assert not agrees(broken.getvalue())
    else:
        assert list(faults_of(broken.getvalue(), "leaflet.pdf"))


def test_what_was_checked_is_not_read_again_for_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is the same as that of a separate reading."""
    made, asked = rendering("seed"), channel()
    alone = list(asked.read_back(made))
    assert asked.check(made) == ()
    monkeypatch.setattr(pikepdf, "open", None)
    assert list(asked.read_back(made)) == alone
    assert len(alone) > 100
