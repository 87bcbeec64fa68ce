"""Runs the programs that people use today on the same text: MkDocs, Sphinx, Hugo and pandoc, each as its own guide
says.

They live in an environment of their own, `.peers/`, which `make bench` installs. Their pages are pages alone: no
leaflet, no recording, no sentence with an id, no checks.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bench import ROOT

PROGRAMS: Final = ROOT / ".peers" / "bin"
HUGO_LAYOUT: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program: its command, and the pages that it makes. `goal` is the ratio of our pages a second to its own that
    we want to reach."""

    name: str
    command: tuple[str | Path, ...]
    makes: str
    goal: float | None = None


def peers(corpus: Path, place: Path) -> Iterator[Peer]:
    """The peers that are installed. Each has the pages of `corpus` prepared below `place`."""
    pages = {path.parent.name: _markdown(path) for path in sorted(corpus.glob("*/en.yaml"))}
    for theme, goal in (("material", 1.05), ("mkdocs", None)):
        folder = _filled(place / theme / "docs", pages, "md")
        settings = folder.parent / "mkdocs.yml"
        settings.write_text(f"site_name: Guides\ntheme: {{ name: {theme} }}\n", encoding="utf-8")
        if (PROGRAMS / "mkdocs").exists():
            yield Peer(
                name="MkDocs Material" if theme == "material" else "MkDocs",
                command=(PROGRAMS / "mkdocs", "build", "--quiet", "--config-file", settings),
                makes="pages with menus, an index for the search",
                goal=goal,
            )
    if (PROGRAMS / "sphinx-build").exists():
        folder = _filled(place / "sphinx", {name: _restructured(text) for name, text in pages.items()}, "rst")
        index = "\n".join(["Guides", "======", "", ".. toctree::", "", *(f"   {name}" for name in pages), ""])
        (folder / "index.rst").write_text(index, encoding="utf-8")
        (folder / "conf.py").write_text('project = "Guides"\n', encoding="utf-8")
        yield Peer(
            name="Sphinx",
            command=(PROGRAMS / "sphinx-build", "-q", "-E", "-j", "1", folder, place / "sphinx-made"),
            makes="pages with menus, an index for the search",
        )
    if hugo := shutil.which("hugo"):
        folder = _filled(place / "hugo" / "content", pages, "md").parent
        (folder / "layouts" / "_default").mkdir(parents=True, exist_ok=True)
        (folder / "layouts" / "_default" / "single.html").write_text(HUGO_LAYOUT, encoding="utf-8")
        (folder / "config.yaml").write_text("title: Guides\ndisableKinds: [taxonomy, term, RSS, sitemap]\n")
        yield Peer(name="Hugo", command=(hugo, "--quiet", "--source", folder), makes="bare pages")
    if pandoc := shutil.which("pandoc"):
        folder = _filled(place / "pandoc", pages, "md")
        script = (
            f'for page in "{folder}"/*.md; do "{pandoc}" --standalone --to html5 "$page" --output "$page.html"; done'
        )
        yield Peer(name="pandoc", command=("sh", "-c", script), makes="bare pages, a process for each")


def _filled(folder: Path, pages: dict[str, str], suffix: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.{suffix}").write_text(text, encoding="utf-8")
    return folder


def _markdown(source: Path) -> str:
    """The words of a publication as Markdown with a title, which all four can read."""
    page: dict[str, Any] = yaml.load(source.read_bytes(), Loader=yaml.CSafeLoader)
    lines = ["---", f'title: "{page["title"]}"', "---", "", page["summary"], ""]
    for section in [{"blocks": page.get("introduction", [])}, *page["sections"]]:
        if "title" in section:
            lines += [f"## {section['title']}", ""]
        for block in section["blocks"]:
            lines += [*_lines(block), ""]
    return "\n".join(lines) + "\n"


def _lines(block: Any) -> list[str]:
    if isinstance(block, str):
        return [block]
    if "items" in block:
        return [f"- {item if isinstance(item, str) else item.get('text', '')}" for item in block["items"]]
    return [str(block.get("text") or block.get("name") or "")]


def _restructured(text: str) -> str:
    """The same words as reStructuredText. Only headings are written differently."""
    lines = []
    for line in text.splitlines():
        if line.startswith("title: "):
            title = line[8:-1]
            lines += [title, "=" * len(title)]
        elif line.startswith("## "):
            lines += [line[3:], "-" * len(line[3:])]
        elif line != "---":
            lines.append(line)
    return "\n".join(lines) + "\n"
