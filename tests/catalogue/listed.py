"""Writes manifests of editions that nobody made, for tests of the lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from publish.manifest import FORMAT


def publish(output: Path, name: str, language: str = "en", **changes: object) -> None:
    """Writes a folder with a manifest and nothing else."""

    def file(path: str, media_type: str, title: str, **more: object) -> dict[str, object]:
        about = {"path": path, "media_type": media_type, "role": "download", "title": title}
        return {**about, "size": 25_400, "sha256": "", **more}

    sheet: dict[str, Any] = {
        "format": FORMAT,
        "publication": name,
        "language": language,
        "title": f"Guide to {name}",
        "summary": "What it is about.",
        "publisher": "Test House",
        "status": "current",
        "files": [
            file("leaflet.pdf", "application/pdf", "Leaflet", pages=2),
            file(f"audio/{name}.mp3", "audio/mpeg", "Recording", seconds=278.4),
            file("audio/01-one.mp3", "audio/mpeg", "One", role="part", seconds=40.0),
            file("index.html", "text/html", "Web page", role="page"),
            {"path": "page.css", "media_type": "text/css", "role": "asset", "size": 1, "sha256": ""},
        ],
    } | changes
    folder = output / name / language
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(sheet))
