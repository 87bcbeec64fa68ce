"""Turns dist/ into the pictures of the README: the page on a wide screen, both sides of the leaflet, and the player
while it speaks.

`make pictures` runs it on a build of the example. The pictures are committed, so run it only when the look has
changed.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
MADE = ROOT / "dist" / "drug-related-crime" / "en"
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTH = 960


def _save(name: str, image: Image.Image) -> None:
    """Saves an image with a palette and a fixed width, small enough for the repository."""
    height = round(image.height * WIDTH / image.width)
    small = image.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(64, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)


def _page(page: Page, url: str, folder: Path) -> None:
    page.goto(url)
    page.screenshot(path=folder / "page.png")
    _save("page.png", Image.open(folder / "page.png"))


def _player(page: Page, url: str, folder: Path) -> None:
    """Saves a picture of the player while it speaks, above the sentence that it marks."""
    page.goto(url)
    page.evaluate("document.querySelector('audio').preload = 'auto'")
    page.evaluate("document.querySelector('audio').muted = true")
    page.evaluate("document.querySelector('audio').play()")
    page.wait_for_timeout(500)
    page.evaluate("document.querySelector('audio').currentTime = 48")
    page.wait_for_timeout(1500)
    page.evaluate("document.querySelector('.listen').scrollIntoView()")
    page.screenshot(path=folder / "audio.png")
    _save("audio.png", Image.open(folder / "audio.png"))


def _leaflet(folder: Path) -> None:
    """Saves a picture of the leaflet's outside above its inside."""
    subprocess.run(
        ["pdftoppm", "-r", "110", "-png", str(MADE / "leaflet-office.pdf"), str(folder / "side")], check=True
    )
    sides = [Image.open(path) for path in sorted(folder.glob("side-*.png"))]
    gap = 24
    sheet = Image.new("RGB", (sides[0].width, sum(side.height for side in sides) + gap), "#6b7c87")
    for number, side in enumerate(sides):
        sheet.paste(side, (0, number * (side.height + gap)))
    _save("leaflet.png", sheet)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    folder = ROOT / ".cache" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    url = (MADE / "index.html").as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        _page(browser.new_page(viewport={"width": 1280, "height": 1000}), url, folder)
        _player(browser.new_page(viewport={"width": 1000, "height": 780}), url, folder)
        browser.close()
    _leaflet(folder)


if __name__ == "__main__":
    main()
