"""The page works in Firefox and WebKitGTK: rules, keyboard, reading along, from a folder, without a script, on
paper. Two sessions of each browser test all promises, because starting one takes as long as most of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from model.traverse import sentences_of, text_of
from tests.channels.html.browsers import (
    firefox,
    in_a_window,
    larger_text,
    printed,
    replaced,
    session,
    visited,
    webkit,
    widest,
)
from tests.channels.html.folders import SIZES, WIDE, document
from tests.channels.html.recordings import clips_of
from tests.channels.html.test_keyboard import MOST_STOPS, PLACE, REACHABLE
from tests.channels.html.test_rules import COLOURS

MARKED = "[...(CSS.highlights.get('reading') ?? [])].map(range => range.startContainer.id)[0]"
SEEK = f"""const [times, wanted, done] = arguments, audio = document.querySelector("audio"), marks = [];
const event = (name) => new Promise(go => audio.addEventListener(name, go, {{once: true}}));
(async () => {{
  if (!audio.readyState) {{ const known = event("loadedmetadata"); audio.load(); await known; }}
  const pause = (time) => new Promise(go => setTimeout(go, time));
  for (const [number, time] of times.entries()) {{
    const sought = event("seeked");
    audio.currentTime = time;
    await sought;
    await pause(30);
    for (const late = Date.now() + 3000; {MARKED} !== wanted[number] && Date.now() < late;) await pause(20);
    marks.push({MARKED});
  }}
  done(marks);
}})().catch(error => done([String(error)]));"""
CHOSEN = """document.getElementById("listen").open = true;
document.querySelector("audio").defaultPlaybackRate = document.querySelector("audio").playbackRate = 0.25;
document.getElementById("listen-choose").click();
setTimeout(() => document.getElementById(arguments[0]).click(), 50)"""
AXE = """const [only, done] = arguments; axe.run(only.length ? {runOnly: {type: "rule", values: only}} : {}).then(
  found => done(found.violations.map(rule => rule.id + " " + rule.nodes.map(node => node.target).join())),
  error => done([String(error)]))"""
DARKEN = """const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]);
while (rules.length) {
  const rule = rules.pop();
  if (rule.media) rule.media.mediaText = rule.media.mediaText.replace("(prefers-color-scheme: dark)", "(width > 0)");
  rules.push(...rule.cssRules ?? []);
}
document.documentElement.style.colorScheme = "dark";
return getComputedStyle(document.body).backgroundColor"""
"""The dark scheme is applied to every screen, because neither driver can ask its browser for it."""
STOP = f"""const done = arguments[0], tell = () => done([{PLACE}, ...measure.focus()]);
requestAnimationFrame(() => requestAnimationFrame(tell))"""
WANTED = """return [...document.querySelectorAll("body *")]
  .flatMap((element, place) => element.matches(arguments[0]) && element.checkVisibility() ? place : [])"""
RESIZE = """const [address, width, height, done] = arguments, frame = document.querySelector("iframe");
Object.assign(frame, {width, height});
let frames = 4;
const shown = () => { if (frames--) requestAnimationFrame(shown); else done(true); };
if (frame.src) shown(); else { addEventListener("message", shown, {once: true}); frame.src = address; }"""
COMPLAINTS = """addEventListener("message", (told) => arguments[0](told.data), {once: true});
setTimeout(() => document.querySelector("iframe").contentWindow.postMessage("what is wrong?", "*"), 100)"""
"""The listener tells when the page stands, and what it has heard if it is asked. What the page does because of a size,
it has done when four frames are drawn."""
UNFOLD = "for (const each of document.querySelectorAll('details')) each.open = true"


def breaks_no_rule_light_or_dark_wide_or_narrow(driver: WebDriver, server: str, _site: Path) -> None:
    """The page with everything. Chromium checks the others."""
    for width in (320, 1280):
        in_a_window(driver, server, "everything", width)
        assert driver.execute_async_script(AXE, []) == [], (width, "light")
        assert driver.execute_script(DARKEN) == "rgb(15, 26, 32)"
        assert driver.execute_async_script(AXE, COLOURS) == [], (width, "dark")


def leads_the_focus_forward_and_back_in_view(driver: WebDriver, server: str, _site: Path) -> None:
    in_a_window(driver, server, "everything", 1280)
    walks_there_and_back(driver)


def leads_the_focus_in_view_with_letters_twice_as_large(driver: WebDriver, server: str, _site: Path) -> None:
    """At 320 px, forward and back: less is in view there than with any other letters. Firefox enlarges the text alone.
    WebKitGTK's driver cannot ask for that; there, the page's letters are as large."""
    in_a_window(driver, server, "everything", 320)
    with larger_text(driver):
        walks_there_and_back(driver)


def walks_there_and_back(driver: WebDriver) -> None:
    """Every control has the focus in its turn, in view, first forward and then back."""
    driver.execute_script(UNFOLD)
    driver.execute_async_script("const done = arguments[0]; setTimeout(done, 200)")  # tables are fitted anew
    wanted = driver.execute_script(WANTED, REACHABLE)
    there, faults = tabs(driver, wanted[-1])
    back, more = tabs(driver, wanted[0], Keys.SHIFT)
    assert faults + more == []
    assert (there, back) == (wanted, wanted[-2::-1])


def tabs(driver: WebDriver, end: int, held: str = "") -> tuple[list[int], list[str]]:
    """Presses Tab until the focus is on the control `end`, without leaving the page, because drivers do not give the
    focus back to a page that it has left. Returns the stops and their faults. Stops within the player belong to the
    browser."""
    stops: list[int] = []
    faults: list[str] = []
    for _ in range(MOST_STOPS):
        keys = ActionChains(driver, duration=0)
        (keys.key_down(held).send_keys(Keys.TAB).key_up(held) if held else keys.send_keys(Keys.TAB)).perform()
        place, *found = driver.execute_async_script(STOP)
        if place not in stops[-1:]:
            stops.append(place)
            faults += [fault for fault in found if fault != "audio “”: no outline"]
        if place == end:
            return stops, faults
    return stops, [*faults, f"not there after {MOST_STOPS} presses"]


def reads_along_at_every_sentence(driver: WebDriver, server: str, _site: Path) -> None:
    clips = clips_of(document("seed"))
    visited(driver, f"{server}/seed/index.html")
    times, ids = [clip.begin + 0.15 for clip in clips], [clip.id for clip in clips]
    assert driver.execute_async_script(SEEK, times, ids) == ids


def plays_a_sentence_that_a_screen_reader_activates(driver: WebDriver, server: str, _site: Path) -> None:
    """Orca activates an element by a click without a pointer."""
    visited(driver, f"{server}/seed/index.html")
    wanted = clips_of(document("seed"))[4].id
    driver.execute_script(CHOSEN, wanted)
    marked = f"const [id, done] = arguments, end = Date.now() + 20000; (function see() {{ const is = {MARKED};"
    marked += " if (is === id || Date.now() > end) done(is); else setTimeout(see, 20); })()"
    assert driver.execute_async_script(marked, wanted) == wanted


def has_its_typeface_and_reads_along_from_a_folder(driver: WebDriver, _server: str, site: Path) -> None:
    clips = clips_of(document("seed"))[:3]
    visited(driver, (site / "seed" / "index.html").as_uri())
    loaded = "return [...document.fonts].filter(f => f.family.includes('Atkinson') && f.status === 'loaded').length"
    assert driver.execute_script(loaded) >= 2
    times, ids = [clip.begin + 0.15 for clip in clips], [clip.id for clip in clips]
    assert driver.execute_async_script(SEEK, times, ids) == ids


def keeps_the_chosen_speed(driver: WebDriver, server: str, site: Path) -> None:
    """On the web and from a folder. Without it, Firefox would show the old choice after a reload and play at 1."""
    for base in (f"{server}/some/sub/path", site.as_uri()):
        visited(driver, f"{base}/seed/index.html")
        choose = "arguments[0].value = '1.5'; arguments[0].dispatchEvent(new Event('change'))"
        driver.execute_script(choose, driver.find_element(By.ID, "listen-speed"))
        replaced(driver, driver.refresh)
        shown = "return [document.getElementById('listen-speed').value, document.querySelector('audio').playbackRate]"
        assert driver.execute_script(shown) == ["1.5", 1.5], base


def is_whole_without_a_script(driver: WebDriver, server: str, _site: Path) -> None:
    told = "return document.querySelector('main').textContent.replace(/\\s+/g, ' ')"
    visited(driver, f"{server}/everything/index.html")
    whole = driver.execute_script(told)
    visited(driver, f"{server}/without-script/everything/index.html")
    for id in ("contents", "introduction", "who-to-ask"):
        assert id in driver.page_source
    assert driver.execute_script(told) in whole or driver.execute_script(told).strip() == whole.strip()
    driver.execute_script(UNFOLD)
    shown = "return [...document.querySelectorAll(arguments[0])].map(each => each.checkVisibility())"
    assert driver.execute_script(shown, "audio, .parts a") != []
    assert all(driver.execute_script(shown, "audio, .parts a, .exit"))
    assert not any(driver.execute_script(shown, ".reading, .printing, .rejoin"))


def loses_nothing_on_paper(driver: WebDriver, server: str, site: Path) -> None:
    """Checks every sentence, the addresses of links, that no heading stands alone at the foot of a page, and every
    column of a wide table."""
    visited(driver, f"{server}/everything/index.html")
    words = "".join("".join(page).replace(" ", "") for page in printed(driver, site))
    assert "(mailto:formats@example.gov.uk)" in words
    assert "Exitthispage" not in words and "Home›" not in words
    words = re.sub(r"\((https|mailto):[^)]*\)", "", words)
    for sentence in sentences_of(document("everything")):
        shown = not sentence.id.endswith("-alternative")
        assert not shown or "".join(text_of(sentence.inlines).split()) in words, sentence.id
    visited(driver, f"{server}/long/index.html")
    pages = printed(driver, site)
    assert len(pages) > 5
    assert [page[-1] for page in pages if "of a long page" in page[-1]] == []
    words = " ".join(" ".join(page) for page in pages)
    assert [name for name in WIDE if name.split()[-1] not in words] == []
    assert 0.75 < widest(site) < 1, "a table that is too wide is cut, or all is made smaller for its sake"


def heeds_forced_colours_and_less_motion(driver: WebDriver, server: str, _site: Path) -> None:
    """In Firefox; WebKitGTK knows no forced colours. What has a coloured ground has an edge, and following is off."""
    if driver.capabilities["browserName"].lower() != "firefox":
        return
    preferences = {"browser.display.document_color_use": 2, "ui.prefersReducedMotion": 1}
    with driver.context("chrome"):  # type: ignore[attr-defined]
        for preference, value in preferences.items():
            driver.execute_script("Services.prefs.setIntPref(...arguments)", preference, value)
    try:
        visited(driver, f"{server}/everything/index.html")
        for wish in ("forced-colors: active", "prefers-reduced-motion: reduce"):
            assert driver.execute_script("return matchMedia(`(${arguments[0]})`).matches", wish)
        edges = "return arguments[0].map(each => getComputedStyle(document.querySelector(each)).borderTopStyle)"
        assert set(driver.execute_script(edges, [".exit", ".notice", ".picture", ".beside"])) == {"solid"}
        fills = (
            "return ['.before .length', '.after .length'].map(e => getComputedStyle(document.querySelector(e)).fill)"
        )
        assert len(set(driver.execute_script(fills))) == 2
        assert not driver.execute_script("return document.getElementById('listen-follow').checked")
    finally:
        with driver.context("chrome"):  # type: ignore[attr-defined]
            for preference in preferences:
                driver.execute_script("Services.prefs.clearUserPref(arguments[0])", preference)


def complains_of_nothing_at_any_size(driver: WebDriver, server: str, site: Path) -> None:
    """No error and no warning, served and from a folder, as the window takes each size; the broken page shows that
    the listener listens."""
    for base, names in ((f"{server}/some/sub/path", ("everything", "long")), (site.as_uri(), ("everything", "blocks"))):
        for name in names:
            assert (name, *complaints(driver, base, name, SIZES)) == (name,), base
        assert complaints(driver, base, "broken", SIZES[:1]) != []


def complaints(driver: WebDriver, base: str, name: str, sizes: Sequence[tuple[int, int]]) -> list[str]:
    """What a page complains of in a window of each of the sizes."""
    visited(driver, f"{base}/window.html")
    driver.set_window_size(1400, 1000)
    for width, height in sizes:
        driver.execute_async_script(RESIZE, f"{base}/{name}/listened.html", width, height)
    found: list[str] = driver.execute_async_script(COMPLAINTS)
    return found


IN_A_WINDOW = (
    breaks_no_rule_light_or_dark_wide_or_narrow,
    leads_the_focus_forward_and_back_in_view,
    leads_the_focus_in_view_with_letters_twice_as_large,
)
"""A driver forgets the frame when the page is loaded, and has to wait for that."""
ALONE = (
    complains_of_nothing_at_any_size,
    reads_along_at_every_sentence,
    plays_a_sentence_that_a_screen_reader_activates,
    has_its_typeface_and_reads_along_from_a_folder,
    keeps_the_chosen_speed,
    is_whole_without_a_script,
    heeds_forced_colours_and_less_motion,
    loses_nothing_on_paper,
)
"""WebKitGTK would wait three seconds for each page, because nothing is asked of its recording."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("promises", [IN_A_WINDOW, ALONE], ids=["framed", "alone"])
@pytest.mark.parametrize("browser", [firefox, webkit], ids=["firefox", "webkit"])
def test_the_page_in_another_browser(
    browser: Callable[[str, str], WebDriver],
    promises: Sequence[Callable[[WebDriver, str, Path], None]],
    server: str,
    site: Path,
    subtests: pytest.Subtests,
) -> None:
    with session(browser, "normal" if promises is IN_A_WINDOW else "none") as driver:
        for promise in promises:
            with subtests.test(promise.__name__):
                promise(driver, server, site)
