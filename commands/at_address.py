"""Turns an output that is an address into a folder to build into, and sends the folder there."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from catalogue.generator import BEGINNING, names_us
from catalogue.index import NAMES, PAGE, foreign
from cluster.site import HALF_MADE, Site, copy_of
from commands.published import editions_in, faults_of
from model.errors import UsageError

FOLDER: Final = "sites"
SENT: Final = tuple(sorted(NAMES, key=lambda name: name == PAGE))
"""The files of the list of publications, with its page after what the page names."""


def output_of(options: argparse.Namespace, cache: Path) -> Path:
    """The folder that a run builds into. Each address has its own in the `cache`."""
    if isinstance(options.output, str):
        return cache / FOLDER / hashlib.sha256(options.output.rstrip("/").encode()).hexdigest()[:32]
    output: Path = options.output
    return output


def site_of(options: argparse.Namespace, mirror: Path) -> Site | None:
    """The site at the address, after a look at it; None if the output is a folder. Raises OutputError, and NotOurs if
    the list of publications there is somebody else's."""
    if not isinstance(options.output, str):
        return None
    site = Site(options.output, mirror)
    site.fetch(NAMES)
    for name, data in site.listed.items():
        if not names_us(data[:BEGINNING]):
            raise foreign(f"{options.output}/{name}")
    return site


def looked_through(address: str) -> tuple[int, list[str]]:
    """Counts the editions at `address` and lists every way in which they depart from their manifests."""
    with TemporaryDirectory(prefix="one-source-") as folder:
        begun = copy_of(address, Path(folder))
        count = len(editions_in(Path(folder)))
        if not count and not begun:
            raise UsageError(f"nothing is published in {address}", "Run `pipeline.py build` first.")
        faults = [f"{address}/{place}: {HALF_MADE}" for place in begun]
        faults += [fault.replace(f"{folder}/", f"{address.rstrip('/')}/") for fault in faults_of(Path(folder))]
        return count, faults
