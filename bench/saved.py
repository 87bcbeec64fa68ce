"""Saves a word under a running preview: `saved.py FOLDER ROUNDS` prints the median seconds until each part is shown.

FOLDER is a publication. The clock runs from the moment when the source is written to the moments when the drafts of the
page and of the leaflets, the leaflets and the whole edition can be fetched.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from bench import ROOT


def events(port: int) -> Iterator[tuple[str, float]]:
    """The page of the preview after each event, and the time at which it could be fetched."""
    stream = http.client.HTTPConnection("127.0.0.1", port)
    stream.request("GET", "/events")
    answer = stream.getresponse()
    while line := answer.readline():
        if line.startswith(b"data: ") and json.loads(line[6:])["version"]:
            yield get(port, "/"), time.perf_counter()


def get(port: int, path: str) -> str:
    return fetched(port, path).decode("utf-8", "replace")


def fetched(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    data = connection.getresponse().read()
    connection.close()
    return data


def says(port: int, word: str, path: str) -> bool:
    """True if the PDF at `path` has the word."""
    pdf = pypdfium2.PdfDocument(fetched(port, path))
    said = " ".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    pdf.close()
    return word in said


def main(publication: Path, rounds: int) -> None:
    source = publication / "en.yaml"
    text = source.read_text(encoding="utf-8")
    place = publication.parent.parent
    command = [sys.executable, str(ROOT / "pipeline.py"), "preview", str(source), "--port", "0"]
    command += ["--output", str(place / "dist"), "--cache", str(place / "cache")]
    found: dict[str, list[float]] = {"page": [], "drafts": [], "leaflets": [], "whole": []}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None  # noqa: S101
        port = int(re.findall(r":(\d+)/", process.stdout.readline())[0])
        try:
            seen = events(port)
            next(seen)
            time.sleep(1)
            for number in range(rounds + 1):
                word = f"number {number}"
                source.write_text(text.replace("our priority", f"our priority {word}"), encoding="utf-8")
                begin = time.perf_counter()
                times: dict[str, float] = {}
                for page, at in seen:
                    draft = re.search(r'src="(/draft/[^"]+)"', page)
                    if "page" not in times and draft and word in get(port, draft[1]):
                        times["page"] = time.perf_counter() - begin
                    drafts = re.findall(r'href="(/file/[^"]+)"', page)
                    if "drafts" not in times and len(drafts) > 1 and all(says(port, word, path) for path in drafts):
                        times["drafts"] = at - begin
                    if "leaflets" not in times and "pdf: as saved" in page:
                        times["leaflets"] = at - begin
                    whole = re.search(r'src="(/dist/[^"]+html[^"]*)"', page)
                    if whole and word in get(port, whole[1]):
                        times["whole"] = at - begin
                        break
                if number:  # the first round warms up
                    for name, seconds in times.items():
                        found[name].append(seconds)
        finally:
            process.terminate()
            source.write_text(text, encoding="utf-8")
    print(json.dumps({name: statistics.median(seconds) for name, seconds in found.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
