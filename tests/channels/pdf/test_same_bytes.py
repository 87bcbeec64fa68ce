"""Two builds of one source give the same bytes, wherever and whenever they are made."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.channels.pdf.made import SOURCES, rendering
from tests.conftest import ROOT

CODE = """
import hashlib, json, sys
from pathlib import Path
from channels.base import Settings
from channels.pdf.render import PdfChannel
from reader.read import read
document = read(Path(sys.argv[1])).document
made = PdfChannel(Settings(), None).render(document, {})
print(json.dumps({file.path: hashlib.sha256(file.data).hexdigest() for file in made.files}))
"""


def test_another_folder_time_zone_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    copied = tmp_path / "elsewhere" / "en.yaml"
    copied.parent.mkdir()
    source = SOURCES["everything"]
    copied.write_bytes(source.read_bytes())
    (copied.parent / "images").mkdir()
    for image in (source.parent / "images").iterdir():
        (copied.parent / "images" / image.name).write_bytes(image.read_bytes())
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(copied)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    here = {file.path: hashlib.sha256(file.data).hexdigest() for file in rendering("everything").files}
    assert json.loads(done.stdout) == here
