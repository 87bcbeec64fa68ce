"""veraPDF finds no broken rule of PDF/UA-1 and PDF/A-2a in any file, and finds one in a broken file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Name

from channels.pdf import pages
from tests.channels.pdf.made import EDITIONS, channel, data, from_text, opened, rendering
from tests.channels.pdf.test_logo_grounds import document as branded
from tests.channels.pdf.test_pictures import photographs
from tests.channels.pdf.test_signs import SOURCE, signs
from tests.channels.pdf.test_turned import clinics
from tests.conftest import ROOT, demand

DRIVER = Path(__file__).parent / "verapdf.py"
JAXB = Path("/usr/share/java/jaxb-runtime.jar")


def verdicts(paths: list[Path]) -> list[dict[str, Any]]:
    """veraPDF's verdict on each file."""
    demand(shutil.which("java"), "no Java runtime: apt install default-jre-headless")
    demand(JAXB.exists(), "no JAXB: apt install libjaxb-java libjaxb-api-java libistack-commons-java libtxw2-java")
    command = [sys.executable, str(DRIVER), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=600)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.xdist_group("verapdf")
def test_every_edition_keeps_every_rule_and_broken_ones_do_not(tmp_path: Path) -> None:
    """One run for all, because the Java machine takes two seconds to start."""
    paths = []
    for name, path in EDITIONS:
        paths.append(tmp_path / f"{name}-{path}")
        paths[-1].write_bytes(data(name, path))
    posters = [file for file in rendering("naloxone").files if file.path.startswith("poster")]
    assert len(posters) == 3
    signed = channel().render(signs(tmp_path), {})
    pictures = channel().render(photographs(tmp_path / "photographs"), {})
    letters = SOURCE.format(
        paragraphs='  - "日本語, **한국어**, 中文, ភាសាខ្មែរ, עברית 1ב2, हिन्दी कि and a 🐝"', bold="words"
    )
    foreign = channel().render(replace(from_text(tmp_path, letters), editions=("large-print",)), {})
    paths.append(tmp_path / "foreign-large-print.pdf")
    paths[-1].write_bytes(foreign.files[0].data)
    turned = pages.large_print(clinics(tmp_path)).made()
    own = {"signs": signed.files, "pictures": pictures.files, "turned": turned.files}
    for name, file in ((name, file) for name, files in own.items() for file in files):
        paths.append(tmp_path / f"{name}-{file.path}")
        paths[-1].write_bytes(file.data)
    for body in ("anywhere", "fernhill"):
        for file in channel().render(replace(branded(body), editions=("leaflet", "large-print")), {}).files:
            paths.append(tmp_path / f"{body}-{file.path}")
            paths[-1].write_bytes(file.data)
    for file in posters:
        paths.append(tmp_path / file.path)
        paths[-1].write_bytes(file.data)
    broken = tmp_path / "broken.pdf"
    with opened(data("seed", "leaflet.pdf")) as pdf:
        del pdf.Root.MarkInfo
        pdf.Root.StructTreeRoot.K.K[0].K[1].S = Name.H3
        pdf.save(broken)
    *good, bad = verdicts([*paths, broken])
    assert [verdict["failed"] for verdict in good] == [[]] * len(paths)
    assert all(verdict["compliant"] and min(verdict["checks"]) > 1000 for verdict in good)
    shops = [verdict["path"] for verdict in good if len(verdict["checks"]) == 1]
    assert {Path(path).name.rpartition("-print")[0] for path in shops} == {
        *("seed-leaflet", "everything-booklet", "naloxone-flyer", "poster-a3", "signs-leaflet", "pictures-leaflet"),
        *("anywhere-leaflet", "fernhill-leaflet"),
    }, "all other files are asked for both standards"
    assert not bad["compliant"]
    assert any("7.1-" in fault or "6.2-" in fault for fault in bad["failed"]), bad["failed"]
    assert any("7.4" in fault for fault in bad["failed"]), bad["failed"]
    assert any("6.7.2" in fault for fault in bad["failed"]), "PDF/A-2a, too, misses the mark that says it is tagged"
