"""Makes the tri-fold at a fixed size, from YAML to imposed bytes: `trifold.py SOURCE ROUNDS` prints processor seconds
and MiB.

`fresh` is all that the process has spent when the first is made, with imports; `warm` is the median of the next
ones.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from pathlib import Path

from channels.pdf.arrange import panels
from channels.pdf.engine import Typesetter
from channels.pdf.frames import frame, full_title, stylesheet
from channels.pdf.images import image_files
from channels.pdf.leaflet import sheets
from channels.pdf.measure import measure
from channels.pdf.write_pdf import bind
from reader.read import read

SIZE = 12.75


def trifold(source: Path) -> bytes:
    document = read(source).document
    if document is None:
        raise SystemExit(f"{source} has faults")
    title = document.words["leaflet"]
    html = frame("leaflet.html", document, title)
    typesetter = Typesetter(html, stylesheet("leaflet"), image_files(document))
    laid_out = typesetter.lay_out(SIZE)
    names = panels(measure(laid_out.pages))
    plan = sheets(names, marks=False)
    return bind(typesetter.draw(laid_out), plan, document, full_title(document, title))


def main(source: Path, rounds: int) -> None:
    trifold(source)
    fresh = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    warm = []
    for _ in range(rounds):
        begin = time.process_time()
        trifold(source)
        warm.append(time.process_time() - begin)
    print(json.dumps({"fresh": fresh, "warm": statistics.median(warm), "peak": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
