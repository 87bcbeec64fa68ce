"""Measures the page in Chromium: contrast, sizes, lines, spacing, zoom, forced colours, print."""

from __future__ import annotations

import io
import subprocess
from collections import Counter

import pytest
from PIL import Image
from playwright.sync_api import Locator, Route

from channels.elements.dialect import Dialect
from channels.html.opening import SUMMARIES, TITLES
from tests.channels.html.conftest import Visiting
from tests.channels.html.folders import REAL
from tests.channels.html.tools import until
from tests.conftest import demand

GOOD = ("seed", "everything")
WIDTHS = (320, 768, 1280)
FORCED = {"dark": {"color_scheme": "dark"}, "light": {"color_scheme": "light"}}
SIZES = """async ([weight, style]) => {
  const line = document.createElement("span"), sizes = [];
  line.textContent = document.querySelector("main").textContent.replace(/\\s+/g, " ").slice(0, 3000);
  Object.assign(line.style, {position: "absolute", whiteSpace: "nowrap", fontWeight: weight, fontStyle: style});
  document.body.append(line);
  for (const family of ["Atkinson Hyperlegible Next", "stand-in"]) {
    await document.fonts.load(`${style} ${weight} 19px "${family}"`);
    line.style.fontFamily = `"${family}", monospace`;
    const {width, height} = line.getBoundingClientRect();
    sizes.push({width, height});
  }
  line.remove();
  return sizes;
}"""
WIDTH = "e => { const r = new Range(); r.selectNodeContents(e); return r.getClientRects()[0].width }"
LONGEST_PIECE = """header => {
  const lines = new Map(), walker = document.createTreeWalker(header, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (let at = 0; at < node.length; at++) {
      if (!node.data[at].trim()) continue;
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const top = Math.round(range.getBoundingClientRect().top);
      lines.set(top, (lines.get(top) ?? 0) + 1);
    }
  return Math.max(...lines.values());
}"""
LINES_OF = """([markup, width]) => {
  const box = document.createElement("p"), lines = [], range = new Range();
  box.innerHTML = markup;
  box.style.inlineSize = `${width}px`;
  document.querySelector("main").append(box);
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  let top;
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const here = range.getBoundingClientRect().top;
      if (top === undefined || here - top > 5) { lines.push(""); top = here; }
      lines[lines.length - 1] += node.data[at];
    }
  box.remove();
  return lines;
}"""
"""The lines of some markup in a column of a width, in px."""
Colour = tuple[int, int, int]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", (*GOOD, "blocks"))
def test_text_and_shapes_stand_out(looking: Visiting, name: str, scheme: str) -> None:
    """Text has a contrast of at least 7 to 1 (WCAG 1.4.6), shapes and the edges of controls 3 to 1 (1.4.11)."""
    with looking(name, color_scheme=scheme) as visit:
        _open_all(visit.page.locator("details"))
        assert visit.measure("contrast", 7) == []
        assert visit.measure("shapes") == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_too_small_too_long_or_cut_off(looking: Visiting, name: str, width: int) -> None:
    """Checks targets (2.5.5, 2.5.8), type, the length of lines (1.4.8), and reflow (1.4.10)."""
    with looking(name, width=width) as visit:
        _open_all(visit.page.locator("details"))
        assert visit.measure("targets") == []
        assert visit.measure("type", 16, 18 if width < 640 else 19) == []
        assert visit.measure("lines", 75) == []
        assert visit.measure("layout") == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", (*GOOD, "blocks", "crowded", *REAL))
def test_lines_are_short_and_stand_apart(looking: Visiting, name: str, width: int) -> None:
    """No line has more than 80 characters, and the lines of running text are half a line apart (1.4.8)."""
    with looking(name, width=width) as visit:
        _open_all(visit.page.locator("details"))
        assert visit.measure("leading", 1.5) == []
        assert visit.measure("lines", 80) == []


@pytest.mark.parametrize("zoom", [1, 2, 4])
@pytest.mark.parametrize("name", (*GOOD, "hostile"))
def test_zoom_and_the_readers_spacing_cost_nothing(looking: Visiting, name: str, zoom: int) -> None:
    """With text spacing (1.4.12) at 100%, 200% and 400% of a screen 1280 px wide, nothing is cut off and nothing
    overlaps."""
    with looking(name, width=1280 // zoom, height=1024 // zoom) as visit:
        _open_all(visit.page.locator("details"))
        assert visit.measure("layout") == []
        visit.measure("spread")
        assert visit.measure("layout") == []


def test_larger_letters_alone_cost_nothing(looking: Visiting) -> None:
    """A browser with letters of 32 px shows all of them within 320 px."""
    with looking("seed", width=320) as visit:
        visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_until_the_letters_have_come_others_of_the_same_width_stand_in(looking: Visiting) -> None:
    """The stand-ins for regular, bold and slanted letters are as wide within a hundredth, and as high, so that
    little moves when the typeface has loaded."""
    demand("Liberation Sans" in subprocess.check_output(["fc-list"], text=True), "fonts-liberation is not installed")
    with looking("seed") as visit:
        for weight, style in ((400, "normal"), (700, "normal"), (400, "italic")):
            own, other = visit.page.evaluate(SIZES, [weight, style])
            assert other["width"] == pytest.approx(own["width"], rel=0.01), (weight, style)
            assert other["height"] == pytest.approx(own["height"], abs=1), (weight, style)


def test_the_large_figure_of_a_statistic_has_a_plain_nought_as_wide_as_the_other(looking: Visiting) -> None:
    """No letter can be meant there. A telephone number keeps the stroke."""
    with looking("seed") as visit:
        family = "e => getComputedStyle(e).fontFamily"
        assert visit.page.locator(".value strong").first.evaluate(family).startswith('"Plain Nought"')
        assert "Nought" not in visit.page.locator(".contact .phone").first.evaluate(family)
        loaded = "[...document.fonts].some(f => f.family.includes('Plain Nought') && f.status === 'loaded')"
        until(visit, loaded)
        figure = visit.page.locator(".value strong").filter(has_text="0").first
        width = figure.evaluate(WIDTH)
        figure.evaluate("e => e.style.fontFamily = 'Atkinson Hyperlegible Next'")
        other = figure.evaluate(WIDTH)
        figure.evaluate("e => e.removeAttribute('style')")
    assert width == pytest.approx(other, abs=0.1)


@pytest.mark.parametrize("name", (*GOOD, "blocks", "crowded", "crowded-current", "translated"))
def test_the_page_begins_with_its_text(looking: Visiting, name: str) -> None:
    """The first paragraph is on the first screen, however much stands above it: the contents are folded if they would
    push it off. On the smallest telephone the title is on the first screen, and the text begins on the second."""
    text = ":is(main > .introduction, main > section) p"
    with looking(name, width=1280, height=800) as visit:
        box = visit.page.locator(text).first.bounding_box()
        assert box is not None
        assert box["y"] + 30 <= 800
        assert visit.page.locator(".contents details").count() == name.startswith("crowded")
    with looking(name, width=320, height=568) as visit:
        title, box = visit.page.locator("h1").bounding_box(), visit.page.locator(text).first.bounding_box()
        assert title is not None and box is not None
        assert title["y"] + title["height"] <= 568
        assert box["y"] < 2 * 568


def test_the_opening_is_measured_as_it_is_estimated(looking: Visiting) -> None:
    """What channels/html/opening.py reckons with is true within a tenth: how many characters a line has."""
    for name, of, size in (
        ("seed", ".summary", SUMMARIES[0]),
        ("crowded", ".summary", SUMMARIES[1]),
        ("crowded", "h1", TITLES[2]),
    ):
        with looking(name, width=1280) as visit:
            words = visit.page.locator(of)
            lines = words.evaluate("e => Math.round(e.clientHeight / parseFloat(getComputedStyle(e).lineHeight))")
            assert lines == -(-len(words.inner_text()) // size.characters), (name, of)


@pytest.mark.parametrize("name", GOOD)
def test_no_number_to_call_stands_above_the_notice(looking: Visiting, name: str) -> None:
    """The notice may say that numbers have changed."""
    with looking(name, width=1280, height=800) as visit:
        before = visit.page.evaluate(
            "[...document.querySelectorAll('a[href^=tel]')].filter(link =>"
            " link.compareDocumentPosition(document.querySelector('.notice')) & 4 && !link.closest('.contact')).length"
        )
    assert before == 0


@pytest.mark.parametrize("width", [412, 1280])
def test_the_list_does_not_move_when_its_script_comes(visiting: Visiting, width: int) -> None:
    """The place for the script's controls is there before the script, however late that loads."""
    with visiting("seed-alone", width=width) as visit:
        held: list[Route] = []
        visit.page.route("**/index.js*", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it is given)
        visit.page.goto(visit.page.url.replace("seed-alone", "list"), wait_until="commit")
        until(visit, lambda: bool(held))
        until(visit, "!!document.querySelector('main article') && document.fonts.status === 'loaded'")
        until(visit, "getComputedStyle(document.querySelector('header')).borderBlockEndWidth === '5px'")
        top = "document.querySelector('main article').getBoundingClientRect().top"
        before = visit.page.evaluate(top)
        held[0].continue_()
        until(visit, "!document.querySelector('.find').hidden")
        assert visit.page.evaluate(top) == before


def test_forty_sections_are_folded_and_the_way_back_unfolds_them(visiting: Visiting) -> None:
    """The text begins at the same place as with three sections."""
    with visiting("long", width=1280, height=800) as visit:
        box = visit.page.locator("main > section p").first.bounding_box()
        assert box is not None
        assert box["y"] <= 800
        assert visit.page.locator(".contents li").count() == 40
        assert visit.page.locator(".contents ol").is_hidden()
        visit.page.mouse.wheel(0, 3000)
        visit.page.get_by_role("link", name="Back to contents").click()
        assert visit.page.locator(".contents ol").is_visible()
        assert visit.page.evaluate("document.getElementById('contents').getBoundingClientRect().top") >= 0


@pytest.mark.parametrize("height", [614, 400])
def test_no_part_of_the_page_sticks_that_is_taller_than_the_window(looking: Visiting, height: int) -> None:
    """Otherwise the focus could leave the screen."""
    with looking("everything", width=1093, height=height) as visit:
        tall = visit.page.evaluate(
            "[...document.querySelectorAll('body *')].filter(e => getComputedStyle(e).position === 'sticky'"
            " && e.getBoundingClientRect().height > innerHeight / 4).map(e => e.className)"
        )
    assert tall == []


def test_a_wide_table_on_a_telephone_keeps_its_caption_and_headers_and_says_that_there_is_more(
    looking: Visiting,
) -> None:
    """At 320 px the caption is as wide as the screen, a shadow shows that columns follow, and the header of a row
    stays, is at least 8 em wide and breaks no word. If the table fits, it is not a stop of Tab, and its headers stay
    as the page scrolls."""
    with looking("blocks", width=320) as visit:
        table = visit.page.locator(".table").first
        until(visit, "document.querySelector('.table').matches('.wide.more[tabindex][role=group]')")
        caption = table.locator("caption").bounding_box()
        assert caption is not None and caption["width"] <= 320
        assert "inset" in table.evaluate("e => getComputedStyle(e).boxShadow")
        headers = table.locator("tbody th[scope=row], tfoot th[scope=row]")
        for header in headers.all():
            longest = max(map(len, header.inner_text().split()))
            assert visit.page.evaluate(LONGEST_PIECE, header.element_handle()) >= longest, header.inner_text()
            ems = "e => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize)"
            assert header.evaluate(ems) >= 8
        told = table.evaluate("e => getComputedStyle(e, '::before').content")
        assert told.startswith('"Scroll sideways to see all columns"')
        before = headers.first.bounding_box()
        table.evaluate("e => e.scrollLeft = 100000")
        until(visit, "!document.querySelector('.table').classList.contains('more')")
        assert table.evaluate("e => e.scrollLeft") > 20
        assert headers.first.bounding_box() == before
        visit.page.set_viewport_size({"width": 1280, "height": 300})
        until(visit, "document.querySelector('.table').matches('.fits:not(.more, [tabindex], [role])')")
        table.locator("tfoot").evaluate("e => e.scrollIntoView({block: 'center'})")
        head = table.locator("thead").bounding_box()
        assert head is not None and 0 <= head["y"] < 5
    with looking("everything") as visit:
        assert visit.page.locator(".table td[id]").count() == 0, "ids that nothing uses"


@pytest.mark.parametrize(("width", "height"), [(320, 568), (320, 256), (640, 400), (480, 300)])
def test_the_headers_of_a_wide_table_stay_in_a_low_window_and_cover_nothing(
    looking: Visiting, width: int, height: int
) -> None:
    """The last row is read below its headers, or, where these would fill half of the room, without them."""
    with looking("long", width=width, height=height) as visit:
        until(visit, "document.querySelector('.table').matches('.wide.more')")
        table = visit.page.locator(".table").first
        table.evaluate("e => { e.scrollIntoView({block: 'end'}); e.scrollTop = 1e6 }")
        row, head = table.locator("tr").last.bounding_box(), table.locator("thead").bounding_box()
        box = table.bounding_box()
        assert row is not None and head is not None and box is not None
        assert box["height"] <= height
        if table.evaluate("e => !e.matches('.tall')"):
            assert head["y"] >= box["y"] - 1 and head["y"] + head["height"] <= row["y"] + row["height"]
            assert head["height"] <= box["height"] / 2
        top = visit.page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('tr')?.matches('tr:last-child')",
            [width / 2, row["y"] + row["height"] - 8],
        )
        assert top


def test_an_address_breaks_after_its_signs_on_a_telephone_and_nothing_is_added(looking: Visiting) -> None:
    """An e-mail address breaks after @ and full stops, a web address also after slashes and hyphens. On a desk a short
    one stays whole."""
    with looking("seed", width=320) as visit:
        for words in (
            "drug-strategy.unit@home-office.example.gov.uk",
            "https://www.example.gov.uk/a-long/way-to/it?page=2",
        ):
            made = str(Dialect().address_text(words))
            lines = visit.page.evaluate(LINES_OF, [made, 110])
            assert "".join(lines) == words
            assert len(lines) > 2
            ends = "@." if "@" in words else "/.-?="
            assert all(line[-1] in ends for line in lines[:-1]), lines
        assert visit.page.evaluate(LINES_OF, [str(Dialect().address_text("help@example.gov.uk")), 100])[-1] != "k"
    with looking("seed", width=1280) as visit:
        assert len(visit.page.evaluate(LINES_OF, [str(Dialect().address_text("help@example.gov.uk")), 100])) == 1


def test_a_picture_has_a_plate_behind_it_in_the_dark(looking: Visiting) -> None:
    """Black lines would vanish on a dark ground."""
    with looking("everything", color_scheme="dark") as visit:
        ground = "e => getComputedStyle(e).backgroundColor"
        assert visit.page.locator(".figure img").first.evaluate(ground) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("scheme", FORCED)
def test_forced_colours_leave_everything_visible(looking: Visiting, scheme: str) -> None:
    """Measured in pixels: headings, text, links and bars stand out from their surroundings."""
    with looking("seed", forced_colors="active", color_scheme=scheme) as visit:
        for selector in ("h1", ".summary", "nav a", ".notice p", "summary", "footer dd"):
            assert contrast_in_pixels(visit.page.locator(selector).first) >= 7, selector
        for selector in (".before", ".after", ".marks"):
            assert contrast_in_pixels(visit.page.locator(selector).first) >= 3, selector


def test_print_leaves_out_what_paper_cannot_do(looking: Visiting) -> None:
    """There is no player and no contents, text is black on white, and links to other places say where they lead."""
    with looking("everything", color_scheme="dark") as visit:
        visit.page.emulate_media(media="print", color_scheme="dark")
        for gone in ("audio", ".contents", ".skip", ".formats ul", ".exit", ".breadcrumb", ".back", ".printing"):
            assert not visit.page.locator(gone).first.is_visible(), gone
        after = "e => getComputedStyle(e, '::after').content"
        assert '" (https://' in visit.page.locator("main a[href^='https']:not(.address)").first.evaluate(after)
        mail = visit.page.locator("a[href^='mailto']:not(.address)").first
        assert mail.evaluate(after) == '" (" attr(href) ")"' or "formats@example.gov.uk" in mail.evaluate(after)
        for link in visit.page.locator("main a[href^='https'].address").all():
            assert link.evaluate(after) == "none", "words that are the address already"
        assert visit.page.get_by_text("To ask for braille or another format").is_visible()
        assert visit.measure("contrast", 7) == []
        assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    "measurement",
    [("contrast", 7), ("shapes",), ("targets",), ("type", 16, 19), ("lines", 75), ("leading", 1.5), ("layout",)],
)
def test_each_measurement_finds_fault_with_a_broken_page(looking: Visiting, measurement: tuple[object, ...]) -> None:
    """Each measurement of the good pages finds its fault on this one."""
    with looking("broken") as visit:
        assert visit.measure(str(measurement[0]), *measurement[1:]) != []


def test_pixels_show_a_lack_of_contrast(visiting: Visiting) -> None:
    """The measurement of pixels can fail, too."""
    with visiting("broken") as visit:
        visit.page.locator(".cover").evaluate("e => e.remove()")
        assert contrast_in_pixels(visit.page.locator("p.faint")) < 3


def contrast_in_pixels(element: Locator) -> float:
    """The contrast between the most frequent colour of an element's picture and the one furthest from it."""
    picture = Image.open(io.BytesIO(element.screenshot())).convert("RGB")
    counts: Counter[Colour] = Counter(picture.get_flattened_data())  # type: ignore[arg-type]
    ground = counts.most_common(1)[0][0]
    return max(_ratio(ground, colour) for colour, count in counts.items() if count >= 3)


def _ratio(one: Colour, other: Colour) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2, definitions)."""
    red, green, blue = ((c / 255) / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _open_all(details: Locator) -> None:
    details.evaluate_all("all => all.forEach(each => each.open = true)")
