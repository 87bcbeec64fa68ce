"""`python -m tests.fuzz.editions COUNT [FIRST]` takes hostile sources through every channel. `make fuzz` calls it.

Each source is a publication. All are built together by the real command line. None may give a traceback, a fault of
the run, or a fault without a place.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.sources import source

PLACE = re.compile(r"^.+?en\.yaml:\d+:\d+: (error|warning) [a-z-]+: ", re.MULTILINE)
NOWHERE = re.compile(r"^.*: (error|warning) [a-z-]+: .*$", re.MULTILINE)


def main(count: int, first: int = 0) -> int:
    """Returns 0 if nothing is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for seed in range(first, first + count):
            place = home / "source" / f"page-{seed}"
            place.mkdir(parents=True)
            (place / "en.yaml").write_bytes(source(seed))
        command = [sys.executable, str(ROOT / "pipeline.py"), "-C", folder, "build", "source"]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    told = done.stdout + done.stderr
    wrong = [line for line in told.splitlines() if NOWHERE.match(line) and not PLACE.match(line)]
    if "Traceback" in told or done.returncode not in (0, 1) or wrong:
        sys.stdout.write("\n".join(wrong) or told[-6000:])
        return 1
    sys.stdout.write(f"{count} hostile sources: {(done.stdout.strip() or told.strip()).splitlines()[-1]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
